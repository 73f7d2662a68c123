"""The knowledge base, what customers find in it by themselves, and words to be used again (SVC-4, SVC-5, TALK-4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import CUSTOMER, shared, within
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen

TOOL, TEMPLATES = "knowledge", "templates"


@dataclass(slots=True)
class Article(Entity):
    """What the company knows of a fault: product, symptom, cause and remedy."""

    prefix = "KB"
    name: Words = ""
    product: str = ""
    symptom: str = ""
    cause: str = ""
    remedy: str = ""
    text: Words = ""
    by: str = ""  # a seat; "" came with the scenario
    written: int = 0
    public: bool = True  # customers find it, too
    withdrawn: bool = False
    used: int = seen(Seen.TEAM, 0)  # in answers by agents
    read: int = seen(Seen.TEAM, 0)  # by customers
    helped: int = seen(Seen.TEAM, 0)  # customers who needed no agent

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company; customers what is public."""
        if CUSTOMER in seat.roles:
            return Seen.ALL if self.public and not self.withdrawn else None
        return within(seat, self.by)


@dataclass(slots=True)
class Account(Entity):
    """A customer's registration with the self-service platform."""

    prefix = "KA"
    customer: str = ""
    since: int = 0

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Service and the director; the customer its own."""
        return shared(world, seat, self.customer, team="service" in seat.roles)


@dataclass(slots=True)
class Lookup(Entity):
    """A customer looked in the knowledge base for a fault of its own."""

    prefix = "KS"
    customer: str = ""
    order: str = ""
    product: str = ""
    symptom: str = ""
    articles: tuple[str, ...] = ()  # what it found, not yet tried
    tried: tuple[str, ...] = ()
    opened: int = 0
    status: str = "open"  # open, helped, asked
    request: str = ""  # the request that it became
    cause: str = seen(Seen.AFTER, "")

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Service and the director; the customer its own."""
        return shared(world, seat, self.customer, team="service" in seat.roles)


@dataclass(slots=True)
class Template(Entity):
    """Words to be used again: a talk script for a move, or an e-mail. Its slots are those of the talk's lines."""

    prefix = "TP"
    name: Words = ""
    kind: str = "mail"  # talk, mail
    move: str = ""  # the talk move it says; "" for an answer to a service request
    text: Words = ""
    by: str = ""  # a seat; "" came with the scenario
    shared: bool = True
    used: int = 0

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company's are everybody's in it; one's own may be kept to oneself."""
        return within(seat, self.by, team=self.shared)


def articles_on(source: Any, product: str, symptom: str) -> Iterator[Any]:
    """The articles about a symptom of a product that are still good."""
    return (
        each for each in source.all(Article)
        if not each.withdrawn and each.product == product and each.symptom == symptom
    )  # fmt: skip
