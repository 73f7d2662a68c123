"""What a seat may see: an allow-list of rows and fields, built from what the entities declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from crmsim.engine.entity import decisive
from crmsim.engine.faces import kept_as, show
from crmsim.engine.world import Entity, Seat, Seen, World

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


class Sight:
    """The rows of a kind that a seat may know of, kept from view to view: only what changed is looked at again."""

    __slots__ = ("_faces", "_kind", "_log", "_others", "_read", "_rows", "_table", "_view")

    def __init__(self, view: View, kind: type[Entity]) -> None:
        self._view, self._kind, world = view, kind, view._world
        self._table, self._log = world.table(kind), world.log(kind)
        self._read = len(self._log)
        self._others = [_Other(world, other, by) for other, by in kind.stands_by.items()]
        self._faces: dict[str, Any] = {}  # every row by id: as it is shown, or None
        self._rows: list[Any] = []

    def rows(self) -> list[Any]:
        """The rows as they are shown, in the order they came. A list that was given out never changes."""
        if self._behind():
            self._catch_up()
        return self._rows

    def of(self, rows: Sequence[Any]) -> list[Any]:
        """Of some rows those that may be known of, as they are shown."""
        if self._behind() > len(rows):
            shown = ((row, self._view.lists(row)) for row in rows)
            return [show(row, reach) for row, reach in shown if reach is not None]
        self._catch_up()
        return [face for row in rows if (face := self._faces[row.id]) is not None]

    def get(self, id: str) -> Any:
        """One row as it is shown, or None: looked at by itself where more than it has changed since."""
        if self._behind() > 1:
            row = self._table.get(id)
            reach = None if row is None else self._view.lists(row)
            return None if row is None or reach is None else show(row, reach)
        self._catch_up()
        return self._faces.get(id)

    def _behind(self) -> int:
        """How many changes and new rows were not looked at yet."""
        missed = len(self._log) - self._read + len(self._table) - len(self._faces)
        return missed + sum(len(other.log) - other.read for other in self._others) if self._others else missed

    def _catch_up(self) -> None:
        """Look at the rows that are new, that changed, or that stand by a row of another kind that changed."""
        moved = False
        if len(self._log) > self._read:
            moved = self._look([self._table[id] for id in self._refresh() if id in self._faces])
        for other in self._others:
            if len(other.log) > other.read:
                known = islice(self._table.values(), len(self._faces))
                moved = self._look(other.standing_by(known)) or moved
        if len(self._faces) < len(self._table):
            moved = self._look(list(islice(self._table.values(), len(self._faces), None)))
        if moved:
            self._rows = [face for face in self._faces.values() if face is not None]

    def _refresh(self) -> dict[str, None]:
        """Bring the faces up to date; the ids of the rows of which this seat may now see more or less."""
        table, faces, names = self._table, self._faces, decisive(cast(Any, self._kind))
        moved: dict[str, None] = {}
        new, self._read = self._log[self._read :], len(self._log)
        for row, name in new:
            id = row.id
            if table.get(id) is not row:  # a copy of one
                continue
            face = faces.get(id)
            if face is not None and name in face.fields:
                setattr(face, name, getattr(row, name))
            if name in names:
                moved[id] = None
        return moved

    def _look(self, rows: Sequence[Any]) -> bool:
        view, faces = self._view, self._faces
        for row in rows:
            reach = view.lists(row)
            if reach is None:
                faces[row.id] = None
                continue
            known, face = faces.get(row.id), kept_as(cast(Any, self._kind), reach)
            if type(known) is not face:
                faces[row.id] = face(row)
        return bool(rows)


class _Other:
    """Another kind by which the rows of a sight stand: how far its changes were read, and which field names it."""

    def __init__(self, world: World, kind: type[Entity], by: str) -> None:
        self.kind, self.by, self.log = kind, by, world.log(kind)
        self.read = len(self.log)

    def standing_by(self, rows: Iterable[Any]) -> list[Any]:
        """Those of the rows that name one that moved; all, when they need not name it."""
        news, self.read = self.log[self.read :], len(self.log)
        moved, by = _moved(news, self.kind), self.by
        return [row for row in rows if not by or getattr(row, by) in moved] if moved else []


def _moved(news: Iterable[tuple[Any, str]], kind: type[Entity]) -> dict[str, None]:
    """The ids of the rows that somebody may now see more or less of."""
    names = decisive(cast(Any, kind))
    return {row.id: None for row, name in news if name in names}


class View:
    """The world as one seat sees it. Options and refusals are computed from a view, never from the world."""

    __slots__ = ("_at", "_reckoned", "_reckoned_at", "_sights", "_world", "seat")

    def __init__(self, world: World, seat: str) -> None:
        self._world = world
        self.seat: Seat = world.seat(seat)
        self._at = (-1, False)
        self._sights: dict[type[Entity], Sight] | None = None
        self._reckoned: dict[Callable[[Any], Any], Any] = {}
        self._reckoned_at = (-1, -1)

    @property
    def minute(self) -> int:
        """Now, in minutes since midnight of day one."""
        return self._world.agenda._now  # type: ignore[return-value]

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
        sights = self._kept()
        if sights is None:
            return self._shown(self._world.table(kind).values())
        sight = sights.get(kind)
        if sight is None:
            sight = sights[kind] = Sight(self, kind)
        return iter(sight.rows())

    def once(self, reckon: Callable[[Any], T]) -> T:
        """What a function reckons from this view, once a minute and for as long as nothing happens."""
        at = self._world.version, self.minute
        if self._reckoned_at != at:
            self._reckoned.clear()
            self._reckoned_at = at
        if reckon not in self._reckoned:
            self._reckoned[reckon] = reckon(self)
        found: T = self._reckoned[reckon]
        return found

    def of(self, kind: type[E], customer: str) -> Iterator[E]:
        """Those of the rows that name this `customer`, in the order they came."""
        rows, sights = self._world.of(kind, customer), self._kept()
        if not rows or sights is None or kind not in sights:
            return self._shown(rows)
        return iter(sights[kind].of(rows))

    def get(self, kind: type[E], id: str) -> E | None:
        """One row, or None when it does not exist or must not be known."""
        sights = self._kept()
        if sights is not None and kind in sights:
            face: E | None = sights[kind].get(id)
            return face
        return self._look_up(kind, id)

    def any_of(self, kinds: Iterable[type[Entity]], id: str) -> tuple[type[Entity], Any] | None:
        """The first row of this id in any of these kinds that this seat may know of, with its kind."""
        tables = self._world.tables
        for kind in kinds:
            table = tables.get(kind)
            if table is not None and id in table and (row := self.get(kind, id)) is not None:
                return kind, row
        return None

    def _look_up(self, kind: type[E], id: str) -> E | None:
        row = self._world.table(kind).get(id)
        reach = None if row is None else self.reach(row)
        return None if row is None or reach is None else show(row, reach)

    def reach(self, row: Entity) -> Seen | None:
        """How much of a row this seat may see; None when it must not know of it."""
        nearness = row.standing(self._world, self.seat)
        return Seen.AFTER if self._world.ended and nearness is not None else nearness

    def lists(self, row: Entity) -> Seen | None:
        """How much of a row the lists of this seat show; None when they leave it out."""
        return self.reach(row)

    def _shown(self, rows: Iterable[E]) -> Iterator[E]:
        for row in rows:
            reach = self.lists(row)
            if reach is not None:
                yield show(row, reach)

    def _kept(self) -> dict[type[Entity], Sight] | None:
        """What was seen before from where this seat stands; None for the many who look once and go."""
        world = self._world
        at = world.version, world.ended
        if at != self._at:
            self._at, key = at, self._standpoint()
            self._sights = None if key is None else world.sights.setdefault(key, {})
        return self._sights

    def _standpoint(self) -> tuple[Any, ...] | None:
        seat = self.seat
        if seat.id not in self._world.seats:
            return None
        return seat.id, seat.roles, getattr(seat, "customers", ()), self._world.ended

    def few(self, kind: type[E], fits: Callable[[E], bool]) -> Iterator[E]:
        """Of the few rows that fit those that this seat may know of: none of the others is looked at."""
        return self._shown([row for row in self._world.table(kind).values() if fits(row)])

    def known(self, kind: type[E], fits: Callable[[E], bool], customer: str | None = None) -> bool:
        """Whether any row fits (of those that name a `customer`), to be seen or not: yes or no, as anyone may ask."""
        rows = self._world.all(kind) if customer is None else self._world.of(kind, customer)
        return any(fits(each) for each in rows)

    def seats(self, role: str | None = None) -> list[Seat]:
        """The seats of the company (of one role), as far as anyone knows them."""
        found = (each for each in self._world.seats.values() if role is None or role in each.roles)
        return [show(each, Seen.ALL) for each in found]

    def heard(self, since: int = 0) -> list[Any]:
        """The facts told to this seat, from fact number `since` on."""
        return [each for each in self._world.facts[since:] if self.seat.id in hearers(self._world, each)]


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
