"""A terminal that is gone: its window was closed, and nobody told the program, since only the first program of a
window is told. Textual would go on reading from nothing with a third of a processor. What was done is saved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

EVERY = 2.0  # seconds


def mind(app: App[None]) -> None:
    """Leave once the terminal that the program was started in is gone; in a browser there is none."""
    began_in = sys.__stdin__
    if began_in is None or not began_in.isatty():
        return

    def look() -> None:
        if not began_in.isatty():
            app.exit()

    app.set_interval(EVERY, look)
