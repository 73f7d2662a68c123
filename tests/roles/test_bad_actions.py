"""Bad actions: each is refused with a sentence, and the world's digest is what it was."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.company import CompanyView
from crmsim.crm.product import Product
from crmsim.crm.service import Return
from crmsim.crm.survey import Questionnaire, Survey
from crmsim.engine.action import Action, refusal
from crmsim.engine.errors import IllegalAction
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.company import GoodsComeBack, PayRefund
from crmsim.roles.customer import AcceptContract, AnswerSurvey, Pay, RequestReturn, SignForGoods
from crmsim.roles.director import ReviewOrder, ReviewReturn
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.sales import RemindPayment, ShipGoods, SubmitOrder
from crmsim.roles.service import EndorseReturn, IssueSurvey, RefuseReturn
from tests.roles.back_office import WHO, at_the_door, must, newest, ordered, quiet_game, received, signed

pytestmark = pytest.mark.covers("FLO-10", "SAL-2", "SAL-3")
BIG = 10**30


def refused(game: Game, seat: str, action: Action) -> str:
    """The sentence of a refusal, given that nothing changed by trying."""
    before = game.digest()
    assert not game.act(seat, action)
    if seat in game.world.seats:
        with pytest.raises(IllegalAction):
            game.apply(seat, action)
    assert game.digest() == before
    why = refusal(action, CompanyView(game.world, seat), mind_the_clock=False)
    assert why is not None and str(why)
    return str(why)


def paper(quantity: Any = 1, **change: Any) -> SubmitOrder:
    return SubmitOrder(**{"record": "C1", "lines": (("pump", quantity),), "discount": 0, "delivery": 3 * DAY, **change})


@pytest.mark.parametrize("quantity", [0, -3, 1.5, BIG, True, "2"])
def test_a_quantity_is_a_whole_number_of_pieces(quantity: Any) -> None:
    game = quiet_game()
    refused(game, "sales-1", paper(quantity))
    order = signed(game, 4)
    refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", quantity),)))
    other, _invoice = received(quiet := quiet_game(), 4)
    refused(quiet, WHO, RequestReturn(order=other.id, lines=(("pump", quantity),), reason="misfit"))


def test_a_discount_over_the_limit_needs_a_reason_and_has_an_end() -> None:
    game = quiet_game()
    assert "limit" in refused(game, "sales-1", paper(discount=100_001))
    assert "15%" in refused(game, "sales-1", paper(discount=150_001, plea="a friend of the house"))
    refused(game, "sales-1", paper(discount=-1))
    must(game, "sales-1", paper(discount=120_000, plea="a big customer"))


def test_no_more_is_shipped_than_is_ordered_or_there() -> None:
    game = quiet_game()
    order = signed(game, 4)
    refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 5),)))
    refused(game, "sales-1", ShipGoods(order=order.id, lines=(("filter", 1),)))
    refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 2), ("pump", 2))))
    game.world.get(Product, "pump").stock = 3
    assert "3" in refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 4),)))


def test_goods_are_shipped_and_signed_for_once() -> None:
    game = quiet_game()
    order = signed(game, 1)
    parcel = at_the_door(game, order, 1)
    assert "it is shipped" in refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 1),)))
    assert "it is shipped" in refused(game, WHO, AcceptContract(order=order.id))
    must(game, WHO, SignForGoods(shipment=parcel.id))
    assert "it is signed" in refused(game, WHO, SignForGoods(shipment=parcel.id))


def test_goods_leave_only_when_the_customer_signed() -> None:
    game = quiet_game()
    order = ordered(game, 1)
    refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 1),)))


@pytest.mark.parametrize("amount", [0, -1, 100_001, BIG])
def test_nobody_pays_too_much_or_nothing(amount: int) -> None:
    game = quiet_game()
    _order, invoice = received(game, 1)
    refused(game, WHO, Pay(invoice=invoice.id, amount=amount))


def test_nobody_pays_twice_or_for_another() -> None:
    game = quiet_game()
    _order, invoice = received(game, 1)
    refused(game, "p2", Pay(invoice=invoice.id, amount=1))
    must(game, WHO, Pay(invoice=invoice.id, amount=100_000))
    assert "it is paid" in refused(game, WHO, Pay(invoice=invoice.id, amount=1))
    assert "it is paid" in refused(game, "sales-1", RemindPayment(invoice=invoice.id))


@pytest.mark.covers("CUS-6", "FLO-5")
def test_no_more_goes_back_than_was_bought_and_no_refund_twice() -> None:
    game = quiet_game()
    order, invoice = received(game, 2)
    must(game, WHO, Pay(invoice=invoice.id, amount=200_000))
    refused(game, WHO, RequestReturn(order=order.id, lines=(("pump", 3),), reason="misfit"))
    must(game, WHO, RequestReturn(order=order.id, lines=(("pump", 2),), reason="misfit"))
    refused(game, WHO, RequestReturn(order=order.id, lines=(("pump", 1),), reason="misfit"))
    found = newest(game, Return)
    refused(game, "director", ReviewReturn(return_=found.id, decision="approve"))
    refused(game, "company", PayRefund(return_=found.id))
    must(game, "service-1", EndorseReturn(return_=found.id))
    refused(game, "service-1", EndorseReturn(return_=found.id))
    must(game, "director", ReviewReturn(return_=found.id, decision="approve"))
    refused(game, "director", ReviewReturn(return_=found.id, decision="approve"))
    game.advance(8 * DAY)
    assert found.status == "refunded"
    refused(game, "company", PayRefund(return_=found.id))
    refused(game, "company", GoodsComeBack(return_=found.id))


def test_an_order_is_approved_once_and_not_by_its_writer() -> None:
    game = quiet_game()
    must(game, "sales-1", paper())
    refused(game, "sales-1", ReviewOrder(order="O1", decision="approve"))
    refused(game, "sales-1", paper())
    must(game, "director", ReviewOrder(order="O1", decision="approve"))
    refused(game, "director", ReviewOrder(order="O1", decision="approve"))


@pytest.mark.covers("DIR-9", "DIR-10", "SVC-2")
def test_nothing_is_refused_twice() -> None:
    game = quiet_game()
    must(game, "sales-1", paper())
    again = ReviewOrder(order="O1", decision="reject", reason="Too dear.")
    must(game, "director", again)
    refused(game, "director", again)
    order, _invoice = received(back := quiet_game(), 2)
    for final in (False, True):
        must(back, WHO, RequestReturn(order=order.id, lines=(("pump", 1),), reason="misfit"))
        paper_ = newest(back, Return).id
        no: Action = RefuseReturn(return_=paper_, reason="It was used.")
        if final:
            must(back, "service-1", EndorseReturn(return_=paper_))
            no = ReviewReturn(return_=paper_, decision="refuse", reason="It was used.")
        seat = "director" if final else "service-1"
        must(back, seat, no)
        refused(back, seat, no)


def test_who_sells_and_directs_does_not_review_its_own_order() -> None:
    game = quiet_game()
    must(game, "sales-1", paper())
    seat = game.world.seat("sales-1")
    seat.roles = (*seat.roles, "director")
    for decision in ("approve", "reject"):
        assert "your own" in refused(game, "sales-1", ReviewOrder(order="O1", decision=decision, reason="So be it."))
    must(game, "director", ReviewOrder(order="O1", decision="approve"))


def test_nobody_does_what_is_anothers() -> None:
    game = quiet_game()
    order = signed(game, 1)
    refused(game, "sales-2", ShipGoods(order=order.id, lines=(("pump", 1),)))
    refused(game, "sales-2", paper())
    refused(game, "sales-1", paper(record="C2"))
    refused(game, "sales-1", EndorseReturn(return_="R1"))
    refused(game, "promoter", paper())
    refused(game, "p2", AcceptContract(order=order.id))
    refused(game, "sales-1", InviteToTalk(record="C99", channel="email"))
    refused(game, "sales-1", InviteToTalk(record="C2", channel="email"))


@pytest.mark.covers("CUS-7", "SVC-3")
def test_a_survey_goes_to_each_once_and_is_answered_once_on_its_scale() -> None:
    game = quiet_game()
    game.world.add(Survey("Q1", name="How", questions=("one", "two"), agent="service-1", status="assigned"))
    refused(game, "service-1", IssueSurvey(survey="Q1", records=()))
    refused(game, "service-1", IssueSurvey(survey="Q1", records=("C1", "C1")))
    refused(game, "service-1", IssueSurvey(survey="Q1", records=("C99",)))
    must(game, "service-1", IssueSurvey(survey="Q1", records=("C1",)))
    refused(game, "service-1", IssueSurvey(survey="Q1", records=("C1",)))
    sheet = newest(game, Questionnaire).id
    for answers in ((("1", 3),), (("1", 3), ("2", 6)), (("1", 0), ("2", 3)), (("1", 3), ("3", 3))):
        refused(game, WHO, AnswerSurvey(questionnaire=sheet, answers=answers))
    must(game, WHO, AnswerSurvey(questionnaire=sheet, answers=(("1", 3), ("2", 5))))
    refused(game, WHO, AnswerSurvey(questionnaire=sheet, answers=(("1", 3), ("2", 5))))


def test_nothing_is_done_after_the_end() -> None:
    game = quiet_game()
    order = signed(game, 1)
    game.end()
    assert "over" in refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 1),)))


@pytest.mark.covers("FLO-10")
def test_whoever_ships_more_than_there_is_hears_what_to_do() -> None:
    game = quiet_game()
    order = signed(game, 2)
    game.world.get(Product, "pump").stock = 1
    said = refused(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 2),)))
    assert said == "Only 1 in stock: send that much, and ask the director to restock."
    must(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 1),)))
