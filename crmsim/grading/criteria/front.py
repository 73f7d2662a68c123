"""Criteria of the front desks and of everybody who talks: waiting, needs, contact details, files, triage."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.company import PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE
from crmsim.crm.facts import (
    CustomerRecorded,
    MoveMade,
    NextStepAgreed,
    TalkClosed,
    TalkInvited,
)
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, N_, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import in_time, numbers, punctual
from crmsim.grading.criteria.visits import CONTACT, Visit, leads, met, named, patience, showing, told, turns, visits
from crmsim.grading.criterion import FULL, Occasion, criterion

DESKS = (PROMOTER, RECEPTION)
FRONT = (PROMOTER, RECEPTION, PROSPECTOR)
TALKERS = (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
CALLERS = (PROSPECTOR, SALES, SERVICE)
WORTH_KNOWING = ("quantity", "deadline", "budget", "decision", "rival", "wish")
CLAIMED = {"need", "quantity", "deadline", "budget"}  # what is missed first
NEED, EACH, MOST = 400, 200, 3  # points for the need, for each thing more that was learned, and how many count
SHOWS = frozenset({"present", "quote", "discount"})


@criterion("talks.first_word", TALKERS, N_("Answers whoever waits"), weight=3)
def first_word(course: Course, seat: str) -> Iterator[Occasion]:
    """Visitors, callers and messages are answered before they tire of waiting."""
    advice = _(
        "Take whoever waits on a live channel first, then the oldest message; a short answer is enough to begin."
    )
    for visit in visits(course, seat):
        evidence = numbers(visit.asked, visit.taken, visit.missed)
        if visit.missed is not None:
            waited = course.waited(visit.asked.minute, visit.missed.minute)
            why = _("{who} gave up after {waited:span} at work.", who=_called(course, visit), waited=waited)
            yield Occasion(0, evidence, why, advice)
            continue
        end = visit.taken.minute if visit.taken is not None else None
        who = _called(course, visit)
        if occasion := in_time(course, who, visit.asked.minute, end, visit.limit, evidence, advice):
            yield occasion


def _called(course: Course, visit: Visit) -> str:
    return course.name(visit.talk.customer) if visit.talk.nature == "lead" else str(visit.talk.title)


@criterion("talks.pace", TALKERS, N_("Keeps talks going"), weight=2)
def pace(course: Course, seat: str) -> Iterator[Occasion]:
    """A customer who has said something hears the next word soon."""
    advice = _("Finish a talk that is open before you begin other work: the customer is waiting.")
    for fact, after in turns(course, seat):
        limit = patience(course, course.world.get(Talk, fact.talk).channel)
        end = after.minute if after is not None else None
        who = course.name(fact.customer)
        if occasion := in_time(course, who, fact.minute, end, limit, numbers(fact, after), advice):
            yield occasion


@criterion("talks.needs", FRONT, N_("Finds out what is needed"), weight=3)
def needs(course: Course, seat: str) -> Iterator[Occasion]:
    """Whoever comes as a lead tells what is needed, and three things more: how much, by when, for how much."""
    advice = _("Ask for the need first, then for quantity, date and budget, before the talk ends.")
    for visit in met(course, seat):
        learned = told(visit.talk)
        more = sum(topic in learned for topic in WORTH_KNOWING)
        points = (NEED if "need" in learned else 0) + EACH * min(MOST, more)
        who = course.name(visit.talk.customer)
        why = _("{who}: {count} things worth knowing were learned.", who=who, count=len(learned - CONTACT))
        if points < FULL:
            why = _("{who}: this never became known: {missing}.", who=who,
                    missing=named(CLAIMED - learned))  # fmt: skip
        yield Occasion(points, showing(visit.talk, visit.asked), why, advice if points < FULL else None)


@criterion("talks.shown", DESKS, N_("Shows what fits"), weight=2)
def shown(course: Course, seat: str) -> Iterator[Occasion]:
    """A lead tells its need and sees what fits it before the talk is over, unless somebody else stands waiting."""
    advice = _("When the need is told and nobody waits, present the product that fits: interest grows by it.")
    for visit in leads(course, seat):
        need = next((each for each in reversed(visit.talk.revealed) if each.topic == "need"), None)
        if visit.taken is None or _crowded(course, seat, visit, need.minute if need else visit.taken.minute):
            continue
        moves = course.where(MoveMade, talk=visit.talk.id)
        fits = next((each for each in moves if need and each.move in SHOWS and each.product == need.value), None)
        who = course.name(visit.talk.customer)
        why = _("{who} was shown what fits.", who=who) if fits else _("{who} saw nothing that fits.", who=who)
        yield Occasion(FULL if fits else 0, showing(visit.talk, visit.taken, fits), why, None if fits else advice)


def _crowded(course: Course, seat: str, visit: Visit, since: int) -> bool:
    """Whether somebody else stood at the booth or hung on the telephone between a minute of a live talk and its end."""
    live = {each.id for each in course.world.scenario.channels if each.live}
    if visit.talk.channel not in live:
        return False
    done = course.first(TalkClosed, visit.asked.number, talk=visit.talk.id)
    until = done.minute if done is not None else course.last
    return any(
        each.talk.id != visit.talk.id and each.asked.minute < until and (end is None or end.minute > since)
        for each in visits(course, seat) if each.talk.channel in live for end in (each.taken or each.missed,)
    )  # fmt: skip


@criterion("talks.contact", DESKS, N_("Gains contact details"), weight=2)
def contact(course: Course, seat: str) -> Iterator[Occasion]:
    """Every lead leaves a way to be reached."""
    advice = _("Ask for a phone number or an address before the talk ends, when the mood is good.")
    for visit in leads(course, seat):
        record = course.record_of(visit.talk.customer)
        before = record is not None and record.recorded <= visit.asked.minute
        gained = before or bool(CONTACT & told(visit.talk))
        who = course.name(visit.talk.customer)
        why = (
            _("{who} can be reached.", who=who) if gained else _("{who} went without leaving contact details.", who=who)
        )
        yield Occasion(FULL if gained else 0, showing(visit.talk, visit.asked), why, None if gained else advice)


@criterion("records.entry", DESKS, N_("Enters customers in time"), weight=2)
def entry(course: Course, seat: str) -> Iterator[Occasion]:
    """A new customer is on file within a working day of the first contact."""
    limit = course.world.scenario.office.record_minutes * course.world.calendar.minutes_a_day // DAY
    advice = _("Write the file right after the talk, while you know what was said.")
    for visit in leads(course, seat):
        record = course.record_of(visit.talk.customer)
        if record is not None and record.recorded <= visit.asked.minute:
            continue
        waited = course.waited(visit.asked.minute, None if record is None else record.recorded)
        if record is None and waited <= limit:
            continue
        recorded = course.first(CustomerRecorded, customer=visit.talk.customer)
        points = 0 if record is None else punctual(waited, limit)
        who = course.name(visit.talk.customer)
        if record is None:
            why = _("{who} was never put on file.", who=who)
        else:
            why = _("{who} was on file after {waited:span} at work.", who=who, waited=waited)
        yield Occasion(points, numbers(visit.asked, recorded), why, advice if points < FULL else None)


@criterion("records.complete", DESKS, N_("Files are full and true"), weight=3)
def complete(course: Course, seat: str) -> Iterator[Occasion]:
    """The file says what the customer said: all of it, and nothing else."""
    advice = _("Complete the file from what was said in the talk, field by field, and invent nothing.")
    for visit in leads(course, seat):
        record = course.record_of(visit.talk.customer)
        if record is not None and record.recorded <= visit.asked.minute:
            continue
        if record is None and course.last - visit.asked.minute <= course.world.scenario.office.record_minutes:
            continue
        made = course.first(CustomerRecorded, customer=visit.talk.customer)
        judgement = course.decision(made, "records.truth") if made is not None else None
        points = judgement.points if judgement is not None else 0
        who = course.name(visit.talk.customer)
        why = (
            _("{who}: {what}", who=who, what=judgement.why)
            if judgement
            else _("{who}: nothing that was said is on file.", who=who)
        )
        yield Occasion(points, showing(visit.talk, visit.asked, made), why, advice if points < FULL else None)


@criterion("reception.triage", DESKS, N_("Tells leads from the rest"), weight=2)
def triage(course: Course, seat: str) -> Iterator[Occasion]:
    """What is no lead is filed or passed on under its right name, and no lead is thrown away."""
    advice = _(
        "Read the subject first: file advertising and applications, forward matters of service, answer the rest."
    )
    judged = {entry.action.talk: (entry, each) for entry, each in course.judged("reception.triage", seat)}
    for visit in visits(course, seat):
        found = judged.get(visit.talk.id)
        if visit.asked.seat:  # type: ignore[attr-defined]
            continue
        if found is not None and (visit.talk.nature != "lead" or found[1].points < FULL):
            why = _("{who}: {what}", who=_called(course, visit), what=found[1].why)
            points, evidence = found[1].points, course.proof(found[0], visit.asked.number)
            yield Occasion(points, evidence, why, advice if points < FULL else None)
        elif visit.talk.nature != "lead" and (visit.taken is not None or visit.missed is not None):
            why = _("{who}: it was {nature:label}.", who=_called(course, visit), nature=visit.talk.nature)
            yield Occasion(
                400 if visit.taken is not None else 0, numbers(visit.asked, visit.taken, visit.missed), why, advice
            )


@criterion("talks.promises", CALLERS, N_("Keeps agreed next steps"), weight=2)
def promises(course: Course, seat: str) -> Iterator[Occasion]:
    """Whom one agreed to speak with again hears from the company on that day."""
    advice = _("Look at the agreed next steps each morning and call on the day itself.")
    for step in course.all(NextStepAgreed):
        if _answerable(course, step) != seat or step.when + 2 * DAY > course.last:
            continue
        contact = next((each for each in _contacts(course, step) if each.minute >= step.when - DAY), None)
        earlier = next(iter(_contacts(course, step)), None)
        if contact is None and earlier is not None:
            continue  # they spoke before the day came: nothing was left to keep
        late = 0 if contact is None else max(0, contact.minute - step.when - DAY)
        points = 0 if contact is None else punctual(DAY + late, DAY)
        who = course.name(step.customer)
        if contact is None:
            why = _("{who} was to hear from us on {when:day} and did not.", who=who, when=step.when)
        else:
            why = _(
                "{who} heard from us on {got:day}, as agreed for {when:day}.",
                who=who,
                got=contact.minute,
                when=step.when,
            )
        yield Occasion(points, numbers(step, contact), why, advice if points < FULL else None)


def _answerable(course: Course, step: NextStepAgreed) -> str:
    """Who has to keep a promise: the customer's owner on that day, else who gave it, if that desk can call at all."""
    owner = course.owner_at(step.customer, step.when)
    return owner or (step.seat if set(CALLERS) & set(course.roles(step.seat)) else "")


def _contacts(course: Course, step: NextStepAgreed) -> list[TalkInvited | TalkClosed]:
    found: list[TalkInvited | TalkClosed] = list(course.where(TalkInvited, customer=step.customer))
    found += course.where(TalkClosed, customer=step.customer)
    return sorted((each for each in found if each.number > step.number + 1), key=lambda each: each.number)
