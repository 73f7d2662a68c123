"""Games that were left are known again by what was played, not by the names of their files."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from textual.widgets import SelectionList

from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario
from crmsim.store.savefile import save
from crmsim.tui.app import CrmsimApp
from crmsim.tui.left import look_into
from crmsim.tui.opening import Wishes
from crmsim.tui.reports import Reports
from tests.tui.at_desk import quiet_scenario, shown, still
from tests.tui.walk import until

SAID = {
    "en": ("First day", "reception", "Day 1 of 1", "Last played", "Jiangzhou"),
    "zh": ("上班第一天", "客户接洽", "第1天", "上次游戏时间", "江州恒信"),
}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One game in the saves folder, and a file that is none."""
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    (tmp_path / "saves").mkdir()
    path = tmp_path / "saves" / "first_day-90210.crmsim"
    save(Game(quiet_scenario(), seed=5, holders={"reception": "person", "director": "bot:expert"}), path)
    other = tmp_path / "saves" / "notes.crmsim"
    other.write_text("no save", encoding="utf-8")
    os.utime(other, (1, 1))
    return path


@pytest.mark.covers("GAME-9")
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_game_that_was_left_is_told_by_scenario_seat_and_day(lang: str, kept: Path) -> None:
    app = CrmsimApp(Wishes(), lang=lang)
    title, *_more = SAID[lang]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(shown(app).split(title)) > 3)  # as a scenario, chosen, and as a game left
        listed = await still(pilot)
        assert "90210" not in listed
        app.screen.query_one("#saves").focus()
        await pilot.press("down", "home")
        text = re.sub(r"\s*\n[│ ]*", " ", await still(pilot))
        assert all(each in text for each in SAID[lang]), text
        assert "first_day-90210" in text  # which file it is stands with the rest


@pytest.mark.covers("GAME-9")
def test_what_cannot_be_read_is_not_told(kept: Path) -> None:
    assert look_into(kept) is not None
    assert look_into(kept.with_name("notes.crmsim")) is None
    assert look_into(kept.with_name("missing.crmsim")) is None


@pytest.mark.covers("GAME-9")
async def test_the_cursor_stands_on_the_chosen_seat_and_stays_when_the_list_is_entered(kept: Path) -> None:
    app = CrmsimApp(Wishes(), lang="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.furnished)  # type: ignore[attr-defined]
        await pilot.press("enter", "down", "enter")
        await still(pilot)
        seats = app.screen.query_one("#seats", SelectionList)
        assert seats.highlighted == 1
        assert seats.selected == [seats.get_option_at_index(1).value]


@pytest.mark.covers("GAME-9")
@pytest.mark.parametrize(("lang", "over", "not_so"), [("en", "over · reception", "day 2"), ("zh", "已结束", "第2天")])
async def test_a_game_that_is_over_is_told_so(lang: str, over: str, not_so: str, kept: Path) -> None:
    game = Game(quiet_scenario(), seed=5, holders={"reception": "person", "director": "bot:expert"})
    game.run_to_end()
    kept.unlink()
    save(game, kept)
    app = CrmsimApp(Wishes(), lang=lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: over in shown(app))
        app.screen.query_one("#saves").focus()
        await pilot.press("down", "home")
        assert not_so not in await still(pilot)


@pytest.mark.covers("GAME-15", "GAME-9")
async def test_lists_of_games_say_which_is_practice_and_which_a_challenge(kept: Path) -> None:
    scenario = load_scenario("first_day+no_discounts")
    game = Game(scenario, seed=5, holders={"reception": "person"})
    game.practice = True
    save(game, kept.with_name("again.crmsim"))
    app = CrmsimApp(Wishes(), lang="zh")
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: "上班第一天 · 一分不让" in shown(app))
        app.push_screen(Reports())
        await pilot.pause()
        lines = [each for each in (await still(pilot)).splitlines() if "客户接洽" in each]
        assert sum("一分不让 · 练习局" in each for each in lines) == 1 and len(lines) == 2
