"""A walk past every screen of the game, at a company where time stands: each stop is a name and the screen as text.

The company is that of first_day before anybody has moved, so that what bots or the market do changes nothing here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from crmsim.crm.customer import Customer
from crmsim.crm.record import Record
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.engine.action import label_of
from crmsim.engine.words import Bilingual, _
from crmsim.game import Game
from crmsim.grading.review import Better, Marked
from crmsim.public import load_scenario, new_game, save
from crmsim.roles.director.papers import ReviewOrder
from crmsim.roles.director.pool import AssignCustomer, ReassignCustomer
from crmsim.scenarios.schema import Scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.bringing import Bringing
from crmsim.tui.conversing import conversation_of
from crmsim.tui.form import Form
from crmsim.tui.grades import Grades
from crmsim.tui.labreport import LabReport
from crmsim.tui.opening import Wishes
from crmsim.tui.reports import Reports
from crmsim.tui.review import Reviewing
from crmsim.tui.session import Session
from crmsim.tui.setting_up import SettingUp
from crmsim.tui.stop import Stop as Between
from crmsim.tui.watch import Watch
from tests.tui.at_desk import part, press, still, until, worked

SIZES = ((80, 24), (140, 40))
LANGUAGES = ("en", "zh")
SEATS = ("director", "promoter", "reception", "prospector", "sales-1", "service", "customer-1", "instructor")
PLAYED = re.compile(r"20(?:2[6-9]|[3-9]\d)-[\d-]+(?: [\d:]+|(?=…))")  # when a file was kept; the game's are before
PRICE = re.compile(r"about \d+ min, ends day \d+ \d\d:\d\d|约 ?\d+ ?分钟，第\d+天 \d\d:\d\d结束")


class Stop(NamedTuple):
    """A place of the walk."""

    name: str
    text: str  # the screen
    screen: type[Screen[Any]]


async def at(pilot: Any, name: str) -> Stop:
    """The screen that shows, once it is still."""
    text = await still(pilot)
    return Stop(name, text, type(pilot.app.screen))


def scenario() -> Scenario:
    """first_day, with a letter's worth of everything that stands in it, and nothing that happens by itself."""
    whole = load_scenario("first_day")
    return whole.model_copy(update={"events": ()})


def begun(language: str, found: Scenario, student: str = "") -> Game:
    """A game of it in its opening minute; the director's seat is a person's."""
    holders = dict.fromkeys((each.id for each in found.seats), "bot:idle") | {"director": student or "person"}
    return new_game(found, 7, holders, language=language, student=student)


def company(language: str) -> Game:
    """One talk is under way at the reception."""
    game = begun(language, scenario())
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
    """A screen without what may be tuned, how many minutes an action takes, and without today's date."""
    return PLAYED.sub(lambda found: "·" * len(found.group()), PRICE.sub(lambda found: "·" * len(found.group()), text))


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
        yield await at(pilot, "start")
        await press(pilot, "enter")
        yield await at(pilot, "start-seats")
        await press(pilot, "tab", "space")
        yield await at(pilot, "start-pace")
        await press(pilot, "escape", "f1")
        yield await at(pilot, "start-help")
        await press(pilot, "escape", "f5")
        yield await at(pilot, "briefing")
        await press(pilot, "enter")
        yield await at(pilot, "lesson")
        await pilot.resize_terminal(59, 14)
        await pilot.pause()
        yield await at(pilot, "too-small")


def goto(app: CrmsimApp, seat: str) -> None:
    """Sit down somewhere, at the home list."""
    assert app.session is not None
    app.session.seat = seat
    app.screen.action_home()  # type: ignore[attr-defined]
    app.screen.look()  # type: ignore[attr-defined]


