"""The world: entities in tables, facts in order, money in a ledger, luck, a calendar and an agenda.

State is whole numbers, text and tuples. A value held by an entity is replaced, never changed in place, so that a
copy of the world needs only shallow copies (docs/developer.md tells more).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import msgspec

from crmsim.engine.clock import Agenda, Calendar
from crmsim.engine.facts import Fact, stamp
from crmsim.engine.ledger import Ledger
from crmsim.engine.luck import Luck

if TYPE_CHECKING:
    from crmsim.engine.action import Action


class Seen(IntEnum):
    """How near a seat stands to an entity, and how near it must stand to see a field."""

    ALL = 0  # anyone who sees the row at all
    TEAM = 1  # the company's people
    OWN = 2  # whose it is, and the director
    AFTER = 8  # nobody until the game is over
    NOBODY = 9


def seen(by: Seen, default: Any = ..., *, factory: Any = None, digest: bool = True) -> Any:
    """A dataclass field that only some may see. `digest=False` keeps cast names out of the world's digest."""
    metadata = {"seen": by, "digest": digest}
    if factory is not None:
        return field(default_factory=factory, metadata=metadata)
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)


Log = list[tuple[Any, str]]  # rows and the fields that were set in them


class Kept:
    """What remembers its own digest until one of its fields is set anew, and tells a log of it once it is watched."""

    __slots__ = ("_digest", "_log")
    _digest: str
    _log: Log
    watched: ClassVar[bool] = False  # whether a log of this kind was ever asked for

    if not TYPE_CHECKING:  # or the type checker would let any name be assigned

        def __setattr__(self, name: str, value: Any) -> None:
            _write(self, name, value)
            _remember(self, "")
            if self.watched and (log := getattr(self, "_log", None)) is not None:
                log.append((self, name))


_write = object.__setattr__
_remember = Kept.__dict__["_digest"].__set__
_watch = Kept.__dict__["_log"].__set__


@dataclass(slots=True)
class Entity(Kept):
    """A thing of the business with an id. Subclasses say who sees a row of theirs."""

    prefix: ClassVar[str] = "E"
    stands_by: ClassVar[
        dict[type[Entity], str]
    ] = {}  # other kinds that `standing` reads: by which field ("": all rows)
    decisive: ClassVar[frozenset[str]] = frozenset()  # the fields that `standing` reads
    id: str

    def __init_subclass__(cls) -> None:
        cls.decisive = _names_read(cls.standing, cls)

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """How near this seat stands to this row; None when it must not know of it."""
        return Seen.TEAM


def _names_read(method: Any, kind: type[Entity]) -> frozenset[str]:
    """The names that a method reads, and the methods of its own kind that it calls."""
    found: dict[str, None] = {}
    waiting = [method]
    while waiting:
        new = [name for name in waiting.pop().__code__.co_names if name not in found]
        found |= dict.fromkeys(new)
        waiting += [vars(kind)[name] for name in new if hasattr(vars(kind).get(name), "__code__")]
    return frozenset(found)


NOT_YET = -1  # the minute of what has not come about; the past of the opening book is negative too, but never this

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


