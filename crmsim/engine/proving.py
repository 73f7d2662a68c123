"""A field that says which line of a conversation proves what was filled in: evidence, picked by who writes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from crmsim.engine.kinds import Filled, Kind
from crmsim.engine.words import Message, _

Proof = tuple[str, int]  # a field, and the line that proves it, from one on


def _no_row(view: Any, filled: Filled) -> Any:
    return None


def _nothing_told(row: Any, field: str, line: int) -> Any:
    return None


@dataclass(frozen=True)
class Proofs(Kind):
    """Pairs of a field and the line of a conversation that proves it. A screen shows the conversation beside."""

    fields: tuple[str, ...] = ()  # what is to be proved, in the order in which it is asked
    row: Callable[[Any, Filled], Any] = _no_row  # the row that is the conversation; None when there is none
    told: Callable[[Any, str, int], Any] = _nothing_told  # what a line tells of a field; None when nothing
    python: ClassVar[type] = tuple

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Another field, one twice, or a line that the other side did not say. Whether it proves is not checked."""
        if type(value) is not tuple or not all(type(each) is tuple and len(each) == 2 for each in value):
            return _("a proof is a field and a line")
        names = [name for name, _line in value]
        if any(name not in self.fields for name in names) or len(set(names)) != len(names):
            return _("each of these is proved once: {fields}", fields=", ".join(self.fields))
        row = self.row(view, filled)
        lines = () if row is None else row.conversation(view).lines
        for _name, line in value:
            if type(line) is not int or not 0 < line <= len(lines) or lines[line - 1].mine:
                return _("only what the other side said proves something")
        return None

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """`phone:4, need:2`."""
        pairs = []
        for part in filter(None, (each.strip() for each in re.split("[,，]", text))):
            name, _colon, line = part.replace("：", ":").rpartition(":")
            pairs.append((name.strip(), int(line)))
        return tuple(pairs)
