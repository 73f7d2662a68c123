"""What happened, line by line: the time left, the words beside it, wrapped within their own column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text


@dataclass(frozen=True)
class Told:
    """Times and words in two columns; where times would take half of the room, the words stand below them."""

    moments: Sequence[tuple[str, Text]]
    colour: str
    marks: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Grid | Padding | Text]:
        widest = max((cell_len(time) for time, _words in self.moments), default=0)
        if 2 * widest <= options.max_width:
            yield self._beside()
            return
        for at, (time, words) in enumerate(self.moments):
            yield Text.assemble((self._mark(at), "bold"), (time, self.colour))
            yield Padding(words, (0, 0, 0, 2))

    def _mark(self, at: int) -> str:
        return "▸ " if at < self.marks else ""

    def _beside(self) -> Grid:
        grid = Grid.grid(padding=(0, 1, 0, 0), expand=True)
        if self.marks >= 0:
            grid.add_column(width=1)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        for at, (time, words) in enumerate(self.moments):
            mark = [] if self.marks < 0 else [Text(self._mark(at).strip(), "bold")]
            grid.add_row(*mark, Text(time, self.colour), words)
        return grid


def told(moments: Iterable[tuple[str, Text]], colour: str = "dim", marks: int = -1) -> Told:
    """Times and words; the first `marks` lines are new and carry a mark (-1: no place for marks)."""
    return Told(tuple(moments), colour, marks)
