"""Which papers lie in a customer's file (REG-3): those that name the file or whoever stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, cast

Papers = dict[str, list[tuple[int, Any]]]


def filed(source: Any, kind: type[Any], record: Any) -> list[Any]:
    """The papers of a kind in a file, in the order they came, from a view or the world."""
    by_name: Papers = source.once(_by_name(cast(Any, kind)))
    if record.id not in by_name and record.customer not in by_name:
        return []
    found = dict(by_name.get(record.id, ()))
    if record.customer:
        found.update(by_name.get(record.customer, ()))
    return [found[place] for place in sorted(found)]


@cache
def _by_name(kind: type[Any]) -> Callable[[Any], Papers]:
    """What sorts the papers of a kind by the file and by the customer that they name."""

    def reckon(source: Any) -> Papers:
        sorted_: Papers = {}
        for place, row in enumerate(source.all(kind)):
            for name in (getattr(row, "record", ""), getattr(row, "customer", "")):
                if name:
                    sorted_.setdefault(name, []).append((place, row))
        return sorted_

    return reckon
