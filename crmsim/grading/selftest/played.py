"""Companies played by one hand and graded, each once: what was measured is kept under the game's own folder.

It is named by the engine, the program's sources (the criteria's, too), the scenario, the seed and the hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from crmsim.bots.habits import Habits
from crmsim.bots.policy import Bot
from crmsim.crm.figures import figures
from crmsim.game import Game, Player
from crmsim.game.journal import ENGINE
from crmsim.grading import grade_game
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FEWEST, LEAST_PART, scaled
from crmsim.grading.report import Rubric
from crmsim.grading.selftest.hands import hand
from crmsim.scenarios.loader import scenario_from_text, scenario_hash, scenario_text
from crmsim.scenarios.schema import Scenario
from crmsim.store.folders import home

OUTSIDE = {"cli", "tui", "web", "store", "calibration", "charts", "locale", "selftest"}
COLLEAGUES = "competent"
TOGETHER = ({"director"}, {"reception", "service"}, {"promoter", "prospector"}, {"sales"})  # roles that meet little
Skill = str | Habits
Crewing = Skill | Mapping[str, Skill]  # who holds all seats, or some: competent hands hold the others
Job = tuple[str, Crewing, int]
Progress = Callable[[int, int], None]


class Scored(msgspec.Struct, frozen=True):
    """A criterion at a seat: the mean of handling (0 to 1000) before the rubric's scale, and the occasions."""

    id: str
    mean: int
    occasions: int


