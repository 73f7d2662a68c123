"""A short game played by whim: every kind of action that is open gets its turn, by keyed chance."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from crmsim.engine.action import Action, LegalActions, offered, refusal
from crmsim.engine.luck import Luck
from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario


class Whim:
    """Does whatever comes to its mind among what is legal."""

    level = "random"
    rest = 0

    def __init__(self, seed: int = 1, most: int = 400) -> None:
        self.luck, self.left = Luck(seed), most

    def choose(self, view: Any, legal: LegalActions) -> Action | None:
        self.left -= 1
        if self.left < 0:
            return None
        kinds = sorted(legal.actions, key=lambda kind: self.luck.bits(view.seat.id, kind.__name__, view.minute))
        for kind in kinds[:6]:
            for action in islice(offered(kind, view), 4):
                if refusal(action, view) is None:
                    return action
        return None


@pytest.fixture(scope="session")
def day() -> Scenario:
    return load_scenario("first_day")


@pytest.fixture
def played(day: Scenario) -> Game:
    return whimsical(day)


def whimsical(scenario: Scenario, seed: int = 5, minutes: int | None = None, **settings: Any) -> Game:
    game = Game(scenario, seed, players={each.id: Whim(seed) for each in scenario.seats}, **settings)
    if minutes is None:
        game.run_to_end()
    else:
        game.advance(minutes)
    return game


@pytest.fixture
def whim() -> Any:
    return whimsical
