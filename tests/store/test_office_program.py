"""A spreadsheet program of people opens what is exported, and writes what is imported: LibreOffice, where it is."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from crmsim import load_scenario
from crmsim.bots import crew
from crmsim.crm.record import Record
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.store.exporting import write_xlsx
from tests.scenes import must, tiny
from tests.store.test_import import book, sorted_out

pytestmark = pytest.mark.slow
Convert = Callable[..., Path]


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """A file opened by the program and written again as another kind."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    home = (tmp_path / "home").as_uri()

    def written(path: Path, ending: str, options: str = "") -> Path:
        folder = tmp_path / f"as-{ending}"
        kind = f"{ending}:{options}" if options else ending
        subprocess.run(
            [str(office), f"-env:UserInstallation={home}", "--headless", "--convert-to", kind, "--outdir",
             str(folder), str(path)], check=True, timeout=900, capture_output=True,
        )  # fmt: skip
        found = folder / f"{path.stem}.{ending}"
        if not found.exists():
            pytest.skip("no LibreOffice here that opens tables")
        return found

    return written


@pytest.mark.covers("IMP-2", "REP-1")
def test_it_opens_a_workbook_with_all_its_cells_and_charts(convert: Convert, tmp_path: Path) -> None:
    scenario = load_scenario("first_month")
    game = Game(scenario, 7, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.advance(DAY)
    write_xlsx(game, tmp_path / "all.xlsx", language="zh")
    kept = convert(tmp_path / "all.xlsx", "ods")
    ours, theirs = (CalamineWorkbook.from_path(str(each)) for each in (tmp_path / "all.xlsx", kept))
    assert theirs.sheet_names == ours.sheet_names
    for name in ours.sheet_names:
        sheet, copy = ours.get_sheet_by_name(name), theirs.get_sheet_by_name(name)
        assert _texts(copy) == _texts(sheet), name
    with zipfile.ZipFile(tmp_path / "all.xlsx") as parts:
        charts = sum(each.startswith("xl/charts/chart") for each in parts.namelist())
    with zipfile.ZipFile(kept) as parts:
        drawn = [
            parts.read(each).decode() for each in parts.namelist() if re.fullmatch(r"Object \d+/content\.xml", each)
        ]
    assert len(drawn) == charts > 15
    assert all("chart:values-cell-range-address" in each for each in drawn)
    assert convert(tmp_path / "all.xlsx", "pdf").stat().st_size > 100_000


def _texts(sheet: Any) -> list[str]:
    """The texts of a sheet in their order: numbers and spans are shown, and rounded, by each program in its own way."""
    cells = [cell for row in sheet.to_python() for cell in row if isinstance(cell, str)]
    return [" ".join(each.split()) for each in cells if each.strip() and not re.fullmatch(r"PT[0-9HMS.]+", each)]


TABLE = [
    ["客户名称", "联系人", "电话", "邮箱", "区域", "预算", "决策日期", "备注"],
    ["北京华光公司", "王芳", "13800001111", "wang@hua.cn", "north", 1200.5, date(2025, 3, 20), '展会，"已谈"; 明天'],
    ["Müller & 子公司", "李", 13800002222, "", "south", 88_000, date(2025, 4, 1), "第一行\n第二行"],
    ["第三家", "", "13800003333", "", "", "", "", "'quoted'"],
    ["坏的", "", "123", "", "", "", "", ""],
]


CSV = "Text - txt - csv (StarCalc):44,34,"  # comma, quote, and the number of an encoding
WRITTEN = (("ods", ""), ("xls", ""), ("xlsx", ""), ("csv", CSV + "76"), ("csv", CSV + "85"), ("csv", CSV + "65535"))


@pytest.mark.covers("IMP-1")
@pytest.mark.parametrize(("ending", "options"), WRITTEN, ids=("ods", "xls", "xlsx", "utf-8", "gb18030", "utf-16"))
def test_what_it_writes_is_imported(ending: str, options: str, convert: Convert, tmp_path: Path) -> None:
    game = Game(tiny(), 3)
    whole = sorted_out(game, book(tmp_path, TABLE))
    assert (len(whole.rows), whole.rejected) == (3, 1)
    assert [each["deadline"] for each in whole.rows] == [17 * DAY, 29 * DAY, 0]
    found = sorted_out(game, convert(tmp_path / "t.xlsx", ending, options))
    assert (found.rows, found.rejected) == (whole.rows, 1)
    must(game, "director", found.action())
    assert [each.name for each in game.world.all(Record)][-3:] == ["北京华光公司", "Müller & 子公司", "第三家"]
