"""Opportunities and contracts, as the company keeps them (OPP-1 to OPP-4)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from crmsim.crm.company import CUSTOMER, SERVICE, shared, within
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen


class Tried(msgspec.Struct, frozen=True):
    """Advice that was followed: when, which, the chance of success just before (ppm), and what it cost in fen."""

    minute: int
    advice: str
    before: int
    cost: int = 0


@dataclass(slots=True)
class Opportunity(Entity):
    """A deal that may be won. It is open until its stage is won or lost."""

    prefix = "OP"
    name: str = seen(Seen.TEAM, "", digest=False)  # often holds the customer's name
    customer: str = ""
    record: str = ""
    owner: str = ""
    talk: str = ""  # the talk it came from
    product: str = ""
    quantity: int = 1
    amount: int = 0
    close: int = 0  # the day on which the customer means to decide
    stage: str = ""
    entered: int = 0  # since when it is in its stage
    opened: int = 0
    steps: tuple[tuple[str, int, int], ...] = ()  # stage, entered, left
    competitors: tuple[str, ...] = ()
    match: str = ""  # low, medium, high: whether the budget covers the amount
    urgency: str = "medium"
    chain: str = ""  # who decides
    manual: int = -1  # a chance set by hand, ppm; -1 lets the file speak
    tried: tuple[Tried, ...] = ()
    settled: int = -1
    order: str = ""
    lost: str = ""  # why, a word of the dictionary
    factors: tuple[str, ...] = ()  # what made it succeed
    lesson: str = seen(Seen.TEAM, "")

    @property
    def title(self) -> Words:
        """Its name, or its number."""
        return self.name or self.id

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.settled < 0

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its owner and the director; service, to which it is handed over."""
        return None if CUSTOMER in seat.roles else within(seat, self.owner, team=SERVICE in seat.roles)


@dataclass(slots=True)
class Contract(Entity):
    """The paper that goes with an order: its term, amount and clauses. Its progress is the order's own."""

    prefix = "HT"
    order: str = ""
    customer: str = ""
    owner: str = ""
    start: int = 0
    end: int = 0
    amount: int = 0
    clauses: tuple[str, ...] = ()
    drafted: int = 0
    drafts: int = 1

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its owner and the director; service to help; the customer its own."""
        return shared(world, seat, self.customer, self.owner, team=SERVICE in seat.roles)
