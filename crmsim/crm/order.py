"""Orders, shipments and invoices."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from crmsim.crm.company import CUSTOMER, SERVICE, plays, shared, within
from crmsim.crm.talk import Agreement
from crmsim.engine.world import Entity, Seat, Seen, World, seen

SIGNED = ("accepted", "shipped", "received")  # the statuses of an order whose contract the customer signed


class OrderLine(msgspec.Struct, frozen=True):
    """A line of an order: a product, how many, and the list price of one in fen."""

    product: str
    quantity: int
    price: int


@dataclass(slots=True)
class Order(Entity):
    """An order (SAL-2). Statuses: submitted, rejected, approved (the contract is with the customer), accepted,
    declined, shipped (in part or whole), received, cancelled."""

    prefix = "O"
    customer: str = ""
    record: str = ""
    owner: str = ""
    talk: str = ""
    lines: tuple[OrderLine, ...] = ()
    discount: int = 0  # ppm off the list price
    delivery: int = 0  # the minute at which the promised day begins
    terms: str = ""
    status: str = "submitted"
    submitted: int = 0
    reviewed: int = -1
    reviewer: str = ""
    reason: str = ""
    answered: int = -1  # accepted or declined
    shipped: tuple[tuple[str, int], ...] = ()
    arrived: tuple[tuple[str, int], ...] = ()
    received: int = -1  # the minute the last goods were signed for
    revision: int = 0
    returned: tuple[tuple[str, int], ...] = ()
    case: str = seen(Seen.AFTER, "")  # what became of it, for the story
    plea: str = ""  # why an exception is asked for
    insured: bool = True  # nothing spoke against it when it was approved: an insurer carries part of its debt
    late: int = -1  # the minute at which the promise was broken
    deposit: int = 0  # billed at signing, fen
    set_off: int = 0  # how much of the deposit later bills have used up
    refunded: int = 0  # paid back for returned goods, fen

    @property
    def list_total(self) -> int:
        """The lines at list price, fen."""
        return sum(line.quantity * line.price for line in self.lines)

    @property
    def total(self) -> int:
        """What the customer owes for all of it, fen, rounded to the fen."""
        left = 1_000_000 - self.discount
        return sum(line.quantity * (line.price * left // 1_000_000) for line in self.lines)

    def unit_price(self, product: str) -> int:
        """The price of one after discount, fen."""
        price = next(line.price for line in self.lines if line.product == product)
        return price * (1_000_000 - self.discount) // 1_000_000

    def quantity(self, product: str) -> int:
        """How many of a product were ordered."""
        return sum(line.quantity for line in self.lines if line.product == product)

    def worth(self, lines: tuple[tuple[str, int], ...]) -> int:
        """What these goods cost the customer, fen."""
        return sum(number * self.unit_price(product) for product, number in lines)

    def differs(self, deal: Agreement) -> str:
        """In what this order is worse for the customer than what it agreed to; "" when it is what was agreed.

        A discount in whole ppm cannot hit every price to the fen: a tenth of a per mille is let pass.
        """
        if [line.product for line in self.lines] != [deal.product]:
            return "product"
        if self.quantity(deal.product) != deal.quantity:
            return "quantity"
        if self.unit_price(deal.product) > deal.unit_price + deal.unit_price // 10_000:
            return "price"
        if deal.delivery and self.delivery > deal.delivery:
            return "delivery"
        return "terms" if deal.terms and self.terms != deal.terms else ""

    @property
    def to_ship(self) -> tuple[tuple[str, int], ...]:
        """What is still to be sent."""
        sent = dict(self.shipped)
        rest = ((line.product, line.quantity - sent.get(line.product, 0)) for line in self.lines)
        return tuple((product, number) for product, number in rest if number > 0)

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its owner and the director; service to help; the customer its own."""
        if CUSTOMER in seat.roles:
            return (
                Seen.OWN if plays(world, seat, self.customer) and self.status not in {"submitted", "rejected"} else None
            )
        return within(seat, self.owner, team=SERVICE in seat.roles)


@dataclass(slots=True)
class Shipment(Entity):
    """Goods on their way (SAL-3)."""

    prefix = "H"
    stands_by = {Order: "order"}
    order: str = ""
    customer: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    sent: int = 0
    arrives: int = seen(Seen.AFTER, 0)  # when the carrier will be there
    damaged: bool = seen(Seen.AFTER, False)
    condition: str = ""  # sound or damaged, as the carrier notes at the door
    status: str = "under_way"  # under_way, delivered, signed, refused
    delivered: int = -1

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Like its order."""
        order = world.find(Order, self.order)
        return None if order is None else order.standing(world, seat)


@dataclass(slots=True)
class Invoice(Entity):
    """What a customer owes for goods received (SAL-4)."""

    prefix = "I"
    order: str = ""
    customer: str = ""
    owner: str = ""
    amount: int = 0
    paid: int = 0
    issued: int = 0
    due: int = 0
    reminders: tuple[int, ...] = ()
    status: str = "open"  # open, late, paid, written_off, credited
    settled: int = -1
    kind: str = "goods"  # deposit or goods
    credited: int = 0  # taken off for returned or cancelled goods, fen

    @property
    def open_amount(self) -> int:
        """What is still owed, fen."""
        return self.amount - self.paid - self.credited

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its owner and the director; the customer its own."""
        return shared(world, seat, self.customer, self.owner, team=False)
