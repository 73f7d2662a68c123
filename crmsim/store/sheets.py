"""Every table and report of a game as plain sheets of values, by the rights of whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crmsim.crm.analysis.all import REPORTS
from crmsim.crm.company import INSTRUCTOR, STAFF
from crmsim.crm.form import TOOL as FORMS
from crmsim.crm.form import Sheet as Form
from crmsim.crm.form import results
from crmsim.crm.naming import cell_of, name_of
from crmsim.crm.report import Chart, Report, heading, shown
from crmsim.engine.action import belongs
from crmsim.engine.desk import Column, Table
from crmsim.engine.words import FORMS as SHOWN
from crmsim.engine.words import N_, UNDATED, Dates, _, in_form, render, translate
from crmsim.game import Game
from crmsim.roles import TABLES

Cell = str | int | None
OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Sheet:
    """A table as values: numbers stay whole numbers with the form of their column, words are rendered."""

    id: str
    label: str
    headings: list[str]
    forms: list[str]
    rows: list[list[Cell]]
    definition: str = ""
    figures: list[tuple[str, str, str]] = field(default_factory=list)  # label, value, definition
    chart: Chart | None = None
    dates: Dates = UNDATED


def views(game: Game, seat: str = "") -> list[Any]:
    """Through whose eyes a game is exported: one seat's, or the whole company's, the director first."""
    if seat:
        return [game.view(seat)]
    staff = [each for each in game.world.seats.values() if set(STAFF) & set(each.roles)]
    ordered = sorted(staff, key=lambda each: ("director" not in each.roles, each.id))
    return [game.view(INSTRUCTOR), *(game.view(each.id) for each in ordered)]


def sheets(game: Game, seat: str = "", language: str = "en") -> Iterator[Sheet]:
    """The tables, then the reports, that these eyes see; a row that several see is there once."""
    eyes = views(game, seat)
    known = {each.id for each in REPORTS}
    for table in TABLES:
        seeing = [view for view in eyes if belongs(table, view)]
        if seeing and table.id not in known:
            yield _table_sheet(table, seeing, language)
    yield from _form_sheets(eyes, language)
    for report in REPORTS:
        seeing = [view for view in eyes if set(report.roles) & set(view.seat.roles) and view.has(report.tool)]
        if seeing:
            yield report_sheet(report, seeing[0], language)


def _form_sheets(eyes: list[Any], language: str) -> Iterator[Sheet]:
    """A sheet a form that has results, for the first of these eyes that see any."""
    done: dict[str, None] = {}
    for view in eyes:
        for form in view.all(Form) if view.has(FORMS) else ():
            found = results(view, form.id)
            if found and form.id not in done:
                done[form.id] = None
                yield form_sheet(form, found, view, language)


def form_sheet(form: Any, results: Iterable[Any], view: Any, language: str = "en") -> Sheet:
    """A form's results, with its own fields for headings: one row a submission."""
    head = (N_("Number"), N_("When"), N_("By"), N_("Customer"))
    headings = [*(translate(each, language) for each in head), *(each.label for each in form.questions)]
    rows: list[list[Cell]] = [
        [each.id, each.filled, *(_cell(name_of(view, id), view, language) for id in (each.filler, each.customer)),
         *each.answers]
        for each in results
    ]  # fmt: skip
    forms = ["", "time", "name", "name", *[""] * len(form.questions)]
    return Sheet(f"form-{form.id}", render(form.title, language), headings, forms, rows, dates=dates_of(view))


def report_sheet(report: Report, view: Any, language: str = "en") -> Sheet:
    """A report with its definition, its figures and its chart."""
    chart = report.chart(view)
    rows = [
        [_cell(label, view, language), *(series.values[index] for series in chart.series)]
        for index, label in enumerate(chart.labels)
    ]
    headings = [translate(each, language) for each in (report.heading, *report.series)]
    figures = [
        (
            translate(each.label, language),
            shown(each.value(view), each.unit, language, dates_of(view)),
            translate(each.definition, language),
        )
        for each in report.figures
    ]
    return Sheet(
        report.id, translate(report.label, language), headings, ["", *[report.unit] * len(report.series)],
        [list(row) for row in rows], heading(report, language), figures, chart, dates_of(view),
    )  # fmt: skip


def _table_sheet(table: Table, eyes: list[Any], language: str) -> Sheet:
    rows: dict[tuple[Cell, ...], None] = {}
    known: set[str] = set()  # rows that were there already: who sees only the outline of one adds nothing
    columns: tuple[Column, ...] = table.columns
    for view in eyes:
        columns = table.columns_of(view)
        for row in table.rows(view):
            if getattr(row, "hidden", ()) and row.id in known:
                continue
            known.add(getattr(row, "id", ""))
            rows[tuple(_cell(cell_of(view, column, row), view, language) for column in columns)] = None
    headings = [translate(column.label, language) for column in columns]
    forms = [column.form for column in columns]
    return Sheet(
        table.id, translate(table.label, language), headings, forms, [list(each) for each in rows],
        dates=dates_of(eyes[0]),
    )  # fmt: skip


def dates_of(view: Any) -> Dates:
    """Which days these eyes are told by their date."""
    found: Dates = view.scenario.calendar.dates
    return found


def _cell(value: Any, view: Any, language: str) -> Cell:
    return value if value is None or isinstance(value, int) else render(value, language, dates_of(view))


def words(value: Cell, form: str, language: str, dates: Dates = UNDATED) -> Cell:
    """A cell for a program that knows no forms: money in yuan, shares in per cent, times in words, text as it is."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    if form == "money":
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    if form == "score":
        return shown(value, form, language)
    return in_form(form, value, language, dates) if form in SHOWN else value


def safe_cell(value: Cell) -> Cell:
    """A spreadsheet must not take text for a formula."""
    number = isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?%?", value)
    return f"'{value}" if isinstance(value, str) and value.startswith(OPENS_FORMULA) and not number else value


def unique_name(label: str, taken: set[str], most: int = 31) -> str:
    """A sheet's name as Excel takes it: short, without its marks, not twice."""
    name = re.sub(r"[\[\]:*?/\\']", " ", label).strip()[:most] or str(_("table"))
    number, chosen = 1, name
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{name[: most - 4]} {number}"
    taken.add(chosen.casefold())
    return chosen
