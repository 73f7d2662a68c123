"""Whoever does only what the screen says gets somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text
from textual import events

from crmsim.crm.order import Order
from crmsim.engine.action import fields_of, label_of
from crmsim.engine.desk import Waiting
from crmsim.engine.words import Message, _, render
from crmsim.roles import ACTIONS
from crmsim.roles.everyone.records import RecordCustomer
from crmsim.roles.talking import Speak
from crmsim.roles.writing import SpeakByTemplate
from crmsim.tui.app import CrmsimApp
from crmsim.tui.briefing import Briefing
from crmsim.tui.hint import Hint
from crmsim.tui.lesson import (
    DESK,
    DONE,
    FORM,
    MENU,
    PROOF,
    QUIET,
    TABLE,
    TALK,
    Lesson,
    at_desk,
    at_form,
    in_talk,
)
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session
from tests.tui.at_desk import app_at, press, quiet_game, quiet_scenario, shown, until

KEYS = {"Enter": "enter", "Esc": "escape", "Tab": "tab", "F5": "f5", "F10": "f10"}


def _sight(app: CrmsimApp) -> tuple[object, ...]:
    """Where one is, and what the screen says comes next."""
    return (app.screen, *(tuple(each.keys) for each in app.screen.query(Hint)))


@pytest.mark.covers("GAME-1", "GAME-10")
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_doing_what_the_screen_says_leads_to_the_first_approved_order(lang: str, tmp_path: Path) -> None:
    app = CrmsimApp(Wishes(seed=3, skill="idle", save=str(tmp_path / "lab.crmsim")), lang=lang)
    pressed: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while len(pressed) < 12:
            if app.session is not None and any(
                each.status == "approved" for each in app.session._game.world.all(Order)
            ):
                break
            if isinstance(app.screen, Briefing):  # its one button has the focus
                named = "Enter"
            elif not app.screen.query_one(Hint).keys:  # the company is being set up: one waits
                await until(pilot, lambda: isinstance(app.screen, Briefing) or app.screen.query_one(Hint).keys)
                continue
            else:
                named = app.screen.query_one(Hint).keys[0]
                assert named in shown(app)
            pressed.append(named)
            before = _sight(app)
            await press(pilot, KEYS.get(named, named))
            for _wait in range(100):  # a person, too, waits until something happens
                if _sight(app) != before:
                    break
                await pilot.pause(0.05)
    assert pressed == ["Enter", "F5", "Enter", "Enter", "Enter"]


@pytest.mark.covers("GAME-1")
async def test_hints_explain_once_and_can_be_left() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "This list is your work" in shown(app)
        await press(pilot, "enter")
        assert "filled in already" in shown(app)
        await press(pilot, "enter")
        assert "This list is your work" not in shown(app)
        assert "[w]" in shown(app)
        await press(pilot, "f2")
        assert "[w]" not in shown(app)
        await press(pilot, "f2")
        assert "[w]" in shown(app)
        await press(pilot, "我")
        assert any("Shift" in each.message for each in app._notifications)
        await press(pilot, "f4", "我")
        assert any("按 Shift 切换英文" in each.message for each in app._notifications)


def test_that_nothing_waits_is_said_no_longer_once_something_does() -> None:
    lesson, session = Lesson(True), Session(quiet_game(), ("director",))
    papers = session.papers()
    at_desk(lesson, (), "todo")
    assert lesson.told("todo") == QUIET
    at_desk(lesson, papers, "todo")
    assert papers and lesson.told("todo") == DESK
    at_desk(lesson, (), "todo")
    at_desk(lesson, papers, "todo")
    assert lesson.told("todo") != QUIET


@pytest.mark.covers("GAME-10")
async def test_a_phrase_from_an_input_method_is_one_stray_key_and_not_twelve() -> None:
    app = app_at("director", lang="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for each in "价格合理库存充足同意发货":
            app.post_message(events.Key(each, each))
        await pilot.pause()
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["按 Shift 切换英文"]


@pytest.mark.covers("GAME-10")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_step_of_the_lesson_has_room_below_its_explanation(lang: str) -> None:
    said, learner = [], Lesson(True)
    for kind in ACTIONS:
        name, paper = label_of(kind), Waiting("", 0, 0, Message(""), kind)
        said += [(DESK, at_desk(learner, [paper], "todo")), (DONE, at_desk(learner, [paper], "todo"))]
        said += [(TALK, in_talk(learner, "1346", False, name, more=True))]
        said += [(TALK, in_talk(learner, "", False, name, over=True))]
    for kind in (SpeakByTemplate, RecordCustomer):
        step = in_talk(learner, "12345678", False, label_of(kind), more=True, begun=Speak.teach)
        said += [(Message(Speak.teach), step)]
    said += [(QUIET, at_desk(learner, [], "todo")), (MENU, at_desk(learner, [], "menu"))]
    said += [(TABLE, at_desk(learner, [], "table")), (Message(""), at_desk(learner, [], "filter"))]
    said += [(FORM, at_form(learner, None)), (PROOF, at_form(learner, None, True))]
    said += [(FORM, at_form(learner, None, refused=True))]
    labels = {field.kind.label for kind in ACTIONS for field in fields_of(kind).values()}
    said += [(FORM, at_form(learner, _("{field:label}", field=each))) for each in labels]
    said += [(TALK, in_talk(learner, "12", True)), (TALK, in_talk(learner, "12", False, typing=True))]
    for explained, step in said:
        lines = [each for words in (explained, step) for each in Text(render(words, lang)).wrap(Console(), 78)]
        assert len(lines) <= 3, lines  # no screen gives it more


@pytest.mark.covers("GAME-10")
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_the_button_of_the_briefing_is_in_sight_however_many_seats_are_held(lang: str) -> None:
    company = [each.id for each in quiet_scenario().seats]
    for seats in (company[:1], company[:3], company):
        app = app_at(*seats, lang=lang)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await app.push_screen(Briefing(app.session))
            await pilot.pause()
            await pilot.pause()
            button, foot = app.screen.query_one("#begin-work"), app.screen.query_one("#hint")
            assert button.region.height == 1 and button.region.bottom < foot.region.y
            page = app.screen.query_one(".page")
            assert ("[PgDn]" in shown(app)) == (page.max_scroll_y > 0)
            await press(pilot, "pagedown", "pagedown")
            assert page.scroll_y == page.max_scroll_y
