"""The footer: the keys that work here and now. One widget that draws itself (Textual's own leaks: textual #6666)."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widget import Widget

from crmsim.engine.words import N_
from crmsim.tui.speech import tell_label

KEYS = {"escape": "Esc", "enter": "Enter", "slash": "/", "question_mark": "?", "space": N_("Space"), "tab": "Tab",
        "left_square_bracket": "[", "right_square_bracket": "]", "full_stop": ".", "plus": "+",
        "left": "←", "right": "→", "home": "Home", "end": "End", "pageup": "PgUp",
        "pagedown": "PgDn"}  # fmt: skip

KEPT = {"escape", "enter", "f1", "f5", "f10"}  # the ways on and back stand there whatever has to go
TEXTUALS = (N_("Dismiss menu"),)  # names of keys that Textual's own widgets have


def key_name(binding: Binding) -> str:
    """A key as it stands on the keyboard."""
    key = binding.key
    return binding.key_display or KEYS.get(key, key.replace("ctrl+", "Ctrl+") if "+" in key else _plain(key))


def _length(parts: list[tuple[str, Text]]) -> int:
    return sum(part.cell_len for _key, part in parts)


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
        """Key and name, one after another; where there is no room for all, those that help tells of make way."""
        colours, parts, room = self.app.theme_variables, self._parts(), self.size.width
        line = Text(no_wrap=True)
        if _length(parts) > room:  # closer together first, and apart again if that does
            while len(parts) > 1 and _length(parts) - len(parts) > room - 1:
                parts.remove(next((each for each in reversed(parts) if each[0] not in KEPT), parts[-1]))
            if _length(parts) > room:
                line, parts = Text(" ", no_wrap=True), [(key, part[1:]) for key, part in parts]
        for key, part in parts:
            part.stylize(Style(meta={"press": key}))
            part.stylize(Style(color=colours["accent"], bold=True), 0, part.plain.index(" ", 1))
            line.append_text(part)
        return line

    def _parts(self) -> list[tuple[str, Text]]:
        """The key and the words of what works here and now."""
        found: dict[str, tuple[str, Text]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.description not in found:
                name = tell_label(self, key_name(binding))
                words = f" {name} {tell_label(self, binding.description)} "
                found[binding.description] = binding.key, Text(words)
        return list(found.values())

    def on_click(self, event: events.Click) -> None:
        """A click on a name presses its key."""
        key = event.style.meta.get("press")
        if key:
            self.app.simulate_key(key)
