"""Customers who help themselves: they look in the knowledge base before they ask, and fill in forms (SVC-5, FRM-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.company import CUSTOMER
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import AdviceTried, FormPublished, KnowledgeSearched
from crmsim.crm.form import Question, Sheet, Submission
from crmsim.crm.knowledge import Account, Article, Lookup
from crmsim.crm.order import Order
from crmsim.engine.facts import Fact
from crmsim.engine.words import _
from crmsim.market.feeling import PPM, feel
from crmsim.market.own import aftermath, later, nth, segment
from crmsim.market.telling import agent_of, score
from crmsim.roles.forms import FillForm
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
        return
    feel(market, customer, "response", IN_VAIN, _("{order}: their advice did not help.", order=lookup.order))
    _next(market, customer, lookup)


def _ask(market: Market, customer: Customer, plan: Plan) -> None:
    if market.act(customer, AskAfterSearch(lookup=plan.about, agent=agent_of(market, customer))):
        lookup = market.world.get(Lookup, plan.about)
        market.tell(customer, _("Asked for help with {order}.", order=lookup.order))


# -- forms


def _asked(market: Market, fact: Fact) -> None:
    """A form for customers: those who bought fill it in as often as a survey."""
    assert isinstance(fact, FormPublished)
    if fact.audience != CUSTOMER:
        return
    number = sum(1 for each in market.world.all(Sheet) if each.audience == CUSTOMER)
    for customer in market.customers():
        chance = segment(market, customer).surveys if customer.purchases and customer.stage != "left" else 0
        if market.world.luck.chance(chance, customer.id, "form", number):
            when = later(market, customer, aftermath(market).survey_minutes, "form", number)
            market.plan(customer, when, "fill_form", fact.form, number)


def _fill(market: Market, customer: Customer, plan: Plan) -> None:
    sheet = market.world.get(Sheet, plan.about)
    if any(each.sheet == sheet.id and each.filler == customer.id for each in market.world.all(Submission)):
        return
    answers = tuple(
        _answer(market, customer, question, plan.attempt * 100 + place)
        for place, question in enumerate(sheet.questions)
    )
    market.act(customer, FillForm(form=sheet.id, answers=answers))


def _answer(market: Market, customer: Customer, question: Question, key: int) -> str:
    """Ratings say what is felt; of choices one is taken; contact details are given where they are required."""
    luck = market.world.luck
    if question.kind == "rating":
        return str(score(market, customer, "form rating", key))
    if question.kind in {"single", "multi"}:
        return luck.pick(question.options, customer.id, "form choice", key)
    if not question.required:
        return ""
    if question.kind == "date":
        return "+7"
    if question.kind == "member":
        return agent_of(market, customer)
    known = {"phone": customer.phone, "email": customer.email, "number": str(customer.quantity)}
    return known.get(question.check) or customer.contact or "-"


hears: dict[type[Fact], Hearing] = {KnowledgeSearched: _found, AdviceTried: _tried, FormPublished: _asked}
plans: dict[str, Doing] = {"try_advice": _try, "ask_after_search": _ask, "fill_form": _fill}
