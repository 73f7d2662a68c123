"""The company's own clock: what falls due by itself is done as an action of the seat "company"."""

from __future__ import annotations

from typing import Annotated

from crmsim.crm import books
from crmsim.crm.company import COMPANY, Company, CompanyView, Staff
from crmsim.crm.facts import (
    DebtWrittenOff,
    DeliveryLate,
    DepositRefunded,
    GoodsDelivered,
    GoodsReceived,
    GoodsReturned,
    OrderCancelled,
    PaymentLate,
    RefundPaid,
    RequestClosed,
    RequestOverdue,
    WagesPaid,
)
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.service import Return, ServiceRequest
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Table
from crmsim.engine.fields import Pick
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY, N_, _
from crmsim.roles.company_mail import DeliverMessage as DeliverMessage
from crmsim.roles.company_mail import desk_of as desk_of


def _paper(label: str, entity: type, *statuses: str) -> Pick:
    return Pick(label, entity=entity, where=lambda row, view, filled: row.status in statuses)


class DeliverGoods(Action, frozen=True):
    """The carrier stands at the customer's door with a parcel and notes in what condition it is."""

    roles = (COMPANY,)
    minutes = 0
    shipment: Annotated[str, _paper(N_("Parcel"), Shipment, "under_way")]

    def apply(self, world: Company, turn: Turn) -> None:
        """The parcel can be signed for or refused; left unsigned, it counts as received some days later."""
        shipment = world.get(Shipment, self.shipment)
        shipment.status, shipment.delivered = "delivered", turn.minute
        shipment.condition = "damaged" if shipment.damaged else "sound"
        world.record(GoodsDelivered(order=shipment.order, shipment=shipment.id, customer=shipment.customer))
        days = world.scenario.fulfilment.sign_days
        world.due(turn.minute + days * DAY, PresumeReceipt(shipment=shipment.id))


class PresumeReceipt(Action, frozen=True):
    """Goods that lie at the customer's unsigned count as received."""

    roles = (COMPANY,)
    minutes = 0
    shipment: Annotated[str, _paper(N_("Parcel"), Shipment, "delivered")]

    def apply(self, world: Company, turn: Turn) -> None:
        """As if the customer had signed."""
        receive(world, world.get(Shipment, self.shipment))


class MarkDeliveryLate(Action, frozen=True):
    """The promised day of an order has passed without all of its goods being there."""

    roles = (COMPANY,)
    minutes = 0
    order: Annotated[str, _paper(N_("Order"), Order, "accepted", "shipped")]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """What has arrived at the door by now is not late."""
        order = view.get(Order, self.order)
        assert order is not None
        if order.late >= 0:
            return _("This was noted before.")
        parcels = [each for each in view.all(Shipment) if each.order == order.id]
        there = all(each.status in {"delivered", "signed", "refused"} for each in parcels)
        return _("All of it has arrived.") if there and not order.to_ship else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The promise is broken; the owner hears it."""
        order = world.get(Order, self.order)
        order.late = turn.minute
        world.record(DeliveryLate(order=order.id, owner=order.owner, customer=order.customer))


class LapseContract(Action, frozen=True):
    """A contract that the customer never answered lapses."""

    roles = (COMPANY,)
    minutes = 0
    order: Annotated[str, _paper(N_("Order"), Order, "approved")]
    revision: int

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A contract sent anew has its own limit."""
        order = view.get(Order, self.order)
        return _("This contract was sent anew.") if order is None or order.revision != self.revision else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The order is cancelled for want of an answer."""
        order = world.get(Order, self.order)
        order.status, order.reason = "cancelled", "no_answer"
        world.record(OrderCancelled(order=order.id, owner=order.owner, customer=order.customer, reason="no_answer"))


class MarkPaymentLate(Action, frozen=True):
    """An invoice is overdue."""

    roles = (COMPANY,)
    minutes = 0
    invoice: Annotated[str, _paper(N_("Invoice"), Invoice, "open")]

    def apply(self, world: Company, turn: Turn) -> None:
        """Owner and customer hear it; much later the debt is written off."""
        invoice = world.get(Invoice, self.invoice)
        invoice.status = "late"
        world.record(
            PaymentLate(
                invoice=invoice.id, owner=invoice.owner, customer=invoice.customer, amount=invoice.open_amount
            )
        )  # fmt: skip
        days = world.scenario.fulfilment.write_off_days
        world.due(turn.minute + days * DAY, WriteOffDebt(invoice=invoice.id))


class WriteOffDebt(Action, frozen=True):
    """A debt long overdue is given up."""

    roles = (COMPANY,)
    minutes = 0
    invoice: Annotated[str, _paper(N_("Invoice"), Invoice, "late")]

    def apply(self, world: Company, turn: Turn) -> None:
        """What is still owed becomes a loss, but for the insurer's share where the order was approved within policy."""
        invoice = world.get(Invoice, self.invoice)
        lost = invoice.open_amount
        order = world.get(Order, invoice.order)
        carried = lost * world.scenario.fulfilment.insured // PPM if order.insured else 0
        account = books.result(order, "bad_debt")
        moves = (("receivables", -lost), ("cash", carried), (account, lost - carried))
        world.ledger.post(turn.minute, f"written off {invoice.id}", moves)
        invoice.status, invoice.settled = "written_off", turn.minute
        world.record(
            DebtWrittenOff(
                invoice=invoice.id, owner=invoice.owner, customer=invoice.customer, amount=lost, carried=carried
            )
        )  # fmt: skip


