"""What a narrow window cuts off a table: the row under the cursor, told on a line below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from crmsim.engine.desk import Column
from crmsim.tui.grid import Grid
from crmsim.tui.pairs import Pairs
from crmsim.tui.speech import tell_label

MOST = 3  # lines; all of a row stands in its form


class Rest(Static):
    """The columns that do not show whole, with their names; nothing where all of them show."""

    def __init__(self) -> None:
        super().__init__(id="rest", markup=False)
        self._told: list[tuple[str, str]] = []

    def show(self, grid: Grid, columns: Sequence[Column], cells: Sequence[Text]) -> None:
        """This row of the grid; its first column is the one of the marks."""
        found = [
            (tell_label(self, columns[at - 1].label), cells[at - 1].plain)
            for at in range(1, len(cells) + 1)
            if cells[at - 1].cell_len > grid.shown(at)
        ]
        if found != self._told:
            self._told = found
            self.update(Pairs(found, MOST))
        self.display = bool(found)
