"""What all drawings in cells share: how wide a text is, how a part of a cell is filled, how series are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from crmsim.crm.report import Chart, said, shown
from crmsim.engine.safe import safe_text
from crmsim.engine.words import UNDATED, Dates, Words

# Told apart, and at least three times as light or as dark as a dark or a light ground (so the WCAG asks of drawings).
COLOURS = ("#438eb7", "#bb7f38", "#588e58", "#957bb9", "#ca615f", "#9d8b30", "#757f8d", "#bb7398")
FILLS = "█▓▒░▚▞▤▥"
ASCII_FILLS = "#=+.%*o-"
EIGHTHS = " ▏▎▍▌▋▊▉█"
RISING = " ▁▂▃▄▅▆▇█"
HEIGHT = 8  # rows of a standing bar and of a line's field, where no more are asked for
SPACE = 3  # cells between the entries of a legend


@dataclass(frozen=True)
class Brush:
    """How to draw: the width in cells, letters only, with colours or not, in which language.

    Without colours series differ by their fill.
    """

    width: int = 80
    ascii: bool = False
    colour: bool = True
    language: str = "en"
    height: int = HEIGHT  # rows of what stands up
    dates: Dates = UNDATED
    beside: bool = False  # the same numbers stand in a table beside: they need not all be said in the drawing

    def say(self, words: Words) -> str:
        """Words in the reader's language, on one line."""
        return " ".join(safe_text(said(words, self.language), 200).split())

    def number(self, value: int | None, unit: str) -> str:
        """A value as short as it can be read."""
        text = shown(value, unit, self.language, self.dates, short=True)
        return text.replace("–", "-") if self.ascii else text

    def fill(self, index: int) -> str:
        """The cell with which a series is drawn."""
        if self.colour and not self.ascii:
            return FILLS[0]
        fills = ASCII_FILLS if self.ascii else FILLS
        return fills[index % len(fills)]

    def style(self, index: int) -> str:
        """The colour of a series; "" without colours."""
        return COLOURS[index % len(COLOURS)] if self.colour else ""

    def bar(self, value: int | None, most: int, width: int, index: int = 0) -> Text:
        """A bar lying down, its end drawn to an eighth of a cell where it is solid."""
        eighths = 0 if value is None or most <= 0 else max(0, value) * width * 8 // most
        if value and value > 0:
            eighths = max(eighths, 1)
        full, rest = divmod(eighths, 8)
        body = self.fill(index) * full
        if self.fill(index) != FILLS[0]:
            body += self.fill(index) if rest >= 4 or (not full and rest) else ""
        elif rest:
            body += EIGHTHS[rest]
        return Text(body, self.style(index))

    def legend(self, chart: Chart) -> list[Text]:
        """Which fill is which series; nothing when there is one."""
        names = [self.say(each.label) for each in chart.series]
        return self.told(names) if len(names) > 1 else []

    def told(self, words: Sequence[str]) -> list[Text]:
        """Words on each series after its fill, side by side as long as there is room."""
        lines: list[Text] = []
        for index, each in enumerate(words):
            entry = Text.assemble((self.fill(index), self.style(index)), f" {each}")
            if lines and lines[-1].cell_len + SPACE + entry.cell_len <= self.width:
                lines[-1].append(" " * SPACE).append_text(entry)
            else:
                lines.append(entry)
        return [clipped(each, self.width) for each in lines]


def fit(text: str, width: int, *, right: bool = False) -> str:
    """A text in exactly so many cells: padded, or cut with a mark. A cut never halves a Chinese letter."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(cut(text, width), width)
    return " " * (width - length) + text if right else text + " " * (width - length)


def centred(text: str, width: int) -> str:
    """A text in the middle of so many cells."""
    text = cut(text, width)
    return fit(" " * ((width - cell_len(text)) // 2) + text, width)


def cut(text: str, width: int) -> str:
    """A text in at most so many cells, with a mark where it was cut."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for letter in text:
        if cell_len(kept) + cell_len(letter) > width - 1:
            break
        kept += letter
    return f"{kept}…" if width > 0 else ""


def halved(text: str, width: int) -> tuple[str, str]:
    """A name on two lines of so many cells, broken between words; on one where it fits, or has no place to break."""
    breaks = [at for at, letter in enumerate(text) if letter == " " and cell_len(text[:at]) <= width]
    if cell_len(text) <= width or not breaks:
        return text, ""
    return text[: breaks[-1]], text[breaks[-1] + 1 :]


def clipped(line: Text, width: int) -> Text:
    """A line that is no wider than it may be."""
    line.truncate(width, overflow="crop")
    return line


def label_width(brush: Brush, chart: Chart) -> int:
    """The cells that labels take at the left: as many as they need, at most half; the number stands beside a bar."""
    widest = max((cell_len(brush.say(each)) for each in chart.labels), default=0)
    return min(widest, max(4, brush.width // 2))
