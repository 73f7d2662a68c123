"""How many games are graded in a second, and what a second process brings."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from benchmarks.measure import Pair, Row, Scale, cpu
from benchmarks.worlds import played
from crmsim.grading import grade_game
from crmsim.grading.batch import Task, grade_all

MANY = 8  # stand for the two hundred of a class: what starting costs weighs more with few


def _grades(scale: Scale) -> Iterator[Pair]:
    game, _path = played(0 if scale.rounds > 1 else scale.working_days)
    for _round in range(scale.rounds):
        yield cpu(lambda: grade_game(game)), 1


def _side_by_side(scale: Scale) -> Iterator[Pair]:
    _game, path = played(0 if scale.rounds > 1 else scale.working_days)
    with TemporaryDirectory(prefix="crmsim-bench-") as folder:
        files = [Path(copyfile(path, Path(folder) / f"{number}.crmsim")) for number in range(MANY)]
        for _round in range(min(3, scale.rounds)):
            yield _wall(files, 2), _wall(files, 1)


def _wall(files: list[Path], jobs: int) -> float:
    began = time.perf_counter()
    list(grade_all(files, Task(), jobs=jobs))
    return time.perf_counter() - began


ROWS = (
    Row(
        "grades of that lab, without outcomes", "-", _grades, 5, 20, unit="a second", more=True,
        value=lambda work, _yardstick: 1 / work,
    ),
    Row(
        "8 such games graded by two processes", "one after the other", _side_by_side, 1.6, 1.8, more=True,
        value=lambda work, yardstick: yardstick / work,
    ),
)  # fmt: skip
