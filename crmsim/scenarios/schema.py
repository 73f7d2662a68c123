"""What a scenario may say: one frozen model a section. Everything of the business is data here, with defaults.

Units: money in fen, shares and weights in parts per million (ppm), times of day as "HH:MM", lengths in minutes or days
as the name says.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from crmsim.engine.words import MOST_DAYS
from crmsim.scenarios.calendar import CalendarPart
from crmsim.scenarios.events import CasePart, EventPart, FairPart, SurveyPart
from crmsim.scenarios.following import CarePart, ClassesPart, FollowingPart
from crmsim.scenarios.fulfilment import FulfilmentPart
from crmsim.scenarios.office import BackOfficePart, ListPart, RecordFieldPart, StaffingPart
from crmsim.scenarios.parts import Count, Days, Fen, Id, Named, Part, Ppm, Shift
from crmsim.scenarios.people import MarketPart, RivalPart, SegmentPart
from crmsim.scenarios.pipeline import PipelinePart, PlanningPart
from crmsim.scenarios.reporting import ReportPart
from crmsim.scenarios.reviewing import ReviewPart
from crmsim.scenarios.rules import ArticlePart, KnowledgePart, RulePart, TemplatePart
from crmsim.scenarios.variants import VariantPart


class Meta(Part):
    """What the scenario is."""

    id: Id
    title: Named
    summary: Named = ""
    author: str = ""


class ActPart(Part):
    """A stretch of days with one new pressure and a stop at its end."""

    id: Id
    title: Named
    first_day: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True)]  # working day number
    pressure: Named = ""
    seconds_a_day: Count = 120  # real seconds a game day takes in live pace; 0 stops the clock


class CompanyPart(Part):
    """The company as it stands on day one."""

    name: Named
    profile: Named = ""
    cash: Fen = 50_000_000
    revenue_target: Fen = 0


class PoliciesPart(Part):
    """The director's settings at the start; each can be changed in the game (DIR-1)."""

    discount_limit: Ppm = 100_000
    credit_limit: Fen = 20_000_000
    return_days: Days = 7
    first_contact_minutes: Count = 1440  # calendar minutes from assignment to the owner's first contact
    first_answer_minutes: Count = 120  # working minutes to the first answer of a message or request
    payment_terms: tuple[Id, ...] = ()


class SeatPart(Part):
    """A place in the company. `holder` is the bot level that fills it when no person does."""

    id: Id
    roles: tuple[Id, ...]
    name: str = ""
    region: str = ""
    capacity: Count = 20
    knows: tuple[Id, ...] = ()
    wage: Fen = 30_000  # a working day
    holder: Literal["idle", "random", "novice", "competent", "expert"] = "competent"


class FaultPart(Part):
    """One way a product fails: what the customer sees, the true cause, and what mends it."""

    symptom: Id
    cause: Id
    remedy: Id
    weight: Count = 1
    cost: Fen = 5_000  # of the remedy, to the company
    signs: tuple[Id, ...] = ()  # what can be seen when this is the cause; questions ask for them


class ProductPart(Part):
    """Something the company sells."""

    id: Id
    name: Named
    category: Id = "goods"
    price: Annotated[int, Field(gt=0, le=1_000_000_000, strict=True)]
    cost: Fen
    stock: Count = 10
    lead_days: Days = 3  # working days from restocking to arrival
    attributes: dict[Id, Ppm] = {}
    faults: tuple[FaultPart, ...] = ()
    fits_with: tuple[Id, ...] = ()  # what sells across with it
    consumable: bool = False
    listed: bool = True  # false: on the supplier's list only, until the director puts it on sale


class MediumPart(Part):
    """A way to be heard of: television, newspaper, news media, web."""

    id: Id
    name: Named
    daily_minimum: Fen = 20_000
    saturation: Fen = 300_000  # daily spend at which half of the reachable notice
    half_life_days: Days = 14  # how fast the effect fades after the end
    channel: Id = "email"  # how those who saw it make contact


class ChannelPart(Part):
    """A way to talk: its cost in minutes, how fast customers answer on it, and how fast they expect to be answered."""

    id: Id
    name: Named
    live: bool  # both are there at once (booth, phone, visit) or not (mail)
    move_minutes: Count = 12
    reply_minutes: Count = 1  # median delay of a customer's reply
    patience_minutes: Count = 480  # median wait before a customer gives up; working minutes
    hears_of: Ppm = 100_000  # share of what the web, papers or friends bring that comes this way


class TermsPart(Part):
    """Payment terms: a deposit at signing and the rest some days after receipt."""

    id: Id
    name: Named
    deposit: Ppm = 0
    days: Days = 5


class WordPart(Part):
    """An entry of a dictionary."""

    id: Id
    name: Named


class BookPart(Part):
    """What the company already has on day one (GAME-13)."""

    customers: Count = 0
    open_requests: Count = 0
    receivables: Count = 0
    late_receivables: Count = 0
    returns: Count = 0
    orders_to_review: Count = 0
    parcels_due: Count = 0
    dormant: Count = 0
    messages: Count = 0  # of the new customers, how many need something as the doors open


class Scale(Part):
    """The thresholds of a criterion in one role."""

    none: Shift
    full: Shift


