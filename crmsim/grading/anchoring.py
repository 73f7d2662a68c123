"""Anchors the default rubric: thresholds by which novice, competent and expert hands land where grades should.

    python -m crmsim.grading.anchoring [SCENARIO] [SEEDS]

Tries each of the eight hands in each seat among competent colleagues, as a student sits, and chooses, role by role and
criterion by criterion, from which mean on nothing more is lost and below which nothing is earned. Doing nothing earns
nothing: no threshold is below zero.

The mean of each level is aimed at the middle of its band, and the spread of single seats, which is mostly luck, counts
less: other seeds are kinder or harder by some points (a promoter's competent hand by four or five on the next
twenty-five), so that a mean at the edge of its band would lie outside it there.

Writes crmsim/scenarios/defaults/rubric.toml, and hands.json beside this file: how each hand was graded under it, which
grade cards show beside a person's score. Plays are kept, so that a second fit is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import FULL, scaled
from crmsim.grading.distribution import HANDS_FILE, Shown, shown
from crmsim.grading.selftest.hands import HANDS, low_hands
from crmsim.grading.selftest.played import Result, one_by_one
from crmsim.scenarios.schema import CriterionWeight, Scale, Scenario

TARGETS = {"novice": 560, "competent": 760, "expert": 915}  # of 1000: the middles of BANDS
EARNED = 700  # what an expert earns of each criterion at least
FLOOR, CEILING = 50, 420  # between which chance and gaming hands should be: to do something is more than nothing
ABOVE_NOTHING = 4  # what it costs when they are hardly above who does nothing
LOWEST, HIGHEST, STEP, SPAN = 0, 800, 50, 200  # where `none` may stand, how finely, and how near `full` to it
STEPS = tuple(
    (none, full) for none in range(LOWEST, HIGHEST + 1, STEP) for full in range(none + SPAN, FULL + 1, STEP)
    if full >= FULL * 2 // 5
)  # fmt: skip
ROUNDS = 12
SEEDS = 8
RUBRIC_FILE = Path(__file__).parents[1] / "scenarios" / "defaults" / "rubric.toml"
LEAST_GAP = 50
PULL = 120  # what a steep scale costs: it stretches noise
STEADY = 16  # what a level's mean off its place costs, against the spread of single seats
Scales = dict[str, tuple[int, int]]  # the thresholds (none, full) of each criterion in one role


class Apart(NamedTuple):
    """A row as seen from one criterion: what the others earn, its mean and weight (0: not scored), all weights."""

    level: str
    rest: int
    mean: int
    weight: int
    total: int


class Row(msgspec.Struct, frozen=True):
    """One seat of one game: its level and the mean of each criterion that was scored, 0 to 1000."""

    level: str
    seat: str
    role: str
    means: dict[str, int]


def rows_of(results: Iterable[Result]) -> list[Row]:
    """The seats of hands whose place is set, with what was scored there."""
    return [
        Row(one.hand, seat.seat, seat.role, means)
        for one in results
        for seat in one.seats
        if (one.hand in TARGETS or one.hand in low_hands(seat.role))
        and (means := {each.id: each.mean for each in seat.criteria if each.occasions >= CRITERIA[each.id].fewest})
    ]  # fmt: skip


def anchored(rows: list[Row]) -> Scales:
    """The thresholds of every criterion that came up in a role, by going round until nothing gets better."""
    ids = [each for each in CRITERIA if any(each in row.means for row in rows)]
    chosen = dict.fromkeys(ids, (0, FULL))
    for _round in range(ROUNDS):
        before = dict(chosen)
        for id in ids:
            apart = [_apart(id, row, chosen) for row in rows]
            chosen[id] = min(_within_reach(id, rows), key=lambda step: _loss(_landed(apart, step), step))
        if chosen == before:
            break
    return chosen


def _within_reach(id: str, rows: list[Row]) -> list[tuple[int, int]]:
    """The thresholds under which experts earn most of a criterion on the whole; all of them when none is so. Where
    experts do no better than novices no threshold is far from the whole scale, so that no noise is stretched."""
    best = [row.means[id] for row in rows if row.level == "expert" and id in row.means]
    steps = STEPS if _tells_apart(id, rows) else [step for step in STEPS if step[0] == 0 and step[1] >= EARNED]
    return [step for step in steps if best and scaled(sum(best) // len(best), *step) >= EARNED] or list(steps)


def _tells_apart(id: str, rows: list[Row]) -> bool:
    """Whether experts do clearly better than novices."""
    means = {level: [row.means[id] for row in rows if row.level == level and id in row.means] for level in TARGETS}
    if not means["novice"] or not means["expert"]:
        return False
    best, least = (sum(means[level]) // len(means[level]) for level in ("expert", "novice"))
    return best - least >= LEAST_GAP


def _apart(id: str, row: Row, chosen: Scales) -> Apart:
    """What a row earns by all criteria but one, so that steps of that one are tried quickly."""
    rest = sum(CRITERIA[each].weight * scaled(mean, *chosen[each]) for each, mean in row.means.items() if each != id)
    total = sum(CRITERIA[each].weight for each in row.means)
    return Apart(row.level, rest, row.means.get(id, 0), CRITERIA[id].weight if id in row.means else 0, max(1, total))


def _landed(rows: list[Apart], step: tuple[int, int]) -> dict[str, list[int]]:
    """The scores at each level with these thresholds of the one."""
    scores: dict[str, list[int]] = {}
    for row in rows:
        scores.setdefault(row.level, []).append((row.rest + row.weight * scaled(row.mean, *step)) // row.total)
    return scores


def _loss(scores: dict[str, list[int]], step: tuple[int, int]) -> int:
    """How far single seats and, far weightier, the mean of each level are from where they should land."""
    count = sum(map(len, scores.values()))
    off = sum(_off(level, each) ** 2 for level, got in scores.items() for each in got) // max(1, count)
    whole = sum(_off(level, sum(got) // len(got)) ** 2 for level, got in scores.items()) // max(1, len(scores))
    return off + STEADY * whole + PULL * FULL // (step[1] - step[0])


def _off(level: str, got: int) -> int:
    """How far a score is from where its hand should land."""
    if level in TARGETS:
        return got - TARGETS[level]
    return max(0, got - CEILING) + ABOVE_NOTHING * max(0, FLOOR - got)


def score(row: Row, chosen: Scales) -> int:
    """A seat's score of 1000 under these thresholds and the criteria's own weights."""
    total = sum(CRITERIA[id].weight for id in row.means)
    return sum(CRITERIA[id].weight * scaled(mean, *chosen[id]) for id, mean in row.means.items()) // max(1, total)


def as_toml(chosen: dict[str, Scales]) -> str:
    """The rubric as a defaults file, from each role's thresholds; where nothing stands the whole scale is meant."""
    lines = [
        "# What each criterion weighs in a seat's grade, and its thresholds: the means of handling (0 to 1000) where",
        "# nothing (none) and everything (full) is earned. Written by: python -m crmsim.grading.anchoring",
    ]
    for id, criterion in CRITERIA.items():
        lines += ["", f'[rubric."{id}"]', f"weight = {criterion.weight}"]
        for role, scales in chosen.items():
            none, full = scales.get(id, (0, FULL))
            if (none, full) != (0, FULL):
                lines.append(f"scales.{role} = {{ none = {none}, full = {full} }}")
    return "\n".join(lines) + "\n"


def report(rows: list[Row], chosen: dict[str, Scales]) -> str:
    """Where each seat lands at each level."""
    found: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        found.setdefault(row.seat, {}).setdefault(row.level, []).append(score(row, chosen[row.role]))
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
    roles = dict.fromkeys(row.role for row in rows)
    chosen = {role: anchored([row for row in rows if row.role == role]) for role in roles}
    rubric = {id: _weight(id, chosen) for id in CRITERIA}
    fitted = [msgspec.structs.replace(one, seats=tuple(seat.under(rubric) for seat in one.seats)) for one in results]
    return as_toml(chosen), {scenario.meta.id: shown(fitted)}, report(rows, chosen)


def _weight(id: str, chosen: dict[str, Scales]) -> CriterionWeight:
    found = {role: scales[id] for role, scales in chosen.items() if id in scales}
    scales = {role: Scale(none=none, full=full) for role, (none, full) in found.items()}
    return CriterionWeight(weight=CRITERIA[id].weight, scales=scales)


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
