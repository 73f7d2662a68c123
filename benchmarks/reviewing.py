"""How long the review of one seat takes, by two processes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.measure import Pair, Row, Scale
from benchmarks.worlds import played
from crmsim.grading.review import review

SEAT = "sales-1"


def _reviews(scale: Scale) -> Iterator[Pair]:
    game, _path = played(0 if scale.rounds > 1 else scale.working_days)
    entries = list(game.journal)
    began = time.perf_counter()
    review(game.header(), entries, [SEAT], jobs=2)
    yield time.perf_counter() - began, 1  # once: it takes minutes


ROWS = (Row("review of one seat, two processes, once", "-", _reviews, 120, 30, unit="seconds"),)
