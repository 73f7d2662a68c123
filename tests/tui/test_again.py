"""After a game: its review, play on from a decision, the game anew; bests on the card, both grades side by side."""

from __future__ import annotations

from multiprocessing import active_children
from pathlib import Path
from types import SimpleNamespace

import pytest

from crmsim.public import load_scenario, new_game
from crmsim.public import save as write
from crmsim.store.jsonl import read_any
from crmsim.tui.again import special, titled, ways
from crmsim.tui.app import CrmsimApp
from crmsim.tui.centre import choices
from crmsim.tui.desk import Desk
from crmsim.tui.end import End
from crmsim.tui.grades import Grades
from crmsim.tui.offer import Offer
from crmsim.tui.opening import Wishes, open_kept
from crmsim.tui.reports import Reports
from crmsim.tui.review import Reviewing
from crmsim.tui.start import Start
from tests.tui.at_desk import press, shown, until

STUDENT = "2025001"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    (tmp_path / "saves").mkdir()
    return tmp_path / "saves"


def kept(home: Path, name: str = "first_day", file: str = "a", *, quick: bool = True) -> str:
    """A day by bots, with a student in one seat that another bot held for them."""
    scenario = load_scenario(name)
    few = scenario.review.model_copy(update={"decisions": 1, "resamples": 2, "doubtful": 2, "others": 1, "days": 1})
    scenario = scenario.model_copy(update={"review": few}) if quick else scenario
    holders = {each.id: "bot:competent" for each in scenario.seats}
    game = new_game(scenario, 3, holders, student=STUDENT)
    game.first_holders = {**holders, "reception": STUDENT}
    game.run_to_end()
    return str(write(game, home / f"{file}.crmsim"))


def seated(app: CrmsimApp) -> bool:
    """Whether the other game's desk is there."""
    return app.session is not None and not app.session.ended and isinstance(app.screen, Desk) and "kept" in shown(app)


@pytest.mark.covers("GAME-15", "GAME-10")
async def test_a_finished_game_is_played_again_with_a_challenge(home: Path) -> None:
    path = kept(home)
    app = CrmsimApp(Wishes(), session=open_kept(path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.finish()
        await until(pilot, lambda: isinstance(app.screen, End))
        await press(pilot, "6")
        assert isinstance(app.screen, Offer) and "An angry market" in shown(app)
        await press(pilot, "6")
        await until(pilot, lambda: seated(app))
        assert app.session is not None and not app.session.ended
        assert app.session.scenario.variant == ("angry_market",)
        assert not any(isinstance(each, End) for each in app.screen_stack)  # the new game has its own end
        await press(pilot, "f4")
        assert "暴躁市场" in shown(app)
    assert len(list(home.glob("*.crmsim"))) == 2


@pytest.mark.covers("GAME-15", "GAME-4")
async def test_the_review_leads_back_to_a_decision_as_practice(home: Path) -> None:
    path = kept(home)
    app = CrmsimApp(Wishes(), session=open_kept(path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.finish()
        await until(pilot, lambda: isinstance(app.screen, End))
        await press(pilot, "5")
        screen = app.screen
        assert isinstance(screen, Reviewing)
        await until(pilot, lambda: screen.found is not None)
        assert screen.found and all(seat == "reception" for seat, _each in screen.found)
        await press(pilot, "down")
        at = screen._shown()[1][1]
        assert "P" in shown(app)
        await press(pilot, "p")
        await until(pilot, lambda: seated(app))
        assert app.session is not None and "practice" in shown(app)
        saved = read_any(app.session.save_path)
        assert saved.header.practice and saved.entries[: at.entry] == read_any(path).entries[: at.entry]
        assert app.session.minute >= at.minute


@pytest.mark.covers("GAME-15")
async def test_leaving_a_review_stops_it(home: Path) -> None:
    app = CrmsimApp(Wishes(), session=open_kept(kept(home, quick=False)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.finish()
        await until(pilot, lambda: isinstance(app.screen, End))
        await press(pilot, "5")
        screen = app.screen
        before = set(active_children())
        await until(pilot, lambda: set(active_children()) > before)  # it is weighed by processes of its own
        await press(pilot, "escape")
        assert isinstance(app.screen, End)
        await until(pilot, lambda: set(active_children()) <= before)
        assert isinstance(screen, Reviewing) and screen.found is None


@pytest.mark.covers("CTL-2", "CTL-5")
async def test_both_grades_stand_side_by_side_on_the_grades_screen(home: Path) -> None:
    kept(home, "first_day+manual", "hand")
    app = CrmsimApp(Wishes(), session=open_kept(kept(home)), lang="zh")
    async with app.run_test(size=(110, 60)) as pilot:
        await pilot.pause()
        app.push_screen(Grades())
        await until(pilot, lambda: "差异" in shown(app))
        said = shown(app)
        assert "手工CRM成绩" in said and "实战CRM成绩" in said
        lines = [line for line in said.splitlines() if "客户接洽" in line]
        assert sum("手工" in line for line in lines[:2]) == 1, "of two games of a scenario the one by hand says so"


@pytest.mark.covers("CTL-2", "CTL-4")
async def test_a_game_kept_elsewhere_has_its_grade_and_its_report_in_the_control_centre(
    home: Path, tmp_path: Path
) -> None:
    """A game begun with --save lies where the player wants it."""
    other = kept(home)
    mine = tmp_path / "elsewhere" / "mine.crmsim"
    mine.parent.mkdir()
    Path(other).replace(mine)
    app = CrmsimApp(Wishes(), session=open_kept(str(mine)))
    async with app.run_test(size=(110, 60)) as pilot:
        await pilot.pause()
        assert app.session is not None
        offered = choices(SimpleNamespace(session=app.session, app=app, action_end=None))
        for name, kind in (("Grades", Grades), ("Lab reports", Reports)):
            next(do for words, _why, do in offered if str(words) == name)()
            await until(pilot, lambda kind=kind: isinstance(app.screen, kind))  # type: ignore[misc]
            screen = app.screen
            assert isinstance(screen, Grades | Reports) and screen.saves == [mine]
            await pilot.press("escape")


@pytest.mark.covers("GAME-15", "CTL-5")
async def test_a_game_begins_by_hand_from_the_first_screen(home: Path) -> None:
    app = CrmsimApp(Wishes(seats=("reception",), seed=3))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Start))
        await press(pilot, "v")
        assert isinstance(app.screen, Offer)
        await press(pilot, "2")
        assert "By hand" in shown(app)
        await press(pilot, "f5")
        await until(pilot, lambda: app.session is not None)
        assert app.session is not None and app.session.scenario.by_hand
        assert not {"customers", "timeline"} & {each.id for each in app.session.tables}


@pytest.mark.covers("GAME-15", "GAME-10")
def test_titles_say_what_is_special() -> None:
    plain, hand = load_scenario("first_day"), load_scenario("first_day+manual")
    assert titled(plain) == plain.meta.title and "By hand" in str(titled(hand))
    assert [str(each) for each in special(plain, practice=True)] == ["practice"] and special(plain) == []
    assert len(ways(plain)) == 2 + len(plain.variants) == len(ways(hand)) + 1
