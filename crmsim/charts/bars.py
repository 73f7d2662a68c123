"""Bars in cells: standing, lying, stacked, a funnel, a timeline. Each takes a chart and a brush, and gives lines."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from crmsim.charts.brush import FILLS, RISING, Brush, centred, clipped, fit, halved, label_width
from crmsim.crm.report import Chart

LEAST_SLOT = 5  # cells; narrower columns lie down instead


def largest(chart: Chart) -> int:
    """The largest value of a chart; 0 when there is none."""
    return max((each or 0 for series in chart.series for each in series.values), default=0)


def hbar(chart: Chart, brush: Brush) -> list[Text]:
    """Lying bars: label, bar, number; a line a series."""
    names, most, many = label_width(brush, chart), largest(chart), len(chart.series) > 1
    numbers = max(
        (cell_len(brush.number(each, chart.unit)) for series in chart.series for each in series.values), default=1
    )
    room = max(1, brush.width - names - numbers - 2)
    lines = []
    for row, label in enumerate(chart.labels):
        for index, series in enumerate(chart.series):
            line = Text(fit(brush.say(label) if not index else "", names) + " ")
            line.append_text(brush.bar(series.values[row], most, room, index if many else 0))
            line.append(f" {brush.number(series.values[row], chart.unit)}")
            lines.append(clipped(line, brush.width))
    return [*lines, *brush.legend(chart)]


def bar(chart: Chart, brush: Brush) -> list[Text]:
    """Standing bars with their numbers above and labels below; where they do not fit, lying ones."""
    count, wide = len(chart.labels), len(chart.series)
    slot = min(24, brush.width // max(1, count))
    column = (slot - 1) // wide
    numbers = [[brush.number(value, chart.unit) for value in series.values] for series in chart.series]
    widest = max((cell_len(each) for row in numbers for each in row), default=1)
    if slot < LEAST_SLOT or column < max(2, widest + (wide > 1)):
        return hbar(chart, brush)
    most = largest(chart)
    lines = [Text() for _row in range(brush.height + 1)]
    for place in range(count):
        for index, series in enumerate(chart.series):
            cells = _standing(brush, series.values[place], most, column, index, numbers[index][place])
            for line, (text, style) in zip(lines, cells, strict=True):
                line.append(text, style)
        for line in lines:
            line.append(" " * (slot - column * wide))
    lines.append(Text(("-" if brush.ascii else "─") * (slot * count)))
    names = [halved(brush.say(label), slot - 1) for label in chart.labels]
    for row in zip(*names, strict=True):
        if any(row):
            lines.append(Text("".join(f"{centred(each, slot - 1)} " for each in row)))
    return [*lines, *brush.legend(chart)]


def _standing(brush: Brush, value: int | None, most: int, width: int, index: int, number: str) -> list[tuple[str, str]]:
    """A column from the top down: empty cells, its number, its top, its body."""
    eighths = 0 if most <= 0 or value is None else max(0, value) * brush.height * 8 // most
    full, rest = divmod(eighths, 8)
    if brush.fill(index) != FILLS[0]:  # only a solid fill has thinner parts
        full, rest = full + (rest >= 4 or (not full and rest > 0)), 0
    thick = max(1, width - 1)
    body = [(fit(brush.fill(index) * thick, width), brush.style(index))] * full
    top = [(fit(RISING[rest] * thick, width), brush.style(index))] if rest else []
    cells = [(centred(number, width), ""), *top, *body]
    return [(" " * width, "")] * (brush.height + 1 - len(cells)) + cells


def stacked(chart: Chart, brush: Brush) -> list[Text]:
    """Lying bars made of all series, with the total and its parts."""
    totals = [sum(each or 0 for each in row) for row in zip_longest(*(series.values for series in chart.series))]
    names, most = label_width(brush, chart), max(totals, default=0)
    parts = [
        " + ".join(brush.number(series.values[row], chart.unit) for series in chart.series)
        for row in range(len(chart.labels))
    ]
    tails = [
        brush.number(total, chart.unit) + ("" if brush.beside else f" = {part}")
        for total, part in zip(totals, parts, strict=True)
    ]
    room = max(1, brush.width - names - 2 - max((cell_len(each) for each in tails), default=0))
    lines = []
    for row, label in enumerate(chart.labels):
        line, so_far, drawn = Text(fit(brush.say(label), names) + " "), 0, 0
        for index, series in enumerate(chart.series):
            so_far += max(0, series.values[row] or 0)
            end = so_far * room // most if most > 0 else 0
            line.append(brush.fill(index) * (end - drawn), brush.style(index))
            drawn = end
        line.append(f" {tails[row]}")
        lines.append(clipped(line, brush.width))
    return [*lines, *brush.legend(chart)]


def funnel(chart: Chart, brush: Brush) -> list[Text]:
    """Steps in the middle of the line, each with its number and the share of the step before."""
    values = [each or 0 for each in chart.series[0].values] if chart.series else []
    names, most = label_width(brush, chart), max(values, default=0)
    shares = [_share(values, row) for row in range(len(values))]
    numbers = [f"{brush.number(each, chart.unit)}{tail}" for each, tail in zip(values, shares, strict=True)]
    room = max(1, brush.width - names - 2 - max((cell_len(each) for each in numbers), default=0))
    lines = []
    for row, label in enumerate(chart.labels):
        cells = values[row] * room // most if most > 0 else 0
        cells = max(cells, 1) if values[row] else 0
        left = (room - cells) // 2
        line = Text(fit(brush.say(label), names) + " " + " " * left)
        line.append(brush.fill(0) * cells, brush.style(row))
        line.append(" " * (room - cells - left) + f" {numbers[row]}")
        lines.append(clipped(line, brush.width))
    return lines


def _share(values: list[int], row: int) -> str:
    before = values[row - 1] if row else 0
    return f" ({(values[row] * 1000 // before + 5) // 10}%)" if before > 0 else ""


def timeline(chart: Chart, brush: Brush) -> list[Text]:
    """A line a label from its start to its end, over one scale."""
    starts, ends = chart.series[0].values, chart.series[-1].values
    known = [each for each in (*starts, *ends) if each is not None]
    if not known:
        return []
    first, last = min(known), max(known)
    names, length = label_width(brush, chart), max(1, last - first)
    arrow = "->" if brush.ascii else "→"
    spans = [
        f"{brush.number(a, chart.unit)}{arrow}{brush.number(b, chart.unit)}" for a, b in zip(starts, ends, strict=True)
    ]
    room = max(1, brush.width - names - 2 - max(map(cell_len, spans)))
    lines = []
    for row, label in enumerate(chart.labels):
        start, end = starts[row], ends[row]
        line = Text(fit(brush.say(label), names) + " ")
        if start is not None and end is not None:
            left = (start - first) * (room - 1) // length
            right = max(left, (end - first) * (room - 1) // length)
            line.append(" " * left)
            line.append(brush.fill(0) * (right - left + 1), brush.style(row))
            line.append(" " * (room - 1 - right) + f" {spans[row]}")
        lines.append(clipped(line, brush.width))
    return lines
