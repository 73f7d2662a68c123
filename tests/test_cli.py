"""Every command without a screen: what it prints, what it exits with, and that a mistake is a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crmsim.cli.app import run

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def crmsim(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command in this process, in a folder and a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("crmsim.cli.playing.in_terminal", lambda: False)
    monkeypatch.setattr("crmsim.cli.saves.in_terminal", lambda: False)

    def command(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(list(arguments))
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(code, said.out, said.err)

    return command


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crmsim", *arguments], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture
def lab(crmsim: Any) -> str:
    assert (
        crmsim(
            "play", "first_day", "--seat", "reception", "--skill", "idle", "--seed", "3", "--save", "lab.crmsim"
        ).code
        == 0
    )
    return "lab.crmsim"


@pytest.mark.covers("GAME-12")
def test_run_prints_the_figures_of_a_game(crmsim: Any) -> None:
    said = crmsim("run", "first_day", "--skill", "idle", "--seed", "3", "--save", "kept.crmsim", "--json")
    assert said.code == 0
    found = said.json
    assert set(found) >= {"scenario", "seed", "days", "entries", "facts", "digest", "figures"}
    assert set(found["figures"]) >= {"operating_profit", "satisfaction", "customers", "orders", "conversion"}
    assert found["facts"]["GameEnded"] == 1 and found["seed"] == 3 and found["days"] == 1
    assert all(isinstance(value, int) for value in found["figures"].values())
    again = crmsim("replay", "kept.crmsim", "--verify", "--json").json
    assert again == {"identical": True, "entries": found["entries"], "digest": found["digest"]}


def test_run_stops_after_the_days_asked_for(crmsim: Any) -> None:
    said = crmsim("run", "first_month", "--skill", "idle", "--days", "2", "--json").json
    assert said["days"] == 2 and "GameEnded" not in said["facts"] and said["facts"]["DayStarted"] >= 2


@pytest.mark.covers("GAME-9")
def test_seats_are_named_by_commas_or_one_by_one(crmsim: Any) -> None:
    from crmsim.public import replay

    said = (["sales-1,service"], ["sales-1", "--seat", "service"], ["service,sales-1", "--seat", "service"])
    for at, words in enumerate(said):
        assert crmsim("play", "first_day", "--seat", *words, "--save", f"{at}.crmsim").code == 0
        held = replay(f"{at}.crmsim").holders
        assert {seat for seat, holder in held.items() if holder == "person"} == {"sales-1", "service"}


@pytest.mark.covers("GAME-12")
def test_a_seat_is_played_by_look_do_and_wait(crmsim: Any, lab: str) -> None:
    seen = crmsim("look", lab, "--seat", "reception", "--json").json
    assert seen["seat"] == "reception" and seen["minute"] >= 540 and seen["tables"]
    for table in seen["tables"]:
        assert isinstance(crmsim("look", lab, table, "--seat", "reception", "--json").json, list)
        assert crmsim("look", lab, table, "--seat", "reception").code == 0
    later = crmsim("wait", lab, "30", "--json").json
    assert later["minute"] == seen["minute"] + 30
    waited = crmsim("wait", lab, "until-needed", "--json").json
    assert waited["minute"] > later["minute"]
    papers = crmsim("look", lab, "--seat", "reception", "--json").json["to_do"]
    assert all({"what", "since", "due", "why", "action", "filled"} <= set(paper) for paper in papers)
    assert crmsim("replay", lab, "--verify").code == 0


@pytest.mark.covers("GAME-12")
def test_do_carries_out_an_action_and_is_in_the_journal(crmsim: Any, lab: str) -> None:
    from crmsim import replay
    from crmsim.engine.action import fields_of

    game = replay(lab)
    action = next(each for each in game.legal_actions("director"))
    words = []
    for name, field in fields_of(type(action)).items():
        value = getattr(action, name)
        if field.required:
            assert isinstance(value, str | int) or value == (), "first legal action of the director"
            words.append(f"{name}={value}")
    said = crmsim("do", lab, type(action).__name__, *words, "--seat", "director", "--json")
    if said.code == 0:
        assert said.json["facts"] is not None and "minute" in said.json
        assert type(replay(lab).journal[-2 if replay(lab).journal[-1].seat == "clock" else -1].action) is type(action)
    else:
        assert said.code == 2 and said.err


@pytest.mark.covers("GAME-8", "GAME-12")
def test_a_refused_action_leaves_the_seat_to_its_program(crmsim: Any, lab: str) -> None:
    from crmsim import replay

    before = replay(lab)
    refused = ("PlanAdvert", "medium=tv", "budget=9", "start=0", "end=0")
    assert before.holders["director"].startswith("bot:")
    assert crmsim("do", lab, *refused, "--seat", "director").code == 2
    assert replay(lab).holders == before.holders and len(replay(lab).journal) == len(before.journal)
    assert crmsim("do", lab, "AddStaff", "name=Ann", "role=sales", "--seat", "director").code == 0
    assert replay(lab).holders["director"] == "person"
    assert crmsim("look", lab, "--seat", "sales-4").code == 0  # who was hired has a desk


def test_what_cannot_be_done_is_a_sentence(crmsim: Any, lab: str) -> None:
    before = crmsim("replay", lab, "--json").json
    for arguments in (
        ("do", lab, "NoSuchAction", "--seat", "reception"),
        ("do", lab, "ReviewOrder", "--seat", "director"),
        ("do", lab, "ReviewOrder", "order=O1", "order=O1", "--seat", "director"),
        ("do", lab, "ReviewOrder", "order=O99999", "decision=approve", "--seat", "director"),
        ("do", lab, "ReviewOrder", "colour=red", "--seat", "director"),
        ("look", lab, "--seat", "nobody"),
        ("look", lab, "no-table", "--seat", "reception"),
        ("wait", lab, "-5"),
        ("wait", lab, "soon"),
        ("run", "no_such_scenario"),
        ("run", "first_day", "--seat", "sales-1"),
        ("run", "first_day", "--skill", "genius"),
        ("run", "first_day", "--seed", "-1"),
        ("play", "first_day", "--pace", "fast"),
        ("play", "first_day", "--seat", "nobody"),
        ("replay", lab, "--until", "tomorrow"),
        ("export", lab, "--to", "out.docx"),
        ("export", lab, "--to", "out.csv"),
        ("nothing",),
        ("--lang", "fr", "doctor"),
    ):
        said = crmsim(*arguments)
        assert said.code == 2 and said.err.strip() and not said.out, arguments
    after = crmsim("replay", lab, "--json").json
    assert after["digest"] == before["digest"]


def test_a_save_that_cannot_be_read_exits_with_5(crmsim: Any, tmp_path: Path) -> None:
    (tmp_path / "odd.crmsim").write_bytes(b"hello" * 100)
    for arguments in (
        ("look", "odd.crmsim", "--seat", "sales-1"),
        ("replay", "missing.crmsim"),
        ("end", "odd.crmsim"),
        ("saves", "remove", "odd.crmsim"),
    ):
        said = crmsim(*arguments)
        assert said.code == 5 and said.err.strip(), arguments
    assert (tmp_path / "odd.crmsim").exists()


@pytest.mark.covers("GAME-7")
def test_a_save_that_was_changed_exits_with_6(crmsim: Any) -> None:
    import sqlite3

    crmsim("run", "first_day", "--skill", "idle", "--save", "kept.crmsim")
    with sqlite3.connect("kept.crmsim") as connection:
        connection.execute("UPDATE day SET digest = 'forged'")
    said = crmsim("replay", "kept.crmsim", "--verify", "--json")
    assert said.code == 6 and said.json["identical"] is False
    assert {"day", "entry", "expected", "got"} <= set(said.json) and said.json["expected"] == "forged"


@pytest.mark.covers("GAME-7")
def test_what_was_changed_in_a_save_is_named_by_day_entry_and_entity(crmsim: Any) -> None:
    import sqlite3

    assert crmsim("run", "first_day", "--skill", "competent", "--seed", "3", "--save", "kept.crmsim").code == 0
    with sqlite3.connect("kept.crmsim") as connection:
        orders = "SELECT number, action FROM entry WHERE json_extract(action, '$.action') = 'SubmitOrder'"
        number, action = connection.execute(f"{orders} ORDER BY number DESC").fetchone()
        forged = json.dumps(json.loads(action) | {"plea": "forged"})
        connection.execute("UPDATE entry SET action = ? WHERE number = ?", (forged, number))
    found = crmsim("replay", "kept.crmsim", "--verify", "--json")
    assert found.code == 6 and found.json["day"] == 1 and found.json["entity"].startswith("Order ")
    assert found.json["entity"] in found.err and found.json["entry"] == number
    with sqlite3.connect("kept.crmsim") as connection:
        sent = "SELECT min(number) FROM entry WHERE json_extract(action, '$.action') = 'ReviewOrder'"
        (review,) = connection.execute(sent).fetchone()
        about = json.dumps({"action": "ReviewOrder", "order": "O999", "decision": "approve", "reason": ""})
        connection.execute("UPDATE entry SET action = ? WHERE number = ?", (about, review))
    found = crmsim("replay", "kept.crmsim", "--verify", "--json").json
    assert (found["day"], found["entry"], found["entity"]) == (1, review, "Order O999")


@pytest.mark.covers("GAME-8")
def test_a_game_ended_for_good_stays_ended(crmsim: Any, lab: str) -> None:
    assert crmsim("end", lab).code == 0
    assert crmsim("look", lab, "--seat", "reception", "--json").json["ended"] is True
    assert crmsim("replay", lab, "--verify").code == 0
    assert crmsim("export", lab, "--to", "facts.csv").code == 0
    assert "GameEnded" in Path("facts.csv").read_text(encoding="utf-8-sig")
    assert crmsim("export", lab, "--to", "lab.jsonl").code == 0
    assert crmsim("replay", "lab.jsonl", "--json").json["digest"] == crmsim("replay", lab, "--json").json["digest"]


def test_saves_are_listed_renamed_and_removed(crmsim: Any) -> None:
    assert crmsim("play", "first_day", "--skill", "idle").code == 0
    assert "first_day-0" in crmsim("saves").out
    assert crmsim("saves", "rename", "first_day-0", "monday").code == 0
    assert "monday" in crmsim("saves", "list").out and "first_day-0" not in crmsim("saves", "list").out
    assert crmsim("resume", "monday").code == 0
    assert crmsim("saves", "rename", "monday", "../tuesday").code == 2
    assert crmsim("saves", "remove", "monday").code == 0
    assert "monday" not in crmsim("saves").out


@pytest.mark.covers("GAME-8")
def test_a_save_left_by_a_killed_program_is_renamed_whole_and_one_in_play_stays(crmsim: Any, lab: str) -> None:
    from crmsim import open_save

    game = open_save(lab)
    game.intend("reception", "Answer at once")
    for command in (("rename", lab, "monday"), ("remove", lab)):
        said = crmsim("saves", *command)
        assert said.code == 5 and "in use" in said.err and Path(lab).exists()
    for name in (lab, f"{lab}-wal"):  # as they lie when the program is killed
        Path(f"killed{name}").write_bytes(Path(name).read_bytes())
    game.keeper.let_go()  # type: ignore[union-attr]
    assert crmsim("saves", "rename", f"killed{lab}", "monday").code == 0
    assert [each.name for each in Path().glob("killed*")] == []
    assert open_save("monday.crmsim").intention("reception") == "Answer at once"


def test_rules_are_told_in_full(crmsim: Any) -> None:
    from crmsim.roles import ACTIONS

    found = crmsim("rules", "--json").json
    assert [each["action"] for each in found] == [each.__name__ for each in ACTIONS]
    assert all({"action", "roles", "help", "minutes", "fields"} <= set(each) and each["help"] for each in found)
    assert all({"name", "kind", "required"} <= set(field) for each in found for field in each["fields"])
    assert crmsim("rules", "--scenario", "first_day").code == 0


def test_scenarios_are_listed_checked_and_begun(crmsim: Any, tmp_path: Path) -> None:
    assert "first_month" in crmsim("scenario", "list").out
    assert crmsim("scenario", "new", "mine").code == 0
    assert crmsim("scenario", "check", "mine.toml", "--json").json == {"file": "mine.toml", "ok": True, "errors": []}
    assert crmsim("scenario", "new", "mine").code == 2 and crmsim("scenario", "new", "../mine").code == 2
    assert (tmp_path / "mine.toml").read_text(encoding="utf-8").startswith("#:schema ./crmsim-scenario.schema.json")
    assert json.loads((tmp_path / "crmsim-scenario.schema.json").read_text(encoding="utf-8"))["type"] == "object"
    broken = (tmp_path / "mine.toml").read_text(encoding="utf-8").replace("[company]", "[compani]", 1)
    (tmp_path / "mine.toml").write_text(broken, encoding="utf-8")
    said = crmsim("scenario", "check", "mine.toml", "--json")
    assert said.code == 2 and said.json["ok"] is False
    assert all({"line", "key", "message"} <= set(each) for each in said.json["errors"])
    assert "mine.toml:" in crmsim("scenario", "check", "mine.toml").err
    assert crmsim("scenario", "schema").json["type"] == "object"


def test_doctor_tells_where_things_are(crmsim: Any, tmp_path: Path) -> None:
    said = crmsim("doctor")
    assert said.code == 0 and str(tmp_path / "home") in said.out and "WAL" in said.out


@pytest.mark.covers("GAME-10")
def test_errors_and_help_speak_chinese() -> None:
    said = program("--lang", "zh", "look", "nirgends", "--seat", "sales-1")
    assert said.returncode == 5 and "没有存档" in said.stderr and not said.stdout
    assert "存档" in program("--help", CRMSIM_LANG="zh").stdout
    for arguments in (("look", "nirgends", "--lang", "zh", "--seat", "sales-1"), ("look", "nirgends", "--lang=zh")):
        assert "没有存档" in program(*arguments).stderr
    assert "en or zh" in program("look", "nirgends", "--lang", "fr", CRMSIM_LANG="en").stderr


@pytest.mark.covers("GAME-10")
def test_usage_and_mistyped_words_are_told_in_the_readers_language() -> None:
    said = program("saves", "rename", CRMSIM_LANG="zh")
    assert (
        said.returncode == 2
        and "缺少 'SAVE'。" in said.stderr
        and "查看帮助：crmsim saves rename --help" in said.stderr
    )
    assert "没有命令 'resum'。您是想用 'resume'" in program("resum", CRMSIM_LANG="zh").stderr
    assert "'--days' 最大为 800，而不是 999。" in program("run", "--days", "999", CRMSIM_LANG="zh").stderr
    page = program("grade", "--help", CRMSIM_LANG="zh").stdout
    assert "用法：crmsim grade [选项] PATH..." in page and not any(each in page for each in ("Usage", "Options", "<"))
    assert "Usage: crmsim grade [OPTIONS] PATH..." in program("grade", "--help", CRMSIM_LANG="en").stdout


@pytest.mark.covers("GAME-12")
def test_the_only_seat_that_a_person_holds_need_not_be_named(crmsim: Any, lab: str) -> None:
    assert crmsim("look", lab).out == crmsim("look", lab, "--seat", "reception").out
    crmsim("run", "first_day", "--days", "0", "--save", "bots.crmsim")
    said = crmsim("look", "bots.crmsim")
    assert said.code == 2 and "--seat director|" in said.err


@pytest.mark.covers("GAME-8")
def test_resume_without_a_name_goes_on_with_the_last_game(crmsim: Any, tmp_path: Path) -> None:
    said = crmsim("resume")
    assert said.code == 2 and "home" in said.err  # says where it looked
    crmsim("play", "first_day", "--seat", "reception")
    crmsim("play", "first_month", "--seat", "reception")
    assert "first_month" in crmsim("resume").out


def test_the_program_names_its_version_and_hides_tracebacks(tmp_path: Path) -> None:
    assert program("--version").stdout.startswith("crmsim ")
    said = program("look", "missing", "--seat", "x", CRMSIM_DEBUG="1")
    assert "Traceback" in said.stderr and said.returncode == 5


def test_a_mistake_in_the_program_is_reported(crmsim: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*given: Any, **named: Any) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("crmsim.vocabulary.rules", broken)
    said = crmsim("rules")
    assert said.code == 1 and "planted" in said.err
    reports = list((tmp_path / "home" / "crashes").iterdir())
    assert len(reports) == 1 and "ZeroDivisionError" in reports[0].read_text(encoding="utf-8")
