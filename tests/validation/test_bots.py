"""Levels, habits and pure ways of handling over many seeds, paired by seed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from crmsim.bots.habits import COMPETENT, NOVICE, THIN, THOROUGH, without
from crmsim.calibration import Played, panel, value
from crmsim.scenarios.loader import load_scenario

pytestmark = pytest.mark.validation
SEEDS = int(os.environ.get("CRMSIM_SEEDS", "30"))
LADDER = ("expert", "competent", "novice", "idle")
SEATS = {
    "director": ("director",),
    "promoter": ("promoter",),
    "reception": ("reception",),
    "prospector": ("prospector",),
    "sales": ("sales-1", "sales-2"),
    "service": ("service",),
}


def share(better: list[Played], worse: list[Played], figure: Callable[[Played], int]) -> float:
    """In which share of the seeds the first did better."""
    return sum(figure(one) > figure(other) for one, other in zip(better, worse, strict=True)) / len(better)


def needed(wanted: float, seeds: int) -> float:
    """The share to ask for; with few seeds one of them may go the other way."""
    return wanted if seeds >= 20 else max(0.0, (int(wanted * seeds) - (seeds < 5)) / seeds)


@pytest.mark.covers("GAME-3", "GAME-14")
@pytest.mark.parametrize(("better", "worse"), list(pairwise(LADDER)))
def test_each_level_beats_the_next(better: str, worse: str) -> None:
    found = panel(load_scenario("first_month"), LADDER, range(1, SEEDS + 1))
    least = needed(0.9, SEEDS)
    assert share(found[better], found[worse], lambda each: each.satisfaction) >= least
    assert share(found[better], found[worse], lambda each: each.profit) >= least


@pytest.mark.covers("GAME-3")
@pytest.mark.parametrize("seat", list(SEATS))
@pytest.mark.parametrize("way", ["thin", "thorough"])
def test_each_pure_way_loses_to_the_mix(seat: str, way: str) -> None:
    seeds = min(20, SEEDS)
    pure = {"thin": THIN, "thorough": THOROUGH}[way]
    companies = {"mix": "competent", "pure": {"": "competent"} | dict.fromkeys(SEATS[seat], pure)}
    found = panel(load_scenario("first_month"), companies, range(1, seeds + 1), later=False)
    assert share(found["mix"], found["pure"], value) >= needed(0.8, seeds)


@pytest.mark.covers("GAME-3")
def test_answering_in_order_of_arrival_costs_satisfaction() -> None:
    seeds = min(20, SEEDS)
    companies = {"urgency": COMPETENT, "arrival": without(COMPETENT, by_urgency=False)}
    found = panel(load_scenario("first_month"), companies, range(1, seeds + 1), later=False)
    lost = sum(
        late.satisfaction <= 0.95 * soon.satisfaction
        for soon, late in zip(found["urgency"], found["arrival"], strict=True)
    )
    assert lost >= needed(0.8, seeds) * seeds


@pytest.mark.covers("GAME-3")
@pytest.mark.parametrize("habit", ["rest", "needs_first", "follows_up", "holds_price", "reviews"])
def test_switching_a_bad_habit_off_improves_a_novice(habit: str) -> None:
    seeds = min(20, SEEDS)
    better = replace(NOVICE, **{habit: getattr(COMPETENT, habit)})
    found = panel(load_scenario("first_month"), {"novice": NOVICE, "better": better}, range(1, seeds + 1), later=False)
    assert sum(map(value, found["better"])) > sum(map(value, found["novice"]))


@pytest.mark.covers("GAME-3")
def test_contacts_and_conversion_of_a_competent_company() -> None:
    plays = panel(load_scenario("first_month"), ["competent"], range(1, SEEDS + 1))["competent"]
    contacts = sum(each.figures["arrived"] for each in plays) / len(plays)
    conversion = sum(each.figures["conversion"] for each in plays) / len(plays)
    assert 35 <= contacts <= 65
    assert 200_000 <= conversion <= 400_000
    assert sum(each.figures["operating_profit"] for each in plays) > 0
