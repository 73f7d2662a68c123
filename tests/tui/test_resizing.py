"""A terminal that changes its size while a sheet lies over a desk: both are laid out at once."""

from __future__ import annotations

from typing import Any

import pytest
from textual.geometry import Region

from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.help import Help
from crmsim.tui.hint import Hint
from tests.tui.at_desk import app_at, press, still, until

pytestmark = pytest.mark.covers("GAME-1")


def drawn(screen: object) -> str:
    strips = screen._compositor.render_strips()  # type: ignore[attr-defined]
    return "\n".join("".join(each.text for each in strip).rstrip() for strip in strips)


@pytest.mark.parametrize(
    ("before", "after", "sheets"), [((140, 40), (80, 24), 1), ((80, 24), (140, 40), 1), ((140, 40), (80, 24), 2)]
)
async def test_a_desk_below_a_sheet_is_laid_out_at_once(
    before: tuple[int, int], after: tuple[int, int], sheets: int
) -> None:
    app = app_at("director")
    async with app.run_test(size=before) as pilot:
        await pilot.pause()
        await press(pilot, "enter", *["f1"][: sheets - 1])
        assert isinstance(app.screen, (Form, Help)[sheets - 1])
        await pilot.resize_terminal(*after)
        await still(pilot)
        below = drawn(app.screen_stack[1])
        for _sheet in range(sheets):
            await press(pilot, "escape")
        assert isinstance(app.screen, Desk)
        now, step = await still(pilot), app.screen.query_one(Hint).region
        assert without(below, step) == without(now, step)  # the next step is told where one is


def without(screen: str, lines: Region) -> list[str]:
    """A screen without some of its lines."""
    return [line for at, line in enumerate(screen.split("\n")) if not lines.y <= at < lines.bottom]


async def test_a_new_screen_is_laid_out_for_its_width_from_the_first() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sheet = Help([], list)
        sheet._size = app.size  # as if the library had nothing to tell it of its size
        await app.push_screen(sheet)
        assert sheet.has_class("-narrow") and not sheet.has_class("-wide")


async def test_a_report_is_whole_again_once_a_window_is_large_enough_again() -> None:
    app = app_at("director")
    async with app.run_test(size=(84, 24)) as pilot:
        await pilot.pause()
        desk: Any = app.screen
        desk.open_table(next(each for each in desk.session.tables if each.id == "report-source"))
        await still(pilot)
        report = desk.query_one("#drawn")
        before = report.size
        for width in (57, 84):
            await pilot.resize_terminal(width, 24)
            await still(pilot)
        await until(pilot, lambda: report.size == before)


@pytest.mark.covers("GAME-1")
@pytest.mark.parametrize(("width", "news"), [(60, 31), (80, 51), (130, 38), (140, 38), (200, 60)])
async def test_news_gets_a_part_of_a_wide_window(width: int, news: int) -> None:
    app = app_at("director")
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        place, work = app.screen.query_one("#news").region, app.screen.query_one("#work").region
        assert place.width == news and work.width >= news and max(place.right, work.right) == width


async def test_in_the_least_window_work_has_more_room_than_news_and_the_hint_is_whole() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        hint = app.screen.query_one(Hint)
        assert "F2" in str(hint.content)
        await pilot.resize_terminal(60, 15)
        await until(pilot, lambda: "F2" not in str(hint.content))
        assert app.screen.query_one("#todo").region.height > app.screen.query_one("#news").region.height == 3
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "F2" in str(hint.content))
        assert app.screen.query_one("#news").region.height == 6
