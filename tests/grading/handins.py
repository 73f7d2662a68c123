"""A short game of a class's own scenario, and hand-ins of it: sound ones and broken ones."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from crmsim.bots import crew
from crmsim.game import Game
from crmsim.grading.answers import template
from crmsim.grading.submission import MEMBERS, pack
from crmsim.scenarios.loader import scenario_of
from crmsim.store.jsonl import read_any
from crmsim.store.savefile import save

from .conftest import month

STUDENT = "2025001"


@cache
def short(seed: int = 3, student: str = STUDENT, days: int = 5) -> Game:
    data = month().model_dump(mode="json")
    data["meta"]["id"] = "class_week"
    data["calendar"]["days"] = days
    data["events"], data["acts"] = (), ()
    scenario = scenario_of(data)
    game = Game(
        scenario, seed, players=crew(scenario, "competent", [each.id for each in scenario.seats]), student=student
    )
    game.run_to_end()
    return game


def handed_in(
    folder: Path, game: Game | None = None, report: bytes | None = None, name: str = "a", student: str = ""
) -> Path:
    """A hand-in of a game; of another student who played the very same, when one is named."""
    game = game or short()
    path = folder / f"{name}.crmsim"
    save(game, path)
    text = template(game, str(path)).encode() if report is None else report
    saved = read_any(path)
    if student:
        saved = replace(saved, header=msgspec.structs.replace(saved.header, student=student))
    target = pack(saved, text, folder / f"{name}.zip")
    path.unlink()
    return target


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in MEMBERS}


def zipped(members: list[tuple[Any, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
