"""A chart as inline SVG for a page: no script, no font of its own, every text escaped, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from math import cos, pi, sin

from crmsim.crm.report import Chart, said, shown
from crmsim.engine.words import _, percent

WIDTH, LEFT, RIGHT, ROW, HEAD = 640, 150, 120, 22, 34
COLOURS = ("#2b7a9e", "#c8553d", "#e0a030", "#588157", "#6d597a", "#b56576", "#8d99ae", "#4a4e69")


class Sheet:
    """What is drawn so far, and how high it is."""

    def __init__(self, chart: Chart, language: str) -> None:
        self.chart, self.language, self.height = chart, language, HEAD
        self.parts: list[str] = []

    def text(self, x: float, y: float, words: str, anchor: str = "start", weight: str = "") -> None:
        """A text; a long one is cut so that it stays in its place."""
        cut = words if len(words) <= 40 else f"{words[:39]}…"
        bold = f' font-weight="{weight}"' if weight else ""
        self.parts.append(f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{bold}>{escape(cut)}</text>')

    def box(self, x: float, y: float, width: float, height: float, index: int) -> None:
        """A filled box with its series' colour."""
        colour = COLOURS[index % len(COLOURS)]
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" height="{max(0, height):.1f}" fill="{colour}"/>'
        )

    def label(self, row: int) -> str:
        """A label of the chart."""
        return said(self.chart.labels[row], self.language)

    def number(self, value: int | None) -> str:
        """A value of the chart."""
        return shown(value, self.chart.unit, self.language, self.chart.dates, short=True)

    def legend(self) -> None:
        """Which colour is which series."""
        if len(self.chart.series) > 1:
            for index, series in enumerate(self.chart.series):
                self.box(LEFT + index * 150, self.height, 10, 10, index)
                self.text(LEFT + index * 150 + 14, self.height + 10, said(series.label, self.language))
            self.height += ROW


def svg(chart: Chart, language: str = "en") -> str:
    """The picture of a chart, with its title and every number in it."""
    sheet = Sheet(chart, language)
    title = said(chart.title, language)
    sheet.text(0, 18, title, weight="bold")
    if chart.labels and chart.series:
        DRAWINGS[chart.kind](sheet)
        if chart.kind != "pie":
            sheet.legend()
    else:
        sheet.text(0, HEAD + 12, said(_("There is nothing to count yet."), language))
        sheet.height += ROW
    body = "".join(sheet.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {WIDTH} {sheet.height + 6}" width="{WIDTH}" font-family="sans-serif" font-size="13">{body}</svg>'
    )


def _largest(chart: Chart) -> int:
    return max(1, max((each or 0 for series in chart.series for each in series.values), default=1))


def _lying(sheet: Sheet) -> None:
    room, most, thick = WIDTH - LEFT - RIGHT, _largest(sheet.chart), ROW - 8
    for row in range(len(sheet.chart.labels)):
        sheet.text(LEFT - 8, sheet.height + 12, sheet.label(row), "end")
        for index, series in enumerate(sheet.chart.series):
            value = series.values[row]
            width = max(0, value or 0) * room / most
            sheet.box(LEFT, sheet.height, width, thick, index)
            sheet.text(LEFT + width + 6, sheet.height + 12, sheet.number(value))
            sheet.height += ROW - 4
        sheet.height += 4


def _standing(sheet: Sheet) -> None:
    chart, tall, most = sheet.chart, 160, _largest(sheet.chart)
    slot, base = WIDTH / len(chart.labels), HEAD + 14 + 160
    wide = min(60.0, (slot - 8) / len(chart.series))
    for row in range(len(chart.labels)):
        left = row * slot + (slot - wide * len(chart.series)) / 2
        for index, series in enumerate(chart.series):
            height = max(0, series.values[row] or 0) * tall / most
            sheet.box(left + index * wide, base - height, wide - 3, height, index)
            sheet.text(left + (index + 0.5) * wide, base - height - 4, sheet.number(series.values[row]), "middle")
        sheet.text((row + 0.5) * slot, base + 16, sheet.label(row), "middle")
    sheet.height = base + 26


