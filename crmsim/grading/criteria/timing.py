"""How waiting is scored, alike in every criterion."""

from __future__ import annotations

from crmsim.engine.words import Message, Words, _
from crmsim.grading.course import Course
from crmsim.grading.criterion import FULL, Occasion

GRACE = 2  # so many limits late earns nothing any more


def punctual(waited: int, limit: int) -> int:
    """Points for a wait: all within the limit, then less and less, none at three times the limit."""
    limit = max(1, limit)
    return FULL if waited <= limit else max(0, FULL - FULL * (waited - limit) // (GRACE * limit))


def in_time(
    course: Course,
    who: Words,
    start: int,
    end: int | None,
    limit: int,
    evidence: tuple[int, ...],
    advice: Message,
) -> Occasion | None:
    """An occasion to act within `limit` working minutes; None while it has not fallen due and nothing was done."""
    waited = course.waited(start, end)
    if end is None:
        if waited <= limit:
            return None
        why = _(
            "{who}: nothing came in {waited:span} at work; {limit:span} were allowed.",
            who=who,
            waited=waited,
            limit=limit,
        )
        return Occasion(0, evidence, why, advice)
    points = punctual(waited, limit)
    why = _("{who}: after {waited:span} at work; {limit:span} were allowed.", who=who, waited=waited, limit=limit)
    return Occasion(points, evidence, why, None if points >= FULL else advice)


def numbers(*facts: object) -> tuple[int, ...]:
    """The numbers of those facts that there are."""
    return tuple(fact.number for fact in facts if fact is not None)  # type: ignore[attr-defined]
