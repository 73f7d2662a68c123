"""Criteria of the director: assigning, reviewing, publicity, stock, listening. Delays here are counted here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import DIRECTOR
from crmsim.crm.facts import (
    AdLaunched,
    CustomerAssigned,
    CustomerRecorded,
    DeliveryLate,
    GoodsReceived,
    OrderApproved,
    OrderCancelled,
    OrderRejected,
    OrderSubmitted,
    PromotionOpened,
    QuestionnaireSent,
    ReturnApproved,
    ReturnEndorsed,
    ReturnRefused,
    SurveyAssigned,
)
from crmsim.crm.order import Order
from crmsim.crm.publicity import Outcome, publicity
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, Message, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.fulfilling import out_of_stock, signed
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criterion import BY_THE_BOOK, FULL, Occasion, criterion

ONLY = (DIRECTOR,)
STRETCH = 3  # working days that publicity is looked at together
PPM = 1_000_000


def pool(course: Course) -> Iterator[tuple[CustomerRecorded, CustomerAssigned | None, int]]:
    """Customers put on file for the director to assign, and until when that is expected."""
    limit = course.world.scenario.office.pool_minutes
    for fact in course.all(CustomerRecorded):
        given = course.first(CustomerAssigned, fact.number, record=fact.record)
        due = course.world.calendar.next_open(fact.minute + limit)
        if given is not None or due <= course.last:
            yield fact, given, due


@criterion("director.assignment_delay", ONLY, N_("Assigns customers in time"), weight=2)
def assignment_delay(course: Course, seat: str) -> Iterator[Occasion]:
    """A new customer has an owner within the time set for the pool."""
    advice = _("Empty the customer pool twice a day; several customers can be assigned at once.")
    for fact, given, due in pool(course):
        waited = (given.minute if given is not None else course.last) - fact.minute
        points = punctual(waited, due - fact.minute) if given is not None else 0
        who = course.name(fact.customer) or fact.record
        if given is None:
            why = _("{who} never got an owner.", who=who)
        else:
            why = _("{who} had an owner after {waited:span}.", who=who, waited=waited)
        yield Occasion(points, numbers(fact, given), why, advice if points < FULL else None)


@criterion("director.assignments", ONLY, N_("Assigns to whom it fits"), weight=2)
def assignments(course: Course, seat: str) -> Iterator[Occasion]:
    """Region, knowledge of the product and room on the desk decide who gets a customer."""
    advice = _("Compare region, product knowledge and load before you assign; the form suggests the best fit.")
    for fact, given, _due in pool(course):
        found = [each for entry, each in course.judged("director.assignments", seat)
                 if given is not None and fact.number in each.evidence and entry.minute == given.minute]  # fmt: skip
        who = course.name(fact.customer) or fact.record
        if given is None or not found:
            yield Occasion(0, numbers(fact, given), _("{who} never got an owner.", who=who), advice)
            continue
        yield Occasion(found[0].points, numbers(fact, given), found[0].why, advice if found[0].points < FULL else None)


UNDECIDED = N_("nobody decided")
CELLS = {
    (True, True): N_("sound, approved"),
    (True, False): N_("sound, sent back"),
    (False, True): N_("unsound, approved"),
    (False, False): N_("unsound, sent back"),
}


def matrix_cell(points: int, approved: bool) -> str:
    """Where a decision stands in the matrix of policy and practice, by its points."""
    right = points * 2 >= FULL
    return CELLS[right == approved, approved]


class Submission(NamedTuple):
    """An order put before the director, and what became of it; `number` is that of the fact that shows it."""

    order: str
    minute: int
    number: int
    done: Fact | None


def reviewed(course: Course) -> dict[str, list[Submission]]:
    """Every order's submissions, those that lay there on the first day included; not those withdrawn."""
    found: dict[str, list[Submission]] = {}
    papers = [(each.order, each.minute, each.number) for each in course.all(OrderSubmitted)]
    fresh = {order for order, _minute, _number in papers}
    for old in course.world.all(Order):
        decided = course.first(OrderApproved, order=old.id) or course.first(OrderRejected, order=old.id)
        if old.id not in fresh and (old.status == "submitted" or decided is not None):
            papers.append((old.id, course.game.first_minute, course.opening.number))
    for order, minute, number in papers:
        kinds = (OrderApproved, OrderRejected, OrderCancelled)
        ends = [course.first(kind, number, order=order) for kind in kinds]
        done = min((each for each in ends if each is not None), key=lambda each: each.number, default=None)
        if not isinstance(done, OrderCancelled):
            found.setdefault(order, []).append(Submission(order, minute, number, done))
    return found


