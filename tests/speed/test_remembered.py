"""What is remembered to be quick is what one would find by looking anew."""

from __future__ import annotations

from crmsim.bots import crew
from crmsim.crm.order import Order
from crmsim.crm.talk import Talk
from crmsim.engine.entity import digest_of
from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario


def test_remembered_digests_and_papers_are_those_of_now() -> None:
    scenario = load_scenario("first_day")
    game = Game(scenario, 2, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    while not game.ended:
        game.advance(400)
        kept = game.world.entity_digests()
        rows = {f"{kind.__name__} {id}": row for kind, table in game.world.tables.items() for id, row in table.items()}
        assert kept == {name: digest_of(row) for name, row in rows.items()}
        for kind in (Talk, Order):
            for paper in game.world.all(kind):
                mine = [each for each in game.world.all(kind) if each.customer == paper.customer]
                assert list(game.world.of(kind, paper.customer)) == mine
    copy = game.fork()
    assert copy.digest() == game.digest()
    next(copy.world.all(Talk)).mood = "angry"
    assert copy.digest() != game.digest()
