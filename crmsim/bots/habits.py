"""The habits of a bot: one policy, each habit switchable, a level is a set of habits.

A novice errs as novices do: slow to answer, products before needs, no follow-up, too much discount, approves
everything.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

LEVELS = ("idle", "random", "novice", "competent", "expert")


@dataclass(frozen=True)
class Habits:
    """What a bot does well: as it stands here, a competent hand. `rest` is a pause after each act, working minutes."""

    rest: int = 0
    by_urgency: bool = True  # takes the most urgent paper, not the oldest
    attends: bool = True  # while a customer is on the line, notes and calls to others can wait
    triages: bool = True  # sorts messages by their subject before it answers
    greets: bool = True  # opens a talk properly, apologises for a long wait
    needs_first: bool = True  # asks before it presents or quotes
    uses_record: bool = True  # what a colleague wrote down is not asked again
    records: bool = True  # writes down all that was said, truly
    holds_price: bool = True  # gives a discount only against a price objection, and no more than needed
    meets_doubts: bool = True  # answers a doubt with what fits it
    matches: bool = True  # orders say what was agreed
    follows_up: bool = True  # next steps, late payers, dormant customers
    reviews: bool = True  # judges orders and returns by policy
    fits: bool = True  # assigns by region, knowledge and load
    diagnoses: bool = True  # asks until one cause is left
    proportionate: bool = True  # compensates as much as the harm
    prepares: bool = True  # adverts, booth, stock, survey
    cares: bool = True  # greetings, what fits what was bought, rewards for recommending
    wakes: bool = True  # calls also those who have been silent for long
    # what only an expert does
    reads: bool = False  # suits the next move to the mood: asks for the order when the customer is ready
    persists: bool = False  # comes back to open needs before their date
    foresees: bool = False  # restocks before a shortage, advertises where it returns
    # the two pure ways, each at a loss to the mix
    hasty: bool = False  # fast and thin: as little as a form demands, and on to the next
    thorough: bool = False  # slow and thorough: everything, always


NOVICE = Habits(
    rest=12, by_urgency=False, triages=False, needs_first=False, uses_record=False, records=False, holds_price=False,
    matches=False, follows_up=False, reviews=False, fits=False, diagnoses=False, proportionate=False, cares=False,
)  # fmt: skip
COMPETENT = Habits()
EXPERT = Habits(reads=True, persists=True, foresees=True)
THIN = Habits(
    triages=False, greets=False, needs_first=False, uses_record=False, records=False, matches=False, holds_price=False,
    meets_doubts=False, reviews=False, fits=False, diagnoses=False, proportionate=False, follows_up=False,
    prepares=False, cares=False, hasty=True,
)  # fmt: skip
THOROUGH = Habits(rest=90, uses_record=False, thorough=True)
BY_LEVEL = {"novice": NOVICE, "competent": COMPETENT, "expert": EXPERT}
SWITCHES = tuple(each.name for each in fields(Habits))


def without(habits: Habits, **changed: object) -> Habits:
    """The same habits with some switched: `without(COMPETENT, by_urgency=False)`."""
    return replace(habits, **changed)  # type: ignore[arg-type]
