"""What a desk says by itself: news once with a count, papers that are kept waiting, what has its time."""

from __future__ import annotations

import pytest

from crmsim.crm.facts import RequestOverdue
from crmsim.engine.words import render
from crmsim.game import Game
from crmsim.roles.company import DeliverMessage
from crmsim.roles.director import PlanAdvert, PlanPromotion
from crmsim.scenarios.loader import load_scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session
from tests.tui.at_desk import app_at, quiet_game, shown, still


@pytest.mark.covers("GAME-9")
async def test_the_same_news_several_times_running_stands_once_with_its_count() -> None:
    game = quiet_game()
    for _each in range(8):
        game.world.record(RequestOverdue(request="S1", agent="service", customer="x1"))
    app = CrmsimApp(Wishes(), session=Session(game, ["service"]))
    async with app.run_test(size=(140, 40)) as pilot:
        text = await still(pilot)
        words = render(app.session.sentence(app.session.heard()[0]), "en")  # type: ignore[union-attr]
        assert " ".join(text.split()).count(words[:12]) == 1
        assert "×8" in text


@pytest.mark.covers("GAME-9")
async def test_three_and_more_of_a_kind_at_one_minute_stand_on_one_line() -> None:
    game = quiet_game()
    for number in range(8):
        game.world.record(RequestOverdue(request=f"S{number}", agent="service", customer="x1"))
    app = CrmsimApp(Wishes(), session=Session(game, ["service"]), lang="zh")
    async with app.run_test(size=(140, 40)) as pilot:
        text = await still(pilot)
        assert "同类还有7" in text and text.count("S7") == 1 and "S6" not in text


@pytest.mark.covers("GAME-9")
@pytest.mark.parametrize(
    ("lang", "first", "then"),
    [("en", "Waiting for you already: 1", "Waited before"), ("zh", "已有1件待办在等您", "件待办还在等您")],
)
async def test_who_waits_with_papers_on_the_desk_is_told_of_them(lang: str, first: str, then: str) -> None:
    """Before time passes, and where it passed all the same, once more."""
    app = app_at("director", "reception", lang=lang)
    async with app.run_test(size=(120, 30)) as pilot:
        session = app.session
        assert session is not None and session.lesson.on
        began = session.minute
        await pilot.press("w")
        await pilot.pause()
        assert any(first in each.message for each in app._notifications) and session.minute == began
        session.lesson.on = False
        session._game.world.due(began + 60, DeliverMessage(channel="email", who="x2", nature="job", stranger="x2"))
        session.seat = "reception"
        await pilot.press("w")
        await pilot.pause()
        assert session.minute == began  # the message that stands there is for this desk, too
        await pilot.press("w")
        await pilot.pause()
        assert any(then in each.message for each in app._notifications) and session.minute > began


@pytest.mark.covers("DIR-4", "GAME-10")
async def test_a_director_is_told_of_the_fair_and_of_adverts_before_they_are_late() -> None:
    game = Game(load_scenario("first_month"), seed=3)
    session = Session(game, ["director"])
    soon = [idea for _table, idea in session.ideas() if idea.soon]
    assert PlanPromotion in {each.action for each in soon}
    app = CrmsimApp(Wishes(), session=session, lang="zh")
    async with app.run_test(size=(140, 40)) as pilot:
        await still(pilot)
        line = shown(app)
        assert ("展台还没有租" in line) == bool(session.papers()), line
        assert {each.action for each in soon} <= {PlanPromotion, PlanAdvert}


@pytest.mark.covers("GAME-9")
async def test_with_work_on_the_desk_a_while_passes_and_not_the_day() -> None:
    """Two keys too many leave a newcomer in the game: what waits has an hour at a time, with and without the lesson."""
    app = app_at("director")
    async with app.run_test(size=(120, 30)) as pilot:
        session = app.session
        assert session is not None and session.lesson.on
        began = session.minute
        for passed in (0, 60, 120):
            await pilot.press("w")
            await pilot.pause()
            assert session.minute == began + passed and not session.ended
        session.lesson.on = False  # the order is due today
        assert session.pressing()
        await pilot.press("w")
        await pilot.pause()
        assert session.minute == began + 240  # nobody is there from twelve to one


@pytest.mark.covers("GAME-10")
async def test_the_next_step_of_a_desk_is_not_told_while_a_sheet_lies_over_it() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "opens the top paper" in await still(pilot)
        for key in ("f1", "escape"):  # help; the question whether to leave
            await pilot.press(key)
            assert "opens the top paper" not in await still(pilot)
            await pilot.press("escape")
            assert "opens the top paper" in await still(pilot)


@pytest.mark.covers("GAME-9")
async def test_no_line_of_before_stands_over_the_buttons_of_a_form() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await still(pilot)
        await pilot.press("w")
        await pilot.pause()
        assert len(app._notifications) == 1
        await pilot.press("enter")
        assert "Do it" in await still(pilot) and not app._notifications
        await pilot.press("f1")
        assert "does it as it stands" not in await still(pilot)  # nor the form's next step below its help


@pytest.mark.covers("GAME-9")
async def test_the_keys_that_help_names_for_waiting_let_so_much_time_pass() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        session = app.session
        assert session is not None
        began = session.minute
        for key, passed in (("1", 10), ("6", 70), ("f6", 80), ("f7", 140)):
            await pilot.press(key)
            await pilot.pause()
            assert session.minute == began + passed
        await pilot.press("f1")
        told = [each.split()[:2] for each in (await still(pilot)).split("│") if "F" in each]
        assert ["1", "F6"] in told and ["6", "F7"] in told
