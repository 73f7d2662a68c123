"""Criteria of sales, first contact to last fen. What a late approval or empty stock caused is not counted here."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.checks import PROVEN_BY
from crmsim.crm.company import SALES
from crmsim.crm.facts import (
    CustomerAssigned,
    CustomerReplied,
    DealAgreed,
    MoveMade,
    NeedRevealed,
    OfferMade,
    OrderCancelled,
    OrderRejected,
    OrderSubmitted,
    TalkDeclined,
    TalkInvited,
)
from crmsim.crm.order import Order
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, Message, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criteria.visits import named
from crmsim.grading.criterion import FULL, Occasion, criterion

ONLY = (SALES,)
PRICE_DOUBTS = frozenset({"worth", "cash", "rival"})
DECIDING = frozenset({"ask_order", "next_step"})
BESIDES = frozenset({"quantity", "budget", "deadline", "decision"})  # three of these, and the need, are enough
HALF_DAY = 4 * 60  # working minutes
PAPER = ("sales.matches_agreement", "sales.promise")  # as what an order is judged


def assigned(course: Course, seat: str) -> Iterator[tuple[CustomerAssigned, int]]:
    """The customers given to a seat, and when it should have spoken to them; not those taken away before."""
    calendar, limit = course.world.calendar, course.world.scenario.policies.first_contact_minutes
    for fact in course.where(CustomerAssigned, owner=seat):
        due = calendar.next_open(fact.minute + limit)
        moved = next(
            (each for each in course.where(CustomerAssigned, record=fact.record) if each.number > fact.number), None
        )
        if fact.customer and (moved is None or moved.minute > due):
            yield fact, due


def _spoke(course: Course, seat: str, fact: CustomerAssigned) -> Fact | None:
    """The seat's first word to a customer, or its invitation, after the assignment."""
    found: list[Fact] = [*course.where(TalkInvited, customer=fact.customer, seat=seat)]
    found += course.where(MoveMade, customer=fact.customer, seat=seat)
    return min((each for each in found if each.number > fact.number), key=lambda each: each.number, default=None)


@criterion("sales.first_contact", ONLY, N_("Makes first contact in time"), weight=3)
def first_contact(course: Course, seat: str) -> Iterator[Occasion]:
    """A customer who was assigned hears from its owner within the limit."""
    advice = _("Call the newly assigned on the day they come: interest cools by the hour.")
    for fact, due in assigned(course, seat):
        spoke = _spoke(course, seat, fact)
        if spoke is None and due > course.last:
            continue
        who = course.name(fact.customer)
        if spoke is None:
            why = _("{who} never heard from its owner.", who=who)
            yield Occasion(0, numbers(fact), why, advice)
            continue
        limit = due - fact.minute
        points = punctual(spoke.minute - fact.minute, limit)
        why = _("{who} heard from its owner after {waited:span}.", who=who, waited=spoke.minute - fact.minute)
        yield Occasion(points, numbers(fact, spoke), why, advice if points < FULL else None)


def _dealt(course: Course, seat: str) -> Iterator[tuple[CustomerAssigned, list[Talk]]]:
    """Each customer once, with its talks with this seat; those who would not talk are left out."""
    seen: set[str] = set()
    for fact, due in assigned(course, seat):
        if fact.customer in seen:
            continue
        seen.add(fact.customer)
        talks = [
            each
            for each in course.world.all(Talk)
            if each.customer == fact.customer and each.seat == seat and each.answered >= 0 and each.status == "closed"
        ]
        refused = course.first(TalkDeclined, customer=fact.customer, seat=seat) is not None
        if talks or (due <= course.last and not refused and _spoke(course, seat, fact) is None):
            yield fact, talks


