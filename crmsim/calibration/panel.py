"""Whole companies of bots, played to the end of the epilogue, each once: results are kept under CRMSIM_HOME.

A result is named by the engine, the program's sources, the scenario, the seed and who held which seat with which
habits, so that it can never be an old one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any

from crmsim.bots import bot, played_on
from crmsim.bots.habits import BY_LEVEL, Habits
from crmsim.bots.policy import Bot
from crmsim.calibration.load import Load, load_of
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerArrived, DealAgreed
from crmsim.crm.figures import figures
from crmsim.engine.world import World
from crmsim.game import Game, Player
from crmsim.game.journal import ENGINE
from crmsim.scenarios.loader import scenario_from_text, scenario_hash, scenario_text
from crmsim.scenarios.schema import Scenario

Skill = str | Habits
Crewing = Skill | Mapping[str, Skill]  # the same for all seats, or by seat; "" is for the seats not named
COMPETENT = "competent"
POINT = 1_000_000  # fen that one customer's satisfaction, from none to full, is held to be worth: a year's margin


@dataclass(frozen=True)
class Played:
    """One company on one seed: its figures at the end and after the epilogue, and what each seat did."""

    label: str
    seed: int
    figures: dict[str, int]  # at the end of play
    later: dict[str, int]  # after the epilogue
    deals: int
    slips: int
    seats: dict[str, Load]
    seconds: float  # processor time of the play, without the epilogue

    @property
    def satisfaction(self) -> int:
        """Mean satisfaction of the customers met, at the end of play, ppm."""
        return self.figures["satisfaction"]

    @property
    def profit(self) -> int:
        """Operating profit counted to the end of the epilogue, fen."""
        return self.later["operating_profit"]


def value(played: Played) -> int:
    """One figure for comparing ways of handling, fen: profit and the market's goodwill after the epilogue.

    Of everybody in the market: a mean over those met would fall with every stranger who is met, however kindly.
    """
    return played.profit + POINT * played.later["goodwill"] // 1_000_000


Plays = dict[str, list[Played]]


def panel(
    scenario: Scenario, companies: Mapping[str, Crewing] | Iterable[str], seeds: Iterable[int], later: bool = True
) -> Plays:
    """Each company on each seed, in parallel; levels by name, or companies by a label of their own.

    Without `later` the epilogue is not played, and the later figures are those at the end of play.
    """
    wanted = companies if isinstance(companies, Mapping) else {level: level for level in companies}
    seeds = tuple(seeds)
    jobs = [(label, dict(_skills(scenario, crew)), seed) for label, crew in wanted.items() for seed in seeds]
    text, folder = scenario_text(scenario), _folder(scenario) / ("later" if later else "month")
    found: dict[tuple[str, int], Played] = {}
    missing = []
    for label, skills, seed in jobs:
        kept = _kept(folder, skills, seed, label)
        if kept is None:
            missing.append((label, skills, seed))
        else:
            found[label, seed] = kept
    for played, skills in _play_all(text, missing, later):
        found[played.label, played.seed] = played
        _keep(folder, skills, played)
    return {label: [found[label, seed] for each, _skill, seed in jobs if each == label] for label in wanted}


def _skills(scenario: Scenario, crew: Crewing) -> Iterable[tuple[str, Skill]]:
    for seat in scenario.seats:
        yield seat.id, (crew.get(seat.id, crew.get("", COMPETENT)) if isinstance(crew, Mapping) else crew)


Job = tuple[str, dict[str, Skill], int]


def _play_all(text: str, jobs: list[Job], later: bool) -> Iterable[tuple[Played, dict[str, Skill]]]:
    workers = min(len(jobs), os.cpu_count() or 1)
    if workers <= 1:
        yield from (_play(text, job, later) for job in jobs)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from pool.map(_play, [text] * len(jobs), jobs, [later] * len(jobs))


def _play(text: str, job: Job, later: bool) -> tuple[Played, dict[str, Skill]]:
    label, skills, seed = job
    return play(_scenario(text), skills, seed, label, later), skills


@cache
def _scenario(text: str) -> Scenario:
    return scenario_from_text(text)


def play(scenario: Scenario, skills: Mapping[str, Skill], seed: int, label: str = "", later: bool = True) -> Played:
    """One company on one seed, with the epilogue or without."""
    started = process_time()
    players: dict[str, Player] = {seat: _player(skill, seed) for seat, skill in skills.items()}
    game = Game(scenario, seed=seed, players=players)
    game.run_to_end()
    took = process_time() - started
    arrived = dict.fromkeys(each.customer for each in game.facts if isinstance(each, CustomerArrived))
    return Played(
        label=label, seed=seed,
        figures=figures(game.world) | {"arrived": len(arrived)},
        later=_later(played_on(game) if later else game),
        deals=sum(isinstance(each, DealAgreed) for each in game.facts),
        slips=len(game.slips), seats=load_of(game), seconds=round(took, 2),
    )  # fmt: skip


def _later(game: Game) -> dict[str, int]:
    return figures(game.world) | {"goodwill": _goodwill(game.world)}


def _goodwill(world: World) -> int:
    """The satisfaction of everybody in the market together, ppm of one customer."""
    return sum(each.satisfaction for each in world.all(Customer))


def _player(skill: Skill, seed: int) -> Player:
    return bot(skill, seed) if isinstance(skill, str) else Bot("competent", skill)


# -- what was played before


@cache
def sources() -> str:
    """A digest of the program itself: whatever changes in it may change a play."""
    root = Path(__file__).parents[1]
    total = blake2b(digest_size=8)
    for path in sorted(root.rglob("*.py")):
        if path.parts[len(root.parts)] not in {"cli", "tui", "store", "calibration", "grading"}:
            total.update(path.read_bytes())
    return total.hexdigest()


def _folder(scenario: Scenario) -> Path:
    from crmsim.store.folders import home

    return home() / "panel" / f"{ENGINE}-{sources()}-{scenario_hash(scenario)[:12]}"


def _name(skills: Mapping[str, Skill], seed: int) -> str:
    plain = {seat: _plain(skill) for seat, skill in skills.items()}
    return f"{blake2b(json.dumps(plain, sort_keys=True).encode(), digest_size=8).hexdigest()}-{seed}.json"


def _plain(skill: Skill) -> Any:
    if isinstance(skill, str):
        return asdict(BY_LEVEL[skill]) if skill in BY_LEVEL else skill
    return asdict(skill)


def _kept(folder: Path, skills: Mapping[str, Skill], seed: int, label: str) -> Played | None:
    try:
        found = json.loads((folder / _name(skills, seed)).read_text(encoding="utf-8"))
        seats = {seat: Load(**load) for seat, load in found.pop("seats").items()}
        return Played(**found | {"label": label, "seats": seats})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _keep(folder: Path, skills: Mapping[str, Skill], played: Played) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _name(skills, played.seed)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(asdict(played)), encoding="utf-8")
    part.replace(path)
