"""The head of a desk: who sits here, what time it is, and what the seat already knows of its own work."""

from __future__ import annotations

from rich.table import Table as Grid
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from crmsim.engine.desk import Waiting
from crmsim.engine.words import _, clock, money, span
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell


class Gauges(Widget):
    """Two lines: the seat and the save; the clock and the gauges. Never points."""

    papers: reactive[tuple[Waiting, ...]] = reactive(tuple)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def retell(self) -> None:
        """In the new language."""
        self.refresh()

    def render(self) -> Grid:
        """Both lines, each with a left and a right end."""
        grid = Grid.grid(expand=True, padding=0)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(self._who(), self._kept())
        grid.add_row(self._work(), self._clock())
        return grid

    def _who(self) -> Text:
        seat, view = self.session.view.seat, self.session.view
        roles = " + ".join(tell(self, _("{role:label}", role=each)) for each in seat.roles)
        name = seat.name if seat.id in self.session.company_seats and seat.name else seat.id
        line = Text(" ")
        line.append(tell(self, view.settings.name), "bold")
        line.append(f"  {name}", f"bold {self.app.theme_variables['accent']}")
        line.append(f" · {roles}")
        if len(self.session.seats) > 1:
            line.append(f"  {self.session.seats.index(self.session.seat) + 1}/{len(self.session.seats)}", "dim")
        return line

    def _kept(self) -> Text:
        if not self.session.save_path:
            return Text(tell(self, _("not kept")) + " ", "dim")
        return Text("✓ " + tell(self, _("kept")) + " ", self.app.theme_variables["success"])

    def _clock(self) -> Text:
        session, colours = self.session, self.app.theme_variables
        day, days = session.days
        line = Text(tell(self, _("Day {day} of {days}", day=day, days=days)))
        line.append(f"  {clock(session.minute)} ", f"bold {colours['warning']}")
        if session.pace == "live":
            line.append("⏸ " if session.paused else f"▶{session.speed}x ", colours["accent"])
        return line

    def _work(self) -> Text:
        lang, minute, colours = language(self), self.session.minute, self.app.theme_variables
        busy = self.session.view.seat.busy_until
        longest = max((minute - each.since for each in self.papers), default=0)
        overdue = sum(1 for each in self.papers if 0 < each.due < minute)
        parts = [tell(self, _("To do {count}", count=len(self.papers)))]
        if self.papers:
            parts.append(tell(self, _("longest wait {length}", length=span(longest, lang))))
        line = Text(" " + "  ".join(parts))
        if overdue:
            line.append("  " + tell(self, _("overdue {count}", count=overdue)), f"bold {colours['error']}")
        for words in self.session.gauges():
            line.append("  " + tell(self, words), colours["warning"])
        cash = self.session.view.balance("cash")
        if cash:
            line.append("  " + tell(self, _("cash {amount}", amount=money(cash).partition(".")[0])), "dim")
        if busy > minute and self.session.pace == "turn":
            line.append("  " + tell(self, _("busy until {when}", when=clock(busy))), colours["warning"])
        return line
