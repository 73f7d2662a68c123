"""How long a whole company takes for a month."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Pair, Row, Scale, cpu, timeouts
from benchmarks.worlds import company

MANY = 100_000


def _months(scale: Scale) -> Iterator[Pair]:
    for _round in range(scale.rounds):
        game = company(days=0 if scale.rounds > 1 else scale.working_days)
        yield cpu(game.run_to_end), timeouts(MANY) / MANY


ROWS = (
    Row("first_month with competent bots in every seat", "bare SimPy timeouts", _months, 6e6, 2e6, unit="timeouts"),
)  # fmt: skip
