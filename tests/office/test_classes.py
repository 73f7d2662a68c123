"""Customers are sorted into classes by what they bought, each class has its care plan, and partners expect theirs."""

from __future__ import annotations

import pytest

from crmsim.crm.classes import grade_of, plan_days
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerNeglected, CustomerReclassified, TaskCreated
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.crm.task import Task
from crmsim.engine.action import refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.caring import GiveCare, NamePartner
from crmsim.roles.customer import AcceptContract
from crmsim.scenarios.following import ClassesPart
from tests.roles.back_office import WHO, must, ordered, quiet_game
from tests.scenes import facts

CLASSES = next(each for each in TABLES if each.id == "classes")


def big_buyer(quantity: int = 101, **changes: object) -> Game:
    """p1 signed for so many pumps at 1,000 yuan each."""
    game = quiet_game(policies={"credit_limit": 10**9}, **changes)
    order = ordered(game, quantity, days=60)
    must(game, WHO, AcceptContract(order=order.id))
    return game


@pytest.mark.covers("REG-9")
@pytest.mark.parametrize(
    ("yuan", "grade"), [(100_000, "A"), (99_999, "B"), (50_000, "B"), (49_999, "C"), (0, "C"), (1_000_000, "A")]
)
def test_the_thresholds_belong_to_the_class_above(yuan: int, grade: str) -> None:
    assert grade_of(ClassesPart(), yuan * 100) == grade


@pytest.mark.covers("REG-9")
def test_classes_are_reckoned_anew_each_period() -> None:
    game = big_buyer(classes={"every_days": 4})
    record = game.world.get(Record, "C1")
    game.advance(2 * DAY)
    assert record.grade == ""
    game.advance(4 * DAY)
    assert record.grade == "A" and game.world.get(Record, "C2").grade == ""
    changed = facts(game, CustomerReclassified)
    assert [(each.record, each.new) for each in changed] == [("C1", "A")]
    game.advance(6 * DAY)
    assert len(facts(game, CustomerReclassified)) == 1  # nothing has changed since
    (row,) = CLASSES.rows(game.view("sales-1"))
    assert row.record.id == "C1" and row.amount == 10_100_000
    assert not list(CLASSES.rows(game.view("sales-2")))


@pytest.mark.covers("REG-9")
def test_every_class_has_its_care_plan() -> None:
    part = ClassesPart()
    days = [plan_days(part, Record("C", grade=grade)) for grade in ("A", "B", "C", "")]
    assert days == [part.a_days, part.b_days, part.c_days, 0]
    assert plan_days(part, Record("C", grade="A", partner=True)) == part.partner_days
    game = big_buyer(classes={"every_days": 1, "a_days": 3})
    game.world.get(Record, "C1").status = "won"
    game.advance(9 * DAY)
    assert facts(game, TaskCreated, rule="care_plan", record="C1")


@pytest.mark.covers("REG-9")
@pytest.mark.parametrize("kept", [True, False])
def test_a_partner_is_pleased_to_be_one_and_expects_its_care(kept: bool) -> None:
    game = big_buyer(classes={"every_days": 1, "partner_days": 3})
    assert refusal(NamePartner(record="C1"), game.view("director")) is not None  # no class yet
    game.advance(3 * DAY)
    customer = game.world.get(Customer, WHO)
    trust = customer.trust
    must(game, "director", NamePartner(record="C1"))
    assert customer.trust > trust and game.world.get(Record, "C1").partner
    assert not game.act("director", NamePartner(record="C1"))
    assert refusal(NamePartner(record="C1"), game.view("sales-1")) is not None
    felt = customer.satisfaction
    while not any(each.rule == "care_plan" for each in game.world.all(Task)):
        game.advance(DAY)
    if kept:
        must(game, "sales-1", GiveCare(kind="greeting", records=("C1",)))
    task = next(each for each in game.world.all(Task) if each.rule == "care_plan")
    game.advance_to(task.due + 2 * DAY)
    assert bool(facts(game, CustomerNeglected, worth="partner")) != kept
    assert (customer.satisfaction > felt) == kept


@pytest.mark.covers("REG-9")
def test_without_the_tool_there_are_no_classes() -> None:
    game = big_buyer(classes={"every_days": 1}, tools={"classes": False})
    game.advance(4 * DAY)
    assert not facts(game, CustomerReclassified) and game.world.get(Record, "C1").grade == ""
    assert refusal(NamePartner(record="C1"), game.view("director")) is not None


@pytest.mark.covers("REG-9", "TSK-2")
@pytest.mark.parametrize("tools", [{}, {"classes": False, "tasks": False}], ids=["with a plan", "without one"])
@pytest.mark.parametrize("quantity", [101, 60, 20])
def test_whoever_buys_for_much_feels_that_nobody_calls(quantity: int, tools: dict[str, bool]) -> None:
    how = {"every_days": 1, "a_days": 3, "b_days": 4, "c_days": 3}
    felt = {}
    for called in (True, False):
        game = big_buyer(quantity, classes=how, tools=tools)
        game.world.get(Record, "C1").status = "won"
        customer = game.world.get(Customer, WHO)
        trust = customer.trust
        for day in range(10):
            game.advance(DAY)
            if called and day % 2:
                spoken = {"started": game.minute, "answered": game.minute, "status": "closed"}
                game.world.add(Talk(f"T9{day}", channel="phone", customer=WHO, record="C1", seat="sales-1", **spoken))
        felt[called] = customer.trust < trust
        assert bool(facts(game, CustomerNeglected)) == felt[called] == (quantity != 20 and not called)
        reminded = bool(facts(game, TaskCreated, rule="care_plan", record="C1"))
        assert reminded == (not tools and not called)  # the plan says so in time; without one nobody does
