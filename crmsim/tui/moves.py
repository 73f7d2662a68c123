"""The moves at hand, each with its digit, in as many columns as fit."""

from __future__ import annotations

from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from textual import events
from textual.message import Message as Signal
from textual.reactive import reactive
from textual.widget import Widget


class Moves(Widget):
    """Key and name of every move; the chosen one stands out."""

    class Chosen(Signal):
        """A move was clicked."""

        def __init__(self, move: str) -> None:
            super().__init__()
            self.move = move

    moves: reactive[list[tuple[str, str, str]]] = reactive(list, layout=True)
    chosen: reactive[str] = reactive("")

    def show(self, moves: list[tuple[str, str, str]], chosen: str) -> None:
        """These moves (key, id, name), one of them chosen or none."""
        self.moves, self.chosen = moves, chosen

    def render(self) -> Grid:
        """Columns of moves."""
        accent = self.app.theme_variables["accent"]
        texts = []
        for key, id, name in self.moves:
            meta = Style(meta={"move": id})
            text = Text(no_wrap=True, overflow="ellipsis")
            text.append(f" {key} ", Style(bold=True, color=accent, reverse=id == self.chosen) + meta)
            text.append(f" {name}", Style(bold=id == self.chosen) + meta)
            texts.append(text)
        widest = max((each.cell_len for each in texts), default=10) + 2
        columns = max(1, min(4, self.content_size.width // widest))
        grid = Grid.grid(expand=True)
        for _column in range(columns):
            grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for at in range(0, len(texts), columns):
            grid.add_row(*texts[at : at + columns])
        return grid

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        move = event.style.meta.get("move")
        if move:
            self.post_message(self.Chosen(move))
