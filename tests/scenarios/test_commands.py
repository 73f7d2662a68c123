"""Scenario files by command: begun, checked, to a workbook and back; what each exits with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from python_calamine import CalamineWorkbook

from crmsim.cli.app import run
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.template import SCHEMA_FILE


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a scenario command in a folder of its own: its exit code, what it prints, and what it notes."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["scenario", *arguments])
        found = capsys.readouterr()
        return code, found.out, found.err

    return command


@pytest.mark.covers("GAME-5", "GAME-12")
@pytest.mark.parametrize("name", ["tea_house", "茶馆"])
def test_a_new_scenario_is_sound_and_is_played(said: Any, tmp_path: Path, name: str) -> None:
    assert said("new", name)[0] == 0
    code, out, _err = said("check", f"{name}.toml", "--json")
    assert code == 0 and json.loads(out) == {"file": f"{name}.toml", "ok": True, "errors": []}
    assert run(["run", f"{name}.toml", "--seed", "1", "--days", "1", "--json"]) == 0
    kept = (tmp_path / f"{name}.toml").read_bytes()
    assert said("new", name)[0] == 2 and (tmp_path / f"{name}.toml").read_bytes() == kept


@pytest.mark.covers("IMP-3", "GAME-12")
def test_a_scenario_goes_to_a_workbook_and_comes_back_the_same(said: Any) -> None:
    assert said("to-xlsx", "first_day")[0] == 0
    assert said("from-xlsx", "first_day.xlsx", "--to", "again.toml")[0] == 0
    assert load_scenario("again.toml") == load_scenario("first_day")
    assert said("to-xlsx", "first_day")[0] == 2  # nothing is written over
    assert said("from-xlsx", "first_day.xlsx", "--to", "again.toml")[0] == 2
    assert said("to-xlsx", "first_day", "--to", "nowhere/first_day.xlsx")[0] == 2


@pytest.mark.covers("GAME-5", "GAME-12")
def test_what_could_not_be_written_leaves_nothing_behind(said: Any, tmp_path: Path) -> None:
    (tmp_path / SCHEMA_FILE).mkdir()
    code, _out, err = said("new", "mine")
    assert code == 2 and f"{SCHEMA_FILE} cannot be written" in err
    assert [each.name for each in tmp_path.iterdir()] == [SCHEMA_FILE]


@pytest.mark.covers("GAME-5", "IMP-3")
def test_a_workbook_with_a_mistake_is_refused_by_sheet_and_cell(said: Any, tmp_path: Path) -> None:
    import xlsxwriter

    said("to-xlsx", "first_day", "--to", "good.xlsx")
    good = CalamineWorkbook.from_path("good.xlsx")
    with xlsxwriter.Workbook("bad.xlsx") as book:
        for name in good.sheet_names:
            page = book.add_worksheet(name)
            for number, row in enumerate(good.get_sheet_by_name(name).to_python()):
                cells = ["-5" if name == "products" and number == 1 and each == 168_000 else each for each in row]
                page.write_row(number, 0, cells)
    code, _out, err = said("from-xlsx", "bad.xlsx")
    assert code == 2 and "products!" in err and "-5" in err
    assert not (tmp_path / "bad.toml").exists()
    (tmp_path / "note.xlsx").write_text("no workbook", encoding="utf-8")
    assert said("from-xlsx", "note.xlsx")[0] == 2 and said("from-xlsx", "absent.xlsx")[0] == 2


@pytest.mark.covers("GAME-5")
def test_check_tells_line_and_key_of_each_mistake(said: Any, tmp_path: Path) -> None:
    said("new", "mine")
    text = tomlkit.parse((tmp_path / "mine.toml").read_text(encoding="utf-8"))
    text["products"][0]["price"] = -1  # type: ignore[index]
    (tmp_path / "mine.toml").write_text(tomlkit.dumps(text), encoding="utf-8")
    code, out, _err = said("check", "mine.toml", "first_day", "--json")
    mine, first = json.loads(out)
    assert code == 2 and first["ok"] and not mine["ok"]
    line = next(
        n for n, each in enumerate((tmp_path / "mine.toml").read_text().splitlines(), 1) if "price = -1" in each
    )
    assert [(each["line"], each["key"]) for each in mine["errors"]] == [(line, 'products["chair"].price')]
    assert said("check", "mine.toml")[2].startswith(f"mine.toml:{line}: ")


@pytest.mark.covers("GAME-5", "TALK-2")
def test_a_condition_that_no_talk_has_is_named_and_not_played(said: Any, tmp_path: Path) -> None:
    said("new", "mine")
    with (tmp_path / "mine.toml").open("a", encoding="utf-8") as file:
        file.write('[[moments]]\nmove = "greet"\nwhen = ["!greted"]\n')
    code, out, _err = said("check", "mine.toml", "--json")
    (found,) = json.loads(out)["errors"]
    assert code == 2 and found["key"] == "moments[1].when[1]" and "did you mean greeted?" in found["message"]
    assert run(["run", "mine.toml", "--seed", "1", "--days", "1"]) == 2
