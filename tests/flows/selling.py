"""The steps that every sale has in common, played by people: from a file in the pool to a customer who was served."""

from __future__ import annotations

from typing import Any

from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    ContractAccepted,
    CustomerAssigned,
    CustomerRecorded,
    DealAgreed,
    FeedbackGiven,
    GoodsDelivered,
    GoodsReceived,
    GoodsShipped,
    InvoiceIssued,
    MonitoringNoted,
    NoteRead,
    OrderApproved,
    OrderSubmitted,
    PaymentMade,
    ServiceAnswered,
    ServiceRequested,
    ServiceResolved,
    SymptomExplained,
    TalkInvited,
    TalkOpened,
)
from crmsim.crm.order import Invoice, Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.crm.target import handlings
from crmsim.engine.facts import Fact
from crmsim.game import Game
from crmsim.roles.answering import AcceptInvitation
from crmsim.roles.customer import (
    AcceptContract,
    ExplainSymptom,
    GiveFeedback,
    Pay,
    RequestService,
    SignForGoods,
)
from crmsim.roles.director import AssignCustomer, RestockProduct, ReviewOrder
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.monitoring import ReadNote, WriteNote
from crmsim.roles.sales import ShipGoods, SubmitOrder
from crmsim.roles.service import AskSymptom, Diagnose, Resolve
from tests.flows.playing import BUYER, does, happens, paper, talks

SALE: tuple[type[Fact], ...] = (
    CustomerRecorded, CustomerAssigned, TalkInvited, TalkOpened, DealAgreed, OrderSubmitted, OrderApproved,
    ContractAccepted, GoodsShipped, GoodsDelivered, GoodsReceived, InvoiceIssued, PaymentMade,
)  # fmt: skip
CARE: tuple[type[Fact], ...] = (
    ServiceRequested, ServiceAnswered, SymptomExplained, ServiceResolved, FeedbackGiven, FeedbackGiven,
)  # fmt: skip


def newest(game: Game, kind: type) -> Any:
    return list(game.world.all(kind))[-1]


def sold(game: Game, who: str, record: str, owner: str = "sales-1") -> Order:
    """Assigned from the pool, contacted by sales, agreed, ordered, approved and signed by the customer."""
    assert not any(each.id == record for each in _own(game, owner))
    filled = paper(game, "director", AssignCustomer, record=record)
    does(game, "director", AssignCustomer(**{**filled, "owner": owner}))
    assert any(each.id == record for each in _own(game, owner))
    does(game, owner, InviteToTalk(record=record, channel="phone"))
    talk = paper(game, BUYER, AcceptInvitation)["talk"]
    does(game, BUYER, AcceptInvitation(talk=talk))
    wants = game.view(BUYER).get(Customer, who).wants  # type: ignore[union-attr]
    talks(game, owner, talk, "greet", ("present", {"product": wants}), ("quote", {"product": wants}), "ask_order")
    filled = paper(game, owner, SubmitOrder, record=record)
    does(game, owner, SubmitOrder(**{**filled, "terms": "days_5"}))
    order: Order = newest(game, Order)
    does(
        game, "director", ReviewOrder(**{**paper(game, "director", ReviewOrder, order=order.id), "decision": "approve"})
    )
    does(game, BUYER, AcceptContract(order=paper(game, BUYER, AcceptContract)["order"]))
    return order


def _own(game: Game, seat: str) -> list[Any]:
    return [each for each in game.view(seat).all(Record) if each.owner == seat]


def delivered(game: Game, order: Order) -> Invoice:
    """Shipped, within stock or after restocking; signed for; the receivable stands in the books."""
    for product, number in order.to_ship:
        short = number - game.view("director").get(Product, product).stock  # type: ignore[union-attr]
        if short > 0:
            does(game, "director", RestockProduct(product=product, quantity=short))
    filled = paper(game, order.owner, ShipGoods, days=12, order=order.id)
    does(game, order.owner, ShipGoods(**filled))
    happens(game, GoodsDelivered, order=order.id)
    does(game, BUYER, SignForGoods(**paper(game, BUYER, SignForGoods)))
    invoice = next(
        each for each in game.view(order.owner).all(Invoice) if each.order == order.id and each.kind == "goods"
    )
    assert invoice.open_amount == invoice.amount > 0
    return game.world.get(Invoice, invoice.id)


def paid(game: Game, invoice: Invoice) -> None:
    """Paid in two parts: the receivable is gone, and the money is the company's."""
    cash = game.world.ledger.balance("cash")
    half = invoice.open_amount // 2
    does(game, BUYER, Pay(invoice=invoice.id, amount=half))
    assert invoice.status in {"open", "late"} and invoice.open_amount == invoice.amount - half
    does(game, BUYER, Pay(**paper(game, BUYER, Pay, invoice=invoice.id)))
    assert invoice.status == "paid" and game.world.ledger.balance("cash") == cash + invoice.amount


def served(game: Game, who: str, order: Order) -> None:
    """Helped by the agent of its choice, told how it is handled, and asked how both were."""
    product = game.scenario.find("products", order.lines[0].product)
    symptom = product.faults[0].symptom
    does(
        game, BUYER, RequestService(customer=who, order=order.id, product=product.id, symptom=symptom, agent="service")
    )
    request = newest(game, ServiceRequest)
    possible = [each for each in product.faults if each.symptom == symptom]
    for sign in dict.fromkeys(sign for each in possible for sign in each.signs):
        if len([each for each in possible if each.cause not in request.clues]) == 1:
            break
        does(game, "service", AskSymptom(request=request.id, question=sign))
        does(game, BUYER, ExplainSymptom(**paper(game, BUYER, ExplainSymptom, request=request.id)))
    left = next(each for each in possible if each.cause not in request.clues)
    does(game, "service", Diagnose(request=request.id, cause=left.cause))
    does(game, "service", Resolve(request=request.id, remedy=left.remedy))
    seen = game.view(BUYER).get(ServiceRequest, request.id)
    assert seen is not None and seen.status == "resolved" and left.cause == request.cause
    does(game, BUYER, GiveFeedback(customer=who, about="sales", score=4, order=order.id))
    does(game, BUYER, GiveFeedback(customer=who, about="service", score=5, request=request.id))


def monitored(game: Game, owner: str = "sales-1") -> None:
    """The director follows one colleague's handling, and leaves a note that is read."""
    row = next(each for each in handlings(game.view("director")) if each.id == owner)
    assert row.orders and row.sales and 100 <= row.score <= 500
    note = does(game, "director", WriteNote(staff=owner, about="follow_up", text="Call them once more."))
    read = does(game, owner, ReadNote(**paper(game, owner, ReadNote)))
    assert isinstance(note[0], MonitoringNoted) and any(isinstance(each, NoteRead) for each in read)
