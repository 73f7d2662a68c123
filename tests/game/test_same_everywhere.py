"""The same game in other processes: other hash seeds, time zones, languages, and every Python that can be had."""

from __future__ import annotations

import os
import sys

import pytest

from tests.game.pythons import ROOT, VERSIONS, interpreter, packages, told

# Programs that know what they do and programs that do anything; nobody is cast, so that Faker need not be there.
PLAY = """
from crmsim.bots import crew
from crmsim.game import Game
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.loader import load_scenario
def play(name, level, days):
    scenario = load_scenario(name)
    game = Game(scenario, 5, cast=Cast(), players=crew(scenario, level, [each.id for each in scenario.seats]))
    game.advance(days * 1440)
    print(len(game.journal), len(game.facts), game.digest(), *game.day_digests)
"""
SHORT = f"{PLAY}\nplay('first_day', 'random', 1)"
PLAYED = f"{SHORT}\nplay('first_day', 'competent', 1)\nplay('first_month', 'competent', 1)"
ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8", "CRMSIM_LANG": "zh"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
]


@pytest.fixture(scope="module")
def here() -> list[str]:
    """What this Python plays, in each of two surroundings."""
    return [told(sys.executable, PLAYED, **each) for each in ELSEWHERE]


@pytest.mark.covers("GAME-7")
def test_hash_seed_time_zone_and_language_make_no_difference(here: list[str]) -> None:
    first, second = here
    assert first == second
    assert all(len(line.split()) >= 4 and int(line.split()[0]) > 5 for line in first.splitlines())


@pytest.mark.covers("GAME-7")
@pytest.mark.parametrize("version", VERSIONS)
def test_every_python_plays_the_same_game(version: str, here: list[str]) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no other Python here has what the game needs: there is no {version} with pip")
    needed = packages(python, PLAYED)
    if isinstance(needed, str):
        pytest.skip(f"no other Python here has what the game needs: {version} cannot be given it ({needed[:120]})")
    path = os.pathsep.join((str(ROOT), str(needed)))
    for surroundings, played in zip(ELSEWHERE, here, strict=True):
        assert told(python, PLAYED, path, **surroundings) == played


SPOILT = [  # what a game must never look at, put where every game looks
    ("hash", 'entity = f"{entity}{hash(entity) % 3}"'),
    ("zone", 'import time; entity = f"{entity}{time.timezone}"'),
    ("language", 'import os; entity = entity + os.environ.get("LANG", "")'),
]
PLANTED = """
from crmsim.engine.luck import Luck
real = Luck.bits
def bits(self, entity, purpose, attempt=0):
    {spoilt}
    return real(self, entity, purpose, attempt)
Luck.bits = bits
"""


@pytest.mark.covers("GAME-7")
@pytest.mark.parametrize(("what", "spoilt"), SPOILT, ids=[each[0] for each in SPOILT])
def test_the_gate_finds_what_depends_on_its_surroundings(what: str, spoilt: str) -> None:
    code = PLANTED.format(spoilt=spoilt) + SHORT
    first, second = (told(sys.executable, code, **each) for each in ELSEWHERE)
    assert first != second
