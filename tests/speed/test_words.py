"""A word that is looked up by itself is one of the list, and a fact that is found is one that a look at all finds."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.company import CompanyView
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import belongs, fields_of
from crmsim.engine.kinds import Choice
from crmsim.game import Game
from crmsim.roles import ACTIONS
from crmsim.scenarios.loader import load_scenario

ALONE = [
    (action, field.kind)
    for action in ACTIONS
    for field in fields_of(action).values()
    if isinstance(field.kind, Choice) and field.kind.has is not None
]


@pytest.fixture(scope="module")
def game() -> Game:
    scenario = load_scenario("first_month")
    found = Game(scenario, 3, players=crew(scenario, "novice", [each.id for each in scenario.seats]))
    found.advance(1440 * 7)
    return found


def test_a_word_that_is_looked_up_alone_is_one_of_its_list(game: Game) -> None:
    world, met = game.world, set()
    words = ["", "nothing", *(each.id for each in world.scenario.moves), *(each.id for each in world.all(Record))]
    papers: list[dict[str, Any]] = [{}, *({"talk": each.id} for each in world.all(Talk))]
    for seat in world.seats:
        view = CompanyView(world, seat)
        for action, kind in ALONE:
            for filled in papers if belongs(action, view) else ():
                listed = {option.value for option in kind.options(view, filled)}
                alone = {word for word in words if kind.has is not None and kind.has(view, filled, word)}
                assert alone == listed & set(words), (seat, action.__name__, filled)
                met |= {action for _word in alone}
    assert met == {action for action, _kind in ALONE}


def test_facts_are_found_by_kind_and_by_what_they_are_about(game: Game) -> None:
    world = game.world
    for upto in (world, world.copy()):
        kinds = {type(each) for each in upto.facts}
        assert all(list(upto.history.of(kind)) == [each for each in upto.facts if type(each) is kind] for kind in kinds)
        for field, kind in (("talk", Talk), ("record", Record)):
            for row in upto.all(kind):
                about = [each for each in upto.facts if getattr(each, field, None) == row.id]
                assert list(upto.history.about(field, row.id)) == about
    day, other = type(world.facts[0]), game.fork(days=2)
    known = len(world.history.of(day))
    other.live_to(other.minute + 1440)
    assert len(other.world.history.of(day)) > known == len(world.history.of(day))
