"""Proving what a form says: the conversation with its lines by digit, and for each field the line that was picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message as Signal
from textual.widgets import Static

from crmsim.engine.desk import Conversation
from crmsim.engine.fields import Field
from crmsim.engine.proving import Proof, Proofs
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.tui.speech import tell, tell_label

DIGITS = "1234567890"
ROOM = 45  # cells from which one's own lines stand there as well


class Proving(Static, can_focus=True):
    """Asks field by field which line proves it: a digit picks, Space leaves it open, arrows go back and on."""

    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]

    class Picked(Signal):
        """A line was picked for a field."""

        def __init__(self, field: str, line: int) -> None:
            super().__init__()
            self.field, self.line = field, line

    def __init__(self, kind: Proofs, labels: Callable[[str], str], value: tuple[Proof, ...]) -> None:
        super().__init__(classes="editor proving", markup=False)
        self.kind, self.labels, self.picked = kind, labels, dict(value)
        self.talk = Conversation("")
        self.at = 0

    @property
    def value(self) -> tuple[Proof, ...]:
        """The fields with their lines, in the order of the declaration."""
        return tuple((name, self.picked[name]) for name in self.kind.fields if name in self.picked)

    @property
    def keyed(self) -> dict[str, int]:
        """Each digit with its line: what the other side said, the latest ten."""
        theirs = [number for number, each in enumerate(self.talk.lines, 1) if not each.mine]
        return dict(zip(DIGITS, theirs[-len(DIGITS) :], strict=False))

    def lacking(self, fields: dict[str, Field], values: dict[str, Any], view: Any, asking: bool) -> dict[str, Message]:
        """Open fields: what was told must stand there, the others may be asked while the other side still listens."""
        found: dict[str, Message] = {}
        for name in self.kind.fields:
            if name in fields and not values[name]:
                if fields[name].kind.suggest(view, values):
                    found[name] = _("This was told in the talk: write it down.")
                elif self.talk.open and asking:
                    found[name] = _("Not asked yet. F10 once more saves without it.")
        return found

    def show(self, row: Any, view: Any) -> None:
        """The lines of this conversation; None when there is none."""
        talk = row.conversation(view) if row is not None else Conversation("")
        if len(talk.lines) != len(self.talk.lines):
            self.picked = {name: line for name, line in self.picked.items() if line <= len(talk.lines)}
        self.talk = talk
        self.draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The field that is asked for stands out, as long as it is asked. (`on_focus` would come before it is so.)"""
        super().watch_has_focus(has_focus)
        if self.is_mounted:
            self.draw()

    def on_resize(self) -> None:
        """More or less room."""
        self.draw()

    def draw(self) -> None:
        """What is asked, each field with its digit, and the lines below."""
        accent, keys = self.app.theme_variables["accent"], {line: key for key, line in self.keyed.items()}
        text = Text()
        if self.has_focus and self.at < len(self.kind.fields):
            asked = tell_label(self, self.labels(self.kind.fields[self.at]))
            words = _("Which line says “{field}”? A digit picks it, Space: none.", field=asked)
            text.append(f"{tell(self, words)}\n", "bold")
        else:
            text.append(tell(self, _("What the customer said")) + "\n", "bold")
        used = 0  # cells of the line: no name is torn from its digit, nor, in Chinese, in two
        for at, name in enumerate(self.kind.fields):
            asked_now = self.has_focus and at == self.at
            line = self.picked.get(name)
            mark = "–" if line is None else keys.get(line, "•")
            piece = Text(f"{tell_label(self, self.labels(name))}\xa0", "reverse" if asked_now else "dim")
            piece.append(mark, f"bold {accent} not reverse" if line is not None else "dim not reverse")
            if used and used + 2 + piece.cell_len > self.content_size.width:
                text.append("\n")
                used = 0
            text.append("  " if used else "").append_text(piece)
            used += piece.cell_len + (2 if used else 0)
        text.append("\n")
        self.update(Group(text, self._lines(keys)))

    def _lines(self, keys: dict[int, str]) -> Grid:
        """The conversation, each line of the other side behind its digit."""
        lines = Grid.grid(padding=(0, 1, 0, 0))
        lines.add_column(style=f"bold {self.app.theme_variables['accent']}", min_width=1)
        lines.add_column()
        for number, each in enumerate(self.talk.lines, 1):
            key, words = keys.get(number, ""), safe_text(tell(self, each.words))
            if key or self.size.width >= ROOM:  # where there is little room, one's own words make way
                lines.add_row(key, Text(words, "" if key else "dim italic"))
        return lines

    def action_step(self, by: int) -> None:
        """Another field; going on from the one that is asked leaves it without proof."""
        self.at = max(0, min(len(self.kind.fields), self.at + by))
        if self.at == len(self.kind.fields):
            self.at = 0
            self.screen.focus_next()
        self.draw()

    def action_turn(self, by: int) -> None:
        """The lines scroll."""
        place = next(each for each in self.ancestors_with_self if isinstance(each, VerticalScroll))
        place.scroll_relative(y=by * max(1, place.size.height - 2), animate=False)

    def on_key(self, event: events.Key) -> None:
        """A digit picks its line for the field that is asked, and the next is asked."""
        line = self.keyed.get(event.character or "")
        if line is None:
            return
        event.stop()
        name = self.kind.fields[self.at]
        self.picked[name] = line
        self.post_message(self.Picked(name, line))
        self.action_step(1)
