"""The world: entities in tables, facts in order, money in a ledger, luck, a calendar and an agenda.

State is whole numbers, text and tuples. A value held by an entity is replaced, never changed in place, so that a
copy of the world needs only shallow copies (docs/developer.md tells more).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from crmsim.engine.clock import Agenda, Calendar
from crmsim.engine.entity import ENCODER, NOT_YET, Entity, Log, Seat, Seen, copy_table, digest_of, seen, watch
from crmsim.engine.facts import Fact, History
from crmsim.engine.ledger import Ledger
from crmsim.engine.luck import Luck

if TYPE_CHECKING:
    from crmsim.engine.action import Action

__all__ = ["NOT_YET", "Entity", "Log", "Seat", "Seen", "World", "seen"]
E = TypeVar("E", bound=Entity)
T = TypeVar("T")


class World:
    """The truth of one game. Actions are its only writers."""

    def __init__(self, scenario: Any, luck: Luck, calendar: Calendar, minute: int = 0) -> None:
        self.scenario = scenario
        self.luck = luck
        self.calendar = calendar
        self.agenda = Agenda(minute)
        self.ledger = Ledger()
        self.tables: dict[type[Entity], dict[str, Any]] = {}
        self.facts: list[Fact] = []
        self.history = History(self.facts)
        self.subscribers: list[Callable[[Fact], None]] = []
        self.ended = False
        self.actor = ""
        self.version = 0  # counts the actions carried out, so that a view knows when to look again
        self.seats: dict[str, Seat] = {}  # the company's and the playable customers', by id
        self.deputies: dict[str, str] = {}  # customer id -> the seat of the person who plays it
        self._unseated: dict[str, Seat] = {}  # whoever acts and sits nowhere
        self._issued: dict[str, int] = {}
        self._of: dict[type[Entity], dict[str, list[Any]]] = {}
        self._logs: dict[type[Entity], Log] = {}
        self.sights: dict[Any, Any] = {}  # what each seat sees, kept by its views
        self._told, self._told_facts = blake2b(digest_size=32), 0

    @property
    def minute(self) -> int:
        """Now, in minutes since midnight of day one."""
        return self.agenda._now  # type: ignore[return-value]

    # -- entities

    def table(self, kind: type[E]) -> dict[str, E]:
        """All entities of a kind, by id, in the order they came."""
        found: dict[str, E] | None = self.tables.get(kind)
        if found is None:
            found = self.tables[kind] = {}
        return found

    def get(self, kind: type[E], id: str) -> E:
        """One entity; KeyError when there is none."""
        found: E = self.tables[kind][id]
        return found

    def find(self, kind: type[E], id: str) -> E | None:
        """One entity, or None."""
        table = self.tables.get(kind)
        return None if table is None else table.get(id)

    def all(self, kind: type[E]) -> Iterator[E]:
        """The entities of a kind, in the order they came."""
        return iter(self.table(kind).values())

    def of(self, kind: type[E], customer: str) -> Sequence[E]:
        """The entities of a kind that name this `customer`, in the order they came. Whom one names never changes."""
        papers = self._of.get(kind)
        if papers is None:
            papers = self._of[kind] = {}
            for each in self.table(kind).values():
                papers.setdefault(each.customer, []).append(each)  # type: ignore[attr-defined]
        return papers.get(customer, ())

    def once(self, reckon: Callable[[Any], T]) -> T:
        """What a function reckons from the world; anew each time, since within an action anything may change."""
        return reckon(self)

    def add(self, entity: E) -> E:
        """Put a new entity into its table."""
        kind = type(entity)
        self.table(kind)[entity.id] = entity
        if kind in self._logs:
            watch(entity, self._logs[kind])
        if kind in self._of:
            self._of[kind].setdefault(entity.customer, []).append(entity)  # type: ignore[attr-defined]
        self.version += 1
        if isinstance(entity, Seat):
            self.seats[entity.id] = entity
        return entity

    def remove(self, entity: Entity) -> None:
        """Take an entity out of its table for good."""
        del self.table(type(entity))[entity.id]
        self.sights.clear()
        self._of.pop(type(entity), None)
        self.version += 1

    def log(self, kind: type[Entity]) -> Log:
        """Which field of which row of a kind was set, one after the other, since somebody first watched it."""
        found = self._logs.get(kind)
        if found is None:
            found = self._logs[kind] = []
            for each in self.table(kind).values():
                watch(each, found)
        return found

    def new_id(self, kind: type[Entity]) -> str:
        """The next id of a kind: its prefix and a running number."""
        number = self._issued.get(kind.prefix, 0) + 1
        self._issued[kind.prefix] = number
        return f"{kind.prefix}{number}"

    def seat(self, id: str) -> Seat:
        """A seat by its id; simulated parties and the clock sit nowhere, but act as somebody."""
        found = self.seats.get(id) or self._unseated.get(id)
        if found is None:
            found = self._unseated[id] = Seat(id, roles=(self.role_of(id),))
        return found

    def role_of(self, id: str) -> str:
        """The role in which someone without a seat acts."""
        return id

    # -- what happens

    def record(self, fact: Fact) -> None:
        """Write a fact into history and tell whoever listens."""
        facts = self.facts
        fact.number, fact.minute, fact.by = len(facts), self.agenda._now, self.actor  # type: ignore[assignment]
        facts.append(fact)
        self.version += 1
        for subscriber in self.subscribers:
            subscriber(fact)

    def due(self, minute: int, action: Action) -> None:
        """Let the company's own clock do an action at a minute (an overdue invoice, the end of an advert)."""
        self.agenda.at(minute, action)

    # -- sameness

    def copy(self, salt: int | None = None) -> World:
        """An independent world with the same past; listeners and the clock's hands are attached again by its Game.

        With `salt` its future luck differs.
        """
        other = copy.copy(self)
        other.luck = self.luck if salt is None else Luck(self.luck.seed, salt)
        other.agenda = self.agenda.copy()
        other.ledger = self.ledger.copy()
        other.tables = {kind: copy_table(kind, table) for kind, table in self.tables.items()}
        other._of, other._logs, other.sights, other._told = {}, {}, {}, self._told.copy()
        other.seats = {id: other.tables[type(seat)][id] for id, seat in self.seats.items()}
        other.deputies = dict(self.deputies)
        other.facts = self.facts.copy()
        other.history = History(other.facts)
        other.subscribers = []
        other._issued = dict(self._issued)
        return other

    def entity_digests(self) -> dict[str, str]:
        """A short digest of every entity, by `Kind id`, so that a divergence can be named."""
        return {
            f"{kind.__name__} {id}": entity._digest or digest_of(entity)
            for kind, table in self.tables.items()
            for id, entity in table.items()
        }

    def digest(self) -> str:
        """A digest of the whole truth: the same on every platform for the same play.

        Facts are added as they come, and of the entities only those that changed since the last time are read.
        """
        self._told.update(ENCODER.encode_lines(self.facts[self._told_facts :]))
        self._told_facts = len(self.facts)
        total = blake2b(self._told.digest(), digest_size=16)
        total.update(str(self.minute).encode())
        for kind in sorted(self.tables, key=lambda each: each.__name__):
            table = self.tables[kind]
            if not table:  # looking at a kind that has no rows yet makes its table, and must not count
                continue
            total.update(kind.__name__.encode())
            total.update("".join([each._digest or digest_of(each) for each in table.values()]).encode())
        total.update(ENCODER.encode(self.ledger.balances))
        return total.hexdigest()
