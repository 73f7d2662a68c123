"""How many games are graded in a second."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Pair, Row, Scale, cpu
from benchmarks.worlds import played
from crmsim.grading import grade_game


def _grades(scale: Scale) -> Iterator[Pair]:
    game, _path = played(0 if scale.rounds > 1 else scale.working_days)
    for _round in range(scale.rounds):
        yield cpu(lambda: grade_game(game)), 1


ROWS = (
    Row(
        "grades of that lab, without outcomes", "-", _grades, 5, 20, unit="a second", more=True,
        value=lambda work, _yardstick: 1 / work,
    ),
)  # fmt: skip
