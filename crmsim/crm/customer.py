"""The truth of a customer: what it wants, feels and does. The company sees nothing of it before the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from crmsim.crm.company import plays
from crmsim.engine.words import Message, Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen


class Plan(msgspec.Struct, frozen=True, order=True):
    """Something a customer means to do at a minute."""

    minute: int
    what: str
    about: str = ""
    attempt: int = 0


class RivalOffer(msgspec.Struct, frozen=True):
    """An offer of a competitor that the customer holds: for its whole need, in fen."""

    rival: str
    price: int
    fit: int  # utility of its attributes for this customer, ppm
    known_from: int = 0


def offers_known(who: Any, minute: int) -> list[RivalOffer]:
    """The offers of competitors that have come to a customer by a minute, the lowest first."""
    return sorted((each for each in who.rivals if each.known_from <= minute), key=lambda each: each.price)


class Moment(msgspec.Struct, frozen=True):
    """A step of the customer's story: when, what, and why in its own terms."""

    minute: int
    words: Message


@dataclass(slots=True)
class Customer(Entity):
    """A person or firm in the market. All of it is hidden until the game is over, except from who plays it."""

    prefix = "p"
    # who it is: drawn once
    segment: str = ""
    type: str = ""
    name: str = seen(Seen.ALL, "", digest=False)
    contact: str = seen(Seen.ALL, "", digest=False)
    position: str = ""
    phone: str = seen(Seen.ALL, "", digest=False)
    email: str = seen(Seen.ALL, "", digest=False)
    region: str = ""
    industry: str = ""
    size: str = ""
    temper: str = "plain"
    weights: dict[str, int] = seen(Seen.OWN, factory=dict)
    sensitivity: int = seen(Seen.OWN, 2_600_000)
    reticence: int = seen(Seen.AFTER, 450_000)
    patience_moves: int = seen(Seen.AFTER, 8)
    channels: tuple[str, ...] = seen(Seen.OWN, ())  # preferred first
    decision: str = seen(Seen.OWN, "alone")  # alone, boss, committee
    shades: bool = seen(Seen.AFTER, False)
    rate: int = seen(Seen.AFTER, 0)  # mean minutes between needs
    dropout: int = seen(Seen.AFTER, 0)  # chance to be gone after a purchase, ppm
    known: bool = True
    # its present need
    wants: str = seen(Seen.OWN, "")  # a product id; "" while it needs nothing
    quantity: int = seen(Seen.OWN, 0)
    budget: int = seen(Seen.OWN, 0)  # the most it can spend, fen
    needed_since: int = seen(Seen.OWN, -1)
    deadline: int = seen(Seen.OWN, 0)  # its decision date, a minute
    rivals: tuple[RivalOffer, ...] = seen(Seen.OWN, ())
    needs: int = seen(Seen.AFTER, 0)  # how many needs so far
    # how it stands with us
    stage: str = seen(Seen.OWN, "quiet")
    aware: int = seen(Seen.AFTER, -1)  # since which minute it knows us; -1 not
    source: str = seen(Seen.AFTER, "")
    trust: int = seen(Seen.AFTER, 300_000)
    satisfaction: int = seen(Seen.OWN, 700_000)
    recovered: int = seen(Seen.AFTER, 0)  # the part of satisfaction that good recoveries gave: no reason to come again
    interest: int = seen(Seen.AFTER, 1_000_000)
    annoyance: int = seen(Seen.AFTER, 0)
    expected_discount: int = seen(Seen.AFTER, 0)
    purchases: int = seen(Seen.OWN, 0)
    spent: int = seen(Seen.OWN, 0)
    told: dict[str, int] = seen(Seen.AFTER, factory=dict)  # topic -> minute it was last told to the company
    plans: tuple[Plan, ...] = seen(Seen.AFTER, ())
    story: tuple[Moment, ...] = seen(Seen.AFTER, (), digest=False)  # names of the cast occur in it

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name or self.contact

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Who plays it sees its brief; everybody sees it after the end."""
        return Seen.OWN if plays(world, seat, self.id) else (Seen.AFTER if world.ended else None)
