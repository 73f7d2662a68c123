"""A criterion: a rule over one game that finds the occasions a seat was given and says how each was handled.

An occasion is something that the world made (a message, a due date, a revealed fact), never something the player can
make; one act serves one occasion. A criterion is one function: its docstring is the claim, `@criterion` the rest.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from crmsim.engine.words import Message

if TYPE_CHECKING:
    from crmsim.grading.course import Course

FULL = 1000  # points of one occasion
FEWEST = 5  # occasions below which a criterion is not scored
LEAST_PART = 8  # a score rests on criteria that make up at least one in so many of a seat's weights
BY_THE_BOOK = 2  # ... and below which one with little chance in it is not: papers that policy decides, whole days


class Occasion(msgspec.Struct, frozen=True):
    """One thing to handle, how well it was handled (0 to 1000), what shows it, and what would have been better."""

    points: int
    evidence: tuple[int, ...]
    why: Message
    advice: Message | None = None
    cell: str = ""  # where decisions are set against policy: what was right and what was done (English source)


Rule = Callable[["Course", str], Iterator[Occasion]]


class Criterion(msgspec.Struct, frozen=True):
    """A declared criterion. `weight` is its default weight; a scenario's rubric may set another."""

    id: str
    roles: tuple[str, ...]
    weight: int
    label: str
    claim: str
    rule: Rule
    fewest: int = FEWEST


CRITERIA: dict[str, Criterion] = {}


def criterion(
    id: str, roles: tuple[str, ...], label: str, weight: int = 1, fewest: int = FEWEST
) -> Callable[[Rule], Rule]:
    """Declare the function below as a criterion: its id, the roles it judges, its name (English source), its weight,
    and from how many occasions on it is scored."""

    def declare(rule: Rule) -> Rule:
        claim = inspect.cleandoc(rule.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        CRITERIA[id] = Criterion(id, roles, weight, label, claim, rule, fewest)
        return rule

    return declare


class Verdict(msgspec.Struct, frozen=True):
    """A criterion's outcome for a seat: points of those possible, why, the facts that show it, and advice.

    `possible` is 0 when there were too few occasions to score it.
    """

    id: str
    label: str
    claim: str
    points: int  # hundredths of a point of 100
    possible: int
    mean: int  # of all occasions, 0 to 1000, before the rubric's scale
    occasions: int
    why: Message
    evidence: tuple[int, ...]
    advice: Message | None = None
    cells: tuple[tuple[str, int], ...] = ()  # decisions against policy: how often each case occurred
    over: tuple[tuple[int, int], ...] = ()  # each occasion: the minute at which it was settled, and its points
    scale: tuple[int, int] = (0, FULL)  # the means from which points begin, and from which all are earned


def scaled(points: int, none: int | None, full: int | None) -> int:
    """Mean points (0 to 1000) on a rubric's scale: `none` and below earns nothing, `full` and above all of it."""
    low, high = none or 0, FULL if full is None else full
    if high <= low:
        return FULL if points >= high else 0
    return min(FULL, max(0, (points - low) * FULL // (high - low)))
