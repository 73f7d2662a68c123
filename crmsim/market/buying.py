"""How customers sign, receive and pay: what papers and parcels make them plan, and what they do then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    GoodsDelivered,
    GoodsRefused,
    InvoiceIssued,
    OrderApproved,
    OrderCancelled,
    PaymentLate,
    PaymentMade,
    PaymentReminded,
)
from crmsim.crm.funnel import compliance, contract_of
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, _
from crmsim.market.choosing import PPM, needed_by
from crmsim.market.contract import DIFFERS, judge_contract
from crmsim.market.feeling import feel
from crmsim.market.needs import serve_elsewhere
from crmsim.market.own import later, nth, segment
from crmsim.roles.customer import AcceptContract, CancelOrder, DeclineContract, Pay, RefuseGoods, SignForGoods
from crmsim.scenarios.conduct import BuyingPart

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market


def ways(market: Market) -> BuyingPart:
    """The scenario's numbers for buying."""
    return market.world.scenario.market.buying


# -- the contract


def _contract_came(market: Market, fact: Fact) -> None:
    assert isinstance(fact, OrderApproved)
    customer = market.of(fact.customer)
    order = market.world.get(Order, fact.order)
    if customer is not None:
        number = nth(market, Order, customer, order.id)
        when = later(market, customer, ways(market).read_minutes, f"read/{number}", order.revision)
        market.plan(customer, when, "read_contract", order.id, order.revision)


def _read_contract(market: Market, customer: Customer, plan: Plan) -> None:
    order = market.world.find(Order, plan.about)
    if order is None or order.status != "approved":
        return
    reason, why = judge_contract(market, customer, order)
    if reason:
        market.tell(customer, _("Declined contract {order}. {why}", order=order.id, why=why))
        market.act(customer, DeclineContract(order=order.id, reason=reason))
    else:
        market.tell(customer, _("Signed contract {order}. {why}", order=order.id, why=why))
        market.act(customer, AcceptContract(order=order.id))


def _signed(market: Market, fact: Fact) -> None:
    assert isinstance(fact, ContractAccepted)
    customer = market.of(fact.customer)
    if customer is not None:
        order = market.world.get(Order, fact.order)
        customer.stage = "awaiting_goods"
        wait = ways(market).patience_days * DAY
        last = max(needed_by(market, customer), order.delivery + DAY, market.world.minute + wait)
        market.plan(customer, last, "lose_patience", order.id)


