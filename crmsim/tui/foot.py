"""The footer: the keys that work here and now. One widget that draws itself (Textual's own leaks: textual #6666)."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widget import Widget

from crmsim.engine.words import N_
from crmsim.tui.speech import tell_label

KEYS = {"escape": "Esc", "enter": "Enter", "slash": "/", "question_mark": "?", "space": "␣", "tab": "Tab",
        "left_square_bracket": "[", "right_square_bracket": "]", "full_stop": ".", "plus": "+",
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
        "nine": "9", "zero": "0", "left": "←", "right": "→", "home": "Home", "end": "End", "pageup": "PgUp",
        "pagedown": "PgDn"}  # fmt: skip

TEXTUALS = (N_("Dismiss menu"),)  # names of keys that Textual's own widgets have


def key_name(binding: Binding) -> str:
    """A key as it stands on the keyboard."""
    key = binding.key
    return binding.key_display or KEYS.get(key, key.replace("ctrl+", "Ctrl+") if "+" in key else _plain(key))


def _plain(key: str) -> str:
    return key.upper() if len(key) > 1 else key


class Foot(Widget):
    """Draws the active keys with their names; a click does what the key does."""

    can_focus = False

    def on_mount(self) -> None:
        """Drawn anew whenever the keys that work change."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def retell(self) -> None:
        """In the new language."""
        self.refresh()

    def render(self) -> Text:
        """Key and name, one after another, as many as fit."""
        colours = self.app.theme_variables
        line, seen = Text(no_wrap=True, overflow="ellipsis"), set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.description in seen:
                continue
            seen.add(binding.description)
            meta = Style(meta={"press": binding.key})
            line.append(f" {key_name(binding)} ", Style(color=colours["accent"], bold=True) + meta)
            line.append(f"{tell_label(self, binding.description)} ", meta)
        return line

    def on_click(self, event: events.Click) -> None:
        """A click on a name presses its key."""
        key = event.style.meta.get("press")
        if key:
            self.app.simulate_key(key)
