"""A class's games: a seat and a seed for each student, all seeds about equally hard.

Equally hard means that the same hand earns the same mark. So each seed that is tried is played by a company of novices
and by a competent one, between whom a class stands, and graded; kept are those on which either hand fares most alike.
"""

from __future__ import annotations

import csv
import io
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import tomlkit

from crmsim.bots import crew
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, Message, _, translate
from crmsim.game import Game
from crmsim.grading import grade_game
from crmsim.grading.report import SeatReport
from crmsim.grading.roster import Pupil
from crmsim.grading.workers import Progress, processes, share_out
from crmsim.scenarios.bundle import parted
from crmsim.scenarios.casting import draw_cast
from crmsim.scenarios.loader import bundled, load_scenario, scenario_hash, varied
from crmsim.scenarios.schema import Scenario
from crmsim.store.sheets import safe_cell

HANDS = ("novice", "competent")
WITHIN = 1_000  # hundredths of a point by which a hand's marks may differ on seeds that count as equally hard
MOST = 10_000
ROUNDS = 4  # how often seeds are tried, each time as many again
HEADINGS = (N_("student"), N_("name"), N_("class"), N_("seat"), N_("seed"), N_("begin"))


Marks = tuple[int, ...]  # of each hand, hundredths of a point


class Handled(NamedTuple):
    """What each hand earns in a seat; where it is not `scored`, how well it handled what little came."""

    scored: tuple[bool, ...]
    marks: Marks


Measured = Mapping[int, Mapping[str, Handled]]  # of each seed that was tried, each seat
Found = list[tuple[Marks, int]]  # marks with their seeds


class Games(NamedTuple):
    """The seeds of each student, and by how much a hand's marks differ at most on two seeds of one seat, hundredths."""

    seeds: list[list[int]]
    apart: int
    unscored: tuple[str, ...] = ()  # the seats to which mostly too little comes for a score of some hand

    @property
    def shared(self) -> bool:
        """Whether several students play the same seed."""
        given = [seed for mine in self.seeds for seed in mine]
        return len(set(given)) < len(given)


# -- how hard a seed is


def difficulty(scenario: Scenario, seed: int) -> dict[str, Handled]:
    """What hands of known skill earn on a seed, in each seat of the company."""
    seats = [each.id for each in scenario.seats]
    played: list[dict[str, SeatReport]] = []
    for hand in HANDS:
        game = Game(scenario, seed, cast=draw_cast(scenario, seed), players=crew(scenario, hand, seats))
        game.digests = False
        game.run_to_end()
        played.append({each.seat: each for each in grade_game(game).seats})
    return {
        seat: Handled(
            tuple(each[seat].score is not None for each in played), tuple(_mark(each[seat]) for each in played)
        )
        for seat in seats
    }


def _mark(seat: SeatReport) -> int:
    """The score; without one, how well what came up was handled."""
    if seat.score is not None:
        return seat.score
    occasions = sum(each.occasions for each in seat.verdicts)
    return sum(each.occasions * each.mean * 10 for each in seat.verdicts) // max(1, occasions)


def _of(seed: int, scenario: Scenario) -> tuple[int, dict[str, Handled]]:
    return seed, difficulty(scenario, seed)


def _unknown(seed: int) -> tuple[int, dict[str, Handled]]:
    raise BadInput(_("Seed {seed} cannot be measured.", seed=str(seed)))


# -- which seeds are kept


def marks(measured: Measured, seat: str) -> Found:
    """The marks of a seat on each seed; of the company's scored seats together for the seat "".

    A game with a score and one without are no equals: seeds count that are as most are.
    """
    found = _in_seat(measured, seat)
    usual = _usually_scored(found)
    return [(each.marks, seed) for seed, each in found.items() if each.scored == usual]


def _in_seat(measured: Measured, seat: str) -> dict[int, Handled]:
    return {seed: seats[seat] if seat else _company(seats) for seed, seats in measured.items()}


def _usually_scored(found: Mapping[int, Handled]) -> tuple[bool, ...]:
    """Which hands get a score on most seeds."""
    ((usual, _times),) = Counter(each.scored for each in found.values()).most_common(1)
    return usual


def unscored(measured: Measured, seats: Iterable[str]) -> tuple[str, ...]:
    """Those of these seats in which a hand mostly gets no score; where any may be held (""), it is all or none."""
    found = [each for each in seats if not all(_usually_scored(_in_seat(measured, each)))]
    return tuple(next(iter(measured.values()))) if "" in found else tuple(found)


