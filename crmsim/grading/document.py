"""A paper as a Word document: headings, tables, and charts that Word draws itself and lets one restyle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Pages
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from crmsim.crm.report import Chart
from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.grading.drawing import KIND, NAMESPACES, chart_xml
from crmsim.grading.paper import Grid, Paper

WIDTH, HEIGHT = Cm(15), Cm(7.5)
BODY, HEADING = "宋体", "黑体"  # for Chinese characters; others keep the template's


def write_docx(paper: Paper, path: Path) -> Path:
    """Write a report to a .docx; StoreError when the place cannot be written."""
    pages = Document()
    _fonts(pages)
    title = pages.add_heading(paper.title, 0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _table(pages, tuple(name for name, _value in paper.head), (tuple(value for _name, value in paper.head),))
    for section in paper.sections:
        pages.add_heading(section.title, 1)
        for part in section.parts:
            if isinstance(part, Grid):
                _table(pages, part.headings, part.rows)
            elif isinstance(part, Chart):
                _chart(pages, part, paper.language)
            else:
                pages.add_paragraph(part)
    pages.core_properties.title = paper.title
    pages.core_properties.author = next((value for value in (each[1] for each in paper.head[1:3]) if value), "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pages.save(str(path))
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error
    return path


def _fonts(pages: Pages) -> None:
    for name, font in (("Normal", BODY), ("Title", HEADING), ("Heading 1", HEADING)):
        style: Any = pages.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
    body: Any = pages.styles["Normal"]
    body.font.size = Pt(10.5)


def _table(pages: Pages, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = pages.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    pages.add_paragraph()


def _chart(pages: Pages, chart: Chart, language: str) -> None:
    """A chart of Word's own, its numbers with it; no picture, so that it prints sharp."""
    package: Any = pages.part.package
    number = sum(each.content_type == KIND for each in package.iter_parts()) + 1
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), KIND, chart_xml(chart, language).encode(), package)
    link = pages.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    drawing = (
        f'<w:drawing {NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(WIDTH)}" cy="{int(HEIGHT)}"/><wp:docPr id="{number}" name="Chart {number}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    run: Any = pages.add_paragraph().add_run()
    run._r.append(parse_xml(drawing))
