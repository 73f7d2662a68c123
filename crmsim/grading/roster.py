"""A class's roster as teachers have it (xlsx or csv: 学号, 姓名, 班级), and its 成绩 column filled in the same file.

Nothing else in the file changes: other cells, formats, widths, pictures stay as they are. A cell of that column with
words in it (缓考) is left alone, and told.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec

from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import LANGUAGES, Message, _
from crmsim.grading.gradebook import named
from crmsim.grading.workbook import Change, Workbook, cell_name
from crmsim.store.reading_tables import HEADINGS_WITHIN, Grid, divider, read_grid

STUDENT = ("student", "学号", "id", "student number", "student id", "id number")
NAME = ("name", "姓名")
CLASS = ("class", "班级")
SEAT = ("seat", "岗位")
MARK = ("成绩", "grade", "mark", "总评成绩")
MANUAL = ("手工crm成绩", "manual crm", "manual crm grade")
PRACTICE = ("实战crm成绩", "practice crm", "practice crm grade")
MOST_PUPILS = 5_000
XLSX = (".xlsx", ".xlsm")
Marks = Mapping[str, Mapping[str, float]]  # of each student: "mark", "manual", "practice"
COLUMNS = {"mark": MARK, "manual": MANUAL, "practice": PRACTICE}


class Pupil(msgspec.Struct, frozen=True):
    """A line of a roster. `row` is its number in the file, from 1."""

    student: str
    name: str
    group: str
    row: int = 0
    seat: str = ""  # as the roster calls it


class Roster(msgspec.Struct, frozen=True):
    """A roster as read: where its titles stand, and who is on it. Columns count from 0; -1 where there is none."""

    path: Path
    sheet: str
    heading: int
    columns: dict[str, int]  # "mark", "manual", "practice"
    width: int
    pupils: tuple[Pupil, ...]
    kept: dict[str, dict[int, str]]  # cells of those columns that hold words, by column and row
    encoding: str = ""


class Filled(msgspec.Struct, frozen=True):
    """What filling a roster came to: whose marks stand in it, who has none, who is not on it, and cells left alone."""

    written: tuple[str, ...]
    unmarked: tuple[str, ...]
    strangers: tuple[str, ...]
    left: tuple[str, ...]


def read_roster(path: Path) -> Roster:
    """A roster in xlsx or csv; BadInput says what is wrong with it, by sheet and cell."""
    grid = read_grid(path)
    sheet = grid.sheet or path.name
    heading, titles = _titles(grid, path, sheet)
    places = {
        name: _place(titles, words)
        for name, words in (("name", NAME), ("group", CLASS), ("seat", SEAT), *COLUMNS.items())
    }
    key = _place(titles, STUDENT)
    pupils: dict[str, Pupil] = {}
    kept: dict[str, dict[int, str]] = {name: {} for name in COLUMNS}
    for number, cells in grid.rows:
        if number <= heading:
            continue
        student = _text(cells, key)
        if not student:
            continue
        where = f"{sheet}!{cell_name(number, key)}"
        if student in pupils:
            first = cell_name(pupils[student].row, key)
            raise BadInput(
                _("{where}: {student} stands in {first} already.", where=where, student=student, first=first)
            )
        if student.startswith("#") or "\n" in student or len(student) > 60:
            raise BadInput(_("{where}: {got} is no student number.", where=where, got=student[:40]))
        name, group, seat = (_text(cells, places[each]) for each in ("name", "group", "seat"))
        pupils[student] = Pupil(student, name, group, number, seat)
        for name in COLUMNS:
            if words := _words(cells, places[name]):
                kept[name][number] = words
        if len(pupils) > MOST_PUPILS:
            raise BadInput(_("{where}: more than {most} students.", where=where, most=MOST_PUPILS))
    if not pupils:
        raise BadInput(_("{where} names nobody.", where=f"{path.name}, {sheet}" if grid.sheet else path.name))
    columns = {name: places[name] for name in COLUMNS}
    return Roster(path, sheet, heading, columns, len(titles), tuple(pupils.values()), kept, grid.encoding)


def _titles(grid: Grid, path: Path, sheet: str) -> tuple[int, list[str]]:
    """The row of titles and what stands in it: the first of the upper rows that has a column of student numbers."""
    for number, cells in grid.rows[:HEADINGS_WITHIN]:
        titles = ["" if each is None else str(each).strip().casefold() for each in cells]
        if _place(titles, STUDENT) >= 0:
            return number, titles
    raise BadInput(
        _("{file}, sheet {sheet}: no column {column} in rows 1 to {most}.",
          file=path.name, sheet=sheet, column="student / 学号", most=HEADINGS_WITHIN)
    )  # fmt: skip


def _place(titles: Sequence[str], words: Sequence[str]) -> int:
    return next((titles.index(each) for each in words if each in titles), -1)


def _text(cells: Sequence[Any], column: int) -> str:
    """A cell as text; a whole number that a spreadsheet keeps as 20250001.0 is what it looks like."""
    value = cells[column] if 0 <= column < len(cells) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else safe_text(str(value).strip(), 80)


def _words(cells: Sequence[Any], column: int) -> str:
    """What stands in a cell, when it is no number."""
    text = _text(cells, column)
    try:
        float(text or "0")
    except ValueError:
        return text
    return ""


def seats_of(pupils: Sequence[Pupil], known: Sequence[str], dealt: Sequence[str] = ()) -> list[str]:
    """Each pupil's seat: as the roster says, by id or by name; else the next of those dealt out, "" without any."""
    names = {_seat(named(each, language)): each for each in known for language in LANGUAGES}
    names |= {_seat(each): each for each in known}
    turn = cycle(dealt or ("",))
    wanted = [each.seat or next(turn) for each in pupils]
    strange = next((each for each in wanted if each and _seat(each) not in names), None)
    if strange is not None:
        raise BadInput(_("There is no seat {seat}. Seats: {known}.", seat=strange[:60], known=", ".join(known)))
    return [names.get(_seat(each), "") for each in wanted]


