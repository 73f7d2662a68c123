"""Foreign text in every widget: what looks like markup is text and runs nothing when it is clicked, no escape and no
bidi mark reaches the terminal, and nothing is torn by what has no width or too much of it (robustness: text to the
terminal)."""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets._toast import Toast

from crmsim.crm.analysis.all import report_of
from crmsim.engine.action import fields_of
from crmsim.grading.confirming import waiting
from crmsim.grading.review import Better, Marked
from crmsim.grading.writing import handed_in
from crmsim.public import load_scenario, save
from crmsim.tui.app import CrmsimApp
from crmsim.tui.ask import Ask
from crmsim.tui.briefing import Briefing
from crmsim.tui.bringing import Bringing
from crmsim.tui.confirming import Confirming
from crmsim.tui.desk import Desk
from crmsim.tui.end import End
from crmsim.tui.file import File
from crmsim.tui.foot import Foot
from crmsim.tui.form import Form
from crmsim.tui.grades import Grades
from crmsim.tui.help import Help
from crmsim.tui.jump import Jump
from crmsim.tui.labreport import LabReport
from crmsim.tui.offer import Offer
from crmsim.tui.one_or_more import OneOrMore
from crmsim.tui.opening import Wishes, whole
from crmsim.tui.overriding import Overriding
from crmsim.tui.paths import Paths
from crmsim.tui.player import Player
from crmsim.tui.reader import Reader
from crmsim.tui.reports import Reports
from crmsim.tui.review import Reviewing
from crmsim.tui.session import Session
from crmsim.tui.setting_up import SettingUp
from crmsim.tui.small import Small
from crmsim.tui.start import Start
from crmsim.tui.stop import Stop
from crmsim.tui.stories import Stories
from crmsim.tui.talk import TalkRoom
from crmsim.tui.watch import Watch
from tests.tui import hostile
from tests.tui.at_desk import app_at, press, until
from tests.tui.hostile import (
    LONG,
    MARK,
    MARKUP,
    NAMES,
    UNSAFE,
    click,
    company,
    file_name,
    fits,
    lines_of,
    marked,
    save_at,
    settled,
)
from tests.tui.test_goldens import screens

SIZE = (100, 30)
SEATS = ("director", "reception", "sales-1", "service", "promoter", "prospector", "customer-1", "instructor")
PATIENCE = 60  # seconds for one screen to be taken away
WHOLE = 900  # seconds for all of them, on whatever machine
MOST_SCREENS = 40  # one over the other
SILENT = {Foot, OneOrMore, Paths, SettingUp, Small}  # name keys, seats and actions, and nothing that people write


class Mouse:
    """Clicks on foreign text wherever it shows, and remembers in which widgets."""

    def __init__(self, pilot: Any, most: int) -> None:
        self.pilot, self.app, self.most = pilot, pilot.app, most
        self.desk = self.app.screen
        self.clicks: dict[tuple[Any, ...], int] = {}  # on each sort of widget of each screen
        self.clicked: set[type] = set()  # kinds of widgets of ours, and of the screens they stood on
        self.ran: list[str] = []

    async def over(self, opened: Callable[[], Awaitable[None]]) -> None:
        """Open something, and click on what foreign text it shows; opened anew whenever a click led elsewhere."""
        await opened()
        await settled(self.pilot)
        wanted = self._places()
        for each in self.app.screen.walk_children(with_self=False):
            if each.region and each.is_on_screen:
                fits(each)
        for at, kinds in wanted:
            screen = self.app.screen
            self.clicked |= kinds  # with what they are made from
            await click(self.pilot, at)
            assert self.app.is_running and self.app._exception is None
            assert not self.ran
            if self.app.screen is not screen:
                await settled(self.pilot)
                lines_of(self.app)
                await self.home()
                await opened()
                await settled(self.pilot)
        await self.home()

    def _places(self) -> list[tuple[Any, set[type]]]:
        """A few cells of each sort of widget: where foreign text begins first."""
        found: dict[Widget, list[Any]] = {}
        for widget, at in marked(self.app):
            found.setdefault(widget, []).append(at)
        wanted = []
        for widget, places in found.items():
            kinds = [type(each) for each in widget.ancestors_with_self]
            sort = (*kinds, widget.id)
            for at in dict.fromkeys((places[0], places[-1], *places)):
                self.clicks[sort] = self.clicks.get(sort, 0) + 1
                if self.clicks[sort] <= self.most:
                    wanted.append((at, {kind for each in kinds for kind in each.__mro__}))
        return wanted

    async def home(self) -> None:
        """Close what lies over the desk, with what it was still about to do; without a game, for one that is over would
        open its card again and again, as would one that a late click has only now begun."""
        for _screen in range(MOST_SCREENS):
            session, self.app.session = self.app.session, None
            if session is not None and session is not self.desk.session:
                session.close()
            if self.app.screen is self.desk:
                break
            await asyncio.wait_for(self.app.pop_screen(), PATIENCE)
        assert self.app.screen is self.desk
        self.app.session = self.desk.session


