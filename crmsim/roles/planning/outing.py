"""Marketing plans in the field: the check-in, the report, and what waits on the desk (FLO-9)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.books import spend
from crmsim.crm.company import DIRECTOR, INSTRUCTOR, PROSPECTOR, Company, CompanyView
from crmsim.crm.facts import PlanExecuted, PlanReported
from crmsim.crm.naming import name_of
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.record import Record
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Idea, Table, Waiting
from crmsim.engine.fields import Choice, Option, Pick, Several, Text
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.planning.review import (
    MENU,
    PLANNERS,
    TOOL,
    DecidePlan,
    HeadOfficeAnswers,
    LapsePlan,
    ReviewPlan,
    SubmitPlan,
    kind_of_plan,
    own_plan,
    regions_of,
)

UNDER_WAY = ("submitted", "head_office", "approved", "executed")  # of a plan that is not over yet


class ExecutePlan(Action, frozen=True, kw_only=True):
    """Check in at the place on the day, and carry the plan out: it costs its expenses and takes its time."""

    roles = PLANNERS
    minutes = 120
    label = N_("Check in")
    menu = MENU
    tool = TOOL
    confirm = True
    plan: Annotated[
        str,
        Pick(
            N_("Plan"), entity=MarketingPlan, where=own_plan("approved"),
            nothing=_("No approved plan of yours waits."),
        ),
    ]  # fmt: skip
    place: Annotated[str, Choice(N_("Place"), words=regions_of)]

    def cost(self, world: Any) -> int:
        """What this kind of plan takes, working minutes."""
        plan = world.find(MarketingPlan, self.plan)
        kind = kind_of_plan(world, plan.kind) if plan is not None else None
        return int(kind.minutes) if kind is not None else super().cost(world)

    def spends(self, view: Any) -> int:
        """What the plan says."""
        return int(view.get(MarketingPlan, self.plan).expenses)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The wrong day, the wrong place, or no money."""
        plan = view.get(MarketingPlan, self.plan)
        assert plan is not None
        if view.minute // DAY != plan.day // DAY:
            return _("The plan is for {day:day}.", day=plan.day)
        if self.place != plan.place:
            return _("The plan is for another place: check in where it says.")
        if self.spends(view) > view.balance("cash"):
            return _("The company cannot pay for it now.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The people of the place meet the company."""
        plan = world.get(MarketingPlan, self.plan)
        plan.status, plan.executed, plan.spent = "executed", turn.minute, plan.expenses
        spend(world, f"plan {plan.id}", plan.expenses, "advertising")
        world.record(PlanExecuted(plan=plan.id, owner=turn.seat, kind=plan.kind, place=plan.place, spent=plan.spent))


def prospects_since(view: Any, plan: Any) -> list[Any]:
    """The records that this seat may name as the plan's: of its place, entered since the check-in."""
    if plan is None:
        return []
    return [each for each in view.all(Record) if each.recorded >= plan.executed >= 0 and
            "region" not in each.hidden and each.region in ("", plan.place)]  # fmt: skip


class ReportPlan(Action, frozen=True, kw_only=True):
    """Report what a plan brought: the result, and the prospects that are on file. Nobody changes a report."""

    roles = PLANNERS
    minutes = 15
    label = N_("Report the result")
    menu = MENU
    tool = TOOL
    confirm = True
    plan: Annotated[
        str,
        Pick(
            N_("Plan"), entity=MarketingPlan, where=own_plan("executed"),
            nothing=_("No plan of yours waits for its report."),
        ),
    ]  # fmt: skip
    result: Annotated[str, Text(N_("Result"), least=2, most=500, long=True)]
    prospects: Annotated[
        tuple[str, ...],
        Several(
            N_("Prospects on file"),
            words=lambda view, filled: [
                Option(each.id, each.title)
                for each in prospects_since(view, view.get(MarketingPlan, filled.get("plan", "")))
            ],
        ),
    ] = ()

    def apply(self, world: Company, turn: Turn) -> None:
        """The report is closed."""
        plan = world.get(MarketingPlan, self.plan)
        plan.status, plan.reported = "reported", turn.minute
        plan.result, plan.prospects = self.result, self.prospects
        world.record(PlanReported(plan=plan.id, owner=plan.owner, prospects=len(self.prospects)))


def _kind_name(row: Any, view: Any) -> Words:
    kind = kind_of_plan(view, row.kind)
    return row.kind if kind is None else kind.name  # type: ignore[no-any-return]


def _waits(row: Any, view: Any) -> Waiting | None:
    """The director reviews; its owner goes on the day, and reports soon after."""
    today, filled = view.minute // DAY, {"plan": row.id}
    what = _("{kind}, {place}, {day:day}", kind=_kind_name(row, view), place=name_of(view, row.place), day=row.day)
    if row.status == "submitted" and DIRECTOR in view.seat.roles:
        part = view.scenario.planning
        sound = row.expenses <= part.head_per_prospect * row.expected and row.expenses <= view.balance("cash") // 10
        why = _(
            "{owner} wants to go out on {day:day} for {cost:money}.",
            owner=name_of(view, row.owner),
            day=row.day,
            cost=row.expenses,
        )
        ready = {**filled, "decision": "approve" if sound else "refuse"}
        return Waiting(what, row.submitted, row.day, why, ReviewPlan, ready, weight=3)
    if row.owner != view.seat.id:
        return None
    if row.status == "approved" and row.day // DAY == today:
        ready = {**filled, "place": row.place}
        close = row.day // DAY * DAY + DAY - 1
        return Waiting(what, row.day, close, _("Today is the day of this plan."), ExecutePlan, ready, weight=9)
    if row.status == "executed" and row.executed // DAY < today:
        due = view.calendar.working_days_after(row.executed, view.scenario.planning.report_days) // DAY * DAY + DAY - 1
        return Waiting(what, row.executed, due, _("Report what the plan brought."), ReportPlan, filled)
    return None


def _idle(view: CompanyView) -> Idea | None:
    """Going out is what a prospector is for."""
    going = any(each.owner == view.seat.id and each.status in UNDER_WAY for each in view.all(MarketingPlan))
    if going or PROSPECTOR not in view.seat.roles:
        return None
    return Idea(_("You have no plan to go out: that finds customers whom no advert reaches."), SubmitPlan)


PLANS = Table(
    "marketing-plans", N_("Marketing plans"), MENU, (*PLANNERS, DIRECTOR, INSTRUCTOR),
    rows=lambda view: view.all(MarketingPlan),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Kind"), _kind_name),
        Column(N_("Owner"), lambda row, view: row.owner, "name"),
        Column(N_("Place"), lambda row, view: row.place, "name"),
        Column(N_("Day"), lambda row, view: row.day, "day"),
        Column(N_("Expenses"), lambda row, view: row.expenses, "money"),
        Column(N_("Prospects expected"), lambda row, view: row.expected),
        Column(N_("Checked in"), lambda row, view: row.executed if row.executed >= 0 else None, "time"),
        Column(N_("Prospects on file"), lambda row, view: len(row.prospects)),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
        Column(N_("Result"), lambda row, view: row.result or row.reason),
    ),
    actions=((SubmitPlan, ""), (ExecutePlan, "plan"), (ReportPlan, "plan"), (ReviewPlan, "plan"), (DecidePlan, "plan")),
    waits=_waits,
    empty=N_("No marketing plans yet: submit one to go and find customers."),
    idle=_idle,
    tool=TOOL,
)  # fmt: skip

actions: tuple[type[Action], ...] = (
    SubmitPlan, ReviewPlan, DecidePlan, HeadOfficeAnswers, LapsePlan, ExecutePlan, ReportPlan,
)  # fmt: skip
tables: tuple[Table, ...] = (PLANS,)
