"""Personal bests of this machine: for each student, scenario and role the best handling of every criterion so far.

They are a convenience, kept in the game's own folder; a file that cannot be read or written is begun anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from rich.text import Text

from crmsim.engine.words import N_, _, render
from crmsim.game import Header
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.report import Report
from crmsim.scenarios.loader import scenario_from_text
from crmsim.store.folders import home


class Best(msgspec.Struct, frozen=True):
    """The best mean (0 to 1000) of a criterion and the seed on which it was reached; `before` is the one it beat."""

    mean: int
    seed: int
    before: int = -1


Shelf = dict[str, dict[str, Best]]  # by "student|scenario|role", then by criterion; a score as "score"
SCORE = "score"


def _path() -> Path:
    return home() / "bests.json"


def kept() -> Shelf:
    """All of them."""
    try:
        return msgspec.json.decode(_path().read_bytes(), type=Shelf)
    except (OSError, msgspec.MsgspecError):
        return {}


def game_of(header: Header) -> str:
    """Which games are compared: those of a scenario with the same variants in force."""
    return "+".join((header.scenario, *scenario_from_text(header.scenario_text).variant))


def bests(student: str, game: str, role: str) -> dict[str, Best]:
    """A student's bests in a role."""
    return kept().get(_key(student, game, role), {})


def _key(student: str, game: str, role: str) -> str:
    return f"{student.replace('|', '/')}|{game}|{role}"


def note(header: Header, report: Report) -> dict[str, dict[str, Best]]:
    """Keep what is better than ever in the seats that people held; gives it by seat. Practice does not count."""
    if report.practice:
        return {}
    shelf, fresh, game = kept(), {}, game_of(header)
    for seat in report.seats:
        if not seat.person or seat.score is None:
            continue
        means = {each.id: each.mean for each in seat.verdicts if each.possible}
        means[SCORE] = round(10 * float(f"{seat.score / 100:.1f}"))  # as the card shows it
        mine = shelf.setdefault(_key(report.student, game, seat.roles[0]), {})
        better = {
            id: Best(mean, report.seed, mine[id].mean if id in mine else -1)
            for id, mean in means.items()
            if id not in mine or mean > mine[id].mean
        }
        mine |= better
        fresh[seat.seat] = better
    if any(fresh.values()):
        _keep(shelf)
    return fresh


def _keep(shelf: Shelf) -> None:
    path = _path()
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(msgspec.json.encode(shelf, order="sorted"))
        os.replace(partial, path)
    except OSError:
        return  # marks do not depend on it


def told(fresh: Mapping[str, Mapping[str, Best]], language: str) -> Iterator[Text]:
    """What was better than ever before, as lines below a card; a first game has nothing to be compared with."""
    lines = []
    for mine in fresh.values():
        for id, best in mine.items():
            if best.before >= 0:
                label = CRITERIA[id].label if id in CRITERIA else N_("score")
                words = _("{what:label}: {now} (best so far {before})", what=label, now=f"{best.mean / 10:.1f}",
                          before=f"{best.before / 10:.1f}")  # fmt: skip
                lines.append(Text(f"  {render(words, language)}", "green"))
    if lines:
        yield Text("\n" + render(_("Personal bests"), language), "bold green")
        yield from lines
