"""Another run (GAME-15): on from a mistake as practice, a rematch, challenges, personal bests and titles."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import msgspec
import pytest

from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.crm.facts import ContractAccepted, CustomerArrived
from crmsim.crm.order import Order
from crmsim.engine.errors import BadInput
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.grading import bests, grade_game
from crmsim.grading.again import equal_seed, load, mistakes, play_on, rematch
from crmsim.grading.card import card
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.report import Report
from crmsim.grading.review import Marked, Review
from crmsim.grading.submission import pack
from crmsim.grading.titles import KEPT, TITLES, challenges, titles
from crmsim.public import new_game, open_save
from crmsim.scenarios.loader import bundled, load_scenario, scenario_from_text, varied
from crmsim.store.jsonl import read_any
from crmsim.store.reading import Saved
from crmsim.store.savefile import save

from .conftest import graded

STUDENT = "2025001"


@cache
def played(name: str = "first_day", seed: int = 3) -> Game:
    scenario = load_scenario(name)
    seats = [each.id for each in scenario.seats]
    holders = {"sales-1": STUDENT, "reception": STUDENT}
    game = Game(scenario, seed, players=crew(scenario, "competent", seats), holders=holders, student=STUDENT)
    game.run_to_end()
    return game


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Saved:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    return read_any(save(played(), tmp_path / "lab.crmsim"))


def came(game: Game) -> list[tuple[str, int]]:
    return [(each.customer, each.minute) for each in game.facts if isinstance(each, CustomerArrived)]


@pytest.mark.covers("GAME-15", "GAME-7")
def test_play_goes_on_from_a_decision_with_the_very_same_customers_as_practice(saved: Saved) -> None:
    at = next(each.number for each in saved.entries if each.seat == "sales-1" and each.number > 30)
    path = play_on(saved, at)
    again = read_any(path)
    assert again.header.practice and not saved.header.practice
    assert again.entries[:at] == saved.entries[:at]
    game = open_save(path)
    assert game.minute == saved.entries[at].minute and not game.ended
    before = replay_entries(saved.header, saved.entries[:at])
    before.live_to(saved.entries[at].minute)
    assert game.digest() == before.digest()
    assert game.refusal("sales-1", saved.entries[at].action) is None  # the same decision may be taken, or another
    game.run_to_end()
    assert game.ended and len(game.journal) > at
    whole = read_any(path)
    with pytest.raises(BadInput, match="practice"):
        pack(whole, b"", path.with_suffix(".zip"))
    report = grade_game(game)
    assert report.practice and "practice" in _text(report)
    with pytest.raises(BadInput, match="no entry"):
        play_on(saved, len(saved.entries))


def _text(report: Report) -> str:
    from rich.console import Console

    console = Console(width=100, record=True, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    console.print(card(report))
    return console.export_text()


@pytest.mark.covers("GAME-15")
def test_whoever_sat_down_later_sits_there_again(saved: Saved, tmp_path: Path) -> None:
    scenario = load_scenario("first_day")
    holders = {each.id: "bot:competent" for each in scenario.seats}
    game = new_game(scenario, 3, holders, student=STUDENT)
    game.advance(60)
    game.take_seat("service", STUDENT)
    game.run_to_end()
    late = read_any(save(game, tmp_path / "late.crmsim"))
    assert open_save(play_on(late, 2)).holders["service"] == STUDENT
    assert read_any(rematch(late)).header.holders["service"] == STUDENT


@pytest.mark.covers("GAME-15", "GAME-7")
def test_who_plays_on_in_a_game_of_programs_sits_where_it_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    scenario = load_scenario("first_day")
    game = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.run_to_end()
    saved = read_any(save(game, tmp_path / "lab.crmsim"))
    at = next(entry.number for entry in saved.entries if entry.seat == "sales-1")
    holders = open_save(play_on(saved, at)).holders
    assert holders["sales-1"] == "person" and all(by != "person" for seat, by in holders.items() if seat != "sales-1")


@pytest.mark.covers("GAME-15")
def test_the_dearest_mistake_comes_first() -> None:
    def marked(entry: int, mark: str, total: int) -> Marked:
        return Marked(entry, entry, None, "", mark, True, total, 0, 0, total, None, None)

    reviews = [Review("a", (marked(1, "mistake", 10), marked(2, "good", 99))), Review("b", (marked(3, "blunder", 50),))]
    assert [(seat, each.entry) for seat, each in mistakes(reviews)] == [("b", 3), ("a", 1)]


@pytest.mark.covers("GAME-15")
def test_a_rematch_has_the_same_customers_or_others_about_as_many(saved: Saved) -> None:
    path = rematch(saved)
    same = open_save(path)
    assert not same.practice and same.seed == 3 and same.cast == played().cast and same.student == STUDENT
    assert sorted(seat for seat, holder in same.holders.items() if holder == STUDENT) == ["reception", "sales-1"]
    same.run_to_end()
    assert set(came(same)) & set(came(played()))
    seed = equal_seed(played().scenario, 3)
    other = read_any(rematch(saved, equal=True))
    assert other.header.seed == seed != 3 and other.header.cast != played().cast
    own, found = load(played().scenario, 3), load(played().scenario, seed)
    assert abs(found[0] - own[0]) <= max(2, own[0] // 2)


@pytest.mark.covers("GAME-15")
def test_a_rematch_may_be_a_challenge_or_by_hand_and_back(saved: Saved) -> None:
    angry = read_any(rematch(saved, variants=["angry_market", "no_discounts"]))
    scenario = scenario_from_text(angry.header.scenario_text)
    assert scenario.variant == ("angry_market", "no_discounts") and scenario.policies.discount_limit == 0
    plain, hard = played().scenario.segments[0], scenario.segments[0]
    assert hard.patience_moves < plain.patience_moves and hard.complains > plain.complains
    hand = scenario_from_text(read_any(rematch(angry, variants=["manual"])).header.scenario_text)
    assert hand.by_hand and hand.policies.discount_limit == played().scenario.policies.discount_limit


@pytest.mark.covers("GAME-15", "GAME-5")
@pytest.mark.parametrize("name", bundled())
def test_each_scenario_has_the_three_challenges_as_data(name: str) -> None:
    scenario = load_scenario(name)
    mine = [each for each in scenario.variants if each.kind == "challenge"]
    assert [each.id for each in mine] == ["half_the_adverts", "no_discounts", "angry_market"]
    assert all(each.keeps in {"", *KEPT} for each in mine)
    for each in scenario.variants:
        other = varied(scenario, [each.id])
        assert other != scenario and other.model_copy(update={"variant": ()}) != scenario  # it changes something
        assert varied(scenario, [each.id]) == other


@pytest.mark.covers("GAME-15")
def test_challenges_are_harder_and_say_whether_they_were_kept() -> None:
    firm = played("first_day+no_discounts")
    (found,) = challenges(firm)
    assert found.id == "no_discounts" and found.kept is True
    generous = firm.fork()
    signed = {each.order for each in generous.facts if isinstance(each, ContractAccepted)}
    assert signed
    generous.world.get(Order, sorted(signed)[0]).discount = 10_000
    assert challenges(generous)[0].kept is False
    report = grade_game(firm)
    assert "No discounts (kept)" in _text(report)


@pytest.mark.covers("GAME-15")
def test_bests_of_this_machine_only_rise_and_practice_does_not_count(saved: Saved) -> None:
    report = grade_game(played())
    first = bests.note(saved.header, report)
    assert set(first) == {"sales-1", "reception"} or set(first) == {"reception"}
    mine = bests.bests(STUDENT, "first_day", "reception")
    assert mine[bests.SCORE].before == -1 and set(mine) - {bests.SCORE} <= set(CRITERIA)
    assert bests.note(saved.header, report) == {seat: {} for seat in first}  # nothing is better than itself
    seat = next(each for each in report.seats if each.seat == "reception")
    worse = msgspec.structs.replace(
        seat, score=0, verdicts=tuple(msgspec.structs.replace(each, mean=each.mean - 1) for each in seat.verdicts)
    )
    assert bests.note(saved.header, msgspec.structs.replace(report, seats=(worse,)))["reception"] == {}
    better = msgspec.structs.replace(seat, score=10_000, verdicts=())
    again = bests.note(saved.header, msgspec.structs.replace(report, seats=(better,), seed=9))
    assert seat.score is not None and again["reception"][bests.SCORE].before > 0
    for score in range(8_000, 8_100):
        best = bests.note(
            saved.header,
            msgspec.structs.replace(report, seats=(msgspec.structs.replace(seat, score=score),), student=str(score)),
        )
        assert f"{best['reception'][bests.SCORE].mean / 10:.1f}" == f"{score / 100:.1f}", "as the card says"
    assert bests.note(saved.header, msgspec.structs.replace(report, practice=True)) == {}
    (bests._path()).write_text("{", encoding="utf-8")
    assert bests.kept() == {}  # a broken file is begun anew


@pytest.mark.covers("GAME-15")
def test_titles_rest_on_criteria_and_are_seldom() -> None:
    assert all(each in CRITERIA for title in TITLES for each in title.criteria)
    seat = next(each for each in graded("competent", "month").seats if each.seat == "sales-1")
    perfect = msgspec.structs.replace(
        seat, verdicts=tuple(msgspec.structs.replace(each, mean=1000) for each in seat.verdicts)
    )
    names = {each.id for each in titles(perfect)}
    assert {"zero_overdue", "firm_price"} <= names and "sharp_eye" not in names  # no requests came there
    late = tuple(
        msgspec.structs.replace(each, mean=999 if each.id == "sales.first_contact" else 1000) for each in seat.verdicts
    )
    assert "zero_overdue" not in {each.id for each in titles(msgspec.structs.replace(seat, verdicts=late))}
    assert titles(msgspec.structs.replace(seat, verdicts=())) == ()


@pytest.mark.covers("GAME-15", "GAME-12", "GAME-10")
def test_all_of_it_is_commands(saved: Saved, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(saved.path)
    assert run(["practice", file, "--from", "40"]) == 0
    path = Path(capsys.readouterr().out.rsplit(" ", 1)[1].strip())
    assert read_any(path).header.practice
    assert run(["report", "new", str(path), "--to", str(path.parent / "r")]) == 2  # not over
    assert run(["rematch", file, "--with", "angry_market"]) == 0
    assert run(["rematch", file, "--with", "sleepy_market"]) == 2 and "angry_market" in capsys.readouterr().err
    assert run(["bests", file]) == 0 and STUDENT in capsys.readouterr().out
    assert run(["bests", "--json"]) == 0
    assert bests.SCORE in json.loads(capsys.readouterr().out)[f"{STUDENT}|first_day|reception"]
    unfinished = str(path)
    assert run(["practice", unfinished, "--from", "1"]) == 2
    assert run(["--lang", "zh", "rematch", file]) == 0 and "新一局" in capsys.readouterr().out
