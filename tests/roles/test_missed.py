"""Who gives up waiting is told to whoever it waited for: its seat, or the desk when it was nobody's."""

from __future__ import annotations

import pytest

from crmsim.crm.facts import TalkMissed
from crmsim.crm.talk import Talk
from crmsim.engine.view import hearers
from crmsim.game import Game
from crmsim.roles.arriving import GiveUp
from tests.roles.back_office import WHO, quiet_game
from tests.scenes import facts


def waiting(game: Game, seat: str) -> Talk:
    talk = Talk(
        "T90", channel="email", customer=WHO, seat=seat, role="reception", started=game.minute, status="waiting"
    )
    return game.world.add(talk)


@pytest.mark.covers("TALK-1", "FLO-10")
@pytest.mark.parametrize(("seat", "told"), [("", ["reception"]), ("sales-1", ["sales-1"])])
def test_a_visitor_that_is_missed_is_told_to_its_seat_or_to_the_desk_it_waited_at(seat: str, told: list[str]) -> None:
    game = quiet_game()
    talk = waiting(game, seat)
    assert game.act(WHO, GiveUp(talk=talk.id))
    (fact,) = facts(game, TalkMissed, talk=talk.id)
    heard = hearers(game.world, fact)
    assert heard and set(heard) == {each.id for each in game.world.seats.values() if set(told) & {each.id, *each.roles}}
    assert [each for each in game.view(heard[0]).heard() if each is fact]
