"""Customers from tables as people have them: what is good goes in by one action, the rest comes back with reasons."""

from __future__ import annotations

import csv
import json
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from benchmarks.books import WRITERS
from crmsim import replay, save
from crmsim.cli.app import run
from crmsim.crm.facts import CustomerRecorded, CustomersImported
from crmsim.crm.record import Record, held
from crmsim.engine.action import refusal
from crmsim.engine.errors import BadInput
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.game.replay import verify
from crmsim.roles.importing import ImportCustomers
from crmsim.store import reading_tables
from crmsim.store.exporting import write_csv
from crmsim.store.importing import Prepared, customers_in, prepare, write_rejects
from crmsim.store.reading import read_save
from crmsim.store.reading_tables import read_grid
from crmsim.store.template import write_template
from tests.scenes import customers, facts, must, tiny

HEAD = "客户名称,联系人,电话,邮箱,区域,预算\n"
GOOD = HEAD + "北京华光公司,王芳,13800001111,wang@hua.cn,north,1200.50\n"


@pytest.fixture
def game() -> Game:
    return Game(tiny(), 3)


def sorted_out(game: Game, path: Path, mapping: dict[str, str] | None = None, encoding: str = "") -> Prepared:
    return prepare(game.view("director"), read_grid(path, encoding), mapping)


