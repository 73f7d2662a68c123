"""The grade of a game: for every seat its verdicts and score, and the team's result apart."""

from __future__ import annotations

from typing import Any

import msgspec

from crmsim.crm.company import Staff
from crmsim.crm.figures import figures
from crmsim.engine.words import Message, _, render
from crmsim.game import Game
from crmsim.grading.course import Course
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FEWEST, FULL, Criterion, Occasion, Verdict, scaled

SHOWN_EVIDENCE = 12


class SeatReport(msgspec.Struct, frozen=True):
    """How one seat handled what came to it. `score` is hundredths of a point of 100; None when nothing could be scored."""

    seat: str
    name: str
    roles: tuple[str, ...]
    holder: str
    score: int | None
    verdicts: tuple[Verdict, ...]


class Report(msgspec.Struct, frozen=True):
    """The grade of one game. `finished` is False for a game left early, graded on what fell due by its last minute."""

    scenario: str
    seed: int
    student: str
    day: int
    days: int
    finished: bool
    pass_mark: int
    team: dict[str, int]
    seats: tuple[SeatReport, ...]


def grade_course(course: Course) -> Report:
    """Grade a replayed game."""
    game = course.game
    calendar = game.world.calendar
    worked = sum(calendar.works_on(day) for day in range(1, min(game.minute, game.end_minute - 1) // 1440 + 2))
    seats = [_grade_seat(course, seat) for seat in _graded_seats(game)]
    return Report(
        scenario=game.scenario.meta.id, seed=game.seed, student=game.student, day=worked,
        days=game.scenario.calendar.days, finished=game.ended, pass_mark=game.scenario.pass_mark,
        team=figures(game.world), seats=tuple(seats),
    )  # fmt: skip


def _graded_seats(game: Game) -> list[str]:
    staff = [each.id for each in game.world.all(Staff)]
    people = [seat for seat, holder in game.holders.items() if seat not in staff and not holder.startswith("bot:")]
    return staff + sorted(people)


def _grade_seat(course: Course, seat: str) -> SeatReport:
    game = course.game
    roles = game.world.seat(seat).roles
    verdicts = [_judge(course, seat, each) for each in CRITERIA.values() if set(each.roles) & set(roles)]
    weight = sum(each.possible for each in verdicts)
    score = sum(each.points for each in verdicts) * 100 // weight if weight else None
    name = getattr(game.world.seat(seat), "name", seat)
    return SeatReport(seat, name, roles, game.holders.get(seat, ""), score, tuple(verdicts))


def _judge(course: Course, seat: str, criterion: Criterion) -> Verdict:
    rubric = course.game.scenario.rubric.get(criterion.id)
    weight = criterion.weight if rubric is None else rubric.weight
    occasions = list(criterion.rule(course, seat))
    mean = sum(each.points for each in occasions) // len(occasions) if occasions else 0
    points = mean if rubric is None else scaled(mean, rubric.none, rubric.full)
    worst = min(occasions, key=lambda each: each.points, default=None)
    evidence = tuple(dict.fromkeys(number for each in _telling(occasions) for number in each.evidence))[:SHOWN_EVIDENCE]
    scored = len(occasions) >= FEWEST and weight > 0
    return Verdict(
        criterion.id, criterion.label, points * weight * 100 // FULL if scored else 0, weight * 100 if scored else 0,
        len(occasions), _why(occasions, worst, scored), evidence,
        worst.advice if worst is not None and worst.points < FULL else None,
    )  # fmt: skip


def _telling(occasions: list[Occasion]) -> list[Occasion]:
    """The occasions that show most: the worst first."""
    return sorted(occasions, key=lambda each: each.points)


def _why(occasions: list[Occasion], worst: Occasion | None, scored: bool) -> Message:
    if worst is None:
        return _("Nothing of this kind came up.")
    well = sum(each.points * 10 >= FULL * 7 for each in occasions)
    if not scored:
        return _("Only {count} of this kind came up, {well} handled well: not scored.", count=len(occasions), well=well)
    if worst.points >= FULL:
        return _("{well} of {count} handled well.", well=well, count=len(occasions))
    return _("{well} of {count} handled well. The weakest: {worst}", well=well, count=len(occasions), worst=worst.why)


def as_json(report: Report, file: str = "", language: str = "en", attested: str = "unattested") -> dict[str, Any]:
    """The report in the shape of `crmsim grade --json` (interfaces): points and possible add up to a score of 100."""
    return {
        "file": file, "attested": attested, "scenario": report.scenario, "seed": report.seed, "student": report.student,
        "day": report.day, "days": report.days, "finished": report.finished, "pass_mark": report.pass_mark,
        "team": report.team, "seats": [_seat_json(each, language) for each in report.seats],
    }  # fmt: skip


def _seat_json(seat: SeatReport, language: str) -> dict[str, Any]:
    return {
        "seat": seat.seat, "role": seat.roles[0] if seat.roles else "", "name": seat.name, "holder": seat.holder,
        "score": None if seat.score is None else seat.score / 100,
        "criteria": [
            {
                "id": each.id, "label": render(_("{label:label}", label=each.label), language),
                "points": each.points / 100, "possible": each.possible / 100, "occasions": each.occasions,
                "why": render(each.why, language), "evidence": list(each.evidence),
                "advice": None if each.advice is None else render(each.advice, language),
            }
            for each in seat.verdicts
        ],
    }  # fmt: skip
