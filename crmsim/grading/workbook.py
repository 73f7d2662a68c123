"""Cells set in an Excel workbook that somebody else made: only those cells change, every other part stays as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from posixpath import join, normpath
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import _

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MOST = 50_000_000  # bytes of a part
Change = tuple[int, int, str | float]  # row from 1, column from 0, value


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it: row from 1, column from 0."""
    return f"{_letters(column)}{row}"


def _letters(column: int) -> str:
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def _column(name: str) -> int:
    found = 0
    for letter in re.match(r"[A-Z]*", name.upper()).group():  # type: ignore[union-attr]
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


class Workbook:
    """A workbook's bytes, to be had again with some cells set. BadInput when it is not a sound one."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
            if any(each.file_size > MOST for each in self.archive.infolist()):
                raise BadInput(_("{file} is too large; divide it.", file=name))
            self.book = self._part("xl/workbook.xml")
        except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> BadInput:
        cause = safe_text(str(error), 200)
        return BadInput(_("The file {file} cannot be read: {reason}.", file=self.name, reason=cause))

    def _part(self, path: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self.archive.read(path), parser)

    def _path_of(self, sheet: str) -> str:
        """The part that holds a sheet."""
        ids = {each.get("name"): each.get(f"{{{RELATED}}}id") for each in self.book.iter(f"{{{MAIN}}}sheet")}
        links = self._part("xl/_rels/workbook.xml.rels").iter(f"{{{PACKAGE}}}Relationship")
        targets = {each.get("Id"): each.get("Target") for each in links}
        target = targets.get(ids.get(sheet, ""))
        if target is None:
            raise BadInput(_("{file} has no sheet {sheet}.", file=self.name, sheet=sheet))
        return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))

    def changed(self, sheet: str, changes: Iterable[Change]) -> bytes:
        """The workbook with these cells set."""
        try:
            path = self._path_of(sheet)
            page = self._part(path)
        except (KeyError, etree.XMLSyntaxError) as error:
            raise self._broken(error) from error
        data = page.find(f"{{{MAIN}}}sheetData")
        rows = {int(each.get("r")): each for each in data.iter(f"{{{MAIN}}}row") if each.get("r")}
        for row, column, value in changes:
            if row not in rows:
                raise BadInput(_("{where} cannot be found in the file.", where=f"{sheet}!{cell_name(row, column)}"))
            self._set(sheet, rows[row], row, column, value)
        _widen(page, [column for _row, column, _value in changes])
        text = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in self.archive.infolist():
                archive.writestr(each, text if each.filename == path else self.archive.read(each), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _set(self, sheet: str, row: Any, number: int, column: int, value: str | float) -> None:
        name, cells = cell_name(number, column), list(row)
        cell = next((each for each in cells if each.get("r") == name), None)
        if cell is None:
            cell = etree.Element(f"{{{MAIN}}}c", r=name)
            before = [each for each in cells if _column(each.get("r", "")) < column]
            row.insert(len(before), cell)
            if before and before[-1].get("s"):  # it looks like its neighbour
                cell.set("s", before[-1].get("s"))
        elif cell.find(f"{{{MAIN}}}f") is not None:
            where = f"{sheet}!{name}"
            raise BadInput(_("{where} holds a formula; take it out, so that a mark can stand there.", where=where))
        for each in list(cell):
            cell.remove(each)
        cell.attrib.pop("t", None)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
            text.text = value
        else:
            etree.SubElement(cell, f"{{{MAIN}}}v").text = f"{value:g}"


def _widen(page: Any, columns: list[int]) -> None:
    """The sheet says how far it reaches; rows that say so, too."""
    most = max(columns, default=0)
    area = page.find(f"{{{MAIN}}}dimension")
    if area is not None and ":" in area.get("ref", ""):
        first, last = area.get("ref").split(":")
        if _column(last) < most:
            area.set("ref", f"{first}:{_letters(most)}{re.sub('[A-Z]', '', last)}")
    for row in page.iter(f"{{{MAIN}}}row"):
        if row.get("spans") and ":" in row.get("spans"):
            start, end = row.get("spans").split(":")
            row.set("spans", f"{start}:{max(int(end), most + 1)}")
