"""How far sales are towards their targets (DIR-15), and how each colleague works (DIR-12). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import SALES, Staff
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.plan import MonitoringNote, Target
from crmsim.crm.service import Feedback, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.words import N_, Words

PPM = 1_000_000
HABITS = (
    ("promptness", N_("quick answers")),
    ("needs", N_("asking for needs")),
    ("records", N_("true records")),
    ("discounts", N_("holding the price")),
    ("follow_up", N_("following up")),
    ("diagnosis", N_("finding the cause")),
)
# how ids are called where facts show them by name
WORDS = (
    N_("promptness"), N_("needs"), N_("records"), N_("discounts"), N_("follow_up"), N_("diagnosis"),
)  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """A target and what was signed towards it, fen; `expected` is the share of the time that is over, ppm."""

    id: str
    staff: str
    title: Words
    target: int
    signed: int
    expected: int

    @property
    def reached(self) -> int:
        """The share reached, ppm."""
        return self.signed * PPM // self.target if self.target else 0

    @property
    def behind(self) -> bool:
        """Whether less was signed than the time that has passed asks for."""
        return self.target > 0 and self.reached < self.expected


def signed_by(source: Any, staff: str, since: int = 0) -> int:
    """Fen of the orders that customers signed, of a person or (for "") of everybody."""
    return sum(
        each.total
        for each in source.all(Order)
        if each.status in SIGNED and each.answered >= since and staff in ("", each.owner)
    )


def progress_of(source: Any) -> Iterator[Progress]:
    """Every target with its progress, the company's first."""
    days = source.scenario.calendar.days * source.calendar.minutes_a_day
    for each in sorted(source.all(Target), key=lambda row: (row.staff != "", row.staff)):
        whole = max(1, days - source.calendar.worked(each.since))
        passed = source.calendar.between(each.since, source.minute)
        yield Progress(
            each.id, each.staff, each.title, each.amount, signed_by(source, each.staff, each.since),
            min(PPM, passed * PPM // whole),
        )  # fmt: skip


def split(amount: int, sellers: list[Any]) -> list[tuple[str, int]]:
    """A company's target split to people by how many customers they can look after; the shares sum to the whole."""
    whole, left, found = sum(each.capacity for each in sellers), amount, []
    for number, each in enumerate(sellers):
        part = left if number == len(sellers) - 1 else amount * each.capacity // max(1, whole)
        found.append((each.id, part))
        left -= part
    return found


def sellers_of(source: Any) -> list[Any]:
    """The active salespeople."""
    return [each for each in source.all(Staff) if SALES in each.roles and each.active]


@dataclass(frozen=True)
class Handling:
    """One colleague's work as it lies on file: talks, waits (working minutes), sales (fen), what customers say."""

    id: str
    title: Words
    talks: int
    wait: int  # mean, to the first answer
    slow: int  # talks answered later than the company's limit
    missed: int
    orders: int
    sales: int
    discount: int  # mean, ppm
    cases: int
    overdue: int
    notes: int  # notes of the director not read yet
    score: int  # mean of what customers gave, in hundredths of 5; 0 when nobody said

    @property
    def slow_share(self) -> int:
        """The share of talks answered late, ppm."""
        return self.slow * PPM // self.talks if self.talks else 0


def handlings(source: Any) -> list[Handling]:
    """How each active colleague works."""
    return [handling(source, each) for each in source.all(Staff) if each.active]


def handling(source: Any, staff: Any) -> Handling:
    """How one colleague works, from a view of the director or the world."""
    talks = [each for each in source.all(Talk) if each.seat == staff.id and each.by_customer]
    waits = [source.calendar.between(each.started, each.answered) for each in talks if each.answered >= 0]
    limit = source.settings.first_answer_minutes
    orders = [each for each in source.all(Order) if each.owner == staff.id]
    signed = [each for each in orders if each.status in SIGNED]
    cases = [each for each in source.all(ServiceRequest) if each.agent == staff.id]
    scores = [each.score for each in source.all(Feedback) if each.seat == staff.id]
    return Handling(
        staff.id, staff.name or staff.id, len(talks), sum(waits) // len(waits) if waits else 0,
        sum(1 for each in waits if each > limit), sum(1 for each in talks if each.status == "missed"),
        len(orders), sum(each.total for each in signed),
        sum(each.discount for each in orders) // len(orders) if orders else 0,
        len(cases), sum(1 for each in cases if each.overdue),
        sum(1 for each in source.all(MonitoringNote) if each.staff == staff.id and each.read < 0),
        100 * sum(scores) // len(scores) if scores else 0,
    )  # fmt: skip


def minded(staff: Any, minute: int) -> tuple[str, ...]:
    """The habits that somebody minds better now, because they were coached."""
    return tuple(habit for habit, until in staff.coached if until > minute)


def with_coaching(coached: tuple[tuple[str, int], ...], habit: str, until: int) -> tuple[tuple[str, int], ...]:
    """The same with a habit minded until a minute; a longer one stands."""
    held = dict(coached)
    held[habit] = max(until, held.get(habit, 0))
    return tuple(sorted(held.items()))


__all__ = [
    "HABITS", "Handling", "Progress", "handling", "handlings", "minded", "progress_of", "sellers_of",
    "signed_by", "split", "with_coaching",
]  # fmt: skip
