"""How customers come to know the company: adverts, a search, friends, the fair.

One keyed draw per customer and treatment says when, if ever, it notices. Hazards act day by day, but nobody is asked
day by day: the draw is a level of accumulated hazard, and the minute at which it is reached follows.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import WebPage
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import AdEnded, AdLaunched, PromotionOpened, Recommended
from crmsim.engine.facts import Fact
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY, Words, _
from crmsim.market.needs import arise, contact_after, look_for
from crmsim.roles.arriving import ComeBack

if TYPE_CHECKING:
    from crmsim.market.life import Market


def follows(market: Market, customer: Customer, medium: str) -> bool:
    """Whether a customer follows a medium at all: a trait, drawn once."""
    habits = market.world.scenario.find("segments", customer.segment).habits
    return market.world.luck.chance(habits.get(medium, 0), customer.id, f"follows {medium}")


def becomes_aware(market: Market, customer: Customer, source: str, words: Words) -> bool:
    """The customer knows the company from now on, and trusts it by how it came to; False when it knew before."""
    if customer.aware >= 0:
        return False
    customer.aware, customer.source = market.world.minute, source
    quality = market.world.scenario.market.arriving.quality.get(source, 0)
    customer.trust = min(PPM, max(0, customer.trust + quality))
    market.drop(customer, "search")
    market.tell(customer, _("We heard of the company through {source}.", source=words))
    return True


# -- adverts


def advert_launched(market: Market, fact: Fact) -> None:
    """Everyone who follows the medium will notice at its own time, or never."""
    assert isinstance(fact, AdLaunched)
    advert = market.world.get(Advert, fact.advert)
    days = max(1, advert.end // DAY - advert.start // DAY + 1)
    for customer in market.customers():
        if follows(market, customer, advert.medium):
            _will_notice(market, customer, advert, days)


def advert_ended(market: Market, fact: Fact) -> None:
    """An advert taken off early is noticed by fewer, and later."""
    assert isinstance(fact, AdEnded)
    advert, now = market.world.get(Advert, fact.advert), market.world.minute
    if advert.status != "stopped" and now >= advert.end:
        return
    for customer in market.customers():
        if any(plan.what == "notice" and plan.about == advert.id for plan in customer.plans):
            market.drop(customer, "notice", advert.id)
            _will_notice(market, customer, advert, max(0, (now - advert.start + DAY // 2) // DAY))


def _will_notice(market: Market, customer: Customer, advert: Advert, days: int) -> None:
    world = market.world
    medium = world.scenario.find("media", advert.medium)
    earlier = sum(each.medium == advert.medium and each.id != advert.id for each in world.all(Advert))
    level = -math.log(world.luck.unit(customer.id, f"notice {advert.medium}", earlier))
    full = 2 * math.log(2) / max(1, world.scenario.market.arriving.notice_days)
    hazard = full * advert.budget / max(1, advert.budget + medium.saturation) * _appeal(market, customer, advert)
    after = days_until(level, hazard, days, medium.half_life_days)
    if after is not None:
        market.plan(customer, max(advert.start, world.calendar.next_open(0)) + round(after * DAY), "notice", advert.id)


def _appeal(market: Market, customer: Customer, advert: Advert) -> float:
    """How much an advert speaks to a customer: its product may be of use, its message may touch what it cares for."""
    segment = market.world.scenario.find("segments", customer.segment)
    of_use = not advert.product or not segment.products or advert.product in segment.products
    coming = market.world.scenario.market.arriving
    share = 1.0 if of_use else coming.off_target / PPM
    share *= coming.slogan / PPM if advert.slogan.strip() else 1.0
    if advert.message and customer.weights:
        even = PPM / len(customer.weights)
        share *= 0.75 + 0.25 * min(2.0, customer.weights.get(advert.message, 0) / even)
    return share


def days_until(level: float, hazard: float, days: int, half_life: int) -> float | None:
    """After how many days an accumulated hazard reaches `level`; None for never.

    `hazard` a day while the advert runs for `days`; afterwards what has built up meanwhile fades with its half-life,
    so that an advert's whole effect is about twice that of its own days (long-run elasticity .24 to short-run .12).
    """
    if hazard <= 0:
        return None
    if level <= hazard * days:
        return level / hazard
    if not half_life or not days:
        return None
    fading = half_life / math.log(2)
    most = hazard * (1 - math.exp(-days / fading)) * fading
    rest = (level - hazard * days) / most
    return days - fading * math.log(1 - rest) if rest < 1 else None


def notice(market: Market, customer: Customer, plan: Plan) -> None:
    """The customer sees the advert; one in need thinks of making contact."""
    advert = market.world.get(Advert, plan.about)
    advert.reached += 1
    name = market.world.scenario.find("media", advert.medium).name
    new = becomes_aware(market, customer, advert.medium, name)
    if new and customer.wants and customer.stage == "seeking":
        look_for(market, customer)


# -- the web and friends


def search(market: Market, customer: Customer, plan: Plan) -> None:
    """Someone in need looks around on the web, and may find the company's pages."""
    if not customer.wants or customer.aware >= 0 or not follows(market, customer, "web"):
        return
    coming = market.world.scenario.market.arriving
    shown = any(customer.wants in page.products for page in market.world.all(WebPage) if page.shown)
    share = coming.found + (coming.found_page if shown else 0) + (coming.found_page // 2 if news(market) else 0)
    if market.world.luck.chance(share, customer.id, "search", customer.needs * 10 + plan.attempt):
        becomes_aware(market, customer, "web", _("the web"))
        look_for(market, customer)


def news(market: Market) -> list[WebPage]:
    """What visitors of the website see that was published or changed lately; what stood there on day one is no news."""
    world = market.world
    since = world.minute - world.scenario.market.arriving.fresh_days * DAY
    return [page for page in world.all(WebPage) if page.shown and page.since and page.since > since]


def read_up(market: Market, customer: Customer) -> None:
    """Whoever follows the web reads, before it asks, what is new there about what it wants; a kept page wins trust."""
    found = [page for page in news(market) if customer.wants in page.products]
    if found and follows(market, customer, "web"):
        customer.trust = min(PPM, customer.trust + market.world.scenario.market.arriving.read_up)
        market.tell(customer, _("We read on their website: {title}.", title=found[-1].title))


def recommended(market: Market, fact: Fact) -> None:
    """A friend spoke of the company: kindly brings a customer, unkindly costs trust."""
    assert isinstance(fact, Recommended)
    other, friend = market.of(fact.other), market.of(fact.customer)
    if other is None or friend is None:
        return
    weight = market.world.scenario.market.using.mouth_weight
    if not fact.kind:
        other.trust = max(0, other.trust - weight)
        market.tell(other, _("{friend} warned us of the company.", friend=friend.title))
    elif becomes_aware(market, other, "friends", _("{friend}, who was content", friend=friend.title)):
        if other.wants and other.stage == "seeking":
            look_for(market, other)


# -- the fair


def promotion_opened(market: Market, fact: Fact) -> None:
    """Whoever goes to fairs passes the booth, in clusters, on one of the days on which it is open."""
    assert isinstance(fact, PromotionOpened)
    world, promotion = market.world, market.world.get(Promotion, fact.promotion)
    earlier = sum(1 for each in world.all(Promotion) if each.id != promotion.id and each.status != "planned")
    days = fair_days(market, promotion)
    if not days:
        return
    queues: list[list[tuple[int, str]]] = [[] for _day in days]
    for customer in market.customers():
        if follows(market, customer, "fair"):
            day = world.luck.below(len(days), customer.id, "fair day", earlier)
            queues[day].append((world.luck.bits(customer.id, "fair queue", earlier), customer.id))
    size = max(1, world.scenario.fair.cluster)
    for number, day in enumerate(days):
        queue = sorted(queues[number])
        for first in range(0, len(queue), size):
            offset = world.luck.below(max(1, world.calendar.minutes_a_day - 60), "fair", f"cluster {day}", first)
            for _bits, id in queue[first : first + size]:
                stroll = world.luck.below(world.scenario.market.arriving.stroll_minutes, id, "stroll", earlier)
                market.plan(
                    world.get(Customer, id), world.calendar.after(day, 1 + offset + stroll), "visit", promotion.id
                )


def fair_days(market: Market, promotion: Promotion) -> list[int]:
    """The midnights of the working days on which both fair and booth are open; without a fair there are none."""
    calendar, fair = market.world.calendar, market.world.scenario.fair
    if not fair.first_day:
        return []
    found = []
    for number in range(fair.first_day, fair.last_day + 1):
        midnight = calendar.after(0, (number - 1) * calendar.minutes_a_day + 1) // DAY * DAY
        if promotion.start // DAY * DAY <= midnight <= promotion.end and midnight + DAY > market.world.minute:
            found.append(midnight)
    return found


def visit(market: Market, customer: Customer, plan: Plan) -> None:
    """The customer passes the booth: one with a need, or nearly one, stops to talk; others take a leaflet."""
    promotion = market.world.get(Promotion, plan.about)
    if promotion.status != "open":
        return
    becomes_aware(market, customer, "fair", market.world.scenario.fair.name)
    if near_need(market, customer, promotion.offer * market.world.scenario.market.arriving.offer_days // PPM):
        awaken(market, customer)
    if customer.wants and customer.stage == "seeking":
        customer.source = customer.source or "fair"
        contact_after(market, customer, 0, attempt=AT_BOOTH)
    else:
        promotion.visitors += 1  # whoever stops to talk is counted by doing so
        market.tell(customer, _("We passed the booth, but there was nothing to talk about."))


AT_BOOTH = 9  # the attempt number of a contact at the booth


def awaken(market: Market, customer: Customer) -> None:
    """Meeting the company wakes a need; whoever had turned away is back."""
    arise(market, customer)
    if customer.stage == "left":
        market.act(customer, ComeBack())


def near_need(market: Market, customer: Customer, more: int = 0) -> bool:
    """Whether a need is so near that meeting the company awakens it; an offer reaches `more` days further."""
    days = market.world.scenario.market.arriving.near_days + more
    horizon = market.world.calendar.working_days_after(market.world.minute, days)
    return not customer.wants and any(plan.what == "need" and plan.minute <= horizon for plan in customer.plans)
