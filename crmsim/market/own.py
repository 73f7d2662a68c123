"""A customer's own: its kind, its papers by its own count, its own time. What others do never changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from crmsim.crm.customer import Customer
from crmsim.engine.world import Entity
from crmsim.scenarios.conduct import UsingPart
from crmsim.scenarios.people import SegmentPart

if TYPE_CHECKING:
    from crmsim.market.life import Market

E = TypeVar("E", bound=Entity)


def aftermath(market: Market) -> UsingPart:
    """The scenario's numbers for what follows a purchase."""
    found: UsingPart = market.world.scenario.market.using
    return found


def segment(market: Market, customer: Customer) -> SegmentPart:
    """The kind of customer it is."""
    found: SegmentPart = market.world.scenario.find("segments", customer.segment)
    return found


def nth(market: Market, kind: type[E], customer: Customer, id: str) -> int:
    """Which of the customer's own papers of a kind this is, from 1: its luck hangs on its own count, not on others'."""
    count = 0
    for each in market.world.of(kind, customer.id):
        count += 1
        if each.id == id:
            break
    return count


def later(market: Market, customer: Customer, median: int, purpose: str, attempt: int = 0) -> int:
    """A minute some working time from now, around a median."""
    wait = market.world.luck.lognormal(median, 500_000, customer.id, purpose, attempt)
    return market.world.calendar.after(market.world.minute, wait)
