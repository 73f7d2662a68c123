"""The review finds planted blunders, spares what an expert would have done, and says the same each time."""

from __future__ import annotations

import io
import json
import re
from html import escape, unescape
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.cli.speech import Speech
from crmsim.engine.errors import BadInput
from crmsim.engine.words import DAY, UNDATED, _, render
from crmsim.game import Game
from crmsim.game.replay import begin
from crmsim.grading import grade_game
from crmsim.grading.decisions import Decision, decisions_of, mean_order
from crmsim.grading.graphs import sign
from crmsim.grading.lines_of_play import Found, Line
from crmsim.grading.page import page
from crmsim.grading.review import Marked, as_json, cost_of, mark_of, reasons_of, review
from crmsim.grading.selftest.planted import WORSE, complaints, discounts, orders, wrong_owners
from crmsim.grading.stories import LOST, Step, Story, stories
from crmsim.grading.stories import as_json as story_json
from crmsim.grading.track import COLOURS, Track
from crmsim.scenarios.loader import scenario_of
from crmsim.store.savefile import save

from .conftest import played, week


@pytest.mark.covers("GAME-4")
def test_rejecting_a_sound_order_is_a_mistake() -> None:
    """Only orders against which nothing speaks are planted: one that passes as an exception may well go back."""
    found = orders(week(), 3)
    assert len(found) > 1 and all(each.mark in WORSE and each.better is not None for each in found), found
    assert {render(each.why, "en") for each in found if each.why is not None} == {"Nothing speaks against the order."}


@pytest.mark.covers("GAME-4")
def test_a_discount_for_somebody_who_would_have_bought_is_a_mistake() -> None:
    (found,) = discounts(week(), 3)
    assert found.mark in WORSE and found.fen > 0, found
    assert found.better is not None and found.better.action.discount < found.action.discount


@pytest.mark.covers("GAME-4", "DIR-4")
def test_owners_from_the_wrong_region_are_mistakes() -> None:
    found = [*wrong_owners(week(), 3), *wrong_owners(week(), 6)]
    assert found and sum(each.mark in WORSE for each in found) * 3 >= 2 * len(found), [each.mark for each in found]


@pytest.mark.covers("GAME-4")
def test_a_complaint_left_for_a_week_is_a_mistake() -> None:
    found = complaints(week(), 3)
    assert found and all(each.action is None for each in found)
    assert sum(each.mark in WORSE for each in found) * 3 >= 2 * len(found), [each.mark for each in found]


@pytest.mark.covers("GAME-4")
def test_what_an_expert_would_do_is_never_worse_than_good_and_a_review_repeats() -> None:
    data = week().model_dump(mode="json")
    data["calendar"]["days"] = 2
    data["review"] |= {"decisions": 4, "days": 2}
    scenario = scenario_of(data)
    short = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    short.run_to_end()
    ticks: list[tuple[int, int]] = []
    (one,) = review(short.header(), short.journal, ["sales-1"], jobs=1, progress=lambda *done: ticks.append(done))
    (two,) = review(short.header(), short.journal, ["sales-1"], jobs=2)
    assert json.dumps(as_json(one, "zh")) == json.dumps(as_json(two, "zh"))
    assert ticks[0] == (0, 4) and ticks[-1] == (4, 4)
    assert sum(each.played for each in one.decisions) <= 4 < len(one.decisions)
    found = decisions_of(begin(short.header()), short.journal, ["sales-1"], mean_order(short))["sales-1"]
    same = {each.entry for each in found if each.same}
    assert len(same) * 2 > len(found)  # an expert and a competent hand mostly agree
    assert all(each.mark in {"best", "good"} for each in one.decisions if each.played and each.entry in same)


def found_with(*differences: int) -> Found:
    line = Line(None, ())
    return Found(line, line, differences, differences)


@pytest.mark.covers("GAME-4")
def test_a_mark_worse_than_good_needs_a_sure_loss_or_policy_against_it() -> None:
    rules = week().review
    decision = Decision(0, 0, "sales-1", None, None, ("p1",), 1, None, False)
    sure, unsure = found_with(90, 100, 110, 100), found_with(-400, 900, -100, 0)
    assert mark_of(decision, sure, rules, 1000) == "mistake" and mark_of(decision, sure, rules, 100) == "blunder"
    assert mark_of(decision, unsure, rules, 100) == "good"
    assert mark_of(msgspec.structs.replace(decision, same=True), sure, rules, 100) == "good"
    assert mark_of(decision, found_with(-1, -2, -1, -1), rules, 100) == "best"
    frowned = msgspec.structs.replace(decision, points=0)
    assert mark_of(frowned, unsure, rules, 1000) == "mistake", "play that cannot tell does not acquit"
    assert mark_of(frowned, found_with(-90, -100, -110, -100), rules, 1000) == "good", "a sure gain does"
    assert mark_of(frowned, found_with(0, 0, 0, 0), rules, 1000) == "inaccuracy", "nothing came of it"
    assert mark_of(msgspec.structs.replace(frowned, same=True), unsure, rules, 100) == "good"


