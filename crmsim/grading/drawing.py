"""A chart in the form in which Office programs draw it (DrawingML), its numbers written into it."""

from __future__ import annotations

from xml.sax.saxutils import escape

from crmsim.crm.report import Chart, Series, said
from crmsim.engine.safe import safe_text
from crmsim.store.native import KINDS, SCALES

KIND = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:c="{CHART}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FORMATS = {"money": "¥#,##0", "percent": "0.0%", "score": "0.00", "span": "[h]:mm", "day": "0"}
AXES = '<c:axId val="1"/><c:axId val="2"/>'
TICKS = '<c:majorTickMark val="out"/><c:minorTickMark val="none"/>'


def chart_xml(chart: Chart, language: str) -> str:
    """The whole part."""
    kind = KINDS[chart.kind]
    series = "".join(_series(chart, number, each, language) for number, each in enumerate(chart.series))
    grouping = "stacked" if kind.get("subtype") else "clustered"
    lying = kind["type"] == "bar"
    if kind["type"] == "pie":
        body = f'<c:pieChart><c:varyColors val="1"/>{series}</c:pieChart>'
    elif kind["type"] == "line":
        body = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}{AXES}</c:lineChart>'
    else:
        overlap = '<c:overlap val="100"/>' if grouping == "stacked" else ""
        body = (
            f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="{grouping}"/>'
            f'<c:varyColors val="0"/>{series}<c:gapWidth val="60"/>{overlap}{AXES}</c:barChart>'
        )
    axes = "" if kind["type"] == "pie" else _axes(lying, chart.unit)
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    legend = legend if len(chart.series) > 1 or kind["type"] == "pie" else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {NAMESPACES}>'
        f'<c:chart>{_title(said(chart.title, language))}<c:autoTitleDeleted val="0"/>'
        f'<c:plotArea><c:layout/>{body}{axes}</c:plotArea>{legend}<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )


def _title(words: str) -> str:
    run = f"<a:r><a:t>{_safe(words)}</a:t></a:r>"
    return f'<c:title><c:tx><c:rich><a:bodyPr/><a:p>{run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'


def _safe(words: str) -> str:
    return escape(safe_text(words, 80))


def _series(chart: Chart, number: int, series: Series, language: str) -> str:
    labels = "".join(
        f'<c:pt idx="{at}"><c:v>{_safe(said(each, language))}</c:v></c:pt>' for at, each in enumerate(chart.labels)
    )
    scale = SCALES.get(chart.unit, 1)
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{each / scale:.4f}</c:v></c:pt>'
        for at, each in enumerate(series.values)
        if each is not None
    )
    count = f'<c:ptCount val="{len(chart.labels)}"/>'
    form = f"<c:formatCode>{FORMATS.get(chart.unit, 'General')}</c:formatCode>"
    straight = '<c:smooth val="0"/>' if KINDS[chart.kind]["type"] == "line" else ""  # a curve would dip below none
    hidden = "<c:spPr><a:noFill/></c:spPr>" if chart.kind == "timeline" and number == 0 else ""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{_safe(said(series.label, language))}</c:v>'
        f"</c:tx>{hidden}<c:cat><c:strLit>{count}{labels}</c:strLit></c:cat>"
        f"<c:val><c:numLit>{form}{count}{values}</c:numLit></c:val>{straight}</c:ser>"
    )


def _axes(lying: bool, unit: str) -> str:
    order = '<c:scaling><c:orientation val="maxMin"/></c:scaling>' if lying else "<c:scaling/>"
    form = f'<c:numFmt formatCode="{FORMATS.get(unit, "General")}" sourceLinked="0"/>'
    return (
        f'<c:catAx><c:axId val="1"/>{order}<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>'
        f'{TICKS}<c:crossAx val="2"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="{"b" if lying else "l"}"/>{form}'
        f'{TICKS}<c:crossAx val="1"/></c:valAx>'
    )
