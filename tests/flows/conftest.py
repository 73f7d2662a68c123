"""The games that several flows are looked for in, played once."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.engine.action import Action
from crmsim.game import Game
from crmsim.game.journal import Entry
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario
from tests.flows.playing import BUYER, first_month
from tests.flows.trying import begins, tries


class Watched(Game):
    """A game that notes which kinds of action were carried out, by whomever."""

    @property
    def done(self) -> dict[type[Action], None]:
        found: dict[type[Action], None] = self.__dict__.setdefault("_done", {})
        return found

    def act(self, seat: str, action: Action) -> bool:
        acted = super().act(seat, action)
        if acted:
            self.done[type(action)] = None
        return acted

    def _carry_out(self, entry: Entry) -> Any:
        facts = super()._carry_out(entry)
        self.done[type(entry.action)] = None
        return facts


def watched(scenario: Scenario, level: str, seed: int = 1, **holders: str) -> Watched:
    seats = [each.id for each in scenario.seats]
    return Watched(scenario, seed, players=crew(scenario, level, seats), holders=holders)


@pytest.fixture(scope="session")
def eventful() -> Game:
    """A month played by competent bots, among customers whose goods often fail and who say how it was."""
    game = watched(first_month(seeks_help=1_000_000, feedback=1_000_000), "competent", seed=3)
    game.run_to_end()
    return game


@pytest.fixture(scope="session")
def competent() -> Watched:
    """The month as it is, played by competent bots; on the way everything else is tried on copies of it."""
    game = watched(first_month(), "competent")
    while not game.ended:
        tries(game, game.done)
        game.advance(31 * 60)  # every other stop at another time of the day
    return game


@pytest.fixture(scope="session")
def novice() -> Watched:
    """The month played by novices, on a seed where a customer will not sign what it was sent."""
    game = watched(first_month(), "novice", seed=2)
    game.run_to_end()
    return game


@pytest.fixture(scope="session")
def neglected() -> Watched:
    """A month and a half in which a few things were begun and then nobody came to work."""
    start = Watched(first_month(), 1, holders={BUYER: "student"})
    start.advance(3 * 60)
    begins(start)
    tries(start, start.done)
    game = start.fork(days=40)
    game.__class__ = Watched
    game.advance_to(game.end_minute - 1)
    return game  # type: ignore[return-value]


@pytest.fixture(scope="session")
def applied(competent: Watched, eventful: Watched, novice: Watched, neglected: Watched) -> dict[type[Action], None]:
    """The kinds of action that were carried out in some played game, or could be in a copy of it."""
    day = watched(load_scenario("first_day"), "competent", **{BUYER: "student"})
    while not day.ended:
        tries(day, day.done)
        day.advance(60)
    hand = watched(load_scenario("first_day+manual"), "competent")
    while not hand.ended:
        tries(hand, hand.done)
        hand.advance(180)
    return {**hand.done, **eventful.done, **competent.done, **novice.done, **neglected.done, **day.done}
