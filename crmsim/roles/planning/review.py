"""Marketing plans on paper: submitted, reviewed by level of expense, lapsed (FLO-9, DIR-14)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import COMPANY, DIRECTOR, INSTRUCTOR, PROMOTER, PROSPECTOR, SALES, Company, CompanyView
from crmsim.crm.facts import PlanLapsed, PlanReferred, PlanReviewed, PlanSubmitted
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.product import Product
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.fields import Choice, Date, Filled, Money, Option, Pick, Text, Whole
from crmsim.engine.words import DAY, N_, _

PLANNERS = (SALES, PROMOTER, PROSPECTOR)
MENU = N_("Find customers/Marketing plans")
REVIEW_MENU = N_("Publicity/Marketing plans")
TOOL = "plans"
PLAN_STATUSES = (
    N_("head_office"), N_("refused"), N_("executed"), N_("reported"), N_("lapsed"), N_("director"),
)  # fmt: skip


def kind_of_plan(source: Any, id: str) -> Any:
    """The scenario's part for a kind of plan; None when there is none."""
    return next((each for each in source.scenario.planning.kinds if each.id == id), None)


def _kinds(view: Any, filled: Filled) -> list[Option]:
    return [Option(each.id, each.name) for each in view.scenario.planning.kinds]


def regions_of(view: Any, filled: Filled) -> list[Option]:
    """The regions as places to go to."""
    return [Option(each.id, each.name) for each in view.scenario.regions]


def _expenses(view: Any, filled: Filled) -> int:
    kind = kind_of_plan(view, filled.get("kind", ""))
    return 0 if kind is None else int(kind.half)


def own_plan(*statuses: str, own: bool = True) -> Any:
    """Whether a plan has one of these statuses, and is this seat's own."""

    def fits(row: Any, view: Any, filled: Filled) -> bool:
        return row.status in statuses and (not own or row.owner == view.seat.id)

    return fits


