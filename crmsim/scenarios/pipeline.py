"""Opportunities, contracts, plans and research, as numbers of a scenario. Defaults are guesses unless they say so."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crmsim.engine.words import Bilingual
from crmsim.scenarios.parts import Count, Days, Fen, Id, Named, Part, Ppm, Some

Weight = Annotated[int, Field(ge=-20_000_000, le=20_000_000, strict=True)]


class ClausePart(Part):
    """A clause of the company's contracts."""

    id: Id
    name: Named
    required: bool = True


class ChancePart(Part):
    """How much each thing on file speaks for an opportunity's being won: parts of a logit, in ppm.

    Fitted by `python -m tools.chances --fit` to games of first_month at the moments when a deal was opened or moved;
    what is rare there stays near its first guess. docs/chances.md holds it against what became of the deals.
    """

    base: Weight = 450_000
    stages: dict[Id, Weight] = {"contacted": 0, "needs": 80_000, "proposal": 180_000, "negotiation": 120_000}
    agreed: Weight = 0  # the customer said yes in a talk
    contract: Weight = 2_830_000  # the order is written
    short: Weight = -70_000  # the budget on file is less than the amount
    enough: Weight = 810_000  # the budget on file covers it
    rival: Weight = -200_000  # each competitor on file
    authority: Weight = -340_000  # somebody else decides
    doubt: Weight = -970_000  # an objection stands open
    warm: Weight = 110_000  # the last talk ended warm
    cool: Weight = -250_000  # or cool
    refused: Weight = -1_430_000  # asked for the order, and the customer did not agree
    regular: Weight = -880_000  # bought before
    stuck: Weight = -400_000  # longer in its stage than usual
    overdue: Weight = -1_770_000  # the close date has passed


class PipelinePart(Part):
    """How opportunities are looked after (OPP-1 to OPP-5)."""

    stage_days: dict[Id, Days] = {"contacted": 2, "needs": 2, "proposal": 3, "negotiation": 3}  # usual, working days
    own_history: Some = 8  # stays of a stage from which its own median counts in place of the usual days
    stuck: Count = 1_500_000  # ppm of the usual stay, from which a deal is called stuck
    low_risk: Ppm = 600_000  # chance from which the risk is low
    high_risk: Ppm = 300_000  # chance below which it is high
    quiet_days: Days = 1  # days after a talk in which nobody is called again
    term_days: Days = 30  # after the delivery day, that a contract runs when nobody says otherwise
    close_days: Days = 7  # working days to the close date when the customer named none
    chance: ChancePart = ChancePart.model_construct()
    instalment_cost: Ppm = 10_000  # of the amount, to the bank
    instalment_lift: Ppm = 100_000  # of its budget that a customer can spend more when it may pay in parts
    extra_cost: Fen = 15_000  # of a value-added pack
    extra_trust: Ppm = 80_000  # trust it wins where others offer, too
    decider_trust: Ppm = 80_000  # trust won by meeting whoever decides
    clause_trust: Ppm = 20_000  # trust won by a contract without gaps
    clause_prompt: Ppm = 400_000  # of those who would pay late, who pay in time as a contract says what delay costs
    clauses: tuple[ClausePart, ...] = (
        ClausePart(id="quality", name=Bilingual("Quality and acceptance", "质量与验收")),
        ClausePart(id="delivery", name=Bilingual("Delivery", "交付")),
        ClausePart(id="payment", name=Bilingual("Price and payment", "价款与付款方式")),
        ClausePart(id="warranty", name=Bilingual("Warranty and service", "保修与售后服务")),
        ClausePart(id="liability", name=Bilingual("Liability for breach", "违约责任")),
        ClausePart(id="dispute", name=Bilingual("Settlement of disputes", "争议解决"), required=False),
    )


class PlanKindPart(Part):
    """A way to go and find customers: who of a region's people it reaches at best, and what money adds."""

    id: Id
    name: Named
    reach: Ppm  # of those who do not know the company yet, at unlimited expense
    half: Fen  # expense at which half of them are reached
    minutes: Count  # working minutes of carrying it out


def _kind(id: str, name: Bilingual, reach: int, half: int, minutes: int) -> PlanKindPart:
    return PlanKindPart(id=id, name=name, reach=reach, half=half, minutes=minutes)


class PlanningPart(Part):
    """Marketing plans, targets and coaching (FLO-9, DIR-12, DIR-14, DIR-15)."""

    kinds: tuple[PlanKindPart, ...] = (
        _kind("visit", Bilingual("Sales visits", "上门拜访"), 250_000, 40_000, 120),
        _kind("phone", Bilingual("Telephone marketing", "电话营销"), 160_000, 15_000, 90),
        _kind("fair", Bilingual("Small exhibition", "小型展会"), 320_000, 120_000, 180),
        _kind("street", Bilingual("Street promotion", "营销推广"), 200_000, 60_000, 150),
    )
    director_limit: Fen = 100_000  # expenses that the director may approve alone
    head_days: Days = 1  # working days until head office answers
    head_limit: Fen = 500_000  # more than this head office never approves
    head_per_prospect: Fen = 60_000  # and no more than this for each prospect expected
    report_days: Days = 1  # working days after the execution in which a report is expected
    coach_days: Days = 5  # working days for which coaching is remembered
    note_days: Days = 2  # and a note that was read
    research_cost: Fen = 60_000
    research_days: Days = 2  # working days
    research_sample: Annotated[int, Field(ge=5, le=10_000, strict=True)] = 60  # people asked
