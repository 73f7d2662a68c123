"""How fast customers live, and how that holds in larger markets."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial
from itertools import count

from benchmarks.measure import Pair, Row, Scale, cpu, timeouts
from benchmarks.worlds import SEED, market_of
from crmsim.game import Game
from crmsim.scenarios.cast import Cast


def _lived(size: int, working_days: int, counted: bool = False) -> tuple[int, float]:
    """How many events SimPy took from its queue (when asked), and the CPU seconds of it all: customers and the
    company's clock that woke, and wakes that had been put off; as many timeouts of SimPy are the yardstick."""
    game = Game(market_of(size, working_days), SEED, cast=Cast())
    tally, agenda = count(), game.world.agenda
    step = agenda.step

    def stepped() -> None:
        next(tally)
        step()

    if counted:
        agenda.step = stepped  # type: ignore[method-assign]
    gc.collect()
    took = cpu(lambda: game.live_to(game.end_minute))
    return next(tally), took


def _events(scale: Scale) -> Iterator[Pair]:
    events, _took = _lived(scale.customers, scale.working_days, counted=True)
    for _round in range(scale.rounds):
        yield _lived(scale.customers, scale.working_days)[1], timeouts(events, scale.customers)


def _growing(times: int, scale: Scale) -> Iterator[Pair]:
    few, _took = _lived(scale.customers, scale.working_days, counted=True)
    many = 0
    for _round in range(scale.rounds if times < 100 else 1):
        small = _lived(scale.customers, scale.working_days)[1]
        if not many:
            many, large = _lived(times * scale.customers, scale.working_days, counted=True)
        else:
            large = _lived(times * scale.customers, scale.working_days)[1]
        yield large / many, small / few


ROWS = (
    Row(
        "events a second while 1,000 customers live 90 days, staff idle", "bare SimPy timeouts a second", _events,
        0.25, 0.45, more=True, value=lambda work, yardstick: yardstick / work,
    ),
    Row("an event with 10,000 customers", "one with 1,000", partial(_growing, 10), 2.5, 1.7),
)  # fmt: skip
LARGE = (Row("an event with 100,000 customers", "one with 1,000", partial(_growing, 100), 5, 3.5),)