@dataclass(slots=True)
class Seat(Entity):
    """A named place in the company (or a playable customer's), held by a person or a bot."""

    roles: tuple[str, ...] = ()
    name: str = seen(Seen.ALL, "", digest=False)
    active: bool = True
    busy_until: int = 0

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Everybody may know who works where; customers see it too (they choose an agent)."""
        return Seen.OWN if seat.id == self.id else Seen.ALL


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
        self.subscribers: list[Callable[[Fact], None]] = []
        self.ended = False
        self.actor = ""
        self.version = 0  # counts the actions carried out, so that a view knows when to look again
        self.seats: dict[str, Seat] = {}  # the company's and the playable customers', by id
        self.deputies: dict[str, str] = {}  # customer id -> the seat of the person who plays it
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
        return self.table(kind)[id]

    def find(self, kind: type[E], id: str) -> E | None:
        """One entity, or None."""
        return self.table(kind).get(id)

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
            _watch(entity, self._logs[kind])
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
            kind.watched, found = True, self._logs.setdefault(kind, [])
            for each in self.table(kind).values():
                _watch(each, found)
        return found

    def new_id(self, kind: type[Entity]) -> str:
        """The next id of a kind: its prefix and a running number."""
        number = self._issued.get(kind.prefix, 0) + 1
        self._issued[kind.prefix] = number
        return f"{kind.prefix}{number}"

    def seat(self, id: str) -> Seat:
        """A seat by its id; simulated parties and the clock sit nowhere, but act as somebody."""
        found = self.seats.get(id)
        return found if found is not None else Seat(id, roles=(self.role_of(id),))

    def role_of(self, id: str) -> str:
        """The role in which someone without a seat acts."""
        return id

    # -- what happens

    def record(self, fact: Fact) -> None:
        """Write a fact into history and tell whoever listens."""
        stamp(fact, len(self.facts), self.minute, self.actor)
        self.facts.append(fact)
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
        other.tables = {kind: _copy_table(kind, table) for kind, table in self.tables.items()}
        other._of, other._logs, other.sights, other._told = {}, {}, {}, self._told.copy()
        other.seats = {id: other.tables[type(seat)][id] for id, seat in self.seats.items()}
        other.deputies = dict(self.deputies)
        other.facts = self.facts.copy()
        other.subscribers = []
        other._issued = dict(self._issued)
        return other

    def entity_digests(self) -> dict[str, str]:
        """A short digest of every entity, by `Kind id`, so that a divergence can be named."""
        return {
            f"{kind.__name__} {id}": entity._digest or _digest_of(entity)
            for kind, table in self.tables.items()
            for id, entity in table.items()
        }

    def digest(self) -> str:
        """A digest of the whole truth: the same on every platform for the same play.

        Facts are added as they come, and of the entities only those that changed since the last time are read.
        """
        self._told.update(_ENCODER.encode_lines(self.facts[self._told_facts :]))
        self._told_facts = len(self.facts)
        total = blake2b(self._told.digest(), digest_size=16)
        total.update(str(self.minute).encode())
        for kind in sorted(self.tables, key=lambda each: each.__name__):
            table = self.tables[kind]
            if not table:  # looking at a kind that has no rows yet makes its table, and must not count
                continue
            total.update(kind.__name__.encode())
            total.update("".join([each._digest or _digest_of(each) for each in table.values()]).encode())
        total.update(_ENCODER.encode(self.ledger.balances))
        return total.hexdigest()


_ENCODER = msgspec.json.Encoder(order="deterministic")


@cache
def _counting(kind: type[Entity]) -> attrgetter[Any]:
    """Reads what counts of an entity, all at once."""
    return attrgetter(*(each.name for each in fields(kind) if each.metadata.get("digest", True)))


def _digest_of(entity: Entity) -> str:
    """The digest of an entity as it stands, which it remembers."""
    digest = blake2b(_ENCODER.encode(_counting(cast(Any, type(entity)))(entity)), digest_size=8).hexdigest()
    _remember(entity, digest)
    return digest


def _copy_table(kind: type[Entity], table: dict[str, Any]) -> dict[str, Any]:
    """Shallow copies of all rows, slot by slot: three times as fast as `copy.copy`, which goes by pickling's ways."""
    new, slots = kind.__new__, _slots_of(cast(Any, kind))
    copies = {}
    for id, row in table.items():
        twin = copies[id] = new(kind)
        for read, write in slots:
            write(twin, read(row))
    return copies


@cache
def _slots_of(kind: type[Entity]) -> list[tuple[Callable[[Any], Any], Callable[[Any, Any], None]]]:
    names = [(base, name) for base in kind.__mro__ for name in vars(base).get("__slots__", ()) if name != "_log"]
    found = [vars(base)[name] for base, name in names]
    return [(slot.__get__, slot.__set__) for slot in found]
