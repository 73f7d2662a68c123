"""Criteria about opportunities: kept true while they are open, and closed with how they ended and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.company import SALES
from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    CustomerLeft,
    DealAgreed,
    NeedRevealed,
    OfferMade,
    OpportunityLost,
    OpportunityOpened,
    OpportunityWon,
    OrderSubmitted,
    StageMoved,
)
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.pipeline import stages
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criterion import FULL, Occasion, criterion

ONLY = (SALES,)
SHOWN_BY: tuple[tuple[type[Fact], str], ...] = (
    (NeedRevealed, "needs"),
    (OfferMade, "proposal"),
    (DealAgreed, "negotiation"),
)
STAGE, CLOSE, CHANCE = 700, 200, 100  # points for each part of a true opportunity
NO_FILE, BEHIND = 0, 300
OFF = 2 * DAY  # how far a close date may lie from the day that the customer named
SETTLED = 2  # working days in which a signature is handed over, and a loss written down after its time
GRACE = 3 * DAY  # how long after its own date a customer's silence counts as a loss
BY_DOUBT = {"worth": "price", "cash": "price", "price": "price", "rival": "rival", "delivery": "late", "quality": "fit"}
NO_HANDOVER, NO_REASON, OTHER_REASON = 600, 500, 400


def kept(course: Course) -> bool:
    """Whether the scenario has opportunities at all."""
    return bool(stages(course.world.scenario)) and course.world.scenario.tools.get("opportunities", True)


def stood_in(row: Any, minute: int) -> str:
    """The stage of an opportunity at a minute; "" before it was opened."""
    if minute < row.opened:
        return ""
    return str(next((stage for stage, entered, left in row.steps if entered <= minute < left), row.stage))


@criterion("sales.opportunities", ONLY, N_("Keeps opportunities true"), weight=2)
def opportunities(course: Course, seat: str) -> Iterator[Occasion]:
    """What a customer said or agreed shows in its opportunity a day later: the stage, the close date, the chance."""
    advice = _("Open an opportunity when a need is told, move its stage after each talk, and keep the customer's date.")
    if not kept(course):
        return
    known = [*stages(course.world.scenario), "won", "lost"]
    rows: dict[str, list[Any]] = {}
    for row in course.world.all(Opportunity):
        rows.setdefault(row.customer, []).append(row)
    for kind, stage in SHOWN_BY:
        seen: set[str] = set()
        for fact in course.where(kind, seat=seat):
            customer = fact.customer  # type: ignore[attr-defined]
            if customer in seen or getattr(fact, "topic", "need") != "need" or stage not in known:
                continue
            seen.add(customer)
            at = course.world.calendar.working_days_after(fact.minute, 1)
            if at > course.last or course.owner_at(customer, at) != seat:
                continue
            order = _written(course, customer, fact.minute, at)
            if order is not None:  # the deal is done: the order shows it better than an opportunity
                why = _("{who}: {what}", who=course.name(customer), what=_("the order showed it."))
                yield Occasion(FULL, numbers(fact, order), why)
                continue
            own = [each for each in rows.get(customer, ()) if each.owner == seat]
            points, what, row = _truth(course, own, customer, at, known.index(stage), known)
            shown = [*course.where(OpportunityOpened, opportunity=row.id)] if row is not None else []
            moved = [*course.where(StageMoved, opportunity=row.id)] if row is not None else []
            why = _("{who}: {what}", who=course.name(customer), what=what)
            yield Occasion(points, numbers(fact, *shown[:1], *moved[-1:]), why, advice if points < FULL else None)


def _written(course: Course, customer: str, since: int, until: int) -> OrderSubmitted | None:
    """An order of a customer that was written in a time; None when there is none."""
    return next(
        (each for each in course.where(OrderSubmitted, customer=customer) if since <= each.minute <= until), None
    )


def _truth(
    course: Course, rows: list[Any], customer: str, at: int, least: int, known: list[str]
) -> tuple[int, Any, Any]:
    """How true the customer's opportunity was at a minute, in points and words, and which it was."""
    stood = [(row, stood_in(row, at)) for row in rows]
    live = [(row, stage) for row, stage in stood if stage]
    if not live:
        return NO_FILE, _("nothing in the funnel showed it a day later."), None
    row, stage = max(live, key=lambda each: known.index(each[1]) if each[1] in known else -1)
    if stage in known and known.index(stage) < least:
        return BEHIND, _("the opportunity still stood in an earlier stage a day later."), row
    day = next((each.value for talk in course.world.all(Talk) if talk.customer == customer
                for each in talk.revealed if each.topic == "deadline"), None)  # fmt: skip
    near = day is None or abs(row.close - int(day)) <= OFF
    won = row.stage == "won"
    sure = row.manual < 0 or (row.manual >= 500_000) == won
    points = STAGE + (CLOSE if near else 0) + (CHANCE if sure else 0)
    if not near:
        return points, _("the close date is not the day that the customer named."), row
    if not sure:
        return points, _("the chance set by hand was far off."), row
    return points, _("the opportunity showed it."), row


