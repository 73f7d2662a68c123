"""FLO-1 to FLO-9, each played from end to end through the public way: by people, by bots, and by a mixture."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from crmsim.crm.company import WebPage
from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    ContactRevealed,
    ContractAccepted,
    CustomerArrived,
    CustomerAssigned,
    CustomerRecorded,
    DealAgreed,
    FeedbackGiven,
    GoodsFound,
    GoodsReceived,
    GoodsShipped,
    NeedRevealed,
    OrderApproved,
    OrderSubmitted,
    PaymentMade,
    PlatformRead,
    ProfileCompleted,
    PromotionOpened,
    ServiceAnswered,
    ServiceRequested,
    ServiceResolved,
    TalkClosed,
    TalkInvited,
    TalkOpened,
)
from crmsim.crm.order import Invoice, Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.game import Game
from crmsim.roles.answering import AcceptInvitation
from crmsim.roles.customer import (
    CompleteProfile,
    FindGoods,
    GiveFeedback,
    MakeContact,
    ReadPlatform,
    RequestService,
    VisitFair,
)
from crmsim.roles.director import PlanPromotion
from crmsim.roles.everyone import RecordCustomer
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.talking import CloseTalk, Speak
from tests.flows.playing import (
    BUYER,
    about,
    all_there,
    brief,
    does,
    first_month,
    follow,
    followed,
    form,
    happens,
    mixed,
    paper,
    papers,
    people,
    replays,
    talks,
    works,
)  # fmt: skip
from tests.flows.selling import CARE, SALE, delivered, monitored, newest, paid, served, sold

LEARN = ("greet", "ask_need", "ask_quantity", "ask_budget", "ask_contact")


def recorded(game: Game, who: str, seat: str, talk: str) -> Record:
    """Written down from the talk that the seat held: the form holds what was said."""
    filled = paper(game, seat, RecordCustomer, talk=talk)
    me = game.view(BUYER).get(Customer, who)
    assert me is not None and (filled["phone"], filled["need"]) == (me.phone, me.wants)
    facts = does(game, seat, form(game, seat, RecordCustomer, **filled, type=me.type))
    assert any(isinstance(each, CustomerRecorded) and each.customer == who for each in facts)
    record: Record = newest(game, Record)
    assert record.talk == talk and record.budget == me.budget
    return record


def rest(game: Game, who: str, record: str) -> None:
    """From the pool to the end of the flow."""
    order = sold(game, who, record)
    paid(game, delivered(game, order))
    served(game, who, order)
    monitored(game)
    follow(about(game, who), *SALE[1:], *CARE)


def sees_only_its_own(game: Game) -> None:
    """Whoever plays customers sees their briefs and papers, and neither others' nor the company's."""
    view = game.view(BUYER)
    mine = set(view.seat.customers)  # type: ignore[attr-defined]
    assert {each.id for each in view.all(Customer)} == mine
    for kind in (Order, Invoice, Talk, ServiceRequest):
        seen = {each.customer for each in view.all(kind)}
        assert seen and seen <= mine < {each.customer for each in game.world.all(kind)} | mine, kind
    assert not list(view.all(Record)) and "trust" in next(view.all(Customer)).hidden  # type: ignore[attr-defined]
    named = [each.customer for each in view.heard() if hasattr(each, "customer")]
    assert named and set(named) <= mine


@pytest.mark.covers("FLO-2", "PRS-1", "CUS-1", "CUS-3", "CUS-8", "GAME-1", "DIR-12")
def test_people_play_normal_consumption() -> None:
    """View company > dig > invite > talk > assign > contact > order > ... > feedback > monitoring."""
    game = people(first_month())
    who = brief(game)
    view = game.view("prospector")
    assert view.settings.name and any(view.all(Product)) and any(view.all(WebPage))  # the company is viewed
    me = game.view(BUYER).get(Customer, who)
    assert me is not None
    card = {"name": me.name, "contact": me.contact, "phone": me.phone}
    does(game, "prospector", RecordCustomer(talk="", source="friends", type=me.type, **card))
    record = newest(game, Record)
    assert record.customer == who  # an earlier added customer
    does(game, "prospector", InviteToTalk(record=record.id, channel="phone"))
    talk = paper(game, BUYER, AcceptInvitation)["talk"]
    does(game, BUYER, AcceptInvitation(talk=talk))
    talks(game, "prospector", talk, *LEARN)
    does(game, "prospector", CloseTalk(talk=talk, ending="later"))
    follow(about(game, who), CustomerRecorded, TalkInvited, TalkOpened, NeedRevealed, ContactRevealed, TalkClosed)
    rest(game, who, record.id)
    sees_only_its_own(game)
    replays(game)


@pytest.mark.covers("FLO-3", "PRO-2", "CUS-2", "GAME-1")
def test_people_play_a_sale_that_begins_at_the_fair() -> None:
    game = people(first_month())
    who, fair = brief(game), game.scenario.fair
    start = (game.view("director").calendar.working_days_after(game.first_minute, fair.first_day - 1)) // 1440 * 1440
    booth = PlanPromotion(name="Booth", offer=0, start=start, end=start, staff=("promoter",))
    does(game, "director", booth)
    assert "No booth" in str(game.refusal(BUYER, VisitFair(customer=who)))
    game.advance_to(start + 600)
    wants = game.view(BUYER).get(Customer, who).wants  # type: ignore[union-attr]
    does(game, BUYER, VisitFair(customer=who, product=wants))
    talk = next(each for each in game.world.of(Talk, who))
    assert talk.looking_at == wants and papers(game, "promoter", Speak, talk=talk.id)
    talks(game, "promoter", talk.id, *LEARN)
    does(game, "promoter", CloseTalk(talk=talk.id))
    record = recorded(game, who, "promoter", talk.id)
    assert record.source == "fair"
    follow(about(game, who), (GoodsFound, {"where": "fair"}), CustomerArrived, TalkOpened, NeedRevealed, TalkClosed)
    rest(game, who, record.id)
    follow(about(game, who), *SALE, *CARE)
    replays(game)


@pytest.mark.covers("FLO-4", "REC-1", "CUS-1", "CUS-2", "GAME-1")
@pytest.mark.parametrize("channel", ["email", "website"])
def test_people_play_a_sale_that_begins_with_a_letter_to_reception(channel: str) -> None:
    game = people(first_month())
    who = brief(game)
    does(game, BUYER, CompleteProfile(customer=who, position="Buyer"))
    does(game, BUYER, ReadPlatform(customer=who))
    does(game, BUYER, FindGoods(customer=who, where="web"))
    does(game, BUYER, MakeContact(customer=who, channel=channel, source="web", subject="Prices, please"))
    talk = newest(game, Talk)
    assert papers(game, "reception", Speak, talk=talk.id)
    assert not papers(game, "promoter", Speak, talk=talk.id)
    talks(game, "reception", talk.id, *LEARN)
    does(game, "reception", CloseTalk(talk=talk.id))
    record = recorded(game, who, "reception", talk.id)
    assert record.position == "Buyer"  # what the customer completed is what it tells
    follow(about(game, who), ProfileCompleted, PlatformRead, GoodsFound, CustomerArrived, TalkOpened, ContactRevealed)
    rest(game, who, record.id)
    replays(game)


BOTS_SALE = (
    CustomerAssigned, OrderSubmitted, OrderApproved, ContractAccepted, GoodsShipped, GoodsReceived, PaymentMade,
)  # fmt: skip


def chains(game: Game, *steps: Any) -> list[str]:
    """The customers with whom these steps were taken, one after the other."""
    found = defaultdict(list)
    for each in game.facts:
        found[getattr(each, "customer", "")].append(each)
    return [who for who, facts in found.items() if who and followed(facts, *steps)]


def begun_by(game: Game, who: str) -> str:
    """At which channel the customer's first talk of its own began."""
    return next(each.channel for each in about(game, who) if isinstance(each, CustomerArrived))


