"""Adverts and promotion activities."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm.company import within
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen


@dataclass(slots=True)
class Advert(Entity):
    """An advert in a medium (DIR-4). `reached` is known by its figures, who was reached is not."""

    prefix = "A"
    medium: str = ""
    product: str = ""
    budget: int = 0  # a day
    start: int = 0
    end: int = 0
    message: str = ""  # the attribute of the product it stresses; "" for none
    slogan: str = ""
    spent: int = 0
    reached: int = 0
    leads: int = 0
    status: str = "planned"  # planned, running, over, stopped

    @property
    def title(self) -> Words:
        """Its number."""
        return self.id

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company; customers see what is running (the newspaper page, the news)."""
        if "customer" in seat.roles:
            return Seen.ALL if self.status == "running" else None
        return within(seat)


@dataclass(slots=True)
class Promotion(Entity):
    """A promotion activity with a booth at the exhibition (DIR-5)."""

    prefix = "B"
    name: str = ""
    product: str = ""
    offer: int = 0  # discount in ppm for orders agreed at the booth
    start: int = 0
    end: int = 0
    staff: tuple[str, ...] = ()
    cost: int = seen(Seen.TEAM, 0)
    visitors: int = 0
    leads: int = 0
    status: str = "planned"  # planned, open, over

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name or self.id

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company; customers see an open booth."""
        if "customer" in seat.roles:
            return Seen.ALL if self.status == "open" else None
        return within(seat, *self.staff)