@criterion("sales.needs", ONLY, N_("Needs before offers"), weight=3)
def needs(course: Course, seat: str) -> Iterator[Occasion]:
    """Before a price is named, the need is known: what, how much, by when, for how much."""
    advice = _("Read the file, ask for what is missing, and only then name a price.")
    for fact, talks in _dealt(course, seat):
        offer = course.first(OfferMade, customer=fact.customer, seat=seat)
        until = offer.minute if offer is not None else course.last
        known = {each.topic for talk in course.world.all(Talk) if talk.customer == fact.customer
                 for each in talk.revealed if each.minute <= until}  # fmt: skip
        known |= _on_file(course, fact.customer, until)
        who = course.name(fact.customer)
        shown = tuple(each.fact for talk in talks for each in talk.revealed if each.fact >= 0)[:4]
        points, why = 0, _("{who} never heard from its owner.", who=who)
        if talks:
            points = (500 if "need" in known else 0) + min(500, 170 * len(known & BESIDES))
            why = _before_a_price(who, known, offer is not None)
        yield Occasion(points, (*numbers(fact), *shown, *numbers(offer)), why, advice if points < FULL else None)


def _before_a_price(who: str, known: set[str], offered: bool) -> Message:
    """What was not known of a need when a price was named, or never became known."""
    missing = named({"need", *BESIDES} - known)
    if not missing:
        return _("{who}: all that matters was known in time.", who=who)
    if offered:
        return _("{who}: a price was named before this was known: {missing}.", who=who, missing=missing)
    return _("{who}: this never became known: {missing}.", who=who, missing=missing)


def _on_file(course: Course, customer: str, minute: int) -> set[str]:
    """What could be read in a customer's file at a minute."""
    record = course.record_of(customer)
    return {
        topic for field, topic in PROVEN_BY.items()
        if record is not None and record.recorded <= minute and course.stood(record, field, minute) not in ("", 0, "0")
    }  # fmt: skip


@criterion("sales.closing", ONLY, N_("Asks for the order"), weight=3)
def closing(course: Course, seat: str) -> Iterator[Occasion]:
    """Who heard a price is asked for the order, or agrees on a next step, before the talk is over; who heard none is
    no occasion here."""
    advice = _("When the price is named and the doubts are met, ask for the order, or agree when to speak again.")
    for fact, talks in _dealt(course, seat):
        offer = course.first(OfferMade, customer=fact.customer, seat=seat)
        if offer is None:
            continue  # whether a price was named counts where what fits is offered
        moves = [each for each in course.where(MoveMade, customer=fact.customer, seat=seat)
                 if each.number > offer.number]  # fmt: skip
        asked = next((each for each in moves if each.move in DECIDING), None)
        if asked is None and not moves and talks[-1].ending in {"left", "later"}:
            continue  # it turned away at the price itself
        who = course.name(fact.customer)
        if asked is None:
            why = _("{who} heard a price and was never asked for the order.", who=who)
        else:
            why = _("{who} was asked to decide.", who=who)
        points = FULL if asked is not None else 0
        yield Occasion(points, numbers(fact, offer, asked), why, None if points else advice)


@criterion("sales.fit", ONLY, N_("Offers what fits"), weight=2)
def fit(course: Course, seat: str) -> Iterator[Occasion]:
    """Who told its need is offered that, and hears a price."""
    advice = _("Name a price for the very product the customer spoke of before the talk ends.")
    for fact, talks in _dealt(course, seat):
        said = [each for each in course.where(NeedRevealed, customer=fact.customer) if each.topic == "need"]
        if talks and not said:
            continue
        offers = list(course.where(OfferMade, customer=fact.customer, seat=seat))
        wanted = said[-1].value if said else ""
        right = next((each for each in offers if each.product == wanted), None)
        points = FULL if right is not None else 200 if offers else 0
        who = course.name(fact.customer)
        if right is not None:
            why = _("{who} was offered what it needs.", who=who)
        elif offers:
            why = _("{who} was offered something else than it needs.", who=who)
        else:
            why = _("{who} heard no price.", who=who)
        yield Occasion(
            points, numbers(fact, *said[-1:], right or next(iter(offers), None)), why, advice if points < FULL else None
        )


def _doubts_price(reply: CustomerReplied) -> bool:
    """Whether a customer named the price as an obstacle, in answer or of its own accord."""
    brought_up = {each.partition("/")[0].partition("_")[2] for each in reply.line.split()}
    return reply.topic in PRICE_DOUBTS or bool(PRICE_DOUBTS & brought_up)


