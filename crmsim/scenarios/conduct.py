"""How customers choose, buy and use, as numbers of a scenario. Every default names its source or is called a guess.

Utilities and shares are parts per million (ppm); lengths are minutes or days by name.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crmsim.scenarios.parts import Count, Days, Part, Ppm

Utility = Annotated[int, Field(ge=0, le=100_000_000, strict=True)]


class ChoicePart(Part):
    """How much each part of an offer weighs in a choice: utilities in ppm, for a logit with a standard Gumbel draw.

    All but the price are guesses, set so that own-price elasticity lies between -1.5 and -4 around the base price.
    """

    price_scale: Utility = 1_500_000  # of the sensitivity: elasticity is coefficient x (1 - share), so 1.5 x 2.6 gives
    # about -2.6 at a share of a third (Bijmolt et al. 2005)
    fit: Utility = 4_000_000  # from the worst product to the best
    substitute: Utility = 700_000  # lost by another product of the category
    stranger: Utility = 3_000_000  # lost by a product of another category
    trust: Utility = 3_000_000  # from none to full
    neutral_trust: Ppm = 400_000
    rival_trust: Ppm = 450_000
    over_budget: Utility = 8_000_000  # lost at twice the budget
    slack_days: Days = 5  # days after the decision date by which goods are still of use
    in_time: Utility = 400_000  # of a promised day in time, fully trusted
    late_day: Utility = 300_000  # lost by each day the promise is late
    late_most: Utility = 2_000_000
    credit_day: Utility = 20_000  # gained by a day of credit
    deposit: Utility = 600_000  # lost by paying all of it at signing


class BuyingPart(Part):
    """How long customers take over papers, and how they pay. Lengths are medians in working minutes."""

    read_minutes: Count = 120  # from the contract's arrival to an answer
    sign_minutes: Count = 20  # from the carrier at the door to a signature
    late_days: Days = 3  # median days past due of a late payer (guess, for terms of 3 to 10 days)
    partial: Ppm = 150_000  # of late payers pay in two parts (guess)
    moved: Ppm = 500_000  # of the rest of the wait that a first reminder saves; each further one half as much (guess)
    reminders: Count = 2  # so many are borne; each more annoys (row 27: too many annoy)
    annoyed: Ppm = 60_000  # goodwill lost by a reminder too many, or one before the due day
    second_thoughts: Ppm = 20_000  # chance of a changed mind for each day between agreement and contract (guess)
    patience_days: Days = 4  # after the promised or needed day, or after a contract that had to go back
    cancels: Ppm = 600_000  # share who cancel when that patience ends with nothing sent; the others wait once more
    damaged_refused: Ppm = 900_000  # share who look closely enough to refuse a damaged parcel


class UsingPart(Part):
    """What follows a purchase. Lengths are medians in working minutes unless they say otherwise; levels are ppm."""

    product: Ppm = 350_000  # weights of the four dimensions in satisfaction (row 31: no stable order, so data)
    promise: Ppm = 250_000
    response: Ppm = 250_000
    fairness: Ppm = 150_000
    step: Ppm = 300_000  # what a full surprise in one dimension of weight one moves
    diminishing: Ppm = 850_000  # exponent of a surprise: the second half tells less than the first
    surprise: Ppm = 300_000  # standard deviation of how a product turns out against what was expected (guess)
    happy: Ppm = 750_000  # from here on it tells friends
    unhappy: Ppm = 450_000  # below here it warns them, and may complain
    settle_minutes: Count = 1440  # from receipt to knowing whether to come again
    fault_minutes: Count = 1440  # from receipt to the fault showing
    ask_minutes: Count = 120  # from a fault to asking for help
    seeks_help: Ppm = 600_000  # of those with a real fault who ask service rather than bear it (guess)
    questions: Count = 2  # so many are borne about one request; each more tries patience (guess)
    explain_minutes: Count = 60  # from a question to its answer
    patience_minutes: Count = 480  # waiting for a first answer before it hurts
    verdict_minutes: Count = 240  # from a remedy to knowing whether it helped
    reopen: Ppm = 800_000  # of wrongly helped who come back (the others leave it at that)
    treatment: Ppm = 200_000  # of the trust that a move in a talk wins or loses is felt as satisfaction (guess)
    recovery: Ppm = 120_000  # satisfaction a right and prompt remedy adds above never-failed (de Matos et al. 2007)
    return_minutes: Count = 1440  # from receipt to asking to return
    refusal: Ppm = 40_000  # goodwill lost by a refused return within policy
    slow_yes: Ppm = 80_000  # by an approval after more than return_patience_days
    unfair: Ppm = 150_000  # by a refusal outside policy
    return_patience_days: Days = 4
    feedback: Ppm = 350_000  # share who tell how the sale or the service was
    feedback_minutes: Count = 480
    feedback_noise: Ppm = 120_000  # standard deviation of what is told around what is felt
    heard: Ppm = 500_000  # what it is worth to the discontented that somebody comes back to them (guess)
    unheard: Ppm = 150_000  # and what it costs when they were asked, and nobody does (guess)
    heard_days: Days = 5  # for so many working days they wait for it
    survey_minutes: Count = 600
    survey_short: Count = 5  # questions that nobody minds
    survey_tedious: Ppm = 120_000  # of those who would answer, how many each question more puts off (guess)
    survey_kind: Ppm = 60_000  # by how much answers are kinder than feelings (row 28)
    goes: Ppm = 500_000  # dropout chance added at no satisfaction at all (guess)
    delay: Ppm = 72_000  # next need later after a late or failed delivery (Amorim et al. 2025: 7.22%)
    mouth_weight: Ppm = 150_000  # trust that a friend's word gives or takes
