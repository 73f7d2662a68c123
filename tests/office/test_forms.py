"""The form centre: forms of typed fields are published, filled in by the permitted, and read; rules follow."""

from __future__ import annotations

import pytest

from crmsim.crm.automation import Notice
from crmsim.crm.form import KINDS, Sheet, Submission, results
from crmsim.engine.action import refusal
from crmsim.engine.errors import IllegalAction
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles.forms import AddFormField, CloseForm, DesignForm, FillForm, PublishForm
from crmsim.store.sheets import sheets
from tests.roles.back_office import quiet_game, received

pytestmark = pytest.mark.covers("FRM-1")
FIELDS = (
    AddFormField(form="FM1", name="Who", kind="text", required=True),
    AddFormField(form="FM1", name="Report", kind="long"),
    AddFormField(form="FM1", name="Result", kind="single", options="good, bad", required=True),
    AddFormField(form="FM1", name="Topics", kind="multi", options="price, delivery，service"),
    AddFormField(form="FM1", name="Next", kind="date"),
    AddFormField(form="FM1", name="File", kind="attachment"),
    AddFormField(form="FM1", name="Mark", kind="rating", required=True),
    AddFormField(form="FM1", name="With", kind="member"),
    AddFormField(form="FM1", name="Phone", kind="text", check="phone"),
)
GOOD = ("Wang", "", "good", "price, service", "+2", "minutes of the visit", "4", "service-1", "")


def form(audience: str = "company", **more: object) -> Game:
    """A form with a field of each kind, published by sales-1."""
    game = quiet_game(**more)
    game.apply("sales-1", DesignForm(name="Visit", audience=audience))
    for each in (*FIELDS, PublishForm(form="FM1")):
        game.advance_to(game.free_minute("sales-1"))
        game.apply("sales-1", each)
    game.advance_to(game.free_minute("sales-1"))
    return game


def test_every_kind_of_field_takes_its_answers_and_refuses_others_by_name() -> None:
    game = form()
    assert {each.kind for each in FIELDS} == {kind for kind, _label in KINDS}
    wrong = {
        0: ("", "Who"), 2: ("fair", "Result"), 3: ("price, rain", "Topics"), 4: ("soon", "Next"), 6: ("6", "Mark"),
        7: ("nobody", "With"), 8: ("12", "Phone"),
    }  # fmt: skip
    for place, (answer, name) in wrong.items():
        answers = (*GOOD[:place], answer, *GOOD[place + 1 :])
        why = refusal(FillForm(form="FM1", answers=answers), game.view("sales-2"))
        assert why is not None and name in str(why), name
    assert refusal(FillForm(form="FM1", answers=GOOD[:-1]), game.view("sales-2")) is not None
    assert refusal(FillForm(form="FM1", answers=("W\x1b", *GOOD[1:])), game.view("sales-2")) is not None
    game.apply("sales-2", FillForm(form="FM1", answers=GOOD))
    assert next(game.world.all(Submission)).answers == GOOD


