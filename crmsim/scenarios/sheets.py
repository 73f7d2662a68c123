"""A scenario as an Excel workbook and back, since few will write TOML.

`settings` has a key and a value a row (a text in both languages: value and zh). Every list has a sheet with an entry
a row; a list within entries has a sheet of its own (`products.faults`) whose first column names the entry; a table
of lists (`dictionaries`, `lines`) has the table's key first. Weights are written "lamp=3; desk=2". Sheets that
would only repeat the defaults are left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from crmsim.engine.errors import BadInput, Problem, ScenarioError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.scenarios.checker import check_data
from crmsim.scenarios.loader import scenario_of, scenario_text
from crmsim.scenarios.locating import Place
from crmsim.scenarios.reading import SETTINGS, Cells
from crmsim.scenarios.schema import Scenario
from crmsim.scenarios.wording import key_of
from crmsim.scenarios.workbook import new_book

MOST_ROWS = 5_000
OWN = ("meta", "company", "products", "segments")  # what no default can give


@dataclass(slots=True)
class Sheet:
    """A sheet as rows of text and whole numbers, the titles first."""

    name: str
    rows: list[dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        """Every column that some row has, in the order they come up."""
        return list(dict.fromkeys(key for row in self.rows for key in row))


def to_xlsx(scenario: Scenario, path: Path) -> None:
    """Write a scenario as a workbook."""
    with new_book(path) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        for sheet in sheets_of(scenario):
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            page.set_column(0, len(sheet.columns), 18)
            for column, title in enumerate(sheet.columns):
                page.write_string(0, column, title, bold)
                for number, row in enumerate(sheet.rows, 1):
                    value = row.get(title)
                    if isinstance(value, int) and not isinstance(value, bool):
                        page.write_number(number, column, value)
                    elif value is not None:
                        page.write_string(number, column, str(value))


def sheets_of(scenario: Scenario) -> list[Sheet]:
    """The sheets of a scenario: what differs from the defaults."""
    data = json.loads(scenario_text(scenario))
    default = json.loads(scenario_text(scenario_of({name: data[name] for name in OWN})))
    settings: list[dict[str, Any]] = []
    sheets: list[Sheet] = []
    for name, value in data.items():
        if name not in OWN and (value == default[name] or value in ({}, [])):
            continue
        if isinstance(value, list):
            sheets += _listed(name, value)
        elif isinstance(value, dict) and value and all(isinstance(each, list) for each in value.values()):
            rows = [{"key": key, **_row(each)[0]} for key, entries in value.items() for each in entries]
            sheets.append(Sheet(name, rows))
        else:
            known = [] if name in OWN else _settings(name, default[name])
            settings += [row for row in _settings(name, value) if row not in known]
    return [Sheet(SETTINGS, settings), *sheets]


def from_xlsx(path: Path) -> str:
    """The TOML text of a workbook; ScenarioError names the sheet and the cell of every mistake."""
    cells = Cells(workbook(path))
    data = cells.read()
    problems = list(cells.problems)
    for place, message in check_data(data):
        sheet, row, column = cells.where(place)
        problems.append(Problem(row, f"{sheet}!{column}{row}", _at(place, data, message)))
    if problems:
        unique = {(each.key, str(each.message)): each for each in problems}
        found = tuple(sorted(unique.values(), key=lambda each: (each.key.partition("!")[0], each.line, each.key)))[:50]
        text = _("Mistakes in the workbook {file}: {n}.", file=path.name, n=len(found))
        raise ScenarioError(str(path), text, found)
    return tomlkit.dumps(data)


def workbook(path: Path) -> dict[str, list[list[Any]]]:
    """A workbook's cells by sheet."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        pages = [book.get_sheet_by_name(name) for name in book.sheet_names]
        for page in pages:
            if page.total_height > MOST_ROWS:
                sheet = safe_text(page.name, 60)
                raise BadInput(_("The sheet {sheet} has more than {n} rows.", sheet=sheet, n=MOST_ROWS))
        return {page.name: page.to_python(skip_empty_area=False) for page in pages}
    except OSError as error:
        reason = safe_text(error.strerror or "")
        raise BadInput(_("The file {file} cannot be read: {reason}.", file=str(path), reason=reason)) from error
    except CalamineError as error:
        raise BadInput(_("This is not an Excel workbook.")) from error


def _at(place: Place, data: Any, message: Message) -> Message:
    """The key stands before the sentence, since the cell takes its place."""
    return _("{key}: {what}", key=key_of(place, data), what=message)


def _settings(key: str, value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict) and set(value) == {"en", "zh"}:
        return [{"key": key, "value": value["en"], "zh": value["zh"]}]
    if isinstance(value, dict):
        return [row for name, each in value.items() for row in _settings(f"{key}.{name}", each)]
    return [{"key": key, "value": _cell(value)}]


def _listed(name: str, entries: list[Any]) -> list[Sheet]:
    sheet, inner = Sheet(name, []), {}  # type: tuple[Sheet, dict[str, Sheet]]
    for number, entry in enumerate(entries, 1):
        row, lists = _row(entry)
        sheet.rows.append(row)
        for key, values in lists.items():
            child = inner.setdefault(key, Sheet(f"{name}.{key}", []))
            child.rows += [{"of": entry.get("id", number), **_row(each)[0]} for each in values]
    return [sheet, *inner.values()]


def _row(entry: Any) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """An entry's cells, and the lists in it that need sheets of their own."""
    if isinstance(entry, str):
        return {"en": entry}, {}
    if set(entry) == {"en", "zh"}:
        return dict(entry), {}
    row: dict[str, Any] = {"id": entry["id"]} if "id" in entry else {}
    lists: dict[str, list[Any]] = {}
    for key, value in entry.items():
        if isinstance(value, dict) and set(value) == {"en", "zh"}:
            row[key], row[f"{key}.zh"] = value["en"], value["zh"]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lists[key] = value
        elif value not in ({}, []):
            row[key] = _cell(value)
    return row, lists


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) and all(isinstance(each, int) for each in value.values()):
        return "; ".join(f"{key}={each}" for key, each in value.items())
    if isinstance(value, list) and value and all(isinstance(each, str) and "," not in each for each in value):
        return ", ".join(value)
    return value if isinstance(value, int | str) else json.dumps(value, ensure_ascii=False)
