"""What a seat may see: an allow-list of rows and fields, built from what the entities declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from crmsim.engine.world import Entity, Seat, Seen, World

E = TypeVar("E", bound=Entity)


class View:
    """The world as one seat sees it. Options and refusals are computed from a view, never from the world."""

    __slots__ = ("_rows", "_version", "_world", "seat")

    def __init__(self, world: World, seat: str) -> None:
        self._world = world
        self.seat: Seat = world.seat(seat)
        self._rows: dict[type[Entity], list[Any]] = {}
        self._version = -1

    @property
    def minute(self) -> int:
        """Now, in minutes since midnight of day one."""
        return self._world.minute

    @property
    def scenario(self) -> Any:
        """The scenario's public data (rules, dictionaries, prices): what the company's handbook would say."""
        return self._world.scenario

    @property
    def calendar(self) -> Any:
        """The working calendar."""
        return self._world.calendar

    @property
    def ended(self) -> bool:
        """Whether the game is over."""
        return self._world.ended

    def has(self, tool: str) -> bool:
        """Whether the scenario gives the company a CRM tool ("" is always there)."""
        return not tool or bool(self._world.scenario.tools.get(tool, True))

    def balance(self, account: str) -> int:
        """What an account of the company holds, in fen (0 for accounts a seat may not see)."""
        mine = account == self.seat.id or self.seat.roles != ("customer",)
        return self._world.ledger.balance(account) if mine else 0

    def all(self, kind: type[E]) -> Iterator[E]:
        """The rows of a kind that this seat may know of, each showing only what it may see."""
        if self._version != self._world.version:
            self._rows.clear()
            self._version = self._world.version
        rows = self._rows.get(kind)
        if rows is None:
            rows = self._rows[kind] = list(self._shown(kind, self._world.table(kind).values()))
        return iter(rows)

    def of(self, kind: type[E], customer: str) -> Iterator[E]:
        """Those of the rows that name this `customer`, in the order they came."""
        return self._shown(kind, self._world.of(kind, customer))

    def _shown(self, kind: type[E], rows: Iterable[E]) -> Iterator[E]:
        world, seat, ended = self._world, self.seat, self._world.ended
        shapes: dict[Seen, Any] = {}  # a table may hold thousands of rows
        for row in rows:
            nearness = row.standing(world, seat)
            if nearness is not None:
                shape = shapes.get(nearness)
                if shape is None:
                    shape = shapes[nearness] = _shown_as(cast(Any, kind), Seen.AFTER if ended else nearness)
                yield shape(row)

    def get(self, kind: type[E], id: str) -> E | None:
        """One row, or None when it does not exist or must not be known."""
        entity = self._world.table(kind).get(id)
        if entity is None:
            return None
        nearness = entity.standing(self._world, self.seat)
        return None if nearness is None else _show(entity, self._reach(nearness))

    def known(self, kind: type[E], fits: Callable[[E], bool], customer: str | None = None) -> bool:
        """Whether any row fits (of those that name a `customer`), to be seen or not: yes or no, as anyone may ask."""
        rows = self._world.all(kind) if customer is None else self._world.of(kind, customer)
        return any(fits(each) for each in rows)

    def seats(self, role: str | None = None) -> list[Seat]:
        """The seats of the company (of one role), as far as anyone knows them."""
        found = (each for each in self._world.seats.values() if role is None or role in each.roles)
        return [_show(each, Seen.ALL) for each in found]

    def heard(self, since: int = 0) -> list[Any]:
        """The facts told to this seat, from fact number `since` on."""
        return [each for each in self._world.facts[since:] if self.seat.id in hearers(self._world, each)]

    def _reach(self, nearness: Seen) -> Seen:
        return Seen.AFTER if self._world.ended else nearness


def hearers(world: World, fact: Any) -> list[str]:
    """The seats that a fact is told to: by role, by a field that holds a seat (@) or by one that holds a role (#)."""
    found: dict[str, None] = {}
    for name in type(fact).tells:
        if name.startswith("@"):
            seat = getattr(fact, name[1:])
            if seat:
                found[world.deputies.get(seat, seat)] = None
            continue
        role = getattr(fact, name[1:]) if name.startswith("#") else name
        for each in world.seats.values():
            if role in each.roles and each.active:
                found[each.id] = None
    return list(found)


def _show(entity: E, reach: Seen) -> E:
    return cast(E, _shown_as(cast(Any, type(entity)), reach)(entity))


@cache
def _shown_as(kind: type[Entity], reach: Seen) -> type[Any]:
    """A read-only class with the fields that may be seen and the methods of the kind, which see no more."""
    body: dict[str, Any] = {"__slots__": ("_row",), "__init__": _keep_row, "__repr__": _represent, "kind": kind}
    for name in dir(kind):
        member = getattr(kind, name)
        if not name.startswith("__") and (callable(member) or isinstance(member, property | str | int)):
            body[name] = kind.__dict__.get(name, member)
    hidden = set()
    for each in fields(kind):
        if each.metadata.get("seen", Seen.ALL) <= reach:
            body[each.name] = property(attrgetter(f"_row.{each.name}"))
        else:
            hidden.add(each.name)
            body.pop(each.name, None)
    body["hidden"] = frozenset(hidden)
    return type(kind.__name__, (), body)


def _keep_row(self: Any, row: Entity) -> None:
    self._row = row


def _represent(self: Any) -> str:
    return f"<{type(self).__name__} {self._row.id} as seen>"