@criterion("sales.discount", ONLY, N_("Gives discounts for a reason"), weight=2)
def discount(course: Course, seat: str) -> Iterator[Occasion]:
    """A discount answers a doubt about the price, keeps to the limit, and is no more than it must be."""
    advice = _(
        "Hold the price until the customer names it as the obstacle; then try a proof first, and half the limit."
    )
    limit = course.world.scenario.policies.discount_limit
    for fact, _talks in _dealt(course, seat):
        offers = list(course.where(OfferMade, customer=fact.customer, seat=seat))
        given = [each for each in offers if each.discount]
        most = max((each.discount for each in given), default=0)
        doubt = next((each for each in course.where(CustomerReplied, customer=fact.customer, seat=seat)
                      if given and each.number < given[0].number and _doubts_price(each)), None)  # fmt: skip
        who = course.name(fact.customer)
        if not offers:
            continue  # whether a price was named counts where what fits is offered
        if not given:
            points, why = FULL, _("{who}: the price was held.", who=who)
        else:
            points = 0 if most > limit else 200 if doubt is None else FULL if most <= limit // 2 else 600
            why = _(
                "{who}: {share:percent} of discount, the limit is {limit:percent}.", who=who, share=most, limit=limit
            )
        yield Occasion(points, numbers(fact, doubt, *given[:2] or offers[:1]), why, advice if points < FULL else None)


def deals(course: Course, seat: str) -> Iterator[tuple[DealAgreed, OrderSubmitted | None]]:
    """What customers agreed to, where this seat is to write the order, and the order."""
    for fact in course.all(DealAgreed):
        owner = course.owner_at(fact.customer, fact.minute + DAY) or fact.seat
        order = next(
            (each for each in course.where(OrderSubmitted, customer=fact.customer) if each.number > fact.number), None
        )
        if (order.owner if order is not None else owner) != seat:
            continue
        if order is not None or fact.minute + DAY <= course.last:
            yield fact, order


@criterion("sales.matches_agreement", ONLY, N_("Orders as agreed, at once"), weight=5)
def matches(course: Course, seat: str) -> Iterator[Occasion]:
    """The order says what was agreed, names a day that can be kept, and is written within half a day."""
    advice = _("Write the order while the customer still means it; look at the stock before you write a day.")
    for fact, order in deals(course, seat):
        who = course.name(fact.customer)
        said, day = (course.decision(order, each) if order is not None else None for each in PAPER)
        if order is None or said is None:
            yield Occasion(0, numbers(fact, order), _("{who} agreed, and no order was written.", who=who), advice)
            continue
        weaker = said if day is None or said.points <= day.points else day
        waited = course.waited(fact.minute, order.minute)
        timely = punctual(waited, HALF_DAY)
        points = (said.points + (day or said).points) // 2 * (FULL + timely) // (2 * FULL)
        if timely < weaker.points:
            why = _("{who}: the order came after {waited:span} at work.", who=who, waited=waited)
        else:
            why = _("{who}: {what}", who=who, what=weaker.why)
        yield Occasion(points, numbers(fact, order), why, advice if points < FULL else None)


@criterion("sales.revise", ONLY, N_("Mends what came back"), weight=1)
def revise(course: Course, seat: str) -> Iterator[Occasion]:
    """An order that the director sent back is mended or withdrawn within half a working day."""
    advice = _("Read the reason, mend the order the same day, and tell the customer what changes.")
    seen: set[str] = set()
    for fact in course.where(OrderRejected, owner=seat):
        if fact.order in seen:
            continue
        seen.add(fact.order)
        again = course.first(OrderSubmitted, fact.number, order=fact.order)
        over = course.first(OrderCancelled, fact.number, order=fact.order)
        done = min((each for each in (again, over) if each is not None), key=lambda each: each.number, default=None)
        waited = course.waited(fact.minute, done.minute if done is not None else None)
        if done is None and waited <= HALF_DAY:
            continue
        points = punctual(waited, HALF_DAY) if done is not None else 0
        twice = course.first(OrderRejected, fact.number + 1, order=fact.order)
        who = course.paper(course.world.get(Order, fact.order))
        if twice is not None:
            points, why = min(points, 300), _("{who} came back again: it was not mended.", who=who)
        else:
            why = _("{who}: after {waited:span} at work; {limit:span} were allowed.", who=who, waited=waited,
                    limit=HALF_DAY)  # fmt: skip
        yield Occasion(points, numbers(fact, done, twice), why, advice if points < FULL else None)
