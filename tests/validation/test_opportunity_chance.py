"""The chance that an opportunity shows, held against what became of it.

CRMSIM_GAMES sets how many games: ten for each of the CRMSIM_SEEDS (20) by default. docs/chances.md has the figures.
"""

from __future__ import annotations

import os
import random

import pytest

from crmsim.calibration.chances import PPM, Case, bands, by_weights, cases, fit
from crmsim.calibration.validity import chosen_seeds
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.pipeline import ChancePart

FIRST = 1001  # seeds that the fit did not see
WANTED = {0: (0.0, 0.25), 200_000: (0.15, 0.45), 600_000: (0.55, 0.85), 800_000: (0.75, 1.0)}


@pytest.mark.validation
@pytest.mark.covers("OPP-2")
def test_of_deals_given_sixty_to_eighty_percent_about_that_share_is_won() -> None:
    games = int(os.environ.get("CRMSIM_GAMES", "0")) or 10 * len(chosen_seeds())
    scenario = load_scenario("first_month")
    found = [case for seed in range(FIRST, FIRST + games) for case in cases(scenario, seed)]
    for low, high, times, won in bands((case.shown, case.won) for case in found):
        if low in WANTED:
            least, most = WANTED[low]
            assert times >= 20, (low, high, times)
            assert least <= won / times <= most, (low, high, times, won)


@pytest.mark.covers("OPP-2")
def test_the_fit_finds_the_weights_that_drew_the_outcomes() -> None:
    luck = random.Random(7)
    part = ChancePart()
    names = ("agreed", "contract", "short", "enough", "rival", "authority", "doubt", "warm", "cool", "refused",
             "regular", "stuck", "overdue")  # fmt: skip
    true = {"base": 300_000, **{f"stages.{each}": 0 for each in part.stages}, **dict.fromkeys(names, 0)}
    true |= {"stages.proposal": 800_000, "agreed": 1_500_000, "doubt": -1_200_000}
    found = []
    for _number in range(4000):
        seen = tuple((name, int(luck.random() < 0.4)) for name in names)
        blank = Case(luck.choice(list(part.stages)), seen, 0, False)
        found.append(Case(blank.stage, seen, 0, luck.random() * PPM < by_weights(blank, true)))
    weights = fit(found, part)
    assert all(abs(weights[name] - value) < 250_000 for name, value in true.items()), weights
    middle = bands((by_weights(each, weights), each.won) for each in found)[3]
    assert 0.6 <= middle[3] / middle[2] <= 0.8
