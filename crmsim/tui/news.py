"""What this seat was told, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import cast

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmsim.engine.facts import Fact
from crmsim.engine.words import _, time
from crmsim.tui.moments import told
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell, tell_sentence


class News(VerticalScroll):
    """The facts told to the seat, each as its sentence."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="news")
        self.session = session
        self.can_focus = False
        self._told: object = None
        self._popped = -2  # the number of the last fact that popped up; what was told before the desk opened does not

    def compose(self) -> ComposeResult:
        """One text: the facts are few."""
        yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """At once."""
        self.retell()

    def retell(self) -> None:
        """The newest facts in the reader's language."""
        session, lang = self.session, language(self)
        heard, unread, new = session.heard(), session.unread(), 0
        lines = []
        told_now = [(tell_sentence(self, session.sentence(fact)), at < unread, fact) for at, fact in enumerate(heard)]
        for same in alike(told_now):
            words, fresh, fact = same[0]
            if len(same) > 1:
                more = _("and {count} more like it", count=len(same) - 1)
                words += "  " + (f"×{len(same)}" if same[-1][0] == words else tell(self, more))
            lines.append((time(fact.minute, lang), Text(words, "" if fresh else "dim")))
            new += fresh
        if (known := (lines, unread, lang)) == self._told:
            return
        self._told = known
        self._pop_up()
        self.border_title = tell(self, _("What you were told"))
        self.border_subtitle = str(unread) if unread else ""
        self.query_one("#told", Static).update(
            told(lines, marks=new) if lines else Text(tell(self, _("No news yet.")), "italic")
        )

    def _pop_up(self) -> None:
        """Who is asked for an answer at once sees it in the corner, whatever it looks at."""
        asked = [each for each in self.session.heard() if type(each).pops and each.number > self._popped]
        if self._popped >= -1:
            for each in reversed(asked):
                cast(Room, self.screen).say(self.session.sentence(each), "warning")
        self._popped = max([-1, self._popped, *(each.number for each in asked)])


Told = tuple[str, bool, Fact]


def alike(told: list[Told]) -> Iterator[list[Told]]:
    """What stands on one line: the same words several times running, or three and more of a kind at one minute."""
    same = [list(group) for _key, group in groupby(told, key=itemgetter(0, 1))]
    for _key, group in groupby(same, key=lambda each: (type(each[0][2]), each[0][2].minute, each[0][1])):
        of_a_kind = list(group)
        yield from [list(chain(*of_a_kind))] if of_a_kind[2:] else of_a_kind
