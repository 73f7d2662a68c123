"""What a salesperson does with orders, goods and money owed (SAL-2 to SAL-4)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm import books
from crmsim.crm.company import SALES, Company, CompanyView
from crmsim.crm.facts import GoodsShipped, OrderSubmitted, PaymentReminded
from crmsim.crm.order import Invoice, Order, OrderLine, Shipment
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.fields import Choice, Date, Filled, Lines, Option, Percent, Pick, Text
from crmsim.engine.words import DAY, N_, _
from crmsim.roles.company import DeliverGoods, LapseContract, added, call_off
from crmsim.roles.sales.deals import (
    agreed,
    agreed_delivery,
    agreed_discount,
    agreed_lines,
    judge_order,
    refuse_price,
)

MyRecord = Annotated[
    str,
    Pick(
        N_("Customer"),
        entity=Record,
        where=lambda row, view, filled: row.owner == view.seat.id,
        nothing=_("No customer is assigned to you."),
    ),
]


def _own(*statuses: str) -> Any:
    return lambda row, view, filled: row.owner == view.seat.id and row.status in statuses


def _terms(view: Any, filled: Filled) -> list[Option]:
    allowed = view.settings.terms
    return [Option(each.id, each.name) for each in view.scenario.terms if each.id in allowed]


OrderLines = Annotated[
    tuple[tuple[str, int], ...],
    Lines(
        N_("Goods"),
        item=Pick(N_("Product"), entity=Product, where=lambda row, view, filled: not row.withdrawn),
        start=agreed_lines,
    ),
]
Discount = Annotated[int, Percent(N_("Discount"), high=900_000, start=agreed_discount)]
Delivery = Annotated[int, Date(N_("Delivery day"), start=agreed_delivery, far=120)]
Terms = Annotated[str, Choice(N_("Payment terms"), words=_terms, walk=False, optional=True)]
Plea = Annotated[str, Text(N_("Reason for an exception"), N_("Needed when the discount is over the limit."), most=200)]


class SubmitOrder(Action, frozen=True, kw_only=True):
    """Write an order for one of your customers and hand it to the director for review."""

    roles = (SALES,)
    minutes = 45
    label = N_("Add an order")
    menu = N_("Sales management/Orders")
    teach = N_("Write down exactly what was agreed: a contract that differs is declined.")
    record: MyRecord
    lines: OrderLines
    discount: Discount
    delivery: Delivery
    terms: Terms = ""
    plea: Plea = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """One order at a time for a customer, and no price beyond anybody's power."""
        for each in view.all(Order):
            if each.record == self.record and each.status in {"submitted", "rejected"}:
                return _("Order {order} of this customer is not settled yet.", order=each.id)
        return refuse_price(view, self.discount, self.plea)

    def apply(self, world: Company, turn: Turn) -> None:
        """The order waits for the director."""
        record = world.get(Record, self.record)
        deal = agreed(CompanyView(world, turn.seat), record)
        order = world.add(
            Order(
                world.new_id(Order), customer=record.customer, record=record.id, owner=turn.seat,
                talk=deal.id if deal else "",
            )
        )  # fmt: skip
        write(world, order, self, turn.minute)

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """What was agreed, within the limit, and possible to keep."""
        record = world.get(Record, self.record)
        return judge_order(world, record.customer, self, turn)


class ReviseOrder(Action, frozen=True, kw_only=True):
    """Change an order that was sent back, and submit it again."""

    roles = (SALES,)
    minutes = 30
    label = N_("Revise an order")
    menu = N_("Sales management/Orders")
    teach = N_("The fields hold what the customer agreed to; change what the director asked for.")
    order: Annotated[
        str, Pick(N_("Order"), entity=Order, where=_own("rejected"), nothing=_("No order was sent back to you."))
    ]
    lines: OrderLines
    discount: Discount
    delivery: Delivery
    terms: Terms = ""
    plea: Plea = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """No price beyond anybody's power."""
        return refuse_price(view, self.discount, self.plea)

    def apply(self, world: Company, turn: Turn) -> None:
        """The order waits for the director again."""
        order = world.get(Order, self.order)
        order.revision += 1
        write(world, order, self, turn.minute)

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """What was agreed, within the limit, and possible to keep."""
        return judge_order(world, world.get(Order, self.order).customer, self, turn)


