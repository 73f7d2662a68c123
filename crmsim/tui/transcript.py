"""A conversation as it was held: the others left, one's own side right, everyone in a bubble."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from crmsim.engine.desk import Conversation
from crmsim.engine.words import Words, _, time
from crmsim.tui.speech import language, tell


class Transcript(VerticalScroll):
    """Bubbles, the newest at the bottom."""

    def __init__(self) -> None:
        super().__init__(id="transcript", can_focus=False)
        self._drawn: tuple[object, ...] = ()

    def show(self, talk: Conversation, named: Callable[[str], Words]) -> None:
        """This conversation; drawn only when something was added or the language changed."""
        state = (talk.who, talk.lines, language(self))
        if state == self._drawn:
            return
        self._drawn = state
        self.border_title = Text(tell(self, talk.who) or " ")
        self.remove_children()
        bubbles: list[Widget] = []
        for line in talk.lines:
            text = Text(tell(self, line.words))
            bubble = Static(text, markup=False, classes="bubble mine" if line.mine else "bubble")
            by = named(line.by) if isinstance(line.by, str) else line.by
            bubble.border_title = Text(tell(self, by) or " ")
            bubble.border_subtitle = time(line.minute, language(self))
            bubbles.append(Horizontal(bubble, classes="holder right" if line.mine else "holder"))
        if not bubbles:
            bubbles.append(
                Static(Text(tell(self, talk.note or _("Nothing was said yet."))), markup=False, classes="first")
            )
        self.mount_all(bubbles)
        self.call_after_refresh(self.scroll_end, animate=False)
