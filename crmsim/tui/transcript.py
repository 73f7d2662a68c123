"""A conversation as it was held: the others left, one's own side right, everyone in a bubble."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from crmsim.engine.desk import Conversation, Line
from crmsim.engine.words import Words, _, time
from crmsim.tui.speech import dates, language, tell

LEAST = 22  # cells of a bubble


class Transcript(VerticalScroll):
    """Bubbles, the newest at the bottom."""

    def __init__(self) -> None:
        super().__init__(id="transcript", can_focus=False)
        self._drawn: tuple[object, tuple[Line, ...]] = (None, ())

    def show(self, talk: Conversation, named: Callable[[str], Words]) -> None:
        """This conversation; what was added is added, and in another language all of it is drawn anew."""
        opening = () if talk.opening is None else (talk.opening,)
        state = (talk.who, language(self)), (*opening, *talk.lines)
        if state == self._drawn:
            return
        head, lines = state
        drawn_head, drawn = self._drawn
        known = drawn if drawn_head == head and drawn == lines[: len(drawn)] else ()  # only what is new is drawn
        self._drawn = state
        self.border_title = Text(tell(self, talk.who) or " ")
        if not known:
            self.remove_children()
        bubbles = [self._bubble(each, named) for each in lines[len(known) :]]
        if not lines:
            note = Text(tell(self, talk.note or _("Nothing was said yet.")))
            bubbles.append(Static(note, markup=False, classes="first"))
        self.mount_all(bubbles)
        self.call_after_refresh(self.scroll_end, animate=False)

    def on_resize(self) -> None:
        """With less room for it, what was said last still shows."""
        self.scroll_end(animate=False)

    def _bubble(self, line: Line, named: Callable[[str], Words]) -> Widget:
        text = Text(tell(self, line.words))
        bubble = Static(text, markup=False, classes="bubble mine" if line.mine else "bubble")
        by = named(line.by) if isinstance(line.by, str) else line.by
        bubble.border_title = title = Text(tell(self, by) or " ")
        bubble.styles.min_width = max(LEAST, title.cell_len + 6)  # the name has room between the corners
        bubble.border_subtitle = time(line.minute, language(self), dates(self))
        return Horizontal(bubble, classes="holder right" if line.mine else "holder")
