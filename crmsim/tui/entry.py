"""Where one types: what is begun with, offered or pasted is cleaned as any foreign text is."""

from __future__ import annotations

from textual.widgets import Input

from crmsim.engine.safe import safe_text


class Entry(Input):
    """An input line without line breaks, controls and invisible characters in it."""

    def validate_value(self, value: str) -> str:
        """The text, safe to show and on one line: a break in it, as cells of workbooks have, would tear the screen."""
        return safe_text(value).replace("\n", " ")
