"""What customers tell the company after a purchase: returns, complaints, feedback and answers to surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.company import SERVICE
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import QuestionnaireSent, RefundPaid, ReturnApproved, ReturnRefused, ReturnRequested
from crmsim.crm.order import Order, Shipment
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.survey import Questionnaire
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, _
from crmsim.market.feeling import PPM, feel, goodwill, within
from crmsim.market.own import aftermath, later, nth, segment
from crmsim.roles.customer import AnswerSurvey, GiveFeedback, Recommend, RequestReturn, RequestService

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market


def agent_of(market: Market, customer: Customer) -> str:
    """The service agent a customer chooses: the one it knows, else anyone."""
    agents = [each.id for each in market.world.staff(SERVICE)]
    known = [each.agent for each in market.world.of(ServiceRequest, customer.id)]
    known = [each for each in known if each in agents]
    return known[-1] if known else market.world.luck.pick(agents, customer.id, "agent") if agents else ""


# -- to friends


def tell_friend(market: Market, customer: Customer, kind: bool, attempt: int) -> None:
    """One other of the market hears how the company is, kindly or not."""
    others = [each.id for each in market.customers() if each.id != customer.id]
    if others:
        other = market.world.luck.pick(others, customer.id, "friend", attempt)
        if market.act(customer, Recommend(other=other, kind=kind)):
            kindly, sourly = _("Told a friend how well it went."), _("Warned a friend of them.")
            market.tell(customer, kindly if kind else sourly)


# -- returns


def perhaps_return(market: Market, customer: Customer, order: Order, number: int, faulty: bool) -> None:
    """Whether, when and why the goods go back: by fault, misfit, regret, damage, and some by fraud (row 26)."""
    kind, luck = segment(market, customer), market.world.luck
    chance = kind.returns * (1_700_000 - customer.satisfaction) // PPM
    if not luck.chance(chance, customer.id, "return", number):
        return
    damaged = any(each.order == order.id and each.damaged for each in market.world.all(Shipment))
    if luck.chance(kind.fraud, customer.id, "fraud", number):
        truth = "fraud"
    elif damaged:
        truth = "damage"
    elif faulty:
        truth = "fault"
    else:
        truth = "misfit" if luck.chance(500_000, customer.id, "misfit", number) else "regret"
    when = later(market, customer, aftermath(market).return_minutes, f"send back/{number}")
    market.plan(customer, when, f"return_{truth}", order.id, number)


WANTS_BACK = {
    "fault": _("It does not work as it should."),
    "damage": _("It was damaged when it came."),
    "misfit": _("It does not do what we need."),
    "regret": _("On reflection we would rather not have bought it."),
    "fraud": _("We had our use of it and would like the money back."),
}


def _send_back(market: Market, customer: Customer, plan: Plan) -> None:
    """Ask to return the goods. A fraud gives a fault as its reason."""
    order = market.world.get(Order, plan.about)
    truth = plan.what.removeprefix("return_")
    line = order.lines[0]
    count = line.quantity
    if count > 1 and truth in {"fault", "damage"}:
        count = 1 + market.world.luck.below(count, customer.id, "pieces", plan.attempt)
    said = "fault" if truth == "fraud" else truth
    market.tell(customer, WANTS_BACK[truth])
    agent, lines = agent_of(market, customer), ((line.product, count),)
    market.act(customer, RequestReturn(order=order.id, lines=lines, reason=said, truth=truth, agent=agent))


def _return_asked(market: Market, fact: Fact) -> None:
    assert isinstance(fact, ReturnRequested)
    customer = market.of(fact.customer)
    if customer is not None:
        wait = aftermath(market).return_patience_days * market.world.calendar.minutes_a_day
        market.plan(customer, market.world.calendar.after(market.world.minute, wait), "wait_return", fact.request)


def _wait_return(market: Market, customer: Customer, plan: Plan) -> None:
    request = market.world.get(Return, plan.about)
    if request.status in {"requested", "endorsed"}:
        goodwill(customer, -aftermath(market).slow_yes)
        market.tell(customer, _("They take their time over the return {request}.", request=request.id))


def _return_approved(market: Market, fact: Fact) -> None:
    assert isinstance(fact, ReturnApproved)
    customer = market.of(fact.customer)
    if customer is not None:
        market.drop(customer, "wait_return", fact.request)
        feel(market, customer, "fairness", PPM // 3, _("They take the goods back ({request}).", request=fact.request))


def _return_refused(market: Market, fact: Fact) -> None:
    """A refusal within policy costs less goodwill than a slow yes; one against the company's own policy much more."""
    assert isinstance(fact, ReturnRefused)
    customer, request = market.of(fact.customer), market.world.get(Return, fact.request)
    if customer is None:
        return
    market.drop(customer, "wait_return", fact.request)
    order, using = market.world.get(Order, request.order), aftermath(market)
    in_time = request.opened - order.received <= market.world.settings.return_days * DAY
    just = not in_time or request.truth in {"fraud", "regret"}
    goodwill(customer, -(using.refusal if just else using.unfair))
    fair = _("They refused the return {request}, as their terms say.", request=request.id)
    unfair = _("They refused the return {request} against their own terms.", request=request.id)
    market.tell(customer, fair if just else unfair)
    if not just:
        perhaps_complain(market, customer, request.order)


