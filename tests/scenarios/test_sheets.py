"""Scenarios as workbooks: there and back, and every mistake by sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crmsim.engine.errors import BadInput, ScenarioError
from crmsim.scenarios.checker import check
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.reading import letters
from crmsim.scenarios.sheets import from_xlsx, sheets_of, to_xlsx, workbook

Book = dict[str, list[list[Any]]]


def sound() -> Book:
    """A workbook as a teacher would type it."""
    return {
        "settings": [
            ["key", "value", "zh"],
            ["meta.id", "shop", None],
            ["meta.title", "Shop", "小店"],
            ["company.name", "Us", None],
            ["calendar.days", 5, None],
        ],
        "products": [["id", "name", "name.zh", "price", "cost"], ["lamp", "Lamp", "台灯", 100, 60]],
        "segments": [["id", "name", "products"], ["all", "All", "lamp=3"]],
    }


def saved(book: Book, path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as file:
        for name, rows in book.items():
            page = file.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


@pytest.mark.covers("IMP-3")
@pytest.mark.parametrize("name", ["first_day", "first_month", "phone_shop"])
def test_a_scenario_comes_back_from_its_workbook_unchanged(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    path = tmp_path / "scenario.xlsx"
    to_xlsx(scenario, path)
    checked = check(from_xlsx(path))
    assert checked.problems == () and checked.scenario == scenario
    assert "surveys" not in workbook(path)  # what only repeats the defaults is left out
    assert [each.name for each in sheets_of(scenario)] == list(workbook(path))


@pytest.mark.covers("IMP-3")
def test_a_workbook_typed_by_hand_is_a_scenario(tmp_path: Path) -> None:
    book = sound()
    book["products.faults"] = [
        ["of", "symptom", "cause", "remedy", "signs"],
        ["lamp", "dim", "old_lamp", "clean", "all_dark、gets_hot"],
    ]
    book["dictionaries"] = [["key", "id", "name", "name.zh"], ["sources", "radio", "Radio", "电台"]]
    scenario = check(from_xlsx(saved(book, tmp_path / "a.xlsx"))).scenario
    assert scenario is not None
    lamp = scenario.products[0]
    assert (lamp.name.zh, lamp.price, lamp.faults[0].signs) == ("台灯", 100, ("all_dark", "gets_hot"))
    assert scenario.segments[0].products == {"lamp": 3} and scenario.calendar.days == 5
    assert [each.id for each in scenario.dictionaries["sources"]] == ["radio"]


def _price(book: Book) -> None:
    book["products"][1][3] = "dear"


def _fraction(book: Book) -> None:
    book["products"][1][4] = 60.5


def _signs(book: Book) -> None:
    book["products"][1][4] = "--60"


def _column(book: Book) -> None:
    book["products"][0][4] = "csot"


def _pairs(book: Book) -> None:
    book["segments"][1][2] = "lamp:3"


def _reference(book: Book) -> None:
    book["segments"][1][2] = "lmap=3"


def _sheet(book: Book) -> None:
    book["prodcts"] = [["id"]]


def _owner(book: Book) -> None:
    book["products.faults"] = [["of", "symptom"], ["lump", "dim"]]


def _days(book: Book) -> None:
    book["settings"][4][1] = "many"


def _key(book: Book) -> None:
    book["settings"].append(["calendar.dais", 5])


def _json(book: Book) -> None:
    book["settings"].append(["calendar.hours", "[[9"])


def _double(book: Book) -> None:
    book["products"].append(["lamp", "Other", None, 5, 3])


@pytest.mark.covers("IMP-3", "GAME-5")
@pytest.mark.parametrize(
    ("spoil", "cell", "says"),
    [
        (_price, "products!D2", 'Expected a whole number, got "dear".'),
        (_fraction, "products!E2", "Expected a whole number, got 60.5."),
        (_signs, "products!E2", 'Expected a whole number, got "--60".'),
        (_column, "products!E2", "did you mean cost?"),
        (_pairs, "segments!C2", "Expected pairs"),
        (_reference, "segments!C2", "did you mean lamp?"),
        (_sheet, "prodcts!A1", "did you mean products?"),
        (_owner, "products.faults!A2", 'has the id "lump"'),
        (_days, "settings!B5", 'Expected a whole number, got "many".'),
        (_key, "settings!B6", "did you mean days?"),
        (_json, "settings!B6", "Expected JSON"),
        (_double, "products!A3", "twice"),
    ],
)
def test_a_mistake_is_named_by_sheet_and_cell(
    spoil: Callable[[Book], None], cell: str, says: str, tmp_path: Path
) -> None:
    book = sound()
    spoil(book)
    with pytest.raises(ScenarioError) as raised:
        from_xlsx(saved(book, tmp_path / "a.xlsx"))
    found = [(each.key, str(each.message)) for each in raised.value.problems]
    assert any(key == cell and says in text for key, text in found), found


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    for each in (path, tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(BadInput):
            from_xlsx(each)


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    scenario = load_scenario("first_day")
    told = scenario.model_copy(update={"company": scenario.company.model_copy(update={"profile": "=1+1"})})
    to_xlsx(told, tmp_path / "a.xlsx")
    assert 'profile = "=1+1"' in from_xlsx(tmp_path / "a.xlsx")


def test_columns_go_by_letters() -> None:
    assert [letters(each) for each in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
