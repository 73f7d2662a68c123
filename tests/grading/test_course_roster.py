"""A course's marks: the roster's own file is filled, a person's word is kept, and of two games one counts."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from crmsim.cli.app import run
from crmsim.engine.errors import BadInput
from crmsim.engine.words import render
from crmsim.grading.gradebook import counting, marks_of, rows_of, write_exports
from crmsim.grading.overriding import confirm, kept_words, override
from crmsim.grading.policy import Policy, read_policy
from crmsim.grading.roster import fill_roster, read_roster

from .handins import STUDENT, handed_in

TITLE = "2025级市场营销1班"


def roster_of(path: Path, *, mark: bool = True, formula: bool = False) -> Path:
    """A roster as an office exports one: a title over all, titles in row 3, formats, a second sheet, a drawing."""
    with xlsxwriter.Workbook(str(path)) as book:
        page, other = book.add_worksheet("花名册"), book.add_worksheet("说明")
        bold, red = book.add_format({"bold": True, "bg_color": "#FFCC00"}), book.add_format({"font_color": "red"})
        page.merge_range("A1:D1", TITLE, bold)
        for column, words in enumerate(("学号", "姓名", "班级", *(["成绩"] if mark else []))):
            page.write(2, column, words, bold)
        for row, (student, name) in enumerate(((int(STUDENT), "王芳"), (2025002, "李强"), (2025003, "赵敏")), 3):
            page.write_number(row, 0, student)
            page.write_string(row, 1, name, red)
            page.write_string(row, 2, "营销1班")
        if mark:
            page.write_string(5, 3, "缓考")
        if formula:
            page.write_formula(3, 3, "=A4*0")
        page.set_column(1, 1, 30)
        other.write(0, 0, "不要改动")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=花名册!$A$4:$A$6"})
        other.insert_chart("C3", chart)
    return path


def cells(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name("花名册").to_python(skip_empty_area=False)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


@pytest.mark.covers("GAME-6", "CTL-2")
def test_marks_stand_in_the_rosters_own_file_and_nothing_else_changes(tmp_path: Path) -> None:
    path = roster_of(tmp_path / "roster.xlsx")
    before, parts = cells(path), members(path)
    filled = fill_roster(path, {STUDENT: {"mark": 87.25}, "2025003": {"mark": 60.0}, "9": {"mark": 1.0}})
    after = cells(path)
    assert after[3][3] == 87.2 and after[4][3] == "" and after[5][3] == "缓考"  # words of the office stay
    for old, new in zip(before, after, strict=True):
        assert old[:3] == new[:3]
    assert [name for name, content in members(path).items() if content != parts[name]] == ["xl/worksheets/sheet1.xml"]
    assert filled.unmarked == ("2025002",) and filled.strangers == ("9",) and filled.left == ("花名册!D6 缓考",)
    again = fill_roster(path, {STUDENT: {"mark": 90.0}})
    assert cells(path)[3][3] == 90 and again.written == (STUDENT,)


@pytest.mark.covers("GAME-6")
def test_a_roster_without_the_column_gets_one_that_looks_like_its_neighbour(tmp_path: Path) -> None:
    path = roster_of(tmp_path / "roster.xlsx", mark=False)
    fill_roster(path, {STUDENT: {"mark": 75.0}})
    found = cells(path)
    assert found[0][0] == TITLE and found[2] == ["学号", "姓名", "班级", "成绩"] and found[3][3] == 75
    page = members(path)["xl/worksheets/sheet1.xml"].decode()
    style = page.split('r="C3"')[1].split('s="')[1].split('"')[0]
    assert f's="{style}"' in page.split('r="D3"')[1].split(">")[0]


@pytest.mark.covers("GAME-6")
def test_what_is_wrong_with_a_roster_is_named_by_sheet_and_cell(tmp_path: Path) -> None:
    path = roster_of(tmp_path / "roster.xlsx", formula=True)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="花名册!D4 holds a formula"):
        fill_roster(path, {STUDENT: {"mark": 1.0}})
    assert path.read_bytes() == before  # nothing was written
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("一班")
        for row, value in enumerate(("学号", "01", "02", "01")):
            page.write_string(row, 1, value)
    with pytest.raises(BadInput, match="一班!B4: 01 stands in B2 already"):
        read_roster(path)
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("一班").write_string(0, 0, "姓名")
    with pytest.raises(BadInput, match="sheet 一班: no column student / 学号"):
        read_roster(path)
    path.rename(tmp_path / "roster.xlsb")
    with pytest.raises(BadInput, match=r"\.xlsb.* cannot be read|save it as one of these|no column"):
        fill_roster(tmp_path / "roster.xlsb", {})
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(BadInput, match="cannot be read"):
        read_roster(path)
    with pytest.raises(BadInput, match=r"There is no file .*nowhere\.xlsx"):
        read_roster(tmp_path / "nowhere.xlsx")


@pytest.mark.covers("GAME-6")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_roster_keeps_its_encoding_and_its_other_cells(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "roster.csv"
    text = "学号;姓名;班级;手工CRM成绩\r\n01;王,芳;一班;\r\n02;李强;一班;\r\n"
    path.write_bytes(text.encode(encoding))
    fill_roster(path, {"01": {"mark": 80.0, "manual": 55.5}})
    content = path.read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=";"))
    assert rows[0] == ["学号", "姓名", "班级", "手工CRM成绩", "成绩"]
    assert rows[1] == ["01", "王,芳", "一班", "55.5", "80.0"] and rows[2][:3] == ["02", "李强", "一班"]
    assert content.count(b"\r\x00\n\x00" if encoding == "utf-16" else b"\r\n") == 3


@pytest.mark.covers("GAME-6")
@pytest.mark.parametrize("mark", ["|", "，", "\t"])
def test_marks_go_into_a_csv_roster_whatever_divides_its_cells(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("学号|姓名|成绩\n01|王芳|\n02|李强|\n".replace("|", mark), encoding="utf-8")
    fill_roster(path, {"01": {"mark": 80.0}})
    assert path.read_text(encoding="utf-8") == "学号|姓名|成绩\n01|王芳|80.0\n02|李强|\n".replace("|", mark)


@pytest.mark.covers("GAME-6")
def test_lateness_is_counted_in_one_time_zone() -> None:
    due, by = datetime(2026, 3, 5, 18, tzinfo=timezone(timedelta(hours=8))), {"1": 11, "2": 9}
    submitted = {each: datetime(2026, 3, 5, hour, tzinfo=UTC) for each, hour in by.items()}
    policy = Policy(due=due, late=10, submitted=submitted | {"3": datetime(2026, 3, 5, 19)})
    assert [policy.penalty(each) for each in "1234"] == [10, 0, 10, 0]


@pytest.mark.covers("GAME-6")
def test_a_policy_kept_by_an_editor_that_marks_its_files_is_read_and_added_to(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("late = 7", encoding="utf-8-sig")
    override(path, "1", 80, "Li", "A power cut")
    assert read_policy(path).late == 7 and kept_words(path).override("1")
    path.write_text("late = " + "9" * 5000, encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be read"):
        read_policy(path)


@pytest.mark.covers("GAME-6", "CTL-2", "GAME-12")
def test_one_command_grades_a_folder_into_its_roster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, folder = roster_of(tmp_path / "roster.xlsx"), tmp_path / "in"
    folder.mkdir()
    handed_in(folder)
    assert run(["grade", str(folder), "--roster", str(path)]) == 0
    said = capsys.readouterr().err
    assert "1 marks stand in the roster" in said and "without a mark: 2025002, 2025003" in said
    assert 0 < cells(path)[3][3] <= 100
    assert run(["grade", str(folder), "--roster", str(tmp_path / "none.xlsx")]) == 2


@pytest.mark.covers("CTL-2")
def test_a_persons_word_is_kept_with_who_why_and_when(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy, zips = tmp_path / "policy.toml", tmp_path / "in"
    policy.write_text(
        '# 本班规则\nlate = 10\noverrides = [{ student = "x", score = 1, by = "a", why = "b" }]\n', "utf-8"
    )
    zips.mkdir()
    handed_in(zips)
    (zips / "b.zip").write_bytes(b"no zip")
    command = ["override", "--policy", str(policy), "--student", STUDENT, "--score", "88", "--by", "Wang"]
    assert run([*command, "--why", " "]) == 2 and "why" in capsys.readouterr().err
    assert run(["--lang", "zh", *command, "--why", "  "]) == 2 and "必填" in capsys.readouterr().err
    assert run(["--lang", "zh", *command, "--score", "190", "--why", "x"]) == 2
    assert "不得大于100" in capsys.readouterr().err and "[[" not in policy.read_text("utf-8")
    assert run([*command, "--why", "ill\x1b[31m on the day"]) == 0
    override(policy, STUDENT, 91, "Li", "after the viva")
    confirm(policy, [(STUDENT, "reflection")], 4, "Li")
    text = policy.read_text(encoding="utf-8")
    assert text.startswith("# 本班规则\nlate = 10\n") and [each["by"] for each in tomllib.loads(text)["overrides"]] == [
        "a", "Wang", "Li",
    ]  # fmt: skip
    found = kept_words(policy)
    assert found.overrides[1].why == "ill on the day" and found.overrides[1].at[:2] == "20"
    last = found.override(STUDENT)
    assert last is not None and last.score == 91 and found.confirmed_points(STUDENT, "reflection") == 4
    out = tmp_path / "out.csv"
    capsys.readouterr()
    assert (
        run(["grade", str(zips), "--policy", str(policy), "--csv", str(out), "--xlsx", str(tmp_path / "o.xlsx")]) == 0
    )
    row, _bad = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert (row["final"], row["override by"], row["override why"]) == ("91.0", "Li", "after the viva")
    policy.write_text(f'seeds = {{ "{STUDENT}" = 3 }}\n', encoding="utf-8")
    capsys.readouterr()
    assert run([*command, "--why", "x"]) == 0 and not capsys.readouterr().err
    assert run([*command[:4], "2025", *command[5:], "--why", "x"]) == 0  # mistyped
    assert "2025 is not in this class" in capsys.readouterr().err
    assert row["pending"] == "5.0" and row["raw"] != "91.0"  # one of two answers in free words is marked
    with pytest.raises(BadInput):
        override(policy, STUDENT, 101, "Li", "too good")


@pytest.mark.covers("CTL-2", "GAME-6")
def test_near_equal_answers_wait_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "我学到客户等不起，因为同行当天就报价。下次要先看库存再答应日期。"
    for name, text in (("a", words), ("b", words.replace("。", "！")), ("c", "I learned nothing. I say so.")):
        report = f'[answers.reflection]\ntext = "{text}"\n'.encode()
        handed_in(tmp_path, report=report, name=name, student=f"S{name}")
    assert run(["waiting", str(tmp_path), "--json"]) == 0
    groups = [each for each in json.loads(capsys.readouterr().out) if each[0]["question"] == "reflection"]
    assert [[one["student"] for one in each] for each in groups] == [["Sa", "Sb"], ["Sc"]]
    assert groups[0][0]["given"] is None and groups[0][0]["possible"] == 5


def record(student: str, seed: int, score: float, *, manual: bool = False, file: str = "a") -> dict[str, Any]:
    seat = {"seat": "director", "holder": student, "score": score, "criteria": []}
    return {"file": file, "student": student, "scenario": "s", "seed": seed, "seats": [seat], "manual": manual,
            "attested": "unattested"}  # fmt: skip


@pytest.mark.covers("GAME-4", "CTL-2")
def test_a_seat_to_which_too_little_came_takes_nothing_from_the_mark() -> None:
    game = record("1", 3, 80.0)
    game["seats"].append(game["seats"][0] | {"seat": "service", "score": None})
    assert [each["final"] for each in rows_of([game], Policy())] == [80.0]


@pytest.mark.covers("GAME-15", "CTL-2", "CTL-5")
def test_the_better_of_two_runs_on_different_seeds_counts_where_it_is_allowed() -> None:
    runs = [
        record("1", 3, 60.0),
        record("1", 4, 75.0),
        record("1", 4, 99.0),
        record("1", 5, 98.0),
        record("2", 3, 50.0),
    ]
    one, two = Policy(), Policy(runs=2)
    assert [each["final"] for each in counting(rows_of(runs, one))] == [60.0, 50.0]
    rows = rows_of(runs, two)
    assert [each["final"] for each in counting(rows)] == [75.0, 50.0]
    assert [each["counts"][:20] for each in rows] == [
        "no: the other game i", "yes", "no: a game on this s", "no: more games than ", "yes",
    ]  # fmt: skip
    by_hand = marks_of([*runs, record("1", 3, 40.0, manual=True), record("3", 3, 44.0, manual=True)], two)
    assert by_hand["1"] == {"practice": 75.0, "manual": 40.0, "mark": 75.0}
    assert by_hand["3"] == {"manual": 44.0, "mark": 44.0}


@pytest.mark.covers("GAME-6", "CTL-5")
def test_a_student_is_one_line_on_a_platform_with_a_column_for_each_piece_of_work(tmp_path: Path) -> None:
    games = [record("1", 3, 60.0), record("1", 3, 40.0, manual=True), record("", 3, 10.0), record("2", 3, 50.0)]
    files = {form: str(tmp_path / form) for form in ("moodle", "canvas")}
    list(write_exports(files, games, Policy(), "en"))
    moodle, canvas = (
        list(csv.DictReader((tmp_path / form).read_text(encoding="utf-8").splitlines())) for form in files
    )
    assert [list(each.values()) for each in moodle] == [["1", "60.0", "40.0", ""], ["2", "50.0", "", ""]]
    assert list(moodle[0]) == ["ID number", "crmsim s", "crmsim s (by hand)", "Feedback comments"]
    assert [(each["SIS User ID"], each["crmsim s"], each["crmsim s (by hand)"]) for each in canvas] == [
        ("", "100", "100"), ("1", "60.0", "40.0"), ("2", "50.0", ""),
    ]  # fmt: skip


@pytest.mark.covers("GAME-6", "GAME-10")
def test_a_policy_with_mistakes_names_every_one_of_them(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('due = "yesterday"\nlatee = 5\nhandling = 200\n', encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_policy(policy)
    told = render(refused.value.message, "zh")
    assert "due：应写成“2026-03-05 18:00”" in told and 'latee：没有"latee"，是否指late？' in told and "200" in told
    policy.write_text("late = 5 most = 3\n", encoding="utf-8")
    with pytest.raises(BadInput, match="a line of its own"):
        read_policy(policy)
