"""The game's own colours, dark and light; Textual's themes are there as well."""

from __future__ import annotations

from rich.terminal_theme import TerminalTheme
from textual.color import Color
from textual.theme import Theme

NAMED = ("background", "error", "success", "warning", "primary", "secondary", "accent", "foreground")
THEMES = (
    Theme(
        name="crmsim-dark",
        primary="#4f9cd9",
        secondary="#2f6f8f",
        accent="#5fd7c3",
        foreground="#d8dee9",
        background="#11161d",
        surface="#171e27",
        panel="#1f2933",
        success="#7fc97f",
        warning="#e6b450",
        error="#f0716f",
        dark=True,
    ),
    Theme(
        name="crmsim-light",
        primary="#1f6fb2",
        secondary="#4f8fb0",
        accent="#00796b",
        foreground="#22303c",
        background="#f6f7f9",
        surface="#ffffff",
        panel="#e8edf1",
        success="#2e7d32",
        warning="#a86400",
        error="#c62828",
        dark=False,
    ),
)


def terminal(theme: Theme) -> TerminalTheme:
    """The colours that texts name as terminals do (a grade in green, a mistake in red), in those of a theme."""
    found = {name: Color.parse(str(getattr(theme, name))).rgb for name in NAMED}
    eight = list(found.values())
    return TerminalTheme(found["background"], found["foreground"], eight, eight)
