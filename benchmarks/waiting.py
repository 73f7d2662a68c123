"""What a customer who waits for its next moment takes in memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Generator, Iterator

import simpy

from benchmarks.measure import Pair, Row, Scale
from benchmarks.worlds import SEED, market_of
from crmsim.game import Game
from crmsim.scenarios.cast import Cast


def _bytes(make: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        kept = make()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] if kept is not None else 0
    finally:
        tracemalloc.stop()


def _processes(number: int) -> simpy.Environment:
    environment = simpy.Environment()

    def live() -> Generator[simpy.Event, None, None]:
        while True:
            yield environment.timeout(1000)

    for _each in range(number):
        environment.process(live())
    environment.run(until=1)
    return environment


def _customers(scale: Scale) -> Iterator[Pair]:
    few, many = scale.customers, 2 * scale.customers

    def game(size: int) -> Game:
        return Game(market_of(size, scale.working_days), SEED, cast=Cast())

    game(few), game(many)
    for _round in range(scale.rounds):
        customer = (_bytes(lambda: game(many)) - _bytes(lambda: game(few))) / few
        yield customer, (_bytes(lambda: _processes(many)) - _bytes(lambda: _processes(few))) / few


ROWS = (Row("one waiting customer, bytes", "a waiting SimPy process", _customers, 4, 2),)