@pytest.mark.covers("GAME-4")
def test_a_loss_is_sure_by_its_mean_or_by_its_signs() -> None:
    heavy = found_with(12_000, 12_000, 12_000, 900_000)
    assert heavy.mean < heavy.spread and heavy.sure and not heavy.acquitted
    assert not found_with(12_000, 12_000, -1, 900_000).sure
    assert found_with(*[5] * 10, -900, -1).mean < 0 and not found_with(*[5] * 10, -900, -1).sure
    assert found_with(*[5] * 10, -9, -1).sure and not found_with(*[5] * 9, -9, -9, -1).sure
    assert found_with(-12_000, -12_000, -12_000, -13_000).acquitted
    assert not found_with(-12_000, -12_000, -12_000, -900_000).acquitted, "one great contract is no proof"
    sooner = msgspec.structs.replace(found_with(-9_000, -9_000, -9_000, -9_000), outcomes=(0, 0, 0, 0))
    assert not sooner.acquitted, "a customer who is lost sooner saves time"


@pytest.mark.covers("GAME-4", "GAME-12")
def test_the_command_prints_json_and_refuses_a_game_that_is_not_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = week().model_dump(mode="json")
    data["calendar"]["days"] = 2
    data["review"] |= {"decisions": 2}
    scenario = scenario_of(data)
    game = Game(scenario, 3, players=crew(scenario, "novice", [each.id for each in scenario.seats]))
    game.advance(DAY)
    with pytest.raises(BadInput):
        review(game.header(), game.journal)
    game.run_to_end()
    save(game, tmp_path / "lab.crmsim")
    assert run(["review", str(tmp_path / "lab.crmsim"), "--seat", "service", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["seat"] == "service" and found["decisions"]
    for each in found["decisions"]:
        assert each["mark"] in {"best", "good", "inaccuracy", "mistake", "blunder"}
        assert set(each["regret"]) >= {"fen", "satisfaction", "spread"} and each["by"] in {"play", "judge"}
        assert (each["better"] is not None) == (each["by"] == "play" and each["mark"] not in {"best", "good"})
    assert run(["--lang", "zh", "review", str(tmp_path / "lab.crmsim"), "--seat", "service"]) == 0
    assert "service" in capsys.readouterr().out
    assert run(["review", str(tmp_path / "lab.crmsim"), "--seat", "nobody"]) == 2


@pytest.mark.covers("GAME-4", "GAME-14")
def test_customers_tell_their_stories_when_the_game_is_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    game = played("idle")
    told = stories(game)
    lost = [each for each in told if each.lost >= 0]
    assert lost and all(each.moments for each in lost)
    one = lost[0]
    assert any(each.minute <= one.lost for each in one.moments) and "Lost on" in str(one.ending)
    assert "{" not in "".join(str(each.words) for each in one.moments)
    save(game, tmp_path / "lab.crmsim")
    assert run(["story", str(tmp_path / "lab.crmsim"), one.customer, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert Speech.dates == game.scenario.calendar.dates
    assert found["lost"] == one.lost and len(found["moments"]) == len(one.moments)
    everybody = [*told, *stories(played("competent"))]
    kinds = {each["kind"] for story in everybody for each in story_json(story)["steps"]}
    assert kinds == {"own words", "company", "rival", "mood", "lost for good"}
    last = next(each for each in found["steps"] if each["kind"] == "lost for good")
    assert last["minute"] == one.lost and [type(game.facts[n]).__name__ for n in last["facts"]] == ["CustomerLeft"]
    assert run(["--lang", "zh", "story", str(tmp_path / "lab.crmsim"), one.customer]) == 0
    printed = capsys.readouterr().out
    assert f"[{last['facts'][0]}]" in printed and "流失" in printed and "no_offer" not in printed
    assert run(["story", str(tmp_path / "lab.crmsim"), "nobody-at-all"]) == 2
    early = Game(week(), 3)
    with pytest.raises(BadInput):
        stories(early)
    save(early, tmp_path / "early.crmsim")
    assert run(["story", str(tmp_path / "early.crmsim")]) == 2 and "not over" in capsys.readouterr().err
    assert Speech.dates == UNDATED  # a run knows nothing of the one before
    page_text = page(grade_game(game), "en", told)
    assert str(one.ending) in unescape(page_text) and "<script" not in page_text
    drawn = page_text.split('aria-label="' + escape(str(one.name)) + '"')[1].split("</svg>")[0]
    assert drawn.count(sign("lost for good").split("stroke=")[1].split("/>")[0]) == 1  # the moment it was lost


@pytest.mark.covers("GAME-4", "GAME-10")
def test_what_cost_nothing_is_not_told_as_a_loss() -> None:
    free = Marked(1, 0, None, "", "inaccuracy", True, -6_900, 0, 0, -6_900, None, None, doubtful=True)
    dear = msgspec.structs.replace(free, total=120_000, spread=3_000, satisfaction=-5_000)
    assert render(cost_of(free), "en") == "By policy it was wrong; played on, nothing was lost by it."
    assert render(cost_of(free), "zh") == "按制度是错的；推演下来，没有因此造成损失。"
    plain = msgspec.structs.replace(free, doubtful=False)
    assert render(cost_of(plain), "en") == "Played on, nothing was lost by it."
    assert "¥1,200.00" in render(cost_of(dear), "en") and "-" not in render(cost_of(dear), "zh")


@pytest.mark.covers("GAME-4", "GAME-10")
def test_regret_is_told_in_money_and_satisfaction_apart_with_its_spread() -> None:
    """The sum holds both: what is said beside it must not read as if it came on top."""
    both = Marked(1, 0, None, "", "blunder", True, 100_000, 30_000, 7_000, 120_000, None, None)
    assert render(cost_of(both), "en") == (
        "About ¥1,200.00 lost all told, give or take ¥70.00: ¥1,000.00 less in money, satisfaction 3% less."
    )
    felt = msgspec.structs.replace(both, fen=-50_000)
    assert "¥500.00 more in money, satisfaction 3% less" in render(cost_of(felt), "en")
    neither = msgspec.structs.replace(both, fen=0, satisfaction=-1)
    assert render(cost_of(neither), "zh") == "机会损失合计约¥1,200.00，误差约¥70.00：信任和工时。"
    doubtful = [render(each, "en") for each in reasons_of(msgspec.structs.replace(both, doubtful=True))]
    assert doubtful[-1].startswith("Luck decides") and len(doubtful) == 2


@pytest.mark.covers("GAME-4")
def test_a_paper_left_lying_is_told_by_what_it_asked_for_and_lay_no_longer_than_the_game() -> None:
    """Who ends a game early let nothing lie after its end."""
    scenario = week()
    game = Game(scenario, 3, players=crew(scenario, "idle", [each.id for each in scenario.seats]))
    game.advance_to(3 * DAY - 60)
    game.end()
    seats = [each.id for each in scenario.seats]
    found = decisions_of(begin(game.header()), game.journal, seats, mean_order(game))
    lying = [each for mine in found.values() for each in mine if each.action is None]
    assert lying and max(each.until for each in lying) <= game.minute < game.end_minute
    assert all(": " in render(each.what, "en") for each in lying)


@pytest.mark.covers("GAME-4")
def test_every_decision_is_told_in_names_whoever_may_see_the_customer_now() -> None:
    data = week().model_dump(mode="json")
    data["review"]["decisions"] = 0  # by policy alone: nothing is played on
    short = scenario_of(data)
    game = Game(short, 3, players=crew(short, "competent", [each.id for each in short.seats]))
    game.run_to_end()
    seats = [each.id for each in reversed(short.seats)]  # who sees all comes last
    told = [render(each.words, "en") for one in review(game.header(), game.journal, seats) for each in one.decisions]
    papers = [each for each in told if each.startswith("Ship goods")]
    assert len(told) > 100 and papers and all(re.match(r"Ship goods: .+ · O\d", each) for each in papers)
    assert [each for each in told if re.search(r": (C|HT|O|I)\d+(,|$)|(?<!· )\bO\d+", each)] == []


@pytest.mark.covers("GAME-9")
def test_the_longest_game_has_a_line_of_days_in_the_narrowest_window() -> None:
    last = 5_600 * DAY  # of the longest game, when one works a day a week
    story = Story("p1", "Li", _("The game is over."), (), -1, 0, 0, (Step(last, LOST, _("The game is over.")),))
    out = io.StringIO()
    Console(file=out, width=24).print(Track(story, last, "en", COLOURS))
    line, ruler, *_key = out.getvalue().splitlines()
    assert line == "─" * 23 + "✗" and ruler.strip() == "1"