def _refunded(market: Market, fact: Fact) -> None:
    assert isinstance(fact, RefundPaid)
    customer = market.of(fact.customer)
    if customer is not None:
        market.tell(customer, _("{amount:money} came back.", amount=fact.amount))


# -- complaints


def perhaps_complain(market: Market, customer: Customer, order: str) -> None:
    """Few of the dissatisfied say so; most leave in silence (row 24)."""
    number = nth(market, ServiceRequest, customer, "") + nth(market, Order, customer, order)
    if customer.satisfaction < aftermath(market).unhappy and market.world.luck.chance(
        segment(market, customer).complains, customer.id, "complain", number
    ):
        market.plan(customer, later(market, customer, 60, "complain"), "complain", order)


def _complain(market: Market, customer: Customer, plan: Plan) -> None:
    order = market.world.get(Order, plan.about)
    if not order.arrived:  # whoever still waits for the goods complains when they are there
        if order.status in {"accepted", "shipped"}:
            market.plan(customer, market.world.minute + DAY, "complain", order.id)
        return
    market.tell(customer, _("Wrote a complaint about {order}.", order=order.id))
    product = order.lines[0].product
    agent = agent_of(market, customer)
    market.act(customer, RequestService(order=order.id, product=product, agent=agent, complaint=True))


# -- feedback and surveys


def perhaps_tell(market: Market, customer: Customer, about: str, paper: str, number: int) -> None:
    """Whether the customer gives feedback on a sale or on the service."""
    using = aftermath(market)
    if market.world.luck.chance(using.feedback, customer.id, f"feedback {about}", number):
        when = later(market, customer, using.feedback_minutes, f"feedback {about}", number)
        market.plan(customer, when, f"tell_{about}", paper, number)


def score(market: Market, customer: Customer, purpose: str, number: int, kinder: int = 0, low: int = 1) -> int:
    """What the customer gives: its satisfaction with noise, as points from `low` to 5 (or to 10 from 0)."""
    noise = round(market.world.luck.normal(customer.id, purpose, number) * aftermath(market).feedback_noise)
    level = within(customer.satisfaction + kinder + noise)
    high = 5 if low else 10
    return low + (level * (high - low) + PPM // 2) // PPM


def _tell_sale(market: Market, customer: Customer, plan: Plan) -> None:
    points = score(market, customer, "score sales", plan.attempt)
    market.tell(customer, _("Gave {points} of 5 for the sale.", points=points))
    market.act(customer, GiveFeedback(about="sales", order=plan.about, score=points))


def _tell_service(market: Market, customer: Customer, plan: Plan) -> None:
    points = score(market, customer, "score service", plan.attempt)
    market.tell(customer, _("Gave {points} of 5 for the service.", points=points))
    market.act(customer, GiveFeedback(about="service", request=plan.about, score=points))


def _questioned(market: Market, fact: Fact) -> None:
    """Who answers depends on the relation (row 28): the pleased and the served do, strangers hardly."""
    assert isinstance(fact, QuestionnaireSent)
    customer = market.of(fact.customer)
    if customer is None:
        return
    using, number = aftermath(market), nth(market, Questionnaire, customer, fact.questionnaire)
    relation = customer.satisfaction * (2 if customer.purchases else 1) * 1000 // 700
    chance = min(950_000, segment(market, customer).surveys * relation // PPM)
    more = max(0, len(market.world.get(Questionnaire, fact.questionnaire).questions) - using.survey_short)
    chance -= chance * min(PPM, more * using.survey_tedious) // PPM
    if customer.stage != "left" and market.world.luck.chance(chance, customer.id, "survey", number):
        when = later(market, customer, using.survey_minutes, "survey", number)
        market.plan(customer, when, "answer_survey", fact.questionnaire, number)
    else:
        market.tell(customer, _("Threw their questionnaire away."))


def _answer_survey(market: Market, customer: Customer, plan: Plan) -> None:
    sheet, kind = market.world.get(Questionnaire, plan.about), aftermath(market).survey_kind
    low = 1 if sheet.scale == 5 else 0
    answers = tuple(
        (str(place + 1), score(market, customer, f"answer {plan.attempt}", place, kind, low))
        for place in range(len(sheet.questions))
    )
    if market.act(customer, AnswerSurvey(questionnaire=sheet.id, answers=answers)):
        market.tell(customer, _("Answered their questionnaire."))


hears: dict[type[Fact], Hearing] = {
    ReturnRequested: _return_asked,
    ReturnApproved: _return_approved,
    ReturnRefused: _return_refused,
    RefundPaid: _refunded,
    QuestionnaireSent: _questioned,
}
plans: dict[str, Doing] = {
    **{f"return_{truth}": _send_back for truth in WANTS_BACK},
    "wait_return": _wait_return,
    "complain": _complain,
    "tell_sales": _tell_sale,
    "tell_service": _tell_service,
    "answer_survey": _answer_survey,
}
