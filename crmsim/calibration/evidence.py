"""What the experiments showed, each seed played once: kept under CRMSIM_HOME and shared by all who ask.

Several processes may ask at once; each plays what no other is playing.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path

from crmsim.calibration import shop, trials
from crmsim.calibration.panel import sources
from crmsim.calibration.trials import TRIALS, Evidence
from crmsim.game.journal import ENGINE
from crmsim.scenarios.loader import scenario_hash

STALE = 600  # seconds after which a play that was begun is taken to have been broken off
Job = tuple[str, int, Path]  # the experiment, the seed, and where what it shows is kept


def evidence(trial: str, seeds: Sequence[int]) -> list[Evidence]:
    """What one experiment showed on each of these seeds, in their order."""
    found: dict[int, Evidence] = {}
    while len(found) < len(seeds):
        before = len(found)
        for seed in seeds:
            if seed not in found and (seen := kept_or_played(trial, seed, folder(trial))) is not None:
                found[seed] = seen
        if len(found) == before and not _play_ahead(seeds):
            time.sleep(0.2)  # others are playing the rest
    return [found[seed] for seed in seeds]


def gather(names: Iterable[str], seeds: Sequence[int]) -> None:
    """Play whatever is missing, on all processors."""
    jobs: list[Job] = [(name, seed, folder(name)) for name in names for seed in seeds]
    jobs = [each for each in jobs if not _path(each[2], each[1]).exists()]
    workers = min(len(jobs), os.cpu_count() or 1)
    if workers <= 1:
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        list(pool.map(_play, jobs))


def _play_ahead(seeds: Sequence[int]) -> bool:
    """While others play what one waits for: play something that will be asked for next."""
    for name in TRIALS:
        for seed in seeds:
            if not _path(folder(name), seed).exists() and kept_or_played(name, seed, folder(name)) is not None:
                return True
    return False


def _play(job: Job) -> None:
    kept_or_played(*job)


def kept_or_played(trial: str, seed: int, place: Path) -> Evidence | None:
    """What was kept, else what is seen now; None while another process is at it."""
    path = _path(place, seed)
    if (found := _read(path)) is not None:
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    claim = path.with_suffix(".claim")
    try:
        claim.open("x", encoding="utf-8").close()
    except FileExistsError:
        try:
            if time.time() - claim.stat().st_mtime > STALE:
                claim.unlink(missing_ok=True)
        except FileNotFoundError:
            pass
        return _read(path)
    try:
        seen = TRIALS[trial].play(TRIALS[trial].scenario(), seed)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(seen), encoding="utf-8")
        part.replace(path)
        return seen
    finally:
        claim.unlink(missing_ok=True)


def pooled(games: Iterable[Evidence]) -> Evidence:
    """The evidence of several seeds as one."""
    whole: Evidence = {}
    for each in games:
        for name, values in each.items():
            whole.setdefault(name, []).extend(values)
    return whole


def _read(path: Path) -> Evidence | None:
    try:
        found: Evidence = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


@cache
def folder(trial: str) -> Path:
    """Where an experiment is kept: named by the engine, the program, the scenario and how it is played."""
    from crmsim.store.folders import home

    own = blake2b(digest_size=6)
    for part in (shop, trials):
        own.update(Path(str(part.__file__)).read_bytes())
    name = f"{trial}-{scenario_hash(TRIALS[trial].scenario())[:12]}-{own.hexdigest()}"
    return home() / "validity" / f"{ENGINE}-{sources()}" / name


def _path(place: Path, seed: int) -> Path:
    return place / f"{seed}.json"
