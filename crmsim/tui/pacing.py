"""The game's side of a session: time, pace, acts and their stops, who sits where, the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crmsim.crm.company import INSTRUCTOR, CompanyView
from crmsim.engine.action import fields_of
from crmsim.engine.desk import Idea, Table, Waiting, gauges, ideas, to_do
from crmsim.engine.fields import Pick
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, Message
from crmsim.game import Game
from crmsim.game.crew import BOT
from crmsim.roles import TABLES
from crmsim.scenarios.schema import ActPart
from crmsim.tui.lesson import Lesson

SPEEDS = (1, 2, 4, 8)
A_WHILE = 60  # minutes of work that pass at most while something waits that should not lie
LOOK_AGAIN = 30  # minutes after which "wait until needed" looks at the papers even when nothing was told
INTENTION = 80  # characters
REAL_DAY = 120  # real seconds that a working day takes where no act says so


class Pacing:
    """A hold on one game's time, for the seats that a player holds."""

    def __init__(self, game: Game, seats: Sequence[str]) -> None:
        self._game = game
        self.seats = tuple(seats) or tuple(game.world.seats)[:1]
        self.seat = self.seats[0]
        self.paused = False
        self.speed = 1
        self.lesson = Lesson(game.scenario.lesson, game.pace == "live")
        self.kept_waiting = 0  # papers that waited before the player last let time pass, and do still
        self.called: tuple[str, ...] = ()  # the other seats of the player's for which something new came then
        self._owed = 0  # thousandths of real seconds times minutes of a day that the running clock still owes
        self._act = self._act_now()

    @property
    def view(self) -> CompanyView:
        """What the seat sees."""
        return self._game.view(self.seat)

    def papers(self, seat: str = "") -> list[Waiting]:
        """What waits for a seat, most urgent first; what was done and is only not filed yet waits no more."""
        view = self._game.view(seat or self.seat)
        return [each.as_told() for each in to_do(view, TABLES) if _open(each, view)]

    def ideas(self) -> list[tuple[Table, Idea]]:
        """What could be done while nothing waits."""
        return ideas(self.view, TABLES)

    def gauges(self) -> list[Message]:
        """What the seat knows of its own work, beyond what waits."""
        return gauges(self.view, TABLES)

    @property
    def state(self) -> tuple[object, ...]:
        """Changes whenever something may have changed for the seat."""
        return self.seat, self.seats, self.minute, self._game.world.version, len(self._game.facts)

    @property
    def unkept(self) -> Exception | None:
        """Why what was done last is not in the save; None while it is."""
        return None if self._game.keeper is None else self._game.keeper.trouble

    # -- time

    @property
    def minute(self) -> int:
        """Now."""
        return self._game.minute

    @property
    def busy_until(self) -> int:
        """Until when the seat is at work; in live pace a person's own seconds are the cost."""
        return self.view.seat.busy_until if self.pace == "turn" else 0

    @property
    def ended(self) -> bool:
        """Whether the game is over."""
        return self._game.ended

    @property
    def days(self) -> tuple[int, int]:
        """Today's working day, and how many the game has."""
        calendar = self._game.world.calendar
        today = calendar.worked(self.minute) // calendar.minutes_a_day + 1
        return min(today, self._game.scenario.calendar.days), self._game.scenario.calendar.days

    @property
    def first_weekday(self) -> int:
        """The weekday of day one; 0 is Monday."""
        return int(self._game.scenario.calendar.first_weekday)

    @property
    def pace(self) -> str:
        """`turn` or `live`."""
        return self._game.pace

    @property
    def teaching(self) -> bool:
        """Whether an instructor sits here."""
        return INSTRUCTOR in self.seats

    def wait(self, minutes: int) -> None:
        """Let working time pass."""
        calendar = self.view.calendar
        self._game.advance_to(self._game.free_from(self.seat, calendar.after(self.minute, minutes)))
        self._game.mark_time()

    def pressing(self) -> list[Waiting]:
        """The papers with which nobody lets a day go by: while one learns all of them, later those of today, and
        whoever waits for an answer."""
        closes = (self.minute // DAY + 1) * DAY
        return [each for each in self.papers() if self.lesson.on or each.calls or 0 < each.due < closes]

    def wait_until_needed(self) -> bool:
        """Let time pass until a new paper waits for the seat (True) or for another of the player's, which `called` then
        tells, at most until the next morning (False).

        With a paper on the desk that should not lie it is a while only, and so it is for an instructor, whom nothing
        ever needs.
        """
        game, calendar, known = self._game, self.view.calendar, self._waiting(self.seats)
        morning = calendar.next_open((self.minute // DAY + 1) * DAY)
        if self.teaching or self.pressing():
            morning = min(morning, calendar.next_open(max(self.busy_until, calendar.after(self.minute, A_WHILE))))
        told, looked, rested = len(game.facts), self.minute, self._free()
        while game.minute < morning and not game.ended:
            game.live_to(min(morning, max(game.minute, game.next_event()) + 1))
            free, heard = self._free(), any(game.view(each).heard(told) for each in self.seats)
            if not free or (free == rested and not heard and game.minute < looked + LOOK_AGAIN):
                continue
            told, looked, rested = len(game.facts), game.minute, free
            if self._waiting(free) - known:
                break
        game.mark_time()
        now = self._waiting(self.seats)
        self.kept_waiting = sum(1 for seat, _paper in now & known if seat == self.seat)
        new = {seat for seat, _paper in now - known}
        self.called = tuple(each for each in self.seats if each in new - {self.seat})
        return self.seat in new

    def _free(self) -> tuple[str, ...]:
        """Those of the player's seats that could do something now."""
        return tuple(each for each in self.seats if self._game.free_from(each, self.minute) <= self.minute)

    def _waiting(self, seats: Iterable[str]) -> set[tuple[str, tuple[str, int, str, str]]]:
        return {(seat, _key(each)) for seat in seats for each in self.papers(seat)}

    def tick(self, milliseconds: int) -> bool:
        """Let the running clock go on by some real time; whether any game time passed."""
        if self.pace != "live" or self.paused or self.ended or not self.real_day:
            return False
        calendar = self.view.calendar
        self._owed += milliseconds * self.speed * calendar.minutes_a_day
        minutes, self._owed = divmod(self._owed, 1000 * self.real_day)
        if minutes:
            self._game.advance_to(calendar.next_open(self.minute + minutes))
        return bool(minutes)

    @property
    def real_day(self) -> int:
        """The real seconds that a working day of this act takes in live pace; 0 when its clock stands."""
        acts = self._game.scenario.acts
        return acts[self._act_now()].seconds_a_day if acts else REAL_DAY

    def mark_time(self) -> None:
        """Enter the time that has passed, so that what is on disk ends now."""
        if not self.ended:
            self._game.mark_time()

    def end(self) -> None:
        """End the game for good."""
        self._game.end()

    # -- acts and their stops

    @property
    def intention(self) -> str:
        """What the player set out to do at the last stop; kept in the journal."""
        return safe_text(self._game.intention(*self.seats), INTENTION)

    def intend(self, words: str) -> None:
        """Set out to do something otherwise."""
        words = safe_text(words, INTENTION).replace("\n", " ").strip()
        if words != self.intention:
            self._game.intend(self.seat, words)

    def _act_now(self) -> int:
        first = [at for at, act in enumerate(self._game.scenario.acts) if act.first_day <= self.days[0]]
        return first[-1] if first else 0

    @property
    def act(self) -> ActPart | None:
        """The act that is played now; None in a scenario without acts."""
        acts = self._game.scenario.acts
        return acts[self._act_now()] if acts else None

    def act_over(self) -> ActPart | None:
        """The act that ended since the last stop, if one did; asked once, it is no longer new."""
        before, self._act = self._act, self._act_now()
        if before == self._act:
            return None
        self._owed = 0
        return self._game.scenario.acts[before]

    def so_far(self) -> tuple[Any, ...]:
        """How each seat has handled what came to it until now; takes as long as telling the game again does."""
        from crmsim.grading.stop import so_far

        return so_far(self._game)

    # -- who sits where

    @property
    def company_seats(self) -> list[str]:
        """The seats of the company that a person may hold."""
        return [each.id for each in self._game.scenario.seats]

    def holder(self, seat: str) -> str:
        """Who holds a seat: a person, or a bot of some level."""
        return self._game.holders.get(seat, "")

    def hold(self, seats: Iterable[str]) -> None:
        """Hold these seats from now on: bots take over what is left, and leave what is taken."""
        from crmsim.public import bots_of

        game = self._game
        wanted = [each for each in seats if each in game.world.seats]
        if not wanted:
            return
        person = self.holder(self.seats[0]) or "person"
        for seat in [each for each in self.seats if each not in wanted]:
            level = next((each for each in game.holders.values() if each.startswith(BOT)), f"{BOT}competent")
            game.take_seat(seat, level, bots_of(game.scenario, {seat: level}).get(seat))
        for seat in [each for each in wanted if each not in self.seats]:
            game.take_seat(seat, person)
        self.seats = tuple(wanted)
        self.seat = self.seat if self.seat in wanted else wanted[0]

    def next_seat(self) -> None:
        """The next of the player's seats."""
        self.seat = self.seats[(self.seats.index(self.seat) + 1) % len(self.seats)]


def _key(paper: Waiting) -> tuple[str, int, str, str]:
    return paper.action.__name__, paper.since, str(paper.what), repr(paper.filled)


def _open(paper: Waiting, view: CompanyView) -> bool:
    """Whether the rows that a paper is about can still be chosen for it."""
    fields = fields_of(paper.action)
    picks = [name for name in paper.filled if name in fields and isinstance(fields[name].kind, Pick)]
    return all(fields[name].kind.refuse(view, paper.filled, paper.filled[name]) is None for name in picks)
