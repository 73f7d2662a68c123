"""The games in which published facts are measured: one experiment for each kind of fact, on shops of its own.

An experiment plays whole games of one seed and keeps only what everybody could see (arrivals, orders, payments,
requests, scores) as plain numbers, so that seeds can be pooled and results kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from crmsim.calibration.shop import OPENING, PROMPT, SURE, Shop, shop
from crmsim.crm.facts import (
    ContractAccepted,
    CustomerArrived,
    DebtWrittenOff,
    FeedbackGiven,
    GoodsReceived,
    InvoiceIssued,
    OrderSubmitted,
    PaymentLate,
    Recommended,
    ReturnRequested,
    ServiceRequested,
    TalkClosed,
    TalkOpened,
    TalkRequested,
)
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.crm.service import Return
from crmsim.engine.words import DAY
from crmsim.roles.director import ChangeProduct, PlanAdvert
from crmsim.roles.service import AnswerRequest, Diagnose, Resolve
from crmsim.roles.talking import Speak
from crmsim.scenarios.schema import Scenario

Evidence = dict[str, list[Any]]  # what was seen in the games of one seed, or of several one after the other
HOUR, WEEK = 60, 7 * DAY
STEADY: dict[str, Any] = {"faults": 0, "returns": 0, "late": 0, "never": 0}
CALM: dict[str, Any] = {"settle_minutes": 1, "feedback": 0}


@dataclass(frozen=True)
class Trial:
    """An experiment: the shop it starts from, and how one seed of it is played."""

    id: str
    scenario: Callable[[], Scenario]
    play: Callable[[Scenario, int], Evidence]


# -- rows 1 to 11: who comes again, when, and for how much

SHOPS, BUYERS, CALIBRATION = 4, 589, 39 * WEEK  # 4 x 589 is one cohort of CDNOW's 2,357


def cohort() -> Scenario:
    """CDNOW's design: first purchases in weeks 0 to 12, and 78 weeks in all, by people who are always served."""
    rates = {**STEADY, "quantity": 20, "quantity_sigma": 730_000}
    how = {"buying": PROMPT, "using": {**CALM, "goes": 0, "delay": 0}, **SURE}
    return shop(days=78 * 7, segment=rates, market={"size": BUYERS, "need_days": 84, **how})


def buy(scenario: Scenario, seed: int) -> Evidence:
    """Each customer's purchases: minute and value, one after the other."""
    found: Evidence = {"buys": []}
    for number in range(SHOPS):
        house = Shop(scenario, seed * SHOPS + number)
        for _day in house.days():
            house.serve()
        mine: dict[str, list[int]] = {}
        for fact in house.facts(GoodsReceived):
            mine.setdefault(fact.customer, []).extend((fact.minute, house.game.world.get(Order, fact.order).total))
        found["buys"] += [each for each in mine.values() if each[0] < 13 * WEEK]
    return found


# -- row 12: waiting for the first word

WAITS = ((1, 60), (61, 120), (1440, 2880))  # minutes: within the hour, within two, after a day or two
COOLING = (
    7  # working minutes in which interest falls to a third, as in the measured firms' leads; the game's cool slower
)


def waiting() -> Scenario:
    """People who write an e-mail and hear nothing for a while."""
    how = {"size": 3000, "need_days": 20, "aware": 1_000_000, "cooling_minutes": COOLING}
    return shop(days=40, segment={"urgency_days": 30}, market=how)


def answer_late(scenario: Scenario, seed: int) -> Evidence:
    """For each wait in turn: how many were greeted after it, and how many of them were still interested."""
    house, found = Shop(scenario, seed), {f"{kind}{n}": [0] for n in range(3) for kind in ("greeted", "lost")}
    due: list[tuple[int, str]] = []
    group: dict[str, int] = {}
    for number, wait in enumerate(_requests(house, due)):
        of = (0, 1, 2, 2, 2, 2, 2, 2)[number % 8]  # many wait long, since few of them stay
        low, high = WAITS[of]
        group[wait.talk] = of
        heappush(due, (wait.minute + house.game.world.luck.between(low, high, wait.talk, "wait"), wait.talk))
    for opened in house.facts(TalkOpened):
        found[f"greeted{group[opened.talk]}"][0] += 1
    for closed in house.facts(TalkClosed):
        if closed.ending == "left" and closed.talk in group:
            found[f"lost{group[closed.talk]}"][0] += 1
    return found


