"""How a customer reads a contract: against what was agreed, or as an offer like another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer
from crmsim.crm.order import Order
from crmsim.crm.talk import Agreement, Talk
from crmsim.engine.words import DAY, Message, _
from crmsim.market.choosing import NOTHING, PPM, Offer, weigh
from crmsim.market.own import nth

if TYPE_CHECKING:
    from crmsim.market.life import Market


def judge_contract(market: Market, customer: Customer, order: Order) -> tuple[str, Message]:
    """Why the customer will not sign ("" when it will), and the same in its own words."""
    agreed = agreement(market, customer, order)
    if agreed is None:
        return _weigh_contract(market, customer, order)
    differs = order.differs(agreed)
    if differs:
        reason = REASONS.get(differs, differs)
        return reason, DIFFERS[reason]
    days = (market.world.minute - agreed.minute) // DAY
    number = nth(market, Order, customer, order.id)
    chance = min(PPM // 2, days * market.world.scenario.market.buying.second_thoughts)
    if market.world.luck.chance(chance, customer.id, f"second thoughts/{number}", order.revision):
        return "changed_mind", _("It took them {days} days to write down what we agreed.", days=days)
    return "", _("It says what we agreed.")


def agreement(market: Market, customer: Customer, order: Order) -> Agreement | None:
    """What the customer said yes to: in the order's talk, else in its latest."""
    talk = market.world.find(Talk, order.talk)
    if talk is not None and talk.agreement is not None:
        return talk.agreement
    found = [each.agreement for each in market.world.of(Talk, customer.id) if each.agreement]
    recent = [each for each in found if each.minute >= customer.needed_since]
    return max(recent, key=lambda each: each.minute, default=None)


DIFFERS = {
    "quantity": _("The goods are not those that we agreed."),
    "price": _("The price is higher than we agreed."),
    "date": _("It is to come later than we agreed."),
    "terms": _("We had agreed on other payment terms."),
}
REASONS = {"price": "price", "budget": "price", "product": "quantity", "delivery": "date", "terms": "terms"}


def _weigh_contract(market: Market, customer: Customer, order: Order) -> tuple[str, Message]:
    """A contract without an agreement is an offer like another."""
    wanted = customer.wants if order.quantity(customer.wants) else order.lines[0].product
    quantity = order.quantity(wanted)
    offer = Offer(wanted, quantity, order.total // quantity, order.delivery, order.terms)
    choice = weigh(market, customer, offer)
    if choice.yes:
        return "", choice.why
    return REASONS.get(choice.reason, "changed_mind" if choice.winner == NOTHING else "rival"), choice.why