class Scenes:
    """How each screen is opened, over a desk of a company that is played and one of a game that is over."""

    def __init__(self, pilot: Any, over: Session, home: Path, name: str) -> None:
        self.pilot, self.app, self.over, self.files, self.text = pilot, pilot.app, over, home, name
        self.session: Session = self.app.session

    @property
    def desk(self) -> Any:
        return self.app.screen_stack[1]

    def sit(self, seat: str) -> None:
        """At a seat, with its home list."""
        self.session.seat = seat
        self.desk.action_home()
        self.desk.look()

    def pushed(self, *made: Callable[[], Screen[Any]]) -> Iterator[Callable[[], Awaitable[None]]]:
        """Screens that only have to be pushed."""
        for each in made:

            async def opened(make: Callable[[], Screen[Any]] = each) -> None:
                await self.app.push_screen(make())

            yield opened

    def desks(self, every: bool) -> Iterator[Callable[[], Awaitable[None]]]:
        """Home lists, and tables with their first row marked: one of each sort of look, or every one of every seat."""
        tables: dict[str, tuple[str, Any]] = {}
        for seat in SEATS if every else SEATS[:3]:

            async def at_home(seat: str = seat) -> None:
                self.sit(seat)

            yield at_home
            self.sit(seat)
            for table in self.session.tables:
                if every or table.id in {"customers", "inbox", "report-owners", "timeline", "portraits"}:
                    tables.setdefault(table.id, (seat, table))
        for seat, table in tables.values():

            async def at_table(seat: str = seat, table: Any = table) -> None:
                self.sit(seat)
                self.desk.open_table(table)
                if report_of(table.id) is not None:  # it is drawn once its room is known
                    await until(self.pilot, lambda: self.desk.query_one("#drawn").region.height > 1)
                elif not self.desk.query_one("Rows").marked:
                    self.desk.query_one("Rows").action_mark()

            yield at_table
            self.desk.query_one("Rows").marked.clear()

    def forms(self, every: bool) -> Iterator[Callable[[], Awaitable[None]]]:
        """Forms until each kind of field was in one, what waits first; or the form of every action that is open."""
        done: set[object] = set()
        for seat in SEATS:
            self.sit(seat)
            papers = [(each.action, dict(each.filled), each.why) for each in self.session.papers()]
            for action, filled, why in [*papers, *((each, {}, None) for each in self.session.actions)]:
                closed = not filled and self.session.closed(action) is not None
                kinds = {action} if every else {type(each.kind) for each in fields_of(action).values()}
                if closed or kinds <= done:
                    continue
                done |= kinds

                async def opened(seat: str = seat, action: Any = action, filled: Any = filled, why: Any = why) -> None:
                    self.sit(seat)
                    self.desk.open_action(action, filled, why)

                yield opened

    def _file(self) -> Screen[Any]:
        self.sit("sales-1")
        found = [self.session.subject(row) for table in self.session.tables for row in table.rows(self.session.view)]
        return File(self.session, *next(each for each in found if each is not None))

    async def talk(self) -> None:
        self.sit("reception")
        paper = next(each for each in self.session.papers() if each.filled.get("talk") == "T900")
        self.desk.open_action(paper.action, dict(paper.filled), paper.why)

    async def talk_with_own_words(self) -> None:
        self.session.drafts["reception", "T900"] = self.text
        await self.talk()

    async def talk_with_record(self) -> None:
        await self.talk()
        await press(self.pilot, "9")

    def _bringing(self) -> Screen[Any]:
        path = self.files / f"{file_name(self.text)}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["Customer name", "Phone", self.text], [self.text, "10012345678", self.text],
                                        [self.text, self.text, "x"]])  # fmt: skip
        self.sit("sales-1")
        return Bringing(self.session, path)

    async def report(self) -> None:
        await self.app.push_screen(Reports())
        await press(self.pilot, "enter")
        await until(self.pilot, lambda: isinstance(self.app.screen, LabReport))

    async def torn_report(self) -> None:
        """With words in it that no door has cleaned, the long ones in sight."""
        draft = self.over.report("en")
        for blank in draft.blanks():
            if not blank.facts:
                draft._table(blank)[blank.name] = self.text[:2_000]
        await self.app.push_screen(LabReport(draft))
        self.app.screen.query(TextArea).first().scroll_visible(animate=False, immediate=True)

    def _confirming(self) -> Screen[Any]:
        found = waiting(handed_in())
        return Confirming([msgspec.structs.replace(each, student=self.text, text=self.text) for each in found])

    async def grades(self) -> None:
        screen = Grades(teaching=True)
        await self.app.push_screen(screen)
        await until(self.pilot, lambda: len(screen.reports) == len(screen.saves))

    async def review(self) -> None:
        """Of a game whose file is gone, for a click plays on from a decision and leaves this game."""
        gone = Session(self.over._game, self.over.seats, save_path=str(save_at(self.files, f"gone{self.text}")))
        review = Reviewing(gone)
        await self.app.push_screen(review)
        await until(self.pilot, lambda: all(each.is_finished for each in self.app.workers))
        better = Better(None, self.text, (self.text,), (self.text,))
        review.found = [("director", Marked(3, 555, None, self.text, "blunder", played=True, fen=1, satisfaction=0,
                                            spread=0, total=1, better=better, why=self.text))] * 3  # fmt: skip
        review.retell()

    async def start(self) -> None:
        await self.app.push_screen(Start(whole(str(hostile.scenario_file(self.files, self.text)))))
        await until(self.pilot, lambda: getattr(self.app.screen, "furnished", True))

    def cases(self, every: bool) -> dict[type, list[Callable[[], Awaitable[None]]]]:
        """The ways to each screen."""
        name, session, over = self.text, self.session, self.over
        page = name if "🇨" not in name else name[:30]  # whoever wraps a page takes a flag at its edge in two
        act = hostile.fouled(load_scenario("first_month").acts[0], name)
        made: dict[type, Callable[[], Screen[Any]]] = {
            Ask: lambda: Ask(name),
            Bringing: self._bringing,
            Briefing: lambda: Briefing(session),
            Confirming: self._confirming,
            End: lambda: End(over),
            File: self._file,
            Help: lambda: Help([("x", name)], lambda: [(name, name)]),
            Jump: lambda: Jump(over.reel(), ""),
            Offer: lambda: Offer(name, [(name, None), (name, name)]),
            Overriding: lambda: Overriding(name, "", name),
            Player: lambda: Player(over.reel()),
            Reader: lambda: Reader(name, f"# {page}\n\n- {page}\n\n| {page} | b |\n|---|---|\n| {page} | d |"),
            SettingUp: SettingUp,
            Small: Small,
            Stop: lambda: Stop(session, act),
            Stories: lambda: Stories(over),
            Watch: lambda: Watch(session),
        }  # fmt: skip
        return {
            Desk: list(self.desks(every)),
            Form: list(self.forms(every)),
            TalkRoom: [self.talk, self.talk_with_own_words, self.talk_with_record],
            LabReport: [self.torn_report, self.report],
            Reports: list(self.pushed(Reports)),
            Grades: [self.grades],
            Reviewing: [self.review],
            Start: [self.start],
            **{kind: list(self.pushed(make)) for kind, make in made.items()},
        }


