"""The grid of the live tables: it shows what Textual's own table shows, draws no more than what changed, and is worked
by keys and mouse."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pytest
from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from crmsim.tui.grid import Grid

pytestmark = pytest.mark.covers("GAME-1")
HEADINGS = [(Text(" "), 1), (Text("Name"), 0), (Text("金额"), 0), (Text("Cut"), 5)]
NAMES = ("江州恒信办公设备有限公司", "Shepherd & Suarez", "[bold]x[/]", "", "数字 100 台", "é a‑b", "👩‍👩‍👧 family")


class Line:
    """A row, as whoever fills a grid has it."""

    def __init__(self, number: int) -> None:
        self.name, self.amount = NAMES[number % len(NAMES)] + " " * (number % 3), f"¥{number**3:,}.00"

    def cells(self) -> list[Text]:
        return [Text("◆"), Text(self.name), Text(self.amount, justify="right"), Text("客户很满意")]


class Both(App[None]):
    """Textual's table left, the grid right."""

    CSS = "DataTable, Grid { width: 1fr; height: 1fr; scrollbar-size: 1 1; }"

    def __init__(self, number: int) -> None:
        super().__init__()
        self.rows = [Line(each) for each in range(number)]
        self.signals: list[Any] = []
        self.told: list[Line] = []

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield DataTable[Text](cursor_type="row", zebra_stripes=True)
            yield Grid()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for words, width in HEADINGS:
            words = Text(words.plain, justify="right") if words.plain == "金额" else words  # over its numbers
            table.add_column(words, width=width or None)
        table.add_rows([each.cells() for each in self.rows])
        self.show()

    def show(self) -> None:
        self.query_one(Grid).show(HEADINGS, list(self.rows), self.tell)

    def tell(self, row: Line) -> list[Text]:
        self.told.append(row)
        return row.cells()

    def on_grid_selected(self, event: Grid.Selected) -> None:
        self.signals.append(self.query_one(Grid).cursor_row)

    def on_grid_heading_selected(self, event: Grid.HeadingSelected) -> None:
        self.signals.append(f"heading {event.column}")


def lines_of(widget: Any, edge: int = 999) -> list[str]:
    return [cut(widget.render_line(y).text, edge).rstrip() for y in range(widget.size.height)]


def cut(line: str, cells: int) -> str:
    return set_cell_size(line, min(cells, cell_len(line)))


def same(app: Both) -> bool:
    """The grid shows what the table shows, but of a column that has no room the words' beginning, or nothing."""
    table, grid = app.query_one(DataTable), app.query_one(Grid)
    left, room = grid.scroll_offset.x, grid.scrollable_content_region.width
    edge = max([each - left for each in accumulate(grid.widths) if 0 <= each - left <= room], default=0)
    return lines_of(grid, edge) == lines_of(table, edge)


@pytest.mark.parametrize("width", [60, 90])
async def test_it_shows_what_textuals_table_shows(width: int) -> None:
    app = Both(40)
    async with app.run_test(size=(width, 14)) as pilot:
        await pilot.pause()
        table, grid = app.query_one(DataTable), app.query_one(Grid)
        assert same(app) and any("江州" in each for each in lines_of(grid))
        assert grid.virtual_size == table.virtual_size
        for x, y in ((0, 7), (5, 13), (9, 40), (6, 0)):
            for each in (table, grid):
                each.scroll_to(x, y, animate=False)
            await pilot.pause()
            assert same(app)
        app.rows[30].name = "A name that is longer than the others, of a wider column"
        table.update_cell_at(Coordinate(30, 1), Text(app.rows[30].name), update_width=True)
        app.show()
        for each in (table, grid):
            each.scroll_to(0, 25, animate=False)
        await pilot.pause()
        lines_of(grid)  # what shows is told, and its column becomes wider
        await pilot.pause()
        assert same(app) and "A name that" in "".join(lines_of(grid))


