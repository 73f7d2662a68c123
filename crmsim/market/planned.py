"""What the company's own initiative does to customers: plans carried out in their region, advice followed, contracts.

Whom a plan reaches is one keyed draw a customer and kind of plan, so the same plan on the same day meets the same luck
whoever carries it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import AdviceFollowed, ContractDrafted, PlanExecuted
from crmsim.crm.plan import MarketingPlan
from crmsim.engine.facts import Fact
from crmsim.engine.luck import PPM
from crmsim.engine.words import _
from crmsim.market.needs import look_for, round_sum
from crmsim.market.noticing import awaken, becomes_aware, near_need

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market


def plan_executed(market: Market, fact: Fact) -> None:
    """People of the place meet the company, each at its own minute of the next half day."""
    assert isinstance(fact, PlanExecuted)
    world = market.world
    plan = world.get(MarketingPlan, fact.plan)
    kind = next(each for each in world.scenario.planning.kinds if each.id == plan.kind)
    share = kind.reach * fact.spent // max(1, fact.spent + kind.half)
    earlier = sum(
        each.kind == plan.kind and each.place == plan.place and each.executed >= 0 and each.id != plan.id
        for each in world.all(MarketingPlan)
    )
    for customer in market.customers():
        if customer.region != plan.place:
            continue
        of_use = not plan.product or plan.product in _useful(market, customer)
        chance = share if of_use else share * world.scenario.market.arriving.off_product // PPM
        if world.luck.chance(chance, customer.id, f"plan {plan.kind}", earlier):
            wait = 1 + world.luck.below(240, customer.id, f"plan {plan.kind} time", earlier)
            market.plan(customer, world.calendar.after(world.minute, wait), "met", plan.id)


def _useful(market: Market, customer: Customer) -> dict[str, int]:
    segment = market.world.scenario.find("segments", customer.segment)
    found: dict[str, int] = segment.products or {each.id: 1 for each in market.world.scenario.products}
    return found


def met(market: Market, customer: Customer, plan: Plan) -> None:
    """The customer met the company: it knows it now, and a need that was near comes up."""
    paper = market.world.get(MarketingPlan, plan.about)
    paper.reached += 1
    name = next(each.name for each in market.world.scenario.planning.kinds if each.id == paper.kind)
    becomes_aware(market, customer, "fair" if paper.kind == "fair" else "prospecting", name)
    if near_need(market, customer):
        awaken(market, customer)
    if customer.wants and customer.stage == "seeking":
        look_for(market, customer)


def advice_followed(market: Market, fact: Fact) -> None:
    """Instalments stretch a budget, a pack tells where others offer, the decider likes to be met."""
    assert isinstance(fact, AdviceFollowed)
    customer, part = market.of(fact.customer), market.world.scenario.pipeline
    if customer is None or not customer.wants:
        return
    if fact.advice == "instalments":
        customer.budget = round_sum(customer.budget * (PPM + part.instalment_lift) // PPM)
        market.tell(customer, _("We could pay in parts, so we could spend a little more."))
    elif fact.advice == "extra" and customer.rivals:
        _trusts(customer, part.extra_trust)
        market.tell(customer, _("They added something that the others did not."))
    elif fact.advice == "decider" and customer.decision != "alone":
        _trusts(customer, part.decider_trust)
        market.tell(customer, _("They took the trouble to meet whoever decides here."))


def contract_drafted(market: Market, fact: Fact) -> None:
    """A first contract without gaps is trusted."""
    assert isinstance(fact, ContractDrafted)
    customer = market.of(fact.customer)
    drafts = sum(each.order == fact.order for each in market.world.history.of(ContractDrafted))
    if customer is not None and not fact.gaps and drafts == 1:
        _trusts(customer, market.world.scenario.pipeline.clause_trust)


def _trusts(customer: Customer, more: int) -> None:
    customer.trust = min(PPM, customer.trust + more)


hears: dict[type[Fact], Hearing] = {
    PlanExecuted: plan_executed,
    AdviceFollowed: advice_followed,
    ContractDrafted: contract_drafted,
}
plans: dict[str, Doing] = {"met": met}
by_nature: dict[str, None] = {"met": None}

__all__ = ["by_nature", "hears", "plans"]
