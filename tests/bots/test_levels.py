"""Bots hold every seat by what the seat may see and do; their habits show in what they do."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

from crmsim.bots import bot, crew, played_on
from crmsim.bots.habits import BY_LEVEL, COMPETENT, LEVELS, NOVICE, Habits, without
from crmsim.bots.planning import go_out
from crmsim.bots.policy import Bot
from crmsim.bots.triage import nature_of
from crmsim.calibration import panel
from crmsim.calibration.load import load_of
from crmsim.cli.app import run
from crmsim.crm.automation import Notice
from crmsim.crm.company import PROSPECTOR
from crmsim.crm.form import Submission
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.errors import BadInput
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.market.strangers import NATURES
from crmsim.roles.planning import SubmitPlan
from crmsim.scenarios.loader import load_scenario
from tests.scenes import tiny

DAYS = 2
HALF_A_WEEK, WEEK = 4, 7


def company(name: str, level: str | Habits, days: int = 0, seed: int = 3) -> Game:
    """A company of one level, played for some days, or to its end."""
    scenario = load_scenario(name)
    players = {
        each.id: bot(level, seed) if isinstance(level, str) else Bot("competent", level) for each in scenario.seats
    }
    game = Game(scenario, seed=seed, players=players)
    game.advance_to(game.minute + days * DAY if days else game.end_minute)
    return game


def acts(game: Game) -> list[str]:
    """What the seats did, in order."""
    return [f"{each.minute} {each.seat} {each.action!r}" for each in game.journal]


@pytest.fixture(scope="module")
def month() -> Game:
    """The first week of first_month as a competent company plays it: the fair, and what follows."""
    return company("first_month", "competent", WEEK)


@pytest.fixture(scope="module")
def begun() -> Game:
    """Its first days."""
    return company("first_month", "competent", HALF_A_WEEK)


@pytest.mark.covers("GAME-3", "GAME-12")
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("name", "days"), [("first_day", 0), ("first_month", DAYS)])
def test_every_level_holds_every_seat_without_a_slip(level: str, name: str, days: int) -> None:
    game = company(name, level, days)
    assert game.slips == []
    seats = {each.seat for each in game.journal if each.by == f"bot:{level}"}
    assert (seats == set()) == (level == "idle")


@pytest.mark.covers("GAME-3", "GAME-5")
def test_bots_play_where_there_is_no_kind_of_outing() -> None:
    hand = Bot("competent", COMPETENT)
    plan = go_out(hand, Game(tiny(), 3).view("promoter"))
    assert isinstance(plan, SubmitPlan)
    assert go_out(hand, Game(tiny(planning={"kinds": ()}), 3).view("promoter")) is None


@pytest.mark.covers("GAME-3")
def test_a_skill_must_be_known() -> None:
    with pytest.raises(BadInput, match="grandmaster"):
        bot("grandmaster")
    assert set(crew(load_scenario("first_month"), "", ["sales-2", "director"])) == {"sales-2", "director"}


@pytest.mark.covers("GAME-3")
def test_a_competent_company_is_busy_but_never_turns_in_circles(month: Game) -> None:
    load = load_of(month)
    acted = {seat: each.actions for seat, each in load.items()}
    assert all(8 <= each <= 250 for each in acted.values()), acted
    rejected = [each.action for each in month.journal if type(each.action).__name__ == "ReviseOrder"]
    assert len(rejected) == len({each.order for each in rejected})  # type: ignore[attr-defined]
    assert all(len(each.booked) == len(each.seconds) == 20 for each in load.values())
    assert any(share >= 1000 for each in load.values() for share in each.booked)


@pytest.mark.covers("FRM-1", "AUT-1")
def test_customers_are_asked_and_whoever_is_not_content_is_called() -> None:
    """The director's rule makes a low mark in service's form a call for whoever looks after the customer."""
    month = company("first_month", "competent", 2 * WEEK)
    done = [(each.seat, type(each.action).__name__) for each in month.journal]
    assert ("director", "AddRule") in done and ("service", "PublishForm") in done
    marks = [int(each.answers[0]) for each in month.world.all(Submission)]
    low = [each for each in month.world.all(Notice) if each.record and each.since < month.minute - 4 * DAY]
    assert len(marks) > 5 and low
    called = {
        each.id
        for each in low
        for talk in month.world.all(Talk)
        if talk.seat == each.seat and talk.record == each.record and talk.started >= each.since
    }
    assert len(called) >= len(low) * 3 // 4


def called(game: Game, since: int) -> set[str]:
    """The files of those whom the prospector called since a minute."""
    diggers = [each.id for each in game.world.staff(PROSPECTOR)]
    talks = [each for each in game.world.all(Talk) if each.seat in diggers and each.started >= since]
    return {each.record for each in talks if not each.by_customer}


@pytest.mark.covers("GAME-14")
def test_reference_bots_play_the_epilogue_on_a_copy() -> None:
    month = company("first_day", "competent")
    minute, entries, digest = month.minute, len(month.journal), month.digest()
    later = played_on(month)
    assert later.ended and later.practice and later.minute == minute + month.scenario.epilogue_days * DAY
    assert len(later.journal) > entries + 5
    assert (month.minute, len(month.journal), month.digest()) == (minute, entries, digest)


@pytest.mark.covers("GAME-14")
def test_the_epilogue_wakes_nobody_whom_the_game_left_asleep() -> None:
    scenario = load_scenario("first_month").model_copy(update={"epilogue_days": WEEK})
    seats = [each.id for each in scenario.seats]
    begun = Game(scenario, seed=1, players=crew(scenario, "idle", seats))
    begun.advance(DAY)
    woken = begun.fork(crew(scenario, "competent", seats), days=WEEK)
    woken.run_to_end()
    silent = {each.id for each in begun.world.all(Record) if not each.owner}
    assert len(called(played_on(begun), DAY) & silent) < len(called(woken, DAY) & silent)


SHOWING = [
    "by_urgency",
    "triages",
    "greets",
    "needs_first",
    "holds_price",
    "records",
    "fits",
    "diagnoses",
    "follows_up",
    "wakes",
]


@pytest.mark.covers("GAME-3")
@pytest.mark.parametrize("habit", SHOWING)
def test_a_habit_switched_off_shows_in_what_is_done(habit: str, begun: Game) -> None:
    other = company("first_month", without(COMPETENT, **{habit: False}), HALF_A_WEEK)
    assert acts(other) != acts(begun)
    assert other.slips == []


@pytest.mark.covers("GAME-3")
def test_whoever_is_on_the_line_comes_before_notes_even_for_a_hand_that_goes_by_arrival() -> None:
    ordered = without(COMPETENT, by_urgency=False)
    attentive = company("first_month", ordered, HALF_A_WEEK)
    assert acts(attentive) != acts(company("first_month", without(ordered, attends=False), HALF_A_WEEK))


@pytest.mark.covers("GAME-3")
def test_a_novice_errs_as_novices_do() -> None:
    bad = {name for name in NOVICE.__dataclass_fields__ if getattr(NOVICE, name) != getattr(COMPETENT, name)}
    assert {"rest", "needs_first", "follows_up", "holds_price", "reviews"} <= bad
    assert all(getattr(BY_LEVEL["expert"], name) for name in ("reads", "persists", "foresees"))


@pytest.mark.covers("GAME-3")
def test_messages_are_sorted_by_what_their_subject_says() -> None:
    lines = load_scenario("first_month").lines
    for nature in (*NATURES, "double"):
        assert {nature_of(each.en) for each in lines[f"subject_{nature}"]} == {nature}
    leads = [each.en for about in ("lead", "again") for each in lines[f"subject_{about}"]]
    assert {nature_of(each) for each in (*leads, "Three copiers before the end of the month", "")} == {"lead"}


def _names(path: Path) -> Iterable[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.covers("GAME-3", "GAME-12")
def test_bots_see_views_only() -> None:
    files = sorted((Path(__file__).parents[2] / "crmsim" / "bots").glob("*.py"))
    assert len(files) > 5
    own = {
        "policy.py": {"luck"},
        "buying.py": {"crmsim.crm.customer"},  # who plays a customer is shown its brief
        "__init__.py": {"world"},  # what became of a finished game: no hand
    }
    for path in files:
        used = set(_names(path))
        told = {"world", "_world", "luck", "ledger", "crmsim.crm.customer"} - own.get(path.name, set())
        assert not used & told, path.name
        assert not any(name.startswith("crmsim.market") for name in used), path.name


@pytest.mark.covers("GAME-3")
def test_a_panel_plays_each_company_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load_scenario("first_day")
    first = panel(scenario, ["competent"], [1], later=False)
    monkeypatch.setattr(import_module("crmsim.calibration.panel"), "play", None)
    assert panel(scenario, ["competent"], [1], later=False) == first
    (played,) = first["competent"]
    assert played.profit == played.figures["operating_profit"] and 0 < played.satisfaction < 1_000_000
    with pytest.raises(TypeError):
        panel(scenario, {"other": without(COMPETENT, greets=False)}, [1], later=False)


@pytest.mark.covers("GAME-12")
def test_a_scenario_is_calibrated_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenario", "calibrate", "first_day", "--runs", "1"]) == 0
    shown = capsys.readouterr().out
    assert "expert" in shown and "Contact to order" in shown and "reception" in shown
    assert run(["scenario", "calibrate", "first_day", "--runs", "1", "--json"]) == 0
    assert '"booked"' in capsys.readouterr().out
