"""A customer's file: all that is known and all that happened, from any row or paper that is about the customer."""

from __future__ import annotations

import re

import pytest

from crmsim.crm.record import Record
from crmsim.engine.words import render
from crmsim.tui.desk import Desk
from crmsim.tui.file import File
from tests.tui import walk
from tests.tui.at_desk import app_at, press, shown

SMALL, WIDE = (80, 24), (140, 40)


@pytest.mark.covers("REG-3", "REG-6", "GAME-10")
async def test_a_file_holds_what_is_known_and_the_whole_story_of_a_customer() -> None:
    app = walk.desk_app("en")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session, desk = app.session, app.screen
        assert session is not None and isinstance(desk, Desk)
        desk.open_table(next(each for each in session.tables if each.id == "customers"))
        await press(pilot, "f")
        assert isinstance(app.screen, File)
        row = desk._pointed_at()
        table, record = session.subject(row)  # type: ignore[misc]
        text = " ".join(shown(app).split())
        assert render(record.title, "en") in text
        for told in ("Phone", record.phone, "Class", "Tactic", "Still open"):  # of the file and of the portrait
            assert told in text
        events = list(table.story(session.view, record))
        told_lines = [line for line in shown(app).split("\n") if re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", line)]
        assert len(events) > 3 and len(told_lines) >= len(events)
        others = [each for each in session.view.all(Record) if each.id != record.id]
        assert not any(render(each.title, "en") in text for each in others)
        await press(pilot, "f4")
        assert "尚未填写" in shown(app)
        await press(pilot, "escape")
        assert app.screen is desk


@pytest.mark.covers("REG-3", "SAL-1")
async def test_a_paper_opens_the_file_of_its_customer_and_what_has_no_file_offers_none() -> None:
    app = app_at("director", "reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        desk = app.screen
        assert desk.check_action("file", ())  # the order that waits is of a customer on file
        await press(pilot, "f")
        assert isinstance(app.screen, File)
        await press(pilot, "escape", "n")
        assert not desk.check_action("file", ())  # nobody has written down whom this talk is with
        await press(pilot, "f")
        assert isinstance(app.screen, Desk)
