"""The line above the footer: the next step with its key, and, while one learns, what it is about."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Static

from crmsim.engine.words import Words, _
from crmsim.tui.speech import tell

KEY = re.compile(r"\[([^\[\]]{1,6})\]")


class Hint(Static):
    """Tells what to do next. Keys stand in brackets and are coloured."""

    def __init__(self) -> None:
        super().__init__(id="hint", markup=False)
        self._said: tuple[Words, Words | None, bool] | None = None

    def say(self, step: Words, explained: Words | None = None, mark: bool = False) -> None:
        """The next step, with what is explained above it; `mark` tells how to leave the lesson."""
        self._said = step, explained, mark
        accent = self.app.theme_variables["accent"]
        text = Text()
        if explained is not None:
            text.append(f"{tell(self, explained)}\n")
        line = tell(self, step)
        at = 0
        for found in KEY.finditer(line):
            text.append(line[at : found.start()], "dim")
            text.append(found.group(), f"bold {accent}")
            at = found.end()
        text.append(line[at:], "dim")
        how = "  " + tell(self, _("F2: no hints")) if mark else ""
        if how and cell_len(line + how) <= (self.size.width or self.app.size.width - 2):  # 0 before it is laid out
            text.append(how, "dim italic")
        if text != self.content:  # saying it again would lay the whole screen out again
            self.update(text)
        self.display = bool(text)

    def on_resize(self) -> None:
        """How to leave the lesson has room now, or no longer."""
        if self._said is not None:
            self.say(*self._said)

    @property
    def keys(self) -> list[str]:
        """The keys that are named, in order."""
        return KEY.findall(str(self.content))
