"""What the director leads by: monitoring, notes, coaching, targets and market studies."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots.habits import NOVICE
from crmsim.bots.minding import minding
from crmsim.crm.company import Staff
from crmsim.crm.facts import MonitoringNoted, NoteRead, ResearchDelivered, StaffCoached, TargetSet
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.plan import MonitoringNote, Study, Target
from crmsim.crm.talk import Talk
from crmsim.crm.target import handlings, progress_of
from crmsim.engine.desk import to_do
from crmsim.engine.errors import IllegalAction
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.monitoring import CoachStaff, ReadNote, SetTarget, WriteNote
from crmsim.roles.researching import CommissionResearch
from tests.scenes import customers, facts, tiny

PPM = 1_000_000


def company(**changes: Any) -> Game:
    game = Game(tiny(market={"size": 200, "aware": 300_000, "wanting": 0, "junk": 0}, **changes), 5)
    game.advance_to(game.free_minute("director"))
    return game


def act(game: Game, seat: str, action: Any) -> tuple[Any, ...]:
    game.advance_to(game.free_minute(seat))
    return game.apply(seat, action)


@pytest.mark.covers("DIR-12")
def test_monitoring_shows_how_a_colleague_works() -> None:
    game = company()
    world, now = game.world, game.minute
    for number, waited in enumerate((10, 300)):
        world.add(Talk(f"T9{number}", seat="sales-1", started=now - waited, answered=now, status="closed"))
    world.add(Order("O9", owner="sales-1", lines=(OrderLine("pump", 2, 100_000),), discount=50_000, status="accepted",
                    answered=now))  # fmt: skip
    row = next(each for each in handlings(game.view("director")) if each.id == "sales-1")
    assert (row.talks, row.orders, row.sales, row.discount) == (2, 1, 190_000, 50_000)
    assert row.wait == sum(world.calendar.between(now - each, now) for each in (10, 300)) // 2
    assert not next(iter(handlings(game.view("sales-2")))).talks  # nobody else looks over the shoulder


@pytest.mark.covers("DIR-12")
def test_a_note_is_a_paper_on_that_desk_and_is_minded() -> None:
    game = company()
    act(game, "director", WriteNote(staff="sales-1", about="discounts", text="Hold the price."))
    note = list(game.world.all(MonitoringNote))[-1]
    assert facts(game, MonitoringNoted, staff="sales-1")
    with pytest.raises(IllegalAction):
        act(game, "director", WriteNote(staff="sales-1", about="discounts", text="Hold it!"))
    assert not any(each.action is ReadNote for each in to_do(game.view("sales-2"), TABLES))
    paper = next(each for each in to_do(game.view("sales-1"), TABLES) if each.action is ReadNote)
    act(game, "sales-1", ReadNote(**paper.filled, answer="I will."))
    assert facts(game, NoteRead, note=note.id) and note.answer == "I will."
    assert minding(NOVICE, game.view("sales-1")).holds_price
    game.advance(4 * DAY)
    assert not minding(NOVICE, game.view("sales-1")).holds_price


@pytest.mark.covers("DIR-12")
def test_coaching_takes_both_their_time_and_lasts_five_days() -> None:
    game = company()
    act(game, "director", CoachStaff(staff="sales-2", about="needs"))
    staff = game.world.get(Staff, "sales-2")
    assert staff.busy_until > game.minute and game.world.seat("director").busy_until > game.minute
    assert facts(game, StaffCoached, staff="sales-2", about="needs")
    with pytest.raises(IllegalAction):
        act(game, "director", CoachStaff(staff="sales-2", about="needs"))
    assert minding(NOVICE, game.view("sales-2")).needs_first and not minding(NOVICE, game.view("sales-1")).needs_first
    game.advance(4 * DAY)
    assert minding(NOVICE, game.view("sales-2")).needs_first
    game.advance(5 * DAY)
    assert minding(NOVICE, game.view("sales-2")) == NOVICE


@pytest.mark.covers("DIR-15")
def test_a_target_is_split_to_people_and_tracked() -> None:
    game = company()
    act(game, "director", SetTarget(amount=1_000_001))
    found = {each.staff: each.amount for each in game.world.all(Target)}
    assert found[""] == 1_000_001 and found["sales-1"] + found["sales-2"] == 1_000_001
    assert facts(game, TargetSet, staff="sales-2")
    world = game.world
    world.add(Order("O9", owner="sales-1", lines=(OrderLine("pump", 5, 100_000),), status="accepted",
                    answered=game.minute))  # fmt: skip
    game.advance(10 * DAY)
    mine = {each.staff: each for each in progress_of(game.view("sales-1"))}
    assert mine["sales-1"].signed == mine["sales-1"].target == 500_000 and not mine["sales-1"].behind
    assert "sales-2" not in mine and mine[""].reached < PPM // 2 + 1
    act(game, "director", SetTarget(amount=2_000_000, staff="sales-1"))
    assert next(each for each in world.all(Target) if each.staff == "sales-1").amount == 2_000_000


@pytest.mark.covers("DIR-16")
def test_a_study_costs_days_and_money_and_answers_about_right() -> None:
    game = company()
    cash = game.world.ledger.balance("cash")
    act(game, "director", CommissionResearch(subject="segment", about="shops"))
    study = list(game.world.all(Study))[-1]
    assert game.world.ledger.balance("cash") == cash - study.cost and not study.found
    with pytest.raises(IllegalAction):
        act(game, "director", CommissionResearch(subject="segment", about="shops"))
    game.advance(3 * DAY)
    assert facts(game, ResearchDelivered, study=study.id)
    aware = sum(1 for each in customers(game) if each.aware >= 0) * PPM // 200
    known = next(each for each in study.found if "know the company" in str(each.what))
    assert known.error > 0 and abs(known.share - aware) < 2 * known.error and known.share != aware
    assert game.view("sales-1").get(Study, study.id) is None


@pytest.mark.covers("DIR-12", "DIR-15", "DIR-16")
def test_each_tool_can_be_switched_off() -> None:
    game = company(tools={"monitoring": False, "targets": False, "research": False})
    for action in (
        WriteNote(staff="sales-1", about="needs", text="Ask first."),
        SetTarget(amount=100),
        CommissionResearch(subject="medium", about="tv"),
    ):
        with pytest.raises(IllegalAction):
            act(game, "director", action)
