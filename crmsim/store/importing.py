"""A table of customers made ready for the files: columns found, values understood, bad rows put aside (IMP-1)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crmsim.crm.checks import digits
from crmsim.crm.record import OWN
from crmsim.engine.amounts import Date, Money, Whole
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.fields import Field
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, N_, Message, _, render, translate
from crmsim.roles.everyone.records import editable
from crmsim.roles.importing import Checks, ImportCustomers, Value, Values, keys, on_file, plain, words_of
from crmsim.scenarios.workbook import new_book
from crmsim.store.reading_tables import BOOKS, HEADINGS_WITHIN, Cell, Grid
from crmsim.store.sheets import OPENS_FORMULA, safe_cell

SHORTENED = re.compile(r"[+-]?\d(\.\d+)?[eE]\+?\d+")
MARGIN = (N_("Row in the file"), N_("Wrong field"), N_("Reason"))
ALSO = {  # what other programs call our fields
    "name": ("客户", "公司", "公司名称", "单位名称", "企业名称", "company", "customer", "account", "organisation"),
    "contact": ("姓名", "联系人姓名", "person"), "phone": ("手机", "手机号", "联系电话", "电话号码", "mobile", "tel"),
    "email": ("email", "电子邮箱", "电子邮件", "mail"), "region": ("地区", "省份", "城市", "city"),
    "source": ("客户来源", "渠道来源"), "type": ("客户类型",), "notes": ("备注", "说明", "remark", "note"),
}  # fmt: skip


@dataclass(frozen=True)
class Reject:
    """A row that does not go in: its number in the file, the field, the reason, and its cells as they were."""

    row: int
    field: str
    reason: Message
    cells: list[Cell]
    double: bool = False


@dataclass
class Prepared:
    """What would go in and what would not."""

    headings: list[str]
    columns: dict[str, int]  # our field -> the column in the file
    unused: list[str]
    fields: dict[str, Field]  # every field of a file, those that the scenario adds too
    read: int = 0
    rows: list[Values] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    @property
    def duplicates(self) -> int:
        """Rows that are on file or in the table already."""
        return sum(each.double for each in self.rejects)

    @property
    def rejected(self) -> int:
        """Rows with a mistake."""
        return len(self.rejects) - self.duplicates

    def action(self) -> ImportCustomers:
        """The good rows as one action."""
        names = tuple(self.columns)
        return ImportCustomers(columns=names, rows=tuple(tuple(row[name] for name in names) for row in self.rows))


def prepare(
    view: Any, grid: Grid, mapping: dict[str, str] | None = None, tell: Callable[[int], None] | None = None
) -> Prepared:  # fmt: skip
    """Sort a table's rows into those that may go into the files and those that may not, each with its reasons."""
    fields = editable(view)
    found, body = _headings(grid, fields, mapping or {})
    reader = Reader(view, fields)
    checks, waiting = Checks(view), []
    for done, (number, cells) in enumerate(body, 1):
        found.read += 1
        if tell is not None and done % 5000 == 0:
            tell(done)
        values, wrong = reader.row(found, cells)
        wrong += [each for each in checks.problems(values) if each[0] not in {name for name, _why in wrong}]
        if wrong:
            found.rejects.append(Reject(number, ", ".join(name for name, _why in wrong), _joined(wrong), cells))
        else:
            waiting.append((number, cells, values))
    taken = dict.fromkeys(on_file(view, (values for _number, _cells, values in waiting)), 0)
    for number, cells, values in waiting:
        first = next((taken[key] for key in keys(values) if key in taken), -1)
        if first >= 0:
            reason = (
                _("the same customer as in row {row}", row=first) if first else _("this customer is on file already")
            )
            found.rejects.append(Reject(number, "name", reason, cells, double=True))
        else:
            taken |= dict.fromkeys(keys(values), number)
            found.rows.append(values)
    found.rejects.sort(key=lambda each: each.row)
    return found


