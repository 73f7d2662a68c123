"""Companies of bots, played once a session and graded."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.game import Game
from crmsim.game.journal import ABOUT_THE_GAME
from crmsim.grading import grade_game
from crmsim.grading.report import Report
from crmsim.scenarios.loader import load_scenario, scenario_of
from crmsim.scenarios.schema import Scenario

SEED = 3


@cache
def month() -> Scenario:
    return load_scenario("first_month")


@cache
def week() -> Scenario:
    """The first month cut down to six days."""
    data = month().model_dump(mode="json")
    data["calendar"]["days"] = 6
    data["events"] = ()
    data["acts"] = ()
    return scenario_of(data)


@cache
def played(level: str, scenario: str = "week", seed: int = SEED) -> Game:
    chosen = month() if scenario == "month" else week()
    game = Game(chosen, seed, players=crew(chosen, level, [each.id for each in chosen.seats]))
    game.run_to_end()
    return game


@cache
def graded(level: str, scenario: str = "week", seed: int = SEED) -> Report:
    return grade_game(played(level, scenario, seed))


@pytest.fixture(scope="session")
def expert_month() -> Report:
    return graded("expert", "month")


def scores(report: Report) -> dict[str, int]:
    return {each.seat: each.score for each in report.seats if each.score is not None}


def mean(report: Report) -> float:
    """The company's handling: a seat with nothing to show for itself has earned nothing."""
    return sum(each.score or 0 for each in report.seats) / len(report.seats) / 100


def without(game: Game, dropped: set[int], extra: dict[int, list[Any]] | None = None) -> Game:
    """The same journal without some entries, or with others after them; what is refused then falls away."""
    other = Game(game.scenario, game.seed, cast=game.cast, holders=game.first_holders)
    for entry in game.journal:
        other.live_to(entry.minute)
        mine = [] if entry.number in dropped or isinstance(entry.action, ABOUT_THE_GAME) else [entry.action]
        for action in mine + (extra or {}).get(entry.number, []):
            if other.refusal(entry.seat, action) is None:
                other._enter(entry.seat, entry.by, action)
    other.run_to_end()
    return other
