"""Faces: the classes of what is shown of a row, read-only, with the fields that may be seen from so near."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from crmsim.engine.world import Entity, Seen

E = TypeVar("E", bound=Entity)


def show(entity: E, reach: Seen) -> E:
    """A row as it is shown from so near; it reads on in the row itself."""
    kind: Any = type(entity)
    face: E = _shown_as(kind, reach)(entity)
    return face


@cache
def _shown_as(kind: type[Entity], reach: Seen) -> type[Any]:
    """A read-only class with the fields that may be seen and the methods of the kind, which see no more."""
    shown, body = _body(kind, reach)
    body |= {"__slots__": ("_row",), "__init__": _keep_row}
    body |= {name: property(attrgetter(f"_row.{name}")) for name in shown}
    return type(kind.__name__, (), body)


@cache
def kept_as(kind: type[Entity], reach: Seen) -> type[Any]:
    """The same, with fields of its own: read five times as fast, and written by a sight."""
    shown, body = _body(kind, reach)
    values = attrgetter(*shown, "id")

    def copy(self: Any, row: Entity) -> None:
        for write, value in zip(writes, values(row), strict=False):
            write(self, value)

    face = type(kind.__name__, (), body | {"__slots__": shown, "__init__": copy})
    writes = [vars(face)[name].__set__ for name in shown]
    return face


def _body(kind: type[Entity], reach: Seen) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The fields of a kind that are shown, and what its class says about it besides."""
    names = {each.name: each.metadata.get("seen", Seen.ALL) <= reach for each in fields(kind)}
    shown = tuple(name for name, visible in names.items() if visible)
    body: dict[str, Any] = {"__repr__": _represent, "kind": kind, "fields": frozenset(shown)}
    for name in dir(kind):
        member = getattr(kind, name)
        if not name.startswith("__") and (callable(member) or isinstance(member, property | str | int)):
            body[name] = kind.__dict__.get(name, member)
    for name in names:
        body.pop(name, None)
    body["hidden"] = frozenset(names) - body["fields"]
    return shown, body


def _keep_row(self: Any, row: Entity) -> None:
    self._row = row


def _represent(self: Any) -> str:
    return f"<{type(self).__name__} {self.id} as seen>"
