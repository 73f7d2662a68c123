"""The instructor on one machine, by keys: watch a seat with its talk, a letter, an event, pace, pause, end (ADM-2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from crmsim.game.journal import IntentionSet
from crmsim.public import open_save
from crmsim.tui.app import CrmsimApp
from crmsim.tui.desk import Desk
from crmsim.tui.form import Form
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session
from crmsim.tui.stop import Stop
from crmsim.tui.watch import Watch
from tests.tui.at_desk import app_at, opened, press, shown, until, worked
from tests.tui.hand import turns
from tests.tui.test_course import in_acts
from tests.tui.test_talk_room import told_talk


async def choose(pilot: Any, words: str) -> None:
    """In the list of choices that shows: the digit that stands before these words."""
    line = next(each for each in shown(pilot.app).splitlines() if words in each)
    await press(pilot, line.split(words)[0].split()[-1])


@pytest.mark.covers("ADM-2", "DIR-12")
@pytest.mark.parametrize("size", [(80, 24), pytest.param((140, 40), marks=pytest.mark.validation)])
async def test_whoever_watches_a_seat_reads_its_open_talk(size: tuple[int, int]) -> None:
    app = app_at("instructor")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        session: Any = app.session
        told_talk(session)
        await press(pilot, "c")
        await choose(pilot, "Watch a seat")
        assert isinstance(app.screen, Watch)
        assert "3,600" not in shown(app)
        for _seat in turns(lambda: app.screen.other.seat != "reception"):
            await press(pilot, "right")
        await until(pilot, lambda: "3,600" in shown(app))
        await press(pilot, "right")
        assert "3,600" not in shown(app)


@pytest.mark.covers("GAME-13", "GAME-8")
async def test_an_intention_is_still_there_when_the_game_goes_on_later(tmp_path: Path) -> None:
    save = tmp_path / "lab.crmsim"
    app = CrmsimApp(Wishes(("director",), seed=7, skill="idle", save=str(save)), "first_day")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        session: Any = app.session
        app.push_screen(Stop(session, in_acts().scenario.acts[0]))
        await pilot.pause()
        app.screen.query_one("#intention", Input).value = "Call [b]back[/b] the same day"
        await press(pilot, "f10", "f2")
        assert isinstance(app.screen, Desk)
        assert "Call [b]back[/b] the same day" in shown(app)
        await press(pilot, "ctrl+c", "enter")
    again = CrmsimApp(Wishes(), kept=str(save))
    async with again.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        if again.session is not None and again.session.lesson.on:
            await press(pilot, "f2")
        assert "Call [b]back[/b] the same day" in shown(again)
    game = open_save(save)
    assert [each.action.text for each in game.journal if isinstance(each.action, IntentionSet)] == [
        "Call [b]back[/b] the same day"
    ]
    game.keeper.close(game)


async def by_name(pilot: Any, words: str) -> None:
    """Open something by its name in the palette."""
    app = pilot.app
    await press(pilot, "ctrl+p", *["space" if each == " " else each for each in words])
    await worked(pilot)
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.screen, Form))


@pytest.mark.covers("ADM-2", "GAME-9")
async def test_an_instructor_whom_nothing_needs_lets_an_hour_pass_and_not_the_whole_game() -> None:
    app = CrmsimApp(Wishes(("instructor",), seed=7), "first_day")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "by c" in shown(app)
        await press(pilot, "enter")
        session: Any = app.session
        assert "watches seats" in shown(app) and "w to wait" not in shown(app)
        begun = session.minute
        await press(pilot, "w")
        assert not session.ended and session.minute == begun + 60
        await by_name(pilot, "Send a letter")
        await press(pilot, *"Mind", "f10")
        assert any("nstructor wrote to" in each.message for each in app._notifications)


@pytest.mark.covers("ADM-2", "GAME-9")
async def test_the_instructor_leads_a_game_by_keys_alone() -> None:
    game = in_acts("live", 480)
    app = CrmsimApp(Wishes(), session=Session(game, ["instructor"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        await press(pilot, "plus")
        assert session.speed == 2
        await press(pilot, "p")
        assert session.paused
        assert "‖" in shown(app)
        await by_name(pilot, "Let an event happen")
        words = ["space" if each == " " else each for each in "Rivals cut prices"]
        await press(pilot, *words, "down", "down", "1", "5")
        form: Any = app.screen
        assert "takes no working time" in shown(app), form._values()
        await press(pilot, "f10", "enter")
        heard = [each for each in game.facts if type(each).__name__ == "MarketShifted"]
        assert [(each.event, str(each.title)) for each in heard] == [("rival_price", "Rivals cut prices")]
        await by_name(pilot, "Send a letter")
        await press(pilot, *"Mind", "f10")
        heard = [each for each in game.facts if type(each).__name__ == "MarketShifted"]
        assert str(heard[-1].title) == "Mind"
        await press(pilot, "p")
        assert not session.paused
        await press(pilot, "f9", "enter")
        assert session.ended
        assert any(type(each.action).__name__ == "InjectEvent" and each.by == "instructor" for each in game.journal)


@pytest.mark.covers("GAME-13")
async def test_a_stop_that_comes_unasked_takes_no_keys_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmsim.tui.stop.DEAF", 3600)
    app = CrmsimApp(Wishes(), session=Session(in_acts(), ["director"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        session.wait(480)
        app.screen.look()  # type: ignore[attr-defined]
        await press(pilot, "a", "enter", "f10")
        stop: Any = app.screen
        assert isinstance(stop, Stop)
        assert stop.query_one("#intention", Input).value == ""
        stop._hear()
        await press(pilot, "b", "enter")
        assert isinstance(app.screen, Desk)
        assert session.intention == "b"


@pytest.mark.covers("GAME-1", "GAME-9")
async def test_a_busy_seat_says_so_and_names_the_key_to_the_next_seat() -> None:
    app = app_at("director", "reception")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        await press(pilot, "enter", "enter")
        assert session.busy_until > session.minute
        assert "This seat is busy until 09:05. [n] goes to your next seat" in shown(app)
        await press(pilot, "n")
        assert session.seat == "reception"
        assert "busy" not in shown(app).splitlines()[-2]
