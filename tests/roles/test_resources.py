"""The resource centre: flows told step by step, and the dictionaries of the scenario."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.engine.words import render
from crmsim.game import Game
from crmsim.roles.resources import FLOWS, FLOWS_TABLE, WORDS, Flow
from crmsim.scenarios.loader import load_scenario
from tests.scenes import tiny


@pytest.mark.covers("FLO-2", "FLO-5")
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_every_step_of_a_flow_is_an_action_of_its_role(flow: Flow) -> None:
    assert all(each.role in each.action.roles for each in flow.steps)
    lines = render(flow.text, "zh").splitlines()
    assert [line.split(".")[0] for line in lines] == [str(at) for at in range(1, len(flow.steps) + 1)]


def cells(game: Game, table: Any, seat: str = "director") -> list[list[str]]:
    view = game.view(seat)
    return [[render(each.value(row, view), "zh") for each in table.columns] for row in table.rows(view)]


@pytest.mark.covers("REG-5", "GAME-10")
def test_the_dictionaries_are_the_scenario_s() -> None:
    rows = cells(Game(load_scenario("first_month"), 1), WORDS)
    assert ["客户状态", "潜在"] in rows and "区域" in {each[0] for each in rows}
    assert not {"tempers", "干脆"} & {cell for row in rows for cell in row}  # what people are like is not told
    own = tiny(dictionaries={"colours": [{"id": "red", "name": {"en": "Red", "zh": "红"}}]})
    assert ["colours", "红"] in cells(Game(own, 1), WORDS)
    assert FLOWS_TABLE.rows(None) == FLOWS
