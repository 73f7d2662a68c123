"""The lab report as it is archived, and as a Word document that opens: read back part by part."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from crmsim.cli.app import run
from crmsim.crm.analysis.all import REPORTS
from crmsim.crm.company import INSTRUCTOR
from crmsim.engine.errors import BadInput
from crmsim.game import Game
from crmsim.grading.answers import template
from crmsim.grading.document import write_docx
from crmsim.grading.drawing import CHART, chart_xml
from crmsim.grading.paper import Grid, paper
from crmsim.store.savefile import save

from .handins import STUDENT, handed_in, short

SECTIONS = ["目的", "内容", "过程", "数据与图表", "分析", "总结"]


def written(game: Game, language: str = "zh", **changed: str) -> bytes:
    text = template(game, "a", language)
    for old, new in changed.items():
        text = text.replace(f'{old} = ""', f'{old} = "{new}"', 1)
    return text.encode()


@pytest.mark.covers("CTL-4", "GAME-10")
def test_a_report_has_the_sections_of_the_archive_with_process_and_charts_from_the_save() -> None:
    game = short()
    found = paper(game, written(game, name="王芳", text="因为等得太久。"), "zh")
    assert [each.title for each in found.sections] == SECTIONS
    assert [name for name, _value in found.head] == ["班级", "学号", "姓名", "岗位", "日期"]
    assert dict(found.head)["学号"] == STUDENT and dict(found.head)["姓名"] == "王芳"
    parts = {each.title: each.parts for each in found.sections}
    assert len(parts["过程"]) == 5 and all("第" in str(each) for each in parts["过程"])
    assert (
        sum(isinstance(each, Grid) for each in parts["数据与图表"]) == 3
    )  # overview, own figures, the chart's numbers
    assert any("因为等得太久" in str(each) for each in parts["分析"])
    assert paper(game, b"\xef\xbb\xbf" + written(game), "zh").head == paper(game, written(game), "zh").head  # Notepad
    english = paper(game, written(game, "en"), "en")
    assert [each.title for each in english.sections][:3] == ["Purpose", "Content of the lab", "Process"]
    with pytest.raises(BadInput, match="no chart everything"):
        paper(game, written(game).replace(b'charts = ["report-overview"]', b'charts = ["everything"]'), "zh")


@pytest.mark.covers("CTL-4")
def test_facts_that_are_cited_are_told_in_words() -> None:
    game = short()
    text = written(game).replace(b"facts_1 = []", b"facts_1 = [0, 3, 99999999]")
    (table,) = [
        each for each in paper(game, text, "zh").sections[4].parts if isinstance(each, Grid) and len(each.rows) == 3
    ]
    assert table.rows[0][1].count("\n") == 1 and "第1天" in table.rows[0][1]


@pytest.mark.covers("CTL-4", "GAME-12")
def test_the_document_reads_back_as_it_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    game = short()
    save(game, tmp_path / "lab.crmsim")
    folder = tmp_path / "report"
    assert run(["--lang", "zh", "report", "new", str(tmp_path / "lab.crmsim"), "--to", str(folder)]) == 0
    file = folder / "report.toml"
    told = file.read_text(encoding="utf-8")
    odd = "<w:p>&amp; ]]> [b]王[/b]"
    file.write_text(told.replace('text = ""', f'text = "{odd}\\u0007 \\u202e"', 1), encoding="utf-8")
    assert run(["--lang", "zh", "report", "docx", str(folder)]) == 0
    back = Document(str(folder / "report.docx"))
    headings = [each.text for each in back.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings == SECTIONS
    assert back.tables[0].rows[1].cells[1].text == STUDENT
    assert odd in [each.text.strip() for each in back.paragraphs]  # markup is text, controls are gone
    with zipfile.ZipFile(folder / "report.docx") as archive:
        drawn = etree.fromstring(archive.read("word/charts/chart1.xml"))
    assert len(list(drawn.iter(f"{{{CHART}}}pt"))) > 3
    zipped = handed_in(tmp_path, report=file.read_bytes(), name="b")
    target = tmp_path / "marked.docx"
    assert run(["--lang", "zh", "report", "docx", str(zipped), "--to", str(target), "--marks"]) == 0
    marked = Document(str(target)).tables[-1]
    assert [each.text for each in marked.rows[0].cells] == ["问题", "得分", "满分", "意见"] and len(marked.rows) == 13


@pytest.mark.covers("CTL-4", "REP-1")
@pytest.mark.parametrize("report", REPORTS, ids=lambda each: each.id)
def test_every_chart_is_sound_and_holds_its_numbers(report: object) -> None:
    chart = report.chart(short().view(INSTRUCTOR))  # type: ignore[attr-defined]
    drawn = etree.fromstring(chart_xml(chart, "zh").encode())
    series = list(drawn.iter(f"{{{CHART}}}ser"))
    assert len(series) == len(chart.series)
    for one, shown in zip(chart.series, series, strict=True):
        values = shown.find(f"{{{CHART}}}val")
        assert len(list(values.iter(f"{{{CHART}}}pt"))) == sum(each is not None for each in one.values)


@pytest.mark.slow
@pytest.mark.covers("CTL-4")
def test_an_office_program_opens_the_document(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    game = short()
    text = written(game).replace(b'charts = ["report-overview"]', b'charts = ["report-source", "report-funnel"]')
    write_docx(paper(game, text, "zh"), tmp_path / "report.docx")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "report.docx")], check=True, timeout=240, capture_output=True,
    )  # fmt: skip
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF") and (
        tmp_path / "report.pdf"
    ).stat().st_size > 10_000
