"""Rows and columns with a cursor, drawn line by line: rows that show are told, rows that changed are drawn.

(Textual's own table draws all that is visible again whenever a cell changes, and measures whole columns.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size, Spacing
from textual.message import Message as Signal
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crmsim.tui.column import GAP, cut, fit, shared

LEAST, PART = 8, 3  # cells, and the part of a column, below which the beginning of a value tells nothing
HEADING = 1  # lines that stay while the rows scroll
Heading = tuple[Text, int]  # its words, and its column's width; 0 makes the column as wide as what stands in it


class Grid(ScrollView, can_focus=True):
    """A table on the screen. Whoever fills it gives the rows, and tells a row's cells when they are asked for."""

    ALLOW_SELECT = False
    BINDINGS = [
        Binding("enter", "select", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "aside(-1)", show=False),
        Binding("right", "aside(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home,ctrl+home", "go(0)", show=False),
        Binding("end,ctrl+end", "go(-1)", show=False),
    ]
    COMPONENT_CLASSES = {"grid--cursor", "grid--hover", "grid--header", "grid--even-row"}
    DEFAULT_CSS = """
    Grid { background: $surface; color: $foreground; height: 1fr; }
    Grid:focus { background-tint: $foreground 5%; }
    Grid > .grid--header { text-style: bold; background: $panel; color: $foreground; }
    Grid:focus > .grid--header { background-tint: $foreground 5%; }
    Grid > .grid--even-row { background: $surface-lighten-1 50%; }
    Grid:dark > .grid--even-row { background: $surface-darken-1 40%; }
    Grid > .grid--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    Grid:focus > .grid--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    Grid > .grid--hover { background: $block-hover-background; }
    """

    cursor_row: reactive[int] = reactive(0)
    hover_row: reactive[int] = reactive(-1)

    class Highlighted(Signal):
        """The cursor came to another row."""

    class Selected(Signal):
        """Something is to be done with the row under the cursor."""

    class HeadingSelected(Signal):
        """A heading was clicked."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings: list[Heading] = []
        self._rows: Sequence[Any] = ()
        self._tell: Callable[[Any], list[Text]] = lambda row: []
        self._lines: dict[int, list[Text]] = {}  # as they were told, by their place
        self._lengths: list[list[int]] = []  # of each row's cells, as they were told last
        self.widths: list[int] = []  # of the columns, with the gaps
        self._right: set[int] = set()  # the columns of numbers: their headings stand where the numbers do
        self._whole: set[int] = set()  # the columns of which no value is cut
        self._strips: dict[tuple[int, bool, bool, bool], Strip] = {}

    # -- what stands in it

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def show(self, headings: list[Heading], rows: Sequence[Any], tell: Callable[[Any], list[Text]]) -> None:
        """These rows. What changed of them is drawn, where they stand as they stood."""
        stands = headings == self._headings and len(rows) == len(self._rows)
        same = stands and all(row is before for row, before in zip(rows, self._rows, strict=True))
        self._headings, self._rows, self._tell = headings, rows, tell
        if same:
            self._tell_again()
            return
        before, self._lines = self._lines, {at: tell(row) for at, row in enumerate(rows)}
        self._lengths = [[each.cell_len for each in self._lines[at]] for at in range(len(rows))]
        right = {at for line in self._lines.values() for at, each in enumerate(line) if each.justify == "right"}
        self._whole = {at for line in self._lines.values() for at, each in enumerate(line) if each.no_wrap}
        if right != self._right:
            self._right = right
            self._strips.clear()
        if stands:
            for at, line in self._lines.items():
                if line != before.get(at):
                    self._forget(at)
        else:
            self._strips.clear()
            self.refresh()
            self.cursor_row = self.cursor_row if self.cursor_row < len(rows) else 0
        self._measure()

    def _tell_again(self) -> None:
        seen = range(self.scroll_offset.y, min(self.row_count, self.scroll_offset.y + self.size.height))
        before, self._lines = self._lines, {}
        for at in seen:
            if self._line(at) != before.get(at):
                self._forget(at)
        for at in {at for at, *_state in self._strips if at not in seen}:
            self._forget(at)
        self._measure()

    def _line(self, at: int) -> list[Text]:
        """A row's cells, told when they are first asked for since the latest look."""
        line = self._lines.get(at)
        if line is None:
            line = self._lines[at] = self._tell(self._rows[at])
            lengths = [each.cell_len for each in line]
            if lengths != self._lengths[at]:
                self._lengths[at] = lengths
                self.call_later(self._measure)
        return line

    def _measure(self) -> None:
        """The columns as wide as what stands in them; long ones share the room that is left over."""
        widths = [
            (width or max([heading.cell_len, *(lengths[place] for lengths in self._lengths)])) + 2 * GAP
            for place, (heading, width) in enumerate(self._headings)
        ]
        widths = shared(widths, self.scrollable_content_region.width)
        if widths != self.widths:
            self.widths = widths
            self._strips.clear()
            self.refresh()
        self.virtual_size = Size(sum(widths), self.row_count + HEADING)

    def _forget(self, at: int) -> None:
        """A row is to be drawn anew."""
        for focused in (False, True):
            for state in ((False, False), (False, True), (True, False), (True, True)):
                self._strips.pop((at, focused, *state), None)
        self._redraw(at)

    def _redraw(self, at: int) -> None:
        y = at + HEADING - self.scroll_offset.y
        if HEADING <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """A line of the screen: the headings, a row, or nothing."""
        left, top = self.scroll_offset
        at = y - HEADING + top if y >= HEADING else -1
        if at >= self.row_count:
            return Strip.blank(self.size.width, self.rich_style)
        strip, room = self._strip(at), self.scrollable_content_region.width
        style = strip._segments[-1].style if strip._segments else self.rich_style
        last, edge = self._last(left)
        if last == len(self.widths):
            return strip.crop_extend(left, left + room, style)
        shown = self.shown(last, left)
        begun = cut(self._cells(at)[last], shown + 2 * GAP) if shown else ""
        return Strip([*strip.crop(left, edge), Segment(begun, style)]).extend_cell_length(room, style)

    def _last(self, left: int) -> tuple[int, int]:
        """The first column that does not show whole from there on, and where it begins: a number cut off is a lie."""
        edge = 0
        for column, width in enumerate(self.widths):
            if edge + width - GAP > left + self.scrollable_content_region.width:
                return column, edge
            edge += width
        return len(self.widths), edge

    def shown(self, column: int, left: int = 0) -> int:
        """How many cells of a value of this column show: all, the beginning of words, or nothing."""
        last, edge = self._last(left)
        if column < last:
            return self.widths[column] - 2 * GAP
        rest = left + self.scrollable_content_region.width - edge - 2 * GAP
        enough = max(LEAST, (self.widths[column] - 2 * GAP) // PART)
        return rest if column == last and rest >= enough and column not in self._whole else 0

    def _cells(self, at: int) -> list[Text]:
        """The cells of a row; -1 is the headings."""
        return self._line(at) if at >= 0 else [words for words, _width in self._headings]

    def _strip(self, at: int) -> Strip:
        """A row over its whole width; -1 is the headings."""
        key = (at, self.has_focus, at == self.cursor_row, at == self.hover_row)
        if key not in self._strips:
            style, pairs = self._style(at), zip(self._cells(at), self.widths, strict=False)
            parts = [Segment(fit(cell, each, at in self._right), style) for at, (cell, each) in enumerate(pairs)]
            self._strips[key] = Strip(parts, sum(self.widths[: len(parts)])).simplify()
        return self._strips[key]

    def _style(self, at: int) -> Style:
        names = ["header"] if at < 0 else ["even-row"] * (at % 2 == 0)
        names += ["hover"] * (at == self.hover_row >= 0) + ["cursor"] * (at == self.cursor_row)
        style = self.rich_style
        for name in names:
            style += self.get_component_rich_style(f"grid--{name}")
        return style

    def notify_style_update(self) -> None:
        """Other colours."""
        self._strips.clear()
        super().notify_style_update()

    # -- the cursor

    def validate_cursor_row(self, row: int) -> int:
        """It stays on a row."""
        return min(max(row, 0), max(0, self.row_count - 1))

    def watch_cursor_row(self, before: int, row: int) -> None:
        """Two rows are drawn anew, and the cursor is seen."""
        self._redraw(before)
        self._redraw(row)
        self.post_message(self.Highlighted())
        place = Region(int(self.scroll_x), row + HEADING, min(self.size.width, self.virtual_size.width), 1)
        self.scroll_to_region(place, animate=False, spacing=Spacing(top=HEADING), force=True)

    def watch_hover_row(self, before: int, row: int) -> None:
        """Two rows are drawn anew."""
        self._redraw(before)
        self._redraw(row)

    def action_move(self, by: int) -> None:
        """Some rows down."""
        self.hover_row = -1
        self.cursor_row += by

    def action_aside(self, by: int) -> None:
        """To the columns beside those that show, one at a time."""
        edges = [0, *accumulate(self.widths)]
        beyond = [each for each in edges if (each - self.scroll_x) * by > 0][::by]
        if beyond:
            self.scroll_to(x=beyond[0], animate=False)

    def action_turn(self, by: int) -> None:
        """A screenful down."""
        self.action_move(by * max(1, self.scrollable_content_region.height - HEADING))

    def action_go(self, row: int) -> None:
        """To the first row, or to the last."""
        self.hover_row = -1
        self.cursor_row = row % max(1, self.row_count)

    def action_select(self) -> None:
        """Something is to be done with this row."""
        self.post_message(self.Selected())

    # -- the mouse

    def _row_at(self, event: events.MouseEvent) -> int:
        """The row under the mouse; -1 is the headings, what lies below the rows as well as it can be told."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < HEADING:
            return -1
        return offset.y - HEADING + self.scroll_offset.y

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The row under the mouse is lit."""
        row = self._row_at(event)
        self.hover_row = row if row < self.row_count else -1

    def on_resize(self) -> None:
        """More or less room is left over."""
        self._measure()

    def on_leave(self) -> None:
        """No row is."""
        self.hover_row = -1

    def on_click(self, event: events.Click) -> None:
        """A click on a row is Enter on it; one on a heading sorts."""
        offset, row = event.get_content_offset(self), self._row_at(event)
        if offset is None or row >= self.row_count:
            return
        if row >= 0:
            self.cursor_row = row
            self.action_select()
            return
        edge, x = 0, offset.x + self.scroll_offset.x
        for column, width in enumerate(self.widths):
            edge += width
            if x < edge:
                self.post_message(self.HeadingSelected(column))
                return