def _requests(house: Shop, due: list[tuple[int, str]]) -> Any:
    """Each request for a talk as it comes; meanwhile whoever is due is greeted."""
    seen = 0
    while not house.game.ended:
        while due and due[0][0] <= house.game.minute:
            talk = heappop(due)[1]
            house.game.act("reception", Speak(talk=talk, move="greet"))
        for fact in house.game.facts[seen:]:
            if isinstance(fact, TalkRequested) and fact.role:
                yield fact
        seen = len(house.game.facts)
        ahead = house.game.minute + HOUR
        house.game.advance_to(min(ahead, due[0][0]) if due else ahead)


# -- row 19: prices

PRICES = (900_000, 1_000_000, 1_100_000)  # of the base price


def prices() -> Scenario:
    """Companies in need that compare our contract with two rivals' offers and with doing nothing."""
    both = {"power": 500_000, "quiet": 500_000}
    rivals = [{"id": id, "name": id, "price": 1_000_000, "attributes": both} for id in ("acme", "best")]
    return shop(days=30, segment={}, market={"size": 300, "need_days": 10, "buying": PROMPT}, rivals=rivals)


def price(scenario: Scenario, seed: int) -> Evidence:
    """How many sign at each price, the same customers each time."""
    found: Evidence = {}
    for share in PRICES:
        house = Shop(scenario, seed)
        product = next(iter(house.game.world.all(Product)))
        asked = product.base_price * share // 1_000_000
        if asked != product.price:
            house.act("director", ChangeProduct(product=product.id, price=asked))
        served: dict[str, None] = {}
        for _day in house.days():
            for customer in house.seekers():
                if customer.id not in served:
                    served[customer.id] = None
                    house.sell(customer)
        found[f"signed{share}"] = [len(house.facts(ContractAccepted))]
    return found


# -- row 20: advertising

CAMPAIGN = 91  # days: a quarter, the usual period of the studies


def adverts() -> Scenario:
    """A market in which needs arise all the year round and nobody knows the company before its campaign."""
    viewers = {"habits": {"tv": 600_000}, "rate_alpha_days": 100_000}
    return shop(days=460, segment=viewers, market={"size": 1500, "need_days": 460})