async def test_a_number_shows_whole_or_not_at_all_and_words_say_that_they_go_on() -> None:
    app = Both(3)
    app.rows[2].amount = "¥1,234,567.00"
    async with app.run_test(size=(70, 14)) as pilot:  # 35 cells: the names show, the amounts do not
        await pilot.pause()
        grid = app.query_one(Grid)
        assert grid.shown(1) == 24 and grid.shown(2) == 0 and "¥" not in "".join(lines_of(grid))
        grid.focus()
        await pilot.press("right", "right")
        await pilot.pause()
        assert "¥1,234,567.00" in "".join(lines_of(grid))
        await pilot.press("left", "left")
        assert grid.scroll_offset.x == 0
    async with Both(3).run_test(size=(40, 14)) as pilot:
        await pilot.pause()
        assert " 江州恒信办公设… " in lines_of(pilot.app.query_one(Grid))[1] + " "
    app = Both(3)
    app.rows[1].name = "A name of which so little would show that its beginning tells nothing of the rest"
    async with app.run_test(size=(40, 14)) as pilot:  # 15 cells of 60
        await pilot.pause()
        assert app.query_one(Grid).shown(1) == 0


async def test_a_look_tells_only_rows_that_show() -> None:
    app = Both(2000)
    async with app.run_test(size=(90, 14)) as pilot:
        await pilot.pause()
        app.told.clear()
        app.rows[3].name, app.rows[900].name = "Changed", "Changed far below"
        app.show()
        await pilot.pause()
        grid = app.query_one(Grid)
        assert "Changed" in lines_of(grid)[4] and len(app.told) <= 14
        grid.cursor_row = 900
        await pilot.pause()
        assert any("Changed far below" in each for each in lines_of(grid)) and len(app.told) <= 40
        del app.rows[0]
        app.show()
        grid.cursor_row = 0
        await pilot.pause()
        assert "Changed" in lines_of(grid)[3] and grid.row_count == 1999


async def test_keys_and_mouse() -> None:
    app = Both(40)
    async with app.run_test(size=(90, 14)) as pilot:
        grid = app.query_one(Grid)
        grid.focus()
        await pilot.pause()
        at = []
        for key in ("down", "pagedown", "up", "end", "pagedown", "home", "up"):
            await pilot.press(key)
            at.append(grid.cursor_row)
        page = grid.scrollable_content_region.height - 1
        assert at == [1, 1 + page, page, 39, 39, 0, 0]
        await pilot.press("down", "enter")
        await pilot.click(Grid, offset=(6, 4))
        await pilot.click(Grid, offset=(6, 0))
        assert app.signals == [1, 3, "heading 1"] and grid.cursor_row == 3
        await pilot.hover(Grid, offset=(6, 6))
        assert grid.hover_row == 5
        app.rows = app.rows[:2]
        app.show()
        await pilot.click(Grid, offset=(6, 8))
        assert grid.cursor_row == 0 and len(app.signals) == 3
        app.rows = []
        app.show()
        await pilot.press("down", "end", "enter")
        await pilot.pause()
        assert grid.cursor_row == 0 and grid.render_line(1).text.strip() == ""


async def test_a_long_column_takes_the_room_that_is_left_over() -> None:
    app = Both(3)
    app.rows[0].name = "One sentence of a letter that goes on and on. " * 3  # 138 cells
    async with app.run_test(size=(180, 14)) as pilot:  # 90 cells for the grid
        await pilot.pause()
        grid = app.query_one(Grid)
        assert 60 < grid.shown(1) < 138 and grid.shown(2) and sum(grid.widths) <= grid.size.width
        assert "…" in lines_of(grid)[1] and "¥" in lines_of(grid)[1]
        await pilot.resize_terminal(360, 14)
        await pilot.pause(0.3)
        assert grid.shown(1) == 138 and "…" not in lines_of(grid)[1]
        await pilot.resize_terminal(120, 14)
        await pilot.pause(0.3)
        assert grid.widths[1] == 62  # the longest without room left over, and a gap on either side
