"""Facts: what came true in the world, numbered, with the minute and the seat that made it so."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec


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


def stamp(fact: Fact, number: int, minute: int, by: str) -> None:
    """Give a fresh fact its number, minute and maker."""
    fact.number, fact.minute, fact.by = number, minute, by


def as_record(fact: Fact) -> dict[str, Any]:
    """A fact as plain JSON values."""
    record: dict[str, Any] = msgspec.to_builtins(fact)
    return record
