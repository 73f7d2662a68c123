"""Which customers a decision is about: by the ids in its fields, through talks, records, orders and requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.customer import Customer
from crmsim.crm.record import Record
from crmsim.engine.action import Action


def touched(world: Any, action: Action) -> tuple[str, ...]:
    """The customers named by an action, in the order of its fields; the ids of papers that have no customer yet."""
    return tuple(dict.fromkeys(each for id in ids_of(action) for each in behind(world, id)))


def ids_of(action: Action) -> Iterator[str]:
    """Every text in the fields of an action that may be an id."""
    for name in action.__struct_fields__:
        yield from _texts(getattr(action, name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def behind(world: Any, id: str) -> Iterator[str]:
    """The customer that a row stands for; the row itself when it is about somebody nobody knows."""
    if not id or len(id) > 40:
        return
    for kind, table in world.tables.items():
        row = table.get(id)
        if row is None:
            continue
        if kind is Customer:
            yield id
        elif hasattr(row, "customer"):
            yield owner_of(world, row) or id
        return


def owner_of(world: Any, row: Any) -> str:
    """The customer of a row, directly or by its record; "" when there is none."""
    if row.customer:
        return str(row.customer)
    record = world.find(Record, getattr(row, "record", ""))
    return str(record.customer) if record is not None else ""
