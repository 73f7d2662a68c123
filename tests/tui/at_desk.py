"""A desk to test screens at: a company with one order that waits, and nobody in the market who would disturb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len

from crmsim.crm.order import Order, OrderLine
from crmsim.crm.record import Record
from crmsim.crm.talk import Say, Talk
from crmsim.engine.words import _
from crmsim.game import Game
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.people import MarketPart
from crmsim.scenarios.schema import Scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session

LOOKS = 500  # at a screen, before it is said that it never stands still
NAMES = ("[/bold] Ltd", "[@click=app.quit]x[/]")


def quiet_scenario() -> Scenario:
    """first_day with an empty book and nothing that happens by itself."""
    whole = load_scenario("first_day")
    book = type(whole.book)()
    fair = type(whole.fair)()
    return whole.model_copy(
        update={"book": book, "events": (), "fair": fair, "market": MarketPart(size=1, aware=0, wanting=0, junk=0)}
    )


def quiet_game(pace: str = "turn") -> Game:
    """A game of it, with two records whose names look like markup, an order that waits, and a talk that waits."""
    game = Game(quiet_scenario(), seed=7, cast=Cast("en"), pace=pace)
    world, now = game.world, game.minute
    for number, name in enumerate(NAMES, 1):
        world.add(
            Record(f"C{number}", name=name, owner="sales-1", recorded=now, recorded_by="reception", region="north")
        )
    world.add(
        Order(
            "O1", record="C1", owner="sales-1", lines=(OrderLine("printer", 2, 168_000),), submitted=now, terms="days_3"
        )
    )
    said = Say(now, "x1", "greet", _("Hello, is anybody there?"))
    world.add(
        Talk("T1", channel="email", customer="x1", who=NAMES[1], subject="[b]toner[/b]", role="reception", says=(said,),
             started=now)
    )  # fmt: skip
    return game


def app_at(*seats: str, pace: str = "turn", **more: Any) -> CrmsimApp:
    """The app, at these seats of that game."""
    return CrmsimApp(Wishes(), session=Session(quiet_game(pace), seats), **more)


def shown(app: CrmsimApp) -> str:
    """The screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def press(pilot: Any, *keys: str) -> None:
    """Keys, one after another, each with time to take effect."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def still(pilot: Any) -> str:
    """The screen as text once it does not change any more."""
    before, now = "", shown(pilot.app)
    for _look in range(LOOKS):
        if now == before and now:
            return now
        for _turn in range(2):
            await pilot.pause()
        before, now = now, shown(pilot.app)
    raise AssertionError(f"The screen is never still:\n{before}\n{now}")


async def until(pilot: Any, true: Callable[[], object]) -> None:
    """Wait for what a worker does beside the screen."""
    for _turn in range(2000):
        if true():
            break
        await pilot.pause(0.05)
    await pilot.pause()
    assert true()


async def worked(pilot: Any) -> str:
    """The screen as text once what it looks for, grades or reads beside itself is there."""
    await pilot.pause()
    app = pilot.app
    await until(pilot, lambda: all(each.is_finished for each in app.workers if each.node is app.screen))
    return await still(pilot)


def part(screen: str, region: Any) -> str:
    """What stands in one region of a screen's text."""
    return "\n".join(_cells(line, region.x, region.right) for line in screen.split("\n")[region.y : region.bottom])


def _cells(line: str, start: int, end: int) -> str:
    found, at = "", 0
    for letter in line:
        found += letter if start <= at < end else ""
        at += cell_len(letter)
    return found


async def opened(pilot: Any) -> None:
    """A game that is named on the command line is opened behind a first picture; here one waits for it."""
    await until(pilot, lambda: pilot.app.session)
