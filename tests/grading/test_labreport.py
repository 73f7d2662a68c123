"""Lab reports: figures are recomputed, citations weighed, free words only suggested; tricks earn next to nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crmsim.cli.app import run
from crmsim.crm.customer import Customer
from crmsim.crm.facts import ContractAccepted
from crmsim.engine.errors import BadInput
from crmsim.engine.words import render
from crmsim.game import Game
from crmsim.grading.answers import load, missing, read_answers, template
from crmsim.grading.free_words import suggest
from crmsim.grading.labreport import Mark, mark_report, read_value, relevant
from crmsim.grading.own_figures import FIGURES, channels
from crmsim.grading.submission import read, told
from crmsim.grading.writing import Draft, folder_of
from crmsim.public import load_scenario, new_game
from crmsim.store.savefile import save

from .conftest import played
from .handins import STUDENT, short

FORMS = {"percent": 10_000, "money": 100}


def written(unit: str, value: int) -> str:
    return f"{value / FORMS[unit]:.2f}" if unit in FORMS else str(value)


def right_answers(game: Game) -> dict[str, dict[str, Any]]:
    """What a student who reads the journal without a slip would write."""
    found: dict[str, dict[str, Any]] = {}
    for each in game.scenario.report.questions:
        if each.tier == "A":
            value = FIGURES[each.figure](game, each.about)
            found[each.id] = {"value": "-" if value is None else written(each.unit, int(value))}
    came, best = channels(game), FIGURES["best_channel"](game, "")
    signed = [
        each.number for each in game.facts if isinstance(each, ContractAccepted) and came.get(each.customer) == best
    ]
    found["best_channel"] = {"value": str(best), "facts": signed[:2]}
    lost = lost_customer(game)
    facts = relevant(game, lost.id)[:3]
    found["lost"] = {"customer": lost.name or lost.contact}
    for number in (1, 2, 3):
        found["lost"] |= {f"cause_{number}": "It waited.", f"facts_{number}": facts[number - 1 : number] or facts[:1]}
    return found


def lost_customer(game: Game) -> Customer:
    left = [each for each in game.world.all(Customer) if each.stage == "left"]
    return max(left, key=lambda each: len(relevant(game, each.id)))


def by_id(game: Game, answers: dict[str, dict[str, Any]]) -> dict[str, Mark]:
    return {each.id: each for each in mark_report(game, answers).marks}


@pytest.mark.covers("GAME-6")
def test_questions_are_of_three_tiers_and_right_answers_earn_all_that_is_sure() -> None:
    game = short()
    questions = game.scenario.report.questions
    marks = {tier: sum(each.marks for each in questions if each.tier == tier) for tier in "ABC"}
    assert marks["A"] >= 70 and marks["C"] <= 30 and sum(marks.values()) == 100
    assert 6 <= sum(each.tier == "A" for each in questions) <= 8
    found = mark_report(game, right_answers(game))
    assert found.earned == found.possible == 9000, [each for each in found.marks if each.points < each.possible]
    assert found.pending == 1000 and all(each.pending for each in found.marks if each.tier == "C")
    assert mark_report(game, {}).earned == 0


@pytest.mark.covers("GAME-6")
def test_tolerance_unit_and_carry_forward() -> None:
    game, answers = short(), right_answers(short())
    value = int(FIGURES["order_value"](game, "") or 0)
    full = by_id(game, answers)["order_value"].possible

    def mark(text: str) -> int:
        return by_id(game, answers | {"order_value": {"value": text}})["order_value"].points

    assert mark(f"¥{value / 100:,.2f}") == mark(f"{value / 100:.2f}元") == mark(f"{value * 1.009 / 100:.2f}") == full
    assert mark(f"{value * 1.02 / 100:.2f}") == mark(f"{value / 100:.2f}%") == mark("many") == mark("1e99") == 0
    assert mark(str(value)) == full // 2  # fen where yuan were asked for
    wrong = answers | {"buyers": {"value": "3"}, "contacts": {"value": "8"}, "conversion": {"value": "37.5%"}}
    carried = by_id(game, wrong)
    assert carried["buyers"].points == 0 or FIGURES["buyers"](game, "email") == 3
    assert carried["conversion"].points == carried["conversion"].possible * 7 // 10
    assert read_value("１") is None or read_value("1") == (1_000_000, "")


@pytest.mark.covers("GAME-6")
def test_citing_everything_scores_low_and_another_customers_facts_score_nothing() -> None:
    game = short()
    answers, lost = right_answers(game), lost_customer(game)
    full = by_id(game, answers)["lost"]
    assert full.points == full.possible
    everything = list(range(min(len(game.facts), 60)))
    flood = dict(answers["lost"]) | {f"facts_{number}": everything for number in (1, 2, 3)}
    assert by_id(game, answers | {"lost": flood})["lost"].points * 4 <= full.possible
    strangers = [each.number for each in game.facts if getattr(each, "customer", lost.id) != lost.id][:3]
    other = dict(answers["lost"]) | {f"facts_{number}": strangers for number in (1, 2, 3)}
    assert by_id(game, answers | {"lost": other})["lost"].points == 0
    bought = next(each for each in game.world.all(Customer) if each.purchases and each.stage != "left")
    assert by_id(game, answers | {"lost": dict(answers["lost"]) | {"customer": bought.id}})["lost"].points == 0


GOOD = (
    "I learned that a customer who waits is soon lost, because a rival answers the same day. "
    "With the late orders I should have asked for more time instead of promising a day. "
    "Next time I will improve the first answer and watch the stock."
)


@pytest.mark.covers("GAME-6")
def test_free_words_are_suggested_with_a_band_and_tricks_get_next_to_nothing() -> None:
    question = next(each for each in short().scenario.report.questions if each.id == "reflection")
    asked = (render(question.text, "en"), render(question.text, "zh"))

    def share(text: str) -> int:
        return suggest(text, asked, question.least, question.most, question.themes).share

    good = suggest(GOOD, asked, question.least, question.most, question.themes)
    assert good.share > 600_000 and good.band[0] < good.share <= good.band[1]
    assert all(GOOD[a:b].lower() in {"learn", "customer", "next"} for a, b in good.spans)
    words = [word for theme in question.themes for word in theme]
    tricks = {
        "the question copied": asked[0] * 4,
        "a list of words": ", ".join(words * 3),
        "one sentence of words": " ".join(words * 4) + ".",
        "filler": "good good good. " * 15,
        "negated": "I did not learn. There was no customer. There is nothing for the time to come, not next. " * 2,
        "nothing": "   ",
    }
    assert {name: share(text) for name, text in tricks.items() if share(text) > 250_000} == {}


@pytest.mark.covers("GAME-6", "CTL-4")
def test_a_report_is_begun_checked_and_packed_by_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    game = short()
    save(game, tmp_path / "lab.crmsim")
    folder = tmp_path / "report"
    assert run(["report", "new", str(tmp_path / "lab.crmsim"), "--to", str(folder)]) == 0
    assert run(["report", "new", str(tmp_path / "lab.crmsim"), "--to", str(folder)]) == 2  # nothing is written over
    text = (folder / "report.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert data["head"]["student_number"] == STUDENT and len(data["process"]) == 5
    assert data["overview"]["contacts"] > 0 and set(data["answers"]) == {q.id for q in game.scenario.report.questions}
    capsys.readouterr()
    assert run(["report", "check", str(folder)]) == 2
    said = capsys.readouterr().out
    assert "conversion: there is no value." in said and "reflection: 0 characters" in said
    told_figures = [
        written(each.unit, int(FIGURES[each.figure](game, each.about) or 0))
        for each in game.scenario.report.questions
        if each.tier == "A" and each.unit in FORMS
    ]
    assert told_figures and not any(each in said for each in told_figures)  # what is right is not told
    assert run(["report", "pack", str(folder)]) == 0
    packed = capsys.readouterr()
    assert set(said.splitlines()) < set(packed.out.splitlines()) and "answers are missing" in packed.err
    handed = read(folder / "handin.zip")
    assert told(handed).game.digest() == game.digest() and read_answers(handed.report).keys() == data["answers"].keys()
    first = (folder / "handin.zip").read_bytes()
    assert run(["report", "pack", str(folder)]) == 0 and (folder / "handin.zip").read_bytes() == first
    assert sorted(each.name for each in folder.iterdir()) == ["handin.zip", "report.toml"]
    capsys.readouterr()
    assert run(["grade", str(folder / "handin.zip")]) == 0
    assert "Lab report: " in capsys.readouterr().out


@pytest.mark.covers("GAME-6")
def test_whatever_stands_in_a_report_is_an_answer_or_nothing() -> None:
    game = short()
    odd = b"""
