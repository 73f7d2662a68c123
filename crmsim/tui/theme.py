"""The game's own colours, dark and light; Textual's themes are there as well."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.terminal_theme import TerminalTheme
from textual.color import BLACK, WHITE, Color
from textual.constants import DIM_FACTOR
from textual.theme import Theme

NAMED = ("background", "error", "success", "warning", "primary", "secondary", "accent", "foreground")
SAYING = ("accent", "error", "success", "warning")  # words are written in these
USED = (*NAMED, "surface", "panel")
CHOSEN = 0.2  # of the primary colour, under the row that is chosen
TEXT, DIMMED = 4.6, 3.1  # the least contrast of what is to be read, and of what is dimmed: 4.5 and 3, once rounded
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


def legible(theme: Theme) -> Theme:
    """A theme in which all can be read: its own colours where they stand out from all that they are written on,
    else darker or lighter ones. (Many of Textual's leave a late paper's red at 2 : 1 on the chosen row.)"""
    found = _colours(theme)
    front, surface, end = found["foreground"], found["surface"], WHITE if theme.dark else BLACK
    row = surface.blend(found["primary"], CHOSEN)
    grounds = (found["background"], surface, found["panel"], row, surface.blend(front, 0.05))
    moved = {name: _moved(found[name], end, grounds, 1, TEXT) for name in SAYING}
    moved["foreground"] = _moved(_moved(front, end, grounds, 1, TEXT), end, grounds, DIM_FACTOR, DIMMED)
    told = {"primary-muted": row.hex, "text-disabled": "auto 55%"}
    told |= {f"markdown-h{level}-color": moved["accent"].hex for level in (1, 2, 3)}
    made: dict[str, Any] = {name: each.hex for name, each in moved.items()}
    return replace(theme, variables=theme.variables | told, **made)


def _colours(theme: Theme) -> dict[str, Color]:
    made = theme.to_color_system().generate()
    return {name: Color.parse(made[name]) for name in USED}


def _moved(colour: Color, end: Color, grounds: tuple[Color, ...], share: float, least: float) -> Color:
    """A colour, as far towards black or white as it takes for this share of it to be read on every ground."""
    steps = (colour, *(colour.blend(end, step / 20) for step in range(1, 20)))
    return next((each for each in steps if all(contrast(on.blend(each, share), on) >= least for on in grounds)), end)


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand apart, from 1 to 21, as the WCAG counts it."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: Color) -> float:
    parts = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def terminal(theme: Theme) -> TerminalTheme:
    """The colours that texts name as terminals do (a grade in green, a mistake in red), in those of a theme."""
    found = {name: each.rgb for name, each in _colours(theme).items()}
    eight = [found[name] for name in NAMED]
    return TerminalTheme(found["background"], found["foreground"], eight, eight)
