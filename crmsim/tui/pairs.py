"""Names with their values beside each other, as many as fit a line: no value is torn from its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions
from rich.text import Text

GAP = "   "


class Pairs:
    """Drawn to the width it is given."""

    def __init__(self, pairs: Iterable[tuple[str, str | Text]]) -> None:
        self.pieces = [Text.assemble((f"{name} ", "dim"), value) for name, value in pairs]

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        line = Text()
        for piece in self.pieces:
            if line and line.cell_len + len(GAP) + piece.cell_len > options.max_width:
                yield line
                line = Text()
            line = line.append(GAP if line else "").append_text(piece)
        if line:
            yield line