class CriterionWeight(Part):
    """How much a criterion weighs in a seat's grade, and its thresholds: the same for all roles, or each role's own
    (visitors at a booth wait minutes, letters days: what is well handled is not the same share)."""

    weight: Count = 1
    full: Shift | None = None  # the measure that earns full points
    none: Shift | None = None  # the measure that earns nothing
    scales: dict[str, Scale] = {}  # by a seat's first role, where neither stands above

    def thresholds(self, role: str) -> tuple[int | None, int | None]:
        """The measures that earn nothing and everything in a role."""
        own = self.scales.get(role)
        if own is None or self.none is not None or self.full is not None:
            return self.none, self.full
        return own.none, own.full


class MovePart(Part):
    """A talk move: its digit, its name, and the sentence said by default."""

    id: Id
    key: Annotated[str, Field(pattern=r"^[0-9a-z]$")]
    page: Annotated[int, Field(ge=1, le=9, strict=True)] = 1  # eight moves a page, each keeps its digit there
    name: Named
    says: tuple[Named, ...] = ()
    cues: Named = ""  # further words by which typed text is known to mean this move


class MomentPart(Part):
    """What a move does at a moment: the first row whose conditions hold, in file order, is used."""

    move: Id
    when: tuple[str, ...] = ()  # conditions by name, all must hold; "!" before a name negates it
    trust: Shift = 0  # change in ppm
    patience: Shift = -1  # change in moves
    reveals: str = ""  # a topic that may come out
    reply: Id = "nod"  # which lines of the bank answer; what comes before "_" is the customer's move
    does: str = ""  # what else follows: settles, spoils, expects, decides, meets, closes


class Scenario(Part):
    """A whole scenario."""

    format: Literal[1] = 1
    meta: Meta
    calendar: CalendarPart = CalendarPart.model_construct()
    acts: tuple[ActPart, ...] = ()
    company: CompanyPart
    policies: PoliciesPart = PoliciesPart.model_construct()
    seats: tuple[SeatPart, ...]
    products: tuple[ProductPart, ...]
    attributes: tuple[WordPart, ...] = ()
    regions: tuple[WordPart, ...] = ()
    industries: tuple[WordPart, ...] = ()
    media: tuple[MediumPart, ...] = ()
    channels: tuple[ChannelPart, ...] = ()
    terms: tuple[TermsPart, ...] = ()
    dictionaries: dict[Id, tuple[WordPart, ...]] = {}
    record_fields: tuple[RecordFieldPart, ...] = ()
    segments: tuple[SegmentPart, ...]
    market: MarketPart = MarketPart.model_construct()
    rivals: tuple[RivalPart, ...] = ()
    fair: FairPart = FairPart.model_construct()
    fulfilment: FulfilmentPart = FulfilmentPart.model_construct()
    moves: tuple[MovePart, ...] = ()
    moments: tuple[MomentPart, ...] = ()
    lines: dict[str, tuple[Named, ...]] = {}  # reply bank: "reply/temper" or "reply"
    book: BookPart = BookPart.model_construct()
    staffing: StaffingPart = StaffingPart.model_construct()
    office: BackOfficePart = BackOfficePart.model_construct()
    pipeline: PipelinePart = PipelinePart.model_construct()
    planning: PlanningPart = PlanningPart.model_construct()
    following: FollowingPart = FollowingPart.model_construct()
    classes: ClassesPart = ClassesPart.model_construct()
    care: CarePart = CarePart.model_construct()
    lists: tuple[ListPart, ...] = ()
    surveys: tuple[SurveyPart, ...] = ()
    events: tuple[EventPart, ...] = ()
    cases: tuple[CasePart, ...] = ()
    rules: tuple[RulePart, ...] = ()
    templates: tuple[TemplatePart, ...] = ()
    articles: tuple[ArticlePart, ...] = ()
    knowledge: KnowledgePart = KnowledgePart.model_construct()
    review: ReviewPart = ReviewPart.model_construct()
    report: ReportPart = ReportPart.model_construct()
    minutes: dict[str, Count] = {}  # working minutes an action costs, by action name
    rubric: dict[str, CriterionWeight] = {}
    pass_mark: Annotated[int, Field(ge=0, le=100, strict=True)] = 60
    tools: dict[Id, bool] = {}  # CRM tools switched off (or on): tasks, opportunities, automation, forms, reports ...
    least_days: Days = 5  # outcomes count in a grade from this many days on
    outcome_share: Annotated[int, Field(ge=0, le=30, strict=True)] = 0  # per cent of a mark, for the company
    epilogue_days: Days = 90
    playable_customers: Annotated[int, Field(ge=0, le=200, strict=True)] = 1  # customer seats for people
    briefs: Annotated[int, Field(ge=0, le=200, strict=True)] = 5  # customers a playable customer seat stands for
    lesson: bool = False  # each step is explained when it is first needed
    variants: tuple[VariantPart, ...] = ()
    variant: tuple[Id, ...] = ()  # which of them are in force: set by the program, never in a file

    @property
    def by_hand(self) -> bool:
        """Whether it is played without the CRM."""
        return any(each.kind == "manual" for each in self.variants if each.id in self.variant)

    def find(self, section: str, id: str) -> Any:
        """One entry of a section by its id; KeyError when there is none."""
        return _index(self, section)[id]


_INDEXES: dict[tuple[int, str], tuple[Any, dict[str, Any]]] = {}


def _index(scenario: Scenario, section: str) -> dict[str, Any]:
    entries = getattr(scenario, section)
    kept = _INDEXES.get((id(scenario), section))
    if kept is None or kept[0] is not entries:
        kept = _INDEXES[id(scenario), section] = (entries, {each.id: each for each in entries})
    return kept[1]
