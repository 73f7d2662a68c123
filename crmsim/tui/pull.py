"""A choice on one line."""

from __future__ import annotations

from typing import Any

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
