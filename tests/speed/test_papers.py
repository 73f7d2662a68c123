"""What the clock remembers of the papers of each file is what it would find by reading all of them anew."""

from __future__ import annotations

from typing import Any

from crmsim.bots import crew
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.game import Game
from crmsim.roles.following.papers import Papers, papers
from crmsim.scenarios.loader import load_scenario

KEPT = ("files", "last", "heard", "serious", "signed", "worth", "served")


def _known(found: Papers) -> dict[str, Any]:
    return {name: getattr(found, name) for name in KEPT} | {
        "promised": set(found.promised), "unkept": [found.unkept(days) for days in (0, 1)],
    }  # fmt: skip


def _played(days: int) -> Game:
    scenario = load_scenario("first_month")
    game = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.advance(days * 1440)
    return game


def test_papers_read_from_round_to_round_are_those_read_anew() -> None:
    game = _played(0)
    for _day in range(8):
        game.advance(1440)
        assert _known(papers(game.world)) == _known(Papers(game.world).read())
    assert any(papers(game.world).worth.values()) and papers(game.world).serious


def test_a_talk_or_a_customer_that_goes_over_to_another_file_is_counted_there() -> None:
    world = _played(2).world
    known = papers(world)
    talk = next(each for each in world.all(Talk) if each.answered >= 0 and each.customer in known.files)
    other = next(id for id in known.files.values() if id != talk.record)
    talk.record = other
    assert _known(papers(world)) == _known(Papers(world).read())
    assert papers(world).heard[other] >= talk.answered
    world.add(Record(world.new_id(Record), customer=talk.customer))  # a second file of the same customer
    assert _known(papers(world)) == _known(Papers(world).read())
    copy = world.copy()
    assert papers(copy) is not papers(world) and _known(papers(copy)) == _known(papers(world))
