"""A form that is left keeps what was filled in: for that form and what it is about, until it is done or begun anew."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from crmsim.crm.order import Order
from crmsim.engine.words import _
from crmsim.roles.director.papers import ReviewOrder
from crmsim.tui.desk import Desk
from crmsim.tui.field import FieldRow
from crmsim.tui.form import Form
from tests.tui.at_desk import app_at, press, shown

pytestmark = pytest.mark.covers("GAME-1", "GAME-8")


def reason(form: object) -> str:
    assert isinstance(form, Form)
    row = next(each for each in form.query("FieldRow") if each.field.name == "reason")  # type: ignore[attr-defined]
    assert isinstance(row.editor, Input)  # type: ignore[attr-defined]
    return row.editor.value  # type: ignore[attr-defined, no-any-return]


async def typed(pilot: object, words: str) -> None:
    form = pilot.app.screen  # type: ignore[attr-defined]
    next(each for each in form.query("FieldRow") if each.field.name == "reason").editor.focus()
    await press(pilot, *words)


@pytest.mark.parametrize(("lang", "kept"), [("en", "Kept as a draft"), ("zh", "已存为草稿")])
async def test_what_was_filled_in_is_there_again_for_the_same_form_and_paper(lang: str, kept: str) -> None:
    app = app_at("director", lang=lang)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        await typed(pilot, "toolate")
        await press(pilot, "escape")
        assert isinstance(app.screen, Desk) and kept in shown(app)
        app.screen.open_action(ReviewOrder)  # the same form, but of no paper
        await pilot.pause()
        assert reason(app.screen) == "" and not app.screen.query("#anew")
        await press(pilot, "escape", "enter")
        assert reason(app.screen) == "toolate"
        await press(pilot, "f4")
        assert reason(app.screen) == "toolate"
        await press(pilot, "escape", "enter")
        assert reason(app.screen) == "toolate"
        await pilot.click("#anew")
        await pilot.pause()
        assert reason(app.screen) == "" and not app.screen.query("#anew")
        await press(pilot, "escape", "enter")
        assert reason(app.screen) == ""


async def test_a_form_that_was_done_begins_anew_and_one_that_was_only_looked_at_leaves_nothing() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, "enter", "escape")
        assert "draft" not in shown(app)
        await press(pilot, "enter")
        await typed(pilot, "fine")
        await press(pilot, "escape", "enter", "f10")
        assert isinstance(app.screen, Desk) and app.session is not None
        assert not any(app.session.forms.values())


async def test_a_form_turned_to_another_row_gives_no_reason_of_the_first_and_keeps_nothing_for_it() -> None:
    app = app_at("director")
    session: Any = app.session
    world = session._game.world
    first = world.get(Order, "O1")
    first.discount, first.plea = 300_000, "Agreed long ago."
    world.add(Order("O2", record="C2", owner="sales-1", lines=first.lines, submitted=session.minute, terms="days_3"))
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.pause()
        app.screen.open_action(ReviewOrder, {"order": "O1", "decision": "reject"}, _("It is far too cheap."))  # type: ignore[attr-defined]
        await pilot.pause()
        assert "far too cheap" in shown(app) and "Agreed long ago." in shown(app)
        form = app.screen
        row = next(each for each in form.query(FieldRow) if each.field.name == "order")
        row.editor.focus()
        await press(pilot, "right")
        assert row.editor_value() == "O2"
        assert "far too cheap" not in shown(app) and "Agreed long ago." not in shown(app)
        await press(pilot, "escape")
        assert "draft" not in shown(app)
