"""What shows when the terminal is too small for a desk."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from crmsim.engine.words import _
from crmsim.tui.room import Room
from crmsim.tui.speech import tell

LEAST = (60, 15)


class Small(Room):
    """A sentence in the middle."""

    def compose(self) -> ComposeResult:
        """How large is large enough."""
        yield Static(id="small", markup=False)

    def on_mount(self) -> None:
        """At once."""
        self.retell()

    def retell(self) -> None:
        """In the new language."""
        words = _(
            "This window is too small. Please make it at least {width} x {height}.", width=LEAST[0], height=LEAST[1]
        )
        self.query_one("#small", Static).update(Text(tell(self, words)))