def written(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def book(folder: Path, rows: list[list[Any]], merged: tuple[Any, ...] = ()) -> Path:
    path = folder / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page, day = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                else:
                    page.write(number, column, cell)
        for each in merged:
            page.merge_range(*each)
    return path


BAD_TABLES = [
    ("gbk", GOOD.encode("gbk")),
    ("utf-16 with its mark", GOOD.encode("utf-16")),
    ("utf-16 without its mark", GOOD.encode("utf-16-le")),
    ("utf-16 big end first", GOOD.encode("utf-16-be")),
    ("utf-8 with its mark", GOOD.encode("utf-8-sig")),
    ("nul bytes", GOOD.replace("王芳", "王\0芳").encode()),
    ("old mac lines", GOOD.replace("\n", "\r").encode()),
    ("windows lines", GOOD.replace("\n", "\r\n").encode()),
    ("semicolons", GOOD.replace(",", ";").encode()),
    ("tabs", GOOD.replace(",", "\t").encode()),
    ("chinese commas", GOOD.replace(",", "，").encode()),
    (
        "empty lines and a title above",
        b"\n2025\xe5\xb9\xb4\xe5\xae\xa2\xe6\x88\xb7\xe8\xa1\xa8,,,,,\n\n" + GOOD.encode(),
    ),
    ("short row padded", (HEAD + "北京华光公司,王芳,13800001111\n").encode()),
    ("full width digits and spaces", GOOD.replace("13800001111", "１３８ 0000-1111").encode()),
    ("country code", GOOD.replace("13800001111", "+86 138 0000 1111").encode()),
]


@pytest.mark.covers("IMP-1")
@pytest.mark.parametrize(("what", "content"), BAD_TABLES, ids=[each[0] for each in BAD_TABLES])
def test_a_table_is_read_however_it_was_written(what: str, content: bytes, game: Game, tmp_path: Path) -> None:
    found = sorted_out(game, written(tmp_path, content))
    assert (found.read, found.duplicates, found.rejected) == (1, 0, 0), found.rejects
    (row,) = found.rows
    assert (row["name"], row["contact"], row["phone"]) == ("北京华光公司", "王芳", "13800001111")


BAD_ROWS = [
    ("phone shortened", "A,,1.38E+10,,,", "shortened"),
    ("phone too short", "A,,12345,,,", "11 digits"),
    ("no way to reach", "A,,,,,", "phone number or an e-mail"),
    ("no name", ",,13800001111,,,", "must be given"),
    ("no address", "A,,,not-an-address,,", "no e-mail"),
    ("unknown region", "A,,13800001111,,moon,", "not one of"),
    ("amount in words", "A,,13800001111,,,很多", "cannot be read"),
    ("too many cells", "A,,13800001111,,,5,extra,cells", "more cells"),
    ("name too long", "A" * 200 + ",,13800001111,,,", "at most 120"),
    ("amount below nothing", "A,,13800001111,,,-5", "must be from"),
]


@pytest.mark.covers("IMP-1", "REG-2")
@pytest.mark.parametrize(("what", "line", "why"), BAD_ROWS, ids=[each[0] for each in BAD_ROWS])
def test_a_bad_row_comes_back_with_its_reason(what: str, line: str, why: str, game: Game, tmp_path: Path) -> None:
    found = sorted_out(game, written(tmp_path, f"{HEAD}好公司,,13900000000,,,\n{line}\n"))
    assert len(found.rows) == 1 and found.rejected == 1
    (bad,) = found.rejects
    assert bad.row == 3 and bad.field and why in str(bad.reason)
    assert render(bad.reason, "zh") != str(bad.reason)


@pytest.mark.covers("IMP-1", "REG-5")
def test_a_reason_names_the_words_of_a_list_as_people_write_them(tmp_path: Path) -> None:
    north = {"id": "north", "name": {"en": "Northern parts", "zh": "北区"}}
    game = Game(tiny(regions=[north, {"id": "south", "name": {"en": "Southern parts", "zh": "南区"}}]), 3)
    found = sorted_out(game, written(tmp_path, HEAD + "好公司,,13800001111,,北区,\n坏公司,,13800002222,,火星,\n"))
    assert [row["region"] for row in found.rows] == ["north"]
    assert render(found.rejects[0].reason, "zh") == "火星 不在可选项中：北区、南区"
    write_rejects(found, tmp_path / "bad.csv", "zh")
    mended = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig").replace("火星,,", "南区,,", 1)
    assert [row["region"] for row in sorted_out(game, written(tmp_path, mended)).rows] == ["south"]


@pytest.mark.covers("IMP-1")
def test_one_customer_written_differently_is_one_customer(game: Game, tmp_path: Path) -> None:
    lines = ["北京华光（集团）公司,,13800001111,,,", "北京 华光(集团)公司,,13800002222,,,", "别的,,138-0000-1111,,,",
             "ABC Ltd.,,,Info@abc.cn,,", "ＡＢＣ　ＬＴＤ,,13800003333,,,", "third,,,info@ABC.cn,,"]  # fmt: skip
    found = sorted_out(game, written(tmp_path, HEAD + "\n".join(lines)))
    assert [row["name"] for row in found.rows] == ["北京华光（集团）公司", "ABC Ltd."]
    assert found.duplicates == 4 and found.rejected == 0
    assert {str(each.reason) for each in found.rejects} == {
        "the same customer as in row 2",
        "the same customer as in row 5",
    }
    must(game, "director", found.action())
    again = sorted_out(game, written(tmp_path, HEAD + lines[1]))
    assert again.duplicates == 1 and "on file already" in str(again.rejects[0].reason)


@pytest.mark.covers("IMP-1")
@pytest.mark.parametrize("ending", WRITERS)
def test_every_kind_of_table_goes_in_by_the_same_columns(ending: str, game: Game, tmp_path: Path) -> None:
    rows = [["客户名称", "电话", "区域", "备注"], ["北京华光", "13800001111", "north", "展会，已谈"],
            ["坏", "1.38E+10", "", ""], ["=cmd()", "13800002222", "south", "<b>&"]]  # fmt: skip
    path = tmp_path / f"t.{ending}"
    WRITERS[ending](path, rows)
    found = sorted_out(game, path)
    assert (found.read, len(found.rows), found.rejected) == (3, 2, 1) and found.rejects[0].row == 3
    assert [(row["name"], row["phone"], row["region"], row["notes"]) for row in found.rows] == [
        ("北京华光", "13800001111", "north", "展会，已谈"),
        ("=cmd()", "13800002222", "south", "<b>&"),
    ]
    must(game, "director", found.action())


def test_workbooks_keep_phones_dates_and_merged_cells(game: Game, tmp_path: Path) -> None:
    rows = [
        ["客户一览", "", "", "", ""],
        ["名称", "手机", "区域", "预算", "Decision date"],
        ["一", 13800001111, "north", 1234.5, date(2025, 3, 20)],
        ["二", "13800002222", "", 7, "2025-03-21"],
    ]
    path = book(tmp_path, rows, ((0, 0, 0, 4, "客户一览"), (2, 2, 3, 2, "north")))
    found = sorted_out(game, path, {"name": "名称"})
    assert not found.rejects, found.rejects
    one, two = found.rows
    assert (one["phone"], one["budget"], one["deadline"]) == ("13800001111", 123_450, 17 * DAY)
    assert two["region"] == "north" and two["deadline"] == 18 * DAY


@pytest.mark.covers("IMP-1")
def test_what_is_hidden_in_a_workbook_is_not_read_and_instructions_are_passed_over(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        hidden, told, data = (made.add_worksheet(each) for each in ("旧名单", "填写说明", "客户"))
        hidden.hide()
        told.activate()
        told.set_first_sheet()
        for page, rows in (
            (hidden, [["客户名称", "电话"], ["不该导入", "13800007777"]]),
            (told, [["请先阅读"], ["一行一个客户"]]),
            (data, [["客户名称", "电话"], ["北京华光", "13800001111"]]),
        ):
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    view = game.view("director")
    grid = read_grid(path, fits=customers_in(view))
    assert grid.sheet == "客户" and [row["name"] for row in prepare(view, grid).rows] == ["北京华光"]
    told_of = read_grid(path, fits=customers_in(view, {"name": "没有"}))  # no sheet has it: the first is spoken of
    assert told_of.sheet == "填写说明"


@pytest.mark.covers("IMP-1")
def test_cells_merged_in_an_open_document_are_filled_as_in_excel(game: Game, tmp_path: Path) -> None:
    rows = [["客户名称", "电话", "区域"], ["一", "13800001111", "north"], ["二", "13800002222", ""],
            ["三", "13800003333", ""]]  # fmt: skip
    path = tmp_path / "t.ods"
    WRITERS["ods"](path, rows)
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each).decode() for each in archive.namelist()}
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    content = parts["content.xml"].replace(cell.format(""), "<table:covered-table-cell/>")
    spanning = cell.format("north").replace(" office", ' table:number-rows-spanned="2" office', 1)
    content = content.replace(cell.format("north"), spanning)
    above = f'<table:table-row table:number-rows-repeated="2">{cell.format("")}</table:table-row>'
    content = content.replace("<table:table-row>", above + "<table:table-row>", 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | {"content.xml": content}).items():
            archive.writestr(name, text)
    assert [row["region"] for row in sorted_out(game, path).rows] == ["north", "north", ""]