class SubmitPlan(Action, frozen=True, kw_only=True):
    """Submit a marketing plan: where and when to go, what it is to bring, and what it costs. Once submitted it says
    what it says."""

    roles = PLANNERS
    minutes = 20
    label = N_("Submit a plan")
    menu = MENU
    tool = TOOL
    teach = N_("Going to customers makes the company known where nobody advertises; plan it a day ahead.")
    kind: Annotated[str, Choice(N_("Kind"), words=_kinds)]
    place: Annotated[str, Choice(N_("Place"), words=regions_of)]
    day: Annotated[int, Date(N_("Day"), ahead=1, far=60)]
    expected: Annotated[int, Whole(N_("Prospects expected"), low=1, high=1000, start=3)]
    expenses: Annotated[int, Money(N_("Expenses"), start=_expenses)]
    product: Annotated[
        str,
        Pick(N_("Product"), entity=Product, where=lambda row, view, filled: not row.withdrawn, optional=True),
    ] = ""
    goal: Annotated[str, Text(N_("Goal"), most=200, long=True)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nobody works that day, or this seat has a plan for it already."""
        if not view.calendar.works_on(self.day // DAY + 1):
            return _("Nobody works on {day:day}.", day=self.day)
        live = ("submitted", "head_office", "approved")
        if any(each.owner == view.seat.id and each.day == self.day and each.status in live
               for each in view.all(MarketingPlan)):  # fmt: skip
            return _("You have a plan for {day:day} already.", day=self.day)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It waits for the director; when its day has passed it lapses."""
        written = {name: getattr(self, name) for name in self.__struct_fields__}
        plan = world.add(MarketingPlan(world.new_id(MarketingPlan), **written, owner=turn.seat, submitted=turn.minute))
        world.due(self.day + DAY - 1, LapsePlan(plan=plan.id))
        world.record(PlanSubmitted(plan=plan.id, owner=turn.seat, expenses=self.expenses))


Decision = Annotated[str, Choice(N_("Decision"), words=(("approve", N_("approve")), ("refuse", N_("refuse"))))]
Reason = Annotated[str, Text(N_("Reason"), most=200, wanted=lambda filled: filled.get("decision") == "refuse")]


class ReviewPlan(Action, frozen=True, kw_only=True):
    """Approve or refuse a marketing plan. Expenses beyond your level go on to head office, which answers later."""

    roles = (DIRECTOR,)
    minutes = 8
    label = N_("Review a plan")
    menu = REVIEW_MENU
    tool = TOOL
    plan: Annotated[
        str,
        Pick(
            N_("Plan"), entity=MarketingPlan, where=own_plan("submitted", own=False),
            nothing=_("No marketing plan waits for a review."),
        ),
    ]  # fmt: skip
    decision: Decision
    reason: Reason = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A refusal without a reason, or an approval that cannot be paid."""
        plan = view.get(MarketingPlan, self.plan)
        assert plan is not None
        if self.decision == "refuse" and not self.reason.strip():
            return _("Give a reason, so that the next plan is better.")
        if self.decision == "approve" and plan.expenses > view.balance("cash"):
            return _("The plan costs {cost:money}; the company has {cash:money}.", cost=plan.expenses,
                     cash=view.balance("cash"))  # fmt: skip
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Within the level it is decided; beyond it head office has the last word."""
        plan, part = world.get(MarketingPlan, self.plan), world.scenario.planning
        if self.decision == "approve" and plan.expenses > part.director_limit:
            plan.status, plan.referred = "head_office", turn.minute
            when = world.calendar.working_days_after(turn.minute, part.head_days)
            world.due(when, HeadOfficeAnswers(plan=plan.id))
            world.record(PlanReferred(plan=plan.id, owner=plan.owner, expenses=plan.expenses))
            return
        decide(world, plan, self.decision, self.reason, "director")

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """What a prospect may cost is what head office would pay for one."""
        plan, part = world.get(MarketingPlan, self.plan), world.scenario.planning
        sound = plan.expenses <= part.head_per_prospect * max(1, plan.expected) and plan.expenses <= part.head_limit
        right = sound == (self.decision == "approve")
        each = plan.expenses // max(1, plan.expected)
        why = _("A prospect would cost {each:money}; {most:money} is sound.", each=each, most=part.head_per_prospect)
        return (Judgement("director.plans", 1000 if right else 200, why),)


def decide(world: Company, plan: MarketingPlan, decision: str, reason: str, level: str) -> None:
    """A plan is approved or refused, by the director or by head office."""
    plan.status = "approved" if decision == "approve" else "refused"
    plan.reviewed, plan.reason = world.minute, reason
    world.record(PlanReviewed(plan=plan.id, owner=plan.owner, decision=decision, level=level))


class DecidePlan(Action, frozen=True, kw_only=True):
    """Decide for head office on a plan beyond the director's level, before head office answers by itself."""

    roles = (INSTRUCTOR,)
    minutes = 0
    label = N_("Decide a plan")
    menu = REVIEW_MENU
    tool = TOOL
    plan: Annotated[
        str,
        Pick(
            N_("Plan"), entity=MarketingPlan, where=own_plan("head_office", own=False),
            nothing=_("No marketing plan waits for head office."),
        ),
    ]  # fmt: skip
    decision: Decision
    reason: Reason = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """It is decided."""
        decide(world, world.get(MarketingPlan, self.plan), self.decision, self.reason, "head_office")


class HeadOfficeAnswers(Action, frozen=True):
    """Head office decides: by its own limit, and by what a prospect may cost."""

    roles = (COMPANY,)
    minutes = 0
    plan: Annotated[str, Pick(N_("Plan"), entity=MarketingPlan, where=own_plan("head_office", own=False))]

    def apply(self, world: Company, turn: Turn) -> None:
        """Approved when it is worth its money."""
        plan, part = world.get(MarketingPlan, self.plan), world.scenario.planning
        dear = plan.expenses > part.head_limit or plan.expenses > part.head_per_prospect * plan.expected
        decide(world, plan, "refuse" if dear else "approve", "", "head_office")


class LapsePlan(Action, frozen=True):
    """The day of a plan has passed and nobody checked in."""

    roles = (COMPANY,)
    minutes = 0
    plan: Annotated[
        str, Pick(N_("Plan"), entity=MarketingPlan, where=own_plan("submitted", "head_office", "approved", own=False))
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It costs nothing and brings nothing."""
        plan = world.get(MarketingPlan, self.plan)
        plan.status = "lapsed"
        world.record(PlanLapsed(plan=plan.id, owner=plan.owner))
