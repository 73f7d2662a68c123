"""A class's games: a seed for each student, all of them about equally hard.

How hard a seed is shows in what comes to the door when nobody answers: how many make contact, what they would buy, and
how many ask for help. Those seeds are kept that lie nearest the middle of all that were tried.
"""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Callable
from pathlib import Path

import msgspec
import tomlkit

from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerArrived, ServiceRequested
from crmsim.crm.figures import contacts
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import _
from crmsim.game import Game
from crmsim.grading.sheet import harmless
from crmsim.scenarios.casting import draw_cast
from crmsim.scenarios.schema import Scenario

PPM = 1_000_000
STUDENT = ("student", "学号", "id")
NAME = ("name", "姓名")
CLASS = ("class", "班级")


class Pupil(msgspec.Struct, frozen=True):
    """A line of a roster."""

    student: str
    name: str
    group: str


def read_roster(path: Path) -> list[Pupil]:
    """A roster in CSV: 学号/student, 姓名/name, 班级/class; BadInput says what is wrong with it."""
    try:
        content = path.read_bytes()[:2_000_000]
    except OSError as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause=error.strerror or "")) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause="UTF-8, GB18030"))
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = {str(each).strip().lower(): each for each in (rows[0] if rows else {})}
    key = next((columns[each] for each in STUDENT if each in columns), None)
    if key is None:
        raise BadInput(_("{file} has no column {column}.", file=str(path), column=" / ".join(STUDENT[:2])))
    named, grouped = (next((columns[each] for each in names if each in columns), "") for names in (NAME, CLASS))
    found: dict[str, Pupil] = {}
    for row in rows:
        student = safe_text(str(row.get(key) or "").strip(), 60)
        if student in found:
            raise BadInput(_("{file} lists {student} twice.", file=str(path), student=student))
        if student:
            found[student] = Pupil(student, _cell(row, named), _cell(row, grouped))
    if not found:
        raise BadInput(_("{file} names nobody.", file=str(path)))
    return list(found.values())


def _cell(row: dict[str, str], column: str) -> str:
    return safe_text(str(row.get(column) or "").strip(), 60) if column else ""


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


def equal_seeds(
    scenario: Scenario, count: int, tries: int = 4, *, progress: Callable[[int, int], None] | None = None
) -> tuple[list[int], int]:
    """Seeds for `count` students, of `tries` times as many tried, and how far the worst lies from the middle, ppm."""
    tried = range(1, count * max(1, tries) + 1)
    measured = []
    for seed in tried:
        measured.append((seed, difficulty(scenario, seed)))
        if progress is not None:
            progress(seed, len(tried))
    middles = [sorted(each[1][part] for each in measured)[len(measured) // 2] for part in range(3)]

    def off(found: tuple[int, ...]) -> int:
        return max(abs(each - middle) * PPM // max(1, middle) for each, middle in zip(found[:2], middles, strict=False))

    nearest = sorted(measured, key=lambda each: (off(each[1]), each[0]))[:count]
    return sorted(seed for seed, _found in nearest), max(off(found) for _seed, found in nearest)


def write_class(folder: Path, scenario: str, id: str, pupils: list[Pupil], seeds: list[int]) -> list[Path]:
    """class.csv with the command that begins each game, and policy.toml for grading. `id` is the scenario's own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("student", "name", "class", "seed", "begin"))
    for pupil, seed in zip(pupils, seeds, strict=True):
        begin = f"crmsim play {shlex.quote(scenario)} --seed {seed} --student {shlex.quote(pupil.student)}"
        writer.writerow([harmless(each) for each in (pupil.student, pupil.name, pupil.group, seed, begin)])
    table, policy = folder / "class.csv", folder / "policy.toml"
    seats = {pupil.student: seed for pupil, seed in zip(pupils, seeds, strict=True)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        table.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
        policy.write_text(tomlkit.dumps({"scenario": id, "seeds": seats}), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(folder), cause=error.strerror or "")
        ) from error
    return [table, policy]
