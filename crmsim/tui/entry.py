"""Where one types: what is begun with, offered or pasted is cleaned as any foreign text is."""

from __future__ import annotations

from textual.widgets import Input

from crmsim.engine.safe import safe_text


class Entry(Input):
    """An input line without controls and invisible characters in it."""

    def validate_value(self, value: str) -> str:
        """The text, safe to show."""
        return safe_text(value)