@criterion("director.reviews", ONLY, N_("Reviews orders rightly"), weight=3)
def reviews(course: Course, seat: str) -> Iterator[Occasion]:
    """Sound orders are approved, unsound ones sent back; what is slight or cannot be mended may pass with a reason."""
    advice = _("Check discount, credit, late payments, the agreement and the stock before you sign.")
    limit = course.world.scenario.office.review_minutes
    for order, papers in reviewed(course).items():
        worst: tuple[int, Message, Submission] | None = None
        for paper in papers:
            if paper.done is None and course.last - paper.minute <= limit:
                continue
            judgement = course.decision(paper.done, "director.reviews") if paper.done is not None else None
            points = judgement.points if judgement is not None else 0
            what = judgement.why if judgement is not None else _("Nobody reviewed it.")
            if worst is None or points < worst[0]:
                worst = (points, what, paper)
        if worst is not None:
            points, what, paper = worst
            evidence = (paper.number, *numbers(paper.done))
            why = _("{who}: {what}", who=course.paper(course.world.get(Order, order)), what=what)
            cell = matrix_cell(points, isinstance(paper.done, OrderApproved)) if paper.done is not None else UNDECIDED
            yield Occasion(points, evidence, why, advice if points < FULL else None, cell)


@criterion("director.review_delay", ONLY, N_("Reviews orders in time"), weight=2)
def review_delay(course: Course, seat: str) -> Iterator[Occasion]:
    """Nobody waits for a signature longer than the time set: what is late because of it counts here."""
    limit = course.world.scenario.office.review_minutes
    advice = _("Review orders as they come: a promised day does not wait for a signature.")
    for id, papers in reviewed(course).items():
        due = [each for each in papers if each.done is not None or course.last - each.minute > limit]
        if not due:
            continue
        paper = max(due, key=lambda each: (each.done.minute if each.done is not None else course.last) - each.minute)
        waited = (paper.done.minute if paper.done is not None else course.last) - paper.minute
        allowed = max(limit, course.world.calendar.next_open(paper.minute + limit) - paper.minute)
        points = punctual(waited, allowed) if paper.done is not None else 0
        late = course.first(DeliveryLate, order=id) if points < FULL else None
        who = course.paper(course.world.get(Order, id))
        if paper.done is None:
            why = _("{who}: nobody reviewed it for {waited:span}.", who=who, waited=waited)
        else:
            why = _("{who}: reviewed after {waited:span}.", who=who, waited=waited)
        evidence = (paper.number, *numbers(paper.done, late))
        yield Occasion(points if late is None else points // 2, evidence, why, advice if points < FULL else None)


@criterion("director.returns", ONLY, N_("Decides returns rightly and soon"), weight=2, fewest=BY_THE_BOOK)
def returns(course: Course, seat: str) -> Iterator[Occasion]:
    """A return within policy is approved, another refused with a reason, within the time set for reviews."""
    limit = course.world.scenario.office.review_minutes
    advice = _("Read the claim and the window; a quick no with a reason costs less than a slow yes.")
    for fact in course.all(ReturnEndorsed):
        yes = course.first(ReturnApproved, fact.number, request=fact.request)
        no = course.first(ReturnRefused, fact.number, request=fact.request)
        done = yes or no
        waited = (done.minute if done is not None else course.last) - fact.minute
        if done is None and waited <= limit:
            continue
        judgement = course.decision(done, "director.returns") if done is not None else None
        timely = punctual(waited, max(limit, course.world.calendar.next_open(fact.minute + limit) - fact.minute))
        points = judgement.points * (500 + timely // 2) // FULL if judgement is not None else 0
        what = judgement.why if judgement is not None else _("Nobody reviewed it.")
        why = _("{who}: {what}", who=course.name(fact.customer), what=what)
        cell = UNDECIDED
        if judgement is not None:
            cell = matrix_cell(judgement.points, isinstance(done, ReturnApproved))
        yield Occasion(points, numbers(fact, done), why, advice if points < FULL else None, cell)


def _span(course: Course, outcome: Outcome) -> tuple[int, int]:
    """From when to when an advert or a booth ran."""
    for kind in (Advert, Promotion):
        found = course.world.find(kind, outcome.id)
        if found is not None:
            return found.start, min(found.end + DAY, course.last)
    return outcome.start, course.last


@criterion("director.publicity", ONLY, N_("Publicity pays for itself"), weight=3)
def publicity_return(course: Course, seat: str) -> Iterator[Occasion]:
    """At any time the company is heard of, and what that costs comes back as margin."""
    advice = _("Keep one or two adverts in the media your customers follow, and drop those that bring nobody.")
    spans = [(each, *_span(course, each)) for each in publicity(course.world)]
    calendar, first = course.world.calendar, course.game.first_minute
    start = first
    while (end := calendar.working_days_after(start, STRETCH)) <= course.last:
        ran = [each for each, since, until in spans if since < end and until > start and each.start >= 0 and each.cost]
        cost, margin = sum(each.cost for each in ran), sum(each.margin for each in ran)
        points = min(FULL, FULL * margin // cost) if cost else 0
        if ran:
            why = _("From {day:day}: {margin:money} of margin for {cost:money} of publicity.", day=start,
                    margin=margin, cost=cost)  # fmt: skip
        else:
            why = _("From {day:day} nothing told anybody of the company.", day=start)
        ids = {each.id for each in ran}
        shown = [each for each in course.all(AdLaunched) if each.advert in ids]
        opened = [each for each in course.all(PromotionOpened) if each.promotion in ids]
        day = next((each for each in course.facts if each.minute >= start), None)
        evidence = numbers(*shown[:3], *opened[:1]) or numbers(day)
        yield Occasion(max(0, points), evidence, why, advice if points < FULL else None)
        start = end


@criterion("director.stock", ONLY, N_("Goods are there when they are sold"), weight=2)
def stock(course: Course, seat: str) -> Iterator[Occasion]:
    """No promised day is missed for want of goods."""
    advice = _("Order goods when what is promised comes near what is in the house; mind the supplier's lead time.")
    for fact, order in signed(course, ""):
        arrival = out_of_stock(course, fact, order)
        late = course.first(DeliveryLate, order=order.id)
        missed = late is not None and (arrival is not None or not order.shipped)
        who = course.paper(order)
        why = _("{who} waited for goods.", who=who) if missed else _("{who}: the goods were there.", who=who)
        yield Occasion(0 if missed else FULL, numbers(fact, arrival, late), why, advice if missed else None)


@criterion("director.survey", ONLY, N_("Asks customers what they think"), weight=3)
def survey(course: Course, seat: str) -> Iterator[Occasion]:
    """Whoever received goods is asked, by a survey that was designed and given to an agent."""
    advice = _("Design a short survey in the first week, assign it to an agent, and have it sent to buyers.")
    given = next(iter(course.all(SurveyAssigned)), None)
    for fact in course.all(GoodsReceived):
        if fact.minute > course.last - 5 * DAY:
            continue
        sent = course.first(QuestionnaireSent, customer=fact.customer)
        points = FULL if sent is not None else 500 if given is not None else 0
        who = course.name(fact.customer)
        why = _("{who} was asked.", who=who) if sent is not None else _("{who} bought and was not asked.", who=who)
        yield Occasion(points, numbers(fact, given, sent), why, advice if points < FULL else None)
