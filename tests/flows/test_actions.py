"""Every kind of action is carried out in a played game."""

from __future__ import annotations

import pytest

from crmsim.engine.action import Action
from crmsim.roles import ACTIONS

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
