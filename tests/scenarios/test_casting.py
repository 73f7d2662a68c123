"""The people of a game are drawn once, by seed and language, and nobody real can be reached by them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from crmsim.scenarios.casting import STRANGERS, draw_cast
from crmsim.scenarios.loader import load_scenario


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everybody_has_a_name_and_addresses_of_their_own(language: str) -> None:
    scenario = load_scenario("first_month")
    cast = draw_cast(scenario, 7, language)
    assert (len(cast.customers), len(cast.strangers), len(cast.staff)) == (
        scenario.market.size,
        STRANGERS,
        len(scenario.seats),
    )
    everybody = [*cast.customers, *cast.strangers, *cast.staff]
    for values in (
        [each.name for each in everybody],
        [each.phone for each in everybody],
        [each.email for each in everybody],
        [each.company for each in cast.customers],
    ):
        assert all(values) and len(set(values)) == len(values)
    assert all(re.fullmatch(r"100\d{8}", each.phone) for each in everybody)
    assert all(re.fullmatch(r"[a-z0-9.]+@example\.(com|net|org)", each.email) for each in everybody)
    chinese = [bool(re.search("[\u4e00-\u9fff]", each.name + each.company + each.position)) for each in everybody]
    assert all(chinese) if language == "zh" else not any(chinese)
    assert all(each.surname and each.surname in each.name for each in everybody)
    assert 0.3 < sum(each.female for each in everybody) / len(everybody) < 0.7


def test_a_seed_draws_the_same_people_and_another_seed_others() -> None:
    scenario = load_scenario("first_day")
    assert draw_cast(scenario, 1, "zh") == draw_cast(scenario, 1, "zh")
    assert not {each.phone for each in draw_cast(scenario, 1).customers} & {
        each.phone for each in draw_cast(scenario, 2).customers
    }


def test_a_market_of_thousands_runs_out_of_nothing() -> None:
    scenario = load_scenario("first_day")
    large = scenario.model_copy(update={"market": scenario.market.model_copy(update={"size": 3000})})
    people = draw_cast(large, 1, "zh").customers
    assert len({each.name for each in people}) == len({each.company for each in people}) == 3000


def test_faker_is_not_imported_before_people_are_drawn() -> None:
    code = "import sys, crmsim.scenarios.casting, crmsim.scenarios.loader; sys.exit('faker' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
