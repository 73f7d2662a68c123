"""The company's result in a student's mark: a share of at most 30%, as the scenario or the instructor says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.engine.errors import ScenarioError
from crmsim.game import Game
from crmsim.scenarios.loader import scenario_of
from crmsim.store.savefile import save

from .conftest import month

STUDENT = "2025001"


@cache
def played(share: int) -> Game:
    data = month().model_dump(mode="json")
    data["calendar"]["days"], data["epilogue_days"], data["outcome_share"] = 5, 1, share
    data["events"], data["acts"] = (), ()
    scenario = scenario_of(data)
    players = crew(scenario, "novice", [each.id for each in scenario.seats])
    game = Game(scenario, 3, players=players, student=STUDENT, holders={"reception": STUDENT})
    game.run_to_end()
    return game


@pytest.mark.covers("GAME-4", "CTL-2")
def test_the_result_counts_by_its_share_beside_the_handling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    save(played(20), tmp_path / "lab.crmsim")
    assert run(["grade", str(tmp_path / "lab.crmsim"), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    handling = next(each["score"] for each in record["seats"] if each["holder"] == STUDENT)
    outcome = record["outcome"]["score"]
    assert record["outcome_share"] == 20 and 0 <= outcome <= 100 and abs(outcome - handling) > 1

    def final(*words: str) -> str:
        assert run(["grade", str(tmp_path / "lab.crmsim"), *words]) == 0
        out = capsys.readouterr().out
        return next((line for line in out.splitlines() if line.startswith("Mark ")), "")

    assert final().startswith(f"Mark {(handling * 80 + outcome * 20) / 100:.1f} of 100: handling {handling:.1f}")
    policy = tmp_path / "policy.toml"
    policy.write_text("outcome = 0\n", encoding="utf-8")
    assert final("--policy", str(policy)) == "", "the instructor's word goes over the scenario's"
    policy.write_text("outcome = 31\n", encoding="utf-8")
    assert run(["grade", str(tmp_path / "lab.crmsim"), "--policy", str(policy)]) == 2


@pytest.mark.covers("GAME-4", "GAME-5")
def test_a_scenario_cannot_give_the_result_more_than_its_share() -> None:
    data = month().model_dump(mode="json") | {"outcome_share": 31}
    with pytest.raises((ScenarioError, ValueError)):
        scenario_of(data)
