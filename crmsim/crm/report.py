"""What a report is: a few numbers or one chart, each with its definition beside it, drawn by whoever shows it.

A report is declared once and computed from a view, so it counts what its reader may see. The terminal, a page, a
workbook and the command line render the same `Chart`. Units: "" counts, "money" fen, "percent" ppm, "span" minutes,
"day" minutes of the game, "score" hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from crmsim.engine.desk import Column, Table
from crmsim.engine.words import FORMS, N_, UNDATED, Dates, Words, _, in_form, render, translate

MENU = N_("Analysis and decisions")
KINDS = ("bar", "hbar", "line", "stacked", "pie", "funnel", "timeline")


@dataclass(frozen=True)
class Row:
    """A line of a report: what it is about, and a value a series (None where there is nothing to measure)."""

    label: Words
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Series:
    """One measure along all labels of a chart."""

    label: Words
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing as numbers: every client makes its own picture of it. A timeline's two series are start and end."""

    kind: str
    title: Words
    labels: tuple[Words, ...]
    series: tuple[Series, ...]
    unit: str = ""
    dates: Dates = UNDATED  # which days are told by their date


@dataclass(frozen=True)
class Figure:
    """One number of the company with its definition: what is counted, over what. None when there is nothing yet."""

    id: str
    label: str
    definition: str
    value: Callable[[Any], int | None]
    unit: str = ""


@dataclass(frozen=True)
class Report:
    """A report of the company: its definition, the kind of its drawing, what its rows and series are, and its rows."""

    id: str
    label: str
    definition: str
    kind: str
    heading: str
    series: tuple[str, ...]
    rows: Callable[[Any], Iterable[Row]]
    unit: str = ""
    roles: tuple[str, ...] = ("director", "instructor")
    figures: tuple[Figure, ...] = ()
    tool: str = "reports"
    menu: str = MENU

    def chart(self, view: Any) -> Chart:
        """Its drawing, as numbers."""
        rows = list(self.rows(view))
        series = tuple(
            Series(_(label), tuple(row.values[index] for row in rows)) for index, label in enumerate(self.series)
        )
        return Chart(
            self.kind, _(self.label), tuple(row.label for row in rows), series, self.unit,
            view.scenario.calendar.dates)  # fmt: skip


def table_of(report: Report) -> Table:
    """A report as a table of a desk."""

    def reader(index: int) -> Callable[[Any, Any], Words | int | None]:
        if report.unit == "score":
            return lambda row, view: shown(row.values[index], "score", "en")
        return lambda row, view: row.values[index]

    form = report.unit if report.unit in FORMS else ""
    values = tuple(Column(label, reader(index), form) for index, label in enumerate(report.series))
    return Table(
        report.id, report.label, f"{report.menu}/{report.label}", report.roles,
        rows=report.rows, columns=(Column(report.heading, lambda row, view: row.label), *values),
        empty=N_("There is nothing to count yet."), tool=report.tool,
    )  # fmt: skip


def shown(value: int | None, unit: str, language: str, dates: Dates = UNDATED, *, short: bool = False) -> str:
    """A value as people read it; `short` leaves the fen out. Nothing to measure is a dash."""
    if value is None:
        return "–"
    if unit == "money" and short:
        whole = (abs(value) + 50) // 100
        return f"{'-' if value < 0 < whole else ''}¥{whole:,}"
    if unit == "score":
        return f"{value // 100}.{abs(value) % 100:02d}"
    return in_form(unit, value, language, dates) if unit in FORMS else f"{value:,}"


def said(words: Words, language: str) -> str:
    """A label as a reader of the language sees it; a plain text is data."""
    return render(words, language)


def heading(report: Report, language: str) -> str:
    """What a report counts, as a sentence."""
    return translate(report.definition, language)
