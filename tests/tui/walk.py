"""A walk past every screen of the game, at a company where time stands: each stop is a name and the screen as text.

The company is that of first_day before anybody has moved, so that what bots or the market do changes nothing here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from crmsim.crm.customer import Customer
from crmsim.crm.record import Record
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.engine.words import Bilingual, _
from crmsim.game import Game
from crmsim.public import load_scenario, new_game, save
from crmsim.scenarios.schema import Scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.conversing import conversation_of
from crmsim.tui.form import Form
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session
from tests.tui.at_desk import part, press, still

SIZES = ((80, 24), (140, 40))
LANGUAGES = ("en", "zh")
SEATS = ("director", "promoter", "reception", "prospector", "sales-1", "service", "customer-1", "instructor")
PRICE = re.compile(r"about \d+ min, ends day \d+ \d\d:\d\d|约 ?\d+ ?分钟，第\d+天 \d\d:\d\d结束")
Stop = tuple[str, str]  # a scene's name, and the screen


def scenario() -> Scenario:
    """first_day, with a letter's worth of everything that stands in it, and nothing that happens by itself."""
    whole = load_scenario("first_day")
    return whole.model_copy(update={"events": ()})


def company(language: str) -> Game:
    """Its opening minute; one talk is under way at the reception."""
    found = scenario()
    seats = [each.id for each in found.seats]
    game = new_game(found, 7, dict.fromkeys(seats, "bot:idle") | {"director": "person"}, language=language)
    world, now = game.world, game.minute
    who, about = ("Jade River Trading", "a printer") if language == "en" else ("玉河商贸有限公司", "打印机")
    says = (
        Say(now - 9, "x1", "greet", Bilingual("Hello, do you sell printers?", "你好，请问你们卖打印机吗？")),
        Say(now - 8, "reception", "ask_need", Bilingual("We do. What will you print?", "有的。您主要打印什么？")),
        Say(now - 6, "x1", "tell", Bilingual("Contracts, about fifty a day.", "合同，每天五十份左右。")),
    )
    told = {"need": "printer", "quantity": 2, "phone": "10001234567"}
    world.add(
        Talk("T900", channel="website", customer="x1", who=who, subject=about, says=says,
             role="reception", seat="reception", status="open", turn="company", started=now - 9, answered=now - 8,
             revealed=tuple(Revealed(topic, value, now - 6) for topic, value in told.items()))
    )  # fmt: skip
    return game


def frozen(text: str) -> str:
    """A screen without what may be tuned: how many minutes an action takes."""
    return PRICE.sub(lambda found: "·" * len(found.group()), text)


def desk_app(language: str, game: Game | None = None) -> CrmsimApp:
    """The app, at every seat of the company."""
    session = Session(game or company(language), SEATS, save_path="lab")
    session.lesson.on = False
    return CrmsimApp(Wishes(), session=session, lang=language)


