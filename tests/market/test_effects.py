"""For every action and every setting of the director: leaving it out changes a customer's decision or a figure.

Two copies of one game, one with the action and one without, are played on by the same bots; the action's own working
minutes are given back, so that only what it does can make the difference.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.company import Staff
from crmsim.crm.customer import Customer
from crmsim.crm.product import Product
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.answering import Reply
from crmsim.roles.director import (
    AddStaff,
    ChangePage,
    ChangeProduct,
    ChangeSettings,
    ChangeStaff,
    DesignSurvey,
    DismissStaff,
    HidePage,
    PlanAdvert,
    PlanPromotion,
    PublishPage,
    RestockProduct,
    StopAdvert,
    WithdrawProduct,
)  # fmt: skip
from crmsim.roles.talking import Speak
from crmsim.scenarios.loader import load_scenario
from tests.market.talks import comes, stage
from tests.scenes import customers, must

TV: dict[str, Any] = {"medium": "tv", "budget": 200_000, "start": DAY, "end": 5 * DAY}
ADVERT = PlanAdvert(**TV)
FAIR: dict[str, Any] = {"name": "Fair", "offer": 50_000, "start": 2 * DAY, "end": 4 * DAY}
BOOTH = PlanPromotion(**FAIR)
HIRED = AddStaff(name="Lin", role="sales")
SURVEY = DesignSurvey(name="Short", questions="Are you content?")


def lives(game: Game) -> list[tuple[Any, ...]]:
    """What every customer decided and felt, and when."""
    return [
        (each.stage, each.aware, each.source, each.trust, each.satisfaction, each.annoyance, each.needs,
         each.purchases, each.spent, [moment.minute for moment in each.story])
        for each in game.world.all(Customer)
    ]  # fmt: skip


def money(game: Game) -> dict[str, int]:
    """The figures of the books."""
    return dict(game.world.ledger.balances)


SEEDS = (1, 2, 4)  # one of them has to show it


def first_month(seed: int) -> Game:
    """The company on its first morning, in a market where most need something soon."""
    scenario = load_scenario("first_month")
    market = scenario.market.model_copy(update={"wanting": 900_000})
    return Game(scenario.model_copy(update={"market": market}), seed=seed)


def after(game: Game, *more: Action, days: int, bots: bool) -> Game:
    """A copy, some days after these actions of the director, as if they had taken no time of its own. `bots` hold every
    seat, or nobody does: then only the market lives."""
    other = game.fork()
    for each in more:
        busy = other.world.seat("director").busy_until
        must(other, "director", each)
        other.world.seat("director").busy_until = busy
    if bots:
        other = other.fork(crew(game.scenario, "competent", [each.id for each in other.world.all(Staff)]))
    other.advance(days * DAY)
    return other


Cases = dict[str, tuple[tuple[Action, ...], tuple[Action, ...]]]


class Played:
    """Games played once: the same days without an action, or with the plainer one."""

    def __init__(self, seed: int) -> None:
        self.start = first_month(seed)
        self.start.advance(DAY)
        self.morning = first_month(seed)
        self.known: dict[tuple[Any, ...], Game] = {}

    def after(self, *more: Action, days: int, bots: bool = False) -> Game:
        """So many days after these actions."""
        key = (more, days, bots)
        if key not in self.known:
            self.known[key] = after(self.morning if bots else self.start, *more, days=days, bots=bots)
        return self.known[key]


@cache
def played(seed: int) -> Played:
    """The games of a seed, begun when they are first asked for."""
    return Played(seed)


def differs(what: str, cases: Cases, days: int, bots: bool) -> bool:
    """Whether the customers of some seed live otherwise with the one than with the other."""
    mine, others = cases[what]
    games = map(played, SEEDS)
    return any(
        lives(each.after(*mine, days=days, bots=bots)) != lives(each.after(*others, days=days, bots=bots))
        for each in games
    )


def setting(**values: Any) -> tuple[Action, ...]:
    return (ChangeSettings(**values),)


DRAWN: Cases = {  # who comes, and when: the actions, and those of the other copy
    "regions": (setting(regions=("city",)), ()),
    "name": (setting(name="A new name"), ()),
    "profile": (setting(profile="Who we are now"), ()),
    "a product's name": ((ChangeProduct(product="toner", name="Ink"),), ()),
    "a page": ((PublishPage(title="Toner", products=("toner",)),), ()),
    "news": ((PublishPage(title="News", news=True),), ()),
    "a changed page": ((ChangePage(page="W1", text="What is new"),), ()),
    "a hidden page": ((HidePage(page="W1"),), ()),
    "an advert": ((ADVERT,), ()),
    "its medium": ((PlanAdvert(**{**TV, "medium": "web"}),), (ADVERT,)),
    "its budget": ((PlanAdvert(**{**TV, "budget": 400_000}),), (ADVERT,)),
    "its first day": ((PlanAdvert(**{**TV, "start": 3 * DAY}),), (ADVERT,)),
    "its last day": ((PlanAdvert(**{**TV, "end": DAY}),), (ADVERT,)),
    "its product": ((PlanAdvert(**{**TV, "product": "projector"}),), (ADVERT,)),
    "its message": ((PlanAdvert(**{**TV, "message": "speed"}),), (ADVERT,)),
    "its slogan": ((PlanAdvert(**{**TV, "slogan": "Prints while you blink"}),), (ADVERT,)),
    "a stopped advert": ((ADVERT, StopAdvert(advert="A3")), (ADVERT,)),
    "an activity": ((BOOTH,), ()),
    "its offer": ((PlanPromotion(**{**FAIR, "offer": 0}),), (BOOTH,)),
    "its days": ((PlanPromotion(**{**FAIR, "start": 3 * DAY}),), (BOOTH,)),
    "its end": ((PlanPromotion(**{**FAIR, "end": 3 * DAY}),), (BOOTH,)),
}
TREATED: Cases = {  # what customers meet with in the company
    "discount limit": (setting(discount_limit=0), ()),
    "credit limit": (setting(credit_limit=100_000), ()),
    "return days": (setting(return_days=0), ()),
    "first contact": (setting(first_contact_minutes=60), ()),
    "first answer": (setting(first_answer_minutes=10), ()),
    "terms": (setting(terms=("days_10",)), ()),
    "price": ((ChangeProduct(product="toner", price=60_000),), ()),
    "withdrawn": ((WithdrawProduct(product="toner"),), ()),
    "a colleague's region": ((ChangeStaff(staff="sales-1", region="riverside"),), ()),
    "a colleague's knowledge": ((ChangeStaff(staff="sales-1", knows=("toner", "projector")),), ()),
    "a colleague's load": ((ChangeStaff(staff="sales-1", capacity=1),), ()),
    "a colleague's duties": ((ChangeStaff(staff="sales-1", duties=("service",)),), ()),
    "for what role": ((AddStaff(name="Lin", role="promoter"),), (HIRED,)),
    "with what knowledge": ((AddStaff(name="Lin", role="sales", knows=("printer",)),), (HIRED,)),
    "dismissal": ((DismissStaff(staff="sales-1"),), ()),
    "who stands at the booth": ((PlanPromotion(**{**FAIR, "staff": ("sales-1",)}),), (BOOTH,)),
    "a survey": ((SURVEY,), ()),
    "its questions": ((DesignSurvey(name="Long", questions="Are you content?\nAnd why?\n" * 4),), (SURVEY,)),
}


@pytest.mark.covers("DIR-1", "DIR-3", "DIR-4", "DIR-5", "DIR-7", "GAME-2")
@pytest.mark.parametrize("what", DRAWN)
def test_others_come_or_at_another_time(what: str) -> None:
    assert differs(what, DRAWN, 12, bots=False)


@pytest.mark.covers("DIR-1", "DIR-2", "DIR-3", "DIR-11", "GAME-2")
@pytest.mark.parametrize("what", TREATED)
def test_customers_decide_otherwise(what: str) -> None:
    assert differs(what, TREATED, 5, bots=True)


@pytest.mark.covers("DIR-7", "CUS-2")
def test_news_of_what_is_wanted_wins_the_trust_of_who_reads_it_before_asking() -> None:
    game = played(SEEDS[0])
    every = tuple(each.id for each in game.start.world.all(Product) if not each.withdrawn)
    shown = game.after(PublishPage(title="New in stock", products=every), days=12)
    plain = {each.id: each for each in customers(game.after(days=12))}
    readers = [each for each in customers(shown) if any("website" in str(moment.words) for moment in each.story)]
    alike = [each for each in readers if each.aware == plain[each.id].aware and each.trust]  # waiting leaves many none
    assert alike and all(each.trust > plain[each.id].trust for each in alike)
    assert not any("website" in str(moment.words) for each in plain.values() for moment in each.story)


FIGURES: Cases = {  # what shows in the books at once
    "hiring": ((HIRED,), ()),
    "a wage": ((ChangeStaff(staff="sales-1", wage=90_000),), ()),
    "goods ordered": ((RestockProduct(product="copier", quantity=5),), ()),
}


@pytest.mark.covers("DIR-2", "DIR-3", "DIR-17")
@pytest.mark.parametrize("what", FIGURES)
def test_the_books_differ(what: str) -> None:
    mine, others = FIGURES[what]
    game = played(SEEDS[0])
    assert money(game.after(*mine, days=2)) != money(game.after(*others, days=2))


@pytest.mark.covers("DIR-5", "TALK-5")
@pytest.mark.parametrize(("product", "off"), [("", 100_000), ("pump", 100_000), ("filter", 0)])
def test_a_deal_at_the_booth_is_made_at_its_offer(product: str, off: int) -> None:
    game = stage(30, fair={"first_day": 1, "last_day": 3})
    must(game, "director", PlanPromotion(name="Fair", offer=100_000, start=0, end=2 * DAY, product=product))
    game.advance(30)
    customer = next(each for each in customers(game) if each.wants == "pump")
    talk = comes(game, customer.id, "booth")
    must(game, "promoter", Speak(talk=talk, move="quote", product="pump", amount=100_000))
    must(game, customer.id, Reply(talk=talk, move="agree", topic="order"))
    agreement = game.world.get(Talk, talk).agreement
    assert agreement is not None and agreement.unit_price == 100_000 * (1_000_000 - off) // 1_000_000


@pytest.mark.covers("DIR-1", "DIR-5")
def test_an_offer_binds_like_a_discount() -> None:
    game = stage(3, fair={"first_day": 1, "last_day": 3})
    too_much = PlanPromotion(name="Fair", offer=100_001, start=0, end=2 * DAY)
    assert "the limit is" in str(game.refusal("director", too_much))
