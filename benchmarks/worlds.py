"""The games that rows are measured on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from crmsim.bots import crew
from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario, scenario_from_text, scenario_text
from crmsim.scenarios.schema import Scenario
from crmsim.store.savefile import keep

NAME, SEED = "first_month", 1


@cache
def market_of(size: int, working_days: int, reviewed: int = 0) -> Scenario:
    """The default scenario with another market and another length, perhaps with fewer decisions to review."""
    data = json.loads(scenario_text(load_scenario(NAME)))
    data["market"]["size"], data["calendar"]["days"] = size, working_days
    data["review"]["decisions"] = reviewed or data["review"]["decisions"]
    data["book"]["customers"] = min(data["book"]["customers"], size // 2)
    return scenario_from_text(json.dumps(data))


def company(level: str = "competent", days: int = 0) -> Game:
    """The default scenario with a bot in every seat, on its first minute."""
    scenario = load_scenario(NAME) if not days else market_of(load_scenario(NAME).market.size, days, reviewed=4)
    return Game(scenario, SEED, players=crew(scenario, level, [each.id for each in scenario.seats]))


@cache
def played(days: int = 0) -> tuple[Game, Path]:
    """A lab of some 2,000 actions, played to its end and kept in a file."""
    path = Path(mkdtemp(prefix="crmsim-bench-")) / "lab.crmsim"
    game = company(days=days)
    game.keeper = keeper = keep(game, path)
    game.run_to_end()
    keeper.close(game)
    game.keeper = None
    return game, path