class GoodsComeBack(Action, frozen=True):
    """The goods of an approved return are back in the house."""

    roles = (COMPANY,)
    minutes = 0
    return_: Annotated[str, _paper(N_("Return"), Return, "approved")]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """They come back once."""
        found = view.get(Return, self.return_)
        return _("They are back already.") if found is not None and found.goods_back >= 0 else None

    def apply(self, world: Company, turn: Turn) -> None:
        """Sound goods go into stock again; the refund follows."""
        found = world.get(Return, self.return_)
        found.goods_back = turn.minute
        order = world.get(Order, found.order)
        order.returned = added(order.returned, found.lines)
        if found.sound:
            books.put_into_stock(world, f"return {found.id}", found.lines, books.result(order, "cost_of_goods"))
        world.record(GoodsReturned(request=found.id, agent=found.agent, sound=found.sound))
        days = world.scenario.office.refund_days
        world.due(world.calendar.working_days_after(turn.minute, days), PayRefund(return_=found.id))


class PayRefund(Action, frozen=True):
    """The customer gets its money for goods it sent back."""

    roles = (COMPANY,)
    minutes = 0
    return_: Annotated[str, _paper(N_("Return"), Return, "approved")]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once, and not before the goods are back."""
        found = view.get(Return, self.return_)
        return _("The goods are not back yet.") if found is None or found.goods_back < 0 else None

    def apply(self, world: Company, turn: Turn) -> None:
        """What is still owed for the goods is struck off first; the rest is paid out, never more than was paid."""
        found = world.get(Return, self.return_)
        order = world.get(Order, found.order)
        worth = order.worth(found.lines)
        account = books.result(order, "refunds")
        rest = worth - books.credit(world, order, worth, account)
        paid = sum(each.paid for each in books.bills_of(world, order.id)) - order.refunded
        amount = min(rest, paid)
        books.pay_back(world, f"refund {found.id}", found.customer, amount, account)
        order.refunded += amount
        found.refund, found.refunded, found.status = amount, turn.minute, "refunded"
        world.record(RefundPaid(request=found.id, customer=found.customer, agent=found.agent, amount=amount))


class PayWages(Action, frozen=True):
    """At the end of each working day the staff is paid."""

    roles = (COMPANY,)
    minutes = 0

    def apply(self, world: Company, turn: Turn) -> None:
        """Everybody who works here; again on the next working day."""
        amount = sum(each.wage for each in world.all(Staff) if each.active)
        books.spend(world, "wages", amount, "wages")
        world.record(WagesPaid(amount=amount))
        world.due(world.calendar.working_days_after(turn.minute, 1), PayWages())


class MarkAnswerLate(Action, frozen=True):
    """A service request has had no answer within the limit that the director set."""

    roles = (COMPANY,)
    minutes = 0
    request: Annotated[str, _paper(N_("Request"), ServiceRequest, "open")]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once for each request."""
        found = view.get(ServiceRequest, self.request)
        return _("This was noted before.") if found is not None and found.overdue else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The agent and the director hear it; the customer goes on waiting."""
        found = world.get(ServiceRequest, self.request)
        found.overdue = True
        world.record(RequestOverdue(request=found.id, customer=found.customer, agent=found.agent))


class CloseRequest(Action, frozen=True):
    """A resolved request that nobody reopened is closed."""

    roles = (COMPANY,)
    minutes = 0
    request: Annotated[str, _paper(N_("Request"), ServiceRequest, "resolved")]
    resolved: int

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A request resolved anew has its own limit."""
        found = view.get(ServiceRequest, self.request)
        return _("It was resolved anew.") if found is None or found.resolved != self.resolved else None

    def apply(self, world: Company, turn: Turn) -> None:
        """From now on it cannot be reopened."""
        found = world.get(ServiceRequest, self.request)
        found.status = "closed"
        world.record(RequestClosed(request=found.id, customer=found.customer, agent=found.agent))


