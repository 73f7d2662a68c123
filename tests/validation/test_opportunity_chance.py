"""The chance that an opportunity shows, held against what became of it.

CRMSIM_GAMES sets how many games: six for each of the CRMSIM_SEEDS (20) by default.
"""

from __future__ import annotations

import os

import pytest

from crmsim.bots import crew
from crmsim.calibration.validity import chosen_seeds
from crmsim.crm.facts import OpportunityOpened, StageMoved
from crmsim.crm.opportunity import Opportunity
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario

pytestmark = [pytest.mark.validation, pytest.mark.covers("OPP-2")]
FIRST = 1001  # seeds that the fit did not see


def given(games: int) -> list[tuple[int, bool]]:
    """Each chance as it was given when a deal was opened or moved, and whether the deal was won."""
    scenario, found = load_scenario("first_month"), []
    for seed in range(FIRST, FIRST + games):
        level = "expert" if seed % 3 == 0 else "competent"
        game = Game(scenario, seed, players=crew(scenario, level, (each.id for each in scenario.seats)))
        game.run_to_end()
        for fact in game.facts:
            if isinstance(fact, OpportunityOpened | StageMoved):
                row = game.world.get(Opportunity, fact.opportunity)
                if row.settled >= 0 or row.close + DAY < game.minute:
                    found.append((fact.chance, row.stage == "won"))
    return found


def test_of_deals_given_sixty_to_eighty_percent_about_that_share_is_won() -> None:
    cases = given(int(os.environ.get("CRMSIM_GAMES", "0")) or 6 * len(chosen_seeds()))
    bands = ((600_000, 800_000, 0.55, 0.85), (0, 400_000, 0.0, 0.45), (800_000, 1_000_001, 0.75, 1.0))
    for low, high, least, most in bands:
        won = [yes for chance, yes in cases if low <= chance < high]
        assert len(won) >= 20, (low, len(won))
        assert least <= sum(won) / len(won) <= most, (low, sum(won) / len(won), len(won))
