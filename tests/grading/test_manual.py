"""By hand (CTL-5): one sheet that checks nothing and reminds of nothing, the same customers, and a grade of its own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.crm.facts import CustomerArrived, CustomerRecorded
from crmsim.crm.record import Record
from crmsim.crm.sheet import COLUMNS, SheetLine
from crmsim.crm.talk import Talk
from crmsim.engine.action import Turn, belongs
from crmsim.engine.desk import to_do
from crmsim.engine.errors import BadInput
from crmsim.game import Game
from crmsim.game.replay import verify
from crmsim.grading import grade_game
from crmsim.grading.policy import Policy
from crmsim.grading.sides import pairs
from crmsim.grading.submission import read, told
from crmsim.grading.titles import Challenge
from crmsim.roles import ACTIONS, TABLES
from crmsim.roles.everyone import RecordCustomer, WriteLine
from crmsim.roles.everyone.byhand import WriteCell
from crmsim.scenarios.loader import load_scenario
from crmsim.store.savefile import save

from .handins import STUDENT, handed_in

BY_HAND, CRM = "first_day+manual", "first_day"


@cache
def played(name: str, seed: int = 3) -> Game:
    scenario = load_scenario(name)
    seats = [each.id for each in scenario.seats]
    game = Game(
        scenario, seed, players=crew(scenario, "competent", seats), student=STUDENT, holders={"reception": STUDENT}
    )
    game.run_to_end()
    return game


def fresh(minutes: int = 0) -> Game:
    scenario = load_scenario(BY_HAND)
    game = Game(scenario, 3, players=crew(scenario, "competent", ["sales-1", "director"]), holders={"reception": "s"})
    game.advance(minutes)
    return game


@pytest.mark.covers("CTL-5")
def test_by_hand_there_is_a_sheet_and_no_tool_of_the_crm() -> None:
    game = fresh()
    for seat in ("reception", "sales-1", "director", "service"):
        view = game.view(seat)
        mine = {each.id for each in TABLES if belongs(each, view)}
        assert "sheet" in mine and not mine & {"customers", "changes", "timeline", "tasks", "schedule", "quality"}
        assert not any(each.startswith("report") for each in mine)
        able = {each.__name__ for each in ACTIONS if belongs(each, view)}
        assert "WriteCell" in able and not able & {"RecordCustomer", "UpdateRecord", "AddTask", "AddRule", "UseArticle"}
    crm = Game(load_scenario(CRM), 3).view("reception")
    assert not {"sheet"} & {each.id for each in TABLES if belongs(each, crm)} and not belongs(WriteLine, crm)
    assert belongs(RecordCustomer, crm)


@pytest.mark.covers("CTL-5")
def test_the_sheet_takes_whatever_is_written_and_finds_no_double() -> None:
    game = fresh()
    lines, known = len(list(game.world.all(SheetLine))), len(list(game.world.all(Record)))
    assert lines == known > 3  # the company's earlier customers stand on it already
    odd = WriteLine(
        talk="", name="王芳", phone="call her!", email="-", quantity="a lot", budget="=1+1", notes="[b]?[/b]"
    )
    for _time in range(2):
        game.advance_to(game.free_minute("reception"))
        game.apply("reception", odd)
    twice = [each for each in game.world.all(SheetLine) if each.cell("name") == "王芳"]
    assert len(twice) == 2 and twice[0].cell("phone") == "call her!"
    game.advance_to(game.free_minute("reception"))
    game.apply("reception", WriteCell(line=twice[0].id, column="phone", text="139 0000 0001"))
    assert twice[0].cells[tuple(COLUMNS).index("phone")] == "139 0000 0001"
    assert game.world.get(Record, twice[0].record).phone == "13900000001"  # as whoever calls would read it
    assert game.refusal("reception", WriteCell(line="HL999", column="phone", text="")) is not None


@pytest.mark.covers("CTL-5")
def test_nothing_reminds_by_hand() -> None:
    game = fresh()
    with_crm = Game(load_scenario(CRM), 3, players=crew(load_scenario(CRM), "competent", ["sales-1", "director"]))
    limits = {}
    for name, each in (("hand", game), ("crm", with_crm)):
        each.advance(120)
        papers = [paper for seat in ("reception", "service", "sales-1") for paper in to_do(each.view(seat), TABLES)]
        assert papers
        limits[name] = sum(paper.due > 0 for paper in papers)
        if name == "hand":
            mine = to_do(each.view("reception"), TABLES)
            assert [paper.since for paper in mine] == sorted(paper.since for paper in mine)
    assert limits["hand"] == 0 < limits["crm"]


@pytest.mark.covers("CTL-5", "GAME-7")
def test_the_customers_are_the_same_and_the_game_replays() -> None:
    hand, crm = played(BY_HAND), played(CRM)
    came = [[(each.customer, each.minute) for each in game.facts if isinstance(each, CustomerArrived)][:4]
            for game in (hand, crm)]  # fmt: skip
    assert came[0] == came[1] and len(came[0]) == 4
    assert hand.cast == crm.cast
    again, divergence = verify(hand.header(), hand.journal, [])
    assert divergence is None and again.digest() == hand.digest()


@pytest.mark.covers("CTL-5", "GAME-4")
def test_a_line_is_judged_by_what_can_be_read_on_it() -> None:
    game = played(BY_HAND)
    fact = next(each for each in game.facts if isinstance(each, CustomerRecorded) and each.talk)
    talk = game.world.get(Talk, fact.talk)
    told_things = {each.topic: each.value for each in talk.revealed}
    turn = Turn("reception", game.minute)

    def truth(**cells: str) -> int:
        (found,) = WriteLine(talk=talk.id, **cells).judge(game.world, turn)
        return found.points

    assert truth() == 0 and truth(phone=f"tel. {told_things['phone']}") == 0  # no reader dials that
    assert truth(phone=str(told_things["phone"])) > 0
    assert truth(need=f"wants the {told_things['need']}, soon", phone=str(told_things["phone"])) > truth(
        phone=str(told_things["phone"])
    )


@pytest.mark.covers("CTL-5", "CTL-2", "GAME-12")
def test_both_grades_stand_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    (tmp_path / "saves").mkdir()
    reports = []
    for name, file in ((BY_HAND, "hand"), (CRM, "crm")):
        save(played(name), tmp_path / "saves" / f"{file}.crmsim")
        reports.append(grade_game(played(name)))
    assert [each.by_hand for each in reports] == [True, False]
    (side,) = pairs(reports)
    easier = msgspec.structs.replace(reports[1], challenges=(Challenge("half", "Half", None),), student="B")
    assert pairs([*reports, easier]) == [side], "a challenge is another game than the one by hand"
    assert side.role == "reception" and side.hand is not None and side.crm is not None
    rows = dict(side.rows())
    hand, crm, difference = rows["score"]
    assert hand is not None and crm is not None and difference == crm - hand
    assert run(["grades", "--student", STUDENT, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["seeds"] == [3] and found["rows"][0] == {
        "name": "score", "manual": hand / 10, "crm": crm / 10, "difference": round(difference / 10, 1)
    }  # fmt: skip
    assert run(["--lang", "zh", "grades"]) == 0
    said = capsys.readouterr().out
    assert "手工" in said and STUDENT in said and f"{hand / 10:.1f}" in said
    assert run(["grade", str(tmp_path / "saves"), "--json"]) == 0
    assert sorted(each["manual"] for each in json.loads(capsys.readouterr().out)) == [False, True]


@pytest.mark.covers("CTL-5", "GAME-6")
def test_a_game_by_hand_can_be_handed_in_and_a_loosened_one_cannot(tmp_path: Path) -> None:
    handed = read(handed_in(tmp_path, played(BY_HAND)))
    assert told(handed, Policy(scenario="first_day")).game.digest() == played(BY_HAND).digest()
    data: dict[str, Any] = json.loads(handed.header.scenario_text)
    data["tools"]["tasks"] = True
    loosened = msgspec.structs.replace(handed.header, scenario_text=json.dumps(data))
    with pytest.raises(BadInput, match="another scenario"):
        told(msgspec.structs.replace(handed, header=loosened))
    with pytest.raises(BadInput, match="no variant"):
        load_scenario("first_day+nonsense")
