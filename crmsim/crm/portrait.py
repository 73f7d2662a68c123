"""What the files tell about a customer as a whole, and how good the files themselves are (REG-6, REG-7). Pure.

Every function reads a view or a world alike, and tells no more than the rows it may read there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crmsim.crm.care import Care
from crmsim.crm.filed import filed
from crmsim.crm.order import Invoice
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.crm.task import FollowUp
from crmsim.engine.words import N_

LABELS = (
    ("high_intent", N_("high intent")),
    ("low_intent", N_("low intent")),
    ("rivals", N_("a rival's customer")),
)
TACTICS = {
    "": N_("Find out what it needs, and by when."),
    "high_intent": N_("Stay close: quote, meet doubts and ask for the order within days."),
    "low_intent": N_("Do not press: a greeting now and then, and be there when a need arises."),
    "rivals": N_("Ask what the rival does not do well, show proof, and compare the whole, not the price."),
}
FIELDS = (
    "contact", "position", "phone", "email", "industry", "type", "region", "size", "source", "need", "quantity",
    "budget", "deadline", "decision",
)  # fmt: skip


def contacts(source: Any) -> dict[str, int]:
    """When the company last spoke or wrote to the customer of each record, or tried to."""
    last: dict[str, int] = {}
    known = {each.customer: each.id for each in source.all(Record) if each.customer}
    for talk in source.all(Talk):
        minute = talk.answered if talk.by_customer else max(talk.answered, talk.started)
        if minute >= 0:
            record = talk.record or known.get(talk.customer, "")
            minute = max(minute, talk.says[-1].minute) if talk.says else minute
            if record and minute > last.get(record, -1):
                last[record] = minute
    for care in source.all(Care):
        _later(last, care.record, care.minute)
    for follow in source.all(FollowUp):
        _later(last, follow.record, follow.minute)
    for invoice in source.all(Invoice):
        if invoice.reminders:
            _later(last, known.get(invoice.customer, ""), invoice.reminders[-1])
    return last


def _later(last: dict[str, int], record: str, minute: int) -> None:
    if record:
        last[record] = max(minute, last.get(record, -1))


@dataclass(frozen=True)
class Openness:
    """How a customer takes to a channel: how often talks were begun on it by either side, and how many came about."""

    channel: str
    begun: int
    held: int


def openness(source: Any, record: Any) -> tuple[Openness, ...]:
    """The channels on which a customer was met, the one that works best first."""
    counts: dict[str, list[int]] = {}
    for talk in filed(source, Talk, record):
        count = counts.setdefault(talk.channel, [0, 0])
        count[0] += 1
        count[1] += talk.answered >= 0
    found = [Openness(channel, begun, held) for channel, (begun, held) in counts.items()]
    return tuple(sorted(found, key=lambda each: (-each.held * 1000 // each.begun, -each.held, each.channel)))


def tactic(record: Any) -> str:
    """How to treat a customer by its label (English source)."""
    return TACTICS[next((label for label, _name in LABELS if label in record.labels), "")]


def missing(record: Any) -> tuple[str, ...]:
    """The fields of a file that nobody has filled in."""
    return tuple(name for name in FIELDS if name not in getattr(record, "hidden", ()) and not getattr(record, name))


def missing_share(records: list[Any]) -> int | None:
    """The share of values that are missing in these files (缺失值率), ppm; None without files."""
    asked = len(records) * len(FIELDS)
    return sum(len(missing(each)) for each in records) * 1_000_000 // asked if asked else None


def of_talks(records: list[Any]) -> list[Any]:
    """Those of the files that were written from a talk: only these could be entered in time."""
    return [each for each in records if each.talk]


def in_time_share(records: list[Any], limit: int) -> int | None:
    """The share of these files that were written within `limit` minutes of the first contact (及时录入率), ppm."""
    timely = sum(each.recorded - each.first_contact <= limit for each in records)
    return timely * 1_000_000 // len(records) if records else None