def write(world: Company, order: Order, paper: SubmitOrder | ReviseOrder, minute: int) -> None:
    """Fill an order in and hand it over; a contract that then goes unanswered lapses."""
    order.lines = tuple(OrderLine(id, number, world.get(Product, id).price) for id, number in paper.lines)
    order.discount, order.delivery, order.plea = paper.discount, paper.delivery, paper.plea
    order.terms = paper.terms or next((each for each in world.settings.terms), "")
    order.status, order.submitted = "submitted", minute
    world.record(
        OrderSubmitted(order=order.id, owner=order.owner, customer=order.customer, amount=order.total)
    )  # fmt: skip
    days = world.scenario.fulfilment.contract_days
    world.due(minute + days * DAY, LapseContract(order=order.id, revision=order.revision))


class WithdrawOrder(Action, frozen=True, kw_only=True):
    """Call off an order of yours of which nothing was shipped, and say why."""

    roles = (SALES,)
    label = N_("Withdraw an order")
    menu = N_("Sales management/Orders")
    confirm = True
    order: Annotated[
        str,
        Pick(
            N_("Order"),
            entity=Order,
            where=lambda row, view, filled: (
                _own("submitted", "rejected", "approved", "accepted")(row, view, filled) and not row.shipped
            ),
            nothing=_("There is no order that could still be called off."),
        ),
    ]
    reason: Annotated[
        str,
        Choice(
            N_("Reason"),
            words=(
                ("no_stock", N_("no stock")),
                ("no_answer", N_("no answer")),
                ("customer", N_("the customer's wish")),
                ("mistake", N_("a mistake")),
            ),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """Customer and director hear it; a paid deposit goes back."""
        call_off(world, world.get(Order, self.order), self.reason)


def _in_house(view: Any, filled: Filled) -> tuple[tuple[str, int], ...]:
    order = view.get(Order, filled.get("order", ""))
    rest = () if order is None else order.to_ship
    held = {each.id: each.stock for each in view.all(Product)}
    return tuple((id, min(number, held.get(id, 0))) for id, number in rest if held.get(id, 0) > 0)


def _open_lines(view: Any, filled: Filled) -> list[Option]:
    order = view.get(Order, filled.get("order", ""))
    names = {each.id: each.name for each in view.scenario.products}
    return [] if order is None else [Option(id, names.get(id, id)) for id, _number in order.to_ship]


class ShipGoods(Action, frozen=True, kw_only=True):
    """Send the goods of a signed order, all of them or a part, as far as they are in stock."""

    roles = (SALES,)
    minutes = 15
    label = N_("Ship goods")
    menu = N_("Sales management/Shipping")
    teach = N_("Ship so early that the carrier can be there by the promised day.")
    order: Annotated[
        str,
        Pick(
            N_("Order"),
            entity=Order,
            where=lambda row, view, filled: _own("accepted", "shipped")(row, view, filled) and bool(row.to_ship),
            nothing=_("No signed order has goods to be sent."),
        ),
    ]
    lines: Annotated[
        tuple[tuple[str, int], ...],
        Lines(N_("Goods"), item=Choice(N_("Product"), words=_open_lines, walk=False), start=_in_house),
    ]

    @classmethod
    def suggested(cls, view: CompanyView, order: str) -> tuple[tuple[str, int], ...]:
        """What of an order could leave the house now."""
        return _in_house(view, {"order": order})

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Not more than was ordered, nor than there is."""
        order = view.get(Order, self.order)
        rest = {} if order is None else dict(order.to_ship)
        for id, number in self.lines:
            if number > rest.get(id, 0):
                return _("Only {left} of it are still to be sent.", left=rest.get(id, 0))
            product = view.get(Product, id)
            if product is None or number > product.stock:
                left = product.stock if product else 0
                return _("Only {left} in stock: send that much, and ask the director to restock.", left=left)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The goods leave the house; the carrier comes to the customer in its own time."""
        order, rules, luck = world.get(Order, self.order), world.scenario.fulfilment, world.luck
        # the carrier's luck is this customer's, by its own count of papers: what others order never changes it
        key, purpose = order.customer or order.record, "carrier"
        number = sum(1 for each in world.of(Shipment, order.customer) if order.customer or each.order == order.id)
        takes = luck.between(rules.carrier_least, max(rules.carrier_least, rules.carrier_most), key, purpose, number)
        if luck.chance(rules.late, key, f"{purpose}/late", number):
            takes += rules.late_minutes
        shipment = world.add(
            Shipment(
                world.new_id(Shipment), order=order.id, customer=order.customer, lines=self.lines, sent=turn.minute,
                arrives=world.calendar.after(turn.minute, takes),
                damaged=luck.chance(rules.damaged, key, f"{purpose}/damaged", number),
            )
        )  # fmt: skip
        books.take_from_stock(world, f"shipment {shipment.id}", self.lines)
        pieces = sum(each for _id, each in self.lines)
        books.spend(world, f"carrier {shipment.id}", rules.parcel_cost + rules.piece_cost * pieces, "delivery")
        order.shipped, order.status = added(order.shipped, self.lines), "shipped"
        whole = not order.to_ship
        world.record(GoodsShipped(order=order.id, shipment=shipment.id, customer=order.customer, whole=whole))
        world.due(shipment.arrives, DeliverGoods(shipment=shipment.id))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """In time for the promised day, as carriers usually are."""
        order, rules = world.get(Order, self.order), world.scenario.fulfilment
        usual = (rules.carrier_least + rules.carrier_most) // 2
        there, promised = world.calendar.after(turn.minute, usual), order.delivery + DAY
        if there < promised:
            return (Judgement("sales.ship_on_promise", 1000, _("Sent in time for {day:day}.", day=order.delivery)),)
        days = (there - promised) // DAY + 1
        why = _("Sent about {days} days too late for {day:day}.", days=days, day=order.delivery)
        return (Judgement("sales.ship_on_promise", max(0, 600 - 200 * days), why),)


class RemindPayment(Action, frozen=True, kw_only=True):
    """Remind a customer politely of an invoice."""

    roles = (SALES,)
    minutes = 10
    label = N_("Remind of a payment")
    menu = N_("Finance/Receivables")
    teach = N_("Remind when the day has passed, not before, and not every day.")
    invoice: Annotated[
        str, Pick(N_("Invoice"), entity=Invoice, where=_own("open", "late"), nothing=_("Nothing is owed."))
    ]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once a day is enough."""
        invoice = view.get(Invoice, self.invoice)
        if invoice is not None and invoice.reminders and invoice.reminders[-1] // DAY == view.minute // DAY:
            return _("The customer was reminded today.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer hears it."""
        invoice = world.get(Invoice, self.invoice)
        invoice.reminders = (*invoice.reminders, turn.minute)
        world.record(
            PaymentReminded(
                invoice=invoice.id, seat=turn.seat, customer=invoice.customer, times=len(invoice.reminders)
            )
        )  # fmt: skip

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """After the day, and with a pause between."""
        invoice = world.get(Invoice, self.invoice)
        gap = world.scenario.fulfilment.reminder_gap_days * DAY
        if turn.minute <= invoice.due:
            return (Judgement("sales.reminder", 200, _("It is not due yet.")),)
        if invoice.reminders and turn.minute - invoice.reminders[-1] < gap:
            return (Judgement("sales.reminder", 400, _("The last reminder is too fresh.")),)
        return (Judgement("sales.reminder", 1000, _("It is overdue.")),)