def advertise(scenario: Scenario, seed: int) -> Evidence:
    """The days on which a campaign of a quarter brought people for the first time."""
    house = Shop(scenario, seed)
    house.act("director", PlanAdvert(medium="tv", budget=20_000, start=0, end=(CAMPAIGN - 1) * DAY))
    house.game.run_to_end()
    first: dict[str, int] = {}
    for each in house.facts(CustomerArrived):
        first.setdefault(each.customer, each.minute // DAY)
    return {"days": list(first.values())}


# -- rows 22 and 23: help, early and late, and what a mended fault does

ANSWERS = (1, 240, 456)  # minutes until the first word: at once, at half of what is borne, near its end
MENDED = 600  # minutes until the remedy, whenever the first word came


def failing() -> Scenario:
    """Everything that is sold fails once, and everybody tells how the help was."""
    using = {"feedback": 1_000_000, "seeks_help": 1_000_000}
    market = {"size": 250, "need_days": 2, "buying": PROMPT, "using": using, **SURE}
    return shop(days=25, segment={**STEADY, "faults": 1_000_000}, market=market)


def help_late(scenario: Scenario, seed: int) -> Evidence:
    """The scores given for the service, by how soon the first word came."""
    found: Evidence = {}
    for wait in ANSWERS:
        house = Shop(scenario, seed)
        _mend(house, wait)
        found[f"scores{wait}"] = [each.score for each in house.facts(FeedbackGiven) if each.about == "service"]
    return found


def _mend(house: Shop, wait: int) -> None:
    """Serve everybody, and answer and mend every fault so many minutes after it was told."""
    due: list[tuple[int, int, str]] = []
    seen, day = 0, -1
    while not house.game.ended:
        while due and due[0][0] <= house.game.minute:
            step, request = heappop(due)[1:]
            if not step:
                house.act("service", AnswerRequest(request=request, text="We are looking into it."))
            else:
                house.act("service", Diagnose(request=request, cause="seal"))
                house.act("service", Resolve(request=request, remedy="replace"))
        if house.game.minute % DAY >= OPENING and house.game.minute // DAY > day:
            day = house.game.minute // DAY
            for customer in house.seekers():
                house.sell(customer)
        house.ship()
        for fact in house.game.facts[seen:]:
            if isinstance(fact, ServiceRequested):
                heappush(due, (fact.minute + wait, 0, fact.request))
                heappush(due, (fact.minute + MENDED, 1, fact.request))
        seen = len(house.game.facts)
        ahead = house.game.minute + HOUR
        house.game.advance_to(min(ahead, due[0][0]) if due else ahead)


def coming_again() -> Scenario:
    """People who need something again within weeks."""
    often = {**STEADY, "rate_r": 5_000_000, "rate_alpha_days": 60, "drop_a": 100_000, "drop_b": 10_000_000}
    market = {"size": 250, "need_days": 2, "buying": PROMPT, "using": {"seeks_help": 1_000_000}, **SURE}
    return shop(days=80, segment=often, market=market)


def recover(scenario: Scenario, seed: int) -> Evidence:
    """Who bought again, and who spoke well after the first purchase: when all worked, and when it was mended well."""
    found: Evidence = {}
    for failed in (0, 1_000_000):
        kind = scenario.segments[0].model_copy(update={"faults": failed})
        house = Shop(scenario.model_copy(update={"segments": (kind,)}), seed)
        _mend(house, 1)
        times: dict[str, list[int]] = {}
        for fact in house.facts(GoodsReceived):
            times.setdefault(fact.customer, []).append(fact.minute)
        found[f"again{failed}"] = [sum(len(minutes) > 1 for minutes in times.values())]
        after_one = {who: minutes[1] if len(minutes) > 1 else house.game.minute for who, minutes in times.items()}
        praised = {each.customer: None for each in house.facts(Recommended)
                   if each.kind and each.minute < after_one.get(each.customer, 0)}  # fmt: skip
        found[f"praised{failed}"] = [len(praised)]
    return found


# -- row 25: a late delivery


def delay(scenario: Scenario, seed: int) -> Evidence:
    """Minutes from the first goods to the next order, of the same customers, served in time and once late."""
    gaps: list[dict[str, int]] = []
    for late in (False, True):
        house = Shop(scenario, seed)
        for day in house.days():
            for customer in house.seekers():
                house.sell(customer, promise=1 if late and day < 4 else 10)
            house.game.advance(HOUR)
            if not late or day >= 7:
                house.ship()
        first: dict[str, int] = {}
        for got in house.facts(GoodsReceived):
            first.setdefault(got.customer, got.minute)
        again: dict[str, int] = {}
        for each in house.facts(OrderSubmitted):
            if each.minute > first.get(each.customer, house.game.minute):
                again.setdefault(each.customer, each.minute - first[each.customer])
        gaps.append(again)
    both = [id for id in gaps[0] if id in gaps[1]]
    return {"in_time": [gaps[0][id] for id in both], "late": [gaps[1][id] for id in both]}


# -- rows 26 and 27: goods that come back, money that comes late


def selling() -> Scenario:
    """One purchase of everybody, and two months to see what comes of it."""
    return shop(days=70, segment={}, market={"size": 400, "need_days": 10, "buying": PROMPT, **SURE})


def sell(scenario: Scenario, seed: int) -> Evidence:
    """Counts of sales, returns, frauds, invoices, late ones and bad debts."""
    house = Shop(scenario, seed)
    for day in house.days():
        if day < 25:
            house.serve()
    returns = list(house.game.world.all(Return))
    return {
        "sales": [len(house.facts(GoodsReceived))],
        "returns": [len(house.facts(ReturnRequested))],
        "frauds": [sum(each.truth == "fraud" for each in returns)],
        "invoices": [len(house.facts(InvoiceIssued))],
        "late": [len(house.facts(PaymentLate))],
        "bad": [len(house.facts(DebtWrittenOff))],
    }


TRIALS = {
    each.id: each
    for each in (
        Trial("cohort", cohort, buy),
        Trial("waiting", waiting, answer_late),
        Trial("prices", prices, price),
        Trial("adverts", adverts, advertise),
        Trial("failing", failing, help_late),
        Trial("again", coming_again, recover),
        Trial("late", coming_again, delay),
        Trial("selling", selling, sell),
    )
}
