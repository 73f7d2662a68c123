"""Decisions of the director are judged later, by what the figure that they named did."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.grading.course import read_course
from crmsim.grading.criteria.deciding import STRETCH, decisions
from crmsim.grading.criterion import Occasion
from crmsim.roles.analysing import RecordDecision
from crmsim.roles.importing import ImportCustomers
from tests.scenes import tiny

pytestmark = pytest.mark.covers("DIR-13", "FLO-7", "GAME-4")
COLUMNS = ("name", "phone", "email")


def judged(
    *notes: tuple[int, str, str], imports: dict[int, tuple[str, ...]] | None = None, **how: Any
) -> list[Occasion]:
    """The occasions of a director who writes these notes (day, figure, direction) and imports files on some days."""
    game = Game(tiny(market={"size": 3, "aware": 0, "wanting": 0, "junk": 0}, calendar={"days": 15}, **how), 1)
    rows: dict[int, list[Any]] = {}
    for day, row in (imports or {}).items():
        rows.setdefault(day, []).append(ImportCustomers(columns=COLUMNS, rows=(row,)))
    for day, figure, direction in notes:
        due = game.world.calendar.working_days_after(day * DAY, 2)
        rows.setdefault(day, []).append(
            RecordDecision(text="Attend to this.", figure=figure, direction=direction, due=due)
        )
    for day in sorted(rows):
        game.advance_to(game.world.calendar.next_open(day * DAY))
        for action in rows[day]:
            game.advance_to(game.free_minute("director"))
            game.apply("director", action)
    game.run_to_end()
    course = read_course(game.header(), game.journal)
    return list(decisions(course, "director"))


def test_every_few_days_without_a_decision_are_an_occasion_missed() -> None:
    found = judged()
    assert len(found) == 15 // STRETCH - 1 and {each.points for each in found} == {0}
    assert all(each.advice is not None and render(each.why, "zh") != render(each.why, "en") for each in found)
    assert not judged(tools={"reports": False})


def test_a_note_is_worth_more_when_its_figure_went_as_it_said() -> None:
    bare, full = ("Bare", "13800000001", ""), ("Full", "13800000002", "full@example.com")
    right = judged((0, "missing", "down"), imports={0: bare, 1: full})  # a fuller file brings the share down
    wrong = judged((0, "missing", "up"), imports={0: bare, 1: full})
    assert (right[0].points, wrong[0].points) == (1000, 500)
    assert wrong[0].advice is not None and right[0].advice is None
    assert {each.points for each in right[1:]} == {0}


def test_a_note_on_nothing_and_a_total_that_only_rises_earn_little() -> None:
    (blind, *_others) = judged((0, "satisfied", "up"))
    (sure, *_others) = judged((0, "files", "up"), imports={0: ("A", "13800000001", ""), 1: ("B", "13800000002", "")})
    assert blind.points == 200 and sure.points == 500 and "always does" in str(sure.why)


def test_the_evidence_is_the_note_and_what_came_of_it() -> None:
    found = judged((0, "missing", "down"), imports={0: ("A", "13800000001", "")})
    assert [len(each.evidence) for each in found] == [2, 0, 0, 0]
