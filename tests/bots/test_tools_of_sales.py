"""Labels, contracts, targets and reports change what a competent company of bots does next, and a person's likewise."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import bot
from crmsim.crm.campaign import Advert
from crmsim.crm.funnel import compliance
from crmsim.crm.opportunity import Contract
from crmsim.crm.order import Invoice, Order, OrderLine
from crmsim.crm.record import Record
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.engine.action import Action
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.customer import AcceptContract, SignForGoods
from crmsim.roles.director import PlanAdvert
from crmsim.roles.following import LabelCustomer
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.monitoring import SetTarget
from crmsim.roles.pipeline import DraftContract
from crmsim.roles.sales import SubmitOrder
from tests.office.test_what_tools_are_worth import seeking, spoke
from tests.roles.back_office import WHO, at_the_door, must, newest, ordered, quiet_game
from tests.scenes import tiny

LARGE, SMALL = 40, 2  # pumps


def thinking_over(pumps: int, ending: str = "later", **changes: Any) -> Game:
    """One wants pumps, and its second talk with sales-1 ended this way just now."""
    game = quiet_game(**changes)
    seeking(game, 12)
    game.world.get(Record, "C1").quantity = pumps
    for end in ("next_step", ending):
        game.advance(10)
        spoke(game, ending=end, says=(Say(game.minute, "sales-1", "greet"),))
    return game


def played(game: Game, days: int, level: str = "competent") -> list[Action]:
    """What a bot at the desk of sales-1 does in so many days."""
    copy = game.fork({"sales-1": bot(level)})
    copy.advance(days * DAY)
    return [each.action for each in copy.journal if each.seat == "sales-1"]


def calls(acts: list[Action]) -> int:
    """How often the first customer was called."""
    return sum(isinstance(each, InviteToTalk) and each.record == "C1" for each in acts)


@pytest.mark.covers("REG-6", "GAME-3")
@pytest.mark.parametrize(
    ("pumps", "ending", "wanted"),
    [(LARGE, "later", ["high_intent"]), (SMALL, "later", []), (SMALL, "left", ["low_intent"])],
)
def test_a_competent_seller_labels_what_a_talk_showed(pumps: int, ending: str, wanted: list[str]) -> None:
    for records in (True, False):
        game = thinking_over(pumps, ending, tools={"records": records})
        given = [each.name for each in played(game, 1) if isinstance(each, LabelCustomer)]
        assert given == (wanted if records else [])
    assert not any(isinstance(each, LabelCustomer) for each in played(thinking_over(pumps, ending), 1, "novice"))


@pytest.mark.covers("REG-6", "GAME-3")
def test_whoever_is_labelled_with_high_intent_is_called_once_more() -> None:
    """While the customer still wants something; without a label two talks were enough."""
    for records in (True, False):
        game = thinking_over(LARGE, tools={"records": records, "opportunities": False})
        assert calls(played(game, 6)) == int(records)


@pytest.mark.covers("OPP-4", "GAME-3")
def test_a_competent_seller_drafts_the_contract_of_a_weighty_order() -> None:
    for pumps, level, tool in ((LARGE, "competent", True), (SMALL, "competent", True), (LARGE, "novice", True),
                               (LARGE, "competent", False)):  # fmt: skip
        game = quiet_game(tools={"opportunities": tool})
        day = (game.minute // DAY + 3) * DAY
        paper = SubmitOrder(record="C1", lines=(("pump", pumps),), discount=0, delivery=day, terms="net5")
        must(game, "sales-1", paper)
        game = game.fork({"sales-1": bot(level)})
        game.advance(180)
        drafts = list(game.world.all(Contract))
        assert len(drafts) == (pumps == LARGE and level == "competent" and tool)
        assert not [gap for each in drafts for gap in compliance(each, game.world)]


@pytest.mark.covers("OPP-4")
def test_a_contract_without_gaps_is_paid_in_time_by_more() -> None:
    """Of customers who always pay late, some do not where the contract says what delay costs."""
    late = [{**tiny().segments[0].model_dump(), "late": 1_000_000}]
    paid = dict.fromkeys(("none", "gaps", "whole"), 0)
    for seed in range(8):
        for how in paid:
            game = quiet_game(seed, segments=late)
            order = ordered(game)
            if how != "none":
                clauses = tuple(each.id for each in game.scenario.pipeline.clauses[how == "gaps" :])
                term = {"start": game.minute // DAY * DAY, "end": order.delivery + 60 * DAY}
                must(game, "sales-1", DraftContract(order=order.id, amount=order.total, clauses=clauses, **term))
            must(game, WHO, AcceptContract(order=order.id))
            parcel = at_the_door(game, order, 4)
            game.world.deputies.pop(WHO)
            must(game, WHO, SignForGoods(shipment=parcel.id))
            game.advance(7 * DAY)
            paid[how] += newest(game, Invoice).status == "paid"
    assert paid["whole"] > paid["none"] == paid["gaps"] == 0


@pytest.mark.covers("DIR-15", "GAME-3")
def test_who_is_behind_its_target_presses_on() -> None:
    """Open needs are called sooner by whoever is behind; where no target is set, or it is reached, as ever."""
    called = {}
    for amount in (0, 1, 10**9):
        game = quiet_game(tools={"tasks": False, "opportunities": False})
        seeking(game, 12)
        if amount:
            must(game, "director", SetTarget(amount=amount, staff="sales-1"))
        game.world.add(Order("O9", owner="sales-1", lines=(OrderLine("pump", 1, 100),), status="received", answered=0))
        spoke(game, ending="later", says=(Say(game.minute, "sales-1", "greet"),))
        called[amount] = calls(played(game, 5))
    assert called == {0: 0, 1: 0, 10**9: 1}


@pytest.mark.covers("DIR-13", "REP-1", "GAME-3")
def test_a_competent_director_advertises_where_a_lead_was_cheap() -> None:
    """By the report of the media; without reports in the smallest medium, whatever was learned there."""
    chosen = {}
    for reports in (True, False):
        game = quiet_game(tools={"reports": reports})
        for number, (medium, came) in enumerate((("newspaper", 1), ("tv", 4))):
            advert = Advert(f"A{number}", medium=medium, budget=1, start=0, end=0, spent=200_000, status="ended")
            game.world.add(advert)
            for lead in range(came):
                who = {"customer": f"x{medium}{lead}", "source": medium, "by_customer": True}
                game.world.add(Talk(f"T{medium}{lead}", started=game.minute, **who))
        copy = game.fork({"director": bot("competent")})
        copy.advance(2 * DAY)
        chosen[reports] = next(each.action.medium for each in copy.journal if isinstance(each.action, PlanAdvert))
    assert chosen == {True: "tv", False: "newspaper"}


@pytest.mark.covers("PRS-1", "GAME-3")
def test_an_expert_that_woke_a_customer_works_on_while_nobody_is_assigned_to_its_file() -> None:
    game = quiet_game()
    world, now = game.world, game.minute
    seat = next(id for id, each in world.seats.items() if "prospector" in each.roles)
    world.get(Record, "C1").owner = ""  # the director lets it lie: a prospector sees its outline only
    told = (Revealed("phone", "13800138000", now), Revealed("budget", 500_000, now))
    world.add(
        Talk("T90", channel="phone", customer=WHO, who="Woken", seat=seat, record="C1", status="closed", started=now,
             revealed=told)
    )  # fmt: skip
    assert not hasattr(game.view(seat).get(Record, "C1"), "phone")
    copy = game.fork({seat: bot("expert")})
    copy.advance(120)
    assert copy.minute == now + 120
