"""What was agreed in talks, as a start for orders and as their measure."""

from __future__ import annotations

from typing import Any

from crmsim.crm.company import Company, CompanyView
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Agreement, Talk
from crmsim.engine.action import Judgement, Refusal, Turn
from crmsim.engine.fields import Filled
from crmsim.engine.words import DAY, _

OVER = ("declined", "cancelled")


def agreed(view: Any, record: Any) -> Any:
    """The latest talk with this customer that ended in a deal without an order yet; None when there is none."""
    if record.customer:
        found = [talk for talk in view.of(Talk, record.customer) if talk.agreement is not None]
    else:  # few of many talks: a desk asks this for each of its customers
        found = [talk for talk in view.once(agreements) if talk.record == record.id]
    if not found:
        return None
    ordered = {each.talk: None for each in view.all(Order) if each.talk}
    return next((talk for talk in reversed(found) if talk.id not in ordered), None)


def agreements(view: Any) -> list[Any]:
    """The talks that ended in a deal."""
    return [talk for talk in view.all(Talk) if talk.agreement is not None]


def _deal(view: Any, filled: Filled) -> Agreement | None:
    order = view.get(Order, filled.get("order", ""))
    if order is not None:
        talk = view.get(Talk, order.talk)
    else:
        record = view.get(Record, filled.get("record", ""))
        talk = None if record is None else agreed(view, record)
    deal: Agreement | None = None if talk is None else talk.agreement
    return deal


def agreed_lines(view: Any, filled: Filled) -> tuple[tuple[str, int], ...]:
    """The goods agreed on, else those of the order or the record, else one of the first product."""
    deal = _deal(view, filled)
    if deal is not None:
        return ((deal.product, deal.quantity),)
    order = view.get(Order, filled.get("order", ""))
    if order is not None:
        return tuple((line.product, line.quantity) for line in order.lines)
    record = view.get(Record, filled.get("record", ""))
    if record is not None and record.need:
        return ((record.need, max(1, record.quantity)),)
    return tuple((each.id, 1) for each in view.all(Product) if not each.withdrawn)[:1]


def agreed_discount(view: Any, filled: Filled) -> int:
    """The discount that brings today's list price to the price agreed on, ppm."""
    deal = _deal(view, filled)
    product = None if deal is None else view.get(Product, deal.product)
    if deal is None or product is None:
        order = view.get(Order, filled.get("order", ""))
        return 0 if order is None else int(order.discount)
    price: int = product.price
    return max(0, 1_000_000 - -(-deal.unit_price * 1_000_000 // price))


def agreed_delivery(view: Any, filled: Filled) -> int:
    """The day agreed on, as long as it has not passed."""
    deal = _deal(view, filled)
    today: int = view.minute // DAY * DAY
    if deal is not None and deal.delivery:
        return max(today, deal.delivery)
    order = view.get(Order, filled.get("order", ""))
    usual: int = view.calendar.working_days_after(today, view.scenario.fulfilment.usual_days)
    return usual if order is None else max(today, order.delivery)


def agreed_terms(view: Any, record: str) -> str:
    """The payment terms agreed on; "" when nothing was said of them."""
    deal = _deal(view, {"record": record})
    return "" if deal is None else deal.terms


def refuse_price(view: CompanyView, discount: int, plea: str) -> Refusal | None:
    """A discount over the limit is an exception that needs a reason, and has an end."""
    limit, over = view.settings.discount_limit, view.scenario.office.overstep
    if discount > limit + over:
        return _("No more than {most:percent} of discount can be asked for.", most=limit + over)
    if discount > limit and not plea.strip():
        return _("The discount is over the limit of {limit:percent}: give a reason for an exception.", limit=limit)
    return None


def judge_order(world: Company, customer: str, paper: Any, turn: Turn) -> tuple[Judgement, ...]:
    """Whether an order says what was agreed, keeps to the limit, and promises what can be kept."""
    lines = tuple(OrderLine(id, number, world.get(Product, id).price) for id, number in paper.lines)
    terms = paper.terms or next(iter(world.settings.terms), "")
    order = Order("", lines=lines, discount=paper.discount, delivery=paper.delivery, terms=terms)
    found = []
    deals = [each.agreement for each in world.all(Talk) if each.customer == customer and each.agreement is not None]
    if not deals:
        found.append(Judgement("sales.matches_agreement", 0, _("The customer has agreed to nothing.")))
    elif reason := order.differs(deals[-1]):
        why = _("It differs from what was agreed: {reason:label}.", reason=reason)
        found.append(Judgement("sales.matches_agreement", 200, why))
    else:
        found.append(Judgement("sales.matches_agreement", 1000, _("It says what was agreed.")))
    limit = world.settings.discount_limit
    within = 1000 if paper.discount <= limit else 300
    why = _("{discount:percent} of discount, the limit is {limit:percent}.", discount=paper.discount, limit=limit)
    found.append(Judgement("sales.discount", within, why))
    return (*found, _judge_promise(world, order, turn))


def _judge_promise(world: Company, order: Order, turn: Turn) -> Judgement:
    """Stock, or its arrival, and the carrier allow the promised day."""
    ready = turn.minute
    for line in order.lines:
        product = world.get(Product, line.product)
        if product.stock < line.quantity:
            ready = max(ready, world.calendar.working_days_after(turn.minute, product.lead_days))
    there = world.calendar.after(ready, world.scenario.fulfilment.carrier_most)
    if there < order.delivery + DAY:
        return Judgement("sales.promise", 1000, _("The promised day can be kept."))
    return Judgement("sales.promise", 200, _("The goods cannot be there before {day:day}.", day=there))
