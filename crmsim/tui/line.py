"""A line that is typed into."""

from __future__ import annotations

from textual.binding import Binding

from crmsim.tui.entry import Entry


class Line(Entry):
    """Up and down go to the other fields."""

    BINDINGS = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
