"""A list to take several things from, each with a box that is crossed or empty, so that colour need not tell."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import SelectionList
from textual.widgets._toggle_button import ToggleButton
from textual.widgets.option_list import OptionDoesNotExist

BOX = 3  # parts of a line that Textual draws as the button


class Picks(SelectionList[Any]):
    """Draws a box before each line, and the cross only where something is taken."""

    def render_line(self, y: int) -> Strip:
        """A line with its box."""
        strip = super().render_line(y)
        try:
            taken = self.get_option_at_index(self.scroll_offset.y + y).value in self._selected
        except OptionDoesNotExist:
            return strip
        parts = list(strip)
        if len(parts) >= BOX and parts[1].text == ToggleButton.BUTTON_INNER:
            ground, pen = parts[0].style or Style(), parts[1].style or Style()
            style = Style(color=pen.color, bgcolor=ground.bgcolor, bold=taken) + Style(meta=ground.meta)
            parts[:BOX] = [Segment(f"[{ToggleButton.BUTTON_INNER if taken else ' '}]", style)]
        return Strip(parts, strip.cell_length)

    def action_select(self) -> None:
        """Taken or left at once. (Textual toggles what the cursor stands on when a message comes round: with keys
        struck in a hurry that is another line.)"""
        if self.highlighted is not None:
            self.toggle(self.get_option_at_index(self.highlighted))

    def on_focus(self) -> None:
        """The cursor stands on something from the first key on."""
        if self.highlighted is None and self.option_count:
            self.highlighted = 0
