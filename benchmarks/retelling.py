"""How fast a lab is told again, in this process and from a cold start."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Pair, Row, Scale, cpu, program, timeouts
from benchmarks.worlds import played
from crmsim.game.replay import replay_entries

MANY = 100_000


def _days(scale: Scale) -> int:
    return 0 if scale.rounds > 1 else scale.working_days


def _replays(scale: Scale) -> Iterator[Pair]:
    game, _path = played(_days(scale))
    header = game.header()
    for _round in range(scale.rounds):
        yield cpu(lambda: replay_entries(header, game.journal)), timeouts(MANY) / MANY


def _verified(scale: Scale) -> Iterator[Pair]:
    _game, path = played(_days(scale))
    for _round in range(scale.rounds):
        yield program("-m", "crmsim", "replay", "--verify", str(path)), program("-c", "pass")


ROWS = (
    Row("replay of a lab of some 2,000 actions", "bare SimPy timeouts", _replays, 400_000, 137_000, unit="timeouts"),
    Row("cold crmsim replay --verify of that lab", "python -c pass", _verified, 70, 20),
)
