"""The one bridge between screens and a game.

A seat's side: look at a view, list what is legal, do an action, hear the facts meant for the seat. The game's side:
pace, pause, wait, change the seat, end, save. No other module of the interface holds a Game.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from rich.console import Group

from crmsim.crm.analysis.all import report_of
from crmsim.crm.company import INSTRUCTOR, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.naming import name_of, sentence_of
from crmsim.engine.action import Action, Refusal, Turn, apply, belongs, fields_of, unavailable
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.facts import Fact
from crmsim.engine.fields import Pick, Several
from crmsim.engine.words import Message, Words, _
from crmsim.engine.world import Entity, Seat
from crmsim.game import Game
from crmsim.roles import ACTIONS, TABLES
from crmsim.scenarios.schema import Scenario
from crmsim.tui.pacing import Pacing
from crmsim.tui.reel import Reel, came_to


class Session(Pacing):
    """A player's hold on one game, at one of the seats the player holds."""

    def __init__(self, game: Game, seats: Sequence[str], save_path: str = "", fresh: bool = False) -> None:
        super().__init__(game, seats)
        self.save_path = save_path
        self.fresh = fresh  # nobody has read yet where they are
        self.drafts: dict[tuple[str, str], str] = {}  # own words not said yet, by seat and conversation
        self.forms: dict[tuple[object, ...], dict[str, Any]] = {}  # filled in and left, by seat, form and what it is of
        self._read: dict[str, int] = {}
        self._bests: Any = None  # what was better than ever in this game, once it was looked at
        self.on_leave: Callable[[], None] | None = None

    # -- a seat's side

    @property
    def tables(self) -> list[Table]:
        """The tables of this seat's desk."""
        return [each for each in TABLES if belongs(each, self.view)]

    @property
    def actions(self) -> list[type[Action]]:
        """The kinds of action that belong to this seat."""
        return [each for each in ACTIONS if belongs(each, self.view)]

    def row_of(self, action: type[Action], field: str, id: str) -> tuple[Table, Any] | None:
        """The row that a field of an action names, with the table it stands in."""
        for table in self.tables if id else ():
            if (action, field) in table.actions:
                for row in table.rows(self.view):
                    if getattr(row, "id", "") == id:
                        return table, row
        return None

    def subject(self, row: Any) -> tuple[Table, Any] | None:
        """What a row is or names, if a table tells its story."""
        for table in self.tables:
            if table.about is not None and row is not None:
                kind = table.about.__name__
                id = getattr(row, "id" if type(row).__name__ == kind else kind.lower(), "")
                found = self.view.get(table.about, id) if id else None
                if found is not None:
                    return table, found
        return None

    def shown_of(self, row: Any) -> list[tuple[Column, Any]]:
        """Every column in which a row stands in some table of this desk, each once."""
        found: dict[Words, tuple[Column, Any]] = {}
        for table in self.tables:
            if report_of(table.id) is None and table.about is None:
                same = (each for each in table.rows(self.view) if type(each) is type(row) and each.id == row.id)
                for each in islice(same, 1):
                    for column in table.columns:
                        found.setdefault(column.label, (column, each))
        return list(found.values())

    def closed(self, action: type[Action]) -> Refusal | None:
        """Why a kind of action cannot be chosen now; None when its form may be opened."""
        return unavailable(action, self.view)

    def fitting(self, table: Table, rows: list[Any]) -> list[tuple[type[Action], str, Words | None]]:
        """The seat's actions that fit rows of a table, each with its field and with why it is closed.
        Without a row these are what stands beside the table."""
        found: list[tuple[type[Action], str, Words | None]] = []
        for action, name in table.actions:
            closed: Words | None = self.closed(action)
            if action in self.actions and not name:  # it stands beside the table, and takes no row of it
                found.append((action, name, closed))
            elif rows and action in self.actions and all(getattr(row, "id", "") for row in rows):
                fits = all(fields_of(action)[name].kind.refuse(self.view, {}, each) is None
                           for each in self.handed(action, name, rows))  # fmt: skip
                misfit = _("not with this one") if len(rows) == 1 else _("not with these")
                found.append((action, name, None if fits else closed or misfit))
        found.sort(key=lambda each: (not each[1], len(self.handed(each[0], each[1], rows))))
        return sorted(found, key=lambda each: each[2] is not None)

    @staticmethod
    def handed(action: type[Action], name: str, rows: list[Any]) -> list[Any]:
        """What a field takes of rows: all of them at once, or one after another."""
        ids = [row.id for row in rows] if name else []
        return [tuple(ids)] if name and isinstance(fields_of(action)[name].kind, Several) else ids

    def why_not(self, action: Action) -> Refusal | None:
        """Why this very action is refused; None when it can be done."""
        return self._game.refusal(self.seat, action)

    def do(self, action: Action) -> tuple[Fact, ...]:
        """Do an action; in turn pace time then moves to when one of the player's seats is free."""
        facts = self._game.apply(self.seat, action)
        self.lesson.did()
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
        """The scenario's title, and what is special about this game of it."""
        from crmsim.tui.again import titled

        return titled(self._game.scenario)

    @property
    def special(self) -> list[Words]:
        """That it is practice, or played by hand, or a challenge."""
        from crmsim.tui.again import special

        return special(self._game.scenario, self._game.practice)

    @property
    def scenario(self) -> Scenario:
        """The scenario that is played."""
        return self._game.scenario

    @property
    def profile(self) -> Words:
        """What the company is, as a handbook would say."""
        profile: Words = self._game.scenario.company.profile
        return profile

    def team(self) -> list[tuple[Message, str]]:
        """What the company has come to so far, as everybody in it may know, and nobody else."""
        return came_to(self._game) if self.in_company else []

    @property
    def in_company(self) -> bool:
        """Whether any seat held is one of the company's, or looks on it: customers are not told its business."""
        return not {*self.company_seats, INSTRUCTOR}.isdisjoint(self.seats)

    def seat_of(self, seat: str) -> Seat:
        """A seat as anyone in the company knows it."""
        return self._game.view(seat).seat

    def price(self, action: Action, times: int = 1) -> tuple[int, int, int]:
        """What an action costs now: working minutes, the minute it ends, and how many other papers pass their limit."""
        cost = action.cost(self._game.world) * times if self.pace == "turn" else 0
        end = self.view.calendar.after(self.minute, cost) if cost else self.minute
        others = (each for each in self.papers() if not _serves(action, each))
        return cost, end, sum(1 for each in others if self.minute <= each.due < end)

    def close(self) -> None:
        """Leave the game; it can be resumed from its file."""
        self.mark_time()
        if self.on_leave is not None:
            self.on_leave()

    def card(self, lang: str) -> Any:
        """The grade card, to be drawn."""
        from crmsim.grading import grade_game
        from crmsim.grading.bests import note, told
        from crmsim.grading.card import card

        report = grade_game(self._game)
        if self._bests is None:
            self._bests = note(self._game.header(), report) if self.save_path else {}
        return Group(card(report, lang), *told(self._bests, lang))

    def beside(self, seat: str) -> Session:
        """Another seat's side of the same game, to look at."""
        other = Session(self._game, [seat], self.save_path)
        other.paused, other.speed = self.paused, self.speed
        other.lesson.on = False
        return other

    def deeds(self, seat: str, most: int = 40) -> list[tuple[int, type[Action]]]:
        """What a seat did, newest first: when, and which kind of action."""
        done = [(each.minute, type(each.action)) for each in self._game.journal if each.seat == seat]
        return done[: -most - 1 : -1]

    # -- when it is over

    def epilogue(self) -> tuple[Message, ...]:
        """What became of the customers afterwards; takes some seconds, on a copy."""
        from crmsim.bots import played_on
        from crmsim.grading.outcome import epilogue

        return epilogue(self._game, played_on(self._game))

    def customers(self) -> list[Any]:
        """The customers as they were in truth, those with most to tell first; empty before the end."""
        found = list(self.view.all(Customer)) if self.ended else []
        return sorted(found, key=lambda each: (-len(each.story), each.id))

    def stories(self) -> dict[str, Any]:
        """What they went through, by their ids; nobody's before the end."""
        from crmsim.grading.stories import stories

        return {each.customer: each for each in stories(self._game)} if self.ended else {}

    def report(self, lang: str) -> Any:
        """The lab report on this game, to be written on."""
        from pathlib import Path

        from crmsim.grading.writing import Draft

        return Draft(self._game, Path(self.save_path), lang)

    def reel(self) -> Reel:
        """The game so far, to be told again."""
        self.mark_time()
        return Reel(self._game.header(), self._game.journal)


def _serves(action: Action, paper: Waiting) -> bool:
    """Whether this very action is what a paper waits for."""
    if type(action) is not paper.action:
        return False
    picks = [name for name, each in fields_of(paper.action).items() if isinstance(each.kind, Pick)]
    return all(getattr(action, name) == paper.filled[name] for name in picks if name in paper.filled)
