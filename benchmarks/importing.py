"""What it takes to bring in customers from a table: read, understood, checked, and on file in a running game."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.books import WRITERS, customers
from benchmarks.measure import Pair, Row, Scale, cpu
from benchmarks.worlds import SEED, market_of
from crmsim.game import Game
from crmsim.scenarios.cast import Cast
from crmsim.store.importing import prepare
from crmsim.store.reading_tables import read_grid

ROWS_IN = 20_000
BARE = {"csv": "csv.reader over the same file"}
# as measured on the day on which this row was written, and a half more: two seconds of CPU on any of them
FLOORS = {"xlsx": (16.0, 10.0), "xls": (16.0, 10.0), "ods": (16.0, 10.0), "csv": (80.0, 50.0)}


def _bare(path: Path) -> None:
    """The same cells by the library alone."""
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as file:
            list(csv.reader(file))
        return
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _import(path: Path, game: Game) -> None:
    told: list[int] = []
    prepared = prepare(game.view("director"), read_grid(path), None, told.append)
    game.apply("director", prepared.action())


def _rounds(ending: str) -> Callable[[Scale], Iterator[Pair]]:
    def rounds(scale: Scale) -> Iterator[Pair]:
        count = min(ROWS_IN, 20 * scale.customers)
        with TemporaryDirectory(prefix="crmsim-bench-") as folder:
            path = Path(folder) / f"customers.{ending}"
            WRITERS[ending](path, list(customers(count)))
            for _round in range(scale.rounds):
                game = Game(market_of(min(100, scale.customers), 5), SEED, cast=Cast())
                yield cpu(lambda game=game: _import(path, game)), cpu(lambda: _bare(path))  # type: ignore[misc]

    return rounds


ROWS = tuple(
    Row(
        f"{ROWS_IN:,} customers from {ending} into a running game",
        BARE.get(ending, "python-calamine over the same file"),
        _rounds(ending),
        *FLOORS[ending],
    )
    for ending in WRITERS
)
