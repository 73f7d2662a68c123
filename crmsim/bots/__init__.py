"""The programs that hold seats, by level of skill."""

from __future__ import annotations

from collections.abc import Iterable

from crmsim.bots import (
    advertising,
    buying,
    calling,
    deciding,
    directing,
    following,
    knowing,
    planning,
    recording,
    selling,
    serving,
    speaking,
)
from crmsim.bots.habits import BY_LEVEL, LEVELS, without
from crmsim.bots.policy import Bot, Idle, Random
from crmsim.crm.company import Staff
from crmsim.engine.errors import BadInput
from crmsim.engine.words import _
from crmsim.game import Game, Player
from crmsim.scenarios.schema import Scenario

REFERENCE = "competent"  # who plays the epilogue
CHAPTERS = (  # each declares answers and initiatives
    calling, directing, advertising, recording, selling, serving, speaking, planning, following, knowing, deciding,
    buying,
)  # fmt: skip


def bot(level: str, seed: int = 0) -> Player:
    """A bot of a level. `seed` is a random hand's own luck."""
    if level not in LEVELS:
        raise BadInput(_("There is no skill {level}; known: {known}.", level=level, known=", ".join(LEVELS)))
    if level == "idle":
        return Idle()
    return Random(seed) if level == "random" else Bot(level)


def crew(scenario: Scenario, level: str, seats: Iterable[str]) -> dict[str, Player]:
    """A bot of a level for each seat; with level "" each seat's own level from the scenario."""
    own = {each.id: each.holder for each in scenario.seats}
    return {seat: bot(level or own.get(seat, "competent")) for seat in seats}


def played_on(game: Game) -> Game:
    """What became of it: a copy of a finished game, played on for the scenario's epilogue by reference hands.

    They do all that a competent hand does but wake those whom the game left asleep: what is reaped then was sown.
    """
    hand = without(BY_LEVEL[REFERENCE], wakes=False)
    seats = [each.id for each in game.world.all(Staff)]
    later = game.fork({each: Bot(REFERENCE, hand) for each in seats}, days=game.scenario.epilogue_days)
    later.world.deputies.clear()
    later.run_to_end()
    return later
