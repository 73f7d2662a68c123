"""Everything that ever happened with one customer, in one list (客户互动时间线, REG-3). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.care import KINDS, Care
from crmsim.crm.naming import name_of
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.crm.task import REACTIONS, FollowUp
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
}
FIELD_LABELS = {
    "name": N_("Customer name"), "source": N_("Source"), "type": N_("Type"), "contact": N_("Contact person"),
    "position": N_("Position"), "phone": N_("Phone"), "email": N_("E-mail"), "industry": N_("Industry"),
    "region": N_("Region"), "size": N_("Company size"), "need": N_("Key need"), "quantity": N_("Quantity"),
    "budget": N_("Budget"), "deadline": N_("Decision date"), "decision": N_("Who decides"), "rival": N_("Rival"),
    "notes": N_("Notes"), "owner": N_("Owner"), "status": N_("Status"), "labels": N_("Labels"),
    "grade": N_("Class"), "expiry": N_("Contract runs out"), "birthday": N_("Birthday"),
}  # fmt: skip


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
    for part in (_talks, _follow_ups, _orders, _bills, _service, _cares, _changes):
        found += part(view, record)
    return tuple(sorted((each for each in found if each.minute <= view.minute), key=lambda each: each.minute))


def _of(row: Any, record: Any) -> bool:
    return bool(getattr(row, "record", "") == record.id or (record.customer and row.customer == record.customer))


def _talks(view: Any, record: Any) -> Iterator[Event]:
    for talk in view.all(Talk):
        if not _of(talk, record):
            continue
        begun = _("by {channel}: {state:label}", channel=name_of(view, talk.channel), state=talk.ending or talk.status)
        yield Event(talk.started, "talk", begun, talk.seat, talk.id, record.id)
        for say in talk.says:
            by = record.id if say.by == talk.customer else say.by
            yield Event(say.minute, "move", say.words or name_of(view, say.move), by, talk.id, record.id)


def _follow_ups(view: Any, record: Any) -> Iterator[Event]:
    for each in view.all(FollowUp):
        if each.record == record.id:
            words = _("{content} ({reaction})", content=each.content, reaction=_(dict(REACTIONS)[each.reaction]))
            yield Event(each.minute, "follow_up", words, each.seat, each.id, record.id)


def _orders(view: Any, record: Any) -> Iterator[Event]:
    for order in view.all(Order):
        if not _of(order, record):
            continue
        amount = _("{amount:money}, submitted", amount=order.total)
        yield Event(order.submitted, "order", amount, order.owner, order.id, record.id)
        if order.answered >= 0:
            declined = order.status == "declined"
            words = _("the contract was declined") if declined else _("the contract was signed")
            yield Event(order.answered, "order", words, record.id, order.id, record.id)
        if order.late >= 0:
            yield Event(order.late, "order", _("late: the promised day has passed"), "", order.id, record.id)
        for parcel in view.all(Shipment):
            if parcel.order == order.id:
                yield Event(parcel.sent, "shipment", _("left the house"), order.owner, parcel.id, record.id)
                if parcel.delivered >= 0:
                    words = _("arrived, {condition:label}", condition=parcel.condition)
                    yield Event(parcel.delivered, "shipment", words, "", parcel.id, record.id)


def _bills(view: Any, record: Any) -> Iterator[Event]:
    for bill in view.all(Invoice):
        if not _of(bill, record):
            continue
        words = _("{amount:money}, due {day:day}", amount=bill.amount, day=bill.due)
        yield Event(bill.issued, "invoice", words, bill.owner, bill.id, record.id)
        for minute in bill.reminders:
            yield Event(minute, "invoice", _("a reminder was sent"), bill.owner, bill.id, record.id)
        if bill.settled >= 0:
            words = _("{status:label}", status=bill.status)
            yield Event(bill.settled, "invoice", words, record.id, bill.id, record.id)


def _service(view: Any, record: Any) -> Iterator[Event]:
    for request in view.all(ServiceRequest):
        if _of(request, record):
            words = _(
                "{product}: {symptom}", product=name_of(view, request.product), symptom=name_of(view, request.symptom)
            )
            yield Event(request.opened, "request", words, record.id, request.id, record.id)
            if request.resolved >= 0:
                words = _("resolved by {remedy}", remedy=name_of(view, request.remedy))
                yield Event(request.resolved, "request", words, request.agent, request.id, record.id)
    for paper in view.all(Return):
        if _of(paper, record):
            yield Event(paper.opened, "return", _("goods are to go back"), record.id, paper.id, record.id)
            if paper.decided >= 0:
                words = _("{status:label}", status=paper.status)
                yield Event(paper.decided, "return", words, paper.agent, paper.id, record.id)
    for voice in view.all(Feedback):
        if _of(voice, record):
            words = _("{score} of 5 for {about:label}", score=voice.score, about=voice.about)
            yield Event(voice.given, "feedback", words, record.id, voice.id, record.id)


def _cares(view: Any, record: Any) -> Iterator[Event]:
    for care in view.all(Care):
        if care.record == record.id:
            what = name_of(view, care.product) if care.product else _(dict(KINDS)[care.kind])
            yield Event(care.minute, "care", what, care.seat, care.id, record.id)


def _changes(view: Any, record: Any) -> Iterator[Event]:
    if "history" in getattr(record, "hidden", ()):
        return
    for minute, by, field, old, new in record.history:
        name = _(FIELD_LABELS.get(field, field))
        words = _("{field}: {old} → {new}", field=name, old=_value(view, old), new=_value(view, new))
        yield Event(minute, "change", words, by, record.id, record.id)


def _value(view: Any, text: str) -> Words:
    return name_of(view, text) if text and not text.isdigit() else text or "-"