@criterion("sales.endings", ONLY, N_("Says how deals ended, and why"), weight=1)
def endings(course: Course, seat: str) -> Iterator[Occasion]:
    """A signed deal is handed over to service; a lost one is closed with the reason that the talks show."""
    advice = _("Close each opportunity when it is decided: hand over what was won, name the cause of what was lost.")
    if not kept(course):
        return
    for fact in course.where(ContractAccepted, owner=seat):
        due = course.world.calendar.working_days_after(fact.minute, SETTLED)
        said = min((each.minute for each in course.where(NeedRevealed, customer=fact.customer)), default=fact.minute)
        day = course.world.calendar.working_days_after(said, 1)
        if _written(course, fact.customer, said, day) and not course.first(OpportunityOpened, customer=fact.customer):
            continue  # it was agreed and written on one day: there was no opportunity to close
        won = course.first(OpportunityWon, order=fact.order)
        if won is None and due > course.last:
            continue
        judgement = course.decision(won, "sales.handover") if won is not None else None
        told = judgement is not None and judgement.points >= FULL
        points = 0 if won is None else punctual(won.minute - fact.minute, due - fact.minute)
        points = points if told else points * NO_HANDOVER // FULL
        who = course.name(fact.customer)
        if won is None:
            why = _("{who} signed, and service was told nothing.", who=who)
        elif told:
            why = _("{who} signed and was handed over.", who=who)
        else:
            why = _("{who} was closed as won without a word for service.", who=who)
        yield Occasion(points, numbers(fact, won), why, advice if points < FULL else None)
    yield from _losses(course, seat, advice)


def _losses(course: Course, seat: str, advice: Any) -> Iterator[Occasion]:
    """Customers of this seat who told of a need and then turned away or declined for good."""
    signed = {each.customer for each in course.all(ContractAccepted)}
    gone: dict[str, Fact] = {}
    for fact in [*course.all(CustomerLeft), *course.all(ContractDeclined)]:
        customer = fact.customer  # type: ignore[attr-defined]
        told = any(each.topic == "need" for each in course.where(NeedRevealed, customer=customer))
        if told and customer not in signed and course.owner_at(customer, fact.minute) == seat:
            gone.setdefault(customer, fact)
    for customer, fact in gone.items():
        talks = [each for each in course.world.all(Talk) if each.customer == customer]
        named = max(
            (int(each.value) for talk in talks for each in talk.revealed if each.topic == "deadline"), default=0
        )
        due = course.world.calendar.working_days_after(max(fact.minute, named + GRACE), SETTLED)
        lost = course.first(OpportunityLost, customer=customer)
        if lost is None and due > course.last:
            continue
        doubts = {BY_DOUBT[each.objection] for each in talks if each.objection in BY_DOUBT}
        if lost is None:
            points, what = 0, _("was lost, and nobody wrote down why.")
        elif lost.reason == "unknown":
            points, what = (NO_REASON if doubts else FULL), _("was closed as lost, reason unknown.")
        elif doubts and lost.reason not in doubts:
            points, what = OTHER_REASON, _("was closed as lost for another reason than it gave.")
        else:
            points, what = FULL, _("was closed as lost with its reason.")
        why = _("{who} {what}", who=course.name(customer), what=what)
        yield Occasion(points, numbers(fact, lost), why, advice if points < FULL else None)
