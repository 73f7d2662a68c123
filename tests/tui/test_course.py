"""Acts and stops, reports, the control centre, and the instructor on one machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, SelectionList

from crmsim.bots import crew
from crmsim.crm.analysis.all import REPORTS
from crmsim.crm.report import shown as value_of
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, render, translate
from crmsim.game import Game
from crmsim.public import save
from crmsim.roles.instructor import InjectLetter
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.schema import ActPart
from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.grades import Grades
from crmsim.tui.opening import Wishes
from crmsim.tui.player import Player
from crmsim.tui.reader import Reader
from crmsim.tui.report import ReportView
from crmsim.tui.session import Session
from crmsim.tui.stop import Stop
from crmsim.tui.watch import Watch
from tests.tui.at_desk import app_at, press, quiet_scenario, shown, until


def in_acts(pace: str = "turn", first_seconds: int = 0) -> Game:
    """The quiet company for four days in two acts: in the first the clock stands."""
    acts = (
        ActPart(id="one", title="Calm before", first_day=1, seconds_a_day=first_seconds),
        ActPart(id="two", title="The storm", first_day=2, pressure="Everybody calls at once.", seconds_a_day=480),
    )
    whole = quiet_scenario()
    scenario = whole.model_copy(update={"acts": acts, "calendar": whole.calendar.model_copy(update={"days": 4})})
    holders = {each.id: "bot:idle" for each in scenario.seats} | {"director": "person"}
    return Game(
        scenario, 7, cast=Cast("en"), pace=pace, holders=holders,
        players=crew(scenario, "idle", [each.id for each in scenario.seats if each.id != "director"]),
    )  # fmt: skip


@pytest.mark.covers("GAME-13", "GAME-9")
async def test_an_act_ends_in_a_stop_with_bands_an_intention_and_seats() -> None:
    app = CrmsimApp(Wishes(), session=Session(in_acts(), ["director"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session = app.session
        assert session is not None
        session.wait(480)
        app.screen.look()  # type: ignore[attr-defined]
        await pilot.pause()
        assert isinstance(app.screen, Stop)
        text = shown(app)
        assert "Calm before is over" in text
        assert "Everybody calls at once." in text
        assert "Cash" in text
        await until(pilot, lambda: app.screen.found is not None)
        assert "Looking at" not in shown(app)
        app.screen.query_one("#intention", Input).value = "Call back the same day"
        await press(pilot, "f5")
        app.screen.query_one("#stop-seats", SelectionList).select("sales-1")
        await press(pilot, "f10")
        assert isinstance(app.screen, Desk)
        assert session.intention == "Call back the same day"
        assert session.seats == ("director", "sales-1")
        assert session.holder("sales-1") == "person"
        await press(pilot, "f2")
        assert "Call back the same day" in shown(app)
        session.hold(["sales-1"])
        assert session.holder("director") == "bot:idle"


@pytest.mark.covers("GAME-9")
def test_an_acts_seconds_set_the_running_clock_and_none_stops_it() -> None:
    session = Session(in_acts("live"), ["director"])
    assert not session.tick(60_000)
    assert session.minute == 540
    session.wait(480)
    assert session.act is not None
    assert session.act.id == "two"
    start = session.minute
    assert session.tick(10_000)
    assert session.minute == start + 10  # 480 working minutes in 480 seconds


@pytest.mark.covers("DIR-13", "REP-1", "GAME-10")
@pytest.mark.parametrize(("lang", "size"), [("en", (140, 40)), ("zh", (80, 24))])
async def test_a_report_shows_its_drawing_its_numbers_and_what_is_counted(lang: str, size: tuple[int, int]) -> None:
    app = app_at("director", lang=lang)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        desk, session = app.screen, app.session
        assert isinstance(desk, Desk)
        assert session is not None
        tables = {each.id: each for each in session.tables}
        for report in (each for each in REPORTS if each.id in {"report-overview", "report-status", "report-region"}):
            desk.open_table(tables[report.id])
            await pilot.pause()
            await pilot.pause()  # drawn once its room is known
            text = " ".join(shown(app).split())
            assert desk.query_one(ReportView).report is report
            assert translate(report.definition, lang)[:20] in text
            for figure in report.figures:
                label = translate(figure.label, lang)
                assert f"{label} {value_of(figure.value(session.view), figure.unit, lang, short=True)}" in text
            for row in report.rows(session.view):
                assert render(row.label, lang) in text
        await press(pilot, "escape")
        assert desk.table is None


@pytest.mark.covers("CTL-1")
async def test_a_classic_case_is_read_in_the_terminal() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session = app.session
        assert session is not None
        case: Any = {"id": "c", "title": "Cold", "text": "# Cold\n\nIt was **late** [here](http://x)."}
        world = session._game.world
        world.scenario = type(world.scenario).model_validate(world.scenario.model_dump() | {"cases": [case]})
        await press(pilot, "c", "1", "enter")
        assert isinstance(app.screen, Reader)
        await pilot.pause()
        assert "late" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, Desk)


@pytest.mark.covers("CTL-2", "CTL-3")
async def test_the_control_centre_leads_to_mail_grades_and_the_replay(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    over = in_acts()
    over.end()
    (tmp_path / "saves").mkdir()
    save(over, tmp_path / "saves" / "lab-one.crmsim")
    app = CrmsimApp(Wishes(), session=Session(in_acts(), ["director"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk = app.screen
        assert isinstance(desk, Desk)
        await press(pilot, "c", "2")
        assert desk.table is not None
        assert desk.table.id == "inbox"
        await press(pilot, "c", "3")
        grades = app.screen
        assert isinstance(grades, Grades)
        await until(pilot, lambda: grades.reports)
        assert [each.stem for each in grades.reports] == ["lab-one"]
        assert "First day" in shown(app)
        assert "director" in shown(app)
        await press(pilot, "escape", "c", "5")
        assert isinstance(app.screen, Player)


@pytest.mark.covers("ADM-2", "DIR-12")
async def test_the_instructor_watches_sends_a_letter_pauses_and_ends() -> None:
    game = in_acts("live", 480)
    app = CrmsimApp(Wishes(), session=Session(game, ["instructor"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session, desk = app.session, app.screen
        assert session is not None
        assert isinstance(desk, Desk)
        desk.open_action(InjectLetter)
        await pilot.pause()
        assert isinstance(app.screen, Form)
        app.screen.query_one(".editor").text = "Mind the clock."  # type: ignore[attr-defined]
        await press(pilot, "f10")
        assert any(
            "Mind the clock." in str(each.title) for each in game.facts if type(each).__name__ == "MarketShifted"
        )
        await press(pilot, "c", "7")
        assert session.paused
        assert not session.tick(60_000)
        game.world.add(Talk("T5", channel="phone", customer="x2", who="Nina", role="reception", started=game.minute))
        await press(pilot, "c", "6", "right", "right")
        assert isinstance(app.screen, Watch)
        assert "reception" in shown(app)
        assert "Nina" in shown(app)
        await press(pilot, "left")
        assert "Nina" not in shown(app)
        await press(pilot, "escape", "c", "9", "enter")
        assert session.ended
        assert session.minute < 2 * DAY
