"""The head of a desk: who sits here, what time it is, and what the seat already knows of its own work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from crmsim.crm.analysis.care import satisfied
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, N_, Words, _, clock, money, span
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell

ROOMY = 72  # cells below which the workdays are left out, for what waits and how long
WIDE = 124  # cells from which the calendar's date stands beside the day of the game
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class Gauges(Widget):
    """Two lines: the seat and the save; the clock and the gauges. Never points."""

    papers: reactive[tuple[Waiting, ...]] = reactive(tuple)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def retell(self) -> None:
        """In the new language."""
        self.refresh()

    def render(self) -> Group:
        """Both lines, each with a left and a right end of its own."""
        lines = []
        now = self._clock()
        work, more = self._work(self.size.width - now.cell_len)
        for left, right in ((self._who(more), self._kept()), (work, now)):
            grid = Grid.grid(expand=True, padding=(0, 1, 0, 0))
            grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
            grid.add_column(justify="right", no_wrap=True)
            grid.add_row(left, right)
            lines.append(grid)
        return Group(*lines)

    def _who(self, more: list[Text]) -> Text:
        """The person first, then gauges that found no room below, the company's standing and its name: each whole,
        or not at all."""
        seat, session = self.session.view.seat, self.session
        roles = " + ".join(tell(self, _("{role:role}", role=each)) for each in seat.roles)
        line = Text()
        if seat.id in session.company_seats and seat.name:
            line.append(f"{tell(self, seat.name)} ", f"bold {self.app.theme_variables['accent']}")
            line.append(f"· {roles}")
        else:  # a customer's number, or the instructor
            number = seat.id.rpartition("-")[2]
            line.append(
                f"{roles} {number}" if number.isdigit() else roles, f"bold {self.app.theme_variables['accent']}"
            )
        if len(session.seats) > 1:
            line.append(f"  {session.seats.index(session.seat) + 1}/{len(session.seats)}", "dim")
        standing = [Text(f"  {tell(self, words)}") for words in self._standing()]
        for part in (*more, *standing, Text(f"  {tell(self, session.view.settings.name)}", "dim")):
            if line.cell_len + part.cell_len + self._kept().cell_len < self.size.width:
                line.append_text(part)
        return line

    def _standing(self) -> Iterator[Words]:
        """The company's money and what its customers say of it, for seats that may know."""
        view = self.session.view
        cash, share = view.balance("cash"), satisfied(view)
        if cash:
            yield _("cash {amount}", amount=money(cash).partition(".")[0])
            if share is not None:
                yield _("satisfied {share:percent}", share=share)

    def _kept(self) -> Text:
        line = Text("")
        for words in self.session.special:
            line.append(f"{tell(self, words)}  ", f"bold {self.app.theme_variables['warning']}")
        if not self.session.save_path:
            return line.append(tell(self, _("not kept")), "dim")
        if self.session.unkept is not None:
            return line.append("✗ " + tell(self, _("not kept")), f"bold {self.app.theme_variables['error']}")
        return line.append("✓ " + tell(self, _("kept")), self.app.theme_variables["success"])

    def _clock(self) -> Text:
        session, colours = self.session, self.app.theme_variables
        day, days = session.days
        today = session.minute // DAY
        weekday = WEEKDAYS[(session.first_weekday + today) % 7]
        line = Text(tell(self, _("Day {date}, {weekday:label}", date=today + 1, weekday=weekday)))
        if self.size.width >= WIDE:
            line.append(f" {date.fromisoformat(session.scenario.calendar.first_date) + timedelta(days=today)}")
        if self.size.width >= ROOMY:
            line.append(tell(self, _(" · workday {day}/{days}", day=day, days=days)))
        line.append(f"  {clock(session.minute)}", f"bold {colours['warning']}")
        if session.pace == "live":
            line.append(" ‖" if session.paused or not session.real_day else f" ▶{session.speed}x", colours["accent"])
        return line

    def _work(self, room: int) -> tuple[Text, list[Text]]:
        """How much waits and how long; and of the gauges, those for which there is no room beside it."""
        lang, minute, colours = language(self), self.session.minute, self.app.theme_variables
        busy = self.session.view.seat.busy_until
        longest = max((minute - each.since for each in self.papers), default=0)
        overdue = sum(1 for each in self.papers if 0 < each.due < minute)
        line, late, more = Text(tell(self, _("To do {count}", count=len(self.papers)))), Text(), list[Text]()
        if overdue:
            late = Text("  " + tell(self, _("overdue {count}", count=overdue)), f"bold {colours['error']}")
        if self.papers:
            wait = Text("  " + tell(self, _("longest wait {length}", length=span(longest, lang))))
            if line.cell_len + wait.cell_len + late.cell_len < room - 1:
                line.append_text(wait)
            else:
                more.append(wait)  # what is late already is more urgent
        line.append_text(late)
        for part in [Text(f"  {tell(self, words)}", colours["warning"]) for words in self.session.gauges()]:
            if line.cell_len + part.cell_len < room - 1:  # a space stands before what is on the right
                line.append_text(part)
            else:
                more.append(part)
        if busy > minute and self.session.pace == "turn":
            until = Text("  " + tell(self, _("busy until {when}", when=clock(busy))), colours["warning"])
            if line.cell_len + until.cell_len < room - 1:  # the foot says so as well
                line.append_text(until)
        return line, more
