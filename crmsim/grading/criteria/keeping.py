"""Criteria about what is kept: tasks, the rhythm of a class, opportunities, the reasons of losses, files, rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.checks import PROVEN_BY, agrees
from crmsim.crm.company import DIRECTOR, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE
from crmsim.crm.facts import (
    DayStarted,
    FollowUpRecorded,
    MonitoringNoted,
    NoteRead,
    TaskCreated,
    TaskDone,
    TaskOverdue,
)
from crmsim.crm.record import FIELD_LABELS, Record
from crmsim.crm.talk import Revealed, Talk
from crmsim.crm.task import Task
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import in_time, numbers, punctual
from crmsim.grading.criterion import FULL, Occasion, criterion

STAFF = (DIRECTOR, PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
COLLEAGUES = (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
RHYTHM = frozenset({"care_plan", "silent"})
ELSEWHERE = frozenset({"first_contact", "invoice", "next_step"})  # criteria of their own ask for these
FORBIDDEN = 300  # points below which a decision is against the rules
STRETCH = 2  # working days
NOTED = 500  # points for something that stands in a follow-up and not in its field


def _tasks(course: Course, seat: str, rhythm: bool) -> Iterator[tuple[TaskCreated, Task]]:
    """The tasks that others or the calendar gave to a seat: those of a class's rhythm, or the rest."""
    for fact in course.where(TaskCreated, owner=seat):
        task = course.world.get(Task, fact.task)
        given = task.made_by != seat and task.rule not in ELSEWHERE
        if given and (task.rule in RHYTHM) == rhythm:
            yield fact, task


def _done(course: Course, fact: TaskCreated, task: Task) -> Occasion | None:
    done = course.first(TaskDone, fact.number, task=task.id)
    if done is None and task.due >= course.last:
        return None
    over = course.first(TaskOverdue, fact.number, task=task.id)
    late = max(0, done.minute - task.due) if done is not None else 0
    points = punctual(DAY + late, DAY) if done is not None else 0
    record = next((each for each in course.records if each.id == task.record), None)
    who = course.name(record.customer) if record is not None else task.id
    slots = {"who": who, "task": task.title}
    if done is None:
        why = _("{who}: the task was never done ({task}).", **slots)
    elif late:
        why = _("{who}: the task was done {late:span} late ({task}).", late=late, **slots)
    else:
        why = _("{who}: the task was done in time ({task}).", **slots)
    return Occasion(points, numbers(fact, over, done), why)


def _with(advice: Any, found: Occasion | None) -> Iterator[Occasion]:
    if found is not None:
        yield found if found.points >= FULL else Occasion(found.points, found.evidence, found.why, advice)


@criterion("tasks.done", STAFF, N_("Does its tasks in time"), weight=1)
def tasks(course: Course, seat: str) -> Iterator[Occasion]:
    """What the calendar or the director puts on a desk is done by its day."""
    advice = _("Look at the tasks each morning, those due today first.")
    for fact, task in _tasks(course, seat, False):
        yield from _with(advice, _done(course, fact, task))


@criterion("sales.rhythm", (SALES,), N_("Keeps the rhythm of each class"), weight=2)
def rhythm(course: Course, seat: str) -> Iterator[Occasion]:
    """Customers hear from their owner as often as their class and their interest ask for."""
    advice = _("Work off the reminders of class and silence, the best customers first; a short call is enough.")
    for fact, task in _tasks(course, seat, True):
        yield from _with(advice, _done(course, fact, task))


@criterion("records.kept", (PROSPECTOR, SALES), N_("Keeps files true"), weight=2)
def kept(course: Course, seat: str) -> Iterator[Occasion]:
    """What a customer told this seat and the file did not know yet stands there afterwards, or else in a follow-up."""
    advice = _("After a talk, write a follow-up and put what is new into the fields of the file before you go on.")
    told: dict[str, dict[str, Revealed]] = {}
    topics = set(PROVEN_BY.values())
    for talk in course.world.all(Talk):
        if talk.seat == seat and talk.customer and talk.status == "closed":
            for each in talk.revealed:
                if each.topic in topics and each.fact >= 0 and each.value not in ("", 0):
                    told.setdefault(talk.customer, {})[each.topic] = each
    for customer, said in told.items():
        record = course.record_of(customer)
        notes = list(course.where(FollowUpRecorded, customer=customer, seat=seat))
        for field, topic in PROVEN_BY.items():
            fresh = said.get(topic)
            if fresh is None or _knew(course, record, field, fresh) or fresh.minute + 2 * DAY > course.last:
                continue
            note = next((each for each in notes if 0 <= each.minute - fresh.minute <= 2 * DAY), None)
            stands = record is not None and agrees(field, getattr(record, field), fresh.value)
            points = FULL if stands else NOTED if note is not None else 0
            slots = {"who": course.name(customer), "field": FIELD_LABELS[field]}
            if stands:
                why = _("{who}: what was told of {field:label} stands in its file.", **slots)
            elif note is not None:
                why = _("{who}: what was told of {field:label} stands in a follow-up only.", **slots)
            else:
                why = _("{who}: what was told of {field:label} was written down nowhere.", **slots)
            yield Occasion(points, (fresh.fact, *numbers(note)), why, advice if points < FULL else None)


def _knew(course: Course, record: Record | None, field: str, told: Revealed) -> bool:
    """Whether the file said so already when it was told."""
    if record is None or record.recorded > told.minute:
        return False
    value = course.stood(record, field, told.minute)
    return agrees(field, value, told.value) or str(value) == str(told.value)


@criterion("team.notes", COLLEAGUES, N_("Answers the director's notes"), weight=1)
def notes(course: Course, seat: str) -> Iterator[Occasion]:
    """A note of the director is read within the time of a first answer."""
    limit = course.world.scenario.policies.first_answer_minutes
    advice = _("Read the director's notes when they come: what they ask for is minded for some days.")
    for fact in course.where(MonitoringNoted, staff=seat):
        read = course.first(NoteRead, fact.number, note=fact.note)
        end = read.minute if read is not None else None
        who = _("The note about {about:label}", about=fact.about)
        if occasion := in_time(course, who, fact.minute, end, limit, numbers(fact, read), advice):
            yield occasion


@criterion("team.rules", STAFF, N_("Works by the rules"), weight=1)
def rules(course: Course, seat: str) -> Iterator[Occasion]:
    """In every two working days the desk is at work, and of what it decides nothing is against the rules."""
    advice = _("Before you decide, look at what the paper says against it; the form names the rule.")
    calendar, start = course.world.calendar, course.game.first_minute
    mine = [(entry.minute, each, course.proof(entry)) for entry, each in course.judgements if entry.seat == seat]
    acted = [entry for entry in course.game.journal if entry.seat == seat]
    while (end := calendar.working_days_after(start, STRETCH)) <= course.last:
        wrong = [each for each in mine if start <= each[0] < end and each[1].points < FORBIDDEN]
        works = any(start <= each.minute < end for each in acted)
        day: Fact | None = next((each for each in course.all(DayStarted) if each.minute >= start // DAY * DAY), None)
        shown = wrong[0][2] if wrong else ()
        judged = sum(1 for each in mine if start <= each[0] < end)
        points = FULL * (judged - len(wrong)) // judged if judged else FULL if works else 0
        if wrong:
            why = _("From {day:day}, against the rules: {what}", day=start, what=wrong[0][1].why)
        elif works:
            why = _("From {day:day}: nothing against the rules.", day=start)
        else:
            why = _("From {day:day} nothing was done.", day=start)
        yield Occasion(points, (*numbers(day), *shown), why, None if points >= FULL else advice)
        start = end
