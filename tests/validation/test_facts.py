"""The simulated customers behave as measured customers do: one test for each published fact, in games of its own.

CRMSIM_SEEDS says on how many seeds (20); the bands and measures are declared in crmsim.calibration.validity.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from crmsim.calibration.evidence import evidence, pooled
from crmsim.calibration.trials import TRIALS
from crmsim.calibration.validity import ROWS, SEEDS, Row, chosen_seeds, measure, written_band
from crmsim.cli.app import run
from tools.validity import page, table

pytestmark = [pytest.mark.validation, pytest.mark.usefixtures("kept_evidence")]
DOCUMENT = Path(__file__).parents[2] / "docs" / "validity.md"
ASKED = {"1", "2", "3", "4", "7", "9", "10", "11", "12", "19", "20", "22", "23", "25", "26", "27"}


@pytest.mark.covers("GAME-2")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row-{row.id}")
def test_the_fact_is_shown(row: Row) -> None:
    found = measure(row, chosen_seeds())
    assert row.holds_for(found.figure), (row.fact, row.band, found.figure, found.single)
    assert found.holds, (row.fact, row.band, found.inside, found.single)


@pytest.mark.covers("GAME-2")
def test_every_fact_that_was_asked_for_is_on_the_card() -> None:
    assert {row.id.rstrip("ab") for row in ROWS} >= ASKED
    assert {row.scenario for row in ROWS} == set(TRIALS)
    assert len({row.id for row in ROWS}) == len(ROWS)


@pytest.mark.covers("GAME-2")
def test_demand_falls_with_each_step_of_the_price() -> None:
    games = pooled(evidence("prices", chosen_seeds()))
    signed = [sum(values) for _price, values in sorted(games.items(), key=lambda each: int(each[0][6:]))]
    assert all(cheap > dear for cheap, dear in pairwise(signed))


@pytest.mark.covers("GAME-2")
def test_the_document_tells_these_rows_and_figures() -> None:
    """Written by `make validity`. Rows and bands must agree always; figures when all seeds are played."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for row in ROWS:
        assert f"| {row.id} | {row.fact} | {row.source} | {written_band(row)} |" in text
    if len(chosen_seeds()) == SEEDS:
        assert text == page([measure(row, chosen_seeds()) for row in ROWS]), "run `make validity`"


@pytest.mark.covers("GAME-2")
def test_a_card_that_does_not_hold_says_so() -> None:
    row = ROWS[0]
    wrong = Row(row.id, row.fact, (0.1, 0.2), row.unit, row.source, row.measure, row.scenario)
    found = measure(wrong, chosen_seeds())
    assert not found.holds and not found.inside
    assert "**no**" in table([found])


@pytest.mark.covers("GAME-2")
def test_the_command_prints_the_card(capsys: pytest.CaptureFixture[str]) -> None:
    runs = str(len(chosen_seeds()))
    command = ["scenario", "calibrate", "first_month", "--validity", "--runs", runs]
    assert run(["--lang", "en", *command]) == 0
    shown = capsys.readouterr().out
    for row in ROWS:
        assert row.fact in shown
    assert "market.cooling_minutes" in shown
    assert run(["--lang", "en", *command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["holds"] and [each["row"] for each in found["rows"]] == [row.id for row in ROWS]
