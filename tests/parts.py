"""A part of the tests at a time: `CRMSIM_PART=3` runs every third, from another one on in each commit (as `make faults`
does with faults), so that within a few commits all have run; `CRMSIM_PART=2/3` the second."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

from tools.faults import turn_of_commit

T = TypeVar("T")


def part_of(whole: Sequence[T], part: str, turn: int) -> list[T]:
    """These, in turn; every one belongs to exactly one part."""
    at, slash, of = part.rpartition("/")
    return list(whole[((int(at) - 1) if slash else turn) % int(of) :: int(of)])


def in_turn(whole: Sequence[T], of: int) -> list[T]:
    """Some of what takes long: all of it on many seeds; on few, as in `.ci/run`, one part in each commit."""
    few = int(os.environ.get("CRMSIM_SEEDS", "20")) < 5
    return part_of(whole, str(of), turn_of_commit()) if few else list(whole)


class Parts:
    """Takes the others away, after all else that chooses tests."""

    def __init__(self, part: str, turn: int) -> None:
        self.part, self.turn = part, turn

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        kept = set(part_of(sorted(items, key=lambda each: each.nodeid), self.part, self.turn))
        left = [each for each in items if each not in kept]
        config.hook.pytest_deselected(items=left)
        items[:] = [each for each in items if each in kept]
