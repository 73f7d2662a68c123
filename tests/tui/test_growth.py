"""Long sessions, hostile names and terminals that change their size."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from textual.message import Message
from textual.message_pump import MessagePump

from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.grid import Grid
from crmsim.tui.opening import Wishes
from crmsim.tui.rows import Rows, id_of
from crmsim.tui.small import Small
from crmsim.tui.talk import TalkRoom
from crmsim.tui.todo import ToDo
from tests.tui.at_desk import NAMES, app_at, opened, press, shown
from tests.tui.hand import turns

pytestmark = pytest.mark.covers("GAME-1")


def ours(each: object) -> bool:
    """An object of the game, or one of the library's that hears messages or carries one."""
    return type(each).__module__.startswith("crmsim.") or isinstance(each, MessagePump | Message)


@pytest.mark.parametrize("times", [80, pytest.param(1_000, marks=pytest.mark.slow)])
async def test_a_desk_looked_at_again_and_again_does_not_grow(times: int) -> None:
    """Neither by widgets nor by anything of ours; what libraries remember of drawing has its limit after a while."""
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk = app.screen
        assert isinstance(desk, Desk)
        tables = {each.id: each for each in app.session.tables}  # type: ignore[union-attr]

        async def look(times: int) -> tuple[int, int, int]:
            for at in range(times):
                desk.open_table(tables[("report-status", "inbox", "outbox")[at % 3]])
                desk.look()
                desk.refresh_bindings()
                if at % 10 == 0:
                    await pilot.pause()
            await pilot.pause()
            gc.collect()
            objects = gc.get_objects()
            return len(list(desk.walk_children())), sum(map(ours, objects)), len(objects)

        await look(12)
        widgets, own, whole = await look(12)
        more_widgets, more_own, more_whole = await look(times)
        assert more_widgets == widgets
        assert more_own - own < 20
        assert more_whole - whole < 2_000 + 5 * times


async def test_names_that_look_like_commands_are_clicked_and_do_nothing() -> None:
    app = app_at("reception", "director")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        desk = app.screen
        assert isinstance(desk, Desk)
        assert NAMES[1] in shown(app)
        await pilot.click(ToDo, offset=(30, 1))
        await pilot.pause()
        assert isinstance(app.screen, TalkRoom)
        for place in ("#mood", "#transcript", "#words"):
            await pilot.click(place, offset=(4, 0))
        await pilot.pause()
        assert app.is_running
        await press(pilot, "escape", "n")
        table = next(
            each
            for each in app.session.tables  # type: ignore[union-attr]
            if any(id_of(row) == "C2" for row in each.rows(app.session.view))  # type: ignore[union-attr]
        )
        desk.open_table(table)
        await pilot.pause()
        for row in range(1, 4):
            await pilot.click(Grid, offset=(10, row))
            await pilot.pause()
            for _screen in turns(lambda: app.screen is not desk):
                await press(pilot, "escape")
        assert app.is_running
        assert desk.query_one(Rows).table is table


async def test_a_terminal_may_change_its_size_at_any_time() -> None:
    app = app_at("reception", "director")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        sizes = ((59, 14), (60, 15), (30, 5), (100, 30))
        for keys, room in (((), Desk), (("enter", "1"), TalkRoom), (("escape", "n", "enter"), Form)):
            await press(pilot, *keys)
            assert isinstance(app.screen, room)
            for width, height in sizes:
                await pilot.resize_terminal(width, height)
                await pilot.pause()
                small = width < 60 or height < 15
                assert isinstance(app.screen, Small) is small
                assert ("too small" in shown(app)) is small
            assert isinstance(app.screen, room)
        await press(pilot, "f10")
        assert app.session.papers() == []  # type: ignore[union-attr]


async def test_a_form_shows_price_and_buttons_in_the_least_terminal() -> None:
    app = app_at("director")
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        text = shown(app)
        assert "ends day 1" in text
        assert text.partition("ends day 1")[2].count("Do it") == 2  # the button, and the key below


@pytest.mark.covers("GAME-8")
async def test_a_mistake_in_the_program_is_reported_and_the_game_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = CrmsimApp(Wishes(("director",), seed=7, skill="idle", save=str(tmp_path / "lab.crmsim")), "first_day")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        monkeypatch.setattr(CrmsimApp, "is_headless", False)
        app._handle_exception(ValueError("planted"))
        assert isinstance(app.trouble, ValueError)
        monkeypatch.undo()
    assert (tmp_path / "lab.crmsim").exists()
