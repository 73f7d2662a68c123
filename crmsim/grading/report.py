"""The grade of a game: for every seat its verdicts and score, and the team's result apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from crmsim.crm.company import INSTRUCTOR, Playable, Staff
from crmsim.crm.figures import figures
from crmsim.crm.naming import slots_of
from crmsim.engine.errors import BadInput
from crmsim.engine.facts import Fact
from crmsim.engine.words import UNDATED, Dates, Message, Say, _, render
from crmsim.game.crew import BOT
from crmsim.game.replay import uncollected
from crmsim.grading.course import OVER, Course
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FEWEST, FULL, LEAST_PART, Criterion, Occasion, Verdict, scaled
from crmsim.grading.outcome import Outcome, outcome
from crmsim.grading.titles import Challenge, challenges, titles
from crmsim.scenarios.schema import CriterionWeight

MOST_EVIDENCE = 60
LEAST_GAIN = 10  # hundredths of a point: what would earn less is no change worth naming
WHOLE = 10_000  # hundredths of a point: the most a seat can earn

Rubric = Mapping[str, CriterionWeight]


class Evidence(msgspec.Struct, frozen=True):
    """A fact that a verdict rests on, as a sentence."""

    number: int
    minute: int
    words: Message


class Told(Mapping[int, Evidence]):
    """The facts that verdicts cite, each put into words when somebody reads it: a class's marks need none."""

    def __init__(self, course: Course, cited: Sequence[int]) -> None:
        self._course, self._view = course, course.game.view(INSTRUCTOR)
        self._told: dict[int, Evidence | None] = dict.fromkeys(cited)

    def __getitem__(self, number: int) -> Evidence:
        found = self._told[number]
        if found is None:
            found = self._told[number] = _told(self._course, self._view, self._course.facts[number])
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


class SeatReport(msgspec.Struct, frozen=True):
    """How one seat handled what came to it. `score`: hundredths of a point of 100; None when nothing was scored."""

    seat: str
    name: str
    roles: tuple[str, ...]
    holder: str
    score: int | None
    verdicts: tuple[Verdict, ...]

    @property
    def person(self) -> bool:
        """Whether a person holds the seat."""
        return bool(self.holder) and not self.holder.startswith(BOT)


class Report(msgspec.Struct, frozen=True):
    """The grade of one game. `early` says that it was left before its last day: what fell due until then counts."""

    scenario: str
    title: Any
    seed: int
    student: str
    day: int
    days: int
    early: bool
    practice: bool
    pass_mark: int
    team: dict[str, int]
    seats: tuple[SeatReport, ...]
    evidence: Told
    outcome: Outcome | None = None
    challenges: tuple[Challenge, ...] = ()
    by_hand: bool = False
    outcome_share: int = 0  # per cent of a mark that the outcome stands for
    dates: Dates = UNDATED


@uncollected()
def grade_course(course: Course, *, outcomes: bool = False, rubric: Rubric | None = None) -> Report:
    """Grade a game that is over. With `outcomes` its result is also set against a novice and an expert company's."""
    game = course.game
    if not game.ended:
        raise BadInput(OVER)
    calendar, share = game.world.calendar, game.scenario.outcome_share
    today = (max(game.minute, 1) - 1) // 1440 + 1
    weights = game.scenario.rubric if rubric is None else rubric
    seats = tuple(_grade_seat(course, seat, weights) for seat in _graded_seats(course))
    cited = sorted({number for seat in seats for each in seat.verdicts for number in each.evidence})
    return Report(
        scenario=game.scenario.meta.id, title=game.scenario.meta.title, seed=game.seed, student=game.student,
        day=sum(calendar.works_on(day) for day in range(1, today + 1)), days=game.scenario.calendar.days,
        early=game.minute < game.end_minute, practice=game.practice, pass_mark=game.scenario.pass_mark,
        team=figures(game.world), seats=seats, evidence=Told(course, cited),
        outcome=outcome(course) if outcomes or share else None, challenges=challenges(game),
        by_hand=game.scenario.by_hand, outcome_share=share, dates=game.scenario.calendar.dates,
    )  # fmt: skip


def _told(course: Course, view: Any, fact: Fact) -> Evidence:
    """A fact in names that people know; the game is over, and customers that nobody filed have theirs, too."""
    slots = slots_of(view, fact)
    customer = getattr(fact, "customer", "")
    if isinstance(customer, str) and (name := course.name(customer)) != customer:
        slots["customer"] = name
    return Evidence(fact.number, fact.minute, Message(fact.wording(), slots))


def _graded_seats(course: Course) -> list[str]:
    staff = [each.id for each in course.world.all(Staff)]
    played = [each.id for each in course.world.all(Playable)]
    return staff + [seat for seat in played if course.game.holders.get(seat)]


def _grade_seat(course: Course, seat: str, rubric: Rubric) -> SeatReport:
    found = course.world.seat(seat)
    mine = [each for each in CRITERIA.values() if set(each.roles) & set(found.roles)]
    judged = [(each, _weight(each, rubric), list(each.rule(course, seat))) for each in mine]
    total = sum(weight for criterion, weight, occasions in judged if len(occasions) >= criterion.fewest)
    enough = total * LEAST_PART >= sum(weight for _criterion, weight, _occasions in judged) and any(
        len(occasions) >= FEWEST for _criterion, _weight, occasions in judged
    )  # no score from next to nothing
    verdicts, left = [], WHOLE
    for criterion, weight, occasions in judged:
        scored = enough and len(occasions) >= criterion.fewest and weight > 0
        share = 0
        if scored:  # shares of what is left, so that they come to the whole
            share = left * weight // total
            left, total = left - share, total - weight
        verdicts.append(_verdict(course, criterion, occasions, share, rubric, found.roles[0]))
    score = sum(each.points for each in verdicts) if left < WHOLE else None
    return SeatReport(seat, getattr(found, "name", "") or seat, found.roles, course.game.holders.get(seat, ""), score,
                      tuple(verdicts))  # fmt: skip


