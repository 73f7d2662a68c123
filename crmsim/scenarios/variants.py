"""Variants of a scenario: a challenge, or the same customers with another tool in hand. Declared as data, once.

A variant changes values of the scenario by their place ("policies.discount_limit"); a place in a list means every
entry of it ("media.saturation"). `crmsim play first_day+manual` plays one, `a+b+c` two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field

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
    """Make the changes of a variant in a scenario's tables; KeyError names a place that there is not."""
    for place, value in variant.set.items():
        _at(data, place.split("."), lambda old, value=value: value)  # type: ignore[misc]
    for place, factor in variant.times.items():
        _at(data, place.split("."), lambda old, factor=factor: max(1, old * factor // PPM))  # type: ignore[misc]


def _at(data: Any, steps: list[str], new: Callable[[Any], Any]) -> None:
    if isinstance(data, list):
        for each in data:
            _at(each, steps, new)
    elif len(steps) > 1:
        _at(data[steps[0]], steps[1:], new)
    elif steps[0] in data or all(isinstance(each, bool) for each in data.values()):  # a switch may be new
        data[steps[0]] = new(data.get(steps[0]))
    else:
        raise KeyError(steps[0])
