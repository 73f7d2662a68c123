"""How bots plan: opportunities, outings to customers, targets, coaching. A novice does none of it."""

from __future__ import annotations

from crmsim.bots.calling import call, tired_of
from crmsim.bots.policy import Bot, answers, initiative
from crmsim.bots.speaking import LARGE, WEIGHTY
from crmsim.crm.campaign import Promotion
from crmsim.crm.company import DIRECTOR, PROMOTER, SALES, CompanyView, Staff
from crmsim.crm.opportunity import Contract, Opportunity
from crmsim.crm.order import Order
from crmsim.crm.pipeline import deal_from
from crmsim.crm.plan import MarketingPlan, MonitoringNote, Target
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.crm.target import handlings
from crmsim.engine.action import Action, offered
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.caring.acts import NamePartner
from crmsim.roles.monitoring import CoachStaff, SetTarget, WriteNote
from crmsim.roles.pipeline import (
    DraftContract,
    FollowAdvice,
    FollowUp,
    LoseOpportunity,
    MoveStage,
    OpenOpportunity,
    WinOpportunity,
)
from crmsim.roles.pipeline.contracts import UNSIGNED
from crmsim.roles.planning import ExecutePlan, ReportPlan, ReviewPlan, SubmitPlan
from crmsim.roles.planning.outing import prospects_since

MOST_CALLS = 3
LOOKED_BACK, WEAK = 4 * DAY, 1  # days of a desk that are looked at, and the slips from which on it is written to
MOST_PLANS = 4
PARTNERS = 2
QUIET, AFTER = 5 * DAY, 15 * DAY  # after which a customer who was served is called, and how seldom
ENOUGH = 6  # talks and orders from which a colleague's figures say something
SLOW = 300_000  # share of late answers that is worth an hour of coaching, ppm
WORTH = 3_000_000  # amount in fen from which a deal is worth money to save it
WORTH_A_CALL = ("A", "B")  # classes whose customers are called without an occasion
HANDOVER = _("Installed as ordered; please call once in the first week.")


