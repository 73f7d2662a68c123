"""Anchors the default rubric: thresholds by which novice, competent and expert hands land where grades should.

    python -m crmsim.grading.anchoring [SCENARIO] [SEEDS]

Tries each of the eight hands in each seat among competent colleagues, as a student sits, and chooses, criterion by
criterion, from which mean on nothing more is lost and below which nothing is earned. Doing nothing earns nothing: no
threshold is below zero. Writes crmsim/scenarios/defaults/rubric.toml, and hands.json beside this file: how each hand
was graded under it, which grade cards show beside a person's score. Plays are kept, so that a second fit is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import msgspec

from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FULL, scaled
from crmsim.grading.distribution import HANDS_FILE, Shown, shown
from crmsim.grading.selftest.hands import HANDS, low_hands
from crmsim.grading.selftest.played import Result, one_by_one
from crmsim.scenarios.schema import CriterionWeight, Scenario

TARGETS = {"novice": 560, "competent": 760, "expert": 915}  # of 1000: the middles of 50-62, 72-80 and 88-95
EARNED = 700  # what an expert earns of each criterion at least
CEILING = 420  # what chance and gaming hands should not exceed
STEPS = tuple(product((0, 100, 200, 300, 400, 500, 600), (400, 500, 600, 700, 800, 900, 950, 1000)))
ROUNDS = 5
SEEDS = 8
RUBRIC_FILE = Path(__file__).parents[1] / "scenarios" / "defaults" / "rubric.toml"
LEAST_GAP = 50
PULL = 40  # how little a threshold is moved without need


class Row(msgspec.Struct, frozen=True):
    """One seat of one game: its level and the mean of each criterion that was scored, 0 to 1000."""

    level: str
    seat: str
    means: dict[str, int]


def rows_of(results: Iterable[Result]) -> list[Row]:
    """The seats of hands whose place is set, with what was scored there."""
    return [
        Row(one.hand, seat.seat, means)
        for one in results
        for seat in one.seats
        if (one.hand in TARGETS or one.hand in low_hands(seat.role))
        and (means := {each.id: each.mean for each in seat.criteria if each.occasions >= CRITERIA[each.id].fewest})
    ]  # fmt: skip


def anchored(rows: list[Row]) -> dict[str, tuple[int, int]]:
    """The thresholds (none, full) of every criterion that came up, by going round until nothing gets better."""
    ids = [each for each in CRITERIA if _tells_apart(each, rows)]
    chosen = dict.fromkeys(CRITERIA, (0, FULL))
    for _round in range(ROUNDS):
        before = dict(chosen)
        for id in ids:
            mine = [row for row in rows if id in row.means]
            steps = _within_reach(id, mine)
            chosen[id] = min(steps, key=lambda step: _loss(mine, chosen | {id: step}, step))
        if chosen == before:
            break
    return chosen


def _within_reach(id: str, rows: list[Row]) -> list[tuple[int, int]]:
    """The thresholds under which experts earn most of a criterion on the whole; all of them when none is so."""
    best = [row.means[id] for row in rows if row.level == "expert"]
    return [step for step in STEPS if scaled(sum(best) // len(best), *step) >= EARNED] or list(STEPS)


def _tells_apart(id: str, rows: list[Row]) -> bool:
    """Whether experts do clearly better than novices; else the whole scale stays, so that no noise is stretched."""
    means = {level: [row.means[id] for row in rows if row.level == level and id in row.means] for level in TARGETS}
    if not means["novice"] or not means["expert"]:
        return False
    best, least = (sum(means[level]) // len(means[level]) for level in ("expert", "novice"))
    return best - least >= LEAST_GAP


def _loss(rows: list[Row], chosen: dict[str, tuple[int, int]], step: tuple[int, int]) -> int:
    off = sum(_off(row.level, score(row, chosen)) ** 2 for row in rows) // max(1, len(rows))
    return off + (PULL * (step[0] + FULL - step[1]) // 100)


def _off(level: str, got: int) -> int:
    """How far a score is from where its hand should land."""
    return got - TARGETS[level] if level in TARGETS else max(0, got - CEILING)


def score(row: Row, chosen: dict[str, tuple[int, int]]) -> int:
    """A seat's score of 1000 under these thresholds and the criteria's own weights."""
    total = sum(CRITERIA[id].weight for id in row.means)
    return sum(CRITERIA[id].weight * scaled(mean, *chosen[id]) for id, mean in row.means.items()) // max(1, total)


def as_toml(chosen: dict[str, tuple[int, int]]) -> str:
    """The rubric as a defaults file; criteria that never came up keep the whole scale."""
    lines = [
        "# What each criterion weighs in a seat's grade, and its thresholds: the means of handling (0 to 1000) where",
        "# nothing (none) and everything (full) is earned. Written by: python -m crmsim.grading.anchoring",
    ]
    for id, criterion in CRITERIA.items():
        none, full = chosen.get(id, (0, FULL))
        lines += ["", f'[rubric."{id}"]', f"weight = {criterion.weight}", f"none = {none}", f"full = {full}"]
    return "\n".join(lines) + "\n"


def report(rows: list[Row], chosen: dict[str, tuple[int, int]]) -> str:
    """Where each seat lands at each level."""
    found: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        found.setdefault(row.seat, {}).setdefault(row.level, []).append(score(row, chosen))
    return "\n".join(
        f"{seat:12}" + "".join(f"  {level} {sum(got) / len(got) / 10:5.1f}" for level, got in levels.items())
        for seat, levels in found.items()
    )


def fit(scenario: Scenario, seeds: int) -> tuple[str, dict[str, list[Shown]], str]:
    """The rubric as a file, how the hands stand under it, and where each seat lands."""

    def tell(done: int, of: int) -> None:
        sys.stderr.write(f"\r{done} / {of}")

    results = one_by_one(scenario, HANDS, range(1, seeds + 1), progress=tell)
    rows = rows_of(results)
    chosen = anchored(rows)
    rubric = {
        id: CriterionWeight(weight=each.weight, none=chosen[id][0], full=chosen[id][1]) for id, each in CRITERIA.items()
    }
    fitted = [msgspec.structs.replace(one, seats=tuple(seat.under(rubric) for seat in one.seats)) for one in results]
    return as_toml(chosen), {scenario.meta.id: shown(fitted)}, report(rows, chosen)


def main(arguments: list[str]) -> None:
    """Measure, choose, write both files; where seats land goes to stderr."""
    from crmsim.scenarios.loader import load_scenario

    name, seeds = (*arguments, *("first_month", str(SEEDS))[len(arguments) :])[:2]
    text, hands, landed = fit(load_scenario(name), int(seeds))
    RUBRIC_FILE.write_text(text, encoding="utf-8", newline="\n")
    HANDS_FILE.write_bytes(msgspec.json.format(msgspec.json.encode(hands), indent=1) + b"\n")
    sys.stderr.write(f"\n{landed}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
