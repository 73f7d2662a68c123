"""A sheet that offers a few things."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from crmsim.engine.words import Words
from crmsim.tui.foot import Foot
from crmsim.tui.room import Sheet
from crmsim.tui.speech import tell


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

    def on_key(self, event: events.Key) -> None:
        """Chosen by its digit, which means nothing to what lies below."""
        character = event.character or ""
        if character.isascii() and character.isdigit() and 0 < int(character) <= len(self.offers):
            event.stop()
            if self.offers[int(character) - 1][1] is None:
                self.dismiss(int(character) - 1)
