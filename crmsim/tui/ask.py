"""Sheets that ask one thing: a yes or no, or one of a few."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

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

    def __init__(self, question: Words, yes: Words | None = None) -> None:
        super().__init__()
        self.question, self.yes = question, yes or _("Yes")

    def compose(self) -> ComposeResult:
        """The question and two buttons, yes first."""
        with Vertical(classes="box small"):
            yield Label(Text(tell(self, self.question)))
            with Horizontal(classes="buttons"):
                yield Button(Text(tell(self, self.yes)), id="yes", variant="primary", compact=True)
                yield Button(Text(tell(self, _("No"))), id="no", compact=True)
        yield Foot()

    def on_mount(self) -> None:
        """Enter says yes."""
        self.query_one("#yes").focus()

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


class Offer(Sheet[int]):
    """Offers a few things by digit or arrows; gives the chosen place. Closed ones are dimmed, with their reason."""

    def __init__(self, heading: Words, offers: list[tuple[Words, Words | None]]) -> None:
        super().__init__()
        self.heading, self.offers = heading, offers

    def compose(self) -> ComposeResult:
        """The list, its heading on the border."""
        options = []
        for number, (words, closed) in enumerate(self.offers, 1):
            line = Text.assemble((f"{number}  " if number < 10 else "   ", "bold"), tell(self, words))
            if closed is not None:
                line.append(f"  {tell(self, closed)}", "italic")
                line.stylize("dim")
            options.append(Option(line, disabled=closed is not None))
        with Vertical(classes="box small"):
            yield Label(Text(tell(self, self.heading)), classes="heading")
            yield OptionList(*options, compact=True)
        yield Foot()

    def on_mount(self) -> None:
        """Arrows work at once."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen by Enter or click."""
        self.dismiss(event.option_index)

    def on_key(self, event: object) -> None:
        """Chosen by its digit."""
        character = getattr(event, "character", None) or ""
        if character.isascii() and character.isdigit() and 0 < int(character) <= len(self.offers):
            if self.offers[int(character) - 1][1] is None:
                self.dismiss(int(character) - 1)
