"""A report of the company: its drawing, its numbers beside it, and below what exactly is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.cells import cell_len
from rich.measure import Measurement
from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmsim.charts import draw
from crmsim.charts.brush import HEIGHT
from crmsim.crm.report import Report, Row, shown
from crmsim.engine.words import N_, _
from crmsim.tui.speech import dates, language, tell, tell_label

LEAST = 30  # cells below which nothing is drawn
DRAWING = 36  # cells that a drawing needs beside its numbers; with fewer the numbers stand below it
HIGHEST = 20  # rows: and not higher
FOOT = 3  # rows below it, at least: its line, its names, what is counted
WIDEST = 100  # cells: a drawing is not made wider than one can see at a glance
GAP = 3
COUNTS = ("bar", "pie", "hbar")
LYING = {"bar": "hbar"}  # with more room for names
CUT = set("…~")  # how a drawing says that a name had no room
KINDS = {
    "bar": N_("bar chart"), "hbar": N_("horizontal bars"), "stacked": N_("stacked bars"), "line": N_("line chart"),
    "pie": N_("pie chart"), "funnel": N_("funnel"), "timeline": N_("time line"),
}  # fmt: skip


class ReportView(VerticalScroll):
    """One report as this seat reads it now."""

    BINDINGS = [Binding("v", "kind", N_("Another chart"))]

    def __init__(self) -> None:
        super().__init__(id="report")
        self.report: Report | None = None
        self.view: Any = None
        self._turn = 0  # how often another drawing was asked for

    def compose(self) -> ComposeResult:
        """All of it in one text: it scrolls as a whole."""
        yield Static(id="drawn", markup=False)

    def show(self, report: Report, view: Any) -> None:
        """This report, from this view."""
        self._turn = self._turn if self.report is report else 0
        self.report, self.view = report, view
        self.border_title = Text(tell_label(self, report.label))
        self._draw()

    def _kinds(self) -> tuple[str, ...]:
        """The ways in which this report may be drawn, its own first: counts of a few things as bars or as a round."""
        assert self.report is not None
        chart = self.report.chart(self.view)
        plain = chart.kind in COUNTS and len(chart.series) == 1 and not chart.unit
        return (chart.kind, *(each for each in COUNTS if each != chart.kind)) if plain else (chart.kind,)

    def action_kind(self) -> None:
        """Drawn in the next way."""
        self._turn += 1
        self._draw()

    def retell(self) -> None:
        """In the new language."""
        if self.report is not None:
            self.show(self.report, self.view)

    def on_resize(self) -> None:
        """Drawn anew to the new width, once it is known: a report that was covered has another height then."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        report, width = self.report, self.scrollable_content_region.width - 1
        if report is None or width < LEAST:
            return
        rows = list(report.rows(self.view))
        numbers = self._numbers(report, rows)
        console = self.app.console
        wide = Measurement.get(console, console.options.update(width=width), numbers).maximum
        kinds = self._kinds()
        kind, chart, side_by_side = self._fitting(kinds[self._turn % len(kinds)], width, width - wide - GAP)
        self.border_subtitle = Text(tell_label(self, KINDS[kind]))
        whole = Grid.grid()
        whole.add_column(width=width)
        if rows and kind != "timeline" and not any(value for row in rows for value in row.values):
            whole.add_row(numbers)  # a drawing of nothing tells nothing
        elif not rows and not report.figures:
            whole.add_row(chart)
        elif side_by_side:
            grid = Grid.grid()
            grid.add_column(width=max(cell_len(each) for each in chart.plain.split("\n")))
            grid.add_column(width=GAP)
            grid.add_column(width=wide)
            grid.add_row(chart, Text(""), numbers)
            whole.add_row(grid)
        else:
            for part in (chart, Text(""), numbers):
                whole.add_row(part)
        for part in self._defined(report):
            whole.add_row(part)
        self.query_one("#drawn", Static).update(whole)

    def _fitting(self, kind: str, width: int, beside: int) -> tuple[str, Text, bool]:
        """The drawing, with the numbers beside it if there is room, below it where names would be cut otherwise; and
        lying bars where standing ones cut a name even then. Its kind, and whether the numbers stand beside it."""
        assert self.report is not None
        chart = self.report.chart(self.view)
        plain, colour = bool(getattr(self.app, "ascii", False)), not self.app.no_color
        ways = [(each, side) for each in dict.fromkeys((kind, LYING.get(kind, kind))) for side in (True, False)]
        for way, side in [each for each in ways if beside >= DRAWING or not each[1]]:
            room, drawn = min(WIDEST, beside if side else width), replace(chart, kind=way)
            tall = max(HEIGHT, min(HIGHEST, (self.size.height - FOOT) // (2 if side else 3)))  # all shows at once
            text = draw(drawn, room, ascii=plain, colour=colour, language=language(self), beside=True, height=tall)
            if not CUT.intersection(text.plain):
                break
        return way, text, side

    def _defined(self, report: Report) -> list[Text]:
        """What is counted, and how the figures are reckoned."""
        lines = [Text(""), Text(tell_label(self, report.definition), "italic")]
        for figure in report.figures:
            label, meaning = tell_label(self, figure.label), tell_label(self, figure.definition)
            lines.append(Text(tell(self, _("{label}: {text}", label=label, text=meaning)), "dim italic"))
        return lines

    def _numbers(self, report: Report, rows: list[Row]) -> Grid:
        """The figures, then every row with its values."""
        lang, colours = language(self), self.app.theme_variables
        table = Grid.grid(padding=(0, 2, 0, 0))
        table.add_column(overflow="ellipsis")
        for _each in report.series:
            table.add_column(justify="right", no_wrap=True)
        blank = [""] * (len(report.series) - 1)
        for figure in report.figures:
            value = shown(figure.value(self.view), figure.unit, lang, short=True)
            table.add_row(
                Text(tell_label(self, figure.label), "bold"), Text(value, f"bold {colours['accent']}"), *blank
            )
        if report.figures:
            table.add_row("")
        if rows and len(report.series) > 1:
            names = [Text(tell_label(self, each), "dim") for each in report.series]
            table.add_row(Text(tell_label(self, report.heading), "dim"), *names)
        for row in rows:
            values = [shown(each, report.unit, lang, dates(self), short=True) for each in row.values]
            table.add_row(Text(tell(self, row.label)), *values)
        return table