def customers_in(view: Any, mapping: dict[str, str] | None = None) -> Callable[[Grid], bool]:
    """Whether a sheet has customers' names: what is read of a book that begins with instructions."""
    fields = editable(view)

    def fits(grid: Grid) -> bool:
        try:
            return bool(_headings(grid, fields, mapping or {}))
        except BadInput:
            return False

    return fits


def _joined(wrong: list[tuple[str, Message]]) -> Message:
    """Several reasons as one sentence each."""
    text = wrong[0][1]
    for _name, why in wrong[1:]:
        text = _("{first}; {next}", first=text, next=why)
    return text


def _headings(
    grid: Grid, fields: dict[str, Field], mapping: dict[str, str]
) -> tuple[Prepared, list[tuple[int, list[Cell]]]]:
    """The row of titles: among the first rows, the one in which most columns are understood."""
    known, mapping = _known_titles(fields), _ours(mapping, fields)
    best, columns = 0, dict[str, int]()
    for index, (_number, cells) in enumerate(grid.rows[:HEADINGS_WITHIN]):
        here = _columns([_title(each) for each in cells], known, mapping, fields)
        if len(here) > len(columns):
            best, columns = index, here
    if not grid.rows:
        raise BadInput(_("The table is empty."))
    titles = [_title(each) for each in grid.rows[best][1]]
    missing = [theirs for theirs in mapping.values() if theirs not in titles]
    if missing:
        raise BadInput(_("The table has no column {name}. It has: {known}.", name=missing[0], known=", ".join(titles)))
    if "name" not in columns:
        raise BadInput(
            _("No column is the customer's name. The table has: {known}. Say which: --map name=COLUMN",
              known=safe_text(", ".join(titles), 300))
        )  # fmt: skip
    used, margin = set(columns.values()), _margin()
    unused = [each for place, each in enumerate(titles) if place not in used and each and plain(each) not in margin]
    return Prepared(titles, columns, unused, fields), grid.rows[best + 1 :]


def _margin() -> set[str]:
    """The titles that a reject file adds, in both languages."""
    return {plain(translate(each, language)) for each in MARGIN for language in ("en", "zh")}


def _ours(mapping: dict[str, str], fields: dict[str, Field]) -> dict[str, str]:
    """A mapping by our fields; one that the scenario adds may be named without what stands before it."""
    found = {name if name in fields else OWN + name: theirs for name, theirs in mapping.items()}
    for name in found:
        if name not in fields:
            known = ", ".join(each.removeprefix(OWN) for each in fields)
            raise BadInput(_("There is no field {name}. Fields: {known}.", name=name.removeprefix(OWN), known=known))
    return found


def _columns(
    titles: list[str], known: dict[str, str], mapping: dict[str, str], fields: dict[str, Field]
) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for name, theirs in mapping.items():
        if theirs in titles:
            chosen[name] = titles.index(theirs)
    for place, title in enumerate(titles):
        field_name = known.get(plain(title), "")
        if field_name and field_name not in chosen and place not in chosen.values():
            chosen[field_name] = place
    return {name: chosen[name] for name in fields if name in chosen}


