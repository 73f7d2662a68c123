"""Golden playthroughs: each bundled scenario, played by competent bots, goes as it went.

`CRMSIM_UPDATE_GOLDEN=1` rewrites them, once `ENGINE` is another number: a save of the rules before is then refused by
name, and never told otherwise than it was played.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from crmsim.bots import crew
from crmsim.game import Game
from crmsim.game.journal import ENGINE
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.loader import bundled, load_scenario

GOLDEN = Path(__file__).parent / "playthroughs.json"
MEANT = "raise ENGINE in crmsim/game/journal.py when this is meant, then update"
DAYS = 4  # enough for every desk to have worked


def played(name: str) -> dict[str, object]:
    """What happened: entries by seat, facts by kind, the digest of each day."""
    scenario = load_scenario(name)
    seats = [each.id for each in scenario.seats]
    players = crew(scenario, "competent", seats)
    game = Game(scenario, 7, cast=Cast("en"), players=players, holders=dict.fromkeys(seats, "bot:competent"))
    game.advance_to(min(game.end_minute, DAYS * 1440))
    return {
        "entries": dict(sorted(Counter(each.seat for each in game.journal).items())),
        "facts": dict(sorted(Counter(type(each).__name__ for each in game.facts).items())),
        "days": game.day_digests,
    }


@pytest.mark.covers("GAME-7")
@pytest.mark.parametrize("name", bundled())
def test_a_scenario_goes_as_it_went(name: str) -> None:
    known = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    now = played(name)
    if os.environ.get("CRMSIM_UPDATE_GOLDEN"):
        assert now == known.get(name) or ENGINE != known.get("engine of", {}).get(name), MEANT
        engines = {**known.get("engine of", {}), name: ENGINE}
        told = json.dumps({**known, name: now, "engine of": engines}, indent=1, sort_keys=True)
        GOLDEN.write_text(told + "\n", encoding="utf-8")
        return
    assert now["facts"] == known[name]["facts"], f"other things happened: {MEANT}"
    assert now == known[name], f"the same happened, but the world is another: {MEANT}"
