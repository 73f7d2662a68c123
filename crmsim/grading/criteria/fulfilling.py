"""Criteria of sales after the signature: goods and money. What a late approval or empty stock caused is not counted."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.facts import (
    ContractAccepted,
    DeliveryLate,
    GoodsShipped,
    PaymentLate,
    PaymentMade,
    PaymentReminded,
    StockArrived,
)
from crmsim.crm.order import Invoice, Order
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.selling import HALF_DAY, ONLY
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criterion import BY_THE_BOOK, FULL, Occasion, criterion

WEEK = 7 * DAY


def signed(course: Course, seat: str) -> Iterator[tuple[ContractAccepted, Order]]:
    """Contracts whose promised day is over; not those called off. To send goods early is no occasion."""
    facts = course.where(ContractAccepted, owner=seat) if seat else course.all(ContractAccepted)
    for fact in facts:
        order = course.world.get(Order, fact.order)
        if order.status != "cancelled" and order.delivery + DAY <= course.last:
            yield fact, order


def out_of_stock(course: Course, fact: ContractAccepted, order: Order) -> StockArrived | None:
    """The arrival of goods for which a signed order had to wait; None when they were in the house."""
    gone = [each for each in course.where(GoodsShipped, order=order.id) if each.whole]
    shipped = gone[0] if gone else None
    for line in order.lines:
        for arrival in course.where(StockArrived, product=line.product):
            if arrival.number > fact.number and (shipped is None or arrival.number < shipped.number):
                if (
                    shipped is not None
                    and shipped.minute - arrival.minute <= DAY
                    and arrival.minute - fact.minute > DAY // 2
                ):
                    return arrival
    return None


@criterion("sales.ship", ONLY, N_("Ships for the promised day"), weight=2, fewest=BY_THE_BOOK)
def ship(course: Course, seat: str) -> Iterator[Occasion]:
    """Goods leave the house so early that the carrier can be there on the promised day."""
    advice = _("Ship as soon as the contract is signed and the goods are there; do not wait for the day.")
    for fact, order in signed(course, seat):
        gone = [each for each in course.where(GoodsShipped, order=order.id) if each.whole]
        late = course.first(DeliveryLate, order=order.id)
        waited = course.waited(fact.minute, gone[0].minute if gone else None)
        judgement = course.decision(gone[0], "sales.ship_on_promise") if gone else None
        points = judgement.points if judgement is not None else 0
        if gone and points < FULL and (waited <= HALF_DAY or out_of_stock(course, fact, order) is not None):
            continue  # signed too late, or nothing in the house: whoever caused that answers for it
        if not gone and (waited <= HALF_DAY or late is None or _short(course, order)):
            continue
        why = judgement.why if judgement is not None else _("The goods were never sent.")
        yield Occasion(points, numbers(fact, *gone[:1], late), _("{who}: {what}", who=course.paper(order), what=why),
                       advice if points < FULL else None)  # fmt: skip


def _short(course: Course, order: Order) -> bool:
    from crmsim.crm.product import Product

    return any(course.world.get(Product, product).stock < number for product, number in order.to_ship)


@criterion("sales.chase", ONLY, N_("Chases late payments"), weight=2)
def chase(course: Course, seat: str) -> Iterator[Occasion]:
    """Who is late with a payment is reminded within two days, and again each week that it stays so, not every day."""
    advice = _("Look at the receivables each morning; remind on the first day after the date, then every few days.")
    too_soon = {entry.action.invoice for entry, each in course.judged("sales.reminder", seat) if each.points < FULL}
    for invoice, late, shown in _late(course, seat):
        paid = course.first(PaymentMade, shown.number, invoice=invoice.id)
        over, since = course.last if paid is None else paid.minute, late
        while (due := course.world.calendar.next_open(since + 2 * DAY)) <= over:
            asked = next((each for each in course.where(PaymentReminded, invoice=invoice.id)
                          if since <= each.minute < since + WEEK), None)  # fmt: skip
            points = 0 if asked is None else punctual(asked.minute - since, due - since)
            points = min(points, 600) if invoice.id in too_soon else points
            who = course.name(invoice.customer)
            if asked is None:
                why = _("{who} was late with {amount:money} and nobody asked for it.", who=who, amount=invoice.amount)
            else:
                why = _("{who}: reminded after {waited:span}.", who=who, waited=asked.minute - since)
            yield Occasion(points, numbers(shown, asked, paid), why, advice if points < FULL else None)
            since += WEEK


def _late(course: Course, seat: str) -> Iterator[tuple[Invoice, int, Fact]]:
    """Bills of a seat's customers that fell overdue, or were so on the first day: from when, and what shows it."""
    for invoice in course.world.all(Invoice):
        fact = course.first(PaymentLate, invoice=invoice.id)
        if fact is not None and fact.owner == seat:
            yield invoice, fact.minute, fact
        elif fact is None and invoice.owner == seat and invoice.due < course.game.first_minute:
            paid = course.first(PaymentMade, invoice=invoice.id)
            if paid is not None or invoice.status in {"open", "late", "written_off"}:
                yield invoice, course.game.first_minute, course.opening
