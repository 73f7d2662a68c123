"""Foreign text in every widget: what looks like markup is text, no escape and no bidi mark reaches the terminal, and
nothing is torn by what has no width or too much of it (robustness: text to the terminal)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from crmsim.crm.letter import Letter
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.engine.action import fields_of
from crmsim.game import Game
from crmsim.scenarios.cast import Cast, Person
from crmsim.tui.app import CrmsimApp
from crmsim.tui.ask import Ask
from crmsim.tui.desk import Desk
from crmsim.tui.offer import Offer
from crmsim.tui.opening import Wishes
from crmsim.tui.player import Player
from crmsim.tui.reader import Reader
from crmsim.tui.session import Session
from crmsim.tui.stories import Stories
from crmsim.tui.watch import Watch
from tests.tui.at_desk import press, quiet_scenario, shown, still

MARKUP = {
    "action": "[@click=app.quit]quit[/]",
    "closing": "[/bold]",
    "opening": "[bold red",
    "link": "[link=http://x]y[/link]",
    "markdown": "](x) **b** `c` | # h",
    "braces": "{0.__class__} {name} %s $x",
}
UNSAFE = {
    "escape": "\x1b[2J\x1b]0;t\x07Esc",
    "c1": "\x9b31mC1",
    "bell": "\x07\x08\x00Bell",
    "bidi": "\u202eevil\u2066x\u2069",
    "zero width": "Ze\u200bro\u200d\ufeff",
    "tags": "T\U000e0041ag",
    "accents": "Z" + "\u0301\u0302\u0303" * 400 + "algo",
    "lines": "one\ntwo\r\nthree\ttab",
}
LONG = {"cjk": "客" * 10_000, "ascii": "w" * 10_000, "emoji": "👩‍👩‍👧‍👦" * 500, "flags": "🇨🇳" * 300}
NAMES = MARKUP | UNSAFE | LONG
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
TABLES = {
    "director": {"customers", "director-pool", "director-orders", "director-staff", "director-products", "inbox",
                 "report-owners"},
    "sales-1": {"sales-customers", "portraits", "timeline"},
    "reception": {"reception-mails"},
}  # fmt: skip
SEATS = ("director", "reception", "sales-1", "service", "instructor")


def company(name: str) -> Game:
    """A company in which everything that people may name is called so."""
    scenario = quiet_scenario()
    whoever = Person(name=name, company=name, position=name, phone=name, email=name, surname=name)
    cast = Cast("en", customers=(whoever,) * 8, strangers=(whoever,) * 8, staff=(whoever,) * len(scenario.seats))
    game = Game(scenario, seed=7, cast=cast, holders={"director": name})
    world, now = game.world, game.minute
    for owner in ("sales-1", ""):
        world.add(
            Record(f"C{owner}", name=name, contact=name, position=name, phone=name, email=name, notes=name, owner=owner,
                   recorded=now, recorded_by="reception", region="north")
        )  # fmt: skip
    world.add(
        Order("O1", record="Csales-1", owner="sales-1", lines=(OrderLine("printer", 2, 168_000),), submitted=now,
              terms="days_3", reason=name)
    )  # fmt: skip
    says = (Say(now, "x1", "greet", name), Say(now, "reception", "greet", name), Say(now, "x1", "tell", name))
    told = tuple(Revealed(topic, name, now) for topic in ("name", "contact", "need"))
    world.add(
        Talk("T1", channel="email", customer="x1", who=name, subject=name, role="reception", says=says, revealed=told,
             started=now)
    )  # fmt: skip
    world.add(Letter("L1", sender="sales-1", to=("director",), subject=name, text=name, sent=now))
    for product in list(world.all(Product))[:1]:
        product.name = name  # type: ignore[assignment]
    return game


def whole(app: Any, size: tuple[int, int]) -> str:
    """The screen, which no text may tear: as many cells a line as the window has, nothing that steers a terminal."""
    strips = app.screen._compositor.render_strips()
    assert len(strips) == size[1]
    for strip in strips:
        text = "".join(segment.text for segment in strip)
        assert not FORBIDDEN.search(text), repr(text)
        assert cell_len(text) == size[0], repr(text)
        for segment in strip:
            meta = segment.style.meta if segment.style is not None else {}
            assert not str(meta.get("@click", "")).startswith("app.quit")
            assert segment.style is None or not segment.style.link
    return shown(app)


async def click_through(pilot: Any, size: tuple[int, int]) -> None:
    """Every line of the screen that shows foreign text is clicked, and nobody leaves the game by it."""
    app, before = pilot.app, pilot.app.screen
    for line in range(2, size[1] - 1, 3):
        await pilot.click(offset=(size[0] // 2, line))
        await pilot.pause()
        while (app.screen is not before and isinstance(app.screen, Ask | Offer | Reader)) or (
            app.screen is not before and before in app.screen_stack
        ):
            await press(pilot, "escape")
        assert app.is_running


@pytest.mark.covers("GAME-1", "REG-2")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(" ".join(MARKUP.values()), id="markup"),
        pytest.param(" ".join(UNSAFE.values()), id="unsafe"),
        *(pytest.param(name, id=id, marks=pytest.mark.slow) for id, name in NAMES.items()),
    ],
)
async def test_hostile_text_is_only_text_in_every_widget(name: str, tmp_path: Path) -> None:
    size = (80, 24)
    game = company(name)
    session = Session(game, SEATS)
    app = CrmsimApp(Wishes(), session=session, lang="zh" if len(name) % 2 else "en")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        desk: Any = app.screen
        for seat in SEATS:
            session.change_seat(seat)
            desk.action_home()
            desk.look()
            await still(pilot)
            whole(app, size)
        await _tables(pilot, size)
        await _sheets(pilot, size)
        await _screens(pilot, size)


async def _tables(pilot: Any, size: tuple[int, int]) -> None:
    app = pilot.app
    desk, session = app.screen, app.session
    for seat, ids in TABLES.items():
        session.change_seat(seat)
        for table in [each for each in session.tables if each.id in ids]:
            desk.open_table(table)
            await still(pilot)
            whole(app, size)
            if table.id in {"customers", "inbox"}:
                await click_through(pilot, size)
                desk.open_table(table)
                await press(pilot, "slash", "q", "escape", "space", "enter")
                whole(app, size)
                while app.screen is not desk:
                    await press(pilot, "escape")
                desk.query_one("Rows").marked.clear()


async def _sheets(pilot: Any, size: tuple[int, int]) -> None:
    app = pilot.app
    desk, session = app.screen, app.session
    for seat in ("director", "reception"):
        session.change_seat(seat)
        desk.action_home()
        desk.look()
        for paper in list(session.papers())[:2]:
            desk.open_action(paper.action, dict(paper.filled), paper.why)
            await still(pilot)
            whole(app, size)
            if seat == "reception":
                await press(pilot, "1", "9")
                await still(pilot)
                whole(app, size)
            while app.screen is not desk:
                await press(pilot, "escape")
    named = [each for each in session.actions if any("record" in field for field in fields_of(each))]
    for action in named[:4]:
        desk.open_action(action)
        await still(pilot)
        whole(app, size)
        while app.screen is not desk:
            await press(pilot, "escape")


async def _screens(pilot: Any, size: tuple[int, int]) -> None:
    app, session = pilot.app, pilot.app.session
    name = session._game.holders["director"]
    for screen in (Reader(name, name), Ask(name), Offer(name, [(name, None), (name, name)]), Watch(session),
                   Player(session.reel())):  # fmt: skip
        app.push_screen(screen)
        await still(pilot)
        whole(app, size)
        app.pop_screen()
    assert isinstance(app.screen, Desk)
    app.screen.say(name, "warning")
    await still(pilot)
    whole(app, size)
    session.end()
    app.push_screen(Stories(session))
    await still(pilot)
    whole(app, size)
