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
from crmsim.tui.opening import Wishes
from crmsim.tui.stop import Stop
from crmsim.tui.watch import Watch
from tests.tui.at_desk import app_at, press, shown
from tests.tui.test_course import in_acts
from tests.tui.test_talk_room import told_talk


async def choose(pilot: Any, words: str) -> None:
    """In the list of choices that shows: the digit that stands before these words."""
    line = next(each for each in shown(pilot.app).splitlines() if words in each)
    await press(pilot, line.split(words)[0].split()[-1])


@pytest.mark.covers("ADM-2", "DIR-12")
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
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
        while app.screen.other.seat != "reception":
            await press(pilot, "right")
        await pilot.pause(0.2)
        assert "3,600" in shown(app)
        await press(pilot, "right")
        assert "3,600" not in shown(app)


@pytest.mark.covers("GAME-13", "GAME-8")
async def test_an_intention_is_still_there_when_the_game_goes_on_later(tmp_path: Path) -> None:
    save = tmp_path / "lab.crmsim"
    app = CrmsimApp(Wishes(("director",), seed=7, skill="idle", save=str(save)), "first_day")
    async with app.run_test(size=(80, 24)) as pilot:
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
        await pilot.pause()
        if again.session is not None and again.session.lesson.on:
            await press(pilot, "f2")
        assert "Call [b]back[/b] the same day" in shown(again)
    game = open_save(save)
    assert [each.action.text for each in game.journal if isinstance(each.action, IntentionSet)] == [
        "Call [b]back[/b] the same day"
    ]
    game.keeper.close(game)
