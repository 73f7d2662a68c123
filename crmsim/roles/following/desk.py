"""What the desks show of following up: tasks, the day's schedule, timelines, portraits, the quality of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import DIRECTOR, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, word
from crmsim.crm.naming import joined, name_of
from crmsim.crm.order import Order
from crmsim.crm.portrait import LABELS, contacts, in_time_share, missing_share, of_talks, openness, tactic
from crmsim.crm.record import OWN, Record, field_label
from crmsim.crm.talk import Talk
from crmsim.crm.task import OPEN, PRIORITIES, REACTIONS, RULES, STEPS, TASK_STATES, FollowUp, Step, Task
from crmsim.crm.timeline import EVENTS, Event, timeline, value_of
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.following.acts import (
    FOLLOWERS,
    METHOD_OF,
    FinishTask,
    LabelCustomer,
    OfferRenewal,
    RecordFollowUp,
    methods,
    unwritten,
)  # fmt: skip
from crmsim.roles.inviting import InviteToTalk

READERS = (DIRECTOR, *FOLLOWERS)
EVERYBODY = (DIRECTOR, PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
ELSEWHERE = ("first_contact", "invoice")  # the work of these tasks waits in a list of its own already
WEIGHTS = {"high": 14, "medium": 8, "low": 3}
MOST_EVENTS = 400


def customer_of(row: Any, view: Any) -> Words:
    """The customer of a row that names a record."""
    found = view.get(Record, row.record) if row.record else None
    name: Words = row.record if found is None else found.title
    return name


def task_paper(task: Any, view: Any) -> Step:
    """The next step of a task, filled in."""
    if not task.rule:
        return FinishTask, {"task": task.id}
    if task.rule == "expiry":
        return OfferRenewal, {"record": task.record}
    step = STEPS[task.rule](task, view) if task.rule in STEPS else None
    return step or (InviteToTalk, {"record": task.record})


def _task_waits(task: Any, view: Any) -> Waiting | None:
    if task.owner != view.seat.id or task.status not in OPEN or task.rule in ELSEWHERE:
        return None
    action, filled = task_paper(task, view)
    why = _("{task}, until {when:day}.", task=task.title, when=task.due)
    who = customer_of(task, view) or task.title
    return Waiting(who, task.made, task.due, why, action, filled, weight=WEIGHTS[task.priority])


RANKS = {"overdue": 0, "open": 1, "done": 2}


def _tasks(view: Any, fits: Callable[[Any], bool] | None = None) -> list[Any]:
    return sorted(
        filter(fits, view.all(Task)) if fits else view.all(Task), key=lambda each: (RANKS[each.status], each.due)
    )


TASKS = Table(
    "tasks", N_("Tasks"), N_("Customer management/Tasks"), EVERYBODY,
    rows=_tasks,
    columns=(
        Column(N_("Task"), lambda row, view: row.title),
        Column(N_("Customer"), customer_of),
        Column(N_("For"), lambda row, view: row.owner, "name"),
        Column(N_("Until"), lambda row, view: row.due, "time"),
        Column(N_("Priority"), lambda row, view: _(dict(PRIORITIES)[row.priority])),
        Column(N_("State"), lambda row, view: _(dict(TASK_STATES)[row.status])),
        Column(N_("Made by a rule"), lambda row, view: _(RULES[row.rule]) if row.rule else ""),
    ),
    actions=((FinishTask, "task"),),
    waits=_task_waits,
    pressing=lambda view: _tasks(view, lambda each: each.status in OPEN and each.owner == view.seat.id),
    empty=N_("No tasks. They come from rules, from follow-ups and by hand."),
    tool="tasks",
)  # fmt: skip


# -- the day's schedule


@dataclass(frozen=True)
class Item:
    """Something on today's schedule."""

    minute: int
    what: Words
    record: str = ""
    paper: str = ""


def schedule(view: Any) -> list[Item]:
    """What this seat has on today, and what is left over from before (TSK-5), the earliest first."""
    midnight = view.minute // DAY * DAY
    found = list(_todays(view, midnight, midnight + DAY))
    return sorted(found, key=lambda each: (each.minute, each.record, each.paper))