def finished(home: Path, name: str) -> Session:
    """A game that is over, kept in a file that is called so, with its lab report handed in."""
    game = company(name, student=name)
    game.end()
    path = save_at(home, name)
    save(game, path)
    torn = save_at(home, f"torn{name}")
    torn.write_bytes(b"no save")
    os.utime(torn, (1, 1))  # the last of any list
    session = Session(game, ("director", "instructor"), save_path=str(path))
    draft = session.report("en")
    for blank in draft.blanks():
        draft.put(blank, name[:2_000] if blank.long else "12")
    draft.hand_in()
    return session


def widgets() -> set[type]:
    """Every kind of widget and screen of the interface that is drawn: of screens, those that nothing is made from."""
    drawn = screens()

    def below(kind: type) -> Iterator[type]:
        for each in kind.__subclasses__():
            if each.__module__.startswith("crmsim.tui."):
                yield each
            yield from below(each)

    return {each for each in below(Widget) if each in drawn or not issubclass(each, Screen)}


async def clicked_through(
    home: Path, patch: pytest.MonkeyPatch, name: str, most: int, every: bool = False, size: tuple[int, int] = SIZE,
    lang: str = "en",
) -> set[type]:  # fmt: skip
    """Every screen, with so many clicks on each sort of widget that shows foreign text; which kinds those were."""
    patch.setenv("CRMSIM_HOME", str(home))
    over, session = finished(home, name), Session(company(name), SEATS)
    app = CrmsimApp(Wishes(), session=session, lang=lang)
    async with app.run_test(size=size) as pilot, asyncio.timeout(WHOLE):
        await settled(pilot)
        mouse = Mouse(pilot, most)
        ran = lambda self: mouse.ran.append(hostile.PLANTED)  # noqa: E731
        patch.setattr(CrmsimApp, f"action_{hostile.PLANTED}", ran, raising=False)
        cases = Scenes(pilot, over, home, name).cases(every)
        assert cases.keys() == screens(), "a screen without a way to it"
        for ways in cases.values():
            for way in ways if most else ways[::3]:
                await mouse.over(way)
    return mouse.clicked


