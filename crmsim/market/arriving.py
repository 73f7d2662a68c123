"""How customers come: awareness, needs, contact, waiting, invitations, coming again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import (
    AdEnded,
    AdLaunched,
    MarketShifted,
    PromotionOpened,
    Recommended,
    TalkInvited,
    TalkMissed,
    TalkOpened,
    TalkRequested,
)
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY, N_, _
from crmsim.market.contacting import contact
from crmsim.market.feeling import feel
from crmsim.market.heeding import heard
from crmsim.market.needs import ahead_of_rivals, arise, contact_after, need, next_need, serve_elsewhere, settle
from crmsim.market.noticing import (
    advert_ended,
    advert_launched,
    awaken,
    near_need,
    notice,
    promotion_opened,
    recommended,
    search,
    visit,
)
from crmsim.market.strangers import maybe_double
from crmsim.market.telling import tell_friend
from crmsim.roles.answering import AcceptInvitation, DeclineInvitation
from crmsim.roles.arriving import ComeBack, GiveUp

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market
    from crmsim.scenarios.people import MarketPart

WARNED = 1_000  # a warning's own luck, apart from what is told after a purchase


# -- waiting


def cooled(part: MarketPart, waited: int) -> int:
    """The interest left after `waited` working minutes, ppm.

    A power law on a floor: an exponential cannot both fall sevenfold from the first hour to the second and only
    sixtyfold to the next day (row 12). After `cooling_minutes` about a third is left.
    """
    power = part.arriving.cooling_power / PPM
    stretch = 3 ** (1 / power) - 1
    left = (1 + stretch * waited / max(1, part.cooling_minutes)) ** -power
    floor: int = part.arriving.cooling_floor
    return int(floor + round((PPM - floor) * left))


def talk_requested(market: Market, fact: Fact) -> None:
    """Whoever waits does so for as long as it has patience on that channel."""
    assert isinstance(fact, TalkRequested)
    customer = market.of(fact.customer)
    talk = market.world.find(Talk, fact.talk)
    if customer is None or talk is None or talk.nature != "lead" or talk.status != "waiting":
        return
    if customer.wants and customer.stage in {"quiet", "seeking", "using"}:
        customer.stage = "waiting"
    channel = market.world.scenario.find("channels", talk.channel)
    number = sum(1 for each in customer.story if each.words.source == TURNED) + 1
    median = channel.patience_minutes * (2 * PPM - customer.annoyance) // (2 * PPM)
    patience = market.world.luck.lognormal(median, 400_000, customer.id, f"patience {talk.channel}", number)
    market.plan(customer, market.world.calendar.after(market.world.minute, max(1, patience)), "tire", talk.id)
    market.tell(customer, _(TURNED, channel=channel.name))
    maybe_double(market, customer, talk)


TURNED = N_("We turned to the company by {channel}.")
UNANSWERED = N_("Nobody answered us for {waited:span}.")


def tire(market: Market, customer: Customer, plan: Plan) -> None:
    """Patience is at an end; the talk is given up if nobody has answered."""
    talk = market.world.find(Talk, plan.about)
    if talk is not None and talk.status == "waiting":
        market.act(customer, GiveUp(talk=talk.id))


def talk_opened(market: Market, fact: Fact) -> None:
    """Somebody answered: what is left of the interest decides whether the customer goes on."""
    assert isinstance(fact, TalkOpened)
    customer = market.of(fact.customer)
    if customer is None:
        return
    market.drop(customer, "tire", fact.talk)
    market.drop(customer, "contact")
    talk = market.world.get(Talk, fact.talk)
    if not talk.by_customer or talk.nature != "lead":
        return
    if not customer.wants:  # answered after all was over
        market.plan(customer, market.world.minute + 2, "cool off", talk.id)
        return
    part = market.world.scenario.market
    customer.interest = cooled(part, fact.waited)
    loss = part.arriving.late_trust * (PPM - customer.interest) // PPM
    customer.trust = max(0, customer.trust - loss)
    customer.stage = "talking"
    channel = market.world.scenario.find("channels", talk.channel)
    share = min(PPM, fact.waited * PPM // max(1, channel.patience_minutes))
    early = part.arriving.prompt - share
    prompt = early if early > 0 else early * PPM // max(1, PPM - part.arriving.prompt)
    feel(
        market, customer, "response", prompt, _("Our first word was answered after {waited:span}.", waited=fact.waited)
    )
    if not market.world.luck.chance(customer.interest, customer.id, "go on", customer.needs):
        market.tell(customer, _("They answered after {waited:span}; by then we had lost interest.", waited=fact.waited))
        market.plan(customer, market.world.minute + 2, "cool off", talk.id)


def cool_off(market: Market, customer: Customer, plan: Plan) -> None:
    """The wait was too long: leave, and look elsewhere."""
    talk = market.world.find(Talk, plan.about)
    if talk is None or talk.status != "open" or (customer.wants and customer.stage != "talking"):
        return
    if market.act(customer, GiveUp(talk=talk.id)) and customer.wants:
        serve_elsewhere(market, customer, "no_answer")


def talk_missed(market: Market, fact: Fact) -> None:
    """Nobody answered: try once more with less trust, or go elsewhere."""
    assert isinstance(fact, TalkMissed)
    customer = market.of(fact.customer)
    talk = market.world.find(Talk, fact.talk)
    if customer is None or talk is None:
        return
    market.drop(customer, "tire", fact.talk)
    if not talk.by_customer or not customer.wants or customer.stage not in {"waiting", "seeking"}:
        return
    part, luck = market.world.scenario.market, market.world.luck
    customer.trust = max(0, customer.trust - part.arriving.missed)
    feel(market, customer, "response", -PPM, _(UNANSWERED, waited=fact.waited))
    since = customer.needed_since
    tried = sum(1 for each in customer.story if each.minute >= since and each.words.source == UNANSWERED)
    if tried <= 1 and luck.chance(part.retry, customer.id, "retry", customer.needs):
        customer.stage = "seeking"
        wait = luck.exponential(market.world.calendar.minutes_a_day, customer.id, "retry time", customer.needs)
        contact_after(market, customer, wait, attempt=1)
    else:
        market.plan(customer, market.world.minute + 1, "go elsewhere", talk.id)


def go_elsewhere(market: Market, customer: Customer, plan: Plan) -> None:
    """Ignored once too often."""
    if customer.wants and customer.stage in {"waiting", "seeking"}:
        serve_elsewhere(market, customer, "no_answer")


# -- invitations


def talk_invited(market: Market, fact: Fact) -> None:
    """Somebody of the company wants to talk: the customer thinks about it."""
    assert isinstance(fact, TalkInvited)
    customer = market.of(fact.customer)
    if customer is None:
        return
    talk = market.world.get(Talk, fact.talk)
    channel = market.world.scenario.find("channels", talk.channel)
    number = _invitations(market, customer)
    delay = market.world.luck.exponential(max(1, channel.reply_minutes), customer.id, "invitation", number)
    market.plan(customer, market.world.calendar.after(market.world.minute, delay), "invitation", talk.id, number)


def _invitations(market: Market, customer: Customer) -> int:
    return sum(1 for each in market.world.of(Talk, customer.id) if not each.by_customer)


def invitation(market: Market, customer: Customer, plan: Plan) -> None:
    """Accept when there is something to talk about; else be annoyed a little, and remember."""
    talk, luck = market.world.find(Talk, plan.about), market.world.luck
    if talk is None or talk.status != "invited":
        return
    part = market.world.scenario.market.arriving
    known = customer.purchases > 0 or bool(customer.told)
    share = part.reached_known if known else part.reached
    if not luck.chance(share, customer.id, "reached", plan.attempt):
        return  # not reached: the invitation lapses
    if customer.aware < 0:
        customer.aware, customer.source = market.world.minute, "invitation"
    if customer.annoyance >= part.deaf:
        words = _("They called again and again; we stopped listening.")
        feel(market, customer, "response", -PPM // 2, words)
        market.act(customer, DeclineInvitation(talk=talk.id))
        if luck.chance(market.world.scenario.market.mouth_bad, customer.id, "warns", plan.attempt):
            tell_friend(market, customer, False, WARNED + plan.attempt)
        return
    awaited = heard(market, customer)
    if _has_reason(market, customer, plan.attempt):
        market.drop(customer, "contact")
        market.act(customer, AcceptInvitation(talk=talk.id))
        return
    if awaited:
        market.act(customer, DeclineInvitation(talk=talk.id))
        return
    customer.annoyance = min(PPM, customer.annoyance + part.pestered)
    words = _("They invited us, but there was nothing that we needed.")
    # one kind call is soon forgiven: what is felt grows with what went before
    felt = min(PPM, customer.annoyance * PPM // part.forgiving)
    feel(market, customer, "response", -part.pestered * felt // PPM, words)
    market.act(customer, DeclineInvitation(talk=talk.id))


def _has_reason(market: Market, customer: Customer, attempt: int) -> bool:
    """Whether there is something to talk about: a need now or soon, goods under way, or old friendship."""
    if customer.wants and customer.stage == "left":  # about to buy elsewhere: only trust brings it back
        back = market.world.luck.chance(customer.trust, customer.id, "won back", attempt)
        return back and market.act(customer, ComeBack())
    if customer.wants or customer.stage in {"ordered", "awaiting_goods"}:
        return True
    if near_need(market, customer):
        awaken(market, customer)
        ahead_of_rivals(market, customer)
        market.tell(customer, _("They asked just as we began to think about it."))
        return True
    part = market.world.scenario.market.arriving
    old = customer.purchases > 0 and customer.satisfaction >= part.dormant
    if old and market.world.luck.chance(part.win_back, customer.id, "win back", attempt):
        arise(market, customer)
        ahead_of_rivals(market, customer)
        market.tell(customer, _("It was good to hear from them again, and there was something after all."))
        market.act(customer, ComeBack())
        return True
    return False


# -- what happens to everyone


def market_shifted(market: Market, fact: Fact) -> None:
    """Rivals cut their prices, or demand swells: one look at everybody whom it concerns."""
    assert isinstance(fact, MarketShifted)
    if fact.event == "rival_price":
        for customer in market.customers():
            if customer.wants and fact.product in ("", customer.wants):
                customer.rivals = tuple(
                    type(each)(each.rival, max(1, each.price * (PPM - fact.amount) // PPM), each.fit, each.known_from)
                    for each in customer.rivals
                )
    elif fact.event == "demand":
        for customer in market.customers():
            _demand(market, customer, fact)


def _demand(market: Market, customer: Customer, fact: MarketShifted) -> None:
    """Some who would have needed something later need it now."""
    segment = market.world.scenario.find("segments", customer.segment)
    concerned = not fact.product or not segment.products or fact.product in segment.products
    luck, key = market.world.luck, f"demand {fact.product}"
    if customer.wants or not concerned or not luck.chance(min(PPM, abs(fact.amount)), customer.id, key):
        return
    if any(plan.what == "need" for plan in customer.plans):
        wait = luck.exponential(3 * DAY, customer.id, f"{key} time")
        market.drop(customer, "need")
        market.plan(customer, market.world.calendar.next_open(market.world.minute + wait), "need", "demand")


hears: dict[type[Fact], Hearing] = {
    AdLaunched: advert_launched,
    AdEnded: advert_ended,
    PromotionOpened: promotion_opened,
    Recommended: recommended,
    TalkRequested: talk_requested,
    TalkOpened: talk_opened,
    TalkMissed: talk_missed,
    TalkInvited: talk_invited,
    MarketShifted: market_shifted,
}
plans: dict[str, Doing] = {
    "need": need,
    "notice": notice,
    "search": search,
    "visit": visit,
    "contact": contact,
    "tire": tire,
    "cool off": cool_off,
    "go elsewhere": go_elsewhere,
    "settle": settle,
    "invitation": invitation,
}
by_nature: dict[str, None] = {"need": None, "notice": None}

__all__ = ["by_nature", "cooled", "hears", "next_need", "plans"]
