"""From the agreement to the last payment, and what follows a purchase: the right ways and the wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmsim.crm import facts as happened
from crmsim.crm.company import CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.naming import sentence_of
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.product import Product
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.survey import Questionnaire, Survey
from crmsim.crm.talk import Agreement, Talk
from crmsim.engine.action import Turn, offered, refusal
from crmsim.engine.desk import to_do
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.roles import ACTIONS, TABLES
from crmsim.roles.customer import (
    AcceptContract,
    AnswerSurvey,
    CancelOrder,
    DeclineContract,
    ExplainSymptom,
    GiveFeedback,
    MakeContact,
    Pay,
    RefuseGoods,
    ReopenRequest,
    RequestReturn,
    RequestService,
    SignForGoods,
)
from crmsim.roles.director import ReviewOrder, ReviewReturn
from crmsim.roles.sales import RemindPayment, ReviseOrder, ShipGoods, SubmitOrder, WithdrawOrder
from crmsim.roles.service import (
    AnswerRequest,
    AskSymptom,
    Diagnose,
    EndorseReturn,
    IssueSurvey,
    ReadSurvey,
    RefuseReturn,
    Resolve,
)
from tests.roles.back_office import WHO, at_the_door, must, newest, ordered, quiet_game, received, signed


def said(game: Game, kind: type) -> list:
    return [each for each in game.facts if isinstance(each, kind)]


def waits(game: Game, seat: str, action: type) -> list:
    return [each for each in to_do(game.view(seat), TABLES) if each.action is action]


def agreed(game: Game, price: int = 95_000) -> Talk:
    deal = Agreement("pump", 4, price, (game.minute // DAY + 4) * DAY, "net5", game.minute)
    return game.world.add(
        Talk("T1", channel="phone", customer=WHO, record="C1", seat="sales-1", status="closed", agreement=deal)
    )


@pytest.mark.covers("SAL-2", "FLO-2")
def test_an_agreement_waits_and_becomes_the_order_that_was_agreed() -> None:
    game = quiet_game()
    talk = agreed(game)
    (paper,) = waits(game, "sales-1", SubmitOrder)
    must(game, "sales-1", SubmitOrder(**paper.filled))
    order = newest(game, Order)
    assert order.talk == talk.id and order.differs(talk.agreement) == ""
    assert order.total == 4 * 95_000 and order.status == "submitted"
    assert waits(game, "sales-1", SubmitOrder) == []


@pytest.mark.covers("SAL-2")
def test_an_order_is_judged_by_what_was_agreed() -> None:
    game = quiet_game()
    talk = agreed(game)
    day = talk.agreement.delivery
    good = SubmitOrder(record="C1", lines=(("pump", 4),), discount=50_000, delivery=day, terms="net5")
    dear = SubmitOrder(record="C1", lines=(("pump", 4),), discount=0, delivery=day, terms="net5")
    late = SubmitOrder(record="C1", lines=(("pump", 4),), discount=50_000, delivery=day + DAY, terms="net5")
    turn = Turn("sales-1", game.minute)

    def points(paper: SubmitOrder) -> int:
        return {each.criterion: each.points for each in paper.judge(game.world, turn)}["sales.matches_agreement"]

    assert points(good) == 1000
    assert points(dear) < 1000 and points(late) < 1000


@pytest.mark.covers("SAL-2", "DIR-9", "FLO-10")
def test_a_rejected_order_waits_for_its_owner_and_is_submitted_anew() -> None:
    game = quiet_game()
    paper = SubmitOrder(record="C1", lines=(("pump", 2),), discount=0, delivery=3 * DAY, terms="net5")
    must(game, "sales-1", paper)
    order = newest(game, Order)
    must(game, "director", ReviewOrder(order=order.id, decision="reject", reason="stock"))
    (back,) = waits(game, "sales-1", ReviseOrder)
    must(game, "sales-1", ReviseOrder(**{**back.filled, "lines": (("pump", 1),)}))
    assert (order.status, order.revision, order.quantity("pump")) == ("submitted", 1, 1)


@pytest.mark.covers("SAL-3", "CUS-3", "FLO-2")
def test_goods_are_shipped_in_parts_signed_for_billed_and_paid() -> None:
    game = quiet_game()
    order = signed(game, 5)
    stock, ledger = game.world.get(Product, "pump").stock, game.world.ledger
    parcel = at_the_door(game, order, 2)
    assert game.world.get(Product, "pump").stock == stock - 2
    assert ledger.balance("cost_of_goods") == 2 * 60_000
    must(game, WHO, SignForGoods(shipment=parcel.id))
    assert order.status == "shipped" and newest(game, Invoice).amount == 200_000
    must(game, WHO, SignForGoods(shipment=at_the_door(game, order, 3).id))
    assert order.status == "received" and newest(game, Invoice).amount == 300_000
    cash = ledger.balance("cash")
    invoice = newest(game, Invoice)
    must(game, WHO, Pay(invoice=invoice.id, amount=100_000))
    assert invoice.open_amount == 200_000 and invoice.status == "open"
    must(game, WHO, Pay(invoice=invoice.id, amount=200_000))
    assert invoice.status == "paid" and ledger.balance("cash") == cash + 300_000
    assert ledger.balance(f"customer:{WHO}") == -300_000 and ledger.balance("receivables") == 200_000


@pytest.mark.covers("SAL-2", "CUS-3")
def test_a_deposit_is_billed_at_signing_and_set_off_against_the_goods() -> None:
    game = quiet_game()
    order = signed(game, 4, terms="deposit30")
    deposit = newest(game, Invoice)
    assert (deposit.kind, deposit.amount) == ("deposit", 120_000)
    must(game, WHO, SignForGoods(shipment=at_the_door(game, order, 4).id))
    assert newest(game, Invoice).amount == 280_000
    assert -game.world.ledger.balance("sales") == 400_000


@pytest.mark.covers("FLO-10", "CUS-3")
def test_a_cancelled_order_gives_the_deposit_back() -> None:
    game = quiet_game()
    cash = game.world.ledger.balance("cash")
    order = signed(game, 4, terms="deposit30")
    must(game, WHO, Pay(invoice=newest(game, Invoice).id, amount=50_000))
    must(game, WHO, CancelOrder(order=order.id, reason="late"))
    assert order.status == "cancelled" and game.world.ledger.balance("cash") == cash
    assert game.world.ledger.balance("receivables") == 0 == game.world.ledger.balance("sales")
    assert said(game, happened.DepositRefunded)[0].amount == 50_000


@pytest.mark.covers("FLO-10")
def test_a_broken_promise_becomes_known_and_a_kept_one_does_not() -> None:
    game = quiet_game()
    order = signed(game, 1, days=1)
    game.advance_to(order.delivery + DAY + 1)
    assert order.late >= 0 and len(said(game, happened.DeliveryLate)) == 1
    kept = quiet_game()
    received(kept, 1, days=4)
    kept.advance(5 * DAY)
    assert said(kept, happened.DeliveryLate) == []


@pytest.mark.covers("FLO-10", "CUS-3")
def test_damaged_goods_are_refused_and_must_be_sent_again() -> None:
    game = quiet_game(fulfilment={"damaged": 1_000_000})
    order = signed(game, 2)
    parcel = at_the_door(game, order, 2)
    assert parcel.condition == "damaged"
    must(game, WHO, RefuseGoods(shipment=parcel.id))
    assert order.status == "accepted" and order.to_ship == (("pump", 2),)
    assert list(game.world.all(Invoice)) == [] and waits(game, "sales-1", ShipGoods)


@pytest.mark.covers("FLO-10")
def test_what_is_not_answered_lapses_or_counts_as_received() -> None:
    game = quiet_game()
    order = ordered(game)
    game.advance(11 * DAY)
    assert (order.status, order.reason) == ("cancelled", "no_answer")
    other = quiet_game()
    taken = signed(other, 1)
    at_the_door(other, taken, 1)
    other.advance(6 * DAY)
    assert taken.status == "received" and newest(other, Invoice).amount == 100_000


@pytest.mark.covers("CUS-3", "FLO-10")
def test_a_declined_contract_and_a_withdrawn_order_are_over() -> None:
    game = quiet_game()
    order = ordered(game)
    must(game, WHO, DeclineContract(order=order.id, reason="price"))
    assert order.status == "declined" and said(game, happened.ContractDeclined)[0].reason == "price"
    other = signed(game)
    must(game, "sales-1", WithdrawOrder(order=other.id, reason="no_stock"))
    assert other.status == "cancelled" and said(game, happened.OrderCancelled)[0].owner == "sales-1"


@pytest.mark.covers("SAL-4", "FLO-10")
def test_a_late_invoice_is_chased_and_at_last_written_off() -> None:
    game = quiet_game(calendar={"days": 60})
    _order, invoice = received(game, 1)
    turn = Turn("sales-1", game.minute)
    assert RemindPayment(invoice=invoice.id).judge(game.world, turn)[0].points < 1000
    assert waits(game, "sales-1", RemindPayment) == []
    game.advance_to(invoice.due + 2)
    assert invoice.status == "late" and len(said(game, happened.PaymentLate)) == 1
    (chase,) = waits(game, "sales-1", RemindPayment)
    must(game, "sales-1", RemindPayment(**chase.filled))
    assert waits(game, "sales-1", RemindPayment) == [] and invoice.reminders
    game.advance(31 * DAY)
    assert invoice.status == "written_off" and game.world.ledger.balance("bad_debt") == 100_000
    assert not game.act(WHO, Pay(invoice=invoice.id, amount=1))


@pytest.mark.covers("SAL-4", "DIR-9")
@pytest.mark.parametrize(("quantity", "carried"), [(1, 70_000), (3, 0)])
def test_an_insurer_carries_a_debt_only_where_nothing_spoke_against_the_order(quantity: int, carried: int) -> None:
    """Three pumps are more than the credit limit: the director is told before it signs, and bears the loss alone."""
    game = quiet_game(calendar={"days": 60}, policies={"credit_limit": 200_000}, fulfilment={"insured": 700_000})
    must(
        game,
        "sales-1",
        SubmitOrder(record="C1", lines=(("pump", quantity),), discount=0, delivery=3 * DAY, terms="net5"),
    )
    order = newest(game, Order)
    (paper,) = waits(game, "director", ReviewOrder)
    assert ("not be insured" in render(paper.why, "en")) == (carried == 0)
    must(game, "director", ReviewOrder(order=order.id, decision="approve", reason="They are growing."))
    must(game, WHO, AcceptContract(order=order.id))
    must(game, WHO, SignForGoods(shipment=at_the_door(game, order, quantity).id))
    game.advance(50 * DAY)
    (lost,) = said(game, happened.DebtWrittenOff)
    assert (lost.amount, lost.carried) == (quantity * 100_000, carried)
    assert game.world.ledger.balance("bad_debt") == lost.amount - carried


def asked_for_help(game: Game, symptom: str = "leaks") -> ServiceRequest:
    order, _invoice = received(game, 1)
    must(game, WHO, RequestService(order=order.id, product="pump", symptom=symptom, words="help"))
    return newest(game, ServiceRequest)


@pytest.mark.covers("SVC-1", "CUS-4")
def test_questions_tell_causes_apart_and_the_right_remedy_helps() -> None:
    game = quiet_game()
    request = asked_for_help(game)
    assert request.agent == "service-1"
    steps = []
    while request.status not in {"resolved"}:
        (paper,) = [each for each in to_do(game.view("service-1"), TABLES) if each.filled.get("request") == request.id]
        filled = {**paper.filled, "text": "We look."} if paper.action is AnswerRequest else paper.filled
        steps.append(paper.action)
        must(game, "service-1", paper.action(**filled))
        if request.pending:
            must(game, WHO, ExplainSymptom(request=request.id))
    assert steps == [AnswerRequest, AskSymptom, Diagnose, Resolve]
    assert request.diagnosis == request.cause and said(game, happened.ServiceResolved)[-1].right
    seen = CompanyView(game.world, WHO).get(ServiceRequest, request.id)
    assert seen is not None and len(seen.log) >= 5 and "cause" in seen.hidden


@pytest.mark.covers("SVC-1", "FLO-10")
def test_a_wrong_diagnosis_is_judged_wrong_and_comes_back() -> None:
    game = quiet_game()
    request = asked_for_help(game)
    wrong = "crack" if request.cause == "seal" else "seal"
    turn = Turn("service-1", game.minute)
    assert Diagnose(request=request.id, cause=wrong).judge(game.world, turn)[0].points == 0
    assert Diagnose(request=request.id, cause=request.cause).judge(game.world, turn)[0].points == 700
    must(game, "service-1", Diagnose(request=request.id, cause=wrong))
    must(game, "service-1", Resolve(request=request.id, remedy="exchange" if wrong == "crack" else "replace"))
    assert not said(game, happened.ServiceResolved)[-1].right
    must(game, WHO, ReopenRequest(request=request.id, words="It still leaks."))
    assert request.status == "open" and wrong in request.clues


@pytest.mark.covers("SVC-1", "FLO-10")
def test_a_request_nobody_answers_is_told_to_the_director() -> None:
    game = quiet_game()
    request = asked_for_help(game)
    game.advance(2 * DAY)
    assert request.overdue and len(said(game, happened.RequestOverdue)) == 1


@pytest.mark.covers("SVC-2", "CUS-6", "FLO-5")
def test_a_return_passes_both_checks_and_is_refunded() -> None:
    game = quiet_game()
    order, invoice = received(game, 4)
    must(game, WHO, Pay(invoice=invoice.id, amount=150_000))
    cash, wages = game.world.ledger.balance("cash"), game.world.ledger.balance("wages")
    must(game, WHO, RequestReturn(order=order.id, lines=(("pump", 3),), reason="misfit"))
    (check,) = waits(game, "service-1", EndorseReturn)
    must(game, "service-1", EndorseReturn(**check.filled))
    found = newest(game, Return)
    must(game, "director", ReviewReturn(return_=found.id, decision="approve"))
    game.advance(7 * DAY)
    assert found.status == "refunded" and order.returned == (("pump", 3),)
    assert found.refund == 50_000 and invoice.open_amount == 0  # 250,000 of the 300,000 were still owed
    assert game.world.ledger.balance("cash") + game.world.ledger.balance("wages") == cash + wages - 50_000
    assert game.world.ledger.balance("refunds") == 300_000


@pytest.mark.covers("SVC-2", "FLO-5", "FLO-10")
def test_a_late_return_is_refused_at_the_first_check_with_a_reason() -> None:
    game = quiet_game()
    order, _invoice = received(game, 1)
    game.advance(9 * DAY)
    must(game, WHO, RequestReturn(order=order.id, lines=(("pump", 1),), reason="regret"))
    (check,) = waits(game, "service-1", RefuseReturn)
    must(game, "service-1", RefuseReturn(**check.filled, reason="too late"))
    refused = said(game, happened.ReturnRefused)[0]
    assert (refused.step, refused.reason) == ("first", "too late")
    must(game, WHO, RequestReturn(order=order.id, lines=(("pump", 1),), reason="regret"))


@pytest.mark.covers("SVC-3", "CUS-7", "FLO-6")
def test_a_survey_is_issued_answered_and_read() -> None:
    game = quiet_game()
    survey = game.world.add(
        Survey("Q1", name="How", questions=("one", "two"), agent="service-1", status="assigned")
    )  # fmt: skip
    assert not game.act("service-1", ReadSurvey(survey="Q1"))
    must(game, "service-1", IssueSurvey(survey="Q1", records=("C1",)))
    sheet = newest(game, Questionnaire)
    must(game, WHO, AnswerSurvey(questionnaire=sheet.id, answers=(("2", 5), ("1", 3))))
    assert sheet.answers == (3, 5)
    must(game, "service-1", ReadSurvey(survey="Q1"))
    assert survey.status == "read"


@pytest.mark.covers("CUS-5")
def test_feedback_is_about_whoever_did_the_work() -> None:
    game = quiet_game()
    order, _invoice = received(game, 1)
    must(game, WHO, GiveFeedback(about="sales", score=2, order=order.id))
    assert said(game, happened.FeedbackGiven)[0].seat == "sales-1"


@pytest.mark.covers("CUS-2", "FLO-4")
def test_contact_reaches_the_desk_of_its_channel_or_who_looks_after_the_customer() -> None:
    game = quiet_game()
    must(game, WHO, MakeContact(channel="email", source="newspaper"))
    assert newest(game, Talk).seat == "sales-1"
    must(game, "p3", MakeContact(channel="email", source="newspaper"))
    talk = newest(game, Talk)
    assert (talk.role, talk.seat, talk.source) == ("reception", "", "newspaper")
    assert len(said(game, happened.CustomerArrived)) == 2
    assert not game.act("p3", MakeContact(channel="email"))
    assert not game.act("p3", MakeContact(channel="booth"))


@pytest.mark.covers("CUS-8")
def test_a_person_with_several_customers_says_for_which_it_acts() -> None:
    game = quiet_game()
    game.world.seats["customer-1"].customers = ("p1", "p3")  # type: ignore[attr-defined]
    assert not game.act("customer-1", MakeContact(channel="email"))
    must(game, "customer-1", MakeContact(customer="p3", channel="email"))
    assert newest(game, Talk).customer == "p3"
    (asked,) = said(game, happened.TalkRequested)
    told = [render(sentence_of(game.view(seat), asked), "en") for seat in ("customer-1", "reception")]
    assert told[0].startswith("You wait") and told[1].startswith("Someone waits")
    order = ordered(game)
    must(game, "customer-1", AcceptContract(order=order.id))
    assert not game.act("customer-1", MakeContact(customer="p2", channel="phone"))


@pytest.mark.covers("CUS-8")
def test_who_agreed_is_not_sent_to_ask_again_until_the_contract_has_had_its_time() -> None:
    game = quiet_game()
    game.world.seats["customer-1"].customers = ("p1",)  # type: ignore[attr-defined]
    who = game.world.get(Customer, "p1")
    who.wants, who.quantity, who.needed_since, who.deadline = "pump", 2, 0, 20 * DAY
    assert waits(game, "customer-1", MakeContact)
    agreed(game)
    assert not waits(game, "customer-1", MakeContact)
    game.advance(3 * DAY)
    assert waits(game, "customer-1", MakeContact)


@pytest.mark.covers("FLO-10")
def test_cash_runs_out_once_and_play_goes_on() -> None:
    game = quiet_game(company={"name": "Poor", "cash": 100})
    game.advance(4 * DAY)
    assert len(said(game, happened.CashRanOut)) == 1 and len(said(game, happened.WagesPaid)) == 4
    assert game.world.ledger.balance("cash") < 0


@settings(max_examples=8)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 900)), min_size=10, max_size=20))
@pytest.mark.covers("FLO-10")
def test_money_is_conserved_and_refusals_change_nothing(picks: list[tuple[int, int]]) -> None:
    """Any play of the back office: accounts sum to nothing, goods are worth their account, refusals leave no trace."""
    game = quiet_game(fulfilment={"damaged": 300_000})
    received(game, 3, terms="deposit30")
    signed(game, 2)
    for number, (pick, pause) in enumerate(picks):
        seat = ("sales-1", WHO, "service-1", WHO)[number % 4]
        view, role = CompanyView(game.world, seat), ("sales", "customer", "service", "customer")[number % 4]
        kinds = [each for each in ACTIONS if each.__module__.startswith(f"crmsim.roles.{role}")]
        kind = kinds[pick % len(kinds)]
        action = next(iter(offered(kind, view)), None)
        if action is not None:
            before = game.digest()
            if not game.act(seat, action):
                assert game.digest() == before
        for order in [each for each in game.world.all(Order) if each.status == "submitted"]:
            must(game, "director", ReviewOrder(order=order.id, decision="approve"))
        game.advance(pause)
        balances(game)


def balances(game: Game) -> None:
    """Money and goods are where the books say."""
    ledger = game.world.ledger
    assert sum(ledger.balances.values()) == 0
    assert ledger.balance("stock") == sum(each.stock * each.cost for each in game.world.all(Product))
    owed = sum(each.open_amount for each in game.world.all(Invoice) if each.status in {"open", "late"})
    assert ledger.balance("receivables") == owed
    posted = sum(change for each in ledger.postings for account, change in each.moves if account == "cash")
    assert ledger.balance("cash") == posted
    assert all(each.stock >= 0 for each in game.world.all(Product))


def test_a_parcel_keeps_its_secret_until_it_is_there() -> None:
    game = quiet_game()
    order = signed(game, 1)
    must(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", 1),)))
    seen = game.view("sales-1").get(Shipment, newest(game, Shipment).id)
    assert seen is not None and {"arrives", "damaged"} <= seen.hidden


@pytest.mark.covers("DIR-9")
def test_whoever_reviews_an_order_sees_the_promised_day_even_if_it_is_day_one() -> None:
    game = quiet_game()
    game.advance_to(9 * 60)
    must(game, "sales-1", SubmitOrder(record="C1", lines=(("pump", 2),), discount=0, delivery=0, terms="net5"))
    table = next(each for each in TABLES if each.id == "director-orders")
    column = next(each for each in table.columns if str(each.label) == "Delivery")
    assert column.value(newest(game, Order), game.view("director")) == 0


@pytest.mark.covers("CUS-6", "FLO-10")
def test_what_is_on_its_way_back_is_refused_in_a_whole_sentence() -> None:
    game = quiet_game()
    order, _invoice = received(game, 4)
    back = RequestReturn(order=order.id, lines=(("pump", 4),), reason="misfit")
    must(game, WHO, back)
    why = refusal(back, CompanyView(game.world, WHO), mind_the_clock=False)
    assert why is not None and str(why).endswith("pump cannot be chosen now.")