@pytest.mark.covers("FLO-2", "FLO-3", "FLO-4", "GAME-3", "GAME-12")
def test_bots_play_sales_from_every_beginning_to_the_money(eventful: Game) -> None:
    started = chains(eventful, CustomerArrived, TalkOpened, NeedRevealed, CustomerRecorded, *BOTS_SALE)
    begun = {begun_by(eventful, each) for each in started}
    assert "booth" in begun  # by the promoter
    assert begun & {"email", "website"}  # by reception
    assert chains(eventful, TalkInvited, TalkOpened, DealAgreed, *BOTS_SALE[1:])  # by an invitation
    cared = chains(eventful, *BOTS_SALE, ServiceRequested, ServiceAnswered, ServiceResolved, FeedbackGiven)
    assert cared


@pytest.mark.covers("GAME-7", "GAME-12")
def test_what_bots_played_is_told_again_without_them(eventful: Game) -> None:
    replays(eventful)


@pytest.mark.covers("FLO-3", "FLO-4", "CUS-3", "GAME-3")
@pytest.mark.parametrize("channel", ["booth", "email"])
def test_a_person_buys_from_a_company_of_bots(channel: str) -> None:
    """The customer's side is a person's; the bots answer, record, assign, order, approve, ship and help."""
    scenario = first_month()
    game = mixed(scenario, BUYER)
    who = brief(game)
    if channel == "booth":
        game.advance_to(happens(game, PromotionOpened).minute + 60)
        does(game, BUYER, VisitFair(customer=who))
    else:
        does(game, BUYER, MakeContact(customer=who, channel=channel, source="newspaper", subject="Prices"))
    works(game, BUYER, lambda: all_there(game, who), days=20)
    order = game.world.of(Order, who)[0]
    follow(about(game, who), CustomerArrived, TalkOpened, NeedRevealed, CustomerRecorded, *BOTS_SALE[:2])
    follow(about(game, who), CustomerAssigned, OrderApproved, ContractAccepted, GoodsShipped, GoodsReceived)
    does(game, BUYER, RequestService(customer=who, order=order.id, product=order.lines[0].product, words="It hums."))
    works(game, BUYER, lambda: any(isinstance(each, ServiceAnswered) for each in about(game, who)))
    does(game, BUYER, GiveFeedback(customer=who, about="sales", score=5, order=order.id))
    replays(game)


@pytest.mark.covers("FLO-2", "GAME-1", "GAME-3", "SAL-1")
def test_a_person_sells_among_bots() -> None:
    """A salesperson's script works off its list; bots find, assign, approve and help; the customers are simulated."""
    game = mixed(first_month(), "sales-1")
    mine = BOTS_SALE[1:]

    def done() -> bool:
        return any(followed(about(game, who), *mine) for who in owned())

    def owned() -> list[str]:
        return [each.customer for each in game.view("sales-1").all(Record) if each.owner == "sales-1" and each.customer]

    works(game, "sales-1", done, days=27)
    acted = {type(each.action).__name__ for each in game.journal if each.seat == "sales-1"}
    assert acted >= {"Speak", "SubmitOrder", "ShipGoods"}
    assert {each.by for each in game.journal if each.seat == "sales-1"} == {"student"}
    assert not {each.by for each in game.journal if each.seat == "director"} & {"student"}
    replays(game)
