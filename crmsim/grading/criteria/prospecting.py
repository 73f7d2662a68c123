"""Criteria of the prospector: those whom nobody looks after are woken, often enough, and never to their annoyance."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.company import PROSPECTOR
from crmsim.crm.facts import CustomerAssigned, CustomerRecorded, DayStarted, TalkDeclined, TalkInvited, TalkOpened
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, N_, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import numbers, punctual
from crmsim.grading.criteria.visits import CONTACT, told
from crmsim.grading.criterion import BY_THE_BOOK, FULL, Occasion, criterion

ONLY = (PROSPECTOR,)
EMPTY = frozenset({"greet", "ask_contact", "next_step", "close", "wait"})
WEEK = 7 * DAY
TRIED, ENOUGH = 700, 6  # points for having called without luck, and how many calls in three days are enough


@criterion("prospector.reach", ONLY, N_("Wakes those nobody looks after"), weight=3)
def reach(course: Course, seat: str) -> Iterator[Occasion]:
    """Customers on file whom nobody looks after hear from the company within some days."""
    advice = _("Work through the earlier customers without an owner, a few each day.")
    for record in course.world.all(Record):
        if not record.customer or record.recorded > course.last - 4 * DAY:
            continue
        given = course.first(CustomerAssigned, customer=record.customer)
        if record.owner and given is None:
            continue
        since = max(record.recorded, course.game.first_minute)
        if given is not None and given.minute < since + 4 * DAY:
            continue
        call = next(
            (each for each in course.where(TalkInvited, customer=record.customer) if each.minute >= since), None
        )
        waited = (course.last if call is None else call.minute) - since
        talk = course.world.get(Talk, call.talk) if call is not None else None
        empty = talk is not None and talk.answered >= 0 and not _asked_something(talk)
        points = 0 if call is None or empty else punctual(waited, 4 * DAY)
        who, made = course.name(record.customer), course.first(CustomerRecorded, customer=record.customer)
        if call is None:
            why = _("{who} has had no owner and heard nothing for {waited:span}.", who=who, waited=waited)
        elif empty:
            why = _("{who} was called and asked nothing.", who=who)
        else:
            why = _("{who} was invited after {waited:span}.", who=who, waited=waited)
        shown = numbers(made, call, given) or numbers(
            course.opening
        )  # those of the book have been there from the start
        yield Occasion(points, shown, why, advice if points < FULL else None)


def _asked_something(talk: Talk) -> bool:
    """Whether the company asked for a need or showed anything in a talk: a greeting or a number alone is none."""
    return any(each.by != talk.customer and each.move not in EMPTY for each in talk.says)


@criterion("prospector.tact", ONLY, N_("Disturbs nobody twice"), weight=2)
def tact(course: Course, seat: str) -> Iterator[Occasion]:
    """Who declines to talk is left alone for three days, and nobody is called until it is annoyed."""
    advice = _("After a no, leave at least three working days before you try again, and then another channel.")
    for no in course.where(TalkDeclined, seat=seat):
        if no.minute + 3 * DAY > course.last:
            continue
        calls = list(course.where(TalkInvited, customer=no.customer, seat=seat))
        again = next((each for each in calls if no.minute < each.minute < no.minute + 3 * DAY), None)
        annoyed = no.reason == "annoyed"
        who = course.name(no.customer)
        if again is not None:
            why = _("{who} declined and was called again after {waited:span}.", who=who,
                    waited=again.minute - no.minute)  # fmt: skip
        elif annoyed:
            why = _("{who} was annoyed by being called so often.", who=who)
        else:
            why = _("{who} declined and was left alone.", who=who)
        points = 0 if again is not None or annoyed else FULL
        yield Occasion(points, numbers(no, again), why, None if points else advice)


@criterion("prospector.activity", ONLY, N_("Brings somebody every few days"), weight=3, fewest=BY_THE_BOOK)
def activity(course: Course, seat: str) -> Iterator[Occasion]:
    """Every three working days somebody is won for a talk and something is learned, or whom nobody called for four
    weeks is invited at least; where nobody is left to be called there is no occasion."""
    advice = _("Invite two or three a day, those first whose need may be near; buy a list when nobody is left.")
    calendar, start = course.world.calendar, course.game.first_minute
    while (end := calendar.working_days_after(start, 3)) <= course.last:
        made = [each for each in course.where(TalkInvited, seat=seat) if start <= each.minute < end]
        ripe = set(_ripe(course, start, end))
        called = ripe & {each.customer for each in made}
        talks = [course.first(TalkOpened, each.number, talk=each.talk) for each in made]
        opened = [each for each in talks if each is not None]
        useful = [each for each in opened if told(course.world.get(Talk, each.talk)) - CONTACT]
        tried = TRIED * min(len(called), ENOUGH) // max(1, min(len(ripe), ENOUGH))
        day = next((each for each in course.all(DayStarted) if each.minute >= start // DAY * DAY), None)
        points = FULL if useful else tried
        why = _("From {day:day}: {calls} invited, {talks} accepted, {told} told something worth knowing.", day=start,
                calls=len(made), talks=len(opened), told=len(useful))  # fmt: skip
        if ripe or useful:
            shown = numbers(day, *made[:2], *opened[:2])
            yield Occasion(points, shown, why, advice if points < FULL else None)
        start = end


def _ripe(course: Course, start: int, end: int) -> Iterator[str]:
    """The customers on file without an owner whom nobody had invited for four weeks when a stretch of days began."""
    for record in course.world.all(Record):
        since = max(record.recorded, course.game.first_minute)
        given = course.first(CustomerAssigned, customer=record.customer)
        looked_after = bool(record.owner) if given is None else given.minute <= end
        if record.customer and since <= start and not looked_after:
            calls = course.where(TalkInvited, customer=record.customer)
            if not any(start - 4 * WEEK <= each.minute < start for each in calls):
                yield record.customer
