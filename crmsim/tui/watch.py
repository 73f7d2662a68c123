"""The instructor looks over a shoulder: what waits at a seat, what it was told, what it did. Nothing can be touched."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from crmsim.engine.action import label_of
from crmsim.engine.desk import Waiting
from crmsim.engine.words import N_, _, time
from crmsim.tui.conversing import going_on
from crmsim.tui.foot import Foot
from crmsim.tui.gauges import Gauges
from crmsim.tui.moments import told
from crmsim.tui.news import News
from crmsim.tui.session import Session
from crmsim.tui.speech import FACES, language, tell, tell_label
from crmsim.tui.timed import TICK, Timed
from crmsim.tui.todo import ToDo
from crmsim.tui.transcript import Transcript


class Watch(Timed):
    """One seat at a time; arrows go to the next. The clock goes on as at any desk."""

    BINDINGS = [
        Binding("left", "seat(-1)", N_("Seat before")),
        Binding("right", "seat(1)", N_("Next seat")),
        Binding("escape,q", "leave", N_("Back")),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.at = 0
        self.other = session.beside(session.company_seats[0])

    def compose(self) -> ComposeResult:
        """The seat's gauges, its papers, what it did and was told."""
        yield Gauges(self.other)
        with Horizontal(id="watch"):
            with Vertical(id="waiting"):
                yield ToDo(looked_at=True)
                yield Transcript()
            with VerticalScroll(id="did", can_focus=False):
                yield Static(id="deeds", markup=False)
            yield News(self.other)
        yield Foot()

    def on_mount(self) -> None:
        """The first seat."""
        self.look()
        self.set_interval(TICK, self.tick)

    def retell(self) -> None:
        """In the new language."""
        self.look()

    def papers(self) -> list[Waiting]:
        """Those of the seat that is watched."""
        return self.other.papers()

    def look(self) -> None:
        """Show the seat as it is now."""
        if self.session.ended:
            self.crm.finish()
            return
        self.other = self.session.beside(self.session.company_seats[self.at])
        papers = self.papers()
        gauges, news = self.query_one(Gauges), self.query_one(News)
        gauges.session = news.session = self.other
        gauges.papers = tuple(papers)
        gauges.refresh()
        self.query_one(ToDo).show(papers, self.other.minute)
        news.retell()
        self._show_talk()
        lang = language(self)
        deeds = [
            (time(minute, lang), Text(tell_label(self, label_of(kind))))
            for minute, kind in self.other.deeds(self.other.seat)
        ]
        self.query_one("#did").border_title = Text(tell(self, _("What this seat did")))
        nothing = Text(tell(self, _("Nothing yet.")), "dim italic")
        self.query_one("#deeds", Static).update(told(deeds) if deeds else nothing)

    def _show_talk(self) -> None:
        """The conversation that the seat is in, the last that was opened first."""
        talks, shown = going_on(self.other), self.query_one(Transcript)
        shown.display = bool(talks)
        if talks:
            shown.show(talks[-1], self.other.named)
            shown.border_subtitle = f"{FACES[talks[-1].face]} {tell(self, talks[-1].mood)}"

    def action_seat(self, step: int) -> None:
        """Another seat."""
        self.at = (self.at + step) % len(self.session.company_seats)
        self.look()

    def action_leave(self) -> None:
        """Back to the instructor's own desk."""
        self.app.pop_screen()