def _known_titles(fields: dict[str, Field]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, declared in fields.items():
        label = declared.kind.label
        titles = (name, translate(label, "en"), translate(label, "zh"), name.removeprefix(OWN), *ALSO.get(name, ()))
        for title in titles:
            known.setdefault(plain(title), name)
    return known


def _title(cell: Cell) -> str:
    return safe_text(str("" if cell is None else cell), 120).strip().removesuffix("*").strip()


class Reader:
    """Understands cells as the fields of a customer's file; remembers words it has met."""

    def __init__(self, view: Any, fields: dict[str, Field]) -> None:
        self.view, self.fields = view, fields
        self.first = date.fromisoformat(view.scenario.calendar.first_date)
        self._words: dict[str, dict[str, str]] = {}

    def row(self, found: Prepared, cells: list[Cell]) -> tuple[Values, list[tuple[str, Message]]]:
        """A row's values by field, and what could not be read."""
        values: Values = {}
        wrong: list[tuple[str, Message]] = []
        if any(cell not in (None, "") for cell in cells[len(found.headings) :]):
            wrong.append(("name", _("the row has more cells than the table has columns")))
        for name, place in found.columns.items():
            cell = cells[place] if place < len(cells) else None
            values[name] = self.fields[name].default if self.fields[name].default is not None else ""
            try:
                if cell is not None and cell != "":
                    values[name] = self.value(name, cell)
            except ValueError:
                label = self.fields[name].kind.label
                got = safe_text(str(cell), 60)
                wrong.append((name, _("{value} cannot be read as {field:label}.", value=got, field=label)))
        if isinstance(values.get("phone"), str) and SHORTENED.fullmatch(str(values["phone"])):
            wrong.append(("phone", _("the program that wrote the table has shortened this number; write it as text")))
        return values, wrong

    def value(self, name: str, cell: Cell) -> Value:
        """A cell as a field holds it; ValueError when it cannot be one."""
        kind = self.fields[name].kind
        if isinstance(kind, Date):
            return self._day(kind, cell)
        text = _text_of(cell)
        if name == "phone":
            return _phone(text)
        if isinstance(kind, Money):
            return int(kind.parse(self.view, {}, text.removesuffix("元").strip()))
        if isinstance(kind, Whole):
            return int(kind.parse(self.view, {}, text.replace(",", "")))
        if hasattr(kind, "words") or kind.closed:
            return self._word(name, text)
        if name == "email":
            return unicodedata.normalize("NFKC", safe_text(text, 200)).strip()
        return " ".join(safe_text(text, 1000).split())

    def _word(self, name: str, text: str) -> str:
        """A dictionary's word by its id or its name in either language; what is none of them stays as it is."""
        if name not in self._words:
            self._words[name] = words_of(self.fields[name].kind, self.view)
        return self._words[name].get(plain(text), safe_text(text, 60).strip())

    def _day(self, kind: Date, cell: Cell) -> int:
        if isinstance(cell, datetime):
            cell = cell.date()
        if isinstance(cell, date):
            return (cell - self.first).days * DAY
        return int(kind.parse(self.view, {}, _text_of(cell)))


def _text_of(cell: Cell) -> str:
    """A cell as it was typed: without the .0 that spreadsheets keep, or the mark that stops a formula."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    text = str(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in OPENS_FORMULA else text


def _phone(text: str) -> str:
    if SHORTENED.fullmatch(text.strip()):
        return text.strip()
    number = digits(safe_text(text, 60))
    return re.sub(r"^(\+|00)?86(?=\d{11}$)", "", number)


def write_rejects(prepared: Prepared, path: Path, language: str) -> None:
    """The bad rows as they were, with the row, the field and the reason beside them: mend them and import this file.

    Of a reject file that was imported, the reasons of then are left out; cells beyond the titles stand at the end.
    """
    if path.suffix.lower() in set(BOOKS) - {".xlsx"}:
        raise BadInput(_("{file}: bad rows are written as .csv or .xlsx.", file=path.name))
    width, margin = len(prepared.headings), _margin()
    kept = [place for place, title in enumerate(prepared.headings) if plain(title) not in margin]
    rows: list[list[Any]] = [
        [*(prepared.headings[place] for place in kept), *(translate(each, language) for each in MARGIN)]
    ]
    for each in prepared.rejects:
        cells = [_text_of(cell) if cell is not None else "" for cell in each.cells]
        cells += [""] * (width - len(cells))
        names = ", ".join(translate(prepared.fields[name].kind.label, language) for name in each.field.split(", "))
        beside = (each.row, names, render(each.reason, language))
        rows.append([*(cells[place] for place in kept), *beside, *cells[width:]])
    try:
        if path.suffix.lower() == ".xlsx":
            _write_book(path, rows)
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([safe_cell(cell) for cell in row] for row in rows)
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")
        ) from error  # fmt: skip


def _write_book(path: Path, rows: list[list[Any]]) -> None:
    with new_book(path) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(number, column, str(cell)[:32_000])