async def homes(pilot: Any) -> AsyncIterator[Stop]:
    """The home list of every seat."""
    app = pilot.app
    for seat in SEATS:
        goto(app, seat)
        await pilot.pause()
        yield await at(pilot, f"home-{seat}")


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
                stop = await at(pilot, f"table-{table.id}")
                yield stop._replace(text=part(stop.text, app.screen.query_one("#work").region))
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
                stop = await at(pilot, f"form-{action.__name__}")
                yield stop._replace(text=part(stop.text, app.screen.query_one(".box").region))
                app.pop_screen()
    goto(app, SEATS[0])


async def at_work(pilot: Any) -> AsyncIterator[Stop]:
    """What one meets while working: forms, refusals, questions, a talk, the palette, help, the control centre."""
    app = pilot.app
    goto(app, "director")
    await press(pilot, "m")
    yield await at(pilot, "menu")
    await press(pilot, "t", "enter")
    yield await at(pilot, "form-review")
    await press(pilot, "shift+tab", "shift+tab", "right", "f10")  # to send it back without a word
    yield await at(pilot, "form-refused")
    await press(pilot, "escape", "ctrl+p")
    await worked(pilot)
    yield await at(pilot, "palette")
    await press(pilot, "escape", "f1")
    yield await at(pilot, "help")
    await press(pilot, "escape", "c")
    yield await at(pilot, "centre")
    await press(pilot, "1")
    yield await at(pilot, "cases")
    await press(pilot, "enter")
    await pilot.pause(0.05)
    yield await at(pilot, "case")
    await press(pilot, "escape", "escape", "f9")
    yield await at(pilot, "ask")
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
    yield await at(pilot, "filter")
    await press(pilot, "escape", "s", "space", "space")
    yield await at(pilot, "marked")
    await press(pilot, "enter")
    yield await at(pilot, "offer")
    await press(pilot, "escape", "f")
    yield await at(pilot, "file")
    await press(pilot, "escape")
    desk.query_one("Rows").marked.clear()
    goto(app, "service")
    for number in range(len(app.session.papers())):
        await press(pilot, *["down"] * number, "enter")
        yield await at(pilot, f"form-service-{number + 1}")
        await press(pilot, "escape", *["up"] * number)
    goto(app, "director")


async def _in_talk(pilot: Any) -> AsyncIterator[Stop]:
    app = pilot.app
    goto(app, "reception")
    await press(pilot, "enter")
    await pilot.pause()
    yield await at(pilot, "talk")
    await press(pilot, "4")
    yield await at(pilot, "talk-move")
    await press(pilot, "e")
    yield await at(pilot, "talk-own-words")
    await press(pilot, "escape", "9")
    yield await at(pilot, "form-record")
    await press(pilot, "escape", "f5")
    yield await at(pilot, "talk-papers")
    await press(pilot, "escape", "escape")


async def afterwards(language: str, size: tuple[int, int], home: Path) -> AsyncIterator[Stop]:
    """The control centre's rooms, the instructor's watch, and what is shown when a game is over."""
    game = company(language)
    app = desk_app(language, game)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        goto(app, "instructor")
        await press(pilot, "c")
        yield await at(pilot, "centre-instructor")
        await press(pilot, "3")
        await worked(pilot)
        yield await at(pilot, "grades")
        await press(pilot, "escape")
        assert app.session is not None
        app.push_screen(Watch(app.session))
        await press(pilot, "right")
        yield await at(pilot, "watch")
        await press(pilot, "escape")
        game.end()
        save(game, home / "saves" / "lab-one.crmsim")
        app.screen.look()  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        yield await at(pilot, "card")
        app.screen.told = (_("No news yet."),)  # type: ignore[attr-defined]
        await press(pilot, "2")
        yield await at(pilot, "later")
        await press(pilot, "3")
        yield await at(pilot, "stories")
        await press(pilot, "escape", "4")
        yield await at(pilot, "replay")
        await press(pilot, "f")
        yield await at(pilot, "replay-follow")
        await press(pilot, "escape", "j")
        yield await at(pilot, "replay-jump")
        await press(pilot, "escape", "escape")


