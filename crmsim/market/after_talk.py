"""What follows a talk: thinking it over, waiting for what was agreed, and remembering a broken word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import NextStepAgreed, TalkClosed
from crmsim.crm.moves import named_price, offer
from crmsim.crm.order import Order
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, _
from crmsim.market.choosing import Offer, weigh
from crmsim.market.feeling import feel
from crmsim.market.needs import contact_after, serve_elsewhere

if TYPE_CHECKING:
    from crmsim.market.life import Market

PPM = 1_000_000
SLEPT = N_("We slept on it: the offer was good enough to come back.")


def closed(market: Market, fact: Fact) -> None:
    """The talk is over: what it came to decides what the customer does next."""
    assert isinstance(fact, TalkClosed)
    customer, talk = market.of(fact.customer), market.world.find(Talk, fact.talk)
    if customer is None or talk is None:
        return
    market.drop(customer, "hang up")
    market.drop(customer, "reply", talk.id)
    if customer.stage != "talking":
        return
    if fact.ending == "agreed":
        customer.stage = "weighing"
        wait = market.world.scenario.market.buying.patience_days
        market.plan(customer, market.world.calendar.working_days_after(market.world.minute, wait), "await contract")
        return
    customer.stage = "seeking"
    slept = any(each.words.source == SLEPT for each in customer.story[-12:])
    if customer.wants and offer(talk) is not None and fact.ending != "left" and not slept:
        market.plan(customer, market.world.calendar.after(market.world.minute, 480), "think over", talk.id)


def think_over(market: Market, customer: Customer, plan: Plan) -> None:
    """A day later: an offer that is good enough brings the customer back by itself."""
    talk = market.world.find(Talk, plan.about)
    last = offer(talk) if talk is not None else None
    if talk is None or last is None or not customer.wants or customer.stage != "seeking":
        return
    ours = Offer(last.product, max(1, customer.quantity), named_price(talk), customer.deadline)
    if weigh(market, customer, ours).yes and customer.deadline > market.world.minute:
        market.tell(customer, _(SLEPT))
        contact_after(market, customer, 60)


def step_agreed(market: Market, fact: Fact) -> None:
    """The customer remembers what was agreed."""
    assert isinstance(fact, NextStepAgreed)
    customer = market.of(fact.customer)
    if customer is not None:
        market.plan(customer, fact.when + DAY, "expect", fact.talk)


def expect(market: Market, customer: Customer, plan: Plan) -> None:
    """The agreed day has passed: did anybody come back?"""
    talks = (each for each in market.world.of(Talk, customer.id) if each.id != plan.about)
    kept = market.world.find(Talk, plan.about)
    if kept is None or any(each.started >= kept.started for each in talks):
        return
    customer.trust = max(0, customer.trust - market.world.scenario.market.talking.broken_word)
    feel(market, customer, "promise", -PPM // 2, _("They promised to come back to us, and did not."))


def await_contract(market: Market, customer: Customer, plan: Plan) -> None:
    """Agreed, and then no contract came: wait once more while an order is in the making, else look elsewhere."""
    if customer.stage != "weighing" or not customer.wants:
        return
    orders = market.world.of(Order, customer.id)
    if orders and orders[-1].status in {"approved", "accepted"}:
        return  # the contract is there, and read in its own time
    if orders and orders[-1].status == "submitted" and plan.attempt < 2:
        market.plan(customer, market.world.minute + 2 * DAY, "await contract", attempt=plan.attempt + 1)
        return
    customer.trust = max(0, customer.trust - market.world.scenario.market.talking.broken_word)
    feel(market, customer, "promise", -PPM, _("We had agreed, but no contract ever came."))
    serve_elsewhere(market, customer)
