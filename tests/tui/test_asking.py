"""Forms ask what the thing needs, and nothing else: fields come and go with what is filled in, and what can be listed
is chosen."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input, SelectionList, Static

from crmsim.crm.automation import Rule
from crmsim.crm.customer import Customer
from crmsim.crm.form import Question, Sheet, Submission
from crmsim.crm.talk import Say, Talk
from crmsim.engine.action import fields_of
from crmsim.engine.fields import Choice, Field, Option
from crmsim.engine.words import _
from crmsim.roles.answering import Reply
from crmsim.roles.automating import AddRule
from crmsim.roles.customer import AcceptContract, AnswerSurvey, CancelOrder, DeclineContract, Pay
from crmsim.roles.director.office import AddStaff
from crmsim.roles.director.papers import ReviewOrder
from crmsim.roles.forms import FillForm
from crmsim.tui.answers import Answers
from crmsim.tui.field import FieldRow
from crmsim.tui.form import Form
from crmsim.tui.pull import Pull
from crmsim.tui.talk import TalkRoom
from tests.tui.at_desk import app_at, press, shown


def form_of(app: Any) -> Form:
    assert isinstance(app.screen, Form)
    return app.screen


def asked(form: Form) -> list[str]:
    return [row.field.name for row in form.rows if row.display]


async def choose(pilot: Any, rows: Any, name: str, value: str) -> None:
    row = next(each for each in rows if each.field.name == name)
    assert isinstance(row.editor, Pull), name
    row.editor.value = value
    for _turn in range(4):
        await pilot.pause()


@pytest.mark.covers("DIR-9", "GAME-1")
async def test_a_reason_is_called_optional_only_as_long_as_it_is() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.open_action(ReviewOrder)  # type: ignore[attr-defined]
        await pilot.pause()
        form = form_of(app)
        reason = next(each for each in form.rows if each.field.name == "reason").editor
        assert isinstance(reason, Input) and reason.placeholder == "optional"
        await choose(pilot, form.rows, "decision", "reject")
        assert reason.placeholder == ""
        await choose(pilot, form.rows, "decision", "approve")
        assert reason.placeholder == "optional"


@pytest.mark.covers("AUT-1", "GAME-1")
async def test_a_rules_form_asks_only_what_the_rule_needs_and_its_values_are_chosen() -> None:
    app = app_at("director", lang="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.open_action(AddRule)  # type: ignore[attr-defined]
        await pilot.pause()
        form = form_of(app)
        assert asked(form) == ["title", "trigger", "event", "test", "does", "to"]
        await choose(pilot, form.rows, "trigger", "silence")
        await choose(pilot, form.rows, "does", "notify")
        assert asked(form) == ["title", "trigger", "days", "test", "does", "to", "copy_to", "text"]
        days = next(row.editor for row in form.rows if row.field.name == "days")
        assert isinstance(days, Input)
        days.value = "5"
        await choose(pilot, form.rows, "test", "status")
        assert asked(form)[3:7] == ["test", "how", "value", "also"]
        await press(pilot, "f10")
        assert form_of(app) is form and "请填写与什么值比较" in shown(app)
        await choose(pilot, form.rows, "value", "prospect")  # by its name, not typed as an id
        await choose(pilot, form.rows, "how", "filled")
        assert "value" not in asked(form)
        await choose(pilot, form.rows, "how", "is")
        await press(pilot, "f10")
        rule = list(app.session._game.world.all(Rule))[-1]  # type: ignore[union-attr]
        assert rule.conditions == (("status", "is", "prospect"),) and rule.days == 5


@pytest.mark.covers("FRM-1", "GAME-1")
async def test_a_form_is_filled_in_question_by_question() -> None:
    app = app_at("sales-1")
    world = app.session._game.world  # type: ignore[union-attr]
    questions = (
        Question("rating", "How was it?", required=True), Question("single", "Again", False, ("yes", "no")),
        Question("text", "Why?"),
    )  # fmt: skip
    world.add(Sheet("FM7", name="Visit", owner="director", questions=questions, status="published"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.open_action(FillForm)  # type: ignore[attr-defined]
        await pilot.pause()
        form = form_of(app)
        answers = form.query_one(Answers)
        said = shown(app)
        assert "How was it? (1–5)" in said and "Again" in said and "('" not in said
        assert answers.texts() == ("", "", "")  # nothing is put into anybody's mouth
        app.session.lesson.on = True  # type: ignore[union-attr]
        await press(pilot, "f10")
        assert form_of(app) is form and "an answer is needed" in shown(app)
        assert "fill in “How was it?" in shown(app)  # the label that stands there
        await press(pilot, "4")
        await choose(pilot, answers.query(FieldRow), "1", "no")
        await press(pilot, "f10")
        assert [each.answers for each in world.all(Submission)] == [("4", "no", "")]


@pytest.mark.covers("TALK-5", "CUS-8")
async def test_whoever_plays_a_customer_chooses_what_to_name_in_place_of_the_truth() -> None:
    app = app_at("customer-1", "reception")
    session: Any = app.session
    world = session._game.world
    who = world.seat("customer-1").customers[0] if world.seat("customer-1").customers else next(world.all(Customer)).id
    world.seat("customer-1").customers = (who,)
    says = (Say(session.minute, "reception", "ask_need", _("What do you need?")),)
    world.add(
        Talk("T900", channel="website", customer=who, who="Red Star", role="reception", seat="reception", says=says,
             status="open", turn="customer", started=session.minute, answered=session.minute)
    )  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(TalkRoom(session, Reply, "talk", "T900"))
        await pilot.pause()
        room: Any = app.screen
        room.choose("shade")
        for _turn in range(4):
            await pilot.pause()
        rows = {row.field.name: row for row in room.query(FieldRow)}
        assert rows["topic"].value() == "need" and "amount" not in rows
        product = next(iter(world.scenario.products)).id
        await choose(pilot, rows.values(), "value", product)
        await choose(pilot, rows.values(), "topic", "budget")
        rows = {row.field.name: row for row in room.query(FieldRow)}
        assert "value" not in rows and isinstance(rows["amount"].editor, Input)
        await choose(pilot, rows.values(), "topic", "need")
        rows = {row.field.name: row for row in room.query(FieldRow)}
        await choose(pilot, rows.values(), "value", product)
        await press(pilot, "enter")
        assert world.get(Talk, "T900").told("need") == product


@pytest.mark.covers("CUS-3", "CUS-7")
@pytest.mark.parametrize("action", [AcceptContract, DeclineContract, CancelOrder, Pay, AnswerSurvey])
def test_a_paper_says_whose_it_is(action: Any) -> None:
    kind = fields_of(action)["customer"].kind
    assert kind.asked is not None and not kind.asked({})


@pytest.mark.covers("GAME-1")
async def test_what_is_refused_is_not_confirmed_first() -> None:
    from crmsim.roles.director.office import DismissStaff

    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        session.view.seat.busy_until = session.minute + 30
        session._game.world.seat("director").busy_until = session.minute + 30
        app.screen.open_action(DismissStaff)  # type: ignore[attr-defined]
        await pilot.pause()
        form = form_of(app)
        await press(pilot, "f10")
        assert form_of(app) is form and "Busy until" in str(form.query_one("#price", Static).content)


@pytest.mark.covers("GAME-1")
async def test_a_list_to_take_several_from_is_passed_by_tab_without_taking_any() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.open_action(AddStaff)  # type: ignore[attr-defined]
        await pilot.pause()
        several = form_of(app).query_one(SelectionList)
        for _key in range(len(form_of(app).rows)):
            await press(pilot, "tab")
            if several.has_focus:
                break
        assert several.has_focus and several.option_count and several.selected == []
        await press(pilot, "space")
        assert len(several.selected) == 1


class Painted(App[None]):
    """One field, whose words hang on another's."""

    def __init__(self, required: bool) -> None:
        super().__init__()
        self.required = required

    def compose(self) -> ComposeResult:
        """The field alone."""
        words = lambda view, filled: [Option("red", "red")] if filled["paint"] else []  # noqa: E731
        kind = Choice("Colour", words=words, optional=not self.required, nothing=_("Nothing is painted."))
        yield FieldRow(Field("colour", kind, self.required, ""), None, {"paint": True}, "red" if self.required else "")


@pytest.mark.covers("GAME-1")
@pytest.mark.parametrize("required", [True, False])
async def test_a_choice_says_that_there_is_nothing_only_while_there_is_nothing(required: bool) -> None:
    app = Painted(required)
    async with app.run_test() as pilot:
        row, pull = app.query_one(FieldRow), app.query_one(Pull)
        for paint in (True, False, True, False):
            row.renew({"paint": paint})
            await pilot.pause()
            assert (pull.prompt == "Nothing is painted.") != paint
            assert (pull.value == "red") == (required and paint)
