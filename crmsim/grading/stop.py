"""How the seats stand in the middle of a game: for the stop between two acts, where nothing hidden is told."""

from __future__ import annotations

from crmsim.game import Game
from crmsim.grading.course import read_course
from crmsim.grading.report import SeatReport, _grade_seat, _graded_seats


def so_far(game: Game) -> tuple[SeatReport, ...]:
    """Each seat's verdicts on what was handled until now; the game itself is left as it is."""
    course = read_course(game.header(), game.journal)
    return tuple(_grade_seat(course, seat, game.scenario.rubric) for seat in _graded_seats(course))