def _seat(name: str) -> str:
    return name.casefold().replace(" ", "")


# -- filling


def fillable(path: Path) -> Roster:
    """A roster into which marks can be written; BadInput before an hour of grading, not after."""
    roster = read_roster(path)
    if path.suffix.lower() not in XLSX and not roster.encoding:
        raise BadInput(_("{file}: marks can be written to .xlsx and .csv; save it as one of these.", file=path.name))
    return roster


def fill_roster(path: Path, marks: Marks) -> Filled:
    """Write marks into the roster's own file: 成绩 (made when there is none) and, where it has them, the columns of
    the manual and the practice CRM."""
    roster = fillable(path)
    known = {each.student for each in roster.pupils}
    columns = dict(roster.columns)
    fresh = columns["mark"] < 0
    if fresh:
        columns["mark"] = roster.width
    changes: list[Change] = [(roster.heading, columns["mark"], MARK[0])] if fresh else []
    left: list[str] = []
    for pupil in roster.pupils:
        for name, value in marks.get(pupil.student, {}).items():
            if columns[name] < 0:
                continue
            if pupil.row in roster.kept[name]:
                left.append(f"{roster.sheet}!{cell_name(pupil.row, columns[name])} {roster.kept[name][pupil.row]}")
            else:
                changes.append((pupil.row, columns[name], round(value, 1)))
    _write(roster, changes)
    written = tuple(each.student for each in roster.pupils if each.student in marks)
    unmarked = tuple(each.student for each in roster.pupils if each.student not in marks)
    return Filled(written, unmarked, tuple(sorted(set(marks) - known)), tuple(left))


def told(filled: Filled) -> list[Message]:
    """What filling came to, in sentences."""
    found = [_("{count} marks stand in the roster.", count=len(filled.written))]
    for names, words in (
        (filled.unmarked, _("without a mark: {names}", names=_few(filled.unmarked))),
        (filled.strangers, _("not on the roster: {names}", names=_few(filled.strangers))),
        (filled.left, _("left as they were, since words stand there: {names}", names=_few(filled.left))),
    ):
        if names:
            found.append(words)
    return found


def _few(names: Sequence[str], most: int = 10) -> str:
    return ", ".join(names[:most]) + (f" … ({len(names)})" if len(names) > most else "")


def _write(roster: Roster, changes: list[Change]) -> None:
    path = roster.path
    partial = path.with_name(f".{path.name}.partial")
    try:
        if path.suffix.lower() in XLSX:
            content = Workbook(path.read_bytes(), path.name).changed(roster.sheet, changes)
        elif roster.encoding:
            content = _csv(path.read_bytes(), roster.encoding, changes)
        else:
            raise BadInput(
                _("{file}: marks can be written to .xlsx and .csv; save it as one of these.", file=path.name)
            )
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error


def _csv(content: bytes, encoding: str, changes: list[Change]) -> bytes:
    """The same text with some cells set; its encoding, its mark, its line ends and its separator stay."""
    text = content.decode(encoding)
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    separator = divider(body)
    rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=separator))
    for number, column, value in changes:
        row = rows[number - 1]
        row.extend([""] * (column + 1 - len(row)))
        row[column] = str(value)
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n" if "\r\n" in body else "\n").writerows(rows)
    return (mark + out.getvalue()).encode(encoding)
