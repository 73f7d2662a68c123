"""Messages lie over panels: not a character of them may be lost at a panel's edge, and nothing below may be torn."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region

from crmsim.engine.words import _
from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.pull import Pull
from tests.tui import walk
from tests.tui.at_desk import app_at, press, shown, still, until

WORDS = "江州恒信办公设备有限公司的王经理"
pytestmark = pytest.mark.covers("GAME-1", "GAME-10")


@pytest.mark.parametrize("size", [(80, 24), (81, 24), (140, 40)])
async def test_a_message_over_panels_keeps_every_character(size: tuple[int, int]) -> None:
    app = walk.desk_app("zh")
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for before in ("", "a"):  # once with each character on an even cell, once on an odd one
            app.screen.say(_("{words} waits for you.", words=before + 2 * WORDS))  # type: ignore[attr-defined]
        await until(pilot, lambda: len(app.screen.query("Toast")) == 2)
        screen = await still(pilot)
        assert 2 * WORDS in screen and "a" + 2 * WORDS in screen
        for strip in app.screen._compositor.render_strips():
            assert cell_len("".join(each.text for each in strip)) == size[0]


async def test_a_list_that_is_pulled_down_covers_what_is_below() -> None:
    app = walk.desk_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        assert isinstance(app.screen, Form)
        app.screen.query(Pull).last().focus()
        await press(pilot, "space")
        for strip in app.screen._compositor.render_strips():
            assert cell_len("".join(each.text for each in strip)) == 80
        assert "驳回" in shown(app)


async def test_while_a_message_stands_nothing_below_is_drawn_over_it_by_halves() -> None:
    """A panel's left edge may lie within a wide character of the message: drawn alone, it would leave half of it."""
    app = walk.desk_app("zh")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for words, kind in (("", ChopsUpdate), (WORDS, LayoutUpdate)):
            if words:
                app.screen.say(_("{words} waits for you.", words=words))  # type: ignore[attr-defined]
                await until(pilot, lambda: app.screen.query("Toast"))
                await still(pilot)
            compositor = app.screen._compositor
            compositor._dirty_regions.clear()
            compositor._dirty_regions.add(Region(29, 6, 20, 3))
            assert isinstance(compositor.render_update(), kind)


@pytest.mark.covers("GAME-9")
@pytest.mark.parametrize("key", ["f1", "enter"])
async def test_a_running_clock_is_seen_to_run_above_a_sheet(key: str) -> None:
    app = app_at("director", pace="live")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        desk, session = app.screen, app.session
        assert isinstance(desk, Desk) and session is not None
        await press(pilot, key)
        assert app.screen is not desk
        before = session.minute
        session.tick(60_000)
        session.paused = True
        desk.tick()
        clock = f"{session.minute // 60:02d}:{session.minute % 60:02d}"
        await until(pilot, lambda: clock in shown(app))
        assert session.minute >= before + 60
        await press(pilot, "escape")
        assert app.screen is desk
