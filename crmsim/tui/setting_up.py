"""What shows while a game is opened: founding a company, or telling a kept game again, takes a moment."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from crmsim.engine.words import _
from crmsim.tui.room import Room
from crmsim.tui.speech import tell


class SettingUp(Room):
    """A sentence in the middle."""

    def compose(self) -> ComposeResult:
        """That it goes on."""
        yield Static(Text(tell(self, _("The company is being set up…"))), id="small", markup=False)
