"""What may be chosen in a game is what the scenario's dictionaries say."""

from __future__ import annotations

import pytest

from crmsim.engine.action import fields_of
from crmsim.engine.kinds import Choice
from crmsim.game.game import Game
from crmsim.roles import ACTIONS
from crmsim.scenarios.checker import check
from crmsim.scenarios.loader import read_scenario_file, scenario_path

OWN = """
[dictionaries]
types = [
    { id = "company", name = "Company" }, { id = "public", name = "Public" }, { id = "club", name = "Club" },
]
sources = [{ id = "radio", name = "Radio" }, { id = "book", name = "Book" }]
statuses = [{ id = "lead", name = "Lead" }, { id = "warm", name = "Warm" }, { id = "won", name = "Won" }]
dismiss_reasons = [{ id = "prank", name = "Prank" }]
lost_reasons = [{ id = "moon", name = "The moon" }]
"""


@pytest.mark.covers("REG-5")
def test_the_words_of_actions_are_the_scenario_s() -> None:
    scenario = check(read_scenario_file(scenario_path("first_day")) + OWN.encode()).scenario
    assert scenario is not None
    game = Game(scenario, seed=1)
    offered: dict[str, set[str]] = {}
    for seat in ("director", "reception", "sales-1"):
        view = game.view(seat)
        for action in ACTIONS:
            if not set(action.roles) & set(view.seat.roles):
                continue
            for field in fields_of(action).values():
                if isinstance(field.kind, Choice) and callable(field.kind.words):
                    key = str(field.kind.label)
                    offered.setdefault(key, set()).update(each.value for each in field.kind.options(view, {}))
    assert {"company", "public", "club"} == offered["Type"]
    assert "radio" in offered["Source"] and not {"tv", "newspaper"} & offered["Source"]
    assert "warm" in offered["Status"] and "moon" in offered["Reason of the loss"]
    assert "prank" in set().union(*offered.values()) and "junk" not in set().union(*offered.values())
