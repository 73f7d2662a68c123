"""Customers who help themselves: they look in the knowledge base before they ask (SVC-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import AdviceTried, KnowledgeSearched
from crmsim.crm.knowledge import Account, Article, Lookup
from crmsim.crm.order import Order
from crmsim.engine.facts import Fact
from crmsim.engine.words import _
from crmsim.market.feeling import PPM, feel, lift, recovery
from crmsim.market.own import aftermath, later, nth
from crmsim.market.telling import agent_of
from crmsim.roles.knowing import AskAfterSearch, RegisterForHelp, SearchKnowledge, TryAdvice

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market

EASE = PPM // 2  # of what can happen in response: help at once, without asking (guess)
IN_VAIN = -PPM // 10  # advice that did not help (guess)


def searches(market: Market, customer: Customer, order: Order, symptom: str, number: int) -> bool:
    """Whether a customer with a fault looks in the knowledge base, if there is one, instead of asking at once."""
    world = market.world
    if not world.scenario.tools.get("knowledge", True):
        return False
    if not any(each.public and not each.withdrawn for each in world.all(Article)):
        return False
    if not world.luck.chance(world.scenario.knowledge.searches, customer.id, "search", number):
        return False
    if not any(each.customer == customer.id for each in world.all(Account)):
        market.act(customer, RegisterForHelp())
    search = SearchKnowledge(order=order.id, product=order.lines[0].product, symptom=symptom)
    if market.act(customer, search):
        market.tell(customer, _("Looked in their knowledge base about {order}.", order=order.id))
        return True
    return False


def _found(market: Market, fact: Fact) -> None:
    """What was found is tried; where nothing was, help is asked for."""
    assert isinstance(fact, KnowledgeSearched)
    customer = market.of(fact.customer)
    if customer is not None:
        _next(market, customer, market.world.get(Lookup, fact.lookup))


def _next(market: Market, customer: Customer, lookup: Lookup) -> None:
    number, part = nth(market, Lookup, customer, lookup.id), market.world.scenario.knowledge
    if lookup.articles:
        when = later(market, customer, part.trying_minutes, f"try/{number}", len(lookup.tried))
        market.plan(customer, when, "try_advice", lookup.id, number)
    else:
        when = later(market, customer, aftermath(market).ask_minutes // 4, f"ask after search/{number}")
        market.plan(customer, when, "ask_after_search", lookup.id, number)


def _try(market: Market, customer: Customer, plan: Plan) -> None:
    market.act(customer, TryAdvice(lookup=plan.about))


def _tried(market: Market, fact: Fact) -> None:
    """Help at once pleases; advice in vain a little the contrary."""
    assert isinstance(fact, AdviceTried)
    customer, lookup = market.of(fact.customer), market.world.get(Lookup, fact.lookup)
    if customer is None:
        return
    if fact.helped:
        feel(market, customer, "response", EASE, _("{order}: we could mend it ourselves.", order=lookup.order))
        took = market.world.calendar.between(lookup.opened, market.world.minute)
        lift(customer, recovery(market, took))
        return
    feel(market, customer, "response", IN_VAIN, _("{order}: their advice did not help.", order=lookup.order))
    _next(market, customer, lookup)


def _ask(market: Market, customer: Customer, plan: Plan) -> None:
    if market.act(customer, AskAfterSearch(lookup=plan.about, agent=agent_of(market, customer))):
        lookup = market.world.get(Lookup, plan.about)
        market.tell(customer, _("Asked for help with {order}.", order=lookup.order))


hears: dict[type[Fact], Hearing] = {KnowledgeSearched: _found, AdviceTried: _tried}
plans: dict[str, Doing] = {"try_advice": _try, "ask_after_search": _ask}
