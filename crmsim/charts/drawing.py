"""A chart as lines of a terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from crmsim.charts import bars, curves
from crmsim.charts.brush import HEIGHT, Brush, cut
from crmsim.crm.report import Chart
from crmsim.engine.words import _

LEAST = 20  # cells below which nothing can be drawn
DRAWINGS: dict[str, Callable[[Chart, Brush], list[Text]]] = {
    "bar": bars.bar, "hbar": bars.hbar, "stacked": bars.stacked, "funnel": bars.funnel, "timeline": bars.timeline,
    "line": curves.line, "pie": curves.pie,
}  # fmt: skip


def draw(
    chart: Chart, width: int = 80, *, ascii: bool = False, colour: bool = True, language: str = "en",
    beside: bool = False, height: int = HEIGHT,
) -> Text:  # fmt: skip
    """A chart in at most `width` cells a line: its title, its drawing, its numbers. Without numbers it says so.

    `beside`: title and numbers stand around it already. `height`: rows of what stands up."""
    brush = Brush(max(LEAST, width), ascii, colour, language, height, chart.dates, beside)
    lines = DRAWINGS[chart.kind](chart, brush) if chart.labels and chart.series else []
    if not lines:
        lines = [Text(cut(brush.say(_("There is nothing to count yet.")), brush.width))]
    title = Text(cut(brush.say(chart.title), brush.width), "bold" if colour else "")
    text = Text("\n").join(lines if beside else [title, *lines])
    if ascii:
        text.plain = text.plain.replace("…", "~")
    text.no_wrap = True
    return text
