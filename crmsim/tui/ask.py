"""A sheet that asks yes or no."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label

from crmsim.engine.words import N_, Words, _
from crmsim.tui.foot import Foot
from crmsim.tui.room import Sheet
from crmsim.tui.speech import tell


class Ask(Sheet[bool]):
    """Asks yes or no; Esc is no."""

    BINDINGS = [
        Binding("y", "yes", N_("Yes")),
        Binding("f10", "yes", show=False),  # the key that led here, and its word stands on the button
        Binding("n", "leave", N_("No")),
    ]

    def __init__(self, question: Words, yes: Words | None = None, unmeant: bool = False) -> None:
        super().__init__()
        self.question, self.yes, self.unmeant = question, yes or _("Yes"), unmeant

    def compose(self) -> ComposeResult:
        """The question and two buttons, yes first."""
        with Vertical(classes="box small"):
            yield Label(Text(tell(self, self.question)))
            with Horizontal(classes="buttons"):
                yield Button(Text(tell(self, self.yes)), id="yes", variant="primary", compact=True)
                yield Button(Text(tell(self, _("No"))), id="no", compact=True)
        yield Foot()

    def on_mount(self) -> None:
        """Enter says yes, unless nobody may have meant to be asked."""
        self.query_one("#no" if self.unmeant else "#yes").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The answer."""
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def key_right(self) -> None:
        """The other button."""
        self.focus_next()

    def key_left(self) -> None:
        """The other button."""
        self.focus_previous()
