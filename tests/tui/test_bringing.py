"""A table file is named in a form, looked at, and brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from crmsim.crm.record import Record
from crmsim.roles.importing import ImportCustomers
from crmsim.tui.bringing import Bringing
from crmsim.tui.form import Form
from tests.tui.at_desk import app_at, press, shown

TABLE = "Customer name,Phone,E-mail\nNew Wind,10012345678,\n[b]Bad[/b],abc,\n"


async def asked(pilot: Any) -> tuple[Any, Any]:
    """The session, and the line in which the form asks for a file."""
    await pilot.pause()
    pilot.app.screen.open_action(ImportCustomers)
    await pilot.pause()
    return pilot.app.session, pilot.app.screen.focused


@pytest.mark.covers("IMP-1", "GAME-10")
async def test_a_file_is_looked_at_before_its_good_rows_come_in(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(TABLE, encoding="utf-8")
    app = app_at("prospector")
    async with app.run_test(size=(80, 24)) as pilot:
        session, line = await asked(pilot)
        before = len(list(session.view.all(Record)))
        assert isinstance(line, Input) and "CSV" in line.placeholder
        line.value = str(file)[:-1]
        await press(pilot, "enter")
        assert isinstance(app.screen, Form), "there is no such file"
        line.value = str(file)
        await press(pilot, "enter")
        assert isinstance(app.screen, Bringing)
        text = shown(app)
        assert "2 rows read: 1 good, 0 doubles, 1 with mistakes." in text
        assert "New Wind" in text and "Row 3:" in text and "customers-rejects.csv" in text
        assert len(list(session.view.all(Record))) == before
        await press(pilot, "enter")
        assert not isinstance(app.screen, Bringing | Form)
        assert "New Wind" in [each.name for each in session._game.world.all(Record)]
    assert "[b]Bad[/b]" in (tmp_path / "customers-rejects.csv").read_text(encoding="utf-8-sig")


@pytest.mark.covers("IMP-1")
async def test_a_file_that_is_no_table_says_so_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("Colour\nred\n", encoding="utf-8")
    app = app_at("prospector", lang="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        session, line = await asked(pilot)
        before = len(list(session.view.all(Record)))
        line.value = str(file)
        await press(pilot, "enter")
        assert isinstance(app.screen, Bringing) and "Colour" in shown(app)
        await press(pilot, "f10")
        assert isinstance(app.screen, Bringing)
        await press(pilot, "enter")
        assert isinstance(app.screen, Form) and len(list(session.view.all(Record))) == before
