"""What is clicked twice in a hurry is opened once: both clicks are on their way before the first has led anywhere."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import OptionList

from crmsim.game import Game
from crmsim.store.savefile import save
from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.labreport import LabReport
from crmsim.tui.opening import Wishes
from crmsim.tui.reports import Reports
from crmsim.tui.room import Sheet
from crmsim.tui.todo import ToDo
from tests.tui.at_desk import app_at, quiet_scenario, until

SIZE = (100, 30)
pytestmark = pytest.mark.covers("GAME-1")


@pytest.fixture
def saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where games are kept, with one that was left and one that is over."""
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    folder = tmp_path / "saves"
    folder.mkdir()
    left = Game(quiet_scenario(), seed=5, holders={"reception": "person", "director": "bot:expert"})
    save(left, folder / "left.crmsim")
    return folder


async def twice(pilot: Any, widget: Any) -> None:
    """Two clicks at once, and time for all that they lead to."""
    at = widget.content_region.offset
    for kind, button in ((events.MouseMove, 0), *((events.MouseDown, 1), (events.MouseUp, 1)) * 2):
        pilot.app.post_message(kind(None, at.x, at.y, 0, 0, button, False, False, False, screen_x=at.x, screen_y=at.y))
    for _turn in range(10):
        await pilot.pause()


def of(app: CrmsimApp, kind: type) -> int:
    return sum(isinstance(each, kind) for each in app.screen_stack)


async def test_a_paper_has_one_form() -> None:
    app = app_at("director", "reception")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await twice(pilot, app.screen.query_one(ToDo))
        assert of(app, Form) == 1


async def test_a_row_has_one_sheet() -> None:
    app = app_at("director")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        session, desk = app.session, app.screen
        assert session is not None
        assert isinstance(desk, Desk)
        desk.open_table(next(each for each in session.tables if each.actions and each.rows(session.view)))
        await pilot.pause()
        for _key in range(2):
            app.post_message(events.Key("enter", "\r").set_sender(app))
        for _turn in range(10):
            await pilot.pause()
        assert of(app, Sheet) == 1


async def test_one_game_is_begun(saves: Path) -> None:
    before = set(saves.glob("*.crmsim"))
    app = CrmsimApp(Wishes(("director",), skill="idle"), lang="en")
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: getattr(app.screen, "furnished", False))
        await pilot.pause()
        await pilot.click("#begin", times=2)
        await until(pilot, lambda: app.session)
        assert of(app, Desk) == 1
        assert len(set(saves.glob("*.crmsim")) - before) == 1


async def test_a_game_that_was_left_is_opened_once(saves: Path) -> None:
    app = CrmsimApp(Wishes(), lang="en")
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: getattr(app.screen, "furnished", False))
        await twice(pilot, app.screen.query_one("#saves", OptionList))
        await until(pilot, lambda: app.session)
        assert of(app, Desk) == 1


async def test_one_report_is_opened_and_none_once_its_reader_has_left(saves: Path) -> None:
    over = Game(quiet_scenario(), seed=5, holders={"reception": "person", "director": "bot:expert"})
    over.end()
    (saves / "left.crmsim").unlink()
    save(over, saves / "over.crmsim")
    app = app_at("director")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(Reports())
        room: Any = app.screen
        room.open(saves / "over.crmsim")
        await asyncio.sleep(0.005)  # it is being told again when it is asked for once more
        room.open(saves / "over.crmsim")
        await until(pilot, lambda: of(app, LabReport) and all(each.is_finished for each in app.workers))
        assert of(app, LabReport) == 1
        app.pop_screen()
        await pilot.pause()
        room.open(saves / "over.crmsim")
        app.pop_screen()
        await until(pilot, lambda: all(each.is_finished for each in app.workers))
        assert of(app, LabReport) == 0
