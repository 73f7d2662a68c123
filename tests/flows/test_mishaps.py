"""FLO-10: what goes wrong in life goes wrong in a game, is heard by those it concerns, costs, is felt, and has an end.

One test for each row of crmsim.crm.mishaps: `SCENES` brings it about in a quiet company, and says what must follow.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    DepositRefunded,
    GoodsReceived,
    InvoiceIssued,
    NextStepAgreed,
    PaymentLate,
    RefundPaid,
    ReturnRefused,
)
from crmsim.crm.mishaps import MISHAPS, Mishap
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.desk import to_do
from crmsim.engine.view import hearers
from crmsim.engine.words import DAY, translate
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.customer import AcceptContract, CancelOrder, MakeContact, Pay, RequestReturn, RequestService
from crmsim.roles.director import PlanAdvert, ReviewOrder, ReviewReturn
from crmsim.roles.following import AddTask
from crmsim.roles.instructor import InjectEvent
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.planning import ReviewPlan, SubmitPlan
from crmsim.roles.sales import ReviseOrder, ShipGoods, SubmitOrder
from crmsim.roles.service import Diagnose, EndorseReturn, RefuseReturn, Resolve
from tests.market.test_buying import play
from tests.scenes import agree, customers, facts, in_need, must, order, ship

NEVER_SHIPPED = {"cancels": 0}
SOUND = {"faults": 0, "returns": 0}


class Scene:
    """A quiet company with one customer that needs two pumps; `before` is how it stood just before it went wrong."""

    def __init__(self, **how: Any) -> None:
        self.game: Game = play(**{"segment": SOUND, **how})
        (self.who,) = customers(self.game)
        in_need(self.game, self.who)
        self.mark()

    def mark(self) -> None:
        self.felt, self.trusted = self.who.satisfaction, self.who.trust
        self.books = dict(self.game.world.ledger.balances)
        self.since = len(self.game.facts)

    def signed(self, **paper: Any) -> Order:
        agree(self.game, self.who)
        written = order(self.game, self.who, **paper)
        must(self.game, self.who.id, AcceptContract(order=written.id))
        return written

    def received(self) -> Order:
        written = self.signed()
        ship(self.game)
        self.game.advance(2 * DAY)
        assert facts(self.game, GoodsReceived)
        return written

    def aside(self) -> None:
        """A person plays the customer from now on, and does nothing."""
        self.game.world.deputies[self.who.id] = "customer-1"
        self.who.plans = ()
        self.game.world.agenda.sleep(self.who.id)

    def record(self) -> Record:
        found = Record("C1", customer=self.who.id, name="One", owner="sales-1", status="prospect")
        return self.game.world.add(found)


def newest(game: Game, kind: type) -> Any:
    return list(game.world.all(kind))[-1]


def rejected_order(scene: Scene) -> bool:
    record = scene.record()
    paper = SubmitOrder(record=record.id, lines=(("pump", 2),), discount=0, delivery=3 * DAY, terms="net5")
    must(scene.game, "sales-1", paper)
    scene.mark()
    must(scene.game, "director", ReviewOrder(order="O1", decision="reject", reason="Too dear."))
    waiting = [each for each in to_do(scene.game.view("sales-1"), TABLES) if each.action is ReviseOrder]
    return len(waiting) == 1 and scene.game.world.get(Order, "O1").reason == "Too dear."


def contract_declined(scene: Scene) -> bool:
    agree(scene.game, scene.who, unit_price=95_000)
    written = order(scene.game, scene.who)
    scene.mark()
    scene.game.advance(2 * DAY)
    return written.status == "declined" and scene.who.stage == "weighing"


def contract_unanswered(scene: Scene) -> bool:
    scene.aside()
    written = order(scene.game, scene.who)
    scene.mark()
    scene.game.advance(12 * DAY)
    return (written.status, written.reason) == ("cancelled", "no_answer")


def order_cancelled(scene: Scene) -> bool:
    written = scene.signed(terms="deposit30")
    bill = newest(scene.game, Invoice)
    must(scene.game, scene.who.id, Pay(invoice=bill.id, amount=bill.open_amount))
    scene.mark()
    must(scene.game, scene.who.id, CancelOrder(order=written.id, reason="changed_mind"))
    (back,) = facts(scene.game, DepositRefunded)
    refused = scene.game.refusal("sales-1", ShipGoods(order=written.id, lines=(("pump", 2),)))
    return back.amount == bill.amount and refused is not None


def shortage(scene: Scene) -> bool:
    written = scene.signed()
    pump = scene.game.world.get(Product, "pump")
    scene.mark()
    must(scene.game, "instructor", InjectEvent(event="shortage", title="Pumps are short", product="pump", pieces=4999))
    refused = scene.game.refusal("sales-1", ShipGoods(order=written.id, lines=(("pump", 2),)))
    return pump.stock == 1 and refused is not None


def late_delivery(scene: Scene) -> bool:
    written = scene.signed(days=1)
    scene.mark()
    scene.game.advance(3 * DAY)
    return written.late >= 0 and not written.shipped


def damaged_goods(scene: Scene) -> bool:
    written = scene.signed()
    scene.mark()
    ship(scene.game)
    scene.game.advance(2 * DAY)
    return (written.status, written.shipped) == ("accepted", ()) and not facts(scene.game, InvoiceIssued)


def goods_unsigned(scene: Scene) -> bool:
    scene.signed()
    scene.aside()
    ship(scene.game)
    scene.mark()
    scene.game.advance(4 * DAY)
    waits = newest(scene.game, Shipment).status == "delivered" and not facts(scene.game, GoodsReceived)
    scene.game.advance(4 * DAY)
    return waits and len(facts(scene.game, InvoiceIssued)) == 1


def nobody_answered(scene: Scene) -> bool:
    scene.record()
    scene.who.stage = "seeking"
    scene.mark()
    must(scene.game, scene.who.id, MakeContact(channel="phone", source="tv"))
    scene.game.advance(DAY)
    return newest(scene.game, Talk).by_customer and any(
        "Nobody answered" in str(each.words) for each in scene.who.story
    )


def invitation_declined(scene: Scene) -> bool:
    record = scene.record()
    scene.who.wants, scene.who.stage, scene.who.plans = "", "quiet", ()
    before = scene.who.annoyance
    scene.mark()
    must(scene.game, "sales-1", InviteToTalk(record=record.id, channel="phone"))
    scene.game.advance(2 * DAY)
    return newest(scene.game, Talk).ending == "declined" and scene.who.annoyance > before


def invitation_lapsed(scene: Scene) -> bool:
    record = scene.record()
    scene.aside()
    must(scene.game, "sales-1", InviteToTalk(record=record.id, channel="phone"))
    scene.mark()
    scene.game.advance(3 * DAY)
    again = InviteToTalk(record=record.id, channel="email")
    scene.game.advance_to(scene.game.free_minute("sales-1"))
    return newest(scene.game, Talk).status == "missed" and scene.game.refusal("sales-1", again) is None


def late_payment(scene: Scene) -> bool:
    scene.received()
    scene.aside()
    scene.mark()
    scene.game.advance(9 * DAY)
    late = facts(scene.game, PaymentLate)
    owed = scene.game.world.ledger.balance("receivables") - scene.books.get("receivables", 0)
    return len(late) == 1 and late[0].amount == newest(scene.game, Invoice).amount and owed == 0


def never_paid(scene: Scene) -> bool:
    late_payment(scene)
    scene.mark()
    scene.game.advance(40 * DAY)
    lost = newest(scene.game, Invoice)
    return bool(lost.status == "written_off" and scene.game.world.ledger.balance("bad_debt") == lost.amount)


def wrong_remedy(scene: Scene) -> bool:
    written = scene.received()
    must(scene.game, scene.who.id, RequestService(order=written.id, product="pump", symptom="leaks"))
    request = newest(scene.game, ServiceRequest)
    wrong = "seal" if request.cause == "crack" else "crack"
    must(scene.game, "service-1", Diagnose(request=request.id, cause=wrong))
    must(scene.game, "service-1", Resolve(request=request.id, remedy="replace" if wrong == "seal" else "exchange"))
    scene.mark()
    scene.game.advance(3 * DAY)
    return request.reopened == 1 and request.status == "open"


def _return(scene: Scene) -> Return:
    written = scene.received()
    must(scene.game, scene.who.id, RequestReturn(order=written.id, lines=(("pump", 1),), reason="fault"))
    return newest(scene.game, Return)  # type: ignore[no-any-return]


def return_refused_first(scene: Scene) -> bool:
    paper = _return(scene)
    scene.mark()
    must(scene.game, "service-1", RefuseReturn(return_=paper.id, reason="It was dropped."))
    return _refused(scene, paper, "first")


def return_refused_final(scene: Scene) -> bool:
    paper = _return(scene)
    must(scene.game, "service-1", EndorseReturn(return_=paper.id))
    scene.mark()
    must(scene.game, "director", ReviewReturn(return_=paper.id, decision="refuse", reason="It was dropped."))
    return _refused(scene, paper, "final")


def _refused(scene: Scene, paper: Return, step: str) -> bool:
    (told,) = facts(scene.game, ReturnRefused)
    scene.game.advance(1)
    return told.step == step and paper.refusal == "It was dropped." and not facts(scene.game, RefundPaid)


def request_overdue(scene: Scene) -> bool:
    written = scene.received()
    must(scene.game, scene.who.id, RequestService(order=written.id, product="pump", symptom="leaks"))
    scene.mark()
    scene.game.advance(3 * DAY)
    request = newest(scene.game, ServiceRequest)
    return bool(request.overdue and request.status == "open")


def task_overdue(scene: Scene) -> bool:
    today = scene.game.minute // DAY * DAY
    must(scene.game, "sales-1", AddTask(owner="sales-1", goal="Send the list", day=today))
    scene.mark()
    scene.game.advance(DAY)
    return any("Send the list" in str(each.why) + str(each.what) for each in to_do(scene.game.view("sales-1"), TABLES))


def step_missed(scene: Scene) -> bool:
    talk = agree(scene.game, scene.who)
    talk.next_step = scene.game.minute // DAY * DAY + DAY
    scene.who.stage = "seeking"
    scene.mark()
    scene.game.world.record(
        NextStepAgreed(talk=talk.id, seat="sales-1", customer=scene.who.id, when=talk.next_step)
    )  # fmt: skip
    scene.game.advance(3 * DAY)
    return any("promised to come back" in str(each.words) for each in scene.who.story)


def neglected(scene: Scene) -> bool:
    scene.received()
    scene.mark()
    scene.game.advance(12 * DAY)
    return any("never call" in str(each.words) for each in scene.who.story)


def plan_lapsed(scene: Scene) -> bool:
    day = scene.game.minute // DAY * DAY + DAY
    must(scene.game, "promoter", SubmitPlan(kind="visit", place="north", day=day, expected=3, expenses=40_000))
    must(scene.game, "director", ReviewPlan(plan="MP1", decision="approve"))
    scene.mark()
    scene.game.advance(3 * DAY)
    plan = newest(scene.game, MarketingPlan)
    return plan.status == "lapsed" and plan.spent == 0


def out_of_cash(scene: Scene) -> bool:
    scene.game.advance(3 * DAY)
    today = scene.game.minute // DAY * DAY + DAY
    scene.game.advance_to(scene.game.free_minute("director", since=today))
    why = scene.game.refusal("director", PlanAdvert(medium="tv", budget=10_000, start=today, end=today))
    return why is not None and scene.game.world.ledger.balance("cash") < 0 and not scene.game.ended


HOW: dict[str, dict[str, Any]] = {
    "damaged_goods": {"fulfilment": {"damaged": 1_000_000}},
    "goods_unsigned": {"using": {"surprise": 0}},
    "late_delivery": {"buying": NEVER_SHIPPED},
    "invitation_declined": {
        "market": {"size": 1, "aware": 0, "wanting": 0, "junk": 0, "arriving": {"reached": 1_000_000}}
    },
    "neglected": {"classes": {"b_from": 1, "b_days": 2}, "using": {"surprise": 0, "feedback": 0}},
    "out_of_cash": {"company": {"name": "Poor", "cash": 100}},
    "wrong_remedy": {"using": {"reopen": 1_000_000}},
}
SCENES: dict[str, Callable[[Scene], bool]] = {each.__name__: each for each in (
    rejected_order, contract_declined, contract_unanswered, order_cancelled, shortage, late_delivery, damaged_goods,
    goods_unsigned, nobody_answered, invitation_declined, invitation_lapsed, late_payment, never_paid, wrong_remedy,
    return_refused_first, return_refused_final, request_overdue, task_overdue, step_missed, neglected, plan_lapsed,
    out_of_cash,
)}  # fmt: skip


@pytest.mark.covers("FLO-10", "GAME-2")
@pytest.mark.parametrize("row", MISHAPS, ids=lambda row: row.id)
def test_a_mishap_is_heard_costs_is_felt_and_has_its_consequence(row: Mishap) -> None:
    scene = Scene(**HOW.get(row.id, {}))
    assert SCENES[row.id](scene), row.follows
    game, world = scene.game, scene.game.world
    told = [each for each in game.facts[scene.since :] if isinstance(each, row.fact)]
    assert told, f"{row.fact.__name__} did not come about"
    heard = set(hearers(world, told[-1]))
    roles = {each for each in row.fact.tells if each[0] not in "@#"}
    named = {getattr(told[-1], each[1:]) for each in row.fact.tells if each[0] == "@"}
    for seat in world.seats.values():
        mine = bool(set(seat.roles) & roles) or seat.id in named
        assert (seat.id in heard) == (told[-1] in game.view(seat.id).heard()), seat.id
        assert not mine or seat.id in heard, seat.id
    for account in row.costs:
        assert world.ledger.balance(account) != scene.books.get(account, 0), account
    customer = world.get(Customer, scene.who.id)
    assert (customer.satisfaction < scene.felt) == row.felt, (scene.felt, customer.satisfaction)
    assert (customer.trust < scene.trusted) == row.trust, (scene.trusted, customer.trust)
    assert sum(world.ledger.balances.values()) == 0


@pytest.mark.covers("FLO-10")
def test_every_row_has_its_scene() -> None:
    assert sorted(SCENES) == sorted(each.id for each in MISHAPS) and len(MISHAPS) >= 20


@pytest.mark.covers("FLO-10", "GAME-10")
@pytest.mark.parametrize(("language", "name"), [("en", "reference.md"), ("zh", "reference.zh.md")])
def test_the_reference_tells_every_mishap_in_both_languages(language: str, name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8")
    for row in MISHAPS:
        line = next(each for each in text.splitlines() if each.startswith(f"| `{row.id}`"))
        assert f"`{row.fact.__name__}`" in line and translate(row.follows, language) in line
