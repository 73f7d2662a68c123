"""Where one is: the company, the seat and what it is for, the act, and what to do next. Read before the first paper."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Static

from crmsim.crm.purposes import PURPOSES
from crmsim.engine.words import N_, _
from crmsim.tui.foot import Foot
from crmsim.tui.hint import Hint
from crmsim.tui.room import Sheet
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_label


class Briefing(Sheet[None]):
    """One page; Enter begins."""

    BINDINGS = [Binding("enter", "leave", N_("Begin"))]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """The company's name above, a button below."""
        with Vertical(classes="box"):
            yield Label(Text(tell(self, self.session.view.settings.name)), classes="heading")
            yield Static(self._words(), markup=False, classes="page")
            with Horizontal(classes="buttons"):
                yield Button(Text(tell(self, _("Begin"))), id="begin-work", variant="primary", compact=True)
        yield Hint()
        yield Foot()

    def _words(self) -> Text:
        session, accent = self.session, self.app.theme_variables["accent"]
        text = Text(f"{tell(self, session.profile)}\n\n", "dim")
        for seat in session.seats:
            found = session.seat_of(seat)
            roles = " + ".join(tell(self, _("{role:role}", role=each)) for each in found.roles)
            who = f"{tell(self, found.name)} · " if found.name and seat in session.company_seats else ""
            text.append(f"{who}{roles}\n", f"bold not dim {accent}")
            for role in found.roles:
                text.append(f"{tell_label(self, PURPOSES.get(role, ''))}\n", "not dim")
        if session.act is not None:
            text.append(f"\n{tell(self, session.act.title)}\n", "bold not dim")
            text.append(f"{tell(self, session.act.pressure)}\n", "not dim")
        count = len(session.papers())
        words = (
            _("Papers on your desk: {count}. The top one opens with Enter.", count=count)
            if count
            else _("Nothing waits on your desk yet. There, w lets time pass until something does.")
        )
        text.append(f"\n{tell(self, words)}", "not dim")
        return text

    def on_mount(self) -> None:
        """Enter begins."""
        self.query_one("#begin-work").focus()
        self.query_one(Hint).say(_("Next: [Enter] begins."))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """To work."""
        self.dismiss(None)
