"""How a seat stands at a stop: a band for each criterion, the weakest one's advice, and no points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual.dom import DOMNode
from textual.widget import Widget

from crmsim.engine.words import _
from crmsim.grading.card import COLOURS, band
from crmsim.tui.speech import tell

GAP = 2


def bands(node: Widget, mine: Sequence[Any], others: Sequence[Any], lang: str) -> Group:
    """One's own seats by criterion, in two columns where names have room; colleagues in a line each."""
    parts: list[Any] = []
    for seat in mine:
        cells: list[Text] = []
        for each in seat.verdicts:
            if each.occasions:
                cells += [Text(_label(node, each.label)), _band(node, each)]
        longest = max((a.cell_len + b.cell_len for a, b in zip(cells[::2], cells[1::2], strict=True)), default=0)
        columns = 2 if 2 * (longest + 2 * GAP) <= node.size.width else 1
        grid = Grid.grid(expand=columns > 1, padding=(0, GAP, 0, 0))
        for _column in range(columns):
            grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
            grid.add_column(no_wrap=True)
        for at in range(0, len(cells), 2 * columns):
            grid.add_row(*cells[at : at + 2 * columns])
        roles = " + ".join(tell(node, _("{role:role}", role=each)) for each in seat.roles)
        number = seat.seat.rpartition("-")[2]
        nameless = f"{roles} {number}" if number.isdigit() else roles
        parts.append(Text(nameless if seat.name == seat.seat else f"{tell(node, seat.name)} · {roles}", "bold"))
        parts.append(grid if cells else Text(tell(node, _("Nothing came to this seat yet.")), "dim"))
        weakest = min((each for each in seat.verdicts if each.advice), key=lambda each: each.mean, default=None)
        if weakest is not None:
            parts.append(Text.assemble(("→ ", "bold"), tell(node, weakest.advice)))
    line = Text()
    for seat in others:
        scored = [each for each in seat.verdicts if each.possible]
        if scored:
            if not line:
                line.append(tell(node, _("Colleagues:")) + " ", "dim")
            word = band(10 * sum(each.mean for each in scored) // len(scored))
            line.append(f"{tell(node, seat.name)} ", "dim")
            line.append(f"{_label(node, word)}   ", COLOURS[word])
    return Group(*parts, line)


def _label(node: DOMNode, word: str) -> str:
    return tell(node, _("{word:label}", word=word))


def _band(node: DOMNode, verdict: Any) -> Text:
    """The word of a criterion; too few occasions say so."""
    if not verdict.possible:
        return Text(tell(node, _("too few yet")), "dim")
    word = band(verdict.mean * 10)
    return Text(_label(node, word), COLOURS[word])
