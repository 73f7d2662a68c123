"""Rules: what sets them off, whom they choose, what the log says, and the loops that are refused."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.automation import Notice, Rule, RuleRun
from crmsim.crm.company import Staff
from crmsim.crm.facts import CustomerAssigned, CustomerRecorded, RuleFollowed, StageMoved, TaskOverdue, TaskReminded
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.crm.task import Task
from crmsim.engine.action import Action, refusal
from crmsim.engine.desk import to_do
from crmsim.engine.errors import IllegalAction
from crmsim.engine.view import hearers
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles import TABLES
from crmsim.roles.automating import AddRule, ChangeRule, SwitchRule, TickNotice
from crmsim.roles.director import AssignCustomer
from crmsim.roles.everyone.records import RecordCustomer, UpdateRecord
from crmsim.roles.following import LabelCustomer
from crmsim.roles.forms import AddFormField, DesignForm, FillForm, PublishForm
from crmsim.roles.inviting import InviteToTalk
from crmsim.scenarios.checker import check_data
from tests.roles.back_office import must, quiet_game
from tests.scenes import facts, tiny_data

pytestmark = pytest.mark.covers("AUT-1")
SEATS = [
    {"id": "director", "roles": ["director"]},
    {"id": "reception", "roles": ["reception"]},
    {"id": "sales-1", "roles": ["sales"], "region": "south"},
    {"id": "sales-2", "roles": ["sales"], "region": "north"},
    {"id": "service-1", "roles": ["service"]},
]
REGION: dict[str, Any] = {
    "id": "new", "title": "New customers", "trigger": "event", "event": "customer_recorded", "does": "assign"
}  # fmt: skip


def written(game: Game, name: str = "Three", **more: Any) -> Record:
    """Reception puts a customer on file."""
    paper = {"source": "web", "type": "firm", "phone": f"1380000{len(name):04d}", **more}
    game.world.add(Record(game.world.new_id(Record) + "x", name=name, recorded_by="reception", **paper))
    found = list(game.world.all(Record))[-1]
    game.world.record(CustomerRecorded(record=found.id, customer="", seat="reception"))
    return found


def live(game: Game, minutes: int = 5) -> None:
    game.advance(minutes)


def test_a_new_customer_goes_to_the_salesperson_of_its_region_a_minute_later() -> None:
    game = quiet_game(seats=SEATS, rules=[REGION])
    north, south = written(game, region="north"), written(game, "Fourth", region="south")
    assert not north.owner
    live(game)
    assert (north.owner, south.owner) == ("sales-2", "sales-1")
    run = next(game.world.all(RuleRun))
    assert (run.rule, run.paper, run.does) == ("AR1", north.id, "assign")
    fact = next(each for each in game.facts if isinstance(each, RuleFollowed))
    assert fact.by == "company" and game.facts[fact.cause].record == north.id


def test_past_efficiency_load_and_industry_count() -> None:
    game = quiet_game(seats=[{**each, "region": ""} for each in SEATS], rules=[REGION])
    for number in range(4):
        game.world.add(Record(f"W{number}", owner="sales-2", status="won", industry="trade"))
    first = written(game, industry="trade")
    live(game)
    assert first.owner == "sales-2"
    game.world.get(Staff, "sales-2").capacity = 1
    second = written(game, "Fourth", industry="trade")
    live(game)
    assert second.owner == "sales-1"


def test_an_industry_goes_to_a_named_person() -> None:
    rule = {**REGION, "when": [{"field": "industry", "value": "trade"}], "to": "sales-1"}
    game = quiet_game(seats=SEATS, rules=[rule])
    trade, other = written(game, industry="trade", region="north"), written(game, "Fourth", region="north")
    live(game)
    assert (trade.owner, other.owner) == ("sales-1", "")


def test_seven_days_of_silence_remind_the_owner_once_until_it_speaks() -> None:
    game = quiet_game(rules=[{"id": "quiet", "title": "A week", "trigger": "silence", "days": 7, "does": "remind"}])
    game.advance(6 * DAY)
    assert not list(game.world.all(Notice))
    game.advance(3 * DAY)
    notes = [each for each in game.world.all(Notice) if each.seat == "sales-1"]
    assert len(notes) == 1 and notes[0].record == "C1"
    paper = next(each for each in to_do(game.view("sales-1"), TABLES) if each.filled == {"record": "C1"})
    assert paper.action is InviteToTalk
    game.world.add(
        Talk("T9", channel="phone", customer="p1", record="C1", seat="sales-1", status="closed", started=game.minute)
    )
    assert not to_do(game.view("sales-1"), (next(t for t in TABLES if t.id == "notices"),))


def test_who_looks_after_a_customer_is_reminded_of_what_it_said_whoever_s_form_it_was() -> None:
    """The owner; of a file that nobody owns, whoever it lies with."""
    rule = {"id": "bad", "title": "Not content", "trigger": "event", "event": "form_filled", "does": "remind"}
    game = quiet_game(rules=[rule])
    given_up = game.world.get(Record, "C2")
    given_up.owner, given_up.status, given_up.recorded_by = "", "lost", "sales-2"
    form: tuple[Action, ...] = (
        DesignForm(name="Content?", audience="customer"),
        AddFormField(form="FM1", name="Mark", kind="rating", required=True),
        PublishForm(form="FM1"),
    )
    for step in form:
        must(game, "service-1", step)
    for who in ("p1", "p2"):
        must(game, who, FillForm(form="FM1", answers=("2",)))
    live(game)
    for seat, file in (("sales-1", "C1"), ("sales-2", "C2")):
        desk = to_do(game.view(seat), (next(t for t in TABLES if t.id == "notices"),))
        assert [(each.action, each.filled) for each in desk] == [(InviteToTalk, {"record": file})]
    assert {each.seat for each in game.world.all(Notice)} == {"sales-1", "sales-2"}


def test_a_stage_that_moves_is_told_and_copied() -> None:
    rule = {
        "id": "talks", "title": {"en": "In negotiation", "zh": "进入谈判"}, "trigger": "event",
        "event": "stage_moved", "when": [{"field": "stage", "value": "negotiation"}], "does": "notify",
        "copy_to": "director",
    }  # fmt: skip
    game = quiet_game(rules=[rule])
    deal = game.world.add(Opportunity("OP1", record="C1", owner="sales-1", stage="negotiation"))
    game.world.record(StageMoved(opportunity=deal.id, owner="sales-1", customer="p1", before="offer",
                                 after="negotiation", dwell=1, chance=1))  # fmt: skip
    live(game)
    notices = {each.seat: each for each in game.world.all(Notice)}
    assert set(notices) == {"sales-1", "director"}
    assert render(notices["director"].words, "zh") == "进入谈判"
    game.apply("director", TickNotice(notice=notices["director"].id))
    with pytest.raises(IllegalAction):
        game.apply("director", TickNotice(notice=notices["director"].id))
    with pytest.raises(IllegalAction):
        game.apply("director", TickNotice(notice=notices["sales-1"].id))


def test_a_changed_name_is_the_same_everywhere() -> None:
    game = quiet_game()
    loop = AddRule(title="Names", trigger="change", field="name", does="synchronise")
    why = refusal(loop, game.view("director"))
    assert why is not None and "for ever" in str(why) and "Names > Names" in str(why)
    done = AddRule(title="Names", trigger="event", event="customer_assigned", field="name", does="synchronise")
    game.apply("director", done)
    game.world.add(Record("C9", customer="p1", name="Old"))
    talk = game.world.add(Talk("T9", record="C1", who="Old", status="closed"))
    game.world.record(CustomerAssigned(record="C1", customer="p1", owner="sales-1"))
    live(game)
    assert game.world.get(Record, "C9").name == "One" and talk.who == "One"


def test_a_date_that_comes_near_makes_a_task() -> None:
    rule = {"id": "end", "title": "Decides soon", "trigger": "date", "field": "deadline", "days": 2, "does": "task"}
    game = quiet_game(rules=[rule])
    game.world.get(Record, "C1").deadline = 6 * DAY
    game.advance(3 * DAY)
    assert not [each for each in game.world.all(Task) if each.about == "C1" and each.made_by == "company"]
    game.advance(3 * DAY)
    tasks = [each for each in game.world.all(Task) if each.about == "C1" and each.made_by == "company"]
    assert len(tasks) == 1 and tasks[0].owner == "sales-1"
    bare = quiet_game(rules=[rule], tools={"tasks": False})
    bare.world.get(Record, "C1").deadline = 4 * DAY
    bare.advance(4 * DAY)
    assert [each.seat for each in bare.world.all(Notice)] == ["sales-1"] and not list(bare.world.all(Task))


def test_a_label_brings_a_task_within_three_days_that_is_escalated_when_it_is_not_done() -> None:
    rule = {"id": "demo", "title": "Show the product", "trigger": "change", "field": "labels", "does": "task",
            "days": 3, "when": [{"field": "labels", "comparison": "has", "value": "high_intent"}]}  # fmt: skip
    game = quiet_game(rules=[rule])
    game.world.add(Talk("T9", record="C1", customer="p1", seat="sales-1", started=game.minute, answered=game.minute))
    game.apply("sales-1", LabelCustomer(record="C1", name="rivals"))
    live(game)
    assert not [each for each in game.world.all(Task) if each.made_by == "company" and not each.rule]
    game.apply("sales-1", LabelCustomer(record="C1", name="high_intent"))
    live(game)
    (task,) = [each for each in game.world.all(Task) if each.made_by == "company" and not each.rule]
    assert (task.owner, task.record, task.goal) == ("sales-1", "C1", "Show the product")
    assert 2 * DAY < task.due - task.made <= 5 * DAY
    game.advance_to(task.due + DAY)
    assert facts(game, TaskReminded, task=task.id)
    (late,) = facts(game, TaskOverdue, task=task.id)
    assert {"sales-1", "director"} <= set(hearers(game.world, late))


def test_loops_are_refused_with_their_names_and_conditions_can_break_them() -> None:
    game = quiet_game()
    one = AddRule(title="There", trigger="change", field="industry", does="set", set_field="region", set_value="north")
    game.apply("director", one)
    game.advance(25)
    back = AddRule(title="Back", trigger="change", field="region", does="set", set_field="industry", set_value="trade")
    before = game.digest()
    with pytest.raises(IllegalAction) as caught:
        game.apply("director", back)
    assert "There > Back > There" in str(caught.value) and game.digest() == before
    tame = AddRule(title="Tame", trigger="change", field="region", test="region", value="south", does="set",
                   set_field="industry", set_value="trade")  # fmt: skip
    game.apply("director", tame)
    game.advance(25)
    game.apply("sales-1", UpdateRecord(record="C1", field="region", value="south"))
    live(game)
    record = game.world.get(Record, "C1")
    assert (record.industry, record.region) == ("trade", "north")
    assert [each.rule for each in game.world.all(RuleRun)] == ["AR2", "AR1"]
    game.apply("director", SwitchRule(rule="AR1", on=False))
    game.advance(25)
    game.apply("director", back)
    game.advance(25)
    with pytest.raises(IllegalAction, match="for ever"):
        game.apply("director", SwitchRule(rule="AR1", on=True))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"event": ""}, "Name the event"),
        ({"test": "industry", "how": "over", "value": "5"}, "text"),
        ({"test": "budget", "how": "over", "value": "much"}, "whole number"),
        ({"does": "set"}, "may set"),
        ({"does": "set", "set_field": "region", "set_value": "mars"}, "no value"),
        ({"trigger": "silence"}, "days of silence"),
        ({"trigger": "date", "field": "region"}, "day"),
        ({"event": "feedback_given"}, "assigned"),
        ({"to": "nobody"}, "not one of"),
        ({"test": "colour", "value": "red"}, "not one of"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(wrong: dict[str, Any], why: str) -> None:
    game = quiet_game()
    rule = {"title": "A", "trigger": "event", "event": "customer_recorded", "does": "assign", **wrong}
    said = refusal(AddRule(**rule), game.view("director"))
    assert said is not None and why in str(said)


def test_only_the_director_sets_rules_and_may_change_them() -> None:
    game = quiet_game(rules=[REGION])
    for seat in ("sales-1", "service-1", "customer-1"):
        assert refusal(SwitchRule(rule="AR1", on=False), game.view(seat)) is not None
    game.apply("director", ChangeRule(rule="AR1", part="to", value="sales-1"))
    game.advance(30)
    assert refusal(ChangeRule(rule="AR1", part="days", value="many"), game.view("director")) is not None
    record = written(game)
    live(game)
    assert record.owner == "sales-1"
    assert game.world.get(Rule, "AR1").followed == 1


def test_without_the_tool_no_rule_acts_and_none_can_be_set() -> None:
    game = quiet_game(rules=[REGION], tools={"automation": False})
    record = written(game)
    live(game)
    assert not record.owner
    assert refusal(SwitchRule(rule="AR1", on=False), game.view("director")) is not None


def test_a_game_with_rules_replays_to_the_same_digest() -> None:
    rules = [REGION, {"id": "quiet", "title": "A", "trigger": "silence", "days": 1, "does": "remind"}]
    game = Game(quiet_game(seats=SEATS, rules=rules).scenario, 1)
    paper = RecordCustomer(talk="", name="Three", source="fair", type="firm", phone="13800001234", region="north")
    if refusal(paper, game.view("reception")) is None:
        game.apply("reception", paper)
    game.apply("director", AddRule(title="B", trigger="event", event="help_asked", does="notify", to="director"))
    game.advance(4 * DAY)
    other = replay_entries(game.header(), game.journal)
    assert other.digest() == game.digest()
    fork = game.fork()
    game.advance(2 * DAY)
    fork.advance(2 * DAY)
    assert fork.digest() == game.digest()


def test_a_scenario_with_rules_that_loop_or_do_not_fit_is_refused_by_name() -> None:
    def problems(*rules: dict[str, Any]) -> str:
        return "\n".join(str(why) for _place, why in check_data(tiny_data(rules=list(rules))))

    to_north = {"id": "a", "title": "A", "trigger": "change", "field": "industry", "does": "set",
                "set_field": "region", "set_value": "north"}  # fmt: skip
    back = {**to_north, "id": "b", "field": "region", "set_field": "industry", "set_value": "trade"}
    assert "a > b > a" in problems(to_north, back)
    assert "no field colour" in problems({**REGION, "when": [{"field": "colour"}]})
    assert "set each other off" not in problems(REGION, to_north)
    assert "did you mean sales-1" in problems({**REGION, "to": "sales1"}).replace('"', "")


def test_assigning_by_hand_still_sets_off_the_next_rule() -> None:
    rule = {"id": "hello", "title": "Say hello", "trigger": "event", "event": "customer_assigned", "does": "remind"}
    game = quiet_game(rules=[rule])
    record = written(game)
    game.apply("director", AssignCustomer(record=record.id, owner="sales-2"))
    live(game, 30)
    assert [each.seat for each in game.world.all(Notice)] == ["sales-2"]
