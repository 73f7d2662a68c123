"""What is typed after a command: refused with a sentence that says what was expected, exit code 2, nothing changed."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crmsim.cli.app import failed, run
from crmsim.cli.common import minute_of
from crmsim.cli.speech import Speech
from crmsim.engine.errors import BadInput
from crmsim.public import Game, load_scenario, new_game, save
from crmsim.scenarios.loader import scenario_of
from tests.bad_input.test_scenarios import SOUND

Told = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A saved game in which people hold two seats."""
    path = str(tmp_path_factory.mktemp("commands") / "game.crmsim")
    assert run(["--lang", "en", "play", "first_day", "--seat", "director,sales-1", "--save", path]) == 0
    return path


def digest(save: str, capsys: Told) -> str:
    """What the game comes to, as it stands in the file."""
    capsys.readouterr()
    assert run(["replay", save, "--verify", "--json"]) == 0
    return capsys.readouterr().out


@pytest.mark.covers("GAME-12", "DIR-1", "DIR-3", "DIR-7", "SAL-2")
@pytest.mark.parametrize(
    ("seat", "typed", "says"),
    [
        ("director", ["ChangeProduct", "product=printer", "name=  "], "Name: nothing but spaces; leave it empty"),
        ("director", ["ChangeSettings", "name=\u3000"], "nothing but spaces"),
        ("director", ["PublishPage", "title=" + "汉" * 10_000], "at most 80 characters, got 10000"),
        ("director", ["RestockProduct", "product=printer", "quantity=1.5"], '"1.5"; write it as in: 12.'),
        ("director", ["RestockProduct", "product=printer", f"quantity={10**30}"], "must be from 1 to 100000, got …"),
        ("director", ["RestockProduct", "product=printer", "quantity="], 'quantity cannot be ""; write it as in: 12.'),
        ("director", ["ChangeProduct", "product=printer", "price=12.345"], "write it as in: 1,234.50."),
        ("director", ["ChangeProduct", "product=printer", "price=" + "9" * 14], "must be from ¥0.01"),
        ("director", ["ChangeSettings", "discount_limit=9999999"], "must be from 0% to 100%"),
        ("director", ["ChangeSettings", "discount_limit=-1"], "write it as in: 7.5."),
        ("director", ["PlanAdvert", "medium=web", "budget=9", "start=9999", "end=9999"], "from day 1 to 2026-04-07"),
        ("director", ["AssignCustomer", "record=C20220811006", "owner=sales-1"], "cannot be chosen now."),
        ("sales-1", ["SubmitOrder", "record=C20230809005", "lines=printer", "discount=0", "delivery=+0"],
         '"printer"; write it as in: printer:2, toner:5.'),
    ],
)  # fmt: skip
def test_what_an_action_cannot_take_is_refused(seat: str, typed: list[str], says: str, game: str, capsys: Told) -> None:
    before = digest(game, capsys)
    assert run(["--lang", "en", "do", game, "--seat", seat, *typed]) == 2
    told = capsys.readouterr().err
    assert says in told and "C6 " not in told
    assert digest(game, capsys) == before