def _todays(view: Any, start: int, end: int) -> Iterator[Item]:
    me = view.seat.id
    for task in view.all(Task):
        if task.owner == me and task.status in OPEN and task.due < end:
            yield Item(task.due, task.title, task.record, task.id)
    for talk in view.all(Talk):
        if talk.seat == me and talk.status == "closed" and start <= talk.next_step < end:
            yield Item(talk.next_step, _("agreed next step"), talk.record, talk.id)
    for order in view.all(Order):
        if order.owner == me and order.status in {"accepted", "shipped"} and start <= order.delivery < end:
            yield Item(order.delivery, _("promised delivery of {order}", order=order.id), order.record, order.id)
    for record in view.all(Record):
        if record.owner == me and "birthday" not in record.hidden:
            if start <= record.birthday < end:
                yield Item(record.birthday, _("birthday of {who}", who=record.contact or record.title), record.id)
            if start <= record.expiry - view.scenario.following.expiry_days * DAY < end:
                yield Item(start, _("the contract runs out on {day:day}", day=record.expiry), record.id)


SCHEDULE = Table(
    "schedule", N_("Schedule of the day"), N_("Customer management/Schedule"), EVERYBODY,
    rows=schedule,
    columns=(
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("What"), lambda row, view: row.what),
        Column(N_("Customer"), customer_of),
        Column(N_("Paper"), lambda row, view: row.paper, "name"),
    ),
    empty=N_("Nothing is planned for today."),
    tool="tasks",
)  # fmt: skip


# -- follow-ups


@dataclass(frozen=True)
class Unwritten:
    """A talk that is to be written down."""

    record: str
    talk: Any


def follow_up_of(row: Unwritten, view: Any) -> dict[str, Any]:
    """The form of a follow-up, with what the talk shows."""
    talk = row.talk
    known = [each.value for each in methods(view, {})]
    method = next((each for each in (talk.channel, METHOD_OF.get(talk.channel, "")) if each in known), known[0])
    reaction = {"angry": "cold", "cool": "doubtful", "neutral": "willing", "warm": "keen", "delighted": "keen"}[
        talk.mood
    ]
    filled: dict[str, Any] = {"record": row.record, "method": method, "reaction": reaction}
    if talk.next_step // DAY > view.minute // DAY:
        filled["next"] = talk.next_step // DAY * DAY
    return filled


def _note_waits(row: Unwritten, view: Any) -> Waiting:
    end = row.talk.says[-1].minute if row.talk.says else row.talk.answered
    why = _("What was said is not written down yet.")
    return Waiting(row.talk.title, end, end + 2 * DAY, why, RecordFollowUp, follow_up_of(row, view), weight=2)


TO_WRITE = Table(
    "follow-ups-due", N_("Talks to write down"), N_("Customer management/Follow-ups"), FOLLOWERS,
    rows=lambda view: [Unwritten(id, talk) for id, talk in unwritten(view).items() if view.get(Record, id) is not None],
    columns=(
        Column(N_("Customer"), customer_of),
        Column(N_("Talk"), lambda row, view: row.talk.id),
        Column(N_("When"), lambda row, view: row.talk.answered, "time"),
    ),
    actions=((RecordFollowUp, "record"),),
    waits=_note_waits,
    empty=N_("Every talk of yours is written down."),
    tool="records",
)  # fmt: skip
FOLLOW_UPS = Table(
    "follow-ups", N_("Follow-up records"), N_("Customer management/Follow-ups"), READERS,
    rows=lambda view: sorted(view.all(FollowUp), key=lambda each: -each.minute),
    columns=(
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("Customer"), customer_of),
        Column(N_("By"), lambda row, view: row.seat, "name"),
        Column(N_("Method"), lambda row, view: row.method, "name"),
        Column(N_("Content"), lambda row, view: row.content),
        Column(N_("Customer's reaction"), lambda row, view: _(dict(REACTIONS)[row.reaction])),
        Column(N_("Changed needs"), lambda row, view: row.change),
        Column(N_("Next follow-up"), lambda row, view: row.next or None, "day"),
        Column(N_("Next plan"), lambda row, view: row.plan),
        Column(N_("Attachment"), lambda row, view: row.attachment[:60]),
    ),
    empty=N_("Nothing was followed up in writing yet."),
    tool="records",
)  # fmt: skip


