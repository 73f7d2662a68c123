"""Grades: a game told again, judged decision by decision, and summed up by criteria that rest on facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmsim.game import Game
    from crmsim.grading.report import Report
    from crmsim.scenarios.schema import CriterionWeight

__all__ = ["grade_game", "grade_save"]


def grade_game(game: Game, *, outcomes: bool = False, rubric: Mapping[str, CriterionWeight] | None = None) -> Report:
    """The grade of a game, by its header and journal; the game itself is left as it is."""
    from crmsim.grading.course import read_course
    from crmsim.grading.report import grade_course

    return grade_course(read_course(game.header(), game.journal), outcomes=outcomes, rubric=rubric)


def grade_save(
    path: str | Path, *, outcomes: bool = False, rubric: Mapping[str, CriterionWeight] | None = None
) -> Report:
    """The grade of a saved game, or of an exported journal."""
    from crmsim.grading.course import read_course
    from crmsim.grading.report import grade_course
    from crmsim.store.jsonl import read_any

    saved = read_any(path)
    return grade_course(read_course(saved.header, saved.entries), outcomes=outcomes, rubric=rubric)
