"""Opportunities: opened, explained, moved, followed up, saved, won, lost; contracts and the funnel."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crmsim.crm.customer import Customer
from crmsim.crm.facts import OpportunityLost, OpportunityOpened, OpportunityWon, StageMoved, TalkInvited
from crmsim.crm.funnel import advice_effects, compliance, contract_of, funnel, progress
from crmsim.crm.naming import cell_of
from crmsim.crm.opportunity import Contract, Opportunity
from crmsim.crm.order import Order
from crmsim.crm.pipeline import PPM, advice, chance, deal_of, explained, grounds, is_stuck, risk
from crmsim.crm.record import Record
from crmsim.engine.action import Turn
from crmsim.engine.desk import to_do
from crmsim.engine.errors import IllegalAction
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.customer import AcceptContract
from crmsim.roles.director import ReviewOrder
from crmsim.roles.pipeline import (
    DraftContract,
    FollowAdvice,
    FollowUp,
    LoseOpportunity,
    MoveStage,
    OpenOpportunity,
    ReviseOpportunity,
    WinOpportunity,
)
from crmsim.roles.sales import SubmitOrder
from tests.scenes import customers, facts, in_need, must, tiny

OPPORTUNITIES = next(each for each in TABLES if each.id == "opportunities")
STAGES = ("contacted", "needs", "proposal", "negotiation", "won", "lost")
WORDS = {
    "stages": [{"id": each, "name": each} for each in STAGES],
    "lost_reasons": [{"id": each, "name": each} for each in ("price", "rival", "late", "unknown")],
    "decisions": [{"id": each, "name": each} for each in ("alone", "boss")],
}


def company(**changes: Any) -> Game:
    """A quiet company; the first customer is on file with sales-1 and needs four pumps."""
    changes.setdefault("dictionaries", WORDS)
    game = Game(tiny(market={"size": 3, "aware": 0, "wanting": 0, "junk": 0}, **changes), 1)
    for each in customers(game):
        each.plans = ()
        game.world.agenda.sleep(each.id)
        game.world.deputies[each.id] = "customer-1"
    first = customers(game)[0]
    in_need(game, first, quantity=4)
    game.world.add(
        Record("C1", customer=first.id, name="One", owner="sales-1", need="pump", quantity=4, budget=300_000,
               assigned=game.minute, deadline=game.minute + 8 * DAY, decision="boss", status="prospect")
    )  # fmt: skip
    game.advance_to(game.free_minute("sales-1"))
    return game


def act(game: Game, seat: str, action: Any) -> tuple[Any, ...]:
    """A seat acts once it is free."""
    game.advance_to(game.free_minute(seat))
    return game.apply(seat, action)


def opened(game: Game, **more: Any) -> Opportunity:
    asked: dict[str, Any] = {"record": "C1", "product": "pump", "quantity": 4, "amount": 400_000,
                             "close": game.minute // DAY * DAY + 6 * DAY, "stage": "needs", **more}  # fmt: skip
    act(game, "sales-1", OpenOpportunity(**asked))
    return list(game.world.all(Opportunity))[-1]


def papers(game: Game, seat: str, kind: type) -> list[Any]:
    return [each for each in to_do(game.view(seat), TABLES) if each.action is kind]


def signed(game: Game) -> Order:
    day = game.minute // DAY * DAY + 3 * DAY
    act(game, "sales-1", SubmitOrder(record="C1", lines=(("pump", 4),), discount=0, delivery=day, terms="net5"))
    order = list(game.world.all(Order))[-1]
    must(game, "director", ReviewOrder(order=order.id, decision="approve"))
    must(game, order.customer, AcceptContract(order=order.id))
    return order


@pytest.mark.covers("OPP-1")
def test_an_opportunity_takes_from_the_record_what_is_left_open() -> None:
    game = company()
    waiting = papers(game, "sales-1", OpenOpportunity)
    assert [each.filled["record"] for each in waiting] == ["C1"]
    row = opened(game)
    assert (row.name, row.customer, row.chain, row.match, row.stage) == ("One", "p1", "boss", "low", "needs")
    assert row.urgency == "medium"
    fact = facts(game, OpportunityOpened)[0]
    assert fact.owner == "sales-1" and fact.chance == chance(deal_of(game.world, row.id), game.world)  # type: ignore[arg-type]
    with pytest.raises(IllegalAction):
        opened(game)  # one at a time
    with pytest.raises(IllegalAction):
        act(game, "sales-2", MoveStage(opportunity=row.id, stage="proposal"))


@pytest.mark.covers("OPP-1")
def test_a_stage_keeps_its_dwell_time_and_a_stuck_deal_waits_with_a_hint() -> None:
    game = company(pipeline={"stage_days": {"needs": 1}})
    row = opened(game, close=game.minute // DAY * DAY + 18 * DAY, match="high", chain="alone")
    assert not papers(game, "sales-1", FollowUp)
    game.advance(3 * DAY)
    deal = deal_of(game.world, row.id)
    assert deal is not None and is_stuck(deal, game.world)
    paper = papers(game, "sales-1", FollowUp)[0]
    assert "price" in render(paper.why, "en")
    act(game, "sales-1", FollowUp(opportunity=row.id, channel="phone"))
    assert facts(game, TalkInvited, customer="p1")
    with pytest.raises(IllegalAction):
        act(game, "sales-1", FollowUp(opportunity=row.id, channel="phone"))  # a talk is under way
    act(game, "sales-1", MoveStage(opportunity=row.id, stage="proposal"))
    moved = facts(game, StageMoved)[0]
    assert (moved.before, moved.after) == ("needs", "proposal") and moved.dwell > 480
    assert row.steps[0][0] == "needs"


@pytest.mark.covers("OPP-1")
def test_the_day_of_the_decision_brings_the_paper_up() -> None:
    game = company()
    row = opened(game, close=game.minute // DAY * DAY + 3 * DAY)
    assert not papers(game, "sales-1", FollowUp)
    game.advance_to(row.close - DAY // 4)
    assert papers(game, "sales-1", FollowUp)[0].filled["opportunity"] == row.id
    game.advance_to(row.close + 3 * DAY)
    assert papers(game, "sales-1", LoseOpportunity)[0].filled["reason"] == "price"  # the budget fell short


@pytest.mark.covers("OPP-2")
def test_the_chance_is_explained_and_a_value_set_by_hand_freezes_it() -> None:
    game = company()
    row = opened(game, match="low")
    deal = deal_of(game.world, row.id)
    assert deal is not None
    automatic = chance(deal, game.world)
    assert "the budget falls short" in render(explained(deal, game.world), "en")
    total = sum(weight for weight, _why in grounds(deal, game.world))
    told = [int(each) for each in re.findall(r"[(]([+-]\d+)[.]\d[)]", render(explained(deal, game.world), "en"))]
    assert len(told) == 1 + sum(1 for weight, _why in grounds(deal, game.world)[1:] if weight)  # term by term
    assert (automatic > PPM // 2) == (total > 0)
    act(game, "sales-1", ReviseOpportunity(opportunity=row.id, match="high"))
    assert chance(deal, game.world) > automatic
    act(game, "sales-1", ReviseOpportunity(opportunity=row.id, manual=100_000))
    act(game, "sales-1", ReviseOpportunity(opportunity=row.id, match="low"))
    assert chance(deal, game.world) == 100_000 and risk(100_000, game.scenario) == "high"
    act(game, "sales-1", ReviseOpportunity(opportunity=row.id, thaw=True))
    assert chance(deal, game.world) == automatic
    with pytest.raises(IllegalAction):
        act(game, "sales-1", ReviseOpportunity(opportunity=row.id))


@pytest.mark.covers("OPP-2")
def test_advice_costs_works_on_the_customer_and_is_tracked() -> None:
    game = company()
    row = opened(game, match="low", competitors=("acme",))
    deal, customer = deal_of(game.world, row.id), game.world.get(Customer, "p1")
    assert deal is not None and [name for name, _why in advice(deal)] == ["instalments", "extra", "decider"]
    budget, cash = customer.budget, game.world.ledger.balance("cash")
    act(game, "sales-1", FollowAdvice(opportunity=row.id, advice="instalments"))
    assert customer.budget > budget and game.world.ledger.balance("cash") == cash - 4_000
    customer.decision, trust = "boss", customer.trust
    act(game, "sales-1", FollowAdvice(opportunity=row.id, advice="decider"))
    assert customer.trust > trust
    with pytest.raises(IllegalAction):
        act(game, "sales-1", FollowAdvice(opportunity=row.id, advice="decider"))
    signed(game)
    act(game, "sales-1", WinOpportunity(opportunity=row.id))
    effect = next(each for each in advice_effects(game.world) if each.id == "instalments")
    assert (effect.times, effect.settled, effect.won) == (1, 1, PPM) and effect.before > 0


@pytest.mark.covers("OPP-3")
def test_winning_needs_a_signature_and_hands_over_to_service() -> None:
    game = company()
    row = opened(game)
    with pytest.raises(IllegalAction):
        act(game, "sales-1", WinOpportunity(opportunity=row.id))
    order = signed(game)
    assert papers(game, "sales-1", WinOpportunity)
    with pytest.raises(IllegalAction):
        act(game, "sales-1", LoseOpportunity(opportunity=row.id, reason="price"))
    act(game, "sales-1", WinOpportunity(opportunity=row.id, factors=("needs",), handover="Pumps stand in the cellar."))
    seen = game.view("service-1").get(Record, "C1")
    assert seen is not None and "cellar" in seen.notes and seen.status == "won"
    assert facts(game, OpportunityWon, order=order.id) and row.factors == ("needs",)


@pytest.mark.covers("OPP-3", "OPP-5")
def test_losing_needs_a_reason_and_the_funnel_counts() -> None:
    game = company()
    row = opened(game)
    with pytest.raises(IllegalAction):
        act(game, "sales-1", LoseOpportunity(opportunity=row.id, reason="weather"))
    act(game, "sales-1", MoveStage(opportunity=row.id, stage="proposal"))
    rows = {each.id: each for each in funnel(game.view("director"))}
    assert (rows["proposal"].count, rows["proposal"].amount) == (1, 400_000)
    assert rows["needs"].conversion == PPM and rows["proposal"].conversion == 0
    act(game, "sales-1", LoseOpportunity(opportunity=row.id, reason="price", lesson="Ask for the budget first."))
    assert facts(game, OpportunityLost, reason="price")
    (shown,) = [
        {str(column.label): render(cell_of(view, column, line) or "", "en") for column in OPPORTUNITIES.columns}
        for view in [game.view("sales-1")]
        for line in OPPORTUNITIES.rows(view)
    ]
    assert (shown["Customer"], shown["Product"], shown["Who decides"], shown["How it ended"]) == (
        "One", "pump", "boss", "price",
    )  # fmt: skip
    rows = {each.id: each for each in funnel(game.view("director"))}
    assert rows["lost"].count == 1 and rows["proposal"].count == 0 and rows["proposal"].reached == 1


@pytest.mark.covers("OPP-4")
def test_a_contract_is_checked_before_approval_and_followed_after() -> None:
    game = company()
    day = game.minute // DAY * DAY + 3 * DAY
    act(game, "sales-1", SubmitOrder(record="C1", lines=(("pump", 4),), discount=0, delivery=day, terms="net5"))
    order = list(game.world.all(Order))[-1]
    today = game.minute // DAY * DAY
    trust = game.world.get(Customer, "p1").trust
    draft = {"order": order.id, "start": today, "end": today + 60 * DAY, "amount": 1}
    act(game, "sales-1", DraftContract(**draft, clauses=("quality",)))
    paper = contract_of(game.world, order.id)
    found = [render(each, "en") for each in compliance(paper, game.view("director"))]
    assert any("amount" in each for each in found) and any("Liability" in each for each in found)
    review = papers(game, "director", ReviewOrder)[0]
    assert review.filled["decision"] == "reject" and "Liability" in render(review.why, "en")
    turn = Turn("director", game.minute)
    assert ReviewOrder(order=order.id, decision="approve").judge(game.world, turn)[0].points == 0
    waiting = papers(game, "sales-1", DraftContract)[0]
    act(game, "sales-1", DraftContract(**{**draft, **waiting.filled}))
    assert not compliance(paper, game.view("director")) and paper.drafts == 2
    assert papers(game, "director", ReviewOrder)[0].filled["decision"] == "approve"
    assert ReviewOrder(order=order.id, decision="approve").judge(game.world, turn)[0].points == 1000
    assert game.world.get(Customer, "p1").trust == trust  # a second draft impresses nobody
    assert progress(paper, game.view("director")) == 0
    must(game, "director", ReviewOrder(order=order.id, decision="approve"))
    must(game, order.customer, AcceptContract(order=order.id))
    assert progress(paper, game.view("director")) == 2
    with pytest.raises(IllegalAction):
        act(game, "sales-1", DraftContract(**{**draft, **waiting.filled}))
    assert game.view("sales-2").get(Contract, paper.id) is None
    assert game.view("service-1").get(Contract, paper.id) is not None


@pytest.mark.covers("OPP-1")
def test_without_the_tool_nothing_is_kept() -> None:
    game = company(tools={"opportunities": False})
    assert not papers(game, "sales-1", OpenOpportunity)
    with pytest.raises(IllegalAction):
        opened(game)


@pytest.mark.covers("OPP-1")
def test_a_fork_keeps_opportunities_of_its_own() -> None:
    game = company()
    row = opened(game)
    act(game, "sales-1", MoveStage(opportunity=row.id, stage="negotiation"))
    copy = game.fork()
    copy.world.tables[Opportunity][row.id].stage = "lost"
    assert game.world.get(Opportunity, row.id).stage == "negotiation" and copy.digest() != game.digest()