def _not_signed(market: Market, fact: Fact) -> None:
    """A contract that tells otherwise than was said hurts; after a choice for someone else the need is over."""
    assert isinstance(fact, ContractDeclined)
    customer = market.of(fact.customer)
    if customer is None:
        return
    if fact.reason in DIFFERS:
        feel(market, customer, "promise", -PPM // 3, _("The contract was not what we had agreed."))
    if fact.reason in {"rival", "changed_mind"}:
        end_need(market, customer)
    else:
        customer.stage = "weighing"
        last = max(needed_by(market, customer), market.world.minute + ways(market).patience_days * DAY)
        market.plan(customer, last, "go_elsewhere", fact.order)


def _go_elsewhere(market: Market, customer: Customer, plan: Plan) -> None:
    order = market.world.get(Order, plan.about)
    if customer.stage == "weighing" and customer.wants and order.status in {"declined", "cancelled", "rejected"}:
        market.tell(customer, _("No better contract came in time, so we looked elsewhere."))
        end_need(market, customer)


def end_need(market: Market, customer: Customer) -> None:
    """The present need is over without us; the next comes in its own time."""
    market.drop(customer, "go_elsewhere")
    serve_elsewhere(market, customer)


def _lose_patience(market: Market, customer: Customer, plan: Plan) -> None:
    order = market.world.get(Order, plan.about)
    if order.status != "accepted":
        return
    number = nth(market, Order, customer, order.id)
    if market.world.luck.chance(ways(market).cancels, customer.id, f"cancel/{number}", plan.attempt):
        market.tell(customer, _("Cancelled {order}: it would come too late to be of use.", order=order.id))
        market.act(customer, CancelOrder(order=order.id, reason="late"))
    else:
        again = market.world.minute + ways(market).patience_days * DAY
        market.plan(customer, again, "lose_patience", order.id, plan.attempt + 1)


def _cancelled(market: Market, fact: Fact) -> None:
    assert isinstance(fact, OrderCancelled)
    customer = market.of(fact.customer)
    if customer is None or not customer.wants:
        return
    if fact.reason in {"no_stock", "mistake", "customer"}:  # the company's doing: another contract may come
        feel(market, customer, "promise", -PPM // 2, _("They called {order} off.", order=fact.order))
        customer.stage = "weighing"
        wait = market.world.minute + ways(market).patience_days * DAY
        market.plan(customer, wait, "go_elsewhere", fact.order)
    else:
        end_need(market, customer)


# -- the parcel


def _parcel_came(market: Market, fact: Fact) -> None:
    assert isinstance(fact, GoodsDelivered)
    customer = market.of(fact.customer)
    if customer is not None:
        number = nth(market, Shipment, customer, fact.shipment)
        when = later(market, customer, ways(market).sign_minutes, f"sign/{number}")
        market.plan(customer, when, "receive", fact.shipment, number)


def _receive(market: Market, customer: Customer, plan: Plan) -> None:
    shipment = market.world.get(Shipment, plan.about)
    looks = market.world.luck.chance(ways(market).damaged_refused, customer.id, "look", plan.attempt)
    if shipment.condition == "damaged" and looks:
        market.tell(customer, _("The parcel of {order} was damaged: sent back at the door.", order=shipment.order))
        market.act(customer, RefuseGoods(shipment=shipment.id))
    else:
        market.tell(customer, _("The goods of {order} are here.", order=shipment.order))
        market.act(customer, SignForGoods(shipment=shipment.id))


def _refused(market: Market, fact: Fact) -> None:
    assert isinstance(fact, GoodsRefused)
    customer = market.of(fact.customer)
    if customer is not None:
        feel(market, customer, "product", -PPM // 2, _("The goods came damaged."))


# -- the invoice


def _invoice_came(market: Market, fact: Fact) -> None:
    """On time, late, in two parts, or never: by the customer's discipline, drawn once for each invoice."""
    assert isinstance(fact, InvoiceIssued)
    customer = market.of(fact.customer)
    if customer is None:
        return
    world, kind = market.world, segment(market, customer)
    number = nth(market, Invoice, customer, fact.invoice)
    draw = world.luck.below(PPM, customer.id, "discipline", number)
    if draw < kind.never:
        market.tell(customer, _("{invoice}: no intention to pay it.", invoice=fact.invoice))
    elif draw < kind.never + _late(market, fact.order, kind.late):
        days = max(1, world.luck.lognormal(ways(market).late_days, 700_000, customer.id, "overdue", number))
        when = world.calendar.next_open(fact.due + days * DAY)
        market.plan(customer, when, "pay", fact.invoice, number)
    else:
        left = max(2, fact.due - world.minute)
        when = world.minute + left // 4 + world.luck.below(left - left // 4, customer.id, "in time", number)
        market.plan(customer, min(when, fact.due - 1), "pay", fact.invoice, number)


def _late(market: Market, order: str, usual: int) -> int:
    """The share of a kind that pays late: smaller where a contract without gaps says what delay costs."""
    world, contract = market.world, contract_of(market.world, order)
    if contract is None or compliance(contract, world):
        return usual
    return usual * (PPM - world.scenario.pipeline.clause_prompt) // PPM


def _pay(market: Market, customer: Customer, plan: Plan) -> None:
    invoice = market.world.get(Invoice, plan.about)
    if invoice.open_amount <= 0 or invoice.status == "written_off":
        return
    amount, luck = invoice.open_amount, market.world.luck
    late = market.world.minute > invoice.due
    if late and not invoice.paid and luck.chance(ways(market).partial, customer.id, "half", plan.attempt):
        amount = max(1, amount // 2)
        rest = later(market, customer, 2 * market.world.calendar.minutes_a_day, "rest", plan.attempt)
        market.plan(customer, rest, "pay", invoice.id, plan.attempt)
    if not market.act(customer, Pay(invoice=invoice.id, amount=amount)) and not market.world.ended:
        market.tell(customer, _("Could not pay {invoice}.", invoice=invoice.id))


def _paid(market: Market, fact: Fact) -> None:
    assert isinstance(fact, PaymentMade)
    customer = market.of(fact.customer)
    if customer is not None:
        customer.spent += fact.amount
        late = _("Paid {amount:money} late.", amount=fact.amount)
        market.tell(customer, late if fact.late else _("Paid {amount:money} in time.", amount=fact.amount))
        if fact.whole:
            market.drop(customer, "pay", fact.invoice)


def _overdue(market: Market, fact: Fact) -> None:
    assert isinstance(fact, PaymentLate)
    customer = market.of(fact.customer)
    if customer is not None:
        market.tell(
            customer, _("{invoice} lies unpaid; there is always something more pressing.", invoice=fact.invoice)
        )


def _reminded(market: Market, fact: Fact) -> None:
    """A reminder after the due day hastens a payment, each further one less; too soon or too many annoys."""
    assert isinstance(fact, PaymentReminded)
    customer, invoice = market.of(fact.customer), market.world.get(Invoice, fact.invoice)
    if customer is None:
        return
    ways_, now = ways(market), market.world.minute
    if now <= invoice.due or fact.times > ways_.reminders:
        customer.annoyance = min(PPM, customer.annoyance + ways_.annoyed)
        feel(market, customer, "fairness", -ways_.annoyed * 4, _("They keep pressing us for money."))
        return
    waiting = [plan for plan in customer.plans if plan.what == "pay" and plan.about == invoice.id]
    for plan in waiting:
        saved = (plan.minute - now) * ways_.moved // PPM >> (fact.times - 1)
        market.drop(customer, "pay", invoice.id)
        market.plan(customer, plan.minute - saved, "pay", invoice.id, plan.attempt)
        market.tell(customer, _("The reminder moved {invoice} up the pile.", invoice=invoice.id))


hears: dict[type[Fact], Hearing] = {
    OrderApproved: _contract_came,
    ContractAccepted: _signed,
    ContractDeclined: _not_signed,
    OrderCancelled: _cancelled,
    GoodsDelivered: _parcel_came,
    GoodsRefused: _refused,
    InvoiceIssued: _invoice_came,
    PaymentMade: _paid,
    PaymentLate: _overdue,
    PaymentReminded: _reminded,
}
plans: dict[str, Doing] = {
    "read_contract": _read_contract,
    "go_elsewhere": _go_elsewhere,
    "lose_patience": _lose_patience,
    "receive": _receive,
    "pay": _pay,
}
by_nature: dict[str, None] = {}
