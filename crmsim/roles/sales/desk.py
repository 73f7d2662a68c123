"""What the desk of a salesperson shows, and what waits there (SAL-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from crmsim.crm.books import standing
from crmsim.crm.company import SALES, word
from crmsim.crm.naming import whose
from crmsim.crm.order import Invoice, Order
from crmsim.crm.record import Record, number_of
from crmsim.crm.talk import Talk
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.words import DAY, N_, Message, _
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.sales.deals import (
    agreed,
    agreed_delivery,
    agreed_discount,
    agreed_lines,
    agreed_terms,
    agreements,
)
from crmsim.roles.sales.orders import RemindPayment, ReviseOrder, ShipGoods, SubmitOrder, WithdrawOrder


def _mine(kind: type, *statuses: str) -> Callable[[Any], Iterator[Any]]:
    def rows(view: Any) -> Iterator[Any]:
        return (
            each
            for each in view.all(kind)
            if each.owner == view.seat.id and (not statuses or each.status in statuses)
        )  # fmt: skip

    return rows


def _with_a_deal(view: Any) -> Iterator[Any]:
    """Own customers with whom a deal was agreed on once: of the others none has an order to be written."""
    deals = view.once(agreements)
    customers = {talk.customer: None for talk in deals}
    files = {talk.record: None for talk in deals}
    for each in view.all(Record):
        if each.owner == view.seat.id and (each.customer in customers if each.customer else each.id in files):
            yield each


def _deal_waits(record: Any, view: Any) -> Waiting | None:
    talk = agreed(view, record)
    if talk is None:
        return None
    for each in view.all(Order):
        if each.record == record.id and each.status in {"submitted", "rejected"}:
            return None
    filled = {"record": record.id}
    terms = agreed_terms(view, record.id)
    why = _("{customer} agreed: write the order before it thinks again.", customer=record.title)
    ready = {
        "lines": agreed_lines(view, filled),
        "discount": agreed_discount(view, filled),
        "delivery": agreed_delivery(view, filled),
        "terms": terms if terms in view.settings.terms else "",
    }
    since = talk.agreement.minute
    return Waiting(record.title, since, since + DAY, why, SubmitOrder, {**filled, **ready}, weight=30)


def _order_waits(order: Any, view: Any) -> Waiting | None:
    filled = {"order": order.id}
    if order.status == "rejected":
        why = _("The director sent it back: {reason}", reason=order.reason)
        ready = {
            "lines": agreed_lines(view, filled),
            "discount": min(agreed_discount(view, filled), view.settings.discount_limit),
            "delivery": agreed_delivery(view, filled),
            "terms": order.terms,
        }
        due = order.reviewed + DAY
        return Waiting(whose(view, order), order.reviewed, due, why, ReviseOrder, {**filled, **ready}, weight=25)
    return None


def _shipping_waits(order: Any, view: Any) -> Waiting | None:
    if not order.to_ship:
        return None
    lines = ShipGoods.suggested(view, order.id)
    if not lines:
        return None
    why = _("The goods are promised for {day:day}.", day=order.delivery)
    ready = {"order": order.id, "lines": lines}
    due = order.delivery + DAY - 1
    return Waiting(whose(view, order), order.answered, due, why, ShipGoods, ready, weight=20)


def _promised(view: Any) -> Message | None:
    """How many promised days are today or tomorrow, with goods still here."""
    soon = view.minute // DAY * DAY + DAY
    due = [each for each in view.all(Order) if each.owner == view.seat.id and each.to_ship and each.delivery <= soon]
    return _("promises due {count}", count=len(due)) if due else None


def _debt_waits(invoice: Any, view: Any) -> Waiting | None:
    if not invoice.open_amount or invoice.status == "written_off":
        return None
    gap = view.scenario.fulfilment.reminder_gap_days * DAY
    last = invoice.reminders[-1] if invoice.reminders else -gap
    if view.minute <= invoice.due or view.minute - last < gap:
        return None
    why = _("{amount:money} have been due since {day:day}.", amount=invoice.open_amount, day=invoice.due)
    since = max(invoice.due, last)
    filled = {"invoice": invoice.id}
    return Waiting(whose(view, invoice), since, since + 2 * DAY, why, RemindPayment, filled, weight=10)


def last_talk(view: Any, record: Any) -> int:
    """The minute at which the company last spoke with a customer; -1 when it never did since the assignment."""
    found: int = view.once(_spoken).get(record.customer, -1)
    return found


def _spoken(view: Any) -> dict[str, int]:
    """For each customer, when this seat last spoke with it or tried to."""
    last: dict[str, int] = {}
    for talk in view.all(Talk):
        if talk.seat == view.seat.id and talk.customer:
            last[talk.customer] = max(last.get(talk.customer, -1), talk.started, talk.answered)
    return last


def _product(view: Any, id: str) -> Any:
    return next((each.name for each in view.scenario.products if each.id == id), id)


def _goods(order: Any, view: Any) -> Any:
    names = [(line.product, line.quantity) for line in order.lines]
    first = _("{product} x {quantity}", product=_product(view, names[0][0]), quantity=names[0][1])
    return first if len(names) == 1 else _("{first} and {more} more", first=first, more=len(names) - 1)


def _first_contact_waits(record: Any, view: Any) -> Waiting | None:
    if not record.customer or last_talk(view, record) >= record.assigned:
        return None
    due = record.assigned + view.settings.first_contact_minutes
    why = _("{customer} was assigned to you and has not heard from you yet.", customer=record.title)
    channels = [each.id for each in view.scenario.channels if each.id != "booth"]
    filled = {"record": record.id, "channel": record.channel if record.channel in channels else channels[0]}
    return Waiting(record.title, record.assigned, due, why, InviteToTalk, filled, weight=15)


NEW = Table(
    "sales-new",
    N_("Newly assigned"),
    N_("Customer management/Newly assigned"),
    (SALES,),
    rows=lambda view: (
        each
        for each in view.all(Record)
        if each.owner == view.seat.id and each.assigned and last_talk(view, each) < each.assigned
    ),
    columns=(
        Column(N_("Number"), number_of),
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Need"), lambda row, view: _product(view, row.need)),
        Column(N_("Assigned"), lambda row, view: row.assigned, "time"),
    ),
    actions=((InviteToTalk, "record"),),
    waits=_first_contact_waits,
    empty=N_("Everybody who was assigned to you has heard from you."),
)
CUSTOMERS = Table(
    "sales-customers",
    N_("My customers"),
    N_("Customer management/My customers"),
    (SALES,),
    rows=_mine(Record),
    columns=(
        Column(N_("Number"), number_of),
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Status"), lambda row, view: word(view.scenario, "statuses", row.status)),
        Column(N_("Need"), lambda row, view: _product(view, row.need)),
        Column(N_("Region"), lambda row, view: row.region, "name"),
        Column(N_("Assigned"), lambda row, view: row.assigned, "time"),
        Column(N_("Last talk"), lambda row, view: max(0, last_talk(view, row)) or None, "time"),
    ),
    actions=((SubmitOrder, "record"),),
    waits=_deal_waits,
    pressing=_with_a_deal,
    empty=N_("No customer is assigned to you yet; the director assigns them from the pool."),
)
ORDERS = Table(
    "sales-orders",
    N_("My orders"),
    N_("Sales management/Orders"),
    (SALES,),
    rows=_mine(Order),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Customer"), lambda row, view: row.record or row.customer, "name"),
        Column(N_("Goods"), _goods),
        Column(N_("Amount"), lambda row, view: row.total, "money"),
        Column(N_("Delivery"), lambda row, view: row.delivery, "day"),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
        Column(N_("Reason"), lambda row, view: row.reason, "name"),
    ),
    actions=((ReviseOrder, "order"), (WithdrawOrder, "order")),
    waits=_order_waits,
    empty=N_("No orders yet. An agreement in a talk becomes an order here."),
)
SHIPPING = Table(
    "sales-shipping",
    N_("Goods to ship"),
    N_("Sales management/Shipping"),
    (SALES,),
    rows=_mine(Order, "accepted", "shipped"),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Customer"), lambda row, view: row.record or row.customer, "name"),
        Column(N_("Goods"), _goods),
        Column(N_("Delivery"), lambda row, view: row.delivery, "day"),
        Column(N_("To be sent"), lambda row, view: sum(number for _id, number in row.to_ship)),
    ),
    actions=((ShipGoods, "order"), (WithdrawOrder, "order")),
    waits=_shipping_waits,
    empty=N_("No signed order has goods to be sent."),
    gauge=_promised,
)
RECEIVABLES = Table(
    "sales-receivables",
    N_("Receivables"),
    N_("Finance/Receivables"),
    (SALES,),
    rows=_mine(Invoice),
    latest_first=True,
    columns=(
        Column(N_("Invoice"), lambda row, view: row.id),
        Column(N_("Customer"), lambda row, view: row.customer, "name"),
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Amount"), lambda row, view: row.amount, "money"),
        Column(N_("Still owed"), lambda row, view: row.open_amount, "money"),
        Column(N_("Due"), lambda row, view: row.due, "day"),
        Column(N_("Status"), lambda row, view: standing(row)),
        Column(N_("Reminders"), lambda row, view: len(row.reminders)),
    ),
    actions=((RemindPayment, "invoice"),),
    waits=_debt_waits,
    empty=N_("Nobody owes anything yet."),
)
