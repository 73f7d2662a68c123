"""The one bridge between screens and a game.

A seat's side: look at a view, list what is legal, do an action, hear the facts meant for the seat. The game's side:
pace, pause, wait, change the seat, end, save. No other module of the interface holds a Game.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from crmsim.crm.company import CompanyView
from crmsim.crm.naming import name_of, sentence_of
from crmsim.engine.action import Action, Refusal, Turn, apply, belongs, unavailable
from crmsim.engine.desk import Table, Waiting, to_do
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, Message, Words, _
from crmsim.engine.world import Entity, Seat
from crmsim.game import Game
from crmsim.roles import ACTIONS, TABLES

SPEEDS = (1, 2, 4, 8)
LOOK_AGAIN = 30  # minutes after which "wait until needed" looks at the papers even when nothing was told


class Session:
    """A player's hold on one game, at one of the seats the player holds."""

    def __init__(self, game: Game, seats: Sequence[str], save_path: str = "") -> None:
        self._game = game
        self.seats = tuple(seats) or tuple(game.world.seats)[:1]
        self.seat = self.seats[0]
        self.save_path = save_path
        self.paused = False
        self.speed = 1
        self._owed = 0  # thousandths of a game minute that the running clock still owes
        self._read: dict[str, int] = {}
        self.on_leave: Callable[[], None] | None = None

    # -- a seat's side

    @property
    def view(self) -> CompanyView:
        """What the seat sees."""
        return self._game.view(self.seat)

    @property
    def tables(self) -> list[Table]:
        """The tables of this seat's desk."""
        return [each for each in TABLES if belongs(each, self.view)]

    @property
    def actions(self) -> list[type[Action]]:
        """The kinds of action that belong to this seat."""
        return [each for each in ACTIONS if belongs(each, self.view)]

    def papers(self) -> list[Waiting]:
        """What waits for the seat, most urgent first."""
        return to_do(self.view, TABLES)

    def row_of(self, action: type[Action], field: str, id: str) -> tuple[Table, Any] | None:
        """The row that a field of an action names, with the table it stands in."""
        for table in self.tables if id else ():
            if (action, field) in table.actions:
                for row in table.rows(self.view):
                    if getattr(row, "id", "") == id:
                        return table, row
        return None

    def closed(self, action: type[Action]) -> Refusal | None:
        """Why a kind of action cannot be chosen now; None when its form may be opened."""
        return unavailable(action, self.view)

    def why_not(self, action: Action) -> Refusal | None:
        """Why this very action is refused; None when it can be done."""
        return self._game.refusal(self.seat, action)

    def do(self, action: Action) -> tuple[Fact, ...]:
        """Do an action; in turn pace time then moves to when one of the player's seats is free."""
        facts = self._game.apply(self.seat, action)
        if self.pace == "turn":
            free = min(self._game.free_from(each, self.minute) for each in self.seats)
            if free > self.minute:
                self._game.advance_to(free)
        return facts

    def heard(self, most: int = 60) -> list[Fact]:
        """The facts told to this seat, newest first."""
        return self.view.heard()[: -most - 1 : -1]

    def unread(self) -> int:
        """How many facts this seat was told since it last looked."""
        return len(self.view.heard(self._read.get(self.seat, 0)))

    def mark_read(self) -> None:
        """The seat has looked at what it was told."""
        self._read[self.seat] = len(self._game.facts)

    def sentence(self, fact: Fact) -> Message:
        """A fact as a sentence, with names where the seat may know them."""
        return sentence_of(self.view, fact)

    def words_of(self, action: Action, kind: type[Entity], id: str) -> Words:
        """What would be said in a conversation by this very action, tried on a copy that is thrown away."""
        world = self._game.world.copy()
        apply(action, world, Turn(self.seat, self.minute))
        row: Any = CompanyView(world, self.seat).get(kind, id)
        said = [each.words for each in row.conversation(CompanyView(world, self.seat)).lines if each.mine]
        return said[-1] if said else ""

    def named(self, id: str) -> Words:
        """What an id is called, as far as this seat may know."""
        return name_of(self.view, id)

    # -- the game's side

    @property
    def title(self) -> Words:
        """The scenario's title."""
        title: Words = self._game.scenario.meta.title
        return title

    @property
    def minute(self) -> int:
        """Now."""
        return self._game.minute

    @property
    def ended(self) -> bool:
        """Whether the game is over."""
        return self._game.ended

    @property
    def days(self) -> tuple[int, int]:
        """Today's working day, and how many the game has."""
        calendar = self.view.calendar
        today = calendar.worked(self.minute) // calendar.minutes_a_day + 1
        return min(today, self._game.scenario.calendar.days), self._game.scenario.calendar.days

    @property
    def pace(self) -> str:
        """`turn` or `live`."""
        return self._game.pace

    def holder(self, seat: str) -> str:
        """Who holds a seat: a person, or a bot of some level."""
        return self._game.holders.get(seat, "")

    def seat_of(self, seat: str) -> Seat:
        """A seat as anyone in the company knows it."""
        return self._game.view(seat).seat

    def change_seat(self, seat: str) -> None:
        """Sit down at another of the player's seats."""
        if seat in self.seats:
            self.seat = seat

    def next_seat(self) -> None:
        """The next of the player's seats."""
        self.seat = self.seats[(self.seats.index(self.seat) + 1) % len(self.seats)]

    def price(self, action: Action) -> tuple[int, int, int]:
        """What an action costs now: working minutes, the minute it ends, and how many papers pass their limit."""
        view = self.view
        cost = action.cost(self._game.world) if self.pace == "turn" else 0
        end = view.calendar.after(self.minute, cost) if cost else self.minute
        late = sum(1 for each in self.papers() if self.minute <= each.due < end)
        return cost, end, late

    def wait(self, minutes: int) -> None:
        """Let working time pass."""
        calendar = self.view.calendar
        self._game.advance_to(self._game.free_from(self.seat, calendar.after(self.minute, minutes)))
        self._game.mark_time()

    def wait_until_needed(self) -> bool:
        """Let time pass until a new paper waits for the seat (True), at most until the next morning (False)."""
        game, view = self._game, self.view
        calendar = view.calendar
        known = {_key(each) for each in self.papers()}
        morning = calendar.next_open((self.minute // DAY + 1) * DAY)
        told, looked = len(game.facts), self.minute
        while game.minute < morning and not game.ended:
            game.live_to(min(morning, max(game.minute, game.next_event()) + 1))
            free = game.free_from(self.seat, game.minute) <= game.minute
            if not free or (not view.heard(told) and game.minute < looked + LOOK_AGAIN):
                continue
            told, looked = len(game.facts), game.minute
            if any(_key(each) not in known for each in self.papers()):
                game.mark_time()
                return True
        game.mark_time()
        return False

    def tick(self, milliseconds: int) -> bool:
        """Let the running clock go on by some real time; whether any game time passed."""
        if self.pace != "live" or self.paused or self.ended:
            return False
        calendar = self.view.calendar
        self._owed += milliseconds * self.speed * self._minutes_a_real_day(calendar.minutes_a_day)
        minutes, self._owed = divmod(self._owed, 1000)
        if minutes:
            self._game.advance_to(calendar.next_open(self.minute + minutes))
        return bool(minutes)

    def _minutes_a_real_day(self, minutes_a_day: int) -> int:
        """Game minutes a real second, from the act's real seconds a day; 0 when its clock stands."""
        seconds = 120
        for act in self._game.scenario.acts:
            if act.first_day <= self.days[0]:
                seconds = act.seconds_a_day
        return max(1, minutes_a_day // seconds) if seconds else 0

    def save(self) -> None:
        """Enter the time that has passed, so that what is on disk ends now."""
        if not self.ended:
            self._game.mark_time()

    def close(self) -> None:
        """Leave the game; it can be resumed from its file."""
        self.save()
        if self.on_leave is not None:
            self.on_leave()

    def end(self) -> None:
        """End the game for good."""
        self._game.end()

    def card(self, lang: str) -> Any:
        """The grade card, to be drawn; None when there is none."""
        grading = import_module("crmsim.grading")
        draw = getattr(grading, "card", None)
        return draw(grading.grade_game(self._game), lang) if draw is not None else None

    def outcome(self) -> list[tuple[Message, int]]:
        """What the company came to, for the last screen."""
        ledger = self._game.world.ledger
        return [(_("Cash"), ledger.balance("cash")), (_("Sales"), -ledger.balance("sales"))]


def _key(paper: Waiting) -> tuple[str, int, str, str]:
    return paper.action.__name__, paper.since, str(paper.what), repr(paper.filled)
