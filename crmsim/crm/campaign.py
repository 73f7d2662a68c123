"""Adverts and promotion activities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import within
from crmsim.engine.words import DAY, Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen

BOOTH = "booth"  # the channel by which people talk at an activity


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
    status: str = "planned"  # planned, running, over, stopped

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


def offered(source: Any, talk: Any, product: str) -> int:
    """What an activity takes off the list price of a product for whoever talks at its booth, ppm; 0 elsewhere."""
    if talk.channel != BOOTH:
        return 0
    day = talk.started // DAY
    held = (each for each in source.all(Promotion) if each.start // DAY <= day <= each.end // DAY)
    return max((each.offer for each in held if each.product in ("", product)), default=0)


def deal_price(source: Any, talk: Any, product: Any, named: int) -> int:
    """The price of one for which a deal is made in a talk, fen: as named, or what the booth's offer makes of the list
    price when that is less."""
    return min(named, int(product.price) * (1_000_000 - offered(source, talk, product.id)) // 1_000_000)


def stands_there(source: Any, seat: str) -> bool:
    """Whether a seat was sent to the booth that is open now."""
    return any(each.status == "open" and seat in each.staff for each in source.all(Promotion))


def fair_day(view: Any, number: int) -> int:
    """The minute at which working day `number` of the game begins."""
    first = view.calendar.next_open(0)
    return int(view.calendar.working_days_after(first, number - 1) // DAY * DAY)
