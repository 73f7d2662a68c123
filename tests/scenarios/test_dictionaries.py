"""What may be chosen in a game is what the scenario's dictionaries say."""

from __future__ import annotations

import json

import pytest

from crmsim.bots import crew
from crmsim.crm.analysis.counting import by_word
from crmsim.crm.company import word
from crmsim.crm.facts import MessageDismissed
from crmsim.engine.action import Turn, fields_of
from crmsim.engine.kinds import Choice
from crmsim.engine.words import render
from crmsim.game.game import Game
from crmsim.roles import ACTIONS
from crmsim.roles.inviting import InviteToTalk
from crmsim.scenarios.checker import check
from crmsim.scenarios.loader import load_scenario, read_scenario_file, scenario_from_text, scenario_path
from crmsim.vocabulary import vocabulary

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


@pytest.mark.covers("REG-5", "GAME-5")
def test_what_the_program_itself_writes_is_kept_whatever_it_is_called() -> None:
    own = OWN.replace('{ id = "lead", name = "Lead" }, ', "") + 'stages = [{ id = "hello", name = "Hello" }]\n'
    told = check(read_scenario_file(scenario_path("first_day")) + own.encode(), vocabulary=vocabulary()).problems
    found = {each.key: str(each.message) for each in told}
    assert "lead, prospect, lost here" in found["dictionaries.statuses"]
    assert "won, lost here" in found["dictionaries.stages"]


@pytest.mark.covers("REG-5", "GAME-10")
def test_a_reason_that_the_scenario_does_not_list_is_told_in_words() -> None:
    scenario = check(read_scenario_file(scenario_path("first_day")) + OWN.encode()).scenario
    assert word(scenario, "lost_reasons", "moon") == "The moon"
    assert [render(word(scenario, "statuses", "lost"), each) for each in ("en", "zh")] == ["Lost", "流失"]
    assert word(scenario, "lost_reasons", "never heard of") == "never heard of"
    rows = list(by_word(["moon", "late"], scenario.dictionaries["lost_reasons"], "lost_reasons"))  # type: ignore[union-attr]
    assert [render(each.label, "zh") for each in rows] == ["The moon", "响应太慢"]


@pytest.mark.covers("REG-5", "REC-1")
def test_a_message_that_is_no_lead_is_filed_by_the_words_there_are() -> None:
    scenario = check(read_scenario_file(scenario_path("first_day")) + OWN.encode()).scenario
    assert scenario is not None
    game = Game(scenario, seed=1, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.run_to_end()
    filed = [each for each in game.facts if isinstance(each, MessageDismissed)]
    assert filed and {each.reason for each in filed} == {"prank"}
    entry = next(each for each in game.journal if type(each.action).__name__ == "DismissMessage")
    judged = entry.action.judge(game.world, Turn(entry.seat, entry.minute, entry.number))
    assert [each.points for each in judged if each.criterion == "reception.triage"] == [1000]


@pytest.mark.covers("TALK-1", "PRS-1", "SAL-1")
def test_a_company_without_a_telephone_calls_by_what_it_has() -> None:
    data = load_scenario("first_day").model_dump(mode="json")
    for part in (*data["channels"], *data["media"]):
        part |= {key: "hotline" for key in ("id", "channel") if part.get(key) == "phone"}
    for segment in data["segments"]:
        segment["channels"]["hotline"] = segment["channels"].pop("phone")
    scenario = scenario_from_text(json.dumps(data))
    game = Game(scenario, seed=1, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.run_to_end()
    calls = [each.action.channel for each in game.journal if isinstance(each.action, InviteToTalk)]
    assert len(calls) > 5 and set(calls) == {"hotline"}
