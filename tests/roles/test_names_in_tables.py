"""People, customers and the scenario's words stand in every table and paper by their names; their ids stay inside."""

from __future__ import annotations

import re

import pytest

from crmsim.cli.common import crew_of
from crmsim.crm.customer import Customer
from crmsim.crm.naming import cell_of
from crmsim.engine.action import belongs
from crmsim.engine.desk import to_do
from crmsim.engine.words import FORMS, Words, render
from crmsim.public import load_scenario, new_game
from crmsim.roles import TABLES

LATIN = re.compile(r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$")  # how the program's ids and words look


def _read(words: Words | int | None, form: str) -> str:
    if words is None or isinstance(words, int):
        return FORMS[form](words, "zh") if isinstance(words, int) and form in FORMS else ""
    return render(words, "zh")


@pytest.mark.covers("GAME-1", "GAME-10")
def test_no_cell_and_no_paper_shows_an_id_of_the_program() -> None:
    scenario = load_scenario("first_month")
    game = new_game(scenario, 0, crew_of(scenario, "competent"))
    game.advance_to(4 * 1440)
    people = {each.id for each in game.world.all(Customer)} | {each.id for each in scenario.seats}
    shown: dict[str, str] = {}
    for seat in [each.id for each in scenario.seats]:
        view = game.view(seat)
        for table in TABLES:
            if belongs(table, view):
                for row in list(table.rows(view))[:60]:
                    for column in table.columns_of(view):
                        told = _read(cell_of(view, column, row), column.form)
                        if told in people or LATIN.match(told):
                            shown.setdefault(f"{table.id}: {column.label}", told)
        for paper in to_do(view, TABLES):
            words = f"{_read(paper.what, '')} {_read(paper.why, '')}"
            if any(re.search(rf"(^|\W){each}(\W|$)", words) for each in people):
                shown.setdefault(f"waits: {paper.action.__name__}", words)
    assert not shown
