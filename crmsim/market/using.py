"""What follows a purchase: how it pleases, what fails, how help is felt, and whether the customer comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.climate import climate
from crmsim.crm.company import word
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import (
    DeliveryLate,
    GoodsReceived,
    MarketShifted,
    ServiceAnswered,
    ServiceReopened,
    ServiceRequested,
    ServiceResolved,
    SymptomAsked,
)
from crmsim.crm.order import Order
from crmsim.crm.service import ServiceRequest
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, _
from crmsim.market import selfhelp, telling
from crmsim.market.feeling import PPM, feel, lift, loyalty, recovery
from crmsim.market.needs import next_need
from crmsim.market.own import aftermath, later, nth, segment
from crmsim.roles.arriving import TurnAway
from crmsim.roles.customer import ExplainSymptom, ReopenRequest, RequestService
from crmsim.roles.service.cases import proportion
from crmsim.scenarios.schema import FaultPart

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market


# -- the goods are there


def _late(market: Market, fact: Fact) -> None:
    assert isinstance(fact, DeliveryLate)
    customer = market.of(fact.customer)
    if customer is not None:
        feel(market, customer, "promise", -PPM // 2, _("{order} did not come on the promised day.", order=fact.order))
        telling.perhaps_complain(market, customer, fact.order)


def _received(market: Market, fact: Fact) -> None:
    """The last goods of an order are signed for: what was promised meets what came."""
    assert isinstance(fact, GoodsReceived)
    customer, order = market.of(fact.customer), market.world.get(Order, fact.order)
    if customer is None or order.status != "received":
        return
    using, number = aftermath(market), nth(market, Order, customer, order.id)
    customer.purchases += 1
    if customer.needed_since <= order.submitted:  # the need that it served is over; the next comes once all is settled
        customer.stage, customer.wants, customer.quantity = "using", "", 0
        market.drop(customer, "need")
    late = bool(order.delivery) and order.received >= order.delivery + DAY
    if order.delivery and not late:
        feel(market, customer, "promise", PPM // 3, _("{order} came when they said.", order=order.id))
    _unpack(market, customer, order, number)
    again = later(market, customer, using.settle_minutes, f"settle/{number}")
    market.plan(customer, again, "again", order.id, int(late))
    product = order.lines[0].product
    chance = min(PPM, segment(market, customer).faults * climate(market.world).fault_share(product) // PPM)
    faulty = bool(_faults(market, product)) and market.world.luck.chance(chance, customer.id, "fault", number)
    if faulty:
        shows = later(market, customer, using.fault_minutes, f"fault shows/{number}")
        market.plan(customer, shows, "fault", order.id, number)
    telling.perhaps_return(market, customer, order, number, faulty)
    telling.perhaps_tell(market, customer, "sales", order.id, number)


def _unpack(market: Market, customer: Customer, order: Order, number: int) -> None:
    """No two pieces are alike: the product pleases more or less than expected."""
    spread = aftermath(market).surprise
    draw = round(market.world.luck.normal(customer.id, "unpack", number) * spread)
    better = _("{order} is better than we thought.", order=order.id)
    worse = _("{order} is not quite what we had hoped for.", order=order.id)
    feel(market, customer, "product", max(-PPM, min(PPM, draw)), better if draw > 0 else worse)


def _faults(market: Market, product: str) -> tuple[FaultPart, ...]:
    found: tuple[FaultPart, ...] = market.world.scenario.find("products", product).faults
    return found


# -- something fails


def _fault(market: Market, customer: Customer, plan: Plan) -> None:
    """A fault shows. Most ask for help with a real one; the others say nothing, and think the less of us."""
    order, using = market.world.get(Order, plan.about), aftermath(market)
    if dict(order.returned):
        return
    product, luck = order.lines[0].product, market.world.luck
    faults = _faults(market, product)
    chosen = luck.weighted([each.weight for each in faults], customer.id, "which fault", plan.attempt)
    hurts = luck.between(PPM // 3, PPM, customer.id, "hurts", plan.attempt)
    symptom = word(market.world.scenario, "symptoms", faults[chosen].symptom)
    name = market.world.scenario.find("products", product).name
    feel(market, customer, "product", -hurts, _("{product} failed us: {symptom}.", product=name, symptom=symptom))
    if luck.chance(using.seeks_help + (PPM - using.seeks_help) * hurts // PPM // 2, customer.id, "help", plan.attempt):
        asks = later(market, customer, using.ask_minutes, f"ask/{plan.attempt}")
        market.plan(customer, asks, "ask_help", order.id, plan.attempt * 100 + chosen)
    else:
        market.tell(customer, _("It was not worth the trouble of asking, so we bore it."))


WAVE = 100  # of the numbers by which faults are told apart: those of a wave begin here


def _wave(market: Market, fact: Fact) -> None:
    """A wave of faults: of the machines in use, the named share fails within about a day."""
    assert isinstance(fact, MarketShifted)
    if fact.event != "fault_wave":
        return
    for customer in market.customers():
        number = _in_use(market, customer, fact.product)
        key = WAVE + number
        if number and market.world.luck.chance(min(PPM, fact.amount), customer.id, "wave", key):
            order = market.world.of(Order, customer.id)[number - 1]
            shows = market.world.luck.exponential(market.world.calendar.minutes_a_day // 2, customer.id, "wave", key)
            market.plan(customer, market.world.calendar.after(market.world.minute, 1 + shows), "fault", order.id, key)


def _in_use(market: Market, customer: Customer, product: str) -> int:
    """Which of the customer's orders brought the machine that it still uses, from 1; 0 when there is none."""
    found = 0
    for number, order in enumerate(market.world.of(Order, customer.id), start=1):
        bought = order.lines[0].product
        if order.status == "received" and not order.returned and product in ("", bought) and _faults(market, bought):
            found = number
    return found