@answers(OpenOpportunity, MoveStage, LoseOpportunity, DraftContract, follows=True)
def keep(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """As the file shows; not at all by a hand that forgets."""
    return next(offered(paper.action, view, paper.filled), None) if bot.habits.follows_up else None


@initiative(SALES)
def draft(bot: Bot, view: CompanyView) -> Action | None:
    """A contract with every clause for an own order of some weight, before the customer signs it."""
    if not bot.habits.follows_up or not bot.habits.matches or not view.has(DraftContract.tool):
        return None
    drafted = {each.order for each in view.all(Contract)}
    for order in view.all(Order):
        if order.owner == view.seat.id and order.status in UNSIGNED and order.id not in drafted:
            if order.total >= (WEIGHTY if bot.habits.foresees else LARGE):
                return next(offered(DraftContract, view, {"order": order.id, "clauses": _every(view)}), None)
    return None


def _every(view: CompanyView) -> tuple[str, ...]:
    return tuple(each.id for each in view.scenario.pipeline.clauses)


@answers(FollowUp, follows=True)
def follow_up(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """When the date has come; a customer who declines is left alone for this deal."""
    row = view.get(Opportunity, paper.filled["opportunity"])
    record = view.get(Record, row.record) if row is not None else None
    if row is None or record is None or not bot.habits.follows_up or tired_of(bot, view, record):
        return None
    own = [each for each in deal_from(view, row).talks if not each.by_customer and each.seat == view.seat.id]
    return FollowUp(**paper.filled) if len(own) < MOST_CALLS else None


@answers(FollowAdvice, follows=True)
def save(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Only an expert spends on a deal, and only on a large one."""
    row = view.get(Opportunity, paper.filled["opportunity"])
    worth = row is not None and row.amount >= WORTH
    return FollowAdvice(**paper.filled) if bot.habits.foresees and worth else None


@answers(WinOpportunity, follows=True)
def win(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """With a note for service."""
    if not bot.habits.follows_up:
        return None
    return WinOpportunity(
        opportunity=paper.filled["opportunity"], factors=("needs",), handover=render(HANDOVER, view.language)
    )


@initiative(SALES)
def look_after(bot: Bot, view: CompanyView) -> Action | None:
    """Call an own customer who was won and served, once it has been quiet for a while: where customers are classed,
    only those who are worth it."""
    if not bot.habits.follows_up:
        return None
    classed = view.has("classes") and not bot.habits.thorough
    waiting = {
        each.record: None for each in view.all(Order) if each.status in {"submitted", "approved", "accepted", "shipped"}
    }
    for record in view.all(Record):
        if classed and record.grade not in WORTH_A_CALL:
            continue
        if record.owner == view.seat.id and record.status == "won" and record.id not in waiting:
            talks = bot.talks(view, record)
            last = max((max(each.started, each.answered) for each in talks), default=record.assigned)
            called = sum(1 for each in talks if not each.by_customer and each.started > view.minute - AFTER)
            if view.minute - last > QUIET and not called:
                return call(view, record)
    return None


@initiative(PROMOTER)
def go_out(bot: Bot, view: CompanyView) -> Action | None:
    """When no booth is open: a plan for the next working day, one region after the other."""
    if not bot.habits.prepares or any(each.status == "open" for each in view.all(Promotion)):
        return None
    mine = [each for each in view.all(MarketingPlan) if each.owner == view.seat.id]
    if any(each.status in {"submitted", "head_office", "approved", "executed"} for each in mine):
        return None
    regions, kinds = view.scenario.regions, view.scenario.planning.kinds
    day = view.calendar.working_days_after(view.minute // DAY * DAY, 1)
    done = view.calendar.worked(day) // view.calendar.minutes_a_day
    if not regions or not kinds or len(mine) >= MOST_PLANS or done > view.scenario.calendar.days * 2 // 3:
        return None
    return SubmitPlan(
        kind=kinds[0].id, place=regions[len(mine) % len(regions)].id, day=day, expected=3, expenses=kinds[0].half
    )  # fmt: skip


@answers(ReviewPlan)
def review_plan(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """By what a prospect may cost, or everything is approved."""
    decision = paper.filled["decision"] if bot.habits.reviews else "approve"
    reason = "" if decision == "approve" else render(_("A prospect would cost too much."), view.language)
    return ReviewPlan(plan=paper.filled["plan"], decision=decision, reason=reason)


@answers(ExecutePlan)
def execute(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Where and when the plan says."""
    return ExecutePlan(**paper.filled)


@answers(ReportPlan)
def report(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """With the prospects that are on file."""
    plan = view.get(MarketingPlan, paper.filled["plan"])
    prospects = tuple(each.id for each in prospects_since(view, plan))
    return ReportPlan(
        plan=paper.filled["plan"], result=render(_("Done as planned."), view.language), prospects=prospects
    )


@initiative(DIRECTOR)
def aim(bot: Bot, view: CompanyView) -> Action | None:
    """Set the company's target once, split to people."""
    amount = view.scenario.company.revenue_target
    if not bot.habits.prepares or not amount or any(True for _each in view.all(Target)):
        return None
    return SetTarget(amount=amount)


@initiative(DIRECTOR)
def name_partner(bot: Bot, view: CompanyView) -> Action | None:
    """An expert makes partners of those who bring most: no more than can be called every few days."""
    if not bot.habits.foresees or not view.has(NamePartner.tool):
        return None
    owned = [each for each in view.all(Record) if each.grade == "A" and each.owner]
    fresh = next((each for each in owned if not each.partner), None)
    return NamePartner(record=fresh.id) if fresh and sum(each.partner for each in owned) < PARTNERS else None


@initiative(DIRECTOR)
def coach(bot: Bot, view: CompanyView) -> Action | None:
    """Practise with the colleague whose figures show a costly habit."""
    if not bot.habits.prepares:
        return None
    limit = view.settings.discount_limit
    for each in handlings(view):
        staff = view.get(Staff, each.id)
        if staff is None or DIRECTOR in staff.roles or each.talks + each.orders < ENOUGH:
            continue
        for about, costly in (("discounts", each.discount > limit * 6 // 10), ("promptness", each.slow_share > SLOW)):
            if costly and dict(staff.coached).get(about, 0) <= view.minute:
                return CoachStaff(staff=each.id, about=about)
    return None


@initiative(DIRECTOR)
def write_to(bot: Bot, view: CompanyView) -> Action | None:
    """An expert looks at each desk of the last days, and writes to whoever let people wait or work lie."""
    if not bot.habits.foresees or not view.has(WriteNote.tool):
        return None
    since = view.minute - LOOKED_BACK
    for staff in view.all(Staff):
        written = any(each.staff == staff.id and each.written > since for each in view.all(MonitoringNote))
        if staff.active and DIRECTOR not in staff.roles and not written and _slips(view, staff.id, since) >= WEAK:
            text = render(_("People waited too long at your desk this week. First words first, please."), view.language)
            return WriteNote(staff=staff.id, about="promptness", text=text)
    return None


def _slips(view: CompanyView, staff: str, since: int) -> int:
    """How often somebody at a desk was answered late, gave up, or was left with a request since some minute."""
    limit = view.settings.first_answer_minutes
    talks = [each for each in view.all(Talk) if each.seat == staff and each.by_customer and each.started >= since]
    slow = sum(1 for each in talks if each.status == "missed"
               or (each.answered >= 0 and view.calendar.between(each.started, each.answered) > limit))  # fmt: skip
    cases = [each for each in view.all(ServiceRequest) if each.agent == staff and each.opened >= since]
    return slow + sum(1 for each in cases if each.overdue)
