"""Entities: the things of the business, with fields that some may see, digests they remember, and a log of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from enum import IntEnum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec

from crmsim.engine.words import Words

if TYPE_CHECKING:
    from crmsim.engine.world import World


class Seen(IntEnum):
    """How near a seat stands to an entity, and how near it must stand to see a field."""

    ALL = 0  # anyone who sees the row at all
    TEAM = 1  # the company's people
    OWN = 2  # whose it is, and the director
    AFTER = 8  # nobody until the game is over


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
    _log: Log | None

    def __init_subclass__(cls) -> None:
        if "__dataclass_fields__" in vars(cls):  # the dataclass has written an `__init__` of its own
            del cls.__init__

    if not TYPE_CHECKING:  # or the type checker would let any name be assigned, and any argument be given

        def __init__(self, *values: Any, **named: Any) -> None:
            """As the dataclass would, but twice as fast: what is new has no digest to forget and nobody to tell."""
            writes, defaults, made = _makeup(type(self))
            given = defaults | named
            given.update(zip(defaults, values, strict=False))
            for name, make in made:
                if given[name] is ...:
                    given[name] = make()
            if len(given) > len(writes) or len(values) > len(writes) or given["id"] is ...:
                raise TypeError(f"{type(self).__name__} has {', '.join(defaults)}, got {', '.join(named)}")
            for write, value in zip(writes, given.values(), strict=True):
                write(self, value)
            _remember(self, "")
            watch(self, None)

        def __setattr__(self, name: str, value: Any) -> None:
            _write(self, name, value)
            _remember(self, "")
            log = self._log
            if log is not None:
                log.append((self, name))


_write = object.__setattr__
_remember = Kept.__dict__["_digest"].__set__
watch = Kept.__dict__["_log"].__set__


@dataclass(slots=True)
class Entity(Kept):
    """A thing of the business with an id. Subclasses say who sees a row of theirs."""

    prefix: ClassVar[str] = "E"
    worded: ClassVar[bool] = True  # whether the catalogues have the words of its `status`, where it has one
    stands_by: ClassVar[dict[type[Entity], str]] = {}  # other kinds `standing` reads: by which field ("": all rows)
    id: str

    @property
    def title(self) -> Words:
        """How it calls itself: its number, where its kind has nothing better."""
        return self.id

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """How near this seat stands to this row; None when it must not know of it."""
        return Seen.TEAM


@cache
def _makeup(kind: type[Entity]) -> tuple[list[Callable[[Any, Any], None]], dict[str, Any], list[tuple[str, Any]]]:
    """How the fields of a kind are written, what they are when nobody says, and what is made anew each time."""
    found = fields(kind)
    defaults = {each.name: ... if each.default is MISSING else each.default for each in found}
    made = [(each.name, each.default_factory) for each in found if each.default_factory is not MISSING]
    return [getattr(kind, each.name).__set__ for each in found], defaults, made


@cache
def decisive(kind: type[Entity]) -> frozenset[str]:
    """The names that `standing` reads, in the methods of its own kind, too: they decide who may see a row."""
    found: dict[str, None] = {}
    waiting: list[Any] = [kind.standing]
    while waiting:
        new = [name for name in waiting.pop().__code__.co_names if name not in found]
        found |= dict.fromkeys(new)
        waiting += [vars(kind)[name] for name in new if hasattr(vars(kind).get(name), "__code__")]
    return frozenset(found)


NOT_YET = -1  # the minute of what has not come about; the past of the opening book is negative too, but never this


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


ENCODER = msgspec.json.Encoder(order="deterministic")


@cache
def _counting(kind: type[Entity]) -> attrgetter[Any]:
    """Reads what counts of an entity, all at once."""
    return attrgetter(*(each.name for each in fields(kind) if each.metadata.get("digest", True)))


def digest_of(entity: Entity) -> str:
    """The digest of an entity as it stands, which it remembers."""
    digest = blake2b(ENCODER.encode(_counting(cast(Any, type(entity)))(entity)), digest_size=8).hexdigest()
    _remember(entity, digest)
    return digest


def copy_table(kind: type[Entity], table: dict[str, Any]) -> dict[str, Any]:
    """Shallow copies of all rows, slot by slot: three times as fast as `copy.copy`, which goes by pickling's ways."""
    new, slots = kind.__new__, _slots_of(cast(Any, kind))
    copies = {}
    for id, row in table.items():
        twin = copies[id] = new(kind)
        for read, write in slots:
            write(twin, read(row))
        watch(twin, None)
    return copies


@cache
def _slots_of(kind: type[Entity]) -> list[tuple[Callable[[Any], Any], Callable[[Any, Any], None]]]:
    names = [(base, name) for base in kind.__mro__ for name in vars(base).get("__slots__", ()) if name != "_log"]
    found = [vars(base)[name] for base, name in names]
    return [(slot.__get__, slot.__set__) for slot in found]
