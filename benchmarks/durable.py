"""What it takes until a person's action is on disk."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Pair, Row, Scale
from benchmarks.worlds import SEED, market_of
from crmsim.game import Game
from crmsim.game.journal import Entry, TimePassed
from crmsim.scenarios.cast import Cast
from crmsim.store.savefile import keep


def _slow(work: Callable[[int], object], times: int) -> float:
    """The 99th of a hundred: how long the slowest but a few take."""
    took = []
    for number in range(times):
        began = time.perf_counter()
        work(number)
        took.append(time.perf_counter() - began)
    return sorted(took)[int(times * 0.99)]


def _kept(scale: Scale) -> Iterator[Pair]:
    times = 20 * scale.rounds
    with TemporaryDirectory(prefix="crmsim-bench-") as folder:
        game = Game(market_of(min(100, scale.customers), 5), SEED, cast=Cast())
        keeper = keep(game, Path(folder) / "kept.crmsim")
        with closing(sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)) as bare:
            bare.execute("PRAGMA journal_mode=WAL")
            bare.execute("PRAGMA synchronous=FULL")
            bare.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, minute INTEGER, action TEXT)")
            for round in range(scale.rounds):
                first = round * times

                def entry(number: int, first: int = first) -> None:
                    keeper.entry(Entry(first + number, 600, "director", "person", TimePassed()))

                def row(number: int, first: int = first) -> None:
                    bare.execute("INSERT INTO entry VALUES (?, ?, ?)", (first + number, 600, "{}"))

                yield _slow(entry, times), _slow(row, times)
        keeper.let_go()


ROWS = (Row("one action durable, the slowest of a hundred", "bare SQLite insert, WAL, FULL", _kept, 8, 4),)
