"""What a scenario means is checked on its tables, sound or not, so that one run names every mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.engine.words import Message
from crmsim.scenarios.locating import Place

Mistake = tuple[Place, Message]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that rules, criteria and talk conditions go by; whoever checks passes them in."""

    actions: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


def mistakes(data: dict[str, Any], vocabulary: Vocabulary | None) -> Iterator[Mistake]:
    """Everything that the schema cannot see."""
    return iter(())
