"""The fast part of how the grading is tested: the statistics themselves, tricks, fairness, bytes; the whole of it is
tests/validation/test_grading.py."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crmsim.grading.anchoring import Row, anchored, as_toml, score
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FEWEST
from crmsim.grading.distribution import beside, hands_in, shown
from crmsim.grading.selftest.changes import independent, marks_of, renamed, scores, swapped, told_again
from crmsim.grading.selftest.figures import alpha, auc, discrimination, icc
from crmsim.grading.selftest.hands import GAMING, HANDS, low_hands
from crmsim.grading.selftest.ladder import ladder, random_habits
from crmsim.grading.selftest.played import Result, Scored, SeatResult, measured, one_by_one, results
from crmsim.grading.selftest.played import played as company
from crmsim.grading.selftest.texts import texts
from crmsim.scenarios.loader import scenario_of
from crmsim.scenarios.schema import CriterionWeight, Scale, Scenario
from crmsim.store.folders import home
from crmsim.store.savefile import save

from .conftest import SEED, played, week

pytestmark = pytest.mark.covers("GAME-4")


def days(number: int) -> Scenario:
    return scenario_of(week().model_dump(mode="json") | {"calendar": {**week().calendar.model_dump(), "days": number}})


def test_an_area_counts_pairs_and_halves_ties() -> None:
    assert auc([3, 4], [1, 2]) == 1.0 and auc([1], [1]) == 0.5 and auc([1, 3], [2]) == 0.5


def test_the_intraclass_correlation_is_that_of_shrout_and_fleiss() -> None:
    """Their example of 1979, table 2: six targets, four judges, ICC(2,1) = .29."""
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert round(icc(table), 2) == 0.29
    assert icc([[1, 1], [5, 5], [9, 9]]) == 1.0


def test_alpha_is_one_for_equal_items_and_low_for_strangers() -> None:
    up = {case: float(case) for case in range(10)}
    other = {case: float(case * 7 % 10) for case in range(10)}
    assert round(alpha([up, dict(up), dict(up)]), 6) == 1.0
    assert alpha([up, other]) < 0.7
    assert discrimination(up, up) == pytest.approx(1.0)
    assert discrimination(up, dict.fromkeys(up, 5.0)) == 0.0 and discrimination(up, {0: 1.0}) is None


def test_a_ladder_that_is_upside_down_does_not_hold() -> None:
    def of(hand: str, seed: int, points: int) -> Result:
        return Result(hand, seed, (SeatResult("sales-1", "sales", (), points),), 0, 0)

    meant = (9000, 7600, 5600, 4000, 3500, 3000, 2000, 100)
    right = [of(hand, seed, points - seed) for hand, points in zip(HANDS, meant, strict=True) for seed in (1, 2)]
    assert all(each.holds for each in ladder(right))
    kinder = [of(each.hand, each.seed, each.seats[0].score + 1000) for each in right]
    assert [each.id for each in ladder(kinder) if not each.holds] == ["band.sales"], "the order alone is not enough"
    wrong = [of(hand, seed, 1000 + 1000 * place) for place, hand in enumerate(HANDS) for seed in (1, 2)]
    assert not any(each.holds for each in ladder(wrong))


def test_a_rubric_moves_scores_and_too_few_occasions_count_for_nothing() -> None:
    enough = (Scored("sales.fit", 800, FEWEST), Scored("sales.matches_agreement", 800, FEWEST))
    seat = SeatResult("sales-1", "sales", (*enough, Scored("sales.closing", 100, FEWEST - 1)))
    assert seat.under({}).score == 8000
    assert SeatResult("sales-1", "sales", enough[:1]).under({}).score == 0, "one criterion of twenty is no score"
    own = {"sales.fit": CriterionWeight(weight=5, scales={"sales": Scale(none=800, full=1000)})}
    assert seat.under(own).score == 4000 and own["sales.fit"].thresholds("promoter") == (None, None)
    whole = CriterionWeight(none=100, scales={"sales": Scale(none=800, full=1000)})
    assert whole.thresholds("sales") == (100, None), "what an instructor writes stands above a role's own scale"
    rows = [Row(level, "sales-1", "sales", {"sales.fit": mean}) for level, mean in
            (("novice", 400), ("competent", 600), ("expert", 700))]  # fmt: skip
    chosen = anchored(rows)
    landed = [score(row, chosen) for row in rows]
    assert landed == sorted(landed) and landed[0] < landed[-1] and abs(landed[-1] - 915) < 120
    assert all(f'[rubric."{id}"]' in as_toml({"sales": chosen}) for id in CRITERIA)
    assert "scales.sales = {" in as_toml({"sales": chosen})


def test_gaming_hands_stay_below_a_competent_one_and_plays_are_kept() -> None:
    wanted = [(each, {"sales-1": each, "director": each}, SEED) for each in ("competent", *GAMING)]
    tried = results(days(8), wanted, jobs=1)
    best = {each.hand: sum(seat.score for seat in each.seats if seat.seat in {"sales-1", "director"}) for each in tried}
    assert all(best["competent"] > best[each] + 1000 for each in GAMING), best
    files = list((home() / "graded").rglob("*.json"))
    assert results(days(8), wanted, jobs=1) == tried
    assert list((home() / "graded").rglob("*.json")) == files, "nothing was played twice"
    stand = shown(tried)
    assert {(each.hand, each.role) for each in stand} >= {("competent", "sales"), ("spammer", "director")}


def test_a_gaming_hand_ranks_where_its_vice_can_be_exercised() -> None:
    assert low_hands("sales") == ("spammer", "discounter", "random")
    assert low_hands("director") == ("spammer", "approver", "random")
    assert low_hands("service") == ("spammer", "random")


def test_seats_that_hardly_meet_are_tried_together() -> None:
    (one,) = one_by_one(days(2), ("novice",), (SEED,), jobs=1)
    assert sorted(each.seat for each in one.seats) == sorted(each.id for each in week().seats)


def test_companies_of_chance_repeat_and_differ() -> None:
    assert random_habits(1) == random_habits(1) != random_habits(2)
    (one,) = results(days(2), [("chance", random_habits(1), 5)], jobs=1)
    assert one == measured(company(days(2), random_habits(1), 5), "chance") or one.seats


def test_what_is_recorded_of_hands_stands_beside_a_score() -> None:
    found = hands_in("first_month", "sales")
    assert {each.hand for each in found} == set(HANDS)
    assert [each.mean for each in found] == sorted(each.mean for each in found)
    assert set(beside("first_month", "sales", "sales.needs")) == {"novice", "competent", "expert"}
    assert hands_in("a_scenario_of_mine", "sales") == [] and beside("a_scenario_of_mine", "sales", "sales.needs") == {}


def test_independent_acts_in_another_order_change_no_score() -> None:
    game = played("competent")
    places = independent(game)
    assert len(places) >= 20
    assert scores(told_again(game, swapped(game, places))) == scores(game)


def test_the_same_play_is_worth_the_same_in_either_language_and_among_other_names() -> None:
    scenario = days(3)
    one, two = (renamed(scenario, "novice", SEED, language) for language in ("en", "zh"))
    assert one.cast != two.cast and scores(one) == scores(two)
    assert marks_of(one, "en") == marks_of(one, "zh") == marks_of(two, "zh")


def test_answers_that_are_none_earn_no_quarter() -> None:
    found = texts(played("novice"))
    assert len(found) == 5 and all(each.holds for each in found), found


def test_grades_are_the_same_bytes_with_another_hash_seed_and_in_another_order(tmp_path: Path) -> None:
    """On whatever Python runs the tests; CI runs them on two."""
    for number, level in enumerate(("competent", "novice")):
        game = company(days(2), level, SEED)
        save(game, tmp_path / f"{number}.crmsim")
    code = (
        "import json,sys;from crmsim.grading import grade_save;from crmsim.grading.report import as_json;"
        "sys.stdout.write(json.dumps({p[-8:]: as_json(grade_save(p)) for p in sys.argv[1:]}, sort_keys=True))"
    )
    files, found = [str(tmp_path / f"{number}.crmsim") for number in (0, 1)], set()
    for seed, order in (("1", files), ("2", files[::-1])):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code, *order], env=env, capture_output=True, check=True)
        found.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(found) == 1
