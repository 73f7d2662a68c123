"""Needs: they arise at their own moment, look for somebody who serves them, and come again at their own rate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from crmsim.crm.climate import climate
from crmsim.crm.customer import Customer, Plan, RivalOffer
from crmsim.crm.moves import offer
from crmsim.crm.product import Product
from crmsim.crm.talk import Talk
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY, _
from crmsim.engine.world import NOT_YET
from crmsim.market.choosing import fit
from crmsim.market.feeling import feel, loyalty
from crmsim.market.traits import product_of, quantity_of
from crmsim.roles.arriving import ComeBack, TurnAway

if TYPE_CHECKING:
    from crmsim.market.life import Market


def need(market: Market, customer: Customer, plan: Plan) -> None:
    """A need arises, unless one is still being served."""
    part = market.world.scenario.market.arriving
    if customer.wants:
        market.plan(customer, market.world.minute + part.busy_days * DAY, "need")
        return
    arise(market, customer)
    shun = max(0, part.shunned - loyalty(customer)) * PPM // max(1, part.shunned)
    if customer.told and market.world.luck.chance(shun, customer.id, "shun", customer.needs):
        market.tell(customer, _("We needed something again, but not from them."))
        serve_elsewhere(market, customer)
    elif customer.stage != "left":
        look_for(market, customer)
    elif market.world.luck.chance(customer.trust, customer.id, "returns", customer.needs):
        market.tell(customer, _("We had gone elsewhere, but thought of them again."))
        market.act(customer, ComeBack())
        look_for(market, customer)


def arise(market: Market, customer: Customer, what: str = "") -> None:
    """What it is that the customer needs now (or `what`), how many, for how much, by when, and who else offers it."""
    world, luck, id = market.world, market.world.luck, customer.id
    segment = world.scenario.find("segments", customer.segment)
    customer.needs += 1
    number = customer.needs
    product = world.get(Product, what) if what else product_of(world, customer, number)
    customer.wants, customer.quantity = product.id, quantity_of(world, customer, number)
    whole = product.base_price * customer.quantity
    means = whole * luck.lognormal(segment.budget, segment.budget_sigma, id, "budget", number) // PPM
    customer.budget = round_sum(means)
    customer.needed_since, customer.interest = world.minute, PPM
    days = max(1, luck.lognormal(segment.urgency_days, 400_000, id, "urgency", number))
    customer.deadline = world.calendar.working_days_after(world.minute, days)
    customer.rivals = _rivals(market, customer, whole, number)
    if customer.stage != "left":
        customer.stage = "seeking"
    market.drop(customer, "need")
    market.plan(customer, world.calendar.working_days_after(customer.deadline, 1), "settle", attempt=number)
    market.tell(
        customer,
        _(
            "We needed {quantity} x {product} by {when:day} and could spend {budget:money}.",
            quantity=customer.quantity,
            product=product.name,
            when=customer.deadline,
            budget=customer.budget,
        ),
    )


def round_sum(fen: int) -> int:
    """A sum as people reckon with it: hundreds of yuan where it is thousands, else tens, of small change whole ones."""
    unit = 10_000 if fen >= 500_000 else 1_000 if fen >= 50_000 else 100
    return (fen + unit // 2) // unit * unit


def _rivals(market: Market, customer: Customer, whole: int, number: int) -> tuple[RivalOffer, ...]:
    world, luck, id = market.world, market.world.luck, customer.id
    taste = world.scenario.market.choice
    found = []
    for rival in world.scenario.rivals:
        key = f"rival {rival.id}"
        if not luck.chance(rival.presence, id, key, number):
            continue
        price = luck.lognormal(whole, 60_000, id, f"{key} price", number) * rival.price // PPM
        price = price * climate(world).rivals_ask(customer.wants) // PPM
        wait = 0 if luck.chance(600_000, id, f"{key} known", number) else customer.deadline - world.minute
        known = world.minute + luck.below(max(1, wait), id, f"{key} from", number)
        found.append(RivalOffer(rival.id, price, fit(customer.weights, rival.attributes, taste), known))
    return tuple(found)


def ahead_of_rivals(market: Market, customer: Customer) -> None:
    """Whoever asks first is heard first: no rival is known before half the time to the decision is over."""
    half = market.world.minute + (customer.deadline - market.world.minute) // 2
    customer.rivals = tuple(
        RivalOffer(each.rival, each.price, each.fit, max(each.known_from, half)) for each in customer.rivals
    )


def look_for(market: Market, customer: Customer) -> None:
    """Someone in need who knows the company means to make contact; others search."""
    world = market.world
    coming = world.scenario.market.arriving
    if _forgot(market, customer):
        customer.aware, customer.source = NOT_YET, ""
        market.tell(customer, _("There had been an advert, but whose was it?"))
    if customer.aware >= 0:
        left = world.calendar.between(world.minute, customer.deadline)
        median = max(1, min(coming.contact_minutes, left // 8))  # who is in a hurry comes sooner
        wait = world.luck.lognormal(median, 700_000, customer.id, "contact", customer.needs)
        contact_after(market, customer, wait)
        return
    for attempt in range(2):
        key = customer.needs * 10 + attempt
        wait = (attempt + 1) * world.luck.exponential(coming.search_minutes, customer.id, "search time", key)
        market.plan(customer, world.calendar.after(world.minute, wait), "search", attempt=attempt)


def _forgot(market: Market, customer: Customer) -> bool:
    """Whether an advert seen some time ago has faded: not for whoever has talked or bought, or knew us before."""
    world, days = market.world, market.world.scenario.market.arriving.remember_days
    of_advert = customer.aware > 0 and any(each.id == customer.source for each in world.scenario.media)
    if not days or not of_advert or customer.purchases or world.of(Talk, customer.id):
        return False
    kept = math.exp(-(world.minute - customer.aware) / (days * DAY))
    return not world.luck.chance(round(kept * PPM), customer.id, "remembers", customer.needs)


def contact_after(market: Market, customer: Customer, working: int, attempt: int = 0) -> None:
    """Plan to make contact after so many working minutes, in time for the decision."""
    calendar, now = market.world.calendar, market.world.minute
    left = calendar.between(now, customer.deadline)
    minute = calendar.after(now, 1 + min(working, left * 3 // 4))
    market.drop(customer, "contact")
    market.plan(customer, minute, "contact", attempt=attempt)


def settle(market: Market, customer: Customer, plan: Plan) -> None:
    """The decision date passed without an offer of ours: a rival serves the need, or nobody does.

    Whoever is still talking, or was promised a contract, waits a few days more, but not for ever.
    """
    if plan.attempt != customer.needs or not customer.wants:
        return
    if customer.stage in {"talking", "weighing"}:
        if len(plan.about) < market.world.scenario.market.arriving.waits_on:
            later = market.world.calendar.working_days_after(market.world.minute, 2)
            market.plan(customer, later, "settle", plan.about + "+", plan.attempt)
            return
        feel(market, customer, "response", -PPM // 3, _("We had talked, but nothing came of it."))
        serve_elsewhere(market, customer, "no_offer")
    elif customer.stage in {"seeking", "waiting", "left"}:
        if (
            "need" in customer.told
            and customer.told["need"] >= customer.needed_since
            and not _offered(market, customer)
        ):
            feel(market, customer, "response", -PPM // 2, _("We told them what we needed, and never got an offer."))
        serve_elsewhere(market, customer)


def _offered(market: Market, customer: Customer) -> bool:
    """Whether the company named a price since the need arose."""
    offers = (offer(each) for each in market.world.of(Talk, customer.id))
    return any(each is not None and each.minute >= customer.needed_since for each in offers)


def serve_elsewhere(market: Market, customer: Customer, reason: Literal["", "no_answer", "no_offer"] = "") -> None:
    """The need goes to the best of the rivals' offers, or remains unserved; life goes on, without the company."""
    world = market.world
    known = [each for each in customer.rivals if each.known_from <= max(world.minute, customer.deadline)]
    best = min(known, key=lambda each: (each.price - each.fit * each.price // (4 * PPM), each.rival), default=None)
    contacted = bool(customer.told) or customer.stage == "waiting"
    if best is not None:
        name = world.scenario.find("rivals", best.rival).name
        market.tell(customer, _("{rival} had an offer for us, so we took it.", rival=name))
    elif customer.aware < 0:
        market.tell(customer, _("We never heard of anyone who could help, and let it be."))
    else:
        market.tell(customer, _("The time was over, and we did without."))
    next_need(market, customer, bought=False)
    if contacted or customer.purchases:
        market.act(customer, TurnAway(reason=reason or ("rival" if best is not None else "no_offer")))


def next_need(market: Market, customer: Customer, bought: bool = True, late: bool = False) -> bool:
    """Close the present need and plan the next one at the customer's own rate; False when it is gone for good.

    Called once a need is served (`bought` from us) or given up. After each purchase a customer may be gone, likelier
    when dissatisfied (BG/NBD); `late` says that a delivery failed it, which puts the next need off.
    """
    luck, id, using = market.world.luck, customer.id, market.world.scenario.market.using
    customer.wants, customer.quantity, customer.budget, customer.deadline = "", 0, 0, 0
    customer.rivals, customer.needed_since = (), -1
    for what in ("settle", "search", "contact", "need"):
        market.drop(customer, what)
    if customer.stage != "left":
        customer.stage = "using" if bought else "quiet"
    if bought:
        # in BG/NBD the first purchase is no occasion to drop out: whoever never came again may still be about
        natural = customer.dropout if customer.purchases > 1 else 0
        lost = natural + using.goes * max(0, 700_000 - loyalty(customer)) // 700_000
        if luck.chance(min(PPM, lost), id, "gone", customer.purchases):
            market.tell(customer, _("We had what we needed, and saw no reason to come back."))
            return False
    wait = luck.exponential(customer.rate, id, "again", customer.needs)
    if late:
        wait += wait * using.delay // PPM
    market.plan(customer, market.world.minute + wait, "need", "again")
    return True
