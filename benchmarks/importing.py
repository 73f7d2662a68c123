"""What it takes to bring in customers from a table: read, understood, checked, and on file in a running game."""

from __future__ import annotations

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
FLOOR, GOAL = 21, 10  # as measured, and a half more: some 1.7 seconds of a processor, whatever the kind of table


def _bare(path: Path) -> None:
    """The same cells out of a workbook by the library alone: one yardstick for all kinds of table, which it reads at
    very different speeds."""
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
            book = Path(folder) / "yardstick.xlsx"
            WRITERS[ending](path, list(customers(count)))
            WRITERS["xlsx"](book, list(customers(count)))
            for _round in range(scale.rounds):
                game = Game(market_of(min(100, scale.customers), 5), SEED, cast=Cast())
                yield cpu(lambda game=game: _import(path, game)), cpu(lambda: _bare(book))  # type: ignore[misc]

    return rounds


ROWS = tuple(
    Row(
        f"{ROWS_IN:,} customers from {ending} into a running game",
        "python-calamine over them as xlsx",
        _rounds(ending),
        FLOOR,
        GOAL,
    )
    for ending in WRITERS
)
