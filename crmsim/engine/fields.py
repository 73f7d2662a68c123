"""What an action asks: its fields, each with a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from crmsim.engine.amounts import Date, Lines, Money, Percent, Whole
from crmsim.engine.kinds import Choice, Filled, Kind, Option, Pick, Several, Text, Yes, title

__all__ = [
    "Choice", "Date", "Field", "Filled", "Kind", "Lines", "Money", "Option", "Percent", "Pick", "Several", "Text",
    "Whole", "Yes", "kind_of", "title",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A field of an action: its name, kind, whether it must be given, and its default."""

    name: str
    kind: Kind
    required: bool
    default: Any

    def must(self, view: Any) -> bool:
        """Whether something has to be chosen for it, once it is asked."""
        needed = isinstance(self.kind, Pick) and self.kind.needed is not None and self.kind.needed(view)
        return bool(self.required or needed or (self.kind.asked and not getattr(self.kind, "optional", False)))


def kind_of(hint: Any, name: str) -> Kind:
    """The kind for a plain annotation: str, int, bool or Literal."""
    label = name.replace("_", " ").capitalize()
    base = get_args(hint)[0] if get_origin(hint) is not None and get_origin(hint) is not Literal else hint
    if get_origin(hint) is Literal:
        return Choice(label, words=tuple((each, str(each).replace("_", " ")) for each in get_args(hint)))
    kinds = {str: Text, int: Whole, bool: Yes}
    if base not in kinds:
        raise TypeError(f"field {name}: {hint} needs a declared kind")
    kind: Kind = kinds[base](label)
    return kind
