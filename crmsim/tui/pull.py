"""A choice on one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.text import Text
from textual.binding import Binding
from textual.widgets import Select

from crmsim.engine.words import N_


class Pull(Select[Any]):
    """A choice on one line: left and right change it, space opens it."""

    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", N_("Another choice"), key_display="← →"),
        Binding("enter", "screen.submit", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("space", "show_overlay", N_("All choices")),
    ]

    def action_step(self, by: int) -> None:
        """The next or previous value."""
        values = [value for _label, value in self._options if value is not Select.NULL or self._allow_blank]
        if values:
            at = values.index(self.value) if self.value in values else -1
            self.value = values[(at + by) % len(values)]

    def offer(self, options: Iterable[tuple[Text, Any]], value: Any) -> None:
        """Other choices, or other words for the same ones, of which this is chosen as far as it is among them."""
        offered = list(options)
        self._allow_blank |= not offered  # where there is nothing to choose from any more, nothing is chosen
        with self.prevent(Select.Changed):
            self.set_options(offered)
            if value in [each for _label, each in offered]:
                self.value = value
            self.mutate_reactive(type(self).value)  # the same value may have another name