@pytest.mark.covers("GAME-3", "GAME-12")
@pytest.mark.parametrize(
    ("levels", "says"),
    [
        (["instructor=expert"], "There is no seat instructor."),
        (["sales-1=novice", "sales-1=expert"], "The level of sales-1 is given twice."),
        (["sales-1"], "Write SEAT=LEVEL"),
    ],
)
def test_a_level_is_for_a_seat_that_a_bot_can_hold(levels: list[str], says: str, capsys: Told) -> None:
    pairs = [part for each in levels for part in ("--seat", each)]
    assert run(["--lang", "en", "run", "first_day", "--days", "0", *pairs]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("text", ["day 3 24:30", "3 24:01", "3 25:00", "0", "day 3 10:60", ""])
def test_a_time_is_one_of_a_day(text: str) -> None:
    assert minute_of("day 3 24:00") == minute_of("第4天") == 3 * 1440
    with pytest.raises(BadInput):
        minute_of(text)


@pytest.mark.covers("GAME-5")
@pytest.mark.parametrize("command", ["run", "play", "demo", "seats"])
def test_a_file_is_held_against_the_words_of_the_program_before_it_is_played(
    command: str, tmp_path: Path, capsys: Told
) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(SOUND + "[minutes]\nShipGodos = 5\n[rubric.first_contract]\nweight = 5\n", encoding="utf-8")
    assert run(["--lang", "en", command, str(path)]) == 2
    told = capsys.readouterr().err
    assert "Mistakes in the scenario shop.toml: 2." in told
    assert "shop.toml:16: minutes.ShipGodos" in told and "did you mean ShipGoods?" in told
    assert "shop.toml:17: rubric.first_contract" in told


@pytest.mark.covers("GAME-8", "GAME-12")
@pytest.mark.parametrize(
    "number", ["bot:expert", "clock", "instructor", "#7", "2024\u202e1", "a\x1b[31m", "1\n2", "9" * 61]
)
def test_a_student_number_is_none_of_the_programs_names(number: str, tmp_path: Path, capsys: Told) -> None:
    save = tmp_path / "game.crmsim"
    typed = ["play", "first_day", "--seat", "service", "--student", number, "--save", str(save)]
    assert run(["--lang", "en", *typed]) == 2
    told = capsys.readouterr().err
    assert "is no student number." in told and "\x1b" not in told and "\u202e" not in told and not save.exists()


@pytest.mark.covers("GAME-9", "GAME-12")
def test_no_time_passes_after_the_end(tmp_path: Path, capsys: Told) -> None:
    save = str(tmp_path / "game.crmsim")
    assert run(["--lang", "en", "play", "first_day", "--seat", "service", "--save", save]) == 0
    assert run(["--lang", "en", "end", save]) == 0
    before = digest(save, capsys)
    for typed in (["wait", save], ["wait", save, "5"], ["do", save, "--seat", "service", "SendLetter", "to=sales-1"]):
        assert run(["--lang", "en", *typed]) == 2
    assert "The game is over." in capsys.readouterr().err
    assert digest(save, capsys) == before


@pytest.mark.covers("GAME-5", "GAME-12")
def test_what_somebody_wrote_does_nothing_to_the_terminal(tmp_path: Path, capsys: Told) -> None:
    evil = "\x1b[31mRed\u202e\x9b7m [@click=app.quit]x[/]"
    data = tomllib.loads(SOUND)
    data["products"][0]["name"] = data["meta"]["title"] = data["company"]["name"] = evil
    path = tmp_path / "sent.crmsim"  # past the door: a game that somebody else's program wrote
    game = new_game(scenario_of(data), 0, {each.id: "bot:idle" for each in scenario_of(data).seats}, student=evil)
    save(game, path)
    capsys.readouterr()
    for typed in (["look", "director-products"], ["look", "--json", "director-products"], ["look", "website"]):
        assert run(["--lang", "en", typed[0], str(path), "--seat", "sales-1" if "website" in typed else "director",
                    *typed[1:]]) == 0  # fmt: skip
        told = capsys.readouterr().out
        assert "Red" in told or "website" in typed
        assert not any(sign in told for sign in "\x1b\u202e\x9b"), typed
        assert "--json" not in typed or json.loads(told)[0]["Product"].startswith("Red")
    assert run(["--lang", "en", "end", str(path)]) == run(["--lang", "en", "grade", str(path)]) == 0
    assert run(["--lang", "en", "replay", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Red" in told and not any(sign in told for sign in "\x1b\u202e\x9b")


@pytest.mark.covers("GAME-7")
def test_a_journal_put_into_another_world_is_refused_by_name(tmp_path: Path, capsys: Told) -> None:
    path = str(tmp_path / "moved.crmsim")
    assert run(["--lang", "en", "run", "first_day", "--save", path]) == 0
    with sqlite3.connect(path) as file:
        (body,) = file.execute("select body from header").fetchone()
        file.execute("update header set body = ?", (json.dumps(json.loads(body) | {"seed": 1}),))
    capsys.readouterr()
    for typed in (["look", path, "--seat", "sales-1"], ["wait", path], ["replay", path]):
        assert run(["--lang", "en", *typed]) == 5, typed
        assert "The journal does not fit the game it is kept with (entry " in capsys.readouterr().err
    assert run(["--lang", "en", "replay", path, "--verify"]) == 6
    told = capsys.readouterr().err
    assert "The replay differs on day 1, entry" in told and ".." not in told


@pytest.mark.covers("GAME-7", "GAME-9", "GAME-12")
@pytest.mark.parametrize("number", [1.5, "5", None, True, float("nan")])
def test_by_library_too_time_and_seed_are_whole_and_only_actions_are_done(number: Any) -> None:
    game = Game(load_scenario("first_day"), seed=1)
    before = game.digest()
    for wrong in (
        lambda: game.advance(number),
        lambda: game.advance_to(number),
        lambda: game.apply("director", number),
        lambda: game.refusal("director", type(number)),  # type: ignore[arg-type]
        lambda: Game(game.scenario, seed=number),
    ):
        with pytest.raises(BadInput):
            wrong()
    assert game.digest() == before and not game.journal


@pytest.mark.covers("GAME-8", "GAME-12")
@pytest.mark.parametrize("typed", [["demo", "first_day"], ["play", "first_day", "--seat", "sales-1"],
                                   ["scenario", "calibrate", "first_day", "--runs", "1"]])  # fmt: skip
def test_a_folder_of_saves_that_cannot_be_had_is_no_mistake_of_the_program(
    typed: list[str], tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("a file, and no folder", encoding="utf-8")
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CRMSIM_KEEP", raising=False)
    assert run(["--lang", "en", *typed]) == 5
    assert "cannot be opened. Check the folder and its permissions." in capsys.readouterr().err


@pytest.mark.covers("GAME-8", "GAME-12")
@pytest.mark.parametrize("shut", [errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EROFS])
def test_a_place_that_is_shut_is_named(shut: int, capsys: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Speech, "language", "en")
    assert failed(OSError(shut, os.strerror(shut), "panel")) == 5
    assert "panel cannot be opened." in capsys.readouterr().err


@pytest.mark.covers("GAME-6")
def test_documents_among_the_hand_ins_are_named(tmp_path: Path, capsys: Told) -> None:
    for name in ("李明.docx", "a.rar", "gradebook.csv", "b.zip"):
        (tmp_path / name).write_bytes(b"no game")
    run(["--lang", "en", "grade", str(tmp_path)])
    lines = [line for line in capsys.readouterr().err.splitlines() if "is no hand-in and was not graded" in line]
    assert [Path(line.partition(" is no ")[0]).name for line in lines] == ["a.rar", "李明.docx"]


@pytest.mark.covers("GAME-6")
def test_no_hand_ins_are_not_said_to_be_unlike(tmp_path: Path, capsys: Told) -> None:
    assert run(["--lang", "en", "likeness", str(tmp_path / "nowhere")]) == 2
    told = capsys.readouterr()
    assert "nothing to grade" in told.err and not told.out
