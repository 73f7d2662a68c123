"""The last screen: what the company came to, and how the player's seats did."""

from __future__ import annotations

from typing import Any

from rich.console import Group
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmsim.engine.words import N_, _, money
from crmsim.tui.foot import Foot
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell


class End(Room):
    """Shown once, when the game is over."""

    BINDINGS = [Binding("escape,q", "leave", N_("Leave")), Binding("down,space", "down", N_("Read on"), show=False)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """A card that scrolls."""
        with VerticalScroll(id="card"):
            yield Static(id="grades", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The card in the reader's language."""
        self.retell()
        self.query_one(VerticalScroll).focus()

    def retell(self) -> None:
        """In the new language."""
        lines = Text(tell(self, _("The game is over.")) + "\n\n", "bold")
        for name, fen in self.session.outcome():
            lines.append(f"{tell(self, name)}: ", "dim")
            lines.append(f"{money(fen)}\n")
        card: Any = self.session.card(language(self))
        self.query_one("#grades", Static).update(lines if card is None else Group(lines, card))

    def action_leave(self) -> None:
        """Out."""
        self.app.exit()
