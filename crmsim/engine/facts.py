"""Facts: what came true in the world, numbered, with the minute and the seat that made it so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

import msgspec

F = TypeVar("F", bound="Fact")


class Fact(msgspec.Struct, kw_only=True, tag=True, tag_field="fact"):
    """What came true; a past participle (`OrderApproved`). Never changed once recorded.

    `tells` names who must hear of it: a role ("director"), or a field that holds a seat ("@owner"). Whoever is
    told is woken by it; `summary` is the sentence shown, with the fact's fields as slots.
    """

    tells: ClassVar[tuple[str, ...]] = ()
    summary: ClassVar[str] = ""
    pops: ClassVar[bool] = False  # it asks for an answer at once: screens let it pop up

    number: int = -1
    minute: int = -1
    by: str = ""

    def wording(self) -> str:
        """The sentence of this very fact: that of its kind, unless something that it speaks of is missing here."""
        return type(self).summary


def as_record(fact: Fact) -> dict[str, Any]:
    """A fact as plain JSON values."""
    record: dict[str, Any] = msgspec.to_builtins(fact)
    return record


class History:
    """What happened, found by its kind and by what it is about; read on from where it was last asked."""

    __slots__ = ("_about", "_facts", "_kinds", "_read")

    def __init__(self, facts: list[Fact]) -> None:
        self._facts = facts
        self._kinds: dict[type[Fact], list[Any]] = {}
        self._read = 0
        self._about: dict[str, tuple[list[int], dict[Any, list[Fact]]]] = {}  # by field: how far it was read, and what

    def of(self, kind: type[F]) -> Sequence[F]:
        """The facts of a kind, in order."""
        for fact in self._facts[self._read :]:
            self._kinds.setdefault(type(fact), []).append(fact)
        self._read = len(self._facts)
        return self._kinds.get(kind, ())

    def about(self, field: str, value: str) -> Sequence[Fact]:
        """The facts of any kind in which a field says this, in order."""
        read, found = self._about.setdefault(field, ([0], {}))
        for fact in self._facts[read[0] :]:
            said = getattr(fact, field, None)
            if said is not None:
                found.setdefault(said, []).append(fact)
        read[0] = len(self._facts)
        return found.get(value, ())
