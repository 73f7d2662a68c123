"""Everything that ever happened with one customer, in one list (客户互动时间线, REG-3). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.care import KINDS, Care
from crmsim.crm.company import word
from crmsim.crm.filed import filed
from crmsim.crm.form import Submission
from crmsim.crm.knowledge import Lookup
from crmsim.crm.naming import joined, name_of
from crmsim.crm.opportunity import Contract, Opportunity
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.pipeline import ADVICE
from crmsim.crm.portrait import LABELS
from crmsim.crm.record import OWN, field_label
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.survey import Questionnaire
from crmsim.crm.talk import Talk
from crmsim.crm.task import REACTIONS, FollowUp, Task
from crmsim.engine.words import N_, Words, _

EVENTS = {
    "talk": N_("talk"),
    "move": N_("said"),
    "follow_up": N_("follow-up"),
    "order": N_("order"),
    "shipment": N_("parcel"),
    "invoice": N_("invoice"),
    "request": N_("service"),
    "return": N_("return"),
    "feedback": N_("feedback"),
    "change": N_("file"),
    "care": N_("care"),
    "opportunity": N_("opportunity"),
    "contract": N_("contract"),
    "answer": N_("answers"),
    "lookup": N_("self-service"),
    "task": N_("task"),
}


@dataclass(frozen=True)
class Event:
    """One line of a customer's story as the company knows it."""

    minute: int
    kind: str
    words: Words
    by: str = ""
    paper: str = ""
    record: str = ""


def timeline(view: Any, record: Any) -> tuple[Event, ...]:
    """All that this view may know of a record's customer, the earliest first; what is said at one minute in order."""
    found: list[Event] = []
    for part in PARTS:
        found += part(view, record)
    return tuple(sorted((each for each in found if each.minute <= view.minute), key=lambda each: each.minute))


def _talks(view: Any, record: Any) -> Iterator[Event]:
    for talk in filed(view, Talk, record):
        begun = _("by {channel}: {state:label}", channel=name_of(view, talk.channel), state=talk.ending or talk.status)
        yield Event(talk.started, "talk", begun, talk.seat, talk.id, record.id)
        for say in talk.says:
            by = record.id if say.by == talk.customer else say.by
            yield Event(say.minute, "move", say.words or name_of(view, say.move), by, talk.id, record.id)


def _follow_ups(view: Any, record: Any) -> Iterator[Event]:
    for each in filed(view, FollowUp, record):
        words = _("{content} ({reaction})", content=each.content, reaction=_(dict(REACTIONS)[each.reaction]))
        if each.attachment:
            words = _("{words}, with an attachment", words=words)
        yield Event(each.minute, "follow_up", words, each.seat, each.id, record.id)


def _orders(view: Any, record: Any) -> Iterator[Event]:
    for order in filed(view, Order, record):
        amount = _("{amount:money}, submitted", amount=order.total)
        yield Event(order.submitted, "order", amount, order.owner, order.id, record.id)
        if order.answered >= 0:
            declined = order.status == "declined"
            words = _("the contract was declined") if declined else _("the contract was signed")
            yield Event(order.answered, "order", words, record.id, order.id, record.id)
        if order.late >= 0:
            yield Event(order.late, "order", _("late: the promised day has passed"), "", order.id, record.id)
        for parcel in view.once(_parcels).get(order.id, ()):
            yield Event(parcel.sent, "shipment", _("left the house"), order.owner, parcel.id, record.id)
            if parcel.delivered >= 0:
                words = _("arrived, {condition:label}", condition=parcel.condition)
                yield Event(parcel.delivered, "shipment", words, "", parcel.id, record.id)


