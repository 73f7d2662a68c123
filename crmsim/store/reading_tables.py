"""Tables as people have them: Excel, OpenDocument, CSV in whatever encoding, as numbered rows of cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import _

MOST_ROWS = 1_000_000
MOST_BYTES = 1_000_000_000
BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
Cell = str | int | float | bool | date | datetime | time | None
HEADINGS_WITHIN = 10  # rows in which the titles are looked for
SPANNING = re.compile(rb'number-rows-spanned="(?!1")')
ODS = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
Merged = list[tuple[tuple[int, int], tuple[int, int]]]  # top and left, bottom and right


@dataclass(frozen=True)
class Grid:
    """A table read from a file: rows with their number in it, counted from 1. Empty rows are left out.

    A text has an encoding, a book the name of its sheet.
    """

    rows: list[tuple[int, list[Cell]]]
    encoding: str = ""
    sheet: str = ""


def read_grid(path: Path, encoding: str = "", fits: Callable[[Grid], bool] | None = None) -> Grid:
    """The CSV, or of a book's visible sheets with something in them the first that fits, else the first of all.

    BadInput says what is wrong with the file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(_("{file} is too large; divide it.", file=path.name))
        return _book(path, fits) if path.suffix.lower() in BOOKS else _text(path.read_bytes(), path.name, encoding)
    except FileNotFoundError as error:  # the slip of every day: said without the system's own words for it
        raise BadInput(_("There is no file {file}.", file=str(path))) from error
    except OSError as error:
        reason = safe_text(error.strerror or str(error), 200)
        raise BadInput(_("The file {file} cannot be read: {reason}.", file=str(path), reason=reason)) from error


def _book(path: Path, fits: Callable[[Grid], bool] | None) -> Grid:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    first = Grid([])
    try:
        book = CalamineWorkbook.from_path(str(path))
        merged = _merged_in_ods(path) if path.suffix.lower() == ".ods" else {}
        for about in book.sheets_metadata:
            if about.visible is not SheetVisibleEnum.Visible:
                continue  # what its owner does not see is not what it means to hand over
            page = book.get_sheet_by_name(about.name)
            if page.total_height > MOST_ROWS + HEADINGS_WITHIN:
                raise _too_many(path.name)
            rows: list[list[Any]] = page.to_python(skip_empty_area=False)
            _spread(rows, merged.get(about.name) or getattr(page, "merged_cell_ranges", None) or ())
            grid = Grid(_numbered(rows, path.name), sheet=about.name)
            if grid.rows and (fits is None or fits(grid)):
                return grid
            first = first if first.rows else grid
    except CalamineError as error:
        reason = safe_text(str(error), 200)
        raise BadInput(_("The file {file} cannot be read: {reason}.", file=path.name, reason=reason)) from error
    return first


def _merged_in_ods(path: Path) -> dict[str, Merged]:
    """By sheet the cells that span rows, which the reader of OpenDocument does not tell."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    found: dict[str, Merged] = {}
    if not SPANNING.search(content):
        return found
    sheet, row, column, height = "", 0, 0, 1

    def begin(tag: str, told: dict[str, str]) -> None:
        nonlocal sheet, row, column, height
        kind = tag.removeprefix(ODS)
        if kind == "table":
            sheet, row, height = told.get(f"{ODS}name", ""), 0, 0
        elif kind == "table-row":
            row, column, height = row + height, 0, int(told.get(f"{ODS}number-rows-repeated", 1))
        elif kind in {"table-cell", "covered-table-cell"}:
            down, across = (int(told.get(f"{ODS}number-{each}-spanned", 1)) for each in ("rows", "columns"))
            if down > 1:
                found.setdefault(sheet, []).append(((row, column), (row + down - 1, column + across - 1)))
            column += int(told.get(f"{ODS}number-columns-repeated", 1))

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler = begin
    reader.Parse(content, True)
    return found


def _spread(rows: list[list[Any]], merged: Iterable[Any]) -> None:
    """What stands in merged cells stands in each of them; a title over the whole width stays where it is."""
    for (top, left), (bottom, right) in merged:
        if top == bottom or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]


def _text(content: bytes, name: str, encoding: str) -> Grid:
    chosen = encoding or _encoding(content)
    try:
        text = content.decode(chosen)
    except LookupError as error:
        raise BadInput(_("There is no encoding {name}.", name=safe_text(encoding, 40))) from error
    except UnicodeError as error:
        other = "utf-16" if chosen == "gb18030" else "gb18030"
        raise BadInput(
            _("{file} is not {encoding}; name its encoding: --encoding {other}", file=name, encoding=chosen,
              other=other)
        ) from error  # fmt: skip
    text = text.removeprefix("\ufeff").replace("\0", "")
    csv.field_size_limit(1_000_000)
    try:
        lines: Iterable[list[Cell]] = csv.reader(io.StringIO(text, newline=""), delimiter=divider(text))  # type: ignore[assignment]
        return Grid(_numbered(islice(lines, MOST_ROWS + HEADINGS_WITHIN + 1), name), chosen)
    except csv.Error as error:
        reason = safe_text(str(error), 200)
        raise BadInput(_("The file {file} cannot be read: {reason}.", file=name, reason=reason)) from error


def divider(text: str) -> str:
    """What divides the cells of a text, by its first line."""
    head = text[:4000].split("\n", 1)[0]
    return max(",;\t，|", key=head.count)


def _encoding(content: bytes) -> str:
    """By its mark; by the zeros that UTF-16 leaves; UTF-8 when it is that; else what Chinese Excel writes."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    sample = content[:4000]
    zeros = sample[1::2].count(0), sample[0::2].count(0)
    if max(zeros) > len(sample) // 10:
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _numbered(rows: Iterable[list[Cell]], name: str) -> list[tuple[int, list[Cell]]]:
    found = [
        (number, row)
        for number, row in enumerate(rows, 1)
        if any(cell not in (None, "") and cell != " " for cell in row)
    ]
    if len(found) > MOST_ROWS + 1:
        raise _too_many(name)
    return found


def _too_many(name: str) -> BadInput:
    return BadInput(_("{file} has more than {n} rows; divide it and import the parts.", file=name, n=MOST_ROWS))
