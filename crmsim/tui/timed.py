"""The keys by which a desk lets time pass: wait, pause, speed, end the game."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding

from crmsim.engine.desk import Waiting
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, _
from crmsim.tui.advice import tell_elsewhere
from crmsim.tui.ask import Ask
from crmsim.tui.briefing import Briefing
from crmsim.tui.gauges import Gauges
from crmsim.tui.pacing import SPEEDS
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.stop import Stop

TIME = "time"  # what is said of time that passes
TICK = 0.5  # seconds of real time between two looks at a running clock


class Timed(Room):
    """A room with a clock above it. What it shows is looked at again whenever time has passed."""

    BINDINGS = [
        Binding("w", "wait", N_("Wait until needed")),
        Binding("1,f6", "wait_minutes(10)", N_("Wait 10 min"), show=False),
        Binding("6,f7", "wait_minutes(60)", N_("Wait 60 min"), show=False),
        Binding("p", "pause", N_("Pause")),
        Binding("plus", "faster", N_("Speed")),
        Binding("f9", "end", N_("End the game"), show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._warned: list[Waiting] = []  # the papers that the player was last told of before time passed

    def look(self) -> None:
        """Show what is so now."""

    def papers(self) -> list[Waiting]:
        """What waits for the seat that is looked at."""
        return self.session.papers()

    def from_the_top(self) -> None:
        """Time was let pass: what is most urgent now comes first."""

    def tick(self) -> None:
        """The running clock goes on, but not while one reads where one is."""
        if self.session.pace == "live" and not isinstance(self.app.screen, Briefing | Stop):
            self._pass_time(lambda: self.session.tick(int(TICK * 1000)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the running clock only where it runs; the next seat only where there is one."""
        if action in {"pause", "faster"}:
            return self.session.pace == "live"
        return len(self.session.seats) > 1 if action == "next_seat" else True

    def action_wait(self) -> None:
        """Until something needs this seat."""
        self._pass_time(self._wait_until_needed)
        self.from_the_top()

    def _wait_until_needed(self) -> None:
        session = self.session
        papers = session.pressing()
        idle = session.busy_until <= session.minute  # whoever is busy can do none of it, and is told that w waits
        if idle and papers and papers != self._warned:  # nobody lets a day go by with its work undone by one key
            self._warned = papers
            self.say(_("Waiting for you already: {count}. Enter opens the first; pressing w again lets time pass.",
                       count=len(papers)), "warning", TIME)  # fmt: skip
            return
        new = session.wait_until_needed()
        if session.ended:
            return
        if session.kept_waiting:
            self.say(_("Waited before and still do: {count}. Enter opens the first.",
                       count=session.kept_waiting), "warning", TIME)  # fmt: skip
        elif not new and not session.called:
            self.say(_("Nothing new until now."), about=TIME)
        tell_elsewhere(self, session)

    def _pass_time(self, pass_it: Callable[[], object]) -> object:
        """Let time pass; when it cannot be kept on disk it stands, and the reason is said."""
        try:
            passed = pass_it()
        except CrmsimError as error:
            self.session.paused = True
            self.say(error.message, "error")
            passed = None
        if self.app.screen is self:
            self.look()
        elif self.is_mounted:  # a sheet lies over it: its clock stays in sight, and what waits
            self.query_one(Gauges).papers = tuple(self.papers())
            self.query_one(Gauges).refresh()
        return passed

    def action_wait_minutes(self, minutes: int) -> None:
        """Some working time."""
        self._pass_time(lambda: self.session.wait(minutes))
        self.from_the_top()

    def action_pause(self) -> None:
        """Stop or start the running clock."""
        self.session.paused = not self.session.paused
        self.query_one(Gauges).refresh()

    def action_faster(self) -> None:
        """The next speed, from the fastest back to the first."""
        self.session.speed = SPEEDS[(SPEEDS.index(self.session.speed) + 1) % len(SPEEDS)]
        self.query_one(Gauges).refresh()

    def action_end(self) -> None:
        """End the game for good, when that is meant."""

        def end(sure: bool | None) -> None:
            if sure:
                self.session.end()
                self.look()

        self.app.push_screen(Ask(_("End the game for good, and be graded on it so far?"), _("End it")), end)
