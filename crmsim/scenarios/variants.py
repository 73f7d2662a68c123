"""Variants of a scenario: a challenge, or the same customers with another tool in hand. Declared as data, once.

A variant changes values of the scenario by their place ("policies.discount_limit"); a place in a list means every
entry of it ("media.saturation"). `crmsim play first_day+manual` plays one, `a+b+c` two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from crmsim.engine.errors import BadInput
from crmsim.engine.words import _
from crmsim.scenarios.parts import Id, Named, Part

PPM = 1_000_000
Place = Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)*$")]


class VariantPart(Part):
    """What is different, and what must not happen in it (a rule by name, see crmsim/grading/titles.py)."""

    id: Id
    kind: Literal["challenge", "manual"] = "challenge"
    title: Named
    text: Named = ""
    set: dict[Place, int | bool | str] = {}
    times: dict[Place, Annotated[int, Field(ge=0, le=100_000_000, strict=True)]] = {}  # ppm of what it is
    keeps: str = ""


def change(data: dict[str, Any], variant: VariantPart) -> None:
    """Make the changes of a variant in a scenario's tables; BadInput names what it cannot change."""
    for place, value in variant.set.items():
        for table, key in _at(data, place, variant):
            table[key] = value
    for place, factor in variant.times.items():
        for table, key in _at(data, place, variant):
            old = table.get(key)
            if not isinstance(old, int) or isinstance(old, bool):
                raise BadInput(_("The variant {id} changes {key}, which is no number.", id=variant.id, key=place))
            table[key] = max(1, old * factor // PPM)


def _at(data: Any, place: str, variant: VariantPart) -> Iterator[tuple[dict[str, Any], str]]:
    *way, key = place.split(".")
    for table in _found(data, way):
        known = isinstance(table, dict) and (key in table or all(isinstance(each, bool) for each in table.values()))
        if not known:  # only a switch may be new
            raise BadInput(_("The variant {id} changes {key}, which there is not.", id=variant.id, key=place))
        yield table, key


def _found(data: Any, way: list[str]) -> Iterator[Any]:
    """What stands at a place; of a list every entry."""
    if isinstance(data, list):
        for each in data:
            yield from _found(each, way)
    elif way:
        yield from _found(data.get(way[0]) if isinstance(data, dict) else None, way[1:])
    else:
        yield data