def _company(seats: Mapping[str, Handled]) -> Handled:
    scored = [each.marks for each in seats.values() if all(each.scored)]
    counted = scored or [each.marks for each in seats.values()]
    means = tuple(sum(hand) // len(counted) for hand in zip(*counted, strict=True))
    return Handled((bool(scored),) * len(means), means)


def closest(found: Found, count: int) -> Found:
    """So many of these marks as lie closest around one of them, in every hand; all when there are no more."""
    around = (sorted(found, key=lambda each: (_off(each, middle), each[1]))[:count] for middle in found)
    return min(around, key=lambda kept: _off(kept[-1], kept[0]))


def _off(one: tuple[Marks, int], other: tuple[Marks, int]) -> int:
    off: int = max(abs(mine - yours) for mine, yours in zip(one[0], other[0], strict=True))
    return off


def apart(kept: Found) -> int:
    """By how much the marks of a hand differ at most."""
    hands = zip(*(each for each, _seed in kept), strict=True)
    found: int = max(max(each) - min(each) for each in hands)
    return found


def equal_seeds(
    scenario: Scenario, seats: Sequence[str], tries: int = 4, *, runs: int = 1, variants: int = 0, within: int = WITHIN,
    jobs: int = 0, progress: Progress | None = None,
) -> Games:  # fmt: skip
    """Seeds for students in these seats ("": any), `runs` for each; `variants` seeds a seat that several share, if any.

    First `tries` times as many are tried as are kept, and more where these are not equal. BadInput when none are found
    that lie `within` so much of each other: it says how many there are.
    """
    groups = {seat: seats.count(seat) for seat in dict.fromkeys(seats)}
    needed = {seat: min(variants or count, count) * runs for seat, count in groups.items()}
    measured: dict[int, dict[str, Handled]] = {}
    for number in range(ROUNDS):
        fresh = range(len(measured) + 1, sum(needed.values()) * max(1, tries) * (number + 1) + 1)
        measured |= share_out(
            partial(_of, scenario=scenario), fresh, processes(jobs, len(fresh)), died=_unknown, progress=progress
        )
        pools, spread = _pools(measured, needed)
        if spread <= within:
            return Games(_dealt(seats, pools, runs), spread, unscored(measured, groups))
    raise BadInput(_no_equals(measured, needed, within, spread, tries, runs))


def _pools(measured: Measured, needed: Mapping[str, int]) -> tuple[dict[str, list[int]], int]:
    """The seeds of each seat, none in two of them, and how far a hand's marks lie apart in a seat at most."""
    pools: dict[str, list[int]] = {}
    spread = 0
    for seat, count in needed.items():
        taken = {seed for pool in pools.values() for seed in pool}
        free = [each for each in marks(measured, seat) if each[1] not in taken]
        if len(free) < count:
            return {}, MOST
        kept = closest(free, count)
        spread = max(spread, apart(kept))
        pools[seat] = sorted(seed for _marks, seed in kept)
    return pools, spread


def _dealt(seats: Sequence[str], pools: Mapping[str, list[int]], runs: int) -> list[list[int]]:
    """A student's seeds: whoever stands next on the roster has others, as far as there are others."""
    met: Counter[str] = Counter()
    found = []
    for seat in seats:
        different = len(pools[seat]) // runs
        found.append(pools[seat][met[seat] % different :: different])
        met[seat] += 1
    return found


def _no_equals(
    measured: Measured, needed: Mapping[str, int], within: int, spread: int, tries: int, runs: int
) -> Message:
    """What is the matter, and what can be done about it."""
    found = [marks(measured, seat) for seat in needed]
    there = min(max(sum(2 * _off(middle, each) <= within for each in seat) for middle in seat) for seat in found)
    return _(
        "These seeds are not equally hard: of {tried} that were tried, a hand's marks on those for this class lie "
        "{apart} points of 100 apart, and {within} are allowed. {there} in a seat are alike: let students share them "
        "(--variants {shared}; 1 is the same for everybody), or try more (--tries {tries}).",
        tried=len(measured), apart=f"{spread / 100:.1f}", within=f"{within / 100:g}", there=there,
        shared=max(1, there // runs), tries=min(100, tries * 4),
    )  # fmt: skip


# -- what is written


def write_class(
    folder: Path, scenario: str, pupils: Sequence[Pupil], seats: Sequence[str], seeds: list[list[int]],
    language: str = "en",
) -> list[Path]:  # fmt: skip
    """class.csv with the command that begins each game, and policy.toml for grading. `scenario` is a name or a path.

    With two seeds a pupil each may play two games, and the better one counts.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(translate(each, language) for each in HEADINGS)
    for pupil, seat, mine in zip(pupils, seats, seeds, strict=True):
        for seed in mine:
            sits = f" --seat {seat}" if seat else ""
            begin = f"crmsim play {shlex.quote(scenario)}{sits} --seed {seed} --student {shlex.quote(pupil.student)}"
            writer.writerow([safe_cell(each) for each in (pupil.student, pupil.name, pupil.group, seat, seed, begin)])
    table, policy = folder / "class.csv", folder / "policy.toml"
    runs = max(len(each) for each in seeds)
    given = {pupil.student: mine[0] if runs == 1 else mine for pupil, mine in zip(pupils, seeds, strict=True)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        table.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
        text = tomlkit.dumps({**_asked(scenario), "runs": runs, "seeds": given})
        policy.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(folder), cause=error.strerror or "")
        ) from error
    return [table, policy]


def _asked(scenario: str) -> dict[str, Any]:
    """What a policy says of the scenario: whose file is an instructor's own, that is known by its contents."""
    plain = load_scenario(parted(scenario)[0])
    if plain.meta.id in bundled():
        return {"scenario": plain.meta.id}
    as_given = [plain, *(varied(plain, [each.id]) for each in plain.variants), load_scenario(scenario)]
    return {"scenario": plain.meta.id, "hashes": list(dict.fromkeys(map(scenario_hash, as_given)))}
