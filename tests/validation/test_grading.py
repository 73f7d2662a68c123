"""The whole table "How the grading itself is tested". CRMSIM_SEEDS says on how many seeds (20); docs/grading.md prints
the figures (`make grading`)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest

from crmsim.game import Game
from crmsim.grading import grade_game
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.distribution import known
from crmsim.grading.selftest import card
from crmsim.grading.selftest.card import SCENARIO, SEEDS, Section, chosen_seeds
from crmsim.grading.selftest.hands import HANDS
from crmsim.grading.selftest.ladder import BANDS
from crmsim.scenarios.loader import load_scenario

from .guide_hands import company

pytestmark = [pytest.mark.validation, pytest.mark.usefixtures("kept_evidence"), pytest.mark.covers("GAME-4")]
DOCUMENT = Path(__file__).parents[2] / "docs" / "grading.md"
MANNERS = ("diligent", "hasty", "careless")
FEW = 5  # seeds from which on shares and areas are asked for


@cache
def sections() -> dict[str, Section]:
    found, _stand = card.hands(chosen_seeds())
    return {each.title: each for each in found}


def missing(section: Section, *kinds: str) -> dict[str, str]:
    """Those checks of some kinds that do not hold, with what was found."""
    return {
        each.id: f"{each.found}, wanted {each.wanted}"
        for each in section.checks
        if not each.holds and each.id.split(".")[0] in kinds
    }


def test_the_hands_stand_in_the_order_that_was_meant() -> None:
    assert missing(sections()["Order of the hands"], "order") == {}


def test_neighbours_are_told_apart() -> None:
    assert missing(sections()["Order of the hands"], "auc") == {}


def test_a_competent_hand_is_above_every_gaming_hand() -> None:
    assert missing(sections()["Order of the hands"], "gaming") == {}


def test_scores_repeat_over_seeds_and_criteria_go_together() -> None:
    assert missing(sections()["Reliability"], "icc", "alpha") == {}


def test_the_hands_land_where_they_were_meant_to() -> None:
    """Novice 50 to 62, competent 72 to 80, expert 88 to 95, in every role; on few seeds within three points of it."""
    wide = 0 if len(chosen_seeds()) >= FEW else 3
    checks = [each for each in sections()["Order of the hands"].checks if each.id.startswith("band.")]
    outside = {
        f"{each.id} {hand}": mean
        for each in checks
        for hand, mean in re.findall(r"(\w+) ([\d.]+)", each.found)
        if not BANDS[hand][0] - wide <= float(mean) <= BANDS[hand][1] + wide
    }
    assert len(checks) == 6 and outside == {}


def test_each_criterion_goes_with_the_rest_and_is_neither_given_away_nor_out_of_reach() -> None:
    if len(chosen_seeds()) >= FEW:
        assert missing(sections()["Each criterion"], "criterion") == {}
    else:  # few seeds say it less exactly
        for each in sections()["Each criterion"].checks:
            found, share = re.findall(r"-?[\d.]+", each.found)
            assert float(found) >= 0.1 and 2 <= int(share) <= 98, (each.id, each.found)


def test_no_criterion_works_against_the_rest() -> None:
    found = sections()["Each criterion"].checks
    assert {each.id: each.found for each in found if float(each.found.split(";")[0]) < 0} == {}


def test_companies_that_handle_better_please_and_earn_more() -> None:
    assert missing(card.chance(chosen_seeds()), "worth") == {}


def test_tricks_earn_nothing_and_language_and_names_change_nothing() -> None:
    assert missing(card.tricks(chosen_seeds()), "change", "text") == {}


def test_planted_blunders_are_found_and_the_reference_is_spared() -> None:
    assert missing(card.review(chosen_seeds()), "planted") == {}


def score(game: Game) -> float:
    """The mean score of the seats that were scored, points of 100."""
    return fmean(each.score for each in grade_game(game).seats if each.score is not None) / 100


def test_three_hands_written_from_the_guide_alone_rank_as_meant() -> None:
    scenario = load_scenario(SCENARIO)
    seeds = chosen_seeds()[:FEW]
    found = {each: fmean(score(company(scenario, each, seed)) for seed in seeds) for each in MANNERS}
    assert all(found[a] > found[b] + 3 for a, b in pairwise(MANNERS)), found


def test_the_document_and_the_recorded_hands_are_of_these_criteria() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for each in CRITERIA.values():
        assert f"(`{each.id}`)" in text and each.claim in text, "run `make grading`"
    assert {each.hand for each in known()[SCENARIO]} == set(HANDS)
    rubric = load_scenario(SCENARIO).rubric
    assert set(rubric) == set(CRITERIA), "run python -m crmsim.grading.anchoring"
    assert {id: each.weight for id, each in rubric.items()} == {id: each.weight for id, each in CRITERIA.items()}
    assert len(chosen_seeds()) <= SEEDS or f"({len(chosen_seeds())} seeds" in text
