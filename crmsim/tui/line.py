"""A line that is typed into."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import Input


class Line(Input):
    """Up and down go to the other fields."""

    BINDINGS = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