async def opening(language: str, size: tuple[int, int], home: Path) -> AsyncIterator[Stop]:
    """Choosing what to play, the briefing, the first desk with its lesson, and a window that is too small."""
    app = CrmsimApp(Wishes(seed=7, skill="idle", save=str(home / "lab.crmsim")), lang=language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield "start", await still(pilot)
        await press(pilot, "enter")
        yield "start-seats", await still(pilot)
        await press(pilot, "tab", "space")
        yield "start-pace", await still(pilot)
        await press(pilot, "escape", "f1")
        yield "start-help", await still(pilot)
        await press(pilot, "escape", "f5")
        yield "briefing", await still(pilot)
        await press(pilot, "enter")
        yield "lesson", await still(pilot)
        await pilot.resize_terminal(59, 14)
        await pilot.pause()
        yield "too-small", await still(pilot)


def goto(app: CrmsimApp, seat: str) -> None:
    """Sit down somewhere, at the home list."""
    assert app.session is not None
    app.session.change_seat(seat)
    app.screen.action_home()  # type: ignore[attr-defined]
    app.screen.look()  # type: ignore[attr-defined]


async def homes(pilot: Any) -> AsyncIterator[Stop]:
    """The home list of every seat."""
    app = pilot.app
    for seat in SEATS:
        goto(app, seat)
        await pilot.pause()
        yield f"home-{seat}", await still(pilot)


async def tables(pilot: Any, seats: Iterable[str] = SEATS) -> AsyncIterator[Stop]:
    """Every table and report once, at the first seat that has it."""
    app = pilot.app
    done: set[str] = set()
    for seat in seats:
        goto(app, seat)
        assert app.session is not None
        for table in app.session.tables:
            if table.id not in done:
                done.add(table.id)
                app.screen.open_table(table)  # type: ignore[attr-defined]
                await pilot.pause()
                if table.id == "report-source":
                    await press(pilot, "v")
                yield f"table-{table.id}", part(await still(pilot), app.screen.query_one("#work").region)
    goto(app, seats[0] if isinstance(seats, tuple) else SEATS[0])


async def forms(pilot: Any) -> AsyncIterator[Stop]:
    """The form of every action once, at the first seat that has it, whether or not it could be done now."""
    app, done = pilot.app, set()
    for seat in SEATS:
        goto(app, seat)
        for action in app.session.actions:
            if action not in done and conversation_of(app.session, action, {"talk": "T900"}) is None:
                done.add(action)
                app.push_screen(Form(app.session, action))
                screen = await still(pilot)
                yield f"form-{action.__name__}", part(screen, app.screen.query_one(".box").region)
                app.pop_screen()
    goto(app, SEATS[0])


async def at_work(pilot: Any) -> AsyncIterator[Stop]:
    """What one meets while working: forms, refusals, questions, a talk, the palette, help, the control centre."""
    app = pilot.app
    goto(app, "director")
    await press(pilot, "m")
    yield "menu", await still(pilot)
    await press(pilot, "t", "enter")
    yield "form-review", await still(pilot)
    await press(pilot, "right")
    yield "form-refused", await still(pilot)
    await press(pilot, "escape", "ctrl+p")
    await pilot.pause(0.1)
    yield "palette", await still(pilot)
    await press(pilot, "escape", "f1")
    yield "help", await still(pilot)
    await press(pilot, "escape", "c")
    yield "centre", await still(pilot)
    await press(pilot, "1")
    yield "cases", await still(pilot)
    await press(pilot, "enter")
    await pilot.pause(0.05)
    yield "case", await still(pilot)
    await press(pilot, "escape", "escape", "f9")
    yield "ask", await still(pilot)
    await press(pilot, "escape")
    async for stop in _in_tables(pilot):
        yield stop
    async for stop in _in_talk(pilot):
        yield stop


async def _in_tables(pilot: Any) -> AsyncIterator[Stop]:
    app = pilot.app
    desk: Any = app.screen
    assert app.session is not None
    desk.open_table(next(each for each in app.session.tables if each.id == "director-pool"))
    await press(pilot, "slash", "0")
    yield "filter", await still(pilot)
    await press(pilot, "escape", "s", "space", "space")
    yield "marked", await still(pilot)
    await press(pilot, "enter")
    yield "offer", await still(pilot)
    await press(pilot, "escape")
    desk.query_one("Rows").marked.clear()
    goto(app, "service")
    for at in range(len(app.session.papers())):
        await press(pilot, *["down"] * at, "enter")
        yield f"form-service-{at + 1}", await still(pilot)
        await press(pilot, "escape", *["up"] * at)
    goto(app, "director")


async def _in_talk(pilot: Any) -> AsyncIterator[Stop]:
    app = pilot.app
    goto(app, "reception")
    await press(pilot, "enter")
    await pilot.pause()
    yield "talk", await still(pilot)
    await press(pilot, "4")
    yield "talk-move", await still(pilot)
    await press(pilot, "e")
    yield "talk-own-words", await still(pilot)
    await press(pilot, "escape", "9")
    yield "form-record", await still(pilot)
    await press(pilot, "escape", "f5")
    yield "talk-papers", await still(pilot)
    await press(pilot, "escape", "escape")


async def afterwards(language: str, size: tuple[int, int], home: Path) -> AsyncIterator[Stop]:
    """The control centre's rooms, the instructor's watch, and what is shown when a game is over."""
    game = company(language)
    app = desk_app(language, game)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        goto(app, "instructor")
        await press(pilot, "c")
        yield "centre-instructor", await still(pilot)
        await press(pilot, "3")
        await pilot.pause(0.5)
        yield "grades", await still(pilot)
        await press(pilot, "escape")
        from crmsim.tui.watch import Watch

        assert app.session is not None
        app.push_screen(Watch(app.session))
        await press(pilot, "right")
        yield "watch", await still(pilot)
        await press(pilot, "escape")
        game.end()
        save(game, home / "saves" / "lab-one.crmsim")
        app.screen.look()  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        yield "card", await still(pilot)
        app.screen.told = (_("No news yet."),)  # type: ignore[attr-defined]
        await press(pilot, "2")
        yield "later", await still(pilot)
        await press(pilot, "3")
        yield "stories", await still(pilot)
        await press(pilot, "escape", "4")
        yield "replay", await still(pilot)
        await press(pilot, "f")
        yield "replay-follow", await still(pilot)
        await press(pilot, "escape", "j")
        yield "replay-jump", await still(pilot)
        await press(pilot, "escape", "escape")


def people_of(game: Game) -> list[str]:
    """The customers of a company, and its records."""
    return [each.id for each in (*game.world.all(Customer), *game.world.all(Record))]


__all__ = ["SEATS", "SIZES", "afterwards", "at_work", "company", "desk_app", "frozen", "homes", "opening",
           "tables"]  # fmt: skip
