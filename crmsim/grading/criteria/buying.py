"""Criteria of people who play customers: they keep to their brief, act in time, and say what they feel."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.company import CUSTOMER, Playable
from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    CustomerReplied,
    FeedbackGiven,
    GoodsDelivered,
    GoodsReceived,
    GoodsRefused,
    InvoiceIssued,
    MoveMade,
    OfferMade,
    OrderApproved,
    OrderCancelled,
    PaymentMade,
    TalkClosed,
    TalkDeclined,
    TalkInvited,
    TalkOpened,
)
from crmsim.crm.order import Invoice, Order
from crmsim.crm.service import Feedback
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, _
from crmsim.grading.course import Brief, Course
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criterion import FULL, Occasion, criterion

ONLY = (CUSTOMER,)
PPM = 1_000_000
FAIR_PRICE = 900_000  # ppm of the list price that a good buyer can hope to pay


def customers(course: Course, seat: str) -> tuple[str, ...]:
    """The customers that a seat plays."""
    found = course.world.find(Playable, seat)
    return () if found is None else found.customers


@criterion("customer.brief", ONLY, N_("Keeps to the brief"), weight=3, fewest=2)
def brief(course: Course, seat: str) -> Iterator[Occasion]:
    """What is needed is bought by its day, within the budget, and the cheaper the better."""
    advice = _("Compare the offers you hold, push while there is time, and sign before your day has come.")
    mine = customers(course, seat)
    for (customer, _number), wish in course.briefs.items():
        if customer not in mine:
            continue
        bought = next((each for each in course.where(ContractAccepted, customer=customer)
                       if _serves(course, each, wish) and each.minute >= wish.since), None)  # fmt: skip
        if bought is None and wish.deadline + DAY > course.last:
            continue
        who = course.name(customer)
        if bought is None:
            offer = next(
                (each for each in course.where(OfferMade, customer=customer) if each.minute >= wish.since), None
            )
            points = 0 if offer is not None else 400
            asked = [each for each in course.facts if getattr(each, "customer", "") == customer][:1]
            yield Occasion(points, numbers(offer, *asked), _("{who} went without what it needed.", who=who), advice)
            continue
        paid = course.world.get(Order, bought.order).total
        best = _best(course, wish)
        share = FULL * max(0, wish.budget - paid) // max(1, wish.budget - best)
        points = 0 if paid > wish.budget else min(FULL, 500 + share // 2)
        points = points if bought.minute < wish.deadline + DAY else points // 2
        why = _("{who} paid {paid:money} of a budget of {budget:money}.", who=who, paid=paid, budget=wish.budget)
        yield Occasion(points, numbers(bought), why, advice if points < FULL else None)


def _serves(course: Course, fact: ContractAccepted, wish: Brief) -> bool:
    return bool(course.world.get(Order, fact.order).quantity(wish.product) >= wish.quantity)


def _best(course: Course, wish: Brief) -> int:
    """The least that all of it could have cost, fen."""
    price: int = course.world.scenario.find("products", wish.product).price * wish.quantity * FAIR_PRICE // PPM
    return min(price, wish.rival) if wish.rival else price


@criterion("customer.in_time", ONLY, N_("Acts in time"), weight=2)
def in_time(course: Course, seat: str) -> Iterator[Occasion]:
    """Contracts, parcels, invoices, invitations and questions are dealt with while they matter."""
    advice = _("Look at what waits each morning: contracts and parcels first, then bills by their day.")
    mine = customers(course, seat)
    for fact, done, due in _papers(course):
        if fact.customer not in mine or (done is None and due > course.last):  # type: ignore[attr-defined]
            continue
        late = (done.minute if done is not None else course.last) - due
        points = 0 if done is None else punctual(DAY + max(0, late), DAY)
        who = course.name(fact.customer)  # type: ignore[attr-defined]
        if points >= FULL:
            why = _("{who} acted in time.", who=who)
        else:
            why = _("{who} let a paper lie {late:span} too long.", who=who, late=max(1, late))
        yield Occasion(points, numbers(fact, done), why, advice if points < FULL else None)


def _papers(course: Course) -> Iterator[tuple[Fact, Fact | None, int]]:
    """What waited for a customer, what it did, and until when it should have."""
    for approved in course.all(OrderApproved):
        yield (
            approved,
            _next(course, approved, "order", ContractAccepted, ContractDeclined, OrderCancelled),
            approved.minute + 2 * DAY,
        )
    for parcel in course.all(GoodsDelivered):
        yield parcel, _next(course, parcel, "shipment", GoodsReceived, GoodsRefused), parcel.minute + DAY
    for bill in course.all(InvoiceIssued):
        paid = next((each for each in course.where(PaymentMade, invoice=bill.invoice) if each.whole), None)
        if paid is not None or course.world.get(Invoice, bill.invoice).status in {"open", "late", "written_off"}:
            yield bill, paid, bill.due
    for call in course.all(TalkInvited):
        yield call, _next(course, call, "talk", TalkOpened, TalkDeclined), call.minute + DAY
    for word in course.all(MoveMade):
        yield word, _next(course, word, "talk", CustomerReplied, TalkClosed), word.minute + DAY


def _next(course: Course, fact: Fact, field: str, *kinds: type[Fact]) -> Fact | None:
    found = [course.first(kind, fact.number + 1, **{field: getattr(fact, field)}) for kind in kinds]
    return min((each for each in found if each is not None), key=lambda each: each.number, default=None)


@criterion("customer.truthful", ONLY, N_("Says what it feels"), weight=1)
def truthful(course: Course, seat: str) -> Iterator[Occasion]:
    """Feedback says how satisfied the customer is, neither kinder nor harsher."""
    advice = _("Give the score that your customer's satisfaction calls for, whoever served you.")
    mine = customers(course, seat)
    for fact in course.all(FeedbackGiven):
        if fact.customer not in mine or fact.number not in course.felt:
            continue
        feedback = course.world.get(Feedback, fact.feedback)
        felt = 1 + (4 * course.felt[fact.number] + PPM // 2) // PPM
        off = abs(feedback.score - felt)
        points = FULL if off <= 1 else 500 if off == 2 else 0
        why = _("{who} gave {score} of 5; {felt} would have been true.", who=course.name(fact.customer),
                score=fact.score, felt=felt)  # fmt: skip
        yield Occasion(points, numbers(fact), why, advice if points < FULL else None)
