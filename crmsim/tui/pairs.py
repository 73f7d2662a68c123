"""Names with their values beside each other, as many as fit a line: no value is torn from its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions
from rich.text import Text

GAP, CLOSE = "   ", "  "


class Pairs:
    """Drawn to the width it is given."""

    def __init__(self, pairs: Iterable[tuple[str, str | Text]], most: int = 0) -> None:
        self.most = most  # lines; 0 for as many as it takes
        self.pieces = [Text.assemble((f"{name} ", "dim"), value) for name, value in pairs]

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width, lines = options.max_width, list(self._lines(options.max_width))
        if self.most:
            lines = [part for line in lines for part in line.wrap(console, width)]
        if 0 < self.most < len(lines):
            last = lines[self.most - 1]
            last.rstrip()
            last.append("…")  # what goes on says so
            last.truncate(width, overflow="ellipsis")
            lines = lines[: self.most]
        yield from lines

    def _lines(self, width: int) -> Iterator[Text]:
        line, gap = Text(), GAP
        told, gaps = sum(each.cell_len for each in self.pieces), len(self.pieces) - 1
        if told + gaps * len(CLOSE) <= width < told + gaps * len(GAP):  # closer together, where that saves a line
            gap = CLOSE
        for piece in self.pieces:
            if line and line.cell_len + len(gap) + piece.cell_len > width:
                yield line
                line = Text()
            line = line.append(gap if line else "").append_text(piece)
        if line:
            yield line
