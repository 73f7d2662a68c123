"""What this seat was told, newest first."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmsim.engine.words import _, time
from crmsim.tui.moments import told
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell


class News(VerticalScroll):
    """The facts told to the seat, each as its sentence."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="news")
        self.session = session
        self.can_focus = False

    def compose(self) -> ComposeResult:
        """One text: the facts are few."""
        yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """At once."""
        self.retell()

    def retell(self) -> None:
        """The newest facts in the reader's language."""
        session, lang = self.session, language(self)
        unread = session.unread()
        lines = []
        for at, fact in enumerate(session.heard()):
            new = at < unread
            words = Text(tell(self, session.sentence(fact)), "" if new else "dim")
            lines.append((time(fact.minute, lang), words))
        self.border_title = tell(self, _("What you were told"))
        self.border_subtitle = str(unread) if unread else ""
        self.query_one("#told", Static).update(
            told(lines, marks=unread) if lines else Text(tell(self, _("No news yet.")), "italic")
        )
