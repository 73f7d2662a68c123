"""The games that several flows are looked for in, played once."""

from __future__ import annotations

import pytest

from crmsim.bots import crew
from crmsim.game import Game
from tests.flows.playing import first_month


@pytest.fixture(scope="session")
def eventful() -> Game:
    """A month played by competent bots, among customers whose goods often fail and who say how it was."""
    scenario = first_month(seeks_help=1_000_000, feedback=1_000_000)
    game = Game(scenario, 1, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.run_to_end()
    return game
