"""What a view keeps from one look to the next is what a first look would find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.company import CompanyView
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.view import View
from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario


def _as_shown(view: View, kind: Any) -> list[tuple[Any, ...]]:
    return [(row.id, row.hidden, *(getattr(row, name) for name in sorted(row.fields))) for row in view.all(kind)]


def _at_first_sight(view: View, kind: Any) -> list[tuple[Any, ...]]:
    return [
        (row.id, row.hidden, *(getattr(row, name) for name in sorted(row.fields)))
        for row in view._shown(view._world.table(kind).values())
    ]


def _differences(game: Game) -> Iterator[str]:
    for seat in game.world.seats:
        view = CompanyView(game.world, seat)
        for kind in list(game.world.tables):
            if _as_shown(view, kind) != _at_first_sight(view, kind):
                yield f"{seat} {kind.__name__}"


@pytest.mark.parametrize(("name", "every"), [("first_day", 1), pytest.param("first_month", 25, marks=pytest.mark.slow)])
def test_every_seat_sees_at_any_time_what_it_would_see_anew(name: str, every: int) -> None:
    scenario = load_scenario(name)
    game = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    different: list[str] = []

    def compare(fact: Fact) -> None:
        if fact.number % every == 0:
            different.extend(_differences(game))

    game.listeners.append(compare)
    game.run_to_end()
    assert different == []
    copy = game.fork(days=1)
    assert list(_differences(copy)) == []


def test_a_row_that_was_looked_at_follows_what_it_shows() -> None:
    scenario = load_scenario("first_month")
    game = Game(scenario, 3)
    sales = next(each.id for each in scenario.seats if "sales" in each.roles)
    view, record = game.view(sales), next(game.world.all(Record))
    record.owner = sales
    seen = view.get(Record, record.id)
    list(view.all(Record))
    record.notes = "Calls back on Monday."
    assert [each.notes for each in view.all(Record) if each.id == record.id] == ["Calls back on Monday."]
    record.owner, record.recorded_by = "", ""
    assert record.id not in [each.id for each in view.all(Record)] and view.get(Record, record.id) is None
    assert seen is not None and list(view.all(Talk)) == [*game.view(sales).all(Talk)]
