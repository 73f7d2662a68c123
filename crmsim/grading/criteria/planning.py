"""Criteria about plans and about leading: marketing plans reviewed and carried out, weak desks helped."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.company import DIRECTOR, PROMOTER, PROSPECTOR, SALES, Staff
from crmsim.crm.facts import (
    MonitoringNoted,
    PlanExecuted,
    PlanLapsed,
    PlanReferred,
    PlanReported,
    PlanReviewed,
    PlanSubmitted,
    RequestOverdue,
    StaffCoached,
    TalkMissed,
    TalkOpened,
)
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, Message, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criterion import BY_THE_BOOK, FULL, Occasion, criterion

ONLY = (DIRECTOR,)
STRETCH, AFTER = 3, 3  # working days that a desk is looked at together, and in which it is to be helped
LATELY = 5 * DAY  # how old what a note is about may be
CARRIED = 500  # points for having gone; the rest is for the report


@criterion("director.plans", ONLY, N_("Reviews marketing plans"), weight=1, fewest=BY_THE_BOOK)
def plans(course: Course, seat: str) -> Iterator[Occasion]:
    """A marketing plan is decided before its day: approved when a prospect costs no more than it is worth."""
    advice = _("Divide the expenses by the prospects expected, and decide before the day that the plan names.")
    for fact in course.all(PlanSubmitted):
        plan = course.world.get(MarketingPlan, fact.plan)
        found = [course.first(kind, fact.number, plan=fact.plan) for kind in (PlanReviewed, PlanReferred)]
        done = min((each for each in found if each is not None), key=lambda each: each.number, default=None)
        if done is None and plan.day > course.last:
            continue
        judgement = course.decision(done, "director.plans") if done is not None else None
        points = judgement.points if judgement is not None else 0
        what = judgement.why if judgement is not None else _("Nobody reviewed it.")
        yield Occasion(points, numbers(fact, done), _("{who}: {what}", who=_named(course, plan), what=what),
                       advice if points < FULL else None)  # fmt: skip


@criterion("plans.carried_out", (PROMOTER, PROSPECTOR, SALES), N_("Carries out and reports plans"), weight=1)
def carried_out(course: Course, seat: str) -> Iterator[Occasion]:
    """A plan that was approved is carried out on its day, and what it brought is reported in time."""
    advice = _("Check in on the day that the plan names, and report the prospects on file within the time set.")
    days = course.world.scenario.planning.report_days
    for fact in course.where(PlanReviewed, owner=seat, decision="approve"):
        plan = course.world.get(MarketingPlan, fact.plan)
        went = course.first(PlanExecuted, fact.number, plan=fact.plan)
        lapsed = course.first(PlanLapsed, fact.number, plan=fact.plan)
        if went is None and plan.day + DAY > course.last:
            continue
        told = course.first(PlanReported, fact.number, plan=fact.plan)
        due = course.world.calendar.working_days_after(plan.day, days) // DAY * DAY + DAY
        if went is not None and told is None and due > course.last:
            continue
        points = CARRIED if went is not None else 0
        if told is not None:
            late = max(0, told.minute - due)
            points += (FULL - CARRIED) * punctual(DAY + late, DAY) // FULL
        name = _named(course, plan)
        if went is None:
            why = _("{plan} was not carried out.", plan=name)
        elif told is None:
            why = _("{plan} was carried out and never reported.", plan=name)
        else:
            why = _("{plan} was carried out and reported.", plan=name)
        yield Occasion(points, numbers(fact, went, told, lapsed), why, advice if points < FULL else None)


def _named(course: Course, plan: MarketingPlan) -> Message:
    """A plan by its kind and its number."""
    kinds = {each.id: each.name for each in course.world.scenario.planning.kinds}
    return _("{who} · {paper}", who=kinds.get(plan.kind, plan.kind), paper=plan.id)


@criterion("director.monitoring", ONLY, N_("Helps desks that fall behind"), weight=3, fewest=BY_THE_BOOK)
def monitoring(course: Course, seat: str) -> Iterator[Occasion]:
    """Where a colleague's desk lets people wait or work lie, the director writes a note or practises with it."""
    advice = _("Open the monitoring every few days; a note or an hour of coaching where figures slip is enough.")
    if not course.world.scenario.tools.get("monitoring", True):
        return
    calendar, start = course.world.calendar, course.game.first_minute
    desks = [each for each in course.world.all(Staff) if each.id != seat and DIRECTOR not in each.roles]
    slipped = {each.id: _slips(course, each.id) for each in desks}
    notes: list[tuple[Fact, bool]] = [
        (note, any(note.minute - LATELY <= slip.minute <= note.minute for slip in slipped[staff.id]))
        for staff in desks for note in _helped(course, staff.id)
    ]  # fmt: skip
    while (end := calendar.working_days_after(start, STRETCH)) + AFTER * DAY <= course.last:
        until = calendar.working_days_after(end, AFTER)
        behind = {id: mine for id, slips in slipped.items()
                  if (mine := [each for each in slips if start <= each.minute < end])}  # fmt: skip
        given = [(note, right) for note, right in notes if start <= note.minute <= until]
        if behind:
            name, slips = max(behind.items(), key=lambda each: len(each[1]))
            right = [note for note, fits in given if fits]
            slots = {"name": course.world.seat(name).name or name, "times": len(slips), "day": start}
            if not right:
                why = _("From {day:day}: {name} fell behind {times} times and nobody heard a word.", **slots)
            else:
                why = _("From {day:day}: {name} fell behind {times} times; {right} of {notes} notes went to who did.",
                        right=len(right), notes=len(given), **slots)  # fmt: skip
            points = FULL * len(right) // max(1, len(given))
            yield Occasion(points, numbers(*slips[:3], *right[:1]), why, advice if points < FULL else None)
        start = end


def _slips(course: Course, staff: str) -> list[Fact]:
    """What the monitoring shows of a desk: customers answered late, people who gave up, requests left lying."""
    limit = course.world.scenario.policies.first_answer_minutes
    came: list[TalkMissed | TalkOpened] = [*course.where(TalkMissed, seat=staff)]
    came += [each for each in course.where(TalkOpened, seat=staff) if each.waited > limit]
    found: list[Fact] = [*course.where(RequestOverdue, agent=staff)]
    found += [each for each in came if course.world.get(Talk, each.talk).by_customer]
    return sorted(found, key=lambda each: each.number)


def _helped(course: Course, staff: str) -> list[Fact]:
    found: list[Fact] = [*course.where(MonitoringNoted, staff=staff), *course.where(StaffCoached, staff=staff)]
    return sorted(found, key=lambda each: each.number)
