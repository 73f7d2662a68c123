"""How the chance of winning is fitted to played games, and held against others (OPP-2).

A case is a moment at which a deal was opened or moved: what was on file then, the chance that was shown, and whether
the deal was won in the end. Companies are mixed as a class is: hands of several levels side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from crmsim.bots import crew
from crmsim.crm.facts import OpportunityOpened, StageMoved
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.pipeline import PPM, deal_of, signs
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.scenarios.pipeline import ChancePart
from crmsim.scenarios.schema import Scenario

MIXED = ("competent", "expert", "competent", "novice")  # the hands of a class, one seat after the other
BANDS = (0, 200_000, 400_000, 600_000, 800_000, PPM + 1)
HOLD = 4.0  # cases that a weight's present value counts for: what is rare stays near it
STEPS = 30
FOR = ("agreed", "contract", "enough", "warm")  # what can only speak for a deal, by what it means
AGAINST = ("short", "rival", "authority", "doubt", "cool", "refused", "stuck", "overdue")  # and against it


@dataclass(frozen=True)
class Case:
    """A moment of a deal: its stage, what was on file, the chance shown (ppm), and what became of it."""

    stage: str
    signs: tuple[tuple[str, int], ...]
    shown: int
    won: bool


def cases(scenario: Scenario, seed: int) -> list[Case]:
    """Every case of one game whose deal is settled, or was due, by its end."""
    seats = [each.id for each in scenario.seats]
    hands = {seat: MIXED[(seed + place) % len(MIXED)] for place, seat in enumerate(seats)}
    players = {seat: hand for seat in seats for hand in crew(scenario, hands[seat], [seat]).values()}
    game, seen = Game(scenario, seed, players=players), list[tuple[str, Case]]()

    def look(fact: Fact) -> None:
        if isinstance(fact, OpportunityOpened | StageMoved):
            deal = deal_of(game.world, fact.opportunity)
            if deal is not None and deal.opportunity.manual < 0:
                found = tuple(signs(deal, game.world).items())
                seen.append((deal.id, Case(deal.opportunity.stage, found, fact.chance, False)))

    game.world.subscribers.append(look)
    game.run_to_end()
    ended = {each.id: each for each in game.world.all(Opportunity)}
    return [
        Case(case.stage, case.signs, case.shown, ended[id].stage == "won")
        for id, case in seen
        if ended[id].settled >= 0 or ended[id].close + DAY < game.minute
    ]


def fit(found: Sequence[Case], part: ChancePart) -> dict[str, int]:
    """The weights (ppm of a logit) that explain the cases best, by Newton's method; stages as `stages.needs`."""
    names = ["base", *(f"stages.{each}" for each in part.stages), *(name for name, _times in found[0].signs)]
    start = [_present(part, name) / PPM for name in names]
    rows = [[1.0 if name == "base" else _of(case, name) for name in names] for case in found]
    weights = list(start)
    first = names.index(f"stages.{next(iter(part.stages))}")  # the stage that the others differ from
    for _step in range(STEPS):
        slope = [HOLD * (now - then) for now, then in zip(weights, start, strict=True)]
        bend = [[HOLD if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for row, case in zip(rows, found, strict=True):
            share = logistic(sum(a * b for a, b in zip(row, weights, strict=True)))
            said = [(i, value) for i, value in enumerate(row) if value]
            for i, one in said:
                slope[i] += (share - case.won) * one
                for j, other in said:
                    bend[i][j] += share * (1 - share) * one * other
        for i, name in enumerate(names):
            if i == first or (weights[i] == 0 and _meant(name, -slope[i]) != -slope[i]):
                slope[i], bend[i] = 0.0, [1.0 if j == i else 0.0 for j in range(len(names))]
        moves = [max(-1.0, min(1.0, move)) for move in solved(bend, slope)]
        weights = [_meant(name, now - move) for name, now, move in zip(names, weights, moves, strict=True)]
    return {name: round(weight * 100) * (PPM // 100) for name, weight in zip(names, weights, strict=True)}


def _meant(name: str, weight: float) -> float:
    """A weight that does not speak against what it means; nothing where it would."""
    return max(0.0, weight) if name in FOR else (min(0.0, weight) if name in AGAINST else weight)


def _present(part: ChancePart, name: str) -> int:
    kept: Any = part.stages.get(name.removeprefix("stages.")) if name.startswith("stages.") else getattr(part, name)
    return int(kept)


def _of(case: Case, name: str) -> float:
    stage = name.removeprefix("stages.")
    return float(case.stage == stage) if stage != name else float(dict(case.signs)[name])


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(i + 1, len(rows)):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        found[i] = (rows[i][-1] - sum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))) / rows[i][i]
    return found


def by_weights(case: Case, weights: dict[str, int]) -> int:
    """The chance that these weights give a case, ppm."""
    total = weights["base"] + weights.get(f"stages.{case.stage}", 0)
    total += sum(weights[name] * times for name, times in case.signs)
    return round(PPM * logistic(total / PPM))


def logistic(total: float) -> float:
    """A logit as a share."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def bands(given: Iterable[tuple[int, bool]]) -> list[tuple[int, int, int, int]]:
    """For each band of chances: from, to, how many cases it was given in, and how many of them were won."""
    known = list(given)
    found = []
    for low, high in pairwise(BANDS):
        mine = [won for chance, won in known if low <= chance < high]
        found.append((low, min(high, PPM), len(mine), sum(mine)))
    return found
