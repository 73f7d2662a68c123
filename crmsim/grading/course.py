"""The course of a game, read once more with a marker's pen: its facts, entries and judgements, found by seat and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from crmsim.crm.company import Staff
from crmsim.engine.action import Judgement, Turn
from crmsim.engine.facts import Fact
from crmsim.game import Entry, Game, Header
from crmsim.game.journal import ABOUT_THE_GAME, Voided
from crmsim.game.replay import begin

F = TypeVar("F", bound=Fact)


class Course:
    """A finished replay. `judgements` are those of each entry by its action, on the world just before it."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.world = game.world
        self.judgements: list[tuple[Entry, Judgement]] = []
        self._by_kind: dict[type[Fact], list[Any]] = {}
        self._indexed = 0

    def mark(self, game: Game, entry: Entry) -> None:
        """Judge an entry on the world just before it is carried out; given to the replay."""
        turn = Turn(entry.seat, game.minute, entry.number)
        for judgement in entry.action.judge(game.world, turn):
            self.judgements.append((entry, judgement))

    @property
    def facts(self) -> list[Fact]:
        """Everything that came true."""
        return self.game.facts

    @property
    def last(self) -> int:
        """The minute up to which handling is graded."""
        return self.game.minute

    def all(self, kind: type[F]) -> list[F]:
        """The facts of a kind, in order."""
        if self._indexed != len(self.facts):
            self._by_kind.clear()
            for fact in self.facts:
                self._by_kind.setdefault(type(fact), []).append(fact)
            self._indexed = len(self.facts)
        return self._by_kind.get(kind, [])

    def where(self, kind: type[F], **fields: Any) -> Iterator[F]:
        """The facts of a kind whose fields have these values."""
        wanted = tuple(fields.items())
        return (each for each in self.all(kind) if all(getattr(each, name) == value for name, value in wanted))

    def first(self, kind: type[F], since: int = -1, **fields: Any) -> F | None:
        """The first such fact from a minute on, or None."""
        return next((each for each in self.where(kind, **fields) if each.minute >= since), None)

    def judged(self, criterion: str, seat: str) -> Iterator[tuple[Entry, Judgement]]:
        """The judgements of a seat's decisions under a criterion."""
        return ((entry, each) for entry, each in self.judgements if each.criterion == criterion and entry.seat == seat)

    def owner_at(self, record: str, minute: int) -> str:
        """Who owned a customer's record at a minute, by its history of assignments; "" when nobody."""
        from crmsim.crm.facts import CustomerAssigned

        owner = ""
        for fact in self.where(CustomerAssigned, record=record):
            if fact.minute <= minute:
                owner = fact.owner
        return owner

    def works(self, seat: str) -> bool:
        """Whether the seat is (still) with the company."""
        found = self.world.find(Staff, seat)
        return found is not None and found.active

    def waited(self, start: int, end: int | None) -> int:
        """Working minutes from start to end (to the last minute when it never came)."""
        return self.world.calendar.between(start, self.last if end is None else end)


def by_seat(facts: Iterable[F], seat: str) -> Iterator[F]:
    """The facts made by a seat."""
    return (each for each in facts if each.by == seat)


def read_course(header: Header, entries: Sequence[Entry]) -> Course:
    """Tell a game again and judge each entry on the world just before it."""
    game = begin(header)
    course = Course(game)
    struck = {each.action.entry for each in entries if isinstance(each.action, Voided)}
    for entry in entries:
        game.live_to(entry.minute)
        if entry.number not in struck and not isinstance(entry.action, ABOUT_THE_GAME):
            course.mark(game, entry)
        game.repeat_one(entry, struck)
    return course