@pytest.mark.covers("GAME-1", "REG-2")
@pytest.mark.parametrize(
    ("name", "size", "lang"),
    [
        (" ".join(MARKUP.values()), (100, 30), "en"),
        *(pytest.param(name, (80, 24), "zh", id=id, marks=pytest.mark.slow) for id, name in NAMES.items()),
    ],
)
async def test_text_that_looks_like_a_command_is_clicked_in_every_widget_and_runs_nothing(
    name: str, size: tuple[int, int], lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicked = await clicked_through(tmp_path, monkeypatch, MARK + name, 1, size=size, lang=lang)
    refused = {Confirming} if name in LONG.values() else set()  # at the door: a hand-in with a scenario of such length
    assert widgets() - clicked - refused == SILENT


@pytest.mark.covers("GAME-1", "REG-2")
async def test_text_that_steers_terminals_is_drawn_as_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clicked_through(tmp_path, monkeypatch, MARK + " ".join(UNSAFE.values()), 0)


@pytest.mark.covers("GAME-1", "REG-2")
async def test_what_is_said_in_the_corner_is_said_as_it_was_written_and_clicked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, ran = app_at("director"), list[str]()
    monkeypatch.setattr(
        CrmsimApp, f"action_{hostile.PLANTED}", lambda _self: ran.append(hostile.PLANTED), raising=False
    )

    def in_corner() -> list[Offset]:
        return [at for widget, at in marked(app) if isinstance(widget, Toast)]

    async with app.run_test(size=SIZE, notifications=True) as pilot, asyncio.timeout(WHOLE):
        await settled(pilot)
        for name in NAMES.values():
            app.screen.say(MARK + name, "warning")  # type: ignore[attr-defined]
            await until(pilot, in_corner)
            for at in in_corner()[-1:]:
                await click(pilot, at)
            await until(pilot, lambda: not in_corner())
            assert app.is_running
            assert not ran


@pytest.mark.slow
@pytest.mark.covers("GAME-1", "REG-2")
@pytest.mark.parametrize("names", [MARKUP, UNSAFE], ids=["markup", "unsafe"])
async def test_every_table_and_every_form_is_clicked(
    names: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clicked_through(tmp_path, monkeypatch, MARK + " ".join(names.values()), 40, every=True)
