"""A class's games: a seed for each student, all of them about equally hard.

How hard a seed is shows in what comes to the door when nobody answers: how many make contact, what they would buy, and
how many ask for help. Those seeds are kept that lie nearest the middle of all that were tried.
"""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import tomlkit

from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerArrived, ServiceRequested
from crmsim.crm.figures import contacts
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, _, translate
from crmsim.game import Game
from crmsim.grading.roster import Pupil
from crmsim.grading.workers import Progress, processes, share_out
from crmsim.scenarios.casting import draw_cast
from crmsim.scenarios.schema import Scenario
from crmsim.store.sheets import safe_cell

PPM = 1_000_000
UNLIKE = 250_000  # seeds that lie farther than this from the middle make games that can hardly be compared
HEADINGS = (N_("student"), N_("name"), N_("class"), N_("seed"), N_("begin"))


def difficulty(scenario: Scenario, seed: int) -> tuple[int, int, int]:
    """What comes to the door of an empty company: contacts, what they would spend (fen), requests for help."""
    game = Game(scenario, seed, cast=draw_cast(scenario, seed))
    game.run_to_end()
    came = {each.customer for each in game.facts if isinstance(each, CustomerArrived)}
    demand = sum(
        each.quantity * scenario.find("products", each.wants).price
        for each in game.world.all(Customer)
        if each.id in came and each.wants
    )
    return len(contacts(game.world)), demand, sum(isinstance(each, ServiceRequested) for each in game.facts)


def _measured(scenario: Scenario, seed: int) -> tuple[int, tuple[int, int, int]]:
    return seed, difficulty(scenario, seed)


def _unknown(seed: int) -> tuple[int, tuple[int, int, int]]:
    raise BadInput(_("Seed {seed} cannot be measured.", seed=str(seed)))


def equal_seeds(
    scenario: Scenario, count: int, tries: int = 4, *, jobs: int = 0, progress: Progress | None = None
) -> tuple[list[int], int]:
    """Seeds for `count` students, of `tries` times as many tried, and how far the worst lies from the middle, ppm."""
    tried = range(1, count * max(1, tries) + 1)
    measured = list(
        share_out(partial(_measured, scenario), tried, processes(jobs, len(tried)), died=_unknown, progress=progress)
    )
    middles = [sorted(each[1][part] for each in measured)[len(measured) // 2] for part in range(3)]

    def off(found: tuple[int, ...]) -> int:
        return max(abs(each - middle) * PPM // max(1, middle) for each, middle in zip(found[:2], middles, strict=False))

    nearest = sorted(measured, key=lambda each: (off(each[1]), each[0]))[:count]
    return sorted(seed for seed, _found in nearest), max(off(found) for _seed, found in nearest)


def write_class(
    folder: Path, scenario: str, id: str, pupils: Sequence[Pupil], seeds: list[int], language: str = "en"
) -> list[Path]:
    """class.csv with the command that begins each game, and policy.toml for grading. `id` is the scenario's own.

    With twice as many seeds as pupils each may play two games, and the better one counts.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(translate(each, language) for each in HEADINGS)
    mine = {pupil.student: seeds[number :: len(pupils)] for number, pupil in enumerate(pupils)}
    for pupil in pupils:
        for seed in mine[pupil.student]:
            begin = f"crmsim play {shlex.quote(scenario)} --seed {seed} --student {shlex.quote(pupil.student)}"
            writer.writerow([safe_cell(each) for each in (pupil.student, pupil.name, pupil.group, seed, begin)])
    table, policy = folder / "class.csv", folder / "policy.toml"
    runs = max(len(each) for each in mine.values())
    rules = {"scenario": id, "runs": runs, "seeds": {name: got[0] if runs == 1 else got for name, got in mine.items()}}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        table.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
        policy.write_text(tomlkit.dumps(rules), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(folder), cause=error.strerror or "")
        ) from error
    return [table, policy]
