"""A game as a workbook with native charts, or as a folder of CSV files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import DAY, N_, Dates, _, translate
from crmsim.game import Game
from crmsim.scenarios.workbook import new_book
from crmsim.store.native import FORMATS, SCALES, draw, with_lengths
from crmsim.store.sheets import Cell, Sheet, safe_cell, sheets, unique_name, words

MOST_ROWS, MOST_TEXT = 1_048_000, 32_000  # of a sheet, of a cell
LOOKED_AT = 1000  # rows by which a column's width is found
NARROW, WIDE = 8, 60  # of a column, characters; a longer text goes on in lines below
A4 = 9  # as Excel counts paper


def write_xlsx(game: Game, path: Path, seat: str = "", language: str = "en") -> int:
    """Every table and report on a sheet of its own, the contents first; returns how many."""
    found = list(sheets(game, seat, language))
    taken: set[str] = set()
    contents = unique_name(translate(N_("Contents"), language), taken)
    with new_book(path) as book:
        bold, plain = book.add_format({"bold": True, "bg_color": "#E8EEF4"}), book.add_format()
        first = book.add_worksheet(contents)
        first.set_column(0, 0, 32)
        first.set_column(1, 1, 90)
        _for_paper(first)
        for number, sheet in enumerate(found):
            name = unique_name(sheet.label, taken)
            first.write_url(number, 0, f"internal:'{name}'!A1", plain, name)
            first.write_string(number, 1, sheet.definition)
            _write_sheet(book, book.add_worksheet(name), sheet, bold, language)
    return len(found)


def _write_sheet(book: Any, page: Any, sheet: Sheet, bold: Any, language: str) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise BadInput(_("{table} has more rows than a workbook holds; export to a folder of .csv.", table=sheet.label))
    sheet, row = with_lengths(sheet, language), 0
    if sheet.definition:
        page.write_string(0, 0, sheet.definition)
        row = 2
        for label, value, definition in sheet.figures:
            for column, text in enumerate((label, value, definition)):
                page.write_string(row, column, text)
            row += 1
        row += bool(sheet.figures)
    for column, title in enumerate(sheet.headings):
        page.write_string(row, column, title, bold)
    widths = _lay_out(page, sheet, row, language)
    formats = [
        book.add_format({"num_format": FORMATS.get(form, "0"), "text_wrap": width == WIDE, "valign": "top"})
        for form, width in zip(sheet.forms, widths, strict=True)
    ]
    for number, values in enumerate(sheet.rows, row + 1):
        for column, cell in enumerate(values):
            _write_cell(page, number, column, cell, sheet.forms[column], formats[column], language, sheet.dates)
    if sheet.chart is not None and sheet.rows:
        page.insert_chart(row, len(sheet.headings) + 1, draw(book, page.get_name(), sheet, row))


def _lay_out(page: Any, sheet: Sheet, top: int, language: str) -> list[int]:
    """The headings stay in sight, on paper as well, and each column is as wide as its texts; returns how wide."""
    widths = _widths(sheet, language)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    _for_paper(page)
    return widths


def _for_paper(page: Any) -> None:
    """A print is one sheet of paper wide."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _widths(sheet: Sheet, language: str) -> list[int]:
    """How wide each column has to be, in characters: a Chinese one takes two."""
    columns: list[list[Cell]] = [[each] for each in sheet.headings]
    named = [each[:2] for each in sheet.figures]  # their definitions run on over the empty cells beside them
    for row in (*named, *_plain(sheet, language, LOOKED_AT)):
        for column, cell in zip(columns, row, strict=False):
            column.append(cell)
    widest = (max(cell_len(str(each)) for each in column if each is not None) for column in columns)
    return [min(WIDE, max(NARROW, each + 2)) for each in widest]


def _write_cell(
    page: Any, row: int, column: int, value: Cell, form: str, style: Any, language: str, dates: Dates
) -> None:
    """Numbers as numbers in the unit people read, everything else as text: never a formula."""
    if isinstance(value, int) and not isinstance(value, bool):
        if form in SCALES or not form:
            page.write_number(row, column, value / SCALES.get(form, 1), style)
            return
        told = words(value, form, language, dates)
        if form == "day" and told == words(value, form, language):  # a day of the game; others have dates
            page.write_number(row, column, value // DAY + 1, style)
            return
        value = told
    if value is not None:
        page.write_string(row, column, str(value)[:MOST_TEXT], style)


def write_csv(game: Game, folder: Path, seat: str = "", language: str = "en") -> int:
    """A file a table or report, readable by Excel, with a file `about` that says what each report counts."""
    found = list(sheets(game, seat, language))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in found:
            _write_rows(folder / f"{sheet.id}.csv", [sheet.headings, *_plain(sheet, language)])
        about = [["table", "name", "definition"], *([each.id, each.label, each.definition] for each in found)]
        for sheet in found:
            about += [[sheet.id, label, f"{value}: {definition}"] for label, value, definition in sheet.figures]
        _write_rows(folder / "about.csv", about)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return len(found)


def write_one(sheet: Sheet, path: Path, language: str = "en") -> None:
    """One table by itself, as a workbook or as CSV, by the name of the file."""
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise BadInput(_("{file} is neither .xlsx nor .csv.", file=path.name))
    if path.suffix.lower() == ".xlsx":
        with new_book(path) as book:
            bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
            _write_sheet(book, book.add_worksheet(unique_name(sheet.label, set())), sheet, bold, language)
        return
    try:
        _write_rows(path, [sheet.headings, *_plain(sheet, language)])
    except OSError as error:
        raise _unwritable(path, error) from error


def _plain(sheet: Sheet, language: str, most: int | None = None) -> list[list[Cell]]:
    rows = sheet.rows[:most]
    return [
        [words(value, form, language, sheet.dates) for value, form in zip(row, sheet.forms, strict=True)]
        for row in rows
    ]


def _write_rows(path: Path, rows: list[Any]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([safe_cell(value) for value in row] for row in rows)


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or ""))


Writer = Callable[[Game, Path, str, str], int]


def writer_of(target: str) -> Writer | None:
    """What writes a file of this name; None when nothing does. A name without an ending is a folder."""
    from crmsim.store import database, ocel, xes

    endings: tuple[tuple[str, Writer], ...] = (
        (".xlsx", write_xlsx), (".sqlite", database.write_sqlite), (".ocel.json", ocel.write_ocel),
        (".xes", xes.write_xes),
    )  # fmt: skip
    for ending, writer in endings:
        if target.lower().endswith(ending):
            return writer
    return write_csv if not Path(target).suffix or target.endswith(("/", "\\")) or Path(target).is_dir() else None
