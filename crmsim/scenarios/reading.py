"""Reads the cells of a scenario's workbook as the tables of a scenario file."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import Any

from crmsim.engine.errors import Problem
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.scenarios.locating import Place
from crmsim.scenarios.semantics import nearest
from crmsim.scenarios.wording import node_at, shown

_NUMBER = re.compile(r"-?[0-9]{1,30}")
Where = tuple[str, int, str]  # sheet, row from 1, column letters
SETTINGS = "settings"


class Cells:
    """A workbook being read: its tables, where each place stands, and what could not be read."""

    def __init__(self, book: dict[str, list[list[Any]]]) -> None:
        self.book = book
        self.data: dict[str, Any] = {}
        self.places: dict[Place, Where] = {}
        self.problems: list[Problem] = []

    def read(self) -> dict[str, Any]:
        """The tables of the whole workbook."""
        for name in sorted(self.book, key=lambda each: (each != SETTINGS, each.count("."))):
            if name == SETTINGS:
                self._settings()
            elif not self._known(name):
                continue
            elif "." in name:
                self._inner(name)
            elif node_at((name,)).get("type") == "object":
                self._keyed(name)
            else:
                self._listed(name)
        return self.data

    def where(self, place: Place) -> Where:
        """The cell of a place, or of what holds it."""
        while place and place not in self.places:
            place = place[:-1]
        return self.places.get(place, (SETTINGS, 1, "A"))

    def _known(self, name: str) -> bool:
        section, _dot, field = name.partition(".")
        spot: Place = (section, 0, field) if field else (section,)
        if node_at(spot):
            return True
        known = [*node_at(()).get("properties", {}), SETTINGS]
        got, guess = safe_text(name, 60), nearest(name, known)
        if guess:
            self._wrong((got, 1, "A"), _("There is no sheet {name}; did you mean {guess}?", name=got, guess=guess))
        else:
            self._wrong(
                (got, 1, "A"), _("There is no sheet {name}. There are: {known}.", name=got, known=", ".join(known))
            )
        return False

    def _wrong(self, where: Where, message: Message) -> None:
        sheet, row, column = where
        self.problems.append(Problem(row, f"{sheet}!{column}{row}", message))

    def _rows(self, name: str) -> list[tuple[int, dict[str, tuple[Any, str]]]]:
        """Each row that is not empty: its number, and by title the cell and its column."""
        titles, *rows = self.book[name] or [[]]
        result = []
        for number, row in enumerate(rows, 2):
            cells = {
                str(title).strip(): (value, letters(column))
                for column, (title, value) in enumerate(zip(titles, row, strict=False))
                if value not in {"", None} and str(title).strip()
            }
            if cells:
                result.append((number, cells))
        return result

    def _settings(self) -> None:
        for number, cells in self._rows(SETTINGS):
            value, column = cells.get("value", ("", "B"))
            key = str(cells.get("key", ("", "A"))[0]).strip()
            place: Place = tuple(key.split("."))
            if not key:
                continue
            table = self.data
            for step in place[:-1]:
                self.places.setdefault(place[: place.index(step) + 1], (SETTINGS, number, "A"))
                inner = table.setdefault(str(step), {})
                table = inner if isinstance(inner, dict) else {}
            self.places[place] = (SETTINGS, number, column)
            decoded = self._decoded(place, value, (SETTINGS, number, column))
            table[str(place[-1])] = {"en": decoded, "zh": str(cells["zh"][0])} if "zh" in cells else decoded

    def _listed(self, name: str) -> None:
        entries = self.data.setdefault(name, [])
        self.places[name,] = (name, 1, "A")
        for number, cells in self._rows(name):
            entries.append(self._entry((name, len(entries)), name, number, cells))

    def _keyed(self, name: str) -> None:
        table = self.data.setdefault(name, {})
        for number, cells in self._rows(name):
            key = str(cells.pop("key", ("", "A"))[0]).strip()
            entries = table.setdefault(key, [])
            self.places.setdefault((name, key), (name, number, "A"))
            entries.append(self._entry((name, key, len(entries)), name, number, cells))

    def _inner(self, name: str) -> None:
        section, _dot, field = name.partition(".")
        owners = {str(each.get("id", number)): number - 1 for number, each in enumerate(self.data.get(section, []), 1)}
        for number, cells in self._rows(name):
            of = str(_plain(cells.pop("of", ("", "A"))[0])).strip()
            if of not in owners:
                text = _("Nothing in the sheet {sheet} has the id {got}.", sheet=section, got=shown(of))
                self._wrong((name, number, "A"), text)
                continue
            entries = self.data[section][owners[of]].setdefault(field, [])
            place: Place = (section, owners[of], field, len(entries))
            entries.append(self._entry(place, name, number, cells))

    def _entry(self, place: Place, sheet: str, row: int, cells: dict[str, tuple[Any, str]]) -> Any:
        self.places[place] = (sheet, row, "A")
        entry: dict[str, Any] = {}
        for title, (value, column) in cells.items():
            field, _dot, language = title.partition(".")
            spot = (sheet, row, column)
            self.places.setdefault((*place, field), spot)
            if language == "zh":
                continue
            entry[field] = self._decoded((*place, field), value, spot)
            if f"{title}.zh" in cells:
                entry[field] = {"en": entry[field], "zh": str(cells[f"{title}.zh"][0])}
        return entry.get("en") if set(entry) == {"en"} else entry

    def _decoded(self, place: Place, value: Any, where: Where) -> Any:
        """A cell as the schema wants it; what it cannot be is left for the checker."""
        value, node = _plain(value), node_at(place)
        kind = node.get("type")
        if kind == "boolean" and str(value).lower() in {"true", "false"}:
            return str(value).lower() == "true"
        if kind == "string" or not kind:
            return str(value)
        if not isinstance(value, str):
            return value
        if kind == "integer":
            digits = value.replace(",", "").replace("_", "").strip()
            return int(digits) if _NUMBER.fullmatch(digits) else value
        if kind == "array" and not value.lstrip().startswith(("[", "{")):
            return [each.strip() for each in value.replace("，", ",").replace("、", ",").split(",") if each.strip()]
        if kind == "object" and not value.lstrip().startswith("{"):
            return self._pairs(value, where)
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            self._wrong(where, _("Expected JSON, got {got}.", got=shown(value)))
            return [] if kind == "array" else {}

    def _pairs(self, text: str, where: Where) -> dict[str, int]:
        result: dict[str, int] = {}
        for part in text.replace("；", ";").split(";"):
            key, _equals, number = part.partition("=")
            if not part.strip():
                continue
            if not (number.strip().isascii() and number.strip().isdigit() and len(number) < 20):
                wrong = _('Expected pairs such as "lamp=3; desk=2", got {got}.', got=shown(part.strip()))
                self._wrong(where, wrong)
                return {}
            result[key.strip()] = int(number)
        return result


def letters(column: int) -> str:
    """The letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain(value: Any) -> Any:
    """Excel keeps whole numbers as floats, and days and times as their own kinds."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if isinstance(value, time) else value
