"""Excel's own charts over the cells of a sheet, so that whoever edits a number sees the picture change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crmsim.engine.words import DAY, N_, translate
from crmsim.store.sheets import Cell, Sheet

KINDS = {  # Excel's own kinds; a funnel and a timeline are bars lying down
    "bar": {"type": "column"}, "hbar": {"type": "bar"}, "line": {"type": "line"}, "pie": {"type": "pie"},
    "stacked": {"type": "bar", "subtype": "stacked"}, "funnel": {"type": "bar"},
    "timeline": {"type": "bar", "subtype": "stacked"},
}  # fmt: skip
LYING = ("hbar", "stacked", "funnel", "timeline")
FORMATS = {"money": "¥#,##0.00", "percent": "0.0%", "score": "0.00", "span": "[h]:mm", "day": "0", "": "#,##0"}
SCALES = {"money": 100, "percent": 1_000_000, "score": 100, "span": 1440}  # what one unit of a cell is worth
AXES = FORMATS | {"money": "¥#,##0", "percent": "0%", "day": "#,##0"}  # along an axis the same, without small change
WIDTH, HEIGHT, BAR = 620, 300, 26  # of a chart in pixels, and of a lying bar with its name


def with_lengths(sheet: Sheet, language: str) -> Sheet:
    """A timeline's sheet with what its bars are drawn from: how many days after the earliest each begins, how long."""
    if sheet.chart is None or sheet.chart.kind != "timeline":
        return sheet
    known = [row[1] for row in sheet.rows if isinstance(row[1], int)]
    more = [translate(each, language) for each in (N_("Days after the earliest"), N_("Days"))]
    rows = [[*row, *_span(row[1], row[2], min(known, default=0))] for row in sheet.rows]
    return replace(sheet, headings=[*sheet.headings, *more], forms=[*sheet.forms, "", ""], rows=rows)


def _span(start: Cell, end: Cell, first: int) -> tuple[int | None, int | None]:
    if not isinstance(start, int) or not isinstance(end, int):
        return None, None
    return start // DAY - first // DAY, end // DAY - start // DAY + 1


def draw(book: Any, name: str, sheet: Sheet, top: int) -> Any:
    """The chart of a sheet whose headings stand in row `top`; a timeline's with its lengths."""
    chart = sheet.chart
    assert chart is not None
    drawing = book.add_chart(KINDS[chart.kind])
    first, last, measures = top + 1, top + len(sheet.rows), range(1, len(sheet.headings))
    for column in measures[2:] if chart.kind == "timeline" else measures:
        series: dict[str, Any] = {
            "name": [name, top, column],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
        }
        if chart.kind == "pie":
            series["data_labels"] = {"percentage": True}
        if chart.kind == "timeline" and column == measures[2]:
            series["fill"] = {"none": True}  # the way to the first day is not drawn
        drawing.add_series(series)
    drawing.set_title({"name": sheet.label})
    _scale(drawing, sheet)
    if chart.kind == "timeline" or (len(chart.series) == 1 and chart.kind != "pie"):
        drawing.set_legend({"none": True})
    bars = len(sheet.rows) * (1 if chart.kind in {"stacked", "timeline"} else len(chart.series))
    drawing.set_size({"width": WIDTH, "height": max(HEIGHT, 90 + BAR * bars) if chart.kind in LYING else HEIGHT})
    return drawing


def _scale(drawing: Any, sheet: Sheet) -> None:
    """Bars begin at nothing and are measured in the unit of their cells; lying ones stand in the order of the rows."""
    chart = sheet.chart
    assert chart is not None
    if chart.kind == "pie":
        return
    along: dict[str, Any] = {"num_format": AXES.get(chart.unit, "0"), "major_gridlines": {"visible": True,
                             "line": {"color": "#D9D9D9"}}}  # fmt: skip
    numbers = [cell for series in chart.series for cell in series.values if cell is not None]
    if chart.kind == "timeline" or (chart.kind != "line" and min(numbers, default=0) >= 0):
        along["min"] = 0
    if chart.unit == "percent" and SCALES["percent"] // 2 < max(numbers, default=0) <= SCALES["percent"]:
        along["max"] = 1  # not the 120% that spreadsheets round up to
    if chart.kind == "timeline":
        along["name"] = sheet.headings[-2]
    if chart.kind in LYING:
        drawing.set_x_axis(along)
        drawing.set_y_axis({"reverse": True})
    else:
        drawing.set_y_axis(along)