def _weight(criterion: Criterion, rubric: Rubric) -> int:
    return rubric[criterion.id].weight if criterion.id in rubric else criterion.weight


def _verdict(
    course: Course, criterion: Criterion, occasions: list[Occasion], possible: int, rubric: Rubric, role: str
) -> Verdict:
    scale = rubric.get(criterion.id)
    mean = sum(each.points for each in occasions) // len(occasions) if occasions else 0
    none, full = (None, None) if scale is None else scale.thresholds(role)
    asked = none or 0, FULL if full is None else full
    telling = sorted(occasions, key=lambda each: each.points)
    points = scaled(mean, *asked) * possible // FULL
    evidence = tuple(dict.fromkeys(number for each in telling for number in each.evidence))[:MOST_EVIDENCE]
    return Verdict(
        criterion.id, criterion.label, criterion.claim, points, possible, mean,
        len(occasions), _why(telling, possible > 0, mean, asked), evidence,
        _advice(telling, points, possible, asked), _cells(occasions),
        tuple(sorted((course.facts[max(each.evidence)].minute, each.points) for each in occasions if each.evidence)),
        asked,
    )  # fmt: skip


def _advice(telling: list[Occasion], points: int, possible: int, scale: tuple[int, int]) -> Message | None:
    """What would have been better in the weakest case; and the nearest change that would have earned more: how few of
    the weakest cases, handled well, make a difference, and how much."""
    if not telling or telling[0].points >= FULL or telling[0].advice is None:
        return None
    total = sum(each.points for each in telling)
    for count, each in enumerate(telling, 1):
        total += FULL - each.points
        gain = scaled(total // len(telling), *scale) * possible // FULL - points
        if gain >= LEAST_GAIN:
            slots = {"advice": telling[0].advice, "points": f"{gain / 100:.1f}"}
            if count == 1:
                return _("{advice} That case alone, handled well, would have earned {points} more.", **slots)
            return _("{advice} The weakest {count} together, handled well, would have earned {points} more.",
                     count=count, **slots)  # fmt: skip
    return telling[0].advice


def _cells(occasions: list[Occasion]) -> tuple[tuple[str, int], ...]:
    """How often each case of a confusion matrix occurred."""
    named = [each.cell for each in occasions if each.cell]
    return tuple((cell, named.count(cell)) for cell in sorted(set(named)))


def _why(telling: list[Occasion], scored: bool, mean: int, scale: tuple[int, int]) -> Message:
    if not telling:
        return _("Nothing of this kind came up: its weight goes to the others.")
    well = sum(each.points * 10 >= FULL * 7 for each in telling)
    if not scored:
        told = _("Only {count} of this kind came up, {well} handled well: not scored, its weight goes to the others.",
                 count=len(telling), well=well)  # fmt: skip
    else:
        told = _("{well} of {count} handled well.", well=well, count=len(telling))
    if scored and scale != (0, FULL):
        told = _("{told} {asked}", told=told, asked=_asked(mean, *scale))
    if telling[0].points >= FULL:
        return told
    return _("{told} The weakest: {worst}", told=told, worst=telling[0].why)


def _asked(mean: int, none: int, full: int) -> Message:
    """What the scale asks: three well handled of four may earn little, where most people handle all."""
    slots = {"mean": mean // 10, "none": none // 10, "full": full // 10}
    if none == 0 or mean >= full:
        return _("That is {mean} of 100 on the whole, and all points are earned from {full}.", **slots)
    if mean <= none:
        return _("That is {mean} of 100 on the whole, and points begin above {none}.", **slots)
    return _("That is {mean} of 100 on the whole: points begin above {none}, all are earned from {full}.", **slots)


def as_json(report: Report, file: str = "", language: str = "en", attested: str = "unattested") -> dict[str, Any]:
    """The report in the shape of `crmsim grade --json` (interfaces): points and possible add up to a score of 100."""
    say = partial(render, language=language, dates=report.dates)
    return {
        "file": file, "attested": attested, "scenario": report.scenario, "seed": report.seed, "student": report.student,
        "day": report.day, "days": report.days, "early": report.early, "pass_mark": report.pass_mark,
        "manual": report.by_hand, "practice": report.practice,
        "variant": [{"id": each.id, "kept": each.kept} for each in report.challenges],
        "team": report.team, "seats": [_seat_json(each, say) for each in report.seats],
        "outcome": None if report.outcome is None else _outcome_json(report.outcome, say),
        "outcome_share": report.outcome_share,
    }  # fmt: skip


def _seat_json(seat: SeatReport, say: Say) -> dict[str, Any]:
    return {
        "seat": seat.seat, "role": seat.roles[0] if seat.roles else "", "name": seat.name, "holder": seat.holder,
        "score": None if seat.score is None else seat.score / 100, "titles": [each.id for each in titles(seat)],
        "criteria": [
            {
                "id": each.id, "label": say(_("{label:label}", label=each.label)),
                "points": each.points / 100, "possible": each.possible / 100, "occasions": each.occasions,
                "why": say(each.why), "evidence": list(each.evidence),
                "advice": None if each.advice is None else say(each.advice),
                "cells": dict(each.cells),
            }
            for each in seat.verdicts
        ],
    }  # fmt: skip


def _outcome_json(found: Outcome, say: Say) -> dict[str, Any]:
    return {
        "score": None if found.score is None else found.score / 10,
        "own": found.own, "novice": found.novice, "expert": found.expert,
        "epilogue": [say(each) for each in found.epilogue],
    }  # fmt: skip
