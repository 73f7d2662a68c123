"""Marketing plans: submitted, reviewed by level, carried out with a check-in, reported; and what they bring."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.facts import PlanExecuted, PlanLapsed, PlanReferred, PlanReported, PlanReviewed
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.record import Record
from crmsim.engine.desk import to_do
from crmsim.engine.errors import IllegalAction
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles import TABLES
from crmsim.roles.planning import DecidePlan, ExecutePlan, ReportPlan, ReviewPlan, SubmitPlan
from tests.scenes import customers, facts, tiny


def company(**changes: Any) -> Game:
    """A company that nobody knows, in a market of forty without needs."""
    game = Game(tiny(market={"size": 40, "aware": 0, "wanting": 0, "junk": 0}, **changes), 3)
    game.advance_to(game.free_minute("promoter"))
    return game


def act(game: Game, seat: str, action: Any) -> tuple[Any, ...]:
    if seat != "instructor":
        game.advance_to(game.free_minute(seat))
    return game.apply(seat, action)


def submitted(game: Game, expenses: int = 40_000, days: int = 1, expected: int = 3) -> MarketingPlan:
    day = game.minute // DAY * DAY + days * DAY
    act(game, "promoter", SubmitPlan(kind="visit", place="north", day=day, expected=expected, expenses=expenses))
    return list(game.world.all(MarketingPlan))[-1]


def known(game: Game, region: str) -> int:
    return sum(1 for each in customers(game) if each.source == "prospecting" and each.region == region)


@pytest.mark.covers("FLO-9", "DIR-14")
def test_a_plan_within_the_level_is_the_directors_alone() -> None:
    game = company()
    plan = submitted(game)
    assert any(each.action is ReviewPlan for each in to_do(game.view("director"), TABLES))
    with pytest.raises(IllegalAction):
        act(game, "director", ReviewPlan(plan=plan.id, decision="refuse"))  # without a reason
    act(game, "director", ReviewPlan(plan=plan.id, decision="approve"))
    assert plan.status == "approved" and facts(game, PlanReviewed, level="director")
    with pytest.raises(IllegalAction):
        act(game, "director", ReviewPlan(plan=plan.id, decision="refuse", reason="late"))


@pytest.mark.covers("FLO-9", "DIR-14")
def test_expenses_beyond_the_level_go_to_head_office_or_the_instructor() -> None:
    game = company()
    sound, dear, told = submitted(game, 150_000, 3), submitted(game, 150_000, 4, 1), submitted(game, 150_000, 7, 1)
    for plan in (sound, dear, told):
        act(game, "director", ReviewPlan(plan=plan.id, decision="approve"))
        assert plan.status == "head_office"
    assert len(facts(game, PlanReferred)) == 3
    act(game, "instructor", DecidePlan(plan=told.id, decision="approve"))
    game.advance(2 * DAY)
    assert (sound.status, dear.status, told.status) == ("approved", "refused", "approved")
    assert len(facts(game, PlanReviewed, level="head_office")) == 3


@pytest.mark.covers("FLO-9")
def test_the_check_in_wants_the_day_and_the_place_and_makes_the_company_known() -> None:
    game = company()
    plan = submitted(game)
    act(game, "director", ReviewPlan(plan=plan.id, decision="approve"))
    with pytest.raises(IllegalAction):
        act(game, "promoter", ExecutePlan(plan=plan.id, place="north"))  # a day early
    game.advance_to(plan.day + 10 * 60)
    with pytest.raises(IllegalAction):
        act(game, "promoter", ExecutePlan(plan=plan.id, place="south"))
    cash, before = game.world.ledger.balance("cash"), known(game, "north")
    paper = next(each for each in to_do(game.view("promoter"), TABLES) if each.action is ExecutePlan)
    act(game, "promoter", ExecutePlan(**paper.filled))
    assert game.world.ledger.balance("cash") == cash - 40_000 and facts(game, PlanExecuted, spent=40_000)
    game.advance(DAY)
    assert known(game, "north") - before >= 1 and known(game, "south") == 0
    assert plan.reached >= known(game, "north") - before


@pytest.mark.covers("FLO-9")
def test_a_report_names_its_prospects_and_is_closed() -> None:
    game = company()
    plan = submitted(game)
    act(game, "director", ReviewPlan(plan=plan.id, decision="approve"))
    game.advance_to(plan.day + 10 * 60)
    act(game, "promoter", ExecutePlan(plan=plan.id, place="north"))
    old = Record("C8", name="Old", recorded_by="promoter", recorded=0, region="north")
    new = Record("C9", name="New", recorded_by="promoter", recorded=game.minute, region="north")
    for record in (old, new):
        game.world.add(record)
    game.advance(DAY)
    assert any(each.action is ReportPlan for each in to_do(game.view("promoter"), TABLES))
    with pytest.raises(IllegalAction):
        act(game, "promoter", ReportPlan(plan=plan.id, result="Well received.", prospects=("C8",)))
    act(game, "promoter", ReportPlan(plan=plan.id, result="Well received.", prospects=("C9",)))
    assert plan.prospects == ("C9",) and facts(game, PlanReported, prospects=1)
    with pytest.raises(IllegalAction):
        act(game, "promoter", ReportPlan(plan=plan.id, result="Better still.", prospects=()))


@pytest.mark.covers("FLO-9")
def test_a_day_that_nobody_kept_lapses_and_one_day_has_one_plan() -> None:
    game = company()
    plan = submitted(game)
    with pytest.raises(IllegalAction):
        submitted(game)
    act(game, "director", ReviewPlan(plan=plan.id, decision="approve"))
    game.advance(3 * DAY)
    assert plan.status == "lapsed" and facts(game, PlanLapsed) and not facts(game, PlanExecuted)


@pytest.mark.covers("FLO-9", "OPP-1", "DIR-15")
def test_what_bots_planned_is_the_same_when_replayed() -> None:
    scenario = tiny(market={"size": 30, "aware": 500_000}, calendar={"days": 8},
                    company={"name": "Tiny", "cash": 50_000_000, "revenue_target": 9_000_000})  # fmt: skip
    game = Game(scenario, 4, players=crew(scenario, "competent", (each.id for each in scenario.seats)))
    game.run_to_end()
    assert facts(game, PlanExecuted)
    again = replay_entries(game.header(), game.journal)
    assert again.digest() == game.digest()
