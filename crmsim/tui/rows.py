"""Any table of a desk: filter, sort, pages, and marks on rows for doing one thing to many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message as Signal
from textual.widgets import Input, Static

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.engine.words import N_, _
from crmsim.tui.cells import cell, sort_key
from crmsim.tui.entry import Entry
from crmsim.tui.grid import Grid
from crmsim.tui.rest import Rest
from crmsim.tui.speech import tell, tell_action, tell_label

PAGE = 200
MARK = " "


def id_of(row: Any) -> str:
    """A row's id; "" for rows that have none (a line of history), which nothing can be done with."""
    return str(getattr(row, "id", ""))


class Rows(Vertical):
    """A declared table with the rows that the view gives now."""

    BINDINGS = [
        Binding("slash", "filter", N_("Filter")),
        Binding("s", "sort", N_("Sort")),
        Binding("space", "mark", N_("Mark")),
        Binding("right_square_bracket", "page(1)", N_("Next page"), show=False),
        Binding("left_square_bracket", "page(-1)", N_("Page before"), show=False),
    ]

    class Entered(Signal):
        """Something is to be done with these rows of the table."""

        def __init__(self, table: Table, rows: list[Any]) -> None:
            super().__init__()
            self.table, self.rows = table, rows

    def __init__(self) -> None:
        super().__init__(id="rows")
        self.table: Table | None = None
        self.view: Any = None
        self.marked: dict[str, None] = {}
        self._sorted, self._down, self._page = -1, False, 0
        self._shown: list[Any] = []
        self._beside: Sequence[type[Action]] = ()
        self._counted = ""  # how many rows there are, in words

    def compose(self) -> ComposeResult:
        """A filter line that is there when asked for, the rows, and a line that counts them."""
        yield Entry(id="filter", compact=True)
        yield Grid(id="grid")
        yield Rest()
        yield Static(id="count", markup=False)

    def on_mount(self) -> None:
        """The filter line waits to be asked for."""
        self.query_one("#filter").display = False

    def show(self, table: Table, view: Any, beside: Sequence[type[Action]] = ()) -> None:
        """This table, from this view; another table starts unsorted, unmarked and unfiltered.
        An empty one says how its first row is made, by what can be done beside it.
        """
        if self.table is not table:
            self.table, self.marked, self._sorted, self._down, self._page = table, {}, -1, False, 0
            self.query_one("#filter", Input).value = ""
            self.query_one("#filter").display = False
        self.view, self._beside = view, beside
        self._fill()

    def retell(self) -> None:
        """In the new language."""
        if self.table is not None:
            self._fill()

    def row_at_cursor(self) -> Any:
        """The row under the cursor; None when the table is empty."""
        at = self.query_one(Grid).cursor_row
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def _fill(self) -> None:
        table, grid = self.table, self.query_one(Grid)
        assert table is not None
        self.border_title = Text(tell_label(self, table.label))
        columns = table.columns_of(self.view)
        rows = self._rows()
        wanted = self.query_one("#filter", Input).value.strip().casefold()
        found = [row for row in rows if not wanted or wanted in " ".join(map(str, self._cells(row))).casefold()]
        if 0 <= self._sorted < len(columns):
            by = columns[self._sorted]
            found.sort(key=lambda row: sort_key(self, by, row, self.view), reverse=self._down)
        pages = max(1, -(-len(found) // PAGE))
        self._page = min(max(self._page, 0), pages - 1)
        self._shown = page = found[self._page * PAGE : (self._page + 1) * PAGE]
        headings = [(Text(MARK), 1)]
        for at, each in enumerate(columns):
            arrow = "" if at != self._sorted else " ▼" if self._down else " ▲"
            headings.append((Text(tell_label(self, each.label) + arrow), each.width))
        grid.show(headings, page, self._line)
        self._count(len(found), len(rows), pages)
        self._tell_count()
        self.call_after_refresh(self._tell_rest)

    def _line(self, row: Any) -> list[Text]:
        return [Text("◆" if id_of(row) in self.marked else MARK), *self._cells(row)]

    def _cells(self, row: Any) -> list[Text]:
        assert self.table is not None
        return [cell(self, each, row, self.view) for each in self.table.columns_of(self.view)]

    def _rows(self) -> list[Any]:
        assert self.table is not None
        rows = list(self.table.rows(self.view))
        return rows[::-1] if self.table.latest_first else rows

    def _tell_rest(self) -> None:
        row, rest = self.row_at_cursor(), self.query_one(Rest)
        columns = self.table.columns_of(self.view) if self.table is not None and row is not None else ()
        rest.show(self.query_one(Grid), columns, [cell(self, each, row, self.view) for each in columns])
        self._tell_count()

    def on_grid_highlighted(self) -> None:
        """Another row under the cursor."""
        self._tell_rest()

    def on_resize(self) -> None:
        """More or fewer columns show."""
        self.call_after_refresh(self._tell_rest)

    def _count(self, found: int, total: int, pages: int) -> None:
        assert self.table is not None
        some = found < total
        words = _("{found} of {total} rows", found=found, total=total) if some else _("Rows: {total}", total=total)
        line = tell(self, words)
        if not total and self.table.empty:
            line = tell_label(self, self.table.empty)
        if not total and self._beside:
            ways = " · ".join(tell_action(self, each) for each in self._beside)
            line += "  " + tell(self, _("Enter: {ways}", ways=ways))
        if pages > 1:
            line += "  " + tell(self, _("page {page} of {pages}: [ and ]", page=self._page + 1, pages=pages))
        if self.marked:
            line += "  " + tell(self, _("{count} marked", count=len(self.marked)))
        self._counted = line
        self.set_class(not found, "-empty")

    def _tell_count(self) -> None:
        """How many rows there are, and that some columns do not show at all; a value that is cut is told below."""
        grid, count, line = self.query_one(Grid), self.query_one("#count", Static), self._counted
        if self._shown and not all(grid.shown(at) for at in range(len(grid.widths))):
            line += "  " + tell(self, _("← →: more columns"))
        if count.content != Text(line):
            count.update(Text(line))

    def action_filter(self) -> None:
        """Open the filter line."""
        line = self.query_one("#filter", Input)
        line.placeholder = tell(self, _("Show rows with…"))
        line.display = True
        line.focus()

    def action_sort(self) -> None:
        """By the next column, down, then unsorted."""
        assert self.table is not None
        if self._sorted >= 0 and not self._down:
            self._down = True
        else:
            self._sorted, self._down = self._sorted + 1, False
            if self._sorted >= len(self.table.columns_of(self.view)):
                self._sorted = -1
        self._fill()

    def action_page(self, step: int) -> None:
        """Another page."""
        self._page += step
        self._fill()

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go one down."""
        row, grid = self.row_at_cursor(), self.query_one(Grid)
        if row is not None and id_of(row):
            if self.marked.pop(id_of(row), 0) == 0:
                self.marked[id_of(row)] = None
            self._fill()
            grid.cursor_row += 1

    @property
    def filtering(self) -> bool:
        """Whether one types in the filter line."""
        return self.query_one("#filter").has_focus

    def clear_filter(self) -> bool:
        """Close the filter line; whether there was one."""
        line = self.query_one("#filter", Input)
        if not line.display:
            return False
        line.value, line.display = "", False
        self.query_one(Grid).focus()
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer rows as one types."""
        event.stop()
        if self.table is not None and self.view is not None:
            self._page = 0
            self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the rows that are left."""
        event.stop()
        self.query_one(Grid).focus()

    def on_grid_heading_selected(self, event: Grid.HeadingSelected) -> None:
        """A click on a heading sorts by it."""
        at = event.column - 1
        if at >= 0:
            self._sorted, self._down = at, self._sorted == at and not self._down
            self._fill()

    def on_grid_selected(self, event: Grid.Selected) -> None:
        """Enter on a row: the marked rows, or this one."""
        event.stop()
        if self.table is None:
            return
        marked = [row for row in self.table.rows(self.view) if id_of(row) in self.marked]
        row = self.row_at_cursor()
        if marked or row is not None or not self._rows():
            self.post_message(self.Entered(self.table, marked or [row] * (row is not None)))
