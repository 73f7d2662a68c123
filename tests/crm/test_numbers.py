"""A customer's file is kept under a number of its own: C, the day, and a running number (REG-1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmsim import save
from crmsim.cli.app import run
from crmsim.crm.naming import cell_of
from crmsim.crm.record import Record, number_of
from crmsim.engine.action import refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.everyone.records import RecordCustomer
from tests.scenes import must, tiny

pytestmark = pytest.mark.covers("REG-1")
PAPER = {"talk": "", "source": "fair", "type": "firm"}
WORDS = {each: [{"id": id, "name": id}] for each, id in (("sources", "fair"), ("types", "firm"))}


def test_a_file_has_the_day_on_which_it_was_written_in_its_number() -> None:
    game = Game(tiny(dictionaries=WORDS, calendar={"days": 5, "first_date": "2024-04-30"}), 1)
    for number in range(2):
        must(game, "reception", RecordCustomer(name=f"N{number}", phone=f"1380000000{number}", **PAPER))
        game.advance(DAY)
    view = game.view("director")
    assert [number_of(each, view) for each in view.all(Record)] == ["C20240430001", "C20240501002"]
    again = RecordCustomer(name="N1", phone="13900000000", **PAPER)
    assert "C20240501002" in str(refusal(again, game.view("reception"), mind_the_clock=False))
    for id in ("customers", "files", "director-pool"):
        (table,) = [each for each in TABLES if each.id == id]
        found = [cell_of(view, table.columns[0], row) for row in table.rows(view)]
        assert sorted(map(str, found)) == ["C20240430001", "C20240501002"]


def test_a_number_may_be_typed_for_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = tiny(dictionaries=WORDS, calendar={"days": 5, "first_date": "2024-05-01"})
    game = Game(scenario, 1, holders={"reception": "me"})
    game.apply("reception", RecordCustomer(name="N", phone="13800000000", **PAPER))
    game.advance_to(game.free_minute("reception"))
    save(game, "lab.crmsim")
    assert run(["look", "lab.crmsim", "customers", "--seat", "reception"]) == 0
    assert "C20240501001" in capsys.readouterr().out
    act = ["do", "lab.crmsim", "--seat", "reception", "UpdateRecord", "record=C20240501001"]
    assert run([*act, "field=notes", "value=See C20240501001"]) == 0
    assert run(["look", "lab.crmsim", "--seat", "reception", "--find", "See C20240501001"]) == 0
    assert "See C20240501001" in capsys.readouterr().out