def _parcels(view: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in view.all(Shipment):
        found.setdefault(each.order, []).append(each)
    return found


def _bills(view: Any, record: Any) -> Iterator[Event]:
    for bill in filed(view, Invoice, record):
        words = _("{amount:money}, due {day:day}", amount=bill.amount, day=bill.due)
        yield Event(bill.issued, "invoice", words, bill.owner, bill.id, record.id)
        for minute in bill.reminders:
            yield Event(minute, "invoice", _("a reminder was sent"), bill.owner, bill.id, record.id)
        if bill.settled >= 0:
            words = _("{status:label}", status=bill.status)
            yield Event(bill.settled, "invoice", words, record.id, bill.id, record.id)


def _service(view: Any, record: Any) -> Iterator[Event]:
    for request in filed(view, ServiceRequest, record):
        words = _(
            "{product}: {symptom}", product=name_of(view, request.product), symptom=name_of(view, request.symptom)
        )
        yield Event(request.opened, "request", words, record.id, request.id, record.id)
        if request.resolved >= 0:
            words = _("resolved by {remedy}", remedy=name_of(view, request.remedy))
            yield Event(request.resolved, "request", words, request.agent, request.id, record.id)
    for paper in filed(view, Return, record):
        yield Event(paper.opened, "return", _("goods are to go back"), record.id, paper.id, record.id)
        if paper.decided >= 0:
            words = _("{status:label}", status=paper.status)
            yield Event(paper.decided, "return", words, paper.agent, paper.id, record.id)
    for voice in filed(view, Feedback, record):
        words = _("{score} of 5 for {about:label}", score=voice.score, about=voice.about)
        yield Event(voice.given, "feedback", words, record.id, voice.id, record.id)


def _cares(view: Any, record: Any) -> Iterator[Event]:
    for care in filed(view, Care, record):
        what = name_of(view, care.product) if care.product else _(dict(KINDS)[care.kind])
        yield Event(care.minute, "care", what, care.seat, care.id, record.id)


def _deals(view: Any, record: Any) -> Iterator[Event]:
    for deal in filed(view, Opportunity, record):
        opened = _("{product}, {amount:money}", product=name_of(view, deal.product), amount=deal.amount)
        yield Event(deal.opened, "opportunity", opened, deal.owner, deal.id, record.id)
        for entered, stage in _entered(deal):
            yield Event(entered, "opportunity", word(view.scenario, "stages", stage), deal.owner, deal.id, record.id)
        for tried in deal.tried:
            what = _("{advice:label}", advice=dict(ADVICE)[tried.advice])
            yield Event(tried.minute, "opportunity", what, deal.owner, deal.id, record.id)
    for paper in filed(view, Contract, record):
        words = _("{amount:money}, until {day:day}", amount=paper.amount, day=paper.end)
        yield Event(paper.drafted, "contract", words, paper.owner, paper.id, record.id)


def _entered(deal: Any) -> list[tuple[int, str]]:
    """When a deal came into each stage but its first."""
    came = [(entered, stage) for stage, entered, _left in (*deal.steps, (deal.stage, deal.entered, 0))]
    return came[1:]


def _answers(view: Any, record: Any) -> Iterator[Event]:
    for copy in filed(view, Questionnaire, record):
        if copy.answered >= 0:
            yield Event(copy.answered, "answer", _("answered a survey"), record.id, copy.id, record.id)
    for form in filed(view, Submission, record):
        words = _("filled in {form}", form=name_of(view, form.sheet))
        yield Event(form.filled, "answer", words, record.id, form.id, record.id)
    for each in filed(view, Lookup, record):
        words = _("{product}: {symptom}", product=name_of(view, each.product), symptom=name_of(view, each.symptom))
        yield Event(each.opened, "lookup", words, record.id, each.id, record.id)


def _tasks(view: Any, record: Any) -> Iterator[Event]:
    for task in filed(view, Task, record):
        yield Event(task.made, "task", _("{task}, until {when:day}.", task=task.title, when=task.due), task.owner,
                    task.id, record.id)  # fmt: skip
        if task.done >= 0:
            yield Event(task.done, "task", _("{task}: finished", task=task.title), task.owner, task.id, record.id)


def _changes(view: Any, record: Any) -> Iterator[Event]:
    if "history" in getattr(record, "hidden", ()):
        return
    for minute, by, field, old, new in record.history:
        old, new = value_of(view, field, old), value_of(view, field, new)
        words = _("{field}: {old} → {new}", field=field_label(view.scenario, field), old=old, new=new)
        yield Event(minute, "change", words, by, record.id, record.id)


def value_of(view: Any, field: str, kept: str) -> Words:
    """A value of a file as its history keeps it, as people read it."""
    if field == "labels":
        return joined(_(name) for label, name in LABELS if label in kept.split(", ")) or "-"
    if field.startswith(OWN):
        own = next((each for each in view.scenario.record_fields if OWN + each.id == field), None)
        return next((each.name for each in own.options if each.id == kept), kept or "-") if own else kept or "-"
    if field == "status":  # an opportunity's outcome has the same ids, and other names
        return word(view.scenario, "statuses", kept)
    number = int(kept) if kept.removeprefix("-").isdigit() else None
    if number is not None and field in {"deadline", "birthday", "expiry"}:
        return _("{when:day}", when=number) if number > 0 else "-"
    if number is not None and field == "budget":
        return _("{amount:money}", amount=number)
    if field == "partner":
        return _("yes") if kept == str(True) else _("no")
    return name_of(view, kept) if kept and number is None else kept or "-"


PARTS = (_talks, _follow_ups, _tasks, _deals, _orders, _bills, _service, _answers, _cares, _changes)
