"""Nothing acknowledged is lost: at every call of SQLite the process is killed, the call fails, or the disk is full."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("driver.py")
pytestmark = [
    pytest.mark.covers("GAME-8"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied on this system"),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where that can be had: hundreds of games are written, each entry forced to the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def driven(how: str, folder: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, DRIVER, how, folder],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def acknowledged(told: list[str]) -> tuple[int, str]:
    kept = [line.split() for line in told if line.startswith("kept ")]
    return (int(kept[-1][1]), kept[-1][2]) if kept else (0, "")


def check_nothing_lost(runs: list[dict[str, Any]]) -> None:
    for run in runs:
        entries, digest = acknowledged(run["told"])
        assert run["entries"] >= entries, run
        if "made" in run["told"]:
            assert run["error"] == "" and run["goes_on"], run
        if run["entries"] == entries and entries:
            assert run["digest"] == digest, run


def test_a_process_that_is_killed_at_any_call_loses_nothing_acknowledged(folder: Path) -> None:
    runs = driven("kill", folder)
    assert len(runs) > 60 and "done" in runs[-1]["told"]
    assert sum("done" not in run["told"] for run in runs) == len(runs) - 1
    check_nothing_lost(runs)


def test_a_call_that_fails_is_told_and_play_goes_on(folder: Path) -> None:
    runs = driven("raise", folder)
    assert len(runs) > 60 and "done" in runs[-1]["told"]
    check_nothing_lost(runs)
    refused = [line for run in runs for line in run["told"] if line.startswith("refused")]
    assert refused and all("disk is full or fails" in line for line in refused)
    assert all(run["entries"] == 20 for run in runs)


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(folder: Path) -> None:
    runs = driven("full", folder)
    check_nothing_lost(runs)
    assert any("refused" in line for run in runs for line in run["told"])
    assert "done" in runs[-1]["told"]


KILLED = """
import sys
from crmsim.game import Game
from crmsim.scenarios.loader import load_scenario
from crmsim.store.savefile import keep
game = Game(load_scenario("first_day"), 3)
keep(game, sys.argv[1])
while not game.ended:
    game.advance(1)
    print(len(game.journal), game.digest(), flush=True)
"""


def test_a_killed_process_loses_nothing_acknowledged(tmp_path: Path) -> None:
    from crmsim.public import open_save

    path = tmp_path / "killed.crmsim"
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, path], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert running.stdout is not None
    first = running.stdout.readline()  # on a busy machine it may be all that is told before the end
    time.sleep(0.2)
    running.send_signal(signal.SIGKILL)
    lines = (first + running.stdout.read()).splitlines()
    running.wait()
    entries, digest = next(
        line.split() for line in reversed(lines) if len(line.split()) == 2 and len(line.split()[1]) == 32
    )
    game = open_save(path, players={})
    assert len(game.journal) >= int(entries)
    if len(game.journal) == int(entries):
        assert game.digest() == digest
    game.advance(10)
    assert len(open_save(path, players={}).journal) == len(game.journal)
