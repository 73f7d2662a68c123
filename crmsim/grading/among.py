"""A score beside those of bots of known skill in the same seat, for a terminal: from their worst game to their best."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table
from rich.text import Text

from crmsim.engine.words import Say, _
from crmsim.grading.distribution import SIDE_BY_SIDE, hands_in
from crmsim.grading.report import SeatReport

CELLS = 41  # of the scale from 0 to 100
WHOLE = 100_00
TITLE = _("Beside bots of known skill in this seat: from their worst game to their best, the dot is the mean")


def among(seat: SeatReport, scenario: str, say: Say, *, ascii: bool = False) -> Group | None:
    """A line for each hand and one for this seat; None where nothing was measured or there is nothing to score."""
    hands = [each for each in hands_in(scenario, seat.roles[0]) if each.hand in SIDE_BY_SIDE]
    if seat.score is None or not hands:
        return None
    table = Table.grid(padding=(0, 1))
    line, dot, here = ("-", "o", "*") if ascii else ("─", "●", "◆")
    for each in hands:
        row = [line if _cell(each.scores[0]) <= at <= _cell(each.scores[-1]) else " " for at in range(CELLS)]
        row[_cell(each.mean)] = dot
        name = say(_("{word:label}", word=each.hand))
        table.add_row(Text(name, "dim"), Text("".join(row), "dim"), Text(f"{each.mean / 100:.1f}", "dim"))
    row = [" "] * CELLS
    row[_cell(seat.score)] = here
    mine = Text(say(_("here")), "bold"), Text("".join(row), "bold yellow"), Text(f"{seat.score / 100:.1f}", "bold")
    table.add_row(*mine)
    return Group("", Text(say(TITLE), "bold"), table)


def _cell(score: int) -> int:
    return max(0, min(CELLS - 1, score * (CELLS - 1) // WHOLE))
