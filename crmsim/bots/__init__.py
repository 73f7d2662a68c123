"""The programs that hold seats, by level of skill."""

from __future__ import annotations

from collections.abc import Iterable

from crmsim.bots import directing, recording, selling, serving, speaking
from crmsim.bots.habits import LEVELS
from crmsim.bots.policy import Bot, Idle, Random
from crmsim.engine.errors import BadInput
from crmsim.engine.words import _
from crmsim.game import Player
from crmsim.scenarios.schema import Scenario

CHAPTERS = (directing, recording, selling, serving, speaking)  # each declares answers and initiatives


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
