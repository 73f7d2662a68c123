"""Care costs and pleases or annoys; rewards bring recommendations; what fits is offered and may be needed."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.care import Care, Programme, fits_next
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CareGiven, CrossOffered, CustomerArrived, CustomerLeft, Recommended, RewardPaid
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.record import Record
from crmsim.engine.action import refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles import TABLES
from crmsim.roles.caring import CloseReferral, GiveCare, OfferCross, OpenReferral
from tests.roles.back_office import WHO, must, quiet_game
from tests.scenes import facts, story, tiny, tiny_data

FITTING = [{**each, "fits_with": ["filter"]} if each["id"] == "pump" else each for each in tiny_data()["products"]]


def free(**changes: Any) -> Game:
    """A quiet game whose customers move by themselves once something happens to them."""
    game = quiet_game(**changes)
    game.world.deputies.clear()
    return game


def bought(game: Game, product: str = "pump", satisfaction: int = 900_000) -> Customer:
    """p1 has bought something and is content."""
    lines = (OrderLine(product, 1, 100_000),)
    game.world.add(Order("O9", customer=WHO, record="C1", owner="sales-1", lines=lines, status="received", answered=1))
    game.world.get(Record, "C1").status = "won"
    customer = game.world.get(Customer, WHO)
    customer.satisfaction, customer.stage, customer.purchases, customer.aware = satisfaction, "using", 1, 0
    return customer


def care(game: Game, kind: str = "greeting") -> None:
    must(game, "sales-1", GiveCare(kind=kind, records=("C1",)))


@pytest.mark.covers("LOY-1")
@pytest.mark.parametrize("kind", ["greeting", "points", "gift"])
def test_care_costs_and_pleases_less_each_time(kind: str) -> None:
    game = free()
    customer = bought(game, satisfaction=500_000)
    cash, gains = game.world.ledger.balance("cash"), []
    for _time in range(3):
        before = customer.satisfaction
        care(game, kind)
        gains.append(customer.satisfaction - before)
        game.advance(7 * DAY)
    assert gains[0] > gains[1] > gains[2] > 0
    spent = sum(each.cost for each in facts(game, CareGiven))
    assert spent == 3 * getattr(game.scenario.care, f"{kind}_cost")
    assert game.world.ledger.balance("service_cost") == spent and cash - game.world.ledger.balance("cash") >= spent


@pytest.mark.covers("LOY-1")
def test_too_much_annoys_until_the_customer_turns_away() -> None:
    game = free(care={"annoys": 200_000})
    customer = bought(game)
    care(game)
    pleased = customer.satisfaction
    with_one = refusal(GiveCare(kind="gift", records=("C1",)), game.view("sales-1"))
    assert with_one is not None and "today" in str(with_one)
    for _day in range(2):
        game.advance(DAY)
        care(game, "gift")
    assert customer.satisfaction < pleased and "too much" in story(game, customer)
    assert facts(game, CustomerLeft, customer=WHO, reason="pestered")


@pytest.mark.covers("LOY-1", "TSK-4")
def test_a_birthday_is_the_best_day() -> None:
    gains = []
    for day in (0, 9):
        game = free()
        customer = bought(game, satisfaction=500_000)
        game.world.get(Record, "C1").birthday = (game.minute // DAY + day) * DAY
        care(game)
        gains.append(customer.satisfaction - 500_000)
    assert gains[0] == 2 * gains[1] > 0


@pytest.mark.covers("LOY-1", "TSK-4")
def test_a_birthday_is_an_occasion_of_its_own() -> None:
    game = free()
    customer = bought(game, satisfaction=500_000)
    game.world.get(Record, "C1").birthday = (game.minute // DAY + 1) * DAY + DAY
    care(game)
    game.advance(2 * DAY)
    felt = customer.satisfaction
    care(game)
    assert customer.satisfaction > felt  # although it was greeted two days before


@pytest.mark.covers("LOY-1")
def test_care_effects_stay_small_beside_what_customers_are() -> None:
    part = tiny().care
    assert 2 * max(part.greeting, part.points, part.gift) <= 50_000  # row 33: a treatment moves less than types differ


@pytest.mark.covers("LOY-1")
def test_a_special_offer_brings_some_to_a_need_and_all_to_expect_it() -> None:
    game = free(care={"offer_moves": 1_000_000})
    customer = bought(game)
    care(game, "offer")
    assert customer.expected_discount == game.scenario.care.offer and customer.wants
    game.advance(6 * DAY)
    assert facts(game, CustomerArrived, customer=WHO)
    other = free(care={"offer_moves": 1_000_000})
    unhappy = bought(other, satisfaction=300_000)
    care(other, "offer")
    assert unhappy.expected_discount and not unhappy.wants


@pytest.mark.covers("LOY-1")
def test_care_is_for_customers_one_may_write_to() -> None:
    game = free()
    bought(game)
    view = game.view("sales-1")
    for records in ((), ("C2",), ("C99",), ("C1", "C1")):
        assert refusal(GiveCare(kind="greeting", records=records), view) is not None
    assert refusal(GiveCare(kind="party", records=("C1",)), view) is not None
    assert refusal(GiveCare(kind="greeting", records=("C1", "C2")), game.view("service-1")) is None
    assert refusal(GiveCare(kind="greeting", records=("C1",)), free(tools={"care": False}).view("sales-1")) is not None


@pytest.mark.covers("LOY-2")
def test_a_reward_makes_pleased_customers_recommend_and_is_paid_once() -> None:
    game = free(care={"recommends": 1_000_000})
    customer = bought(game)
    must(game, "director", OpenReferral(reward=50_000))
    assert not game.act("director", OpenReferral(reward=50_000))
    game.advance(12 * DAY)
    told = [each for each in facts(game, Recommended, customer=WHO) if each.kind]
    assert len(told) == 1
    before, felt = game.world.ledger.balance("advertising"), customer.satisfaction
    for _twice in range(2):
        game.world.record(CustomerArrived(customer=told[0].other, channel="email", source="friends", talk=""))
        game.advance(10)
    paid = facts(game, RewardPaid)
    assert [(each.customer, each.amount) for each in paid] == [(WHO, 50_000)]
    assert game.world.ledger.balance("advertising") - before == 50_000 and customer.satisfaction > felt
    must(game, "director", CloseReferral(programme=next(game.world.all(Programme)).id))
    assert not game.act("director", CloseReferral(programme=next(game.world.all(Programme)).id))


@pytest.mark.covers("LOY-2")
@pytest.mark.parametrize(("opened", "satisfaction"), [(False, 900_000), (True, 500_000)])
def test_without_reward_or_pleasure_nobody_speaks(opened: bool, satisfaction: int) -> None:
    game = free(care={"recommends": 1_000_000})
    bought(game, satisfaction=satisfaction)
    if opened:
        must(game, "director", OpenReferral(reward=50_000))
    game.advance(12 * DAY)
    assert not facts(game, Recommended)


@pytest.mark.covers("LOY-3")
def test_what_fits_is_suggested_offered_and_may_be_needed() -> None:
    game = free(products=FITTING, care={"cross": 1_000_000})
    customer = bought(game, satisfaction=1_000_000)
    view = game.view("sales-1")
    assert fits_next(view, view.get(Record, "C1")) == ["filter"]
    table = next(each for each in TABLES if each.id == "cross-selling")
    assert [row.id for row in table.rows(view)] == ["C1"] and not list(table.rows(game.view("sales-2")))
    must(game, "sales-1", OfferCross(record="C1", product="filter"))
    assert facts(game, CrossOffered) and next(game.world.all(Care)).product == "filter"
    game.advance(2 * DAY)
    assert customer.wants == "filter" and facts(game, CustomerArrived, customer=WHO)
    late = refusal(OfferCross(record="C1", product="filter"), game.view("sales-1"))
    assert late is not None and "lately" in str(late)


@pytest.mark.covers("LOY-3")
def test_what_does_not_fit_is_refused_or_annoys() -> None:
    game = free(products=FITTING, care={"cross": 0})
    customer = bought(game)
    assert refusal(OfferCross(record="C1", product="pump"), game.view("sales-1")) is not None
    assert refusal(OfferCross(record="C2", product="filter"), game.view("sales-2")) is not None
    must(game, "sales-1", OfferCross(record="C1", product="filter"))
    game.advance(4 * DAY)
    assert customer.annoyance > 0 and not customer.wants


@pytest.mark.covers("GAME-6")
def test_competent_hands_follow_up_and_care_novices_do_not_and_it_replays() -> None:
    done: dict[str, set[str]] = {}
    for level in ("novice", "competent"):
        scenario = tiny(
            book={"customers": 12, "receivables": 2, "late_receivables": 1}, market={"size": 20}, products=FITTING,
            calendar={"days": 10}, classes={"b_from": 1},
        )  # fmt: skip
        game = Game(scenario, 3, players=crew(scenario, level, [each.id for each in scenario.seats]))
        game.run_to_end()
        done[level] = {type(each.action).__name__ for each in game.journal}
        again = replay_entries(game.header(), game.journal)
        assert again.digest() == game.digest()
    caring = {"GiveCare", "OfferCross", "OpenReferral", "OfferRenewal"}
    assert done["competent"] & caring >= {"OpenReferral", "OfferCross"} and not done["novice"] & caring
