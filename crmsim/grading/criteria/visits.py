"""Whom the world brought to a desk: visitors, callers, messages, and customers who accepted an invitation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    CustomerReplied,
    MessageDismissed,
    MoveMade,
    TalkClosed,
    TalkMissed,
    TalkOpened,
    TalkRequested,
)
from crmsim.crm.naming import joined
from crmsim.crm.talk import TOPIC_LABELS, Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, Words, _
from crmsim.grading.course import Course

CONTACT = frozenset({"phone", "email", "contact"})
EMPTY = frozenset({"greet"})


class Visit(NamedTuple):
    """Somebody who waits, how the seat took it up (None: it did not), and how long one may be let wait."""

    talk: Talk
    asked: Fact
    taken: Fact | None
    missed: Fact | None
    limit: int

    @property
    def over(self) -> bool:
        """Whether nothing can be learned in it any more."""
        return self.talk.status in {"closed", "missed"}


def visits(course: Course, seat: str) -> Sequence[Visit]:
    """Everybody who waited for this seat, or at its desk and was not taken up by a colleague."""
    return course.once(_visits, seat)


def _visits(course: Course, seat: str) -> Iterator[Visit]:
    roles = course.roles(seat)
    for fact in course.all(TalkRequested):
        if fact.seat != seat and (fact.seat or fact.role not in roles):
            continue
        taken = _taken(course, fact)
        if taken is not None and taken.by != seat and not fact.seat:
            continue
        talk = course.world.get(Talk, fact.talk)
        missed = course.first(TalkMissed, fact.number, talk=fact.talk)
        yield Visit(talk, fact, taken, missed if taken is None else None, patience(course, talk.channel))


def _taken(course: Course, request: TalkRequested) -> Fact | None:
    """The first thing that was done about a request: an answer, filing it, passing it on."""
    kinds: tuple[type[Any], ...] = (TalkOpened, MessageDismissed, TalkRequested)
    found = [course.first(kind, request.number + 1, talk=request.talk) for kind in kinds]
    return min((each for each in found if each is not None), key=lambda fact: fact.number, default=None)


def patience(course: Course, channel: str) -> int:
    """Working minutes in which an answer is expected on a channel: half of what the middling customer bears."""
    scenario = course.world.scenario
    bears: int = next((each.patience_minutes for each in scenario.channels if each.id == channel), 480)
    answer: int = scenario.policies.first_answer_minutes
    return max(10, min(answer, bears // 2))


def leads(course: Course, seat: str) -> Iterator[Visit]:
    """The visits of people who may buy and were nobody's customers yet, once they are over or missed."""
    for visit in visits(course, seat):
        known = course.world.find(Customer, visit.talk.customer) is not None
        if visit.talk.nature == "lead" and known and not visit.asked.seat and visit.over:  # type: ignore[attr-defined]
            yield visit


def invited(course: Course, seat: str) -> Iterator[Visit]:
    """The customers who accepted an invitation of this seat, once the talk is over or has had a day."""
    for fact in course.where(TalkOpened, seat=seat):
        talk = course.world.get(Talk, fact.talk)
        if not talk.by_customer and (talk.status == "closed" or fact.minute + DAY <= course.last):
            spoke = course.first(MoveMade, fact.number, talk=fact.talk)
            yield Visit(talk, fact, spoke, None, patience(course, talk.channel))


def met(course: Course, seat: str) -> Iterator[Visit]:
    """All from whom this seat could learn something: leads at its desk, and those whom it invited."""
    yield from leads(course, seat)
    yield from invited(course, seat)


def turns(course: Course, seat: str) -> Iterator[tuple[CustomerReplied, Fact | None]]:
    """Each word of a customer that left the next to this seat, and what came next; another greeting is nothing."""
    for fact in course.where(CustomerReplied, seat=seat):
        closed = course.first(TalkClosed, fact.number, talk=fact.talk)
        if closed is not None and closed.by == fact.by and closed.minute == fact.minute:
            continue
        moves = course.where(MoveMade, talk=fact.talk)
        said = next((each for each in moves if each.number >= fact.number and each.move not in EMPTY), None)
        both = [each for each in (said, closed) if each is not None]
        yield fact, min(both, key=lambda each: each.number, default=None)


def told(talk: Talk) -> frozenset[str]:
    """The topics on which something was told in a talk."""
    return frozenset(each.topic for each in talk.revealed)


def showing(talk: Talk, *more: Fact | None) -> tuple[int, ...]:
    """The facts that show what a talk revealed, and others."""
    numbers = [each.number for each in more if each is not None]
    return tuple(dict.fromkeys((*numbers, *(each.fact for each in talk.revealed if each.fact >= 0))))[:6]


def named(topics: Set[str]) -> Words:
    """What customers tell, by its labels and in their order; "" of nothing."""
    return joined(_("{label:label}", label=label) for topic, label in TOPIC_LABELS.items() if topic in topics)