@pytest.mark.covers("IMP-1", "GAME-7")
def test_the_rows_are_in_the_journal_and_stand_for_who_they_name(game: Game, tmp_path: Path) -> None:
    someone = customers(game)[0]
    text = f"{HEAD}{someone.name},,{someone.phone},,,\n无人公司,,13800009999,,,\n{someone.contact}x,,13800008888,,,\n"
    path = written(tmp_path, text)
    prepared = sorted_out(game, path)
    assert len(prepared.rows) == 3
    game.advance(30)
    game.apply("director", prepared.action())
    path.unlink()  # nothing is read again
    made = list(game.world.all(Record))[-3:]
    assert [each.customer for each in made] == [someone.id, "", ""]
    assert all(each.source == "import" or each.source == "" for each in made) and made[0].recorded_by == "director"
    assert len(facts(game, CustomersImported, customers=3)) == 1
    assert [each.customer for each in facts(game, CustomerRecorded)] == [someone.id]
    kept = save(game, tmp_path / "kept.crmsim")
    assert replay(kept).digest() == game.digest()
    assert str(path) not in (tmp_path / "kept.crmsim").read_bytes().decode("utf-8", "replace")


@pytest.mark.covers("IMP-1")
def test_the_action_refuses_what_the_table_reader_would_have_put_aside(game: Game) -> None:
    view, columns = game.view("director"), ("name", "phone")
    good = ImportCustomers(columns=columns, rows=(("A", "13800001111"),))
    assert refusal(good, view, mind_the_clock=False) is None
    before = game.digest()
    for columns, rows in (
        (("name", "phone"), ()),
        (("name", "phone"), (("A",),)),
        (("name", "phone"), (("A", "123"),)),
        (("name", "phone"), (("A", "13800001111"), ("a ", "13800002222"))),
        (("name", "phone"), (("A", "13800001111"), ("B", "13800001111"))),
        (("name",), (("A",),)),
        (("phone",), (("13800001111",),)),
        (("name", "moon"), (("A", "x"),)),
        (("name", "budget", "phone"), (("A", "much", "13800001111"),)),
        (("name", "phone"), (("\x1b[31mA", "13800001111"),)),
    ):
        bad = ImportCustomers(columns=columns, rows=rows)
        assert not game.act("director", bad) and refusal(bad, view, mind_the_clock=False), (columns, rows)
    assert not game.act("p1", good) and game.digest() == before


