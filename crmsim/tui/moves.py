"""The moves at hand, each with its digit; where a digit comes again, another page begins."""

from __future__ import annotations

from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from textual import events
from textual.message import Message as Signal
from textual.reactive import reactive
from textual.widget import Widget

from crmsim.engine.words import _
from crmsim.tui.speech import tell

Move = tuple[str, str, str]  # key, id, name


class Moves(Widget):
    """Key and name of every move; the chosen one stands out."""

    class Chosen(Signal):
        """A move was clicked."""

        def __init__(self, move: str) -> None:
            super().__init__()
            self.move = move

    class Turned(Signal):
        """Another page of moves shows."""

    pages: reactive[list[list[Move]]] = reactive(list, layout=True)
    page: reactive[int] = reactive(0, layout=True)
    chosen: reactive[str] = reactive("")

    def show(self, moves: list[Move], chosen: str) -> None:
        """These moves, one of them chosen or none. The page stays where the last move was found."""
        pages: list[list[Move]] = []
        for move in moves:
            if not pages or move[0] <= pages[-1][-1][0]:
                pages.append([])
            pages[-1].append(move)
        self.pages, self.chosen = pages, chosen

    @property
    def moves(self) -> list[Move]:
        """The moves of the page that shows."""
        return self.pages[self.page % len(self.pages)] if self.pages else []

    def turn(self) -> None:
        """The next page."""
        self.page = (self.page + 1) % max(1, len(self.pages))
        self.post_message(self.Turned())

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
        if len(self.pages) > 1:
            more = tell(self, _("More {page}/{pages}", page=self.page % len(self.pages) + 1, pages=len(self.pages)))
            texts.append(Text.assemble((" 0 ", f"bold {accent}"), (f" {more}", "dim")))
            texts[-1].apply_meta({"turn": True})
        columns = max(2, min(4, self.content_size.width // widest))
        grid = Grid.grid(expand=True)
        for _column in range(columns):
            grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for at in range(0, len(texts), columns):
            grid.add_row(*texts[at : at + columns])
        return grid

    def on_click(self, event: events.Click) -> None:
        """A click chooses, or turns the page."""
        if event.style.meta.get("turn"):
            self.turn()
        elif move := event.style.meta.get("move"):
            self.post_message(self.Chosen(move))
