"""A list above, and below the page of what is chosen in it: games with their cards, decisions with their marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmsim.engine.words import N_, Words
from crmsim.tui.foot import Foot
from crmsim.tui.room import Room
from crmsim.tui.speech import tell


class Listed(Room):
    """Says its lines and the page of each; the line under the cursor stays when both are said anew."""

    BINDINGS = [
        Binding("tab", "app.focus_next", N_("Read on"), show=False),
        Binding("escape,q", "leave", N_("Back")),
    ]

    heading: ClassVar[Words] = ""

    def lines(self) -> Sequence[Grid]:
        """What is listed."""
        return ()

    def page(self, at: int) -> Any:
        """What is told of a line."""

    def empty(self) -> Words:
        """What stands there when nothing is listed."""
        return ""

    def compose(self) -> ComposeResult:
        """The list and the page."""
        yield OptionList(id="people", compact=True, markup=False, classes="saves")
        with VerticalScroll(id="card"):
            yield Static(id="grades", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The first line."""
        self.retell()
        self.people.focus()

    @property
    def people(self) -> OptionList:
        """The list."""
        return self.query_one("#people", OptionList)

    @property
    def at(self) -> int | None:
        """Which line is chosen."""
        return self.people.highlighted

    def retell(self) -> None:
        """In the new language, or with more to say."""
        lines, kept = self.lines(), self.at or 0
        self.people.display = bool(lines)
        self.people.border_title = tell(self, self.heading)
        self.people.set_options([Option(each) for each in lines])
        if lines:
            if self.focused is None:  # the list was empty until now
                self.people.focus()
            self.people.highlighted = min(kept, len(lines) - 1)
            self._show(min(kept, len(lines) - 1))
        else:
            self.tell_page(Text(tell(self, self.empty()), "dim italic"))

    def _show(self, at: int) -> None:
        self.tell_page(self.page(at))

    def tell_page(self, page: Any) -> None:
        """This below the list."""
        self.query_one("#grades", Static).update(page)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another line."""
        if event.option_index < event.option_list.option_count:
            self._show(event.option_index)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()
