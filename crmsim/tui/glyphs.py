"""`--ascii`: whatever is drawn leaves in plain characters, cell for cell; people's own words stay as they are."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBarRender

_PAIRS = {
    "─━╌╍┄┅┈┉═▔▁▂▃▄▀▏▕╴╶╸╺╼╾": "-",
    "│┃┆┇┊┋║▌▐▎▍▋▊▉": "|",
    "┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬": "+",
    "█▓▒▇▆▅": "#",
    "░·∙␣": ".",
    "–—": "-",
    "“”": '"',
    "‘’": "'",
    "●◉•◆■▪★": "*",
    "○◌◇□▫": "o",
    "▲△▴⭘⌂↑": "^",
    "▼▽▾↓": "v",
    "▶▸▷►❯›→": ">",
    "◀◂◁◄❮‹←": "<",
    "✓✔": "v",
    "✗✘✕×": "x",
    "…": ".",
    "‖": "=",
}
TABLE = {ord(each): plain for group, plain in _PAIRS.items() for each in group}
_BRAILLE = re.compile("[\u2800-\u28ff]")


class AsciiFilter(LineFilter):
    """Replaces drawing characters by plain ones of the same width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """One line of the screen."""
        return [
            Segment(_BRAILLE.sub("*", text.translate(TABLE)), style, control)
            if not control
            else Segment(text, style, control)
            for text, style, control in segments
        ]


class WholeBars(ScrollBarRender):
    """Scrollbars that begin and end with a whole cell: a part of one would be a stray character."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8
