"""Every kind of action is carried out in a played game; and whatever is done, money is kept and copies agree."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmsim.engine.action import Action, offered, refusal
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles import ACTIONS
from crmsim.scenarios.loader import load_scenario

NEVER = {  # what bots and simulated customers never bring about in a month; test_mishaps.py does
    "LapseContract": "a simulated customer always answers a contract",
    "PresumeReceipt": "a simulated customer always opens the door",
    "WriteOffDebt": "a debt is written off thirty days after it was late",
}


@pytest.mark.covers("GAME-12", "CUS-1", "CUS-2")
@pytest.mark.parametrize("kind", ACTIONS, ids=lambda kind: kind.__name__)
def test_each_kind_of_action_is_carried_out_in_a_played_game(
    kind: type[Action], applied: dict[type[Action], None]
) -> None:
    assert (kind in applied) == (kind.__name__ not in NEVER), NEVER.get(kind.__name__)


DAY_SCENARIO = load_scenario("first_day")
SEATS = (*(each.id for each in DAY_SCENARIO.seats), "customer-1")


def choice(game: Game, seat: str, which: int) -> Action | None:
    """One of the things that are legal for a seat now."""
    legal = game.legal_actions(seat)
    kinds = legal.actions
    for step in range(len(kinds)):
        kind = kinds[(which + step) % len(kinds)]
        for action in islice(offered(kind, legal.view), 3):
            if refusal(action, legal.view) is None:
                return action
    return None


@pytest.mark.covers("GAME-7", "FLO-10")
@settings(max_examples=8)
@given(
    seed=st.integers(0, 50),
    picks=st.lists(
        st.tuples(st.sampled_from(SEATS), st.integers(0, 60), st.integers(1, 40)), min_size=5, max_size=18
    ),
)  # fmt: skip
def test_money_is_kept_replay_is_play_and_a_copy_goes_on_alike(seed: int, picks: list[Any]) -> None:
    game = Game(DAY_SCENARIO, seed, holders=dict.fromkeys(SEATS, "student"))
    for seat, which, minutes in picks:
        if game.ended:
            break
        action = choice(game, seat, which)
        if action is not None:
            game.apply(seat, action)
        assert sum(game.world.ledger.balances.values()) == 0
        game.advance(minutes)
    told = replay_entries(game.header(), game.journal)
    assert told.digest() == game.digest()
    twin = game.fork()
    for each in (game, twin):
        each.run_to_end()
    assert twin.digest() == game.digest()
    assert sum(game.world.ledger.balances.values()) == 0
