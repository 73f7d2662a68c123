"""A screen as SVG put right: Rich measures wide characters as one cell when it says how long a text is (rich #2742),
and asks for a font from elsewhere."""

from __future__ import annotations

import html
import re
from itertools import groupby

from rich.cells import cell_len

TEXT = re.compile(r'<text ([^>]*?)x="([\d.]+)"([^>]*?)textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
LINE = 24.65  # how high Rich's lines are, with what they overlap
ABOVE = 18.5  # how far a line's top is above its letters' foot
BLOCKS = {"█": (0.0, 1.0), "▀": (0.0, 0.5)} | {each: (1 - n / 8, 1.0) for n, each in enumerate("▁▂▃▄▅▆▇", 1)}
FAMILY = "Fira Code, DejaVu Sans Mono, Menlo, Consolas, Noto Sans CJK SC, monospace"


def _drawn(block: str, at: float, width: float, attributes: str) -> str:
    """A run of one block letter as a rectangle of its colour."""
    named, foot = re.search(r'class="[^"]*"', attributes), re.search(r'\by="([\d.]+)"', attributes)
    assert named and foot
    high, low = BLOCKS[block]
    top = float(foot[1]) - ABOVE + high * LINE
    room = f'x="{at:g}" y="{top:g}" width="{width:g}" height="{(low - high) * LINE:g}"'
    return f'<rect {named[0]} {room} shape-rendering="crispEdges"/>'


def patched(svg: str) -> str:
    """A picture whose wide characters have their room, and which asks nobody for a font."""

    def placed(found: re.Match[str]) -> str:
        before, left, between, length, after, written = found.groups()
        text = html.unescape(written)
        cell, at, runs = float(length) / max(1, len(text)), float(left), []
        for (wide, block), run in groupby(text, key=lambda each: (cell_len(each) == 2, each if each in BLOCKS else "")):
            words = "".join(run)
            size = cell * len(words) * (2 if wide else 1)
            if block:  # drawn, so that what lies above one another leaves no gap, whatever the font
                runs.append(_drawn(block, at, size, before + between + after))
            elif wide:  # each in the middle of its two cells, whatever the font
                shown = "".join(
                    f'<tspan x="{at + cell * (2 * number + 1):g}">{html.escape(each)}</tspan>'
                    for number, each in enumerate(words)
                )
                runs.append(f'<text {before}x="{at:g}"{between}text-anchor="middle"{after}>{shown}</text>')
            elif words.strip():
                start = at + cell * (len(words) - len(words.lstrip()))
                inner = words.strip()
                shown = html.escape(inner).replace(" ", "&#160;").replace("\xa0", "&#160;")
                runs.append(
                    f'<text {before}x="{start:g}"{between}textLength="{cell * len(inner):g}"{after}>{shown}</text>'
                )
            at += size
        return "".join(runs)

    svg = FONTS.sub("", TEXT.sub(placed, svg))
    return svg.replace("font-family: Fira Code, monospace", f"font-family: {FAMILY}")
