"""A list of which mostly one thing is taken."""

from __future__ import annotations

from textual.binding import Binding

from crmsim.tui.picks import Picks


class OneOrMore(Picks):
    """Mostly one thing is wanted: Enter takes that one alone, the space bar adds others."""

    BINDINGS = [Binding("enter", "alone", show=False)]

    def action_alone(self) -> None:
        """Only what the cursor stands on."""
        if self.highlighted is not None:
            self.deselect_all()
            self.select(self.get_option_at_index(self.highlighted))