@pytest.mark.covers("IMP-1")
def test_rejects_can_be_mended_and_imported_again(game: Game, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "好,,13800001111,,,\n坏,=1+1,1.38E+10,,moon,\n")
    first = sorted_out(game, path)
    must(game, "director", first.action())
    for name in ("r.csv", "r.xlsx"):
        write_rejects(first, tmp_path / name, "zh")
        grid = read_grid(tmp_path / name)
        assert grid.rows[1][1][-3:][0] in ("3", 3.0) and "电话" in str(grid.rows[1][1][-2])
    text = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    mended = text.replace("1.38E+10", "13800002222").replace("moon", "south")
    again = sorted_out(game, written(tmp_path, mended, "m.csv"))
    assert not again.rejects and not again.unused and again.rows[0]["contact"] == "=1+1"
    must(game, "director", again.action())


@pytest.mark.covers("IMP-1")
def test_rejects_of_rejects_say_why_once_and_lose_no_cell(game: Game, tmp_path: Path) -> None:
    """Mended by halves: each file has one set of reasons, until nothing is left; what stood too far right is kept."""
    table = written(tmp_path, HEAD + "甲,,1.38E+10,,,\n乙,,13800002222,,,5,多出的\n丙,,13800003333,,moon,\n")
    first = sorted_out(game, table)
    assert first.rejected == 3
    write_rejects(first, tmp_path / "r1.csv", "zh")
    half = (tmp_path / "r1.csv").read_text(encoding="utf-8-sig").replace("1.38E+10", "13800001111")
    second = sorted_out(game, written(tmp_path, half, "half.csv"))
    assert [row["name"] for row in second.rows] == ["甲"] and second.rejected == 2
    must(game, "director", second.action())
    write_rejects(second, tmp_path / "r2.xlsx", "en")
    grid = read_grid(tmp_path / "r2.xlsx")
    assert grid.rows[0][1][:9] == [*HEAD.strip().split(","), "Row in the file", "Wrong field", "Reason"]
    assert "多出的" in grid.rows[1][1][9:]
    write_rejects(second, tmp_path / "r2.csv", "zh")
    rest = (tmp_path / "r2.csv").read_text(encoding="utf-8-sig").replace("多出的", "").replace("moon", "south", 1)
    last = sorted_out(game, written(tmp_path, rest, "rest.csv"))
    assert [row["name"] for row in last.rows] == ["乙", "丙"] and not last.rejects and not last.unused
    with pytest.raises(BadInput):
        write_rejects(second, tmp_path / "r2.xls", "zh")  # a text under that name could be opened by nobody