@pytest.mark.parametrize(
    ("field", "why"),
    [
        (AddFormField(form="FM1", name="A", kind="single", options="one"), "two different"),
        (AddFormField(form="FM1", name="A", kind="multi", options="a, a, b"), "twice"),
        (AddFormField(form="FM1", name="A", kind="text", options="a, b"), "Only choices"),
        (AddFormField(form="FM1", name="A", kind="rating", check="phone"), "Only text"),
        (AddFormField(form="FM1", name="A", kind="colour"), "not one of"),
        (AddFormField(form="FM2", name="A", kind="text"), "cannot be chosen"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(field: AddFormField, why: str) -> None:
    game = quiet_game()
    game.apply("sales-1", DesignForm(name="Visit", audience="company"))
    game.advance(10)
    said = refusal(field, game.view("sales-1"))
    assert said is not None and why in str(said)
    assert refusal(PublishForm(form="FM1"), game.view("sales-1")) is not None


def test_only_the_permitted_see_it_and_fill_it_in() -> None:
    game = form("service")
    assert game.view("sales-2").get(Sheet, "FM1") is None
    assert refusal(FillForm(form="FM1", answers=GOOD), game.view("sales-2")) is not None
    game.apply("service-1", FillForm(form="FM1", answers=GOOD))
    assert game.view("sales-2").get(Submission, "FS1") is None
    assert game.view("sales-1").get(Submission, "FS1") is not None
    with pytest.raises(IllegalAction):
        game.apply("sales-1", AddFormField(form="FM1", name="Late", kind="text"))
    game.apply("sales-1", CloseForm(form="FM1"))
    assert refusal(FillForm(form="FM1", answers=GOOD), game.view("service-1"), mind_the_clock=False) is not None


def test_results_are_filtered_and_exported() -> None:
    game = form()
    game.apply("sales-2", FillForm(form="FM1", answers=GOOD))
    game.apply("service-1", FillForm(form="FM1", answers=("Li", "", "bad", *GOOD[3:])))
    owner = game.view("sales-1")
    assert [each.answers[0] for each in results(owner, "FM1")] == ["Wang", "Li"]
    assert [each.answers[0] for each in results(owner, "FM1", 3, "bad")] == ["Li"]
    assert not results(owner, "FM1", 1, "bad") and len(results(owner, "FM1", by="service-1")) == 1
    assert (
        not results(owner, "FM1", span=(0, game.minute - 1)) and len(results(owner, "FM1", span=(0, game.minute))) == 2
    )
    assert [each.id for each in results(game.view("sales-2"), "FM1")] == ["FS1"]
    whole = {each.id: each for each in sheets(game)}["form-FM1"]
    assert whole.headings[4:] == [each.name for each in FIELDS] and [row[4] for row in whole.rows] == ["Wang", "Li"]
    assert len({each.id: each for each in sheets(game, "sales-2")}["form-FM1"].rows) == 1
    assert "form-FM1" not in {each.id for each in sheets(game, "reception")}


@pytest.mark.covers("AUT-1")
def test_a_submission_feeds_rules_by_its_answers() -> None:
    rule = {"id": "bad", "title": "A bad visit", "trigger": "event", "event": "form_filled", "does": "notify",
            "to": "director", "when": [{"field": "answer7", "comparison": "under", "value": "3"}]}  # fmt: skip
    game = form(rules=[rule])
    game.apply("sales-2", FillForm(form="FM1", answers=GOOD))
    game.apply("service-1", FillForm(form="FM1", answers=(*GOOD[:6], "1", *GOOD[7:])))
    game.advance(5)
    assert [(each.seat, each.paper) for each in game.world.all(Notice)] == [("director", "FS2")]


def test_customers_who_bought_fill_in_what_is_meant_for_them() -> None:
    game = form("customer")
    received(game)
    game.world.deputies.clear()
    for customer in game.market.customers():
        customer.purchases = 1
    scenario = game.scenario.segments[0]
    assert 0 < scenario.surveys < 1_000_000
    other = form("customer", segments=[{**scenario.model_dump(), "surveys": 1_000_000}])
    assert refusal(FillForm(form="FM1", answers=GOOD), other.view("sales-2")) is not None
    other.world.deputies.clear()
    for customer in other.market.customers():
        customer.purchases = 1
    other.apply("sales-1", DesignForm(name="Second", audience="customer"))
    for each in (
        AddFormField(form="FM2", name="Mark", kind="rating", required=True),
        AddFormField(form="FM2", name="Call", kind="text", required=True, check="phone"),
        PublishForm(form="FM2"),
    ):
        other.advance_to(other.free_minute("sales-1"))
        other.apply("sales-1", each)
    other.advance(8000)
    filled = [each for each in other.world.all(Submission) if each.sheet == "FM2"]
    assert len(filled) == 3 and all(each.customer == each.filler for each in filled)


def test_switched_off_there_are_no_forms_and_a_game_with_them_replays() -> None:
    game = quiet_game(tools={"forms": False})
    assert refusal(DesignForm(name="Visit", audience="company"), game.view("sales-1")) is not None
    scenario = quiet_game().scenario
    fresh = Game(scenario, 2)
    fresh.apply("sales-1", DesignForm(name="Visit", audience="customer"))
    fresh.advance(20)
    fresh.apply("sales-1", AddFormField(form="FM1", name="Mark", kind="rating"))
    fresh.advance(20)
    fresh.apply("sales-1", PublishForm(form="FM1"))
    fresh.advance(6000)
    assert replay_entries(fresh.header(), fresh.journal).digest() == fresh.digest()
