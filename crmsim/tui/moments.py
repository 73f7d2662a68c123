"""What happened, line by line: the time left, the words beside it, wrapped within their own column."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table as Grid
from rich.text import Text


def told(moments: Iterable[tuple[str, Text]], colour: str = "dim", marks: int = -1) -> Grid:
    """Times and words in two columns; the first `marks` lines are new and carry a mark (-1: no place for marks)."""
    grid = Grid.grid(padding=(0, 1, 0, 0), expand=True)
    if marks >= 0:
        grid.add_column(width=1)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for at, (time, words) in enumerate(moments):
        mark = [] if marks < 0 else [Text("▸" if at < marks else " ", "bold")]
        grid.add_row(*mark, Text(time, colour), words)
    return grid