async def at_stops(language: str, size: tuple[int, int], home: Path) -> AsyncIterator[Stop]:
    """While a game is set up, a table file looked at, and between two acts how the team stands, and who sits where."""
    before, now, *_more = load_scenario("first_month").acts
    acts = {"acts": (now.model_copy(update={"first_day": 1}),)}
    app = desk_app(language, begun(language, scenario().model_copy(update=acts)))
    async with app.run_test(size=size) as pilot:
        app.push_screen(SettingUp())
        yield await at(pilot, "setting-up")
        app.pop_screen()
        assert app.session is not None
        (home / "customers.csv").write_text("Customer name,Phone\nNew Wind,10012345678\nOld Wind,1\n", encoding="utf-8")
        app.push_screen(Bringing(app.session, home / "customers.csv"))
        yield await at(pilot, "bringing")
        app.pop_screen()
        sheet = Between(app.session, before)
        app.push_screen(sheet)
        await until(pilot, lambda: sheet.found is not None and not sheet.deaf)
        yield await at(pilot, "stop")
        await press(pilot, "f5")
        yield await at(pilot, "stop-seats")


async def papers(language: str, size: tuple[int, int], home: Path) -> AsyncIterator[Stop]:
    """What is written and marked when a game is over: the lab report, its free words, a mark by hand, the review."""
    game, path = begun(language, scenario(), "2025001"), home / "saves" / "lab-two.crmsim"
    game.end()
    save(game, path)
    app = CrmsimApp(Wishes(), session=Session(game, ("director", "instructor"), save_path=str(path)), lang=language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        desk_under: Any = app.screen_stack[1]
        app.push_screen(Reports())
        yield await at(pilot, "reports")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, LabReport))
        yield await at(pilot, "lab-report")
        report: Any = app.screen
        for blank in report.blanks:
            report.draft.put(blank, WRITTEN[language] if blank.long else "12")
        report.draft.hand_in()
        await press(pilot, "f5")
        yield await at(pilot, "lab-report-marks")
        await press(pilot, "escape", "escape")
        app.push_screen(Grades(teaching=True))
        await until(pilot, lambda: len(app.screen.reports) == len(app.screen.saves))  # type: ignore[attr-defined]
        yield await at(pilot, "grades-of-one")
        await press(pilot, "o")
        yield await at(pilot, "overriding")
        await press(pilot, "escape", "w")
        yield await at(pilot, "confirming")
        await press(pilot, "escape", "escape")
        review = Reviewing(desk_under.session)
        app.push_screen(review)
        await until(pilot, lambda: review.found is not None)
        review.found = [("director", each) for each in DECISIONS]
        review.retell()
        yield await at(pilot, "review")
        await press(pilot, "down")
        yield await at(pilot, "review-better")


WRITTEN = {
    "en": "We learned to ask first. Next time we answer the same day, because a customer who waits is lost.",
    "zh": "我们学会了先问清客户的需求。下次要当天答复，因为让客户久等，就等于把客户让给同行。",
}
DECISIONS = (  # as the review marks them: by policy alone, and played on
    Marked(3, 555, None, _("{action:label}", action=label_of(ReviewOrder)), "good", played=False, fen=0, satisfaction=0,
           spread=0, total=0, better=None, why=None),
    Marked(9, 640, None, _("{action:label}", action=label_of(AssignCustomer)), "blunder", played=True, fen=128_000,
           satisfaction=30_000, spread=42_000, total=151_000, why=None,
           better=Better(None, _("{action:label}", action=label_of(ReassignCustomer)), (), ())),
)  # fmt: skip


def people_of(game: Game) -> list[str]:
    """The customers of a company, and its records."""
    return [each.id for each in (*game.world.all(Customer), *game.world.all(Record))]


__all__ = ["SEATS", "SIZES", "afterwards", "at_work", "company", "desk_app", "frozen", "homes", "opening",
           "tables"]  # fmt: skip