def _stacked(sheet: Sheet) -> None:
    chart, room = sheet.chart, WIDTH - LEFT - RIGHT
    totals = [sum(series.values[row] or 0 for series in chart.series) for row in range(len(chart.labels))]
    most = max(1, *totals)
    for row, total in enumerate(totals):
        sheet.text(LEFT - 8, sheet.height + 12, sheet.label(row), "end")
        left = float(LEFT)
        for index, series in enumerate(chart.series):
            width = max(0, series.values[row] or 0) * room / most
            sheet.box(left, sheet.height, width, ROW - 8, index)
            left += width
        parts = " + ".join(sheet.number(series.values[row]) for series in chart.series)
        sheet.text(left + 6, sheet.height + 12, f"{sheet.number(total)} = {parts}")
        sheet.height += ROW


def _funnel(sheet: Sheet) -> None:
    chart, room, most = sheet.chart, WIDTH - LEFT - RIGHT, _largest(sheet.chart)
    for row, value in enumerate(chart.series[0].values):
        width = max(0, value or 0) * room / most
        sheet.text(LEFT - 8, sheet.height + 12, sheet.label(row), "end")
        sheet.box(LEFT + (room - width) / 2, sheet.height, width, ROW - 4, row)
        sheet.text(WIDTH - RIGHT + 8, sheet.height + 12, sheet.number(value))
        sheet.height += ROW


def _timeline(sheet: Sheet) -> None:
    starts, ends = sheet.chart.series[0].values, sheet.chart.series[-1].values
    known = [each for each in (*starts, *ends) if each is not None]
    first, length = min(known, default=0), max(1, max(known, default=1) - min(known, default=0))
    room = WIDTH - LEFT - RIGHT
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        sheet.text(LEFT - 8, sheet.height + 12, sheet.label(row), "end")
        if start is not None and end is not None:
            left = (start - first) * room / length
            sheet.box(LEFT + left, sheet.height, max(3, (end - start) * room / length), ROW - 8, row)
            sheet.text(WIDTH - RIGHT + 6, sheet.height + 12, f"{sheet.number(start)} → {sheet.number(end)}")
        sheet.height += ROW


def _line(sheet: Sheet) -> None:
    chart, tall, most = sheet.chart, 150, _largest(sheet.chart)
    base, room, last = HEAD + 10 + 150, WIDTH - LEFT, max(1, len(sheet.chart.labels) - 1)
    for index, series in enumerate(chart.series):
        spots = [
            (LEFT / 2 + place * room / last, base - max(0, value) * tall / most)
            for place, value in enumerate(series.values)
            if value is not None
        ]
        way, colour = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots), COLOURS[index % len(COLOURS)]
        sheet.parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        shown_at = [place for place, value in enumerate(series.values) if value is not None]
        for (x, y), place in zip(spots, shown_at, strict=True):
            sheet.text(x, y - 6, sheet.number(series.values[place]), "middle")
    for place in dict.fromkeys((0, len(chart.labels) // 2, len(chart.labels) - 1)):
        sheet.text(LEFT / 2 + place * room / last, base + 18, sheet.label(place), "middle")
    sheet.height = base + 28


def _pie(sheet: Sheet) -> None:
    values = [max(0, each or 0) for each in sheet.chart.series[0].values]
    total, radius, done = sum(values), 80, 0
    x, y = 100, HEAD + 84
    for row, value in enumerate(values):
        if total and value == total:
            sheet.parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{COLOURS[row % len(COLOURS)]}"/>')
        elif total and value:
            angles = [2 * pi * part / total for part in (done, done + value)]
            ends = [f"{x + radius * sin(angle):.1f},{y - radius * cos(angle):.1f}" for angle in angles]
            large = int(value * 2 > total)
            path = f"M{x},{y} L{ends[0]} A{radius},{radius} 0 {large} 1 {ends[1]} Z"
            sheet.parts.append(f'<path d="{path}" fill="{COLOURS[row % len(COLOURS)]}"/>')
        done += value
        share = f" ({percent(value * 1_000_000 // total)})" if total else ""
        sheet.box(230, HEAD + row * ROW, 10, 10, row)
        sheet.text(246, HEAD + row * ROW + 10, f"{sheet.label(row)}  {sheet.number(value)}{share}")
    sheet.height = max(HEAD + 170, HEAD + len(values) * ROW)


DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    "bar": _standing, "hbar": _lying, "stacked": _stacked, "funnel": _funnel, "timeline": _timeline,
    "line": _line, "pie": _pie,
}  # fmt: skip
