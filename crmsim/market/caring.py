"""What follow-up and care do to customers: being remembered, greeted, rewarded, pestered; friends told for a reward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.care import KINDS, Care, Programme
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import (
    CareGiven,
    ContractLapsed,
    ContractRenewed,
    CrossOffered,
    CustomerArrived,
    CustomerNeglected,
    GoodsReceived,
    MoveMade,
    PartnerNamed,
    Recommended,
    ReferralOpened,
    RenewalOffered,
    RewardPaid,
    TalkOpened,
)
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.crm.task import FollowUp
from crmsim.engine.facts import Fact
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY, _
from crmsim.market.feeling import goodwill, loyalty, within
from crmsim.market.needs import arise, contact_after
from crmsim.market.own import aftermath, later
from crmsim.roles.arriving import TurnAway
from crmsim.roles.caring import PayReward
from crmsim.roles.customer import Recommend
from crmsim.roles.following import RenewContract

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market


# -- being remembered


def _opened(market: Market, fact: Fact) -> None:
    """A talk that goes on from what was written down is noticed, once for each note."""
    assert isinstance(fact, TalkOpened)
    customer = market.of(fact.customer)
    if customer is None:
        return
    notes = [each.minute for each in market.world.all(FollowUp) if each.customer == customer.id]
    earlier = [
        each.answered
        for each in market.world.all(Talk)
        if each.customer == customer.id and each.answered >= 0 and each.id != fact.talk
    ]
    if notes and earlier and max(notes) >= max(earlier):
        customer.trust = within(customer.trust + market.world.scenario.following.remembered)
        market.tell(customer, _("They remembered what we had said the last time."))


# -- contracts and partners


def _renewal_offered(market: Market, fact: Fact) -> None:
    assert isinstance(fact, RenewalOffered)
    customer = market.of(fact.customer)
    if customer is not None:
        expiry, thinks = market.world.get(Record, fact.record).expiry, market.world.scenario.care.thinks_minutes
        market.plan(customer, later(market, customer, thinks, "renewal", expiry // DAY), "renew", fact.record)


def _renew(market: Market, customer: Customer, plan: Plan) -> None:
    """The content renew; the others let it run out."""
    expiry = market.world.get(Record, plan.about).expiry
    if customer.stage == "left" or not market.world.luck.chance(
        loyalty(customer), customer.id, "renews", expiry // DAY
    ):
        market.tell(customer, _("They asked whether we would renew; we let it run out."))
    elif market.act(customer, RenewContract()):
        market.tell(customer, _("We renewed the contract for another year."))


def _renewed(market: Market, fact: Fact) -> None:
    assert isinstance(fact, ContractRenewed)
    customer = market.of(fact.customer)
    if customer is not None:
        customer.trust = within(customer.trust + market.world.scenario.following.renewed)


def _lapsed(market: Market, fact: Fact) -> None:
    """Nobody spoke of it: that says how much the company cares."""
    assert isinstance(fact, ContractLapsed)
    customer = market.of(fact.customer)
    if customer is not None and not fact.asked:
        customer.trust = within(customer.trust - market.world.scenario.following.lapsed)
        market.tell(customer, _("Our contract ran out, and nobody said a word."))


def _partner(market: Market, fact: Fact) -> None:
    assert isinstance(fact, PartnerNamed)
    customer = market.of(fact.customer)
    if customer is not None:
        customer.trust = within(customer.trust + market.world.scenario.classes.partner_trust)
        market.tell(customer, _("They call us a strategic partner now."))


def _neglected(market: Market, fact: Fact) -> None:
    """Good customers expect to hear of the company now and then; the more they buy, the sooner."""
    assert isinstance(fact, CustomerNeglected)
    customer, part = market.of(fact.customer), market.world.scenario.classes
    if customer is None or customer.stage == "left":
        return
    goodwill(customer, -{"A": part.a_broken, "B": part.b_broken}.get(fact.worth, part.partner_broken))
    market.tell(
        customer,
        _("A partner, they said, and then we heard nothing.")
        if fact.worth == "partner"
        else _("We buy a good deal from them, and they never call."),
    )


# -- greetings, points, gifts, offers


def _cared(market: Market, fact: Fact) -> None:
    """What comes too soon annoys; else it pleases a little, half as much each time, and doubly on a birthday."""
    assert isinstance(fact, CareGiven)
    customer, part = market.of(fact.customer), market.world.scenario.care
    if customer is None:
        return
    now = market.world.minute
    past = [each for each in market.world.all(Care) if each.customer == customer.id and each.id != fact.care]
    record = market.world.get(Record, fact.record)
    birthday = record.birthday >= 0 and abs(record.birthday + DAY // 2 - now) <= DAY
    soon = any(now - each.minute < part.gap_days * DAY for each in past if each.kind != "cross")
    if soon and not birthday:  # a birthday is an occasion of its own
        _pestered(market, customer)
        return
    worth = {"greeting": part.greeting, "points": part.points, "gift": part.gift}.get(fact.kind, 0)
    again = sum(each.kind == fact.kind for each in past)
    goodwill(customer, worth * (2 if birthday else 1) >> min(again, 20))
    if worth:
        words = (
            _("They thought of the birthday.")
            if birthday
            else _("They thought of us: {kind}.", kind=_(dict(KINDS)[fact.kind]))
        )
        market.tell(customer, words)
    else:
        _offered(market, customer, again)


def _pestered(market: Market, customer: Customer) -> None:
    part = market.world.scenario.care
    goodwill(customer, -part.annoys)
    customer.annoyance = min(PPM, customer.annoyance + 3 * part.annoys)
    market.tell(customer, _("Something from them again; it is too much."))
    if customer.annoyance >= part.fed_up and not customer.wants:
        market.act(customer, TurnAway(reason="pestered"))


def _offered(market: Market, customer: Customer, again: int) -> None:
    """A special offer: whoever is content may find a need; everybody expects the reduction from now on."""
    part = market.world.scenario.care
    customer.expected_discount = max(customer.expected_discount, part.offer)
    idle = not customer.wants and customer.stage in {"quiet", "using"} and loyalty(customer) >= part.content
    if idle and market.world.luck.chance(part.offer_moves, customer.id, "special offer", again):
        arise(market, customer)
        contact_after(market, customer, part.thinks_minutes)
        market.tell(customer, _("Their offer came at the right time."))


# -- what fits


def _cross_offered(market: Market, fact: Fact) -> None:
    assert isinstance(fact, CrossOffered)
    customer = market.of(fact.customer)
    if customer is not None and not _takes_to(market, customer, fact.product):
        customer.annoyance = min(PPM, customer.annoyance + market.world.scenario.care.annoys)
        market.tell(customer, _("They proposed something else to us that we do not need."))


def _presented(market: Market, fact: Fact) -> None:
    """In a talk, too, something may be shown that fits what was bought, beside what the talk is about."""
    assert isinstance(fact, MoveMade)
    customer = market.of(fact.customer)
    if customer is None or fact.move != "present" or fact.product in ("", customer.wants):
        return
    parts = {each.id: each.fits_with for each in market.world.scenario.products}
    if fact.product in parts.get(customer.wants, ()):
        _takes_to(market, customer, fact.product)


def _takes_to(market: Market, customer: Customer, product: str) -> bool:
    """Whether the customer sees a use for it: decided once for each product, by what it is and how content it is."""
    part = market.world.scenario.care
    share = part.cross * loyalty(customer) // PPM
    waiting = any(each.what == "cross" and each.about == product for each in customer.plans)
    if waiting or customer.stage == "left" or product == customer.wants:
        return False
    if not market.world.luck.chance(share, customer.id, f"cross {product}"):
        return False
    market.plan(customer, later(market, customer, part.thinks_minutes, f"cross {product}"), "cross", product)
    market.tell(customer, _("They showed us something that fits what we have."))
    return True


def _cross(market: Market, customer: Customer, plan: Plan) -> None:
    """The need for it is there once nothing else is being served."""
    part = market.world.scenario.care
    if customer.stage == "left":
        return
    if customer.wants:
        if plan.attempt < part.tries:
            again = market.world.calendar.working_days_after(market.world.minute, 2)
            market.plan(customer, again, "cross", plan.about, plan.attempt + 1)
        return
    arise(market, customer, plan.about)
    contact_after(market, customer, part.thinks_minutes)


# -- recommendations


def _running(market: Market) -> Programme | None:
    return next((each for each in market.world.all(Programme) if each.closed < 0), None)


def _programme(market: Market, fact: Fact) -> None:
    """Customers who are pleased hear of the reward; some of them will speak to a friend."""
    assert isinstance(fact, ReferralOpened)
    for customer in market.customers():
        if customer.purchases:
            _may_recommend(market, customer)


def _received(market: Market, fact: Fact) -> None:
    assert isinstance(fact, GoodsReceived)
    customer = market.of(fact.customer)
    if customer is not None and _running(market) is not None:
        _may_recommend(market, customer)


def _may_recommend(market: Market, customer: Customer) -> None:
    if customer.id in market.world.deputies or loyalty(customer) < aftermath(market).happy:
        return
    part = market.world.scenario.care
    if market.world.luck.chance(part.recommends, customer.id, "referral", customer.purchases):
        when = later(market, customer, 3 * part.thinks_minutes, "referral", customer.purchases)
        market.plan(customer, when, "refer", attempt=customer.purchases)


def _refer(market: Market, customer: Customer, plan: Plan) -> None:
    """Still pleased, and still rewarded: tell somebody."""
    others = [each.id for each in market.customers() if each.id != customer.id]
    if not others or _running(market) is None or loyalty(customer) < aftermath(market).happy:
        return
    other = market.world.luck.pick(others, customer.id, "referred", plan.attempt)
    if market.act(customer, Recommend(other=other, kind=True)):
        market.tell(customer, _("Told a friend; there is a reward for it, too."))


def _arrived(market: Market, fact: Fact) -> None:
    """Somebody who came through a friend: the friend has earned the reward."""
    assert isinstance(fact, CustomerArrived)
    programme = _running(market)
    if programme is None or fact.source != "friends":
        return
    for each in reversed(market.world.history.of(Recommended)):
        if each.minute < programme.opened:
            return
        if each.kind and each.other == fact.customer:
            paid = PayReward(programme=programme.id, customer=each.customer, other=each.other)
            market.world.due(market.world.minute + 1, paid)
            return


def _rewarded(market: Market, fact: Fact) -> None:
    assert isinstance(fact, RewardPaid)
    customer = market.of(fact.customer)
    if customer is not None:
        goodwill(customer, market.world.scenario.care.points)
        market.tell(customer, _("The reward for our friend came as promised."))


hears: dict[type[Fact], Hearing] = {
    TalkOpened: _opened,
    RenewalOffered: _renewal_offered,
    ContractRenewed: _renewed,
    ContractLapsed: _lapsed,
    PartnerNamed: _partner,
    CustomerNeglected: _neglected,
    CareGiven: _cared,
    CrossOffered: _cross_offered,
    MoveMade: _presented,
    ReferralOpened: _programme,
    GoodsReceived: _received,
    CustomerArrived: _arrived,
    RewardPaid: _rewarded,
}
plans: dict[str, Doing] = {"renew": _renew, "cross": _cross, "refer": _refer}
by_nature: dict[str, None] = {}
