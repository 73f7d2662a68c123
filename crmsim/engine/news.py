"""What is new among the rows of a kind, for whoever looks at all of them again and again."""

from __future__ import annotations

from itertools import islice
from typing import Any

from crmsim.engine.entity import Entity
from crmsim.engine.world import World


class News:
    """The rows of a kind that came or changed since somebody last asked; the first time all of them."""

    __slots__ = ("_known", "_log", "_read", "_table")

    def __init__(self, world: World, kind: type[Entity]) -> None:
        self._table: dict[str, Any] = world.table(kind)
        self._log = world.log(kind)
        self._read, self._known = len(self._log), 0

    def rows(self) -> list[Any]:
        """Those that changed, then those that came; each once."""
        if len(self._log) == self._read and len(self._table) == self._known:
            return []
        new = self._log[self._read :]
        changed = {row.id: row for row, _field in new if self._table.get(row.id, ...) is row}
        came = dict(islice(self._table.items(), self._known, None))
        self._read, self._known = len(self._log), len(self._table)
        return list((changed | came).values())
