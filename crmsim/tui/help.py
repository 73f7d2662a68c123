"""Help that fits the place: the keys that work here, what this screen is about, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from crmsim.engine.words import Message, _
from crmsim.tui.foot import Foot, key_name
from crmsim.tui.room import Sheet
from crmsim.tui.speech import tell, tell_label

Told = Sequence[tuple[str, str]]  # a heading in the reader's language, and what is told of it
EVERYWHERE = {"help", "hints"}  # actions whose keys are told with those of every place
KEYS: tuple[tuple[str, Message], ...] = (
    ("↑ ↓ ← →  h j k l", _("move; Enter opens, Esc goes back, Tab to the next part of the screen")),
    ("1-9", _("choose from a list by digit")),
    ("Ctrl+P", _("everything by name, in English, Chinese or pinyin")),
    ("F1 ?", _("this help")),
    ("F2", _("hints on or off")),
    ("F4", _("中文 / English")),
    ("Ctrl+T", _("other colours")),
    ("Ctrl+C", _("leave; the game is kept")),
)


class Help(Sheet[None]):
    """One page: the place's own keys, what is told of it, the keys of every place."""

    BINDINGS = [Binding("f1,question_mark,q", "leave", show=False)]

    def __init__(self, keys: Sequence[tuple[str, str]], explained: Callable[[], Told]) -> None:
        super().__init__()
        self.keys, self.explain = keys, explained

    def compose(self) -> ComposeResult:
        """Keys, then what can be done here."""
        parts: list[RenderableType] = [self._keys(self.keys)]
        for heading, words in self.explain():
            parts += [Text(f"\n{tell(self, heading)}", "bold"), Padding(Text(tell(self, words), "dim"), (0, 0, 0, 2))]
        everywhere = [(key, tell(self, meaning)) for key, meaning in KEYS]
        parts += [Text("\n" + tell(self, _("Everywhere")), "bold"), self._keys(everywhere)]
        with Vertical(classes="box"):
            yield Label(Text(tell(self, _("Help"))), classes="heading")
            with VerticalScroll(id="page"):
                yield Static(Group(*parts), markup=False)
        yield Foot()

    def _keys(self, keys: Sequence[tuple[str, str]]) -> Grid:
        """Each key with what it does beside it."""
        grid = Grid.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=18)
        grid.add_column(ratio=1)
        for key, words in keys:
            named = " ".join(tell_label(self, each) for each in key.split(" "))
            grid.add_row(Text(named, f"bold {self.app.theme_variables['accent']}"), Text(tell_label(self, words)))
        return grid

    def on_mount(self) -> None:
        """Arrows turn the page at once."""
        self.query_one("#page").focus()


def keys_of(screen: Any) -> list[tuple[str, str]]:
    """The keys of a screen that have a meaning here and now, with what they do (English source)."""
    found: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        own = active.node is not screen.app and binding.action not in EVERYWHERE
        if own and active.enabled and binding.description in _declared(active.node):
            found.setdefault(binding.description, []).append(key_name(binding))
    return [(" ".join(dict.fromkeys(keys)), words) for words, keys in found.items()]


def _declared(node: Any) -> set[str]:
    """The meanings that the house's own classes give to keys; those of the library are not told."""
    own = [each for each in type(node).__mro__ if each.__module__.startswith(__package__)]
    return {binding.description for each in own for binding in vars(each).get("BINDINGS", ()) if binding.description}
