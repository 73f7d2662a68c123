"""The same game in other processes: other hash seeds, time zones, languages, and every Python found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import sys
sys.path.insert(0, "tests/game")
from conftest import whimsical
from crmsim.scenarios.loader import load_scenario
game = whimsical(load_scenario("first_day"), 5)
print(len(game.journal), game.digest(), *game.day_digests)
"""
# What needs pytest is left out where another Python has none.
ALONE = """
import sys
from crmsim.game import Game
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.loader import load_scenario
game = Game(load_scenario("first_day"), 5, cast=Cast())
game.run_to_end()
print(len(game.facts), game.digest(), *game.day_digests)
"""
ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8", "CRMSIM_LANG": "zh"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
]


def told(python: str, code: str, **environment: str) -> str:
    done = subprocess.run(
        [python, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.covers("GAME-7")
def test_hash_seed_time_zone_and_language_make_no_difference() -> None:
    first, second = (told(sys.executable, CODE, **each) for each in ELSEWHERE)
    assert first == second and len(first.split()) >= 3


def others() -> list[str]:
    """Pythons of other versions here that have what the game needs."""
    homes = [*Path.home().glob(".pyenv/versions/3.1[1-9]*/bin/python"), *ROOT.glob(".venv-3.1*/bin/python")]
    found = []
    for path in sorted(homes):
        probe = subprocess.run(
            [path, "-c", "import sys, simpy, msgspec, pydantic, pypinyin; print(sys.version_info[:2])"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if probe.returncode == 0 and probe.stdout.strip() != str(sys.version_info[:2]):
            found.append(str(path))
    return found


@pytest.mark.covers("GAME-7")
def test_every_python_plays_the_same_game() -> None:
    pythons = others()
    if not pythons:
        pytest.skip("no other Python here has what the game needs")
    here = told(sys.executable, ALONE)
    assert {python: told(python, ALONE) for python in pythons} == dict.fromkeys(pythons, here)
