"""Names for the ids that facts carry, as far as a seat may know them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from crmsim.crm.record import Record
from crmsim.engine.facts import Fact
from crmsim.engine.kinds import title
from crmsim.engine.view import View
from crmsim.engine.words import Words, _
from crmsim.engine.world import Entity, Seat


def name_slots(view: View, fact: Fact) -> dict[str, Any]:
    """A fact's fields, each id replaced by a name where this seat may see one."""
    slots = {name: getattr(fact, name) for name in fact.__struct_fields__}
    return {name: name_of(view, value) if isinstance(value, str) else _plain(value) for name, value in slots.items()}


def name_of(view: View, id: str) -> Words:
    """What an id is called: a person's or a row's name, a customer's record, else the id itself."""
    if not id:
        return id
    for kind in _kinds(Entity):
        row = view.get(kind, id)
        if row is not None:
            named: Words = getattr(row, "name", "") if issubclass(kind, Seat) else title(row)
            return named or id
    for record in view.all(Record):
        if getattr(record, "customer", None) == id:
            return record.title
    return id if not _is_person(id) else _("a customer")


def _is_person(id: str) -> bool:
    return id[:1] == "p" and id[1:].isdigit()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | msgspec.Struct) else str(value)


@cache
def _kinds(kind: type[Entity]) -> tuple[type[Entity], ...]:
    return tuple(_below(kind))


def _below(kind: type[Entity]) -> Iterator[type[Entity]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
