"""How fast a world is copied."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Pair, Row, Scale, cpu
from benchmarks.worlds import SEED, market_of
from crmsim.game import Game
from crmsim.scenarios.cast import Cast


def _forks(scale: Scale) -> Iterator[Pair]:
    game = Game(market_of(scale.customers, scale.working_days), SEED, cast=Cast())
    game.live_to(game.end_minute // 2)
    for _round in range(scale.rounds):
        yield cpu(game.fork) * 1000, 1


ROWS = (Row("copy of a world of 1,000 customers", "-", _forks, 40, 10, unit="ms"),)