[answers]
contacts = 3
[answers.buyers]
value = [1, 2]
[answers.conversion]
value = inf
[answers.lost]
customer = "\xe5\xae\xa2\\u001b[31m"
facts_1 = ["x", 1.5, true, 99999999999, -5]
cause_1 = "x"
[answers.unknown]
value = 1979-05-27
"""
    found = mark_report(game, read_answers(odd))
    assert found.earned == 0 and found.possible == 9000
    assert missing(game.scenario.report, read_answers(odd))
    huge = b"[answers.contacts]\nvalue = 0x" + b"f" * 9000 + b"\nfacts = [0x" + b"f" * 9000 + b"]"
    assert read_answers(huge) == {"contacts": {"facts": []}}
    with pytest.raises(BadInput, match=r"report\.toml cannot be read"):
        read_answers(b"[answers.contacts]\nvalue = " + b"9" * 9000)


@pytest.mark.covers("GAME-6", "CTL-4")
def test_a_report_kept_by_an_editor_that_marks_its_files_is_read_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    game, path = short(), tmp_path / "lab.crmsim"
    draft = Draft(game, path, "en")
    blank = next(each for each in draft.blanks() if each.name == "text")
    draft.put(blank, "We asked first.")
    draft.keep()
    file = draft.folder / "report.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_answers(file.read_bytes())[blank.section]["text"] == "We asked first."
    assert load(draft.folder)[1] == str(path.resolve())
    again = Draft(game, path, "en")
    assert again.value(blank) == "We asked first."
    file.write_text("[answers\nWe asked first.", encoding="utf-8")
    Draft(game, path, "en").keep()
    assert "We asked first." in (draft.folder / "report.toml.old").read_text(encoding="utf-8")
    file.write_text("answers = 3\nhead = 4", encoding="utf-8")
    assert Draft(game, path, "en").value(blank) == ""


@pytest.mark.covers("GAME-6", "GAME-10")
def test_a_template_speaks_both_languages_and_marks_are_the_same() -> None:
    game = played("novice")
    zh, en = template(game, "a", "zh"), template(game, "a", "en")
    assert "实验报告" in zh and "Lab report" in en
    assert read_answers(zh.encode()) == read_answers(en.encode())


@pytest.mark.covers("CTL-4")
@pytest.mark.parametrize("seat", ["reception", "service"])
def test_a_template_names_the_seat_and_offers_charts_to_every_seat(seat: str) -> None:
    scenario = load_scenario("first_day")
    game = new_game(scenario, 3, {seat: "2025007"}, language="zh", student="2025007")
    game.end()
    written = tomllib.loads(template(game, "x.crmsim", "zh"))
    assert written["head"]["seat"] == {"reception": "客户接洽", "service": "客服人员"}[seat]
    assert written["charts"] and written["head"]["student_number"] == "2025007"


@pytest.mark.covers("CTL-4")
def test_two_games_that_are_called_the_same_in_two_folders_have_reports_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path / "home"))
    here, there = tmp_path / "monday" / "lab.crmsim", tmp_path / "tuesday" / "lab.crmsim"
    assert folder_of(here) != folder_of(there)
    assert folder_of(here) == folder_of(tmp_path / "tuesday" / ".." / "monday" / "lab.crmsim")
    assert folder_of(tmp_path / "home" / "saves" / "lab.crmsim").name == "lab"