class SeatResult(msgspec.Struct, frozen=True):
    """A seat's criteria with occasions, and its score in hundredths of a point; 0 when it has nothing to show."""

    seat: str
    role: str
    criteria: tuple[Scored, ...]
    score: int = 0
    roles: tuple[str, ...] = ()  # all of them, where it has more than one

    def under(self, rubric: Rubric) -> SeatResult:
        """The same with the score that a rubric gives."""
        total, weights, roles = 0, 0, set(self.roles or (self.role,))
        for each in self.criteria:
            if each.occasions >= CRITERIA[each.id].fewest:
                scale, weight = rubric.get(each.id), _weight(each.id, rubric)
                weights += weight
                total += weight * (each.mean if scale is None else scaled(each.mean, *scale.thresholds(self.role)))
        whole = sum(_weight(id, rubric) for id, each in CRITERIA.items() if roles & set(each.roles))
        enough = weights * LEAST_PART >= whole and any(each.occasions >= FEWEST for each in self.criteria)
        return msgspec.structs.replace(self, score=total * 10 // weights if weights and enough else 0)


def _weight(id: str, rubric: Rubric) -> int:
    return rubric[id].weight if id in rubric else CRITERIA[id].weight


class Result(msgspec.Struct, frozen=True):
    """A company of one hand on one seed: how each seat was graded, and what came of it."""

    hand: str
    seed: int
    seats: tuple[SeatResult, ...]
    satisfaction: int  # ppm
    profit: int  # fen

    @property
    def handling(self) -> float:
        """The mean score of all seats, points of 100."""
        return sum(each.score for each in self.seats) / len(self.seats) / 100

    def role(self, role: str) -> float:
        """The mean score of a role's seats, points of 100."""
        found = [each.score for each in self.seats if each.role == role]
        return sum(found) / len(found) / 100


def results(
    scenario: Scenario, hands: Iterable[Job], *, progress: Progress | None = None, jobs: int = 0
) -> list[Result]:
    """Each company (its label, who holds every seat, the seed), played, graded and kept; in the order given."""
    wanted = list(hands)
    bare = scenario.model_copy(update={"rubric": {}})  # another rubric needs no new play
    folder = home() / "graded" / f"{ENGINE}-{sources()}-{scenario_hash(bare)[:12]}"
    found: dict[str, Result] = {}
    missing: list[Job] = []
    for each in wanted:
        name = _name(each[1], each[2])
        kept = _kept(folder / name)
        if kept is not None:
            found[name] = kept
        elif name not in {_name(one[1], one[2]) for one in missing}:
            missing.append(each)
    tell = progress or (lambda done, of: None)
    tell(0, len(missing))
    for done, one in enumerate(_play_all(scenario_text(bare), missing, jobs), 1):
        name = _name(missing[done - 1][1], missing[done - 1][2])
        found[name] = one
        _keep(folder / name, one)
        tell(done, len(missing))
    return [_named(found[_name(skill, seed)], label, scenario.rubric) for label, skill, seed in wanted]


def _named(one: Result, label: str, rubric: Rubric) -> Result:
    return msgspec.structs.replace(one, hand=label, seats=tuple(each.under(rubric) for each in one.seats))


def one_by_one(scenario: Scenario, hands: Iterable[str], seeds: Iterable[int], **how: Any) -> list[Result]:
    """Each hand in each seat, colleagues being competent, as a student's are: one result a hand and seed.

    Seats that hardly meet are tried in one company.
    """
    groups = [[each.id for each in scenario.seats if each.roles[0] in roles] for roles in TOGETHER]
    wanted = [(each, seed, group) for each in hands for seed in seeds for group in groups]
    jobs: list[Job] = [(name, dict.fromkeys(group, name), seed) for name, seed, group in wanted]
    found = results(scenario, jobs, **how)
    whole: dict[tuple[str, int], Result] = {}
    for (name, seed, group), one in zip(wanted, found, strict=True):
        mine = tuple(each for each in one.seats if each.seat in group)
        before = whole.get((name, seed))
        whole[name, seed] = one if before is None else before
        seats = mine if before is None else (*before.seats, *mine)
        whole[name, seed] = msgspec.structs.replace(whole[name, seed], seats=seats)
    return list(whole.values())


def played(scenario: Scenario, crewing: Crewing, seed: int) -> Game:
    """A company played to its end by hands of known skill."""
    players: dict[str, Player] = {}
    for each in scenario.seats:
        skill = crewing.get(each.id, COLLEAGUES) if isinstance(crewing, Mapping) else crewing
        players[each.id] = hand(skill, seed) if isinstance(skill, str) else Bot("competent", skill)
    game = Game(scenario, seed, players=players)
    game.run_to_end()
    return game


def measured(game: Game, label: str) -> Result:
    """A finished game's grades and figures."""
    seats = tuple(
        SeatResult(
            each.seat, each.roles[0],
            tuple(Scored(one.id, one.mean, one.occasions) for one in each.verdicts if one.occasions), roles=each.roles,
        )
        for each in grade_game(game, rubric={}).seats
    )  # fmt: skip
    team = figures(game.world)
    return Result(label, game.seed, seats, team["satisfaction"], team["operating_profit"])


def _play_all(text: str, jobs: Sequence[Job], workers: int) -> Iterable[Result]:
    workers = min(len(jobs), workers or os.cpu_count() or 1)
    if workers <= 1:
        yield from (_play(text, job) for job in jobs)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from pool.map(_play, [text] * len(jobs), jobs)


def _play(text: str, job: Job) -> Result:
    label, crewing, seed = job
    return measured(played(_scenario(text), crewing, seed), label)


@cache
def _scenario(text: str) -> Scenario:
    return scenario_from_text(text)


@cache
def sources() -> str:
    """A digest of the program itself: whatever changes in it may change a play or its grade."""
    root, total = Path(__file__).parents[2], blake2b(digest_size=8)
    for path in sorted(root.rglob("*.py")):
        if not OUTSIDE & set(path.parts[len(root.parts) :]) or path.name == "hands.py":
            total.update(path.read_bytes())
    return total.hexdigest()


def _name(crewing: Crewing, seed: int) -> str:
    plain: Any = crewing
    if isinstance(crewing, Mapping):  # competent hands among competent colleagues are the same company everywhere
        plain = sorted((seat, skill) for seat, skill in crewing.items() if skill != COLLEAGUES) or COLLEAGUES
    return f"{blake2b(repr(plain).encode(), digest_size=8).hexdigest()}-{seed}.json"


def _kept(path: Path) -> Result | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Result)
    except (OSError, msgspec.MsgspecError):
        return None


def _keep(path: Path, one: Result) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(msgspec.json.encode(one))
    part.replace(path)