def test_what_cannot_be_read_is_a_sentence(game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content, name, how in (
        (b"PK\x03\x04 not a book", "x.xlsx", {}),
        (b"\xd0\xcf\x11\xe0 nor this", "x.xls", {}),
        (GOOD.encode("gbk"), "x.csv", {"encoding": "ascii"}),
        (GOOD.encode(), "x.csv", {"encoding": "klingon"}),
        (b"", "x.csv", {}),
        (b"a,b,c\n1,2,3\n", "x.csv", {}),
        (GOOD.encode(), "x.csv", {"mapping": {"name": "missing column"}}),
        (GOOD.encode(), "x.csv", {"mapping": {"no_field": "电话"}}),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            sorted_out(game, written(tmp_path, content, name), **how)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        read_grid(tmp_path / "nothing.csv")
    monkeypatch.setattr(reading_tables, "MOST_ROWS", 5)
    many = HEAD + "".join(f"n{i},,{13800000000 + i},,,\n" for i in range(7))
    with pytest.raises(BadInput, match="more than 5 rows"):
        sorted_out(game, written(tmp_path, many))


@pytest.mark.covers("IMP-1")
def test_the_template_says_what_each_field_takes_and_is_read_back(game: Game, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    for language in ("en", "zh"):
        path = tmp_path / f"{language}.xlsx"
        write_template(game.view("director"), path, language)
        pages = CalamineWorkbook.from_path(str(path))
        notes = pages.get_sheet_by_index(1).to_python()
        assert len(notes) == 17 and all(row[2] for row in notes)
        assert any("north" in row[2] for row in notes)
        titles = pages.get_sheet_by_index(0).to_python()[0]
        table = written(tmp_path, ",".join(map(str, titles)) + "\n甲" + "," * 4 + "13800001111\n", f"{language}.csv")
        found = sorted_out(game, table)
        assert len(found.columns) == 17 and not found.unused


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.covers("IMP-1", "GAME-12")
def test_twenty_thousand_rows_go_in_by_one_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    save(Game(tiny(), 3, holders={"director": "student"}), tmp_path / "lab.crmsim")
    rows = [["客户名称", "联系人", "电话", "邮箱", "Budget"]]
    rows += [[f"第{i}公司", f"王{i}", str(13800000000 + i), f"a{i}@b.cn", str(1000 + i)] for i in range(20_000)]
    rows += [["坏", "", "1.38E+10", "", ""], ["第7公司", "", "13700000000", "", ""]]
    with open("big.csv", "w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(rows)
    Path("few.csv").write_text("名称,电话\n甲,13900000000\n", encoding="utf-8")
    code, out, _err = call(capsys, "import", "lab.crmsim", "few.csv", "--preview", "--json", "--map", "name=名称")
    assert code == 0 and json.loads(out)["preview"] and json.loads(out)["imported"] == 1
    assert not list(replay("lab.crmsim").world.all(Record))
    start = time.process_time()  # a busy machine is no slow program
    code, out, err = call(capsys, "import", "lab.crmsim", "big.csv", "--rejects", "bad.csv", "--json")
    took = time.process_time() - start
    assert code == 0 and took < 15
    assert json.loads(out) == {"read": 20_002, "imported": 20_000, "duplicates": 1, "rejected": 1, "rejects": "bad.csv"}
    assert "10000 rows" in err
    saved = read_save("lab.crmsim")
    game, differs = verify(saved.header, saved.entries, saved.days, saved.closing)
    assert differs is None and len(list(game.world.all(Record))) == 20_000
    assert sum(isinstance(entry.action, ImportCustomers) for entry in game.journal) == 1


@pytest.mark.covers("IMP-1", "GAME-10")
def test_a_preview_shows_what_was_understood_as_people_read_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    regions = [{"id": "north", "name": {"en": "Northern parts", "zh": "北区"}}]
    save(Game(tiny(regions=regions), 3), tmp_path / "lab.crmsim")
    written(tmp_path, "客户名称,电话,区域,预算,数量,决策日期\n甲,13900000000,north,12.5,,2025-03-20\n")
    _code, out, _err = call(capsys, "--lang", "zh", "import", "lab.crmsim", "t.csv", "--preview")
    (row,) = [each.split() for each in out.splitlines() if each.startswith("甲")]
    assert row == ["甲", "13900000000", "北区", "¥12.50", "第18天"]


def test_a_wrong_command_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save(Game(tiny(), 3), tmp_path / "lab.crmsim")
    Path("few.csv").write_text(GOOD, encoding="utf-8")
    for wrong in (
        ("few.csv", "--map", "name"),
        ("none.csv",),
        ("few.csv", "--seat", "nobody"),
        (),
        ("few.csv", "--map", "x=电话"),
    ):
        code, out, err = call(capsys, "import", "lab.crmsim", *wrong)
        assert code == 2 and err.strip() and not out, wrong
    assert not list(replay("lab.crmsim").world.all(Record))


def test_a_few_rows_can_be_typed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save(Game(tiny(), 3, holders={"director": "student"}), tmp_path / "lab.crmsim")
    act = ("do", "lab.crmsim", "--seat", "director", "ImportCustomers")
    assert call(capsys, *act, "columns=name,phone", "rows=甲|138 0000 1111; 乙|13900001111")[0] == 0
    assert [each.phone for each in replay("lab.crmsim").world.all(Record)] == ["13800001111", "13900001111"]
    assert call(capsys, *act, "columns=", "rows=甲|1")[0] == 2


@pytest.mark.covers("IMP-1", "GAME-12")
def test_words_of_a_list_may_be_typed_by_their_names(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a refusal names them: what it offers is taken."""
    monkeypatch.chdir(tmp_path)
    regions = [{"id": "north", "name": {"en": "Northern parts", "zh": "北区"}}]
    save(Game(tiny(regions=regions), 3, holders={"director": "student"}), tmp_path / "lab.crmsim")
    act = ("--lang", "zh", "do", "lab.crmsim", "--seat", "director", "ImportCustomers", "columns=name,phone,region")
    code, _out, err = call(capsys, *act, "rows=甲|13800001111|火星")
    assert code != 0 and "北区" in err
    assert call(capsys, *act, "rows=甲|13800001111|北区;乙|13800002222|Northern parts")[0] == 0
    assert [each.region for each in replay("lab.crmsim").world.all(Record)] == ["north", "north"]


@pytest.mark.covers("IMP-1")
def test_a_closed_office_says_so_before_anything_is_read_or_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = Game(tiny(), 2)
    game.advance_to(game.world.calendar.hours[-1][1])
    path, table, rejects = tmp_path / "lab.crmsim", tmp_path / "t.csv", tmp_path / "r.csv"
    save(game, path)
    table.write_text("name,phone\nA,13900000000\nB,\n", encoding="utf-8")
    assert run(["import", str(path), str(table), "--rejects", str(rejects)]) != 0
    assert "opens at" in capsys.readouterr().err and not rejects.exists()


OWN_FIELDS = [
    {"id": "member", "name": {"en": "Member number", "zh": "会员号"}, "most": 8},
    {
        "id": "rank",
        "name": {"en": "Credit", "zh": "信用"},
        "options": [
            {"id": "good", "name": {"en": "good", "zh": "良好"}},
            {"id": "bad", "name": {"en": "bad", "zh": "差"}},
        ],
    },
]


@pytest.fixture
def wider() -> Game:
    """A game whose scenario adds two fields to customers' files."""
    return Game(tiny(record_fields=OWN_FIELDS), 3)


@pytest.mark.covers("IMP-1", "REG-1")
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_fields_that_a_scenario_adds_are_columns_like_the_others(wider: Game, tmp_path: Path, name: str) -> None:
    rows = [["客户名称", "电话", "会员号", "信用"], ["甲", "13800001111", "M-1", "良好"],
            ["乙", "13800002222", "M-2", "fair"], ["丙", "13800003333", "M-123456789", "差"]]  # fmt: skip
    path = book(tmp_path, rows) if name.endswith("xlsx") else written(
        tmp_path, "\n".join(map(",".join, rows))
    )  # fmt: skip
    first = sorted_out(wider, path)
    assert first.columns == {"name": 0, "phone": 1, "more.member": 2, "more.rank": 3} and not first.unused
    assert [each.field for each in first.rejects] == ["more.rank", "more.member"]
    wider.advance_to(wider.free_minute("director"))
    wider.apply("director", first.action())
    write_rejects(first, tmp_path / f"r{Path(name).suffix}", "zh")
    grid = read_grid(tmp_path / f"r{Path(name).suffix}")
    assert [row[-2] for _number, row in grid.rows[1:]] == ["信用", "会员号"]
    for _number, row in grid.rows:  # mended by hand
        row[2:4] = ["M-3" if row[2] == "M-123456789" else row[2], "good" if row[3] == "fair" else row[3]]
    again = prepare(wider.view("director"), grid)
    assert not again.rejects and len(again.rows) == 2
    wider.advance_to(wider.free_minute("director"))
    wider.apply("director", again.action())
    made = {each.name: each.more for each in wider.world.all(Record)}
    assert made == {
        "甲": (("member", "M-1"), ("rank", "good")),
        "乙": (("member", "M-2"), ("rank", "good")),
        "丙": (("member", "M-3"), ("rank", "bad")),
    }
    saved = save(wider, tmp_path / "kept.crmsim")
    assert replay(saved).digest() == wider.digest()


@pytest.mark.covers("IMP-1")
def test_a_field_that_the_scenario_adds_can_be_mapped_and_stands_in_the_template(wider: Game, tmp_path: Path) -> None:
    path = written(tmp_path, "名称,电话,级别\n甲,13800001111,bad\n")
    for ours in ("rank", "more.rank"):
        found = sorted_out(wider, path, {"name": "名称", ours: "级别"})
        assert found.rows[0]["more.rank"] == "bad"
    with pytest.raises(BadInput, match="no field colour"):
        sorted_out(wider, path, {"name": "名称", "colour": "级别"})
    write_template(wider.view("director"), tmp_path / "t.xlsx", "zh")
    titles, notes = (read_grid_of(tmp_path / "t.xlsx", number) for number in (0, 1))
    assert titles[0][-2:] == ["会员号", "信用"]
    assert "8" in notes[-2][2] and "良好" in notes[-1][2]


def read_grid_of(path: Path, sheet: int) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


@pytest.mark.covers("IMP-1", "IMP-2", "REG-1")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_files_that_were_exported_in_full_go_into_another_game(wider: Game, tmp_path: Path, language: str) -> None:
    full = {
        "name": "=甲", "source": "fair", "type": "firm", "contact": "王", "position": "经理", "phone": "13800001111",
        "email": "a@b.cn", "industry": "trade", "region": "north", "size": "", "need": "pump", "quantity": 3,
        "budget": 123_450, "deadline": 9 * DAY, "decision": "", "rival": "Acme", "notes": "两行 文字",
        "more.member": "M-1", "more.rank": "bad",
    }  # fmt: skip
    words = {"sources": [{"id": "fair", "name": {"en": "the fair", "zh": "展销会"}}],
             "types": [{"id": "firm", "name": {"en": "firm", "zh": "企业"}}]}  # fmt: skip
    scenario = tiny(record_fields=OWN_FIELDS, dictionaries=words)
    first, second = Game(scenario, 3), Game(scenario, 4)
    must(first, "director", ImportCustomers(columns=tuple(full), rows=(tuple(full.values()),)))
    write_csv(first, tmp_path / "out", language=language)
    found = sorted_out(second, tmp_path / "out" / "files.csv")
    assert not found.rejects and set(found.columns) == set(full)
    must(second, "director", found.action())
    (one,), (other,) = (list(each.world.all(Record)) for each in (first, second))
    assert [held(one, name) for name in full] == [held(other, name) for name in full] == list(full.values())


@pytest.mark.covers("IMP-1")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The table is empty."),
        (b"\xef\xbb\xbf\n\n", "The table is empty."),
        (b"\xff\xff\x80\n", "--encoding utf-16"),
    ],
)
def test_a_table_without_a_line_that_can_be_read_says_so(content: bytes, says: str, game: Game, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    with pytest.raises(BadInput) as refused:
        sorted_out(game, tmp_path / "table.csv")
    assert says in render(refused.value.message, "en")
