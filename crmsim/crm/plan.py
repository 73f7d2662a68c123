"""Marketing plans (FLO-9), sales targets (DIR-15), notes of monitoring (DIR-12) and market studies (DIR-16)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from crmsim.crm.company import CUSTOMER, DIRECTOR, within
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen


@dataclass(slots=True)
class MarketingPlan(Entity):
    """A plan to go and find customers. Statuses: submitted, head_office, approved, refused, executed, reported,
    lapsed. After it is submitted nobody changes what it says; after the report nobody adds to it."""

    prefix = "MP"
    kind: str = ""
    owner: str = ""
    place: str = ""  # a region
    product: str = ""
    goal: str = ""
    expected: int = 0  # prospects
    expenses: int = 0
    day: int = 0  # the minute at which the day of its execution begins
    submitted: int = 0
    reviewed: int = -1
    referred: int = -1  # since when it waits for head office
    reason: str = ""
    executed: int = -1  # the minute of the check-in
    spent: int = 0
    reached: int = seen(Seen.AFTER, 0)  # how many it really met
    result: str = ""
    prospects: tuple[str, ...] = ()  # records that came of it
    reported: int = -1
    status: str = "submitted"

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Whose it is, the director and the instructor."""
        return None if CUSTOMER in seat.roles else within(seat, self.owner, team=False)


@dataclass(slots=True)
class Target(Entity):
    """A sales target in fen of signed orders, from day one to the end: the company's, or one person's."""

    prefix = "TG"
    staff: str = ""  # "" for the company
    amount: int = 0
    since: int = 0

    @property
    def title(self) -> Words:
        """Whose it is."""
        return self.staff or self.id

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company's is everybody's; a person's is its own and the director's."""
        if CUSTOMER in seat.roles:
            return None
        return within(seat, self.staff, team=not self.staff)


@dataclass(slots=True)
class MonitoringNote(Entity):
    """What the director wrote to a colleague after looking at its handling; a paper on that desk until it is read."""

    prefix = "MN"
    staff: str = ""
    about: str = ""
    text: str = ""
    written: int = 0
    due: int = 0
    read: int = -1
    answer: str = ""

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The director and whom it is for."""
        return Seen.OWN if seat.id == self.staff or DIRECTOR in seat.roles else None


class Estimate(msgspec.Struct, frozen=True):
    """One figure of a study: what, the estimate, and the sampling error (half a 95% interval), all in ppm."""

    what: Words
    share: int
    error: int


@dataclass(slots=True)
class Study(Entity):
    """A market study: what was asked, and the answers once it is delivered."""

    prefix = "ST"
    subject: str = ""  # segment, medium, rivals
    about: str = ""
    cost: int = 0
    commissioned: int = 0
    due: int = 0
    asked: int = 0
    found: tuple[Estimate, ...] = ()
    status: str = "running"  # running, delivered

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The director's; nobody else paid for it."""
        return Seen.OWN if DIRECTOR in seat.roles else (Seen.ALL if seat.id == "company" else None)
