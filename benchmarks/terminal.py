"""What a terminal takes while it is looked at: from a key to the picture, at rest, and with cells that change."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from textual import events

from benchmarks.measure import Pair, Row, Scale
from benchmarks.worlds import SEED, market_of
from crmsim.crm.record import Record
from crmsim.game import Game
from crmsim.scenarios.cast import Cast
from crmsim.tui import app as app_module
from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.grid import Grid
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session

CUSTOMERS = 5_000
FRAME = 1000 / 60  # milliseconds
LOOK = 0.5  # seconds between two looks of a desk while its clock runs
CELLS = 50  # that changed meanwhile
SEAT = "director"


class Painted(CrmsimApp):
    """The app without a terminal, which makes of every picture the text that it would send, and notes when."""

    CSS_PATH = Path(app_module.__file__).with_name("style.tcss")
    at, used = 0.0, 0.0  # of the latest picture: on the clock, and of processor time

    def _display(self, screen: Any, renderable: Any) -> None:
        if hasattr(renderable, "render_segments"):
            renderable.render_segments(self.console)
        super()._display(screen, renderable)
        self.at, self.used = time.perf_counter(), time.process_time()


@asynccontextmanager
async def _desk(customers: int) -> AsyncIterator[tuple[Painted, Game]]:
    """A desk that shows the table of its customers' files; time passes only when it is told to."""
    game = Game(market_of(30, 5), SEED, cast=Cast())
    for number in range(customers):
        id = f"X{number}"
        game.world.add(Record(id, name=f"Customer {number}", owner="sales-1", region="north", recorded_by=SEAT))
    app = Painted(Wishes(), session=Session(game, (SEAT,)))
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.pause()
        desk = app.screen
        assert isinstance(desk, Desk) and app.session is not None
        desk.open_table(next(each for each in app.session.tables if each.id == "customers"))
        await pilot.pause()
        yield app, game


def _change(app: Painted, game: Game, number: int) -> None:
    """Other cells in the first rows, which are seen, and the desk looks again."""
    for row in islice(game.world.all(Record), CELLS // 2):
        row.budget, row.deadline = 100_000 + number, number * 1440
    if isinstance(app.screen, Desk):
        app.screen.look()


async def _struck(keys: int, customers: int) -> float:
    """The slowest of twenty waits from a key to the picture that shows the cursor moved, milliseconds.

    Of processor time, which is what a terminal waits for on a machine of its own; others' work does not count. Keys
    come every ninth of a second and looks twice in a second, so every fifth key waits for a look; for the whole of one.
    """
    async with _desk(customers) as (app, game):
        grid, waits = app.screen.query_one(Grid), []
        for number in range(keys):
            await asyncio.sleep(0.11)
            row, began, used = grid.cursor_row, time.perf_counter(), time.process_time()
            if number % 5 == 4:
                _change(app, game, number)
            app.post_message(events.Key("down" if number % 40 < 20 else "up", None).set_sender(app))
            while (grid.cursor_row == row or app.at < began) and time.perf_counter() < began + 30:
                await asyncio.sleep(0.001)
            waits.append((app.used - used) * 1000)
        return quantiles(waits, n=20, method="inclusive")[-1]


async def _used(seconds: float, customers: int, changing: bool) -> float:
    """The processor time of a desk, per cent of one processor: at rest with its clock, or with cells that change."""
    async with _desk(customers) as (app, game):
        await asyncio.sleep(0.5)
        began, used = time.perf_counter(), time.process_time()
        for number in range(int(seconds / LOOK)):
            if changing:
                _change(app, game, number)
            await asyncio.sleep(LOOK)
        return (time.process_time() - used) * 100 / (time.perf_counter() - began)


def _keys(scale: Scale) -> Iterator[Pair]:
    for _round in range(min(3, scale.rounds)):
        yield asyncio.run(_struck(*((100, CUSTOMERS) if scale.rounds > 1 else (10, scale.customers)))), FRAME


def _processor(changing: bool, scale: Scale) -> Iterator[Pair]:
    for _round in range(min(3, scale.rounds)):
        yield asyncio.run(_used(*_length(scale), changing)), 1


def _length(scale: Scale) -> tuple[float, int]:
    return (8, CUSTOMERS) if scale.rounds > 1 else (1, scale.customers)


ROWS = (
    Row("key to repaint, slowest of twenty, 5,000 customers, 100 cells a second", "a frame of 16.7 ms", _keys, 4, 2),
    Row("processor of a terminal at rest", "-", partial(_processor, False), 1.5, 0.7, unit="%"),
    Row("processor of a terminal with 100 cells that change a second", "-", partial(_processor, True), 12, 5, unit="%"),
)
