"""Repeat buying in a played game of CDNOW's design: first purchases in weeks 0 to 12, calibration to week 39.

CRMSIM_SEEDS sets how many games of 600 customers are pooled (4 by default, about as many people as CDNOW's cohort).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from statistics import correlation, mean, median, stdev, variance

import pytest

from crmsim.crm.facts import GoodsReceived
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.scenarios.schema import Scenario
from tests.scenes import agree, customers, order, ship, tiny

pytestmark = [pytest.mark.validation, pytest.mark.covers("GAME-2")]
WEEK = 7 * DAY
Buys = list[tuple[int, int]]  # minute and value in fen, in order


def shop(size: int) -> Scenario:
    """A shop that serves whoever needs something at once, so that only the customers' own rates show."""
    part = {"read_minutes": 5, "sign_minutes": 1, "second_thoughts": 0}
    after = {"goes": 0, "delay": 0, "settle_minutes": 1, "feedback": 0}
    quiet = {"aware": 0, "junk": 0, "mouth": 0, "mouth_bad": 0, "wanting": 1_000_000, "need_days": 84}
    scenario = tiny(
        calendar={"days": 395, "weekdays": tuple(range(7)), "hours": (("00:00", "24:00"),)},
        company={"name": "Shop", "cash": 10**11},
        rivals=[],
        market={"size": size, "buying": part, "using": after, **quiet},
        fulfilment={"carrier_least": 5, "carrier_most": 10, "late": 0, "damaged": 0},
    )
    steady = {"faults": 0, "returns": 0, "late": 0, "never": 0, "rate_alpha_days": 31}
    wants = {"products": {"filter": 1}, "quantity": 20, "quantity_sigma": 730_000}
    return scenario.model_copy(update={"segments": (scenario.segments[0].model_copy(update={**steady, **wants}),)})


def played(seed: int, size: int = 600) -> list[Buys]:
    """Each customer's purchases."""
    game = Game(shop(size), seed)
    for product in game.world.all(Product):
        product.stock = 10**7
    while not game.ended:
        game.advance(DAY)
        if game.ended:
            break
        for each in customers(game):
            if each.wants and each.stage in {"seeking", "waiting"}:
                agree(game, each, product=each.wants, quantity=each.quantity)
                order(game, each, each.wants, each.quantity)
                each.stage = "weighing"
        ship(game)
    found: dict[str, Buys] = {}
    for fact in game.facts:
        if isinstance(fact, GoodsReceived):
            total = game.world.get(Order, fact.order).total
            found.setdefault(fact.customer, []).append((fact.minute, total))
    return [buys for buys in found.values() if buys[0][0] < 13 * WEEK]


@pytest.fixture(scope="module")
def cohort() -> Iterator[list[Buys]]:
    seeds = range(1, int(os.environ.get("CRMSIM_SEEDS", "4")) + 1)
    yield [buys for seed in seeds for buys in played(seed)]


def repeats(cohort: list[Buys]) -> list[int]:
    return [sum(minute <= 39 * WEEK for minute, _value in buys[1:]) for buys in cohort]


def test_most_never_come_back_and_a_few_come_often(cohort: list[Buys]) -> None:
    """Rows 1 to 4. Pooled over about 2,400 customers the bands are those of CDNOW's 2,357."""
    counts = repeats(cohort)
    size = len(counts)
    assert 0.579 < counts.count(0) / size < 0.615
    assert 0.985 < mean(counts) < 1.147
    assert 0.180 < counts.count(1) / size < 0.210
    assert 0.023 < sum(each >= 7 for each in counts) / size < 0.038
    assert 3.99 < variance(counts) < 6.52


def test_the_past_tells_the_future_with_regression_to_the_mean(cohort: list[Buys]) -> None:
    """Row 7, as an order: the next 17 weeks rise with the past 39, by less than in proportion."""
    groups: dict[int, list[int]] = {}
    for buys, past in zip(cohort, repeats(cohort), strict=True):
        groups.setdefault(min(past, 4), []).append(sum(minute > 39 * WEEK for minute, _value in buys))
    future = [mean(groups[past]) for past in range(5)]
    assert future == sorted(future)
    assert all(future[past] < past for past in range(2, 5))


def test_revenue_is_concentrated(cohort: list[Buys]) -> None:
    """Row 9: the top fifth of customers bring 60 to 75%."""
    spent = sorted((sum(value for _minute, value in buys) for buys in cohort), reverse=True)
    assert 0.60 < sum(spent[: len(spent) // 5]) / sum(spent) < 0.75


def test_order_values_are_skewed_and_nearly_independent_of_frequency(cohort: list[Buys]) -> None:
    """Row 10."""
    values = [value for buys in cohort for _minute, value in buys]
    assert 0.65 < median(values) / mean(values) < 0.85
    often = [float(len(buys)) for buys in cohort]
    assert abs(correlation(often, [mean(value for _minute, value in buys) for buys in cohort])) < 0.2


def test_gaps_between_orders_vary_more_than_chance_would(cohort: list[Buys]) -> None:
    """Row 11: a coefficient of variation above 1."""
    gaps = [b[0] - a[0] for buys in cohort for a, b in pairwise(buys)]
    assert stdev(gaps) / mean(gaps) > 1
