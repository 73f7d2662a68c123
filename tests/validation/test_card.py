"""The validity card's own arithmetic, on evidence made by hand: what is not so must not seem to hold."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from crmsim.calibration import evidence as keeping
from crmsim.calibration.moved import moved
from crmsim.calibration.shop import Shop, shop
from crmsim.calibration.trials import CALIBRATION, WEEK, Evidence, Trial, adverts
from crmsim.calibration.validity import ROWS, Measured, Row, written, written_band
from crmsim.crm.facts import CustomerArrived
from crmsim.engine.luck import Luck
from crmsim.engine.words import DAY
from crmsim.roles.director import PlanAdvert
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario

pytestmark = pytest.mark.covers("GAME-2")
BY_ID = {row.id: row for row in ROWS}


def all_alike(people: int = 2000) -> Evidence:
    """Purchases by people who all come at the same rate and never stay away: pure chance, and one price."""
    luck, found = Luck(1), []
    for n in range(people):
        minute, buys, number = luck.below(12 * WEEK, f"p{n}", "first"), [], 0
        while minute < 78 * WEEK:
            buys += [minute, 1000]
            number += 1
            minute += luck.exponential(34 * WEEK, f"p{n}", "gap", number)
        found.append(buys)
    return {"buys": found}


def test_customers_who_are_all_alike_fail_the_rows_that_tell_people_apart() -> None:
    games = all_alike()
    held = {id for id in ("1", "2", "3a", "3b", "4", "7a", "9", "10a") if BY_ID[id].holds_for(BY_ID[id].measure(games))}
    assert held <= {"2"}
    assert BY_ID["2"].measure(games) == pytest.approx(1.0, abs=0.1)
    assert BY_ID["4"].measure(games) < 1.3


def test_counts_and_shares_are_those_of_the_evidence() -> None:
    late = CALIBRATION + WEEK
    games: Evidence = {"buys": [[0, 100], [0, 100, WEEK, 300], [0, 200, late, 200], [0, 100] * 8]}
    figures = {id: BY_ID[id].measure(games) for id in ("1", "2", "3a", "3b", "8", "10a")}
    assert figures == pytest.approx(
        {"1": 0.5, "2": 2.0, "3a": 0.25, "3b": 0.25, "8": 0.25, "10a": 1300 / 1700}, rel=1e-4
    )
    waits: Evidence = {
        "greeted0": [100],
        "lost0": [86],
        "greeted1": [100],
        "lost1": [98],
        "greeted2": [1000],
        "lost2": [998],
    }
    assert BY_ID["12a"].measure(waits) == pytest.approx(7)
    assert BY_ID["12b"].measure(waits) == pytest.approx(70)
    assert BY_ID["12b"].measure(waits | {"lost2": [1000]}) == float("inf")
    assert BY_ID["19"].measure({"signed900000": [200], "signed1100000": [100]}) == pytest.approx(-3.454, abs=0.001)
    scores: Evidence = {"scores1": [5, 4], "scores240": [4, 4], "scores456": [3, 3]}
    assert BY_ID["22"].measure(scores) == pytest.approx(2 * 239 / 216)
    assert BY_ID["25"].measure({"in_time": [100, 100], "late": [104, 110]}) == pytest.approx(0.07)


def test_a_row_holds_by_its_pooled_figure_and_four_seeds_in_five() -> None:
    row = Row("x", "share", (0.1, 0.2), "%", "me", lambda games: 0.0, "cohort")
    rare = Row("x", "share", (0.1, 0.2), "%", "me", lambda games: 0.0, "cohort", pooled=True)
    most = (0.15,) * 16 + (0.3,) * 4
    assert Measured(row, 0.15, most).holds
    assert not Measured(row, 0.15, (*most[1:], 0.3)).holds
    assert Measured(rare, 0.15, (*most[1:], 0.3)).holds
    assert not Measured(rare, 0.25, most).holds
    assert Measured(row, 0.15, (0.1, 0.2, 0.3)).holds
    assert (written(row, 0.1534), written_band(row), written(BY_ID["12a"], 6.4)) == ("15.3%", "10.0% .. 20.0%", "6.4x")
    assert written_band(BY_ID["11"]) == ">= 1"


def test_what_was_played_is_kept_and_what_another_plays_is_not_played_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    played: list[int] = []

    def play(scenario: Scenario, seed: int) -> Evidence:
        played.append(seed)
        return {"seeds": [seed]}

    monkeypatch.setattr(keeping, "TRIALS", {"made": Trial("made", adverts, play)})
    keeping.folder.cache_clear()
    try:
        assert keeping.evidence("made", (1, 2)) == [{"seeds": [1]}, {"seeds": [2]}]
        assert keeping.pooled(keeping.evidence("made", (2, 1))) == {"seeds": [2, 1]}
        assert played == [1, 2]
        place = keeping.folder("made")
        claim = place / "3.claim"
        claim.touch()
        assert keeping.kept_or_played("made", 3, place) is None
        old = time.time() - 2 * keeping.STALE
        os.utime(claim, (old, old))
        assert keeping.evidence("made", (3,)) == [{"seeds": [3]}]  # whoever claimed it is gone
        assert played == [1, 2, 3] and json.loads((place / "3.json").read_text(encoding="utf-8"))
    finally:
        keeping.folder.cache_clear()


def test_the_card_says_where_a_scenario_moves_away_from_a_fact() -> None:
    usual = moved(shop(days=5, segment={"quantity_sigma": 730_000}, market={}))
    assert [each.where for each in usual] == ["market.cooling_minutes"]
    plain = load_scenario("first_month")
    kind = plain.segments[0].model_copy(update={"late": 900_000})
    luxury = plain.model_copy(update={"segments": (kind, *plain.segments[1:])})
    told = {each.where: (each.value, each.rows) for each in moved(luxury)}
    assert told[f"segments.{kind.id}.late"] == (900_000, "27")
    assert told["market.cooling_minutes"][1] == "12"


def test_an_advert_that_led_to_nothing_fades_from_memory() -> None:
    def arrived(days: int) -> int:
        arriving = {"remember_days": days}
        viewers = {"habits": {"tv": 1_000_000}, "rate_alpha_days": 100_000}
        scenario = shop(days=200, segment=viewers, market={"size": 200, "need_days": 200, "arriving": arriving})
        house = Shop(scenario, 1)
        house.act("director", PlanAdvert(medium="tv", budget=900_000, start=0, end=9 * DAY))
        house.game.run_to_end()
        return sum(each.minute > 60 * DAY for each in house.facts(CustomerArrived))

    never, slowly, soon = arrived(0), arrived(98), arrived(20)
    assert never > 1.4 * slowly > 1.4 * 3 * soon
