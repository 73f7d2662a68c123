"""Single criteria: hand-offs are charged to who let them lie, and decisions are set against policy in a matrix."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crmsim.bots import bot, crew
from crmsim.crm.facts import OfferMade
from crmsim.crm.plan import MonitoringNote
from crmsim.engine.action import Action, offered, refusal
from crmsim.engine.words import render
from crmsim.game import Game
from crmsim.grading import grade_game
from crmsim.grading.course import finished
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FEWEST, FULL, LEAST_PART, Verdict
from crmsim.grading.report import Report
from crmsim.roles.monitoring import WriteNote
from crmsim.scenarios.loader import load_scenario, scenario_of

from .conftest import SEED, graded, played, week

pytestmark = pytest.mark.covers("GAME-4")
NOT_KNOWN = re.compile("(before this was|this never became) known: [A-Z]|never heard from its owner")
KINDS = {  # what assessment.md names, and the criteria that are it
    "plans reviewed": "director.plans", "monitoring acted on": "director.monitoring", "publicity": "director.publicity",
    "survey closed": "director.survey", "plan executed and reported": "plans.carried_out",
    "follow-up rhythm by class": "sales.rhythm", "opportunity kept true": "sales.opportunities",
    "loss reasons recorded": "sales.endings", "receivables chased": "sales.chase", "tasks": "tasks.done",
    "knowledge written and used": "service.knowledge", "survey issued and read": "service.surveys",
    "data quality": "records.kept", "rule breaches": "team.rules", "decisions by figures": "director.decisions",
}  # fmt: skip


def verdict(report: Report, seat: str, id: str) -> Verdict:
    found = next(each for each in report.seats if each.seat == seat)
    return next(each for each in found.verdicts if each.id == id)


def test_whatever_the_assessment_names_is_a_criterion() -> None:
    assert set(KINDS.values()) <= set(CRITERIA) and len(CRITERIA) >= 44
    assert not any(each.endswith("order_delay") for each in CRITERIA), "one act serves one occasion"


def test_what_is_late_for_want_of_a_signature_counts_against_the_director_alone() -> None:
    scenario = week()
    players = crew(scenario, "competent", [each.id for each in scenario.seats])
    players["director"] = crew(scenario, "idle", ["director"])["director"]
    game = Game(scenario, SEED, players=players)
    game.run_to_end()
    report = grade_game(game)
    assert verdict(report, "director", "director.review_delay").mean == 0
    for seat in ("sales-1", "sales-2"):
        assert verdict(report, seat, "sales.ship").occasions == 0, "nothing was signed in time to be sent"
        agreed = verdict(report, seat, "sales.matches_agreement")
        assert agreed.occasions == 0 or agreed.mean >= 500, "the order itself was written well and at once"
    director = next(each for each in report.seats if each.seat == "director")
    assert director.score == 0


class Writer:
    """A competent director who writes to every colleague first."""

    level, rest = "competent", 0

    def __init__(self) -> None:
        self.inner = bot("competent")

    def choose(self, view: Any, legal: Any) -> Action | None:
        told = {each.staff for each in view.all(MonitoringNote)}
        for call in offered(WriteNote, view, {"about": "promptness", "text": "Take whoever waits first."}):
            if call.staff not in told and refusal(call, view) is None:
                return call
        return self.inner.choose(view, legal)


def test_a_note_of_the_director_is_an_occasion_for_who_gets_it() -> None:
    scenario = scenario_of(week().model_dump(mode="json") | {"calendar": {**week().calendar.model_dump(), "days": 2}})
    players = crew(scenario, "competent", [each.id for each in scenario.seats])
    players["director"] = Writer()
    players["service"] = bot("idle")
    game = Game(scenario, SEED, players=players)
    game.run_to_end()
    report = grade_game(game)
    read = verdict(report, "reception", "team.notes")
    assert read.occasions == 1 and read.mean == 1000 and read.possible == 0, "one is too few to be scored"
    assert verdict(report, "service", "team.notes").mean == 0


def test_reviews_are_told_as_a_matrix_and_every_occasion_has_its_minute() -> None:
    report = graded("competent")
    reviews = verdict(report, "director", "director.reviews")
    assert dict(reviews.cells).get("sound, approved", 0) > 0
    assert sum(count for _cell, count in reviews.cells) == reviews.occasions
    for seat in report.seats:
        for each in seat.verdicts:
            assert len(each.over) == each.occasions and each.over == tuple(sorted(each.over))


def test_who_was_helped_is_called_once_more_and_who_heard_a_price_is_asked(expert_month: Report) -> None:
    called = verdict(expert_month, "service", "service.aftercare")
    assert called.mean >= 300 and called.occasions >= FEWEST and called.evidence  # in a rush it has no time to
    assert verdict(graded("competent"), "service", "service.aftercare").mean == 0, "only an expert calls"
    assert verdict(expert_month, "sales-1", "sales.closing").mean >= 900


def test_knowledge_counts_by_what_it_mended() -> None:
    """An article that lay there for who mended nothing is no half of the work."""
    idle, novice, competent = (
        verdict(graded(each), "service", "service.knowledge") for each in ("idle", "novice", "competent")
    )
    assert idle.occasions > 0 and idle.mean == 0
    assert 0 < novice.mean < 400 < 900 < competent.mean


def test_a_line_says_what_its_scale_asks_and_which_need_was_not_known() -> None:
    report = graded("novice")
    scored = [each for seat in report.seats for each in seat.verdicts if each.possible]
    for each in scored:
        none, full = each.scale
        told = render(each.why, "en")
        if each.scale != (0, FULL):
            assert f"That is {each.mean // 10} of 100" in told
            assert f"begin above {none // 10}" in told or f"from {full // 10}" in told
        assert each.mean > none or each.points == 0, each
    game = played("novice")
    course = finished(game.header(), game.journal)
    for id, seats in (("sales.needs", ("sales-1", "sales-2")), ("talks.needs", ("promoter", "reception"))):
        for each in (occasion for seat in seats for occasion in CRITERIA[id].rule(course, seat)):
            assert each.points >= FULL or NOT_KNOWN.search(render(each.why, "en")), each


def test_a_note_counts_where_somebody_fell_behind(expert_month: Report) -> None:
    found = verdict(expert_month, "director", "director.monitoring")
    assert found.mean > 500 and found.possible > 0
    assert verdict(graded("competent", "month"), "director", "director.monitoring").mean <= found.mean
    silent = verdict(graded("idle"), "director", "director.monitoring")
    assert silent.occasions > 0 and silent.mean == 0, "nobody was answered, and nobody heard a word about it"


def test_what_was_told_counts_field_by_field_and_a_field_for_more_than_a_follow_up(expert_month: Report) -> None:
    expert = verdict(expert_month, "sales-1", "records.kept")
    competent = verdict(graded("competent", "month"), "sales-1", "records.kept")
    assert expert.occasions >= FEWEST and expert.mean > competent.mean


def test_who_heard_no_price_is_no_occasion_for_closing_or_discount() -> None:
    game, report = played("novice"), graded("novice")
    for seat in ("sales-1", "sales-2", "promoter"):
        heard = {each.customer for each in game.facts if isinstance(each, OfferMade) and each.seat == seat}
        for id in ("sales.closing", "sales.discount"):
            assert verdict(report, seat, id).occasions <= len(heard)
        assert verdict(report, seat, "sales.fit").occasions >= verdict(report, seat, "sales.discount").occasions


def test_an_expert_shows_what_fits_and_a_crowd_is_no_occasion(expert_month: Report) -> None:
    expert = verdict(expert_month, "reception", "talks.shown")
    assert expert.occasions >= FEWEST and expert.mean > verdict(graded("competent"), "reception", "talks.shown").mean
    booth = verdict(expert_month, "promoter", "talks.contact").occasions
    assert verdict(expert_month, "promoter", "talks.shown").occasions < booth, "while others wait nothing is shown"


def test_days_on_which_nobody_was_left_to_call_do_not_count(expert_month: Report) -> None:
    idle, expert = (verdict(each, "prospector", "prospector.activity") for each in (graded("idle"), expert_month))
    assert idle.occasions > 0 and idle.mean == 0, "who could have called and did not"
    assert expert.mean > 300 and expert.occasions <= 7


def test_goods_that_came_too_late_are_no_occasion_for_who_ships(expert_month: Report) -> None:
    """An order that leaves in parts waits for the last of its goods: that is charged to who orders them."""
    for seat in ("promoter", "sales-1", "sales-2"):
        assert verdict(expert_month, seat, "sales.ship").mean >= 900


def test_no_seat_is_scored_on_next_to_nothing() -> None:
    """A day brings a seller a talk or two: whoever keeps them going has not shown how well it sells."""
    scenario = load_scenario("first_day")
    game = Game(scenario, SEED, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.run_to_end()
    for seat in grade_game(game).seats:
        scored = sum(CRITERIA[each.id].weight for each in seat.verdicts if each.possible)
        whole = sum(CRITERIA[each.id].weight for each in seat.verdicts)
        assert (seat.score is None) == (scored == 0) and (not scored or scored * LEAST_PART >= whole)
    assert any(seat.score is None for seat in grade_game(game).seats)