def open_books(world: Company) -> None:
    """What the clock has ahead of it on day one: the first wages, at the end of the day."""
    closing = world.calendar.hours[-1][1]
    world.due(world.minute // DAY * DAY + closing, PayWages())


def added(one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Two lists of goods put together."""
    total = dict(one)
    for product, number in other:
        total[product] = total.get(product, 0) + number
    return tuple(total.items())


def receive(world: Company, shipment: Shipment) -> None:
    """Goods are the customer's now, and what it owes for them is billed, less the deposit."""
    order = world.get(Order, shipment.order)
    shipment.status = "signed"
    order.arrived = added(order.arrived, shipment.lines)
    if all(dict(order.arrived).get(line.product, 0) >= line.quantity for line in order.lines):
        order.status, order.received = "received", world.minute
    world.record(
        GoodsReceived(order=order.id, shipment=shipment.id, owner=order.owner, customer=order.customer)
    )  # fmt: skip
    worth = order.worth(shipment.lines)
    used = min(order.deposit - order.set_off, worth)
    order.set_off += used
    if worth > used:
        days = {each.id: each.days for each in world.scenario.terms}.get(order.terms, 5)
        charge(world, order, worth - used, days)


def charge(world: Company, order: Order, amount: int, days: int, kind: str = "goods") -> None:
    """Bill a customer and remember to look whether it paid in time."""
    invoice = books.bill(world, order, amount, days, kind)
    world.due(invoice.due + 1, MarkPaymentLate(invoice=invoice.id))


def call_off(world: Company, order: Order, reason: str) -> None:
    """An order will not be carried out: what was billed is struck off and a paid deposit goes back."""
    order.status, order.reason = "cancelled", reason
    world.record(OrderCancelled(order=order.id, owner=order.owner, customer=order.customer, reason=reason))
    books.credit(world, order, order.deposit, "sales")
    paid = sum(each.paid for each in books.bills_of(world, order.id))
    if paid:
        books.pay_back(world, f"deposit {order.id}", order.customer, paid, "sales")
        world.record(DepositRefunded(order=order.id, customer=order.customer, amount=paid))


actions: tuple[type[Action], ...] = (
    DeliverGoods, PresumeReceipt, MarkDeliveryLate, LapseContract, MarkPaymentLate, WriteOffDebt, GoodsComeBack,
    PayRefund, PayWages, MarkAnswerLate, CloseRequest, DeliverMessage,
)  # fmt: skip
tables: tuple[Table, ...] = ()
