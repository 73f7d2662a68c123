"""Care, offers and rewards for customers on file, and programmes of recommendation (LOY-1, LOY-2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import CUSTOMER, within
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.engine.words import N_
from crmsim.engine.world import Entity, Seat, Seen, World

KINDS = (
    ("greeting", N_("greeting")),
    ("points", N_("points")),
    ("gift", N_("gift")),
    ("offer", N_("special offer")),
)


@dataclass(slots=True)
class Care(Entity):
    """Something kind done for a customer; `product` is what a cross-selling letter proposed."""

    prefix = "L"
    stands_by = {Record: "record"}
    record: str = ""
    customer: str = ""
    seat: str = ""
    kind: str = "greeting"  # greeting, points, gift, offer, cross
    minute: int = 0
    cost: int = 0
    product: str = ""

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Whoever may read the customer's file, and who gave it."""
        record = world.find(Record, self.record)
        near = None if record is None or CUSTOMER in seat.roles else record.standing(world, seat)
        return Seen.OWN if seat.id == self.seat else near if near else None


@dataclass(slots=True)
class Programme(Entity):
    """A reward for whoever brings another customer."""

    prefix = "M"
    reward: int = 0
    opened: int = 0
    closed: int = -1
    paid: tuple[tuple[str, str], ...] = ()  # who recommended, and who came

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The whole company."""
        return None if CUSTOMER in seat.roles else within(seat)


def _bought(source: Any) -> dict[str, dict[str, None]]:
    """The products on the signed orders of each file."""
    found: dict[str, dict[str, None]] = {}
    for order in source.all(Order):
        if order.status in SIGNED:
            found.setdefault(order.record, {}).update(dict.fromkeys(line.product for line in order.lines))
    return found


def fits_next(source: Any, record: Any) -> list[str]:
    """What fits what a customer bought and is on sale: what it does not have yet, and what is used up (LOY-3)."""
    has: dict[str, None] = source.once(_bought).get(record.id, {})
    if not has:
        return []
    parts = {each.id: each for each in source.scenario.products}
    sold = {each.id: None for each in source.all(Product) if not each.withdrawn}
    found: dict[str, None] = {}
    for id in has:
        for other in parts[id].fits_with if id in parts else ():
            if other in sold and (other not in has or parts[other].consumable):
                found[other] = None
    return list(found)