def _ask_help(market: Market, customer: Customer, plan: Plan) -> None:
    order = market.world.get(Order, plan.about)
    product = order.lines[0].product
    fault = _faults(market, product)[plan.attempt % 100]
    if selfhelp.searches(market, customer, order, fault.symptom, plan.attempt // 100):
        return
    agent = telling.agent_of(market, customer)
    request = RequestService(order=order.id, product=product, symptom=fault.symptom, agent=agent)
    if market.act(customer, request):
        market.tell(customer, _("Asked for help with {order}.", order=order.id))


def _help_awaited(market: Market, fact: Fact) -> None:
    assert isinstance(fact, ServiceRequested | ServiceReopened)
    customer = market.of(fact.customer)
    if customer is not None:
        patience = market.world.calendar.after(market.world.minute, aftermath(market).patience_minutes)
        market.plan(customer, patience, "wait_for_help", fact.request)


def _wait_for_help(market: Market, customer: Customer, plan: Plan) -> None:
    request = market.world.get(ServiceRequest, plan.about)
    if request.answered >= 0 or request.status != "open":
        return
    feel(market, customer, "response", -PPM, _("Nobody answers {request}.", request=request.id))
    if plan.attempt < 2:
        again = market.world.calendar.after(market.world.minute, 2 * aftermath(market).patience_minutes)
        market.plan(customer, again, "wait_for_help", request.id, plan.attempt + 1)


def _answered(market: Market, fact: Fact) -> None:
    """A first answer pleases within half of what was borne, and hurts the more the later it comes."""
    assert isinstance(fact, ServiceAnswered)
    customer = market.of(fact.customer)
    if customer is None:
        return
    market.drop(customer, "wait_for_help", fact.request)
    share = fact.waited * PPM // max(1, aftermath(market).patience_minutes)
    surprise = max(-PPM, min(PPM // 2, PPM // 2 - share))
    feel(market, customer, "response", surprise, _("An answer came after {waited:span} of work.", waited=fact.waited))


def _asked(market: Market, fact: Fact) -> None:
    assert isinstance(fact, SymptomAsked)
    customer = market.of(fact.customer)
    if customer is not None:
        number = nth(market, ServiceRequest, customer, fact.request)
        asked = len(market.world.get(ServiceRequest, fact.request).asked)
        if asked > aftermath(market).questions:
            feel(market, customer, "response", -PPM // 5, _("They ask and ask about {request}.", request=fact.request))
        when = later(market, customer, aftermath(market).explain_minutes, f"explain/{number}", asked)
        market.plan(customer, when, "explain", fact.request, asked)


def _explain(market: Market, customer: Customer, plan: Plan) -> None:
    market.act(customer, ExplainSymptom(request=plan.about))


def _resolved(market: Market, fact: Fact) -> None:
    assert isinstance(fact, ServiceResolved)
    customer = market.of(fact.customer)
    if customer is not None:
        request = market.world.get(ServiceRequest, fact.request)
        number = nth(market, ServiceRequest, customer, fact.request)
        when = later(market, customer, aftermath(market).verdict_minutes, f"verdict/{number}", request.reopened)
        market.plan(customer, when, "verdict", fact.request, 2 * number + fact.right)


def _verdict(market: Market, customer: Customer, plan: Plan) -> None:
    """The right remedy satisfies, promptly more; after a wrong one most come back, angrier, the others say nothing."""
    request, using, luck = market.world.get(ServiceRequest, plan.about), aftermath(market), market.world.luck
    number, right = divmod(plan.attempt, 2)
    if request.status not in {"resolved", "closed"}:
        return
    if right:
        took = market.world.calendar.between(request.opened, request.resolved)
        fair = 300 + 4 * proportion(market.world, request, request.compensation).points // 10
        feel(market, customer, "fairness", fair * 1000, _("{request}: they put it right.", request=request.id))
        lift(customer, recovery(market, took))
        telling.perhaps_tell(market, customer, "service", request.id, number)
        return
    feel(market, customer, "response", -PPM * 3 // 4, _("{request}: it did not help at all.", request=request.id))
    if luck.chance(using.reopen, customer.id, f"reopen/{number}", request.reopened):
        market.act(customer, ReopenRequest(request=request.id))
    else:
        market.tell(customer, _("We did not ask again."))
        telling.perhaps_tell(market, customer, "service", request.id, number)


# -- again?


def _again(market: Market, customer: Customer, plan: Plan) -> None:
    """Some time after a purchase: gone for good, or the next need in its own time; and a word to friends."""
    played = customer.id in market.world.deputies  # a person's customer speaks and leaves as that person likes
    if not played:
        _word_of_mouth(market, customer)
    if customer.wants:  # it came again already
        return
    if not next_need(market, customer, bought=True, late=bool(plan.attempt)) and not played:
        unhappy = loyalty(customer) < aftermath(market).unhappy
        market.act(customer, TurnAway(reason="dissatisfied" if unhappy else "no_need"))


def _word_of_mouth(market: Market, customer: Customer) -> None:
    people, using, luck = market.world.scenario.market, aftermath(market), market.world.luck
    felt = loyalty(customer)
    kind = felt >= using.happy
    told = people.mouth if kind else people.mouth_bad if felt < using.unhappy else 0
    if luck.chance(told, customer.id, "mouth", customer.needs):
        telling.tell_friend(market, customer, kind, customer.needs)


hears: dict[type[Fact], Hearing] = {
    MarketShifted: _wave,
    DeliveryLate: _late,
    GoodsReceived: _received,
    ServiceRequested: _help_awaited,
    ServiceReopened: _help_awaited,
    ServiceAnswered: _answered,
    SymptomAsked: _asked,
    ServiceResolved: _resolved,
    **telling.hears,
    **selfhelp.hears,
}
plans: dict[str, Doing] = {
    "fault": _fault,
    "ask_help": _ask_help,
    "wait_for_help": _wait_for_help,
    "explain": _explain,
    "verdict": _verdict,
    "again": _again,
    **telling.plans,
    **selfhelp.plans,
}
by_nature: dict[str, None] = {"fault": None, "again": None}
