"""A criterion about decisions by figures: written down with what they should bring, and judged by what followed."""

from __future__ import annotations

from collections.abc import Iterator

from crmsim.crm.analysis.all import FIGURES
from crmsim.crm.company import DIRECTOR
from crmsim.crm.decision import Decision
from crmsim.crm.facts import DecisionCompared, DecisionRecorded
from crmsim.engine.words import N_, Message, _
from crmsim.grading.course import Course
from crmsim.grading.criteria.timing import numbers
from crmsim.grading.criterion import FULL, Occasion, criterion

STRETCH = 3  # working days in which a director should have decided something by the figures
READ = 500  # points for a note that rests on a figure that could be read
GUESSED = 200  # and for one that rests on nothing
TOTALS = ("", "count", "money")  # what is counted up rises by itself: to expect that is no merit


@criterion("director.decisions", (DIRECTOR,), N_("Decides by the figures"), weight=1)
def decisions(course: Course, seat: str) -> Iterator[Occasion]:
    """Every three working days a decision is written down that rests on a figure, and what followed proves it right."""
    if not course.world.scenario.tools.get("reports", True):
        return
    calendar, start = course.world.calendar, course.game.first_minute
    while (end := calendar.working_days_after(start, STRETCH)) <= course.last:
        mine = [each for each in course.where(DecisionRecorded, seat=seat) if start <= each.minute < end]
        yield max((_judged(course, each) for each in mine), key=lambda each: each.points, default=_none(start))
        start = end


def _none(start: int) -> Occasion:
    return Occasion(
        0, (), _("Nothing was decided by the figures in the days from {when:day} on.", when=start),
        _("Read a report, write down what you decide, and name the figure and the day by which it will show."),
    )  # fmt: skip


def _judged(course: Course, fact: DecisionRecorded) -> Occasion:
    note = course.world.get(Decision, fact.decision)
    followed = course.first(DecisionCompared, fact.number, decision=note.id)
    judgement = course.decision(fact, "analysis.decisions")
    points = READ if judgement is not None and judgement.points == FULL else GUESSED
    advice: Message | None = None
    name = _("{figure:label} · {paper}", figure=FIGURES[note.figure].label, paper=note.id)
    if followed is None:
        why = _("{decision}: its day had not come when the game ended.", decision=name)
    elif note.status != "met":
        why = _("{decision}: the figure did not go as expected.", decision=name)
        advice = _("Ask what moves the figure, and whether your decision does, before you name what it should bring.")
    elif FIGURES[note.figure].unit in TOTALS and note.direction == "up":
        why = _("{decision}: the figure rose, as what is counted up always does.", decision=name)
        advice = _("Expect something of a share, a length of time or a score: a total rises by itself.")
    else:
        points, why = points + FULL - READ, _("{decision}: the figure went as expected.", decision=name)
    return Occasion(points, numbers(fact, followed), why, advice)
