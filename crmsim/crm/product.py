"""Products and what is in stock."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen


@dataclass(slots=True)
class Product(Entity):
    """Something the company sells (DIR-3). Its attributes, faults and lead time stand in the scenario."""

    prefix = "product-"
    name: Words = ""
    category: str = ""
    price: int = 0
    cost: int = seen(Seen.TEAM, 0)
    stock: int = seen(Seen.TEAM, 0)
    on_order: int = seen(Seen.TEAM, 0)
    arriving: tuple[tuple[int, int], ...] = seen(Seen.TEAM, ())  # (minute, pieces) ordered from the supplier
    lead_days: int = seen(Seen.TEAM, 3)
    withdrawn: bool = False
    base_price: int = seen(Seen.TEAM, 0)  # the price on day one, the reference of customers

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Customers see what is on sale."""
        return Seen.TEAM if "customer" not in seat.roles else (None if self.withdrawn else Seen.ALL)
