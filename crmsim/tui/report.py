"""A report of the company: its drawing, its numbers beside it, and below what exactly is counted."""

from __future__ import annotations

from typing import Any

from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmsim.charts import draw
from crmsim.crm.report import Report, Row, shown
from crmsim.engine.words import _
from crmsim.tui.speech import language, tell, tell_label

NUMBERS = 30  # cells that the numbers take beside the drawing
ROOM = 100  # cells from which both stand side by side with more room for the numbers


class ReportView(VerticalScroll):
    """One report as this seat reads it now."""

    def __init__(self) -> None:
        super().__init__(id="report")
        self.report: Report | None = None
        self.view: Any = None

    def compose(self) -> ComposeResult:
        """All of it in one text: it scrolls as a whole."""
        yield Static(id="drawn", markup=False)

    def show(self, report: Report, view: Any) -> None:
        """This report, from this view."""
        self.report, self.view = report, view
        self.border_title = Text(tell_label(self, report.label))
        self._draw()

    def retell(self) -> None:
        """In the new language."""
        if self.report is not None:
            self.show(self.report, self.view)

    def on_resize(self) -> None:
        """Drawn anew to the new width."""
        self._draw()

    def _draw(self) -> None:
        report, width = self.report, self.scrollable_content_region.width
        if report is None or width < NUMBERS:
            return
        beside = NUMBERS + 10 if width >= ROOM else NUMBERS
        lang, ascii = language(self), bool(getattr(self.app, "ascii", False))
        rows = list(report.rows(self.view))
        chart = draw(report.chart(self.view), width - beside - 3, ascii=ascii, language=lang)
        grid = Grid.grid(expand=True)
        grid.add_column(width=width - beside - 3)
        grid.add_column(width=3)
        grid.add_column(width=beside)
        grid.add_row(chart, Text(""), self._numbers(report, rows, beside))
        below = Grid.grid(expand=True)
        below.add_row(Text(""))
        below.add_row(Text(tell_label(self, report.definition), "italic"))
        for figure in report.figures:
            line = Text(f"{tell_label(self, figure.label)}: ", "dim")
            below.add_row(line.append(tell_label(self, figure.definition), "dim italic"))
        whole = Grid.grid(expand=True)
        whole.add_row(grid)
        whole.add_row(below)
        self.query_one("#drawn", Static).update(whole)

    def _numbers(self, report: Report, rows: list[Row], width: int) -> Grid:
        """The figures, then every row with its values."""
        lang, colours = language(self), self.app.theme_variables
        table = Grid.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
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
            values = [shown(each, report.unit, lang, short=True) for each in row.values]
            table.add_row(Text(tell(self, row.label)), *values)
        if not rows:
            table.add_row(Text(tell(self, _("There is nothing to count yet.")), "dim italic"))
        return table