# -- one customer as a whole


def _events(view: Any) -> list[Event]:
    found = [each for record in view.all(Record) if "history" not in record.hidden for each in timeline(view, record)]
    return sorted(found, key=lambda each: each.minute)[-MOST_EVENTS:][::-1]


TIMELINE = Table(
    "timeline", N_("Customers' timelines"), N_("Customer management/Timeline"), READERS,
    rows=_events,
    about=Record,
    story=lambda view, record: () if "history" in record.hidden else timeline(view, record),
    columns=(
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("Customer"), customer_of),
        Column(N_("Kind"), lambda row, view: _(EVENTS[row.kind])),
        Column(N_("What"), lambda row, view: row.words),
        Column(N_("By"), lambda row, view: row.by, "name"),
        Column(N_("Paper"), lambda row, view: row.paper, "name"),
    ),
    empty=N_("Nothing has happened with your customers yet."),
    tool="records",
)  # fmt: skip


def _labels(record: Any, view: Any) -> Words:
    return joined(_(name) for label, name in LABELS if label in record.labels)


def _channels(record: Any, view: Any) -> Words:
    return joined(
        _("{channel} {held}/{begun}", channel=name_of(view, each.channel), held=each.held, begun=each.begun)
        for each in openness(view, record)[:3]
    )


def _own_fields(row: Any, view: Any) -> Words:
    """What the file says in the fields that the scenario adds."""
    return joined(
        _("{field}: {value}", field=field_label(view.scenario, OWN + name), value=value_of(view, OWN + name, value))
        for name, value in row.more
    )


PORTRAITS = Table(
    "portraits", N_("Customer portraits"), N_("Customer management/Portraits"), READERS,
    rows=lambda view: (each for each in view.all(Record) if "labels" not in each.hidden),
    columns=(
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Type"), lambda row, view: word(view.scenario, "types", row.type)),
        Column(N_("Status"), lambda row, view: word(view.scenario, "statuses", row.status)),
        Column(N_("Class"), lambda row, view: row.grade),
        Column(N_("Labels"), _labels),
        Column(N_("Tactic"), lambda row, view: _(tactic(row))),
        Column(N_("Talks held by channel"), _channels),
        Column(N_("Own fields"), _own_fields),
        Column(N_("Last contact"), lambda row, view: view.once(contacts).get(row.id), "time"),
        Column(N_("Needs special attention"), lambda row, view: row.focus if row.focus >= 0 else None, "day"),
        Column(N_("Birthday"), lambda row, view: row.birthday if row.birthday >= 0 else None, "day"),
        Column(N_("Contract runs out"), lambda row, view: row.expiry if row.expiry >= 0 else None, "day"),
    ),
    actions=((LabelCustomer, "record"),),
    empty=N_("No customer is on file yet: record one after a talk."),
    tool="records",
)  # fmt: skip


@dataclass(frozen=True)
class Quality:
    """How good the files of one seat are."""

    seat: str
    records: tuple[Any, ...]


def _quality(view: Any) -> Iterator[Quality]:
    """The files that this seat may see, by who wrote them."""
    by: dict[str, list[Any]] = {}
    for record in view.all(Record):
        if "history" not in record.hidden:
            by.setdefault(record.recorded_by, []).append(record)
    for seat, records in by.items():
        yield Quality(seat, tuple(records))


QUALITY = Table(
    "quality", N_("Quality of the files"), N_("Customer management/Quality of the files"), READERS,
    rows=_quality,
    columns=(
        Column(N_("Written by"), lambda row, view: row.seat, "name"),
        Column(N_("Files"), lambda row, view: len(row.records)),
        Column(N_("Share of missing values"), lambda row, view: missing_share(list(row.records)), "percent"),
        Column(
            N_("Entered in time"),
            lambda row, view: in_time_share(of_talks(list(row.records)), view.scenario.office.record_minutes),
            "percent",
        ),
    ),
    empty=N_("No customer is on file yet: record one after a talk."),
    tool="records",
)  # fmt: skip

tables: tuple[Table, ...] = (TASKS, SCHEDULE, TO_WRITE, FOLLOW_UPS, TIMELINE, PORTRAITS, QUALITY)
