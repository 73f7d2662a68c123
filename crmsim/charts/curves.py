"""A line in braille and a pie in half blocks; in letters where those cannot be shown."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, pi

from rich.cells import cell_len
from rich.text import Text

from crmsim.charts.brush import Brush, clipped, cut, fit
from crmsim.crm.report import Chart
from crmsim.engine.words import _, percent

DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
RADIUS = 6  # rows from a pie's middle to its edge, at least
Point = tuple[int, int]


def line(chart: Chart, brush: Brush) -> list[Text]:
    """Values joined by lines; the highest and the lowest at the left, the first, middle and last label below."""
    values = [each for series in chart.series for each in series.values if each is not None]
    if not values:
        return []
    low, high = min(0, *values), max(values)
    if high == low:
        high = low + 1
    marks = [brush.number(high, chart.unit), brush.number(low, chart.unit)]
    left = max(map(cell_len, marks))
    room = max(2, brush.width - left - 2)
    field = _field(chart, brush, low, high, room)
    wall = "|" if brush.ascii else "│"
    lines = []
    for row in range(brush.height):
        mark = marks[0] if row == 0 else marks[1] if row == brush.height - 1 else ""
        text = Text(fit(mark, left, right=True) + f" {wall}")
        for cell, style in field[row]:
            text.append(cell, style)
        lines.append(clipped(text, brush.width))
    lines.append(Text(" " * (left + 2) + _scale([brush.say(each) for each in chart.labels], room)))
    return [*lines, *_ends(chart, brush)]


def _field(chart: Chart, brush: Brush, low: int, high: int, room: int) -> list[list[tuple[str, str]]]:
    """The cells of a line chart, row by row; in letters a dot fills a cell, and where only that tells lines apart."""
    whole = brush.ascii or (not brush.colour and len(chart.series) > 1)
    fine_x, fine_y = (1, 1) if whole else (2, 4)
    wide, tall = room * fine_x, brush.height * fine_y
    cells = [[(0, "")] * room for _row in range(brush.height)]
    for index, series in enumerate(chart.series):
        spots = [
            (place * (wide - 1) // max(1, len(series.values) - 1), (high - value) * (tall - 1) // (high - low))
            for place, value in enumerate(series.values)
            if value is not None
        ]
        for x, y in _joined(spots):
            dots = cells[y // fine_y][x // fine_x][0]
            mark = ord(brush.fill(index)) if whole else dots | DOTS[x % 2][y % 4]
            cells[y // fine_y][x // fine_x] = (mark, brush.style(index))
    base = 0 if whole else 0x2800
    return [[(chr(base + dots) if dots else " ", style) for dots, style in row] for row in cells]


def _joined(spots: list[Point]) -> list[Point]:
    """Every dot on the way from spot to spot."""
    found = list(spots[:1])
    for (x, y), (to_x, to_y) in pairwise(spots):
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        found += [(x + (to_x - x) * step // steps, y + (to_y - y) * step // steps) for step in range(1, steps + 1)]
    return found


def _scale(labels: list[str], room: int) -> str:
    """The first, the middle and the last label under a field, as far as they fit."""
    if not labels:
        return ""
    first, last = cut(labels[0], room // 3), cut(labels[-1], room // 3) if len(labels) > 1 else ""
    middle = cut(labels[len(labels) // 2], room // 3) if len(labels) > 2 else ""
    gap = max(1, room // 2 - cell_len(first) - cell_len(middle) // 2)
    text = first + " " * gap + middle
    return text + fit(last, max(0, room - cell_len(text)), right=True)


def _ends(chart: Chart, brush: Brush) -> list[Text]:
    """The numbers beside: each series with its last value and the sum or the mean that goes with its unit."""
    found = []
    for series in chart.series:
        values = [each for each in series.values if each is not None]
        last = brush.number(values[-1] if values else None, chart.unit)
        words = _("{label}: {last}", label=brush.say(series.label), last=last)
        if chart.unit in {"", "money"} and len(values) > 1:
            total = brush.number(sum(values), chart.unit)
            words = _("{label}: {last} last, {total} in all", label=brush.say(series.label), last=last, total=total)
        found.append(brush.say(words))
    return brush.told(found)


def pie(chart: Chart, brush: Brush) -> list[Text]:
    """A round of shares, and beside it each label with its number and share."""
    values = [max(0, each or 0) for each in chart.series[0].values] if chart.series else []
    total = sum(values)
    if not total:
        return []
    bounds = [sum(values[: place + 1]) for place in range(len(values))]
    radius = max(RADIUS, min(brush.height // 2, brush.width // 10))  # names have more than half of the line
    drawn = _half_blocks if brush.colour and not brush.ascii else _letters
    rows, beside = drawn(brush, bounds, total, radius), _shares(chart, brush, values, total, radius)
    lines, blank = [], Text(" " * (radius * 4 + 1))
    top = max(0, (len(rows) - len(beside)) // 2)
    for place in range(max(len(rows), top + len(beside))):
        text = rows[place].copy() if place < len(rows) else blank.copy()
        if top <= place < top + len(beside):
            text.append("  ")
            text.append_text(beside[place - top])
        lines.append(clipped(text, brush.width))
    return lines


def _shares(chart: Chart, brush: Brush, values: list[int], total: int, radius: int) -> list[Text]:
    room = brush.width - radius * 4 - 5
    shares = [percent(each * 1_000_000 // total) for each in values]
    numbers = shares if brush.beside else [
        f"{brush.number(each, chart.unit)} ({share})" for each, share in zip(values, shares, strict=True)
    ]  # fmt: skip
    widest, most = max(cell_len(brush.say(each)) for each in chart.labels), max(map(cell_len, numbers))
    names = min(widest, max(4, room - 1 - most))
    lines = []
    for index, label in enumerate(chart.labels):
        name = f" {fit(brush.say(label), names)} {fit(numbers[index], most, right=True)}"
        lines.append(Text.assemble((brush.fill(index), brush.style(index)), name))
    return lines


def _slice(bounds: list[int], total: int, x: float, y: float) -> int:
    """Which slice a spot lies in, by its angle clockwise from the top; -1 outside the round."""
    if x * x + y * y > 1:
        return -1
    turn = (atan2(x, -y) / (2 * pi)) % 1
    return next((index for index, bound in enumerate(bounds) if turn * total < bound), len(bounds) - 1)


def _half_blocks(brush: Brush, bounds: list[int], total: int, radius: int) -> list[Text]:
    """Two spots a cell, one above the other, in two colours."""
    wide, tall = radius * 4, radius * 4
    lines = []
    for row in range(0, tall, 2):
        text = Text()
        for column in range(wide + 1):
            x = (column - wide / 2) / (wide / 2)
            upper, lower = (_slice(bounds, total, x, (row + part + 0.5 - tall / 2) / (tall / 2)) for part in (0, 1))
            text.append(*_cell(brush, upper, lower))
        lines.append(text)
    return lines


def _cell(brush: Brush, upper: int, lower: int) -> tuple[str, str]:
    if upper < 0 and lower < 0:
        return " ", ""
    if lower < 0:
        return "▀", brush.style(upper)
    if upper < 0:
        return "▄", brush.style(lower)
    if upper == lower:
        return "█", brush.style(upper)
    return "▀", f"{brush.style(upper)} on {brush.style(lower)}"


def _letters(brush: Brush, bounds: list[int], total: int, radius: int) -> list[Text]:
    """A fill a slice, for terminals without colours or without blocks."""
    wide, tall = radius * 4, radius * 2
    lines = []
    for row in range(tall):
        y = (row + 0.5 - tall / 2) / (tall / 2)
        found = [_slice(bounds, total, (column - wide / 2) / (wide / 2), y) for column in range(wide + 1)]
        cells = [(" ", "") if each < 0 else (brush.fill(each), brush.style(each)) for each in found]
        lines.append(Text.assemble(*cells))
    return lines
