"""What a first screen tells of a scenario, read from its file at once; the whole is checked while one chooses.

Checking reads everything, the defaults too, and takes far longer than painting a screen does.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crmsim.engine.words import Bilingual, Words
from crmsim.scenarios.bundle import bundled_file
from crmsim.scenarios.merging import DEFAULTS, merged

TOLD = ("meta", "calendar", "seats")  # the tables that are told of
_HEADER = re.compile(r"^\[+ *([A-Za-z0-9_-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A scenario as it is offered: by which name it is loaded, what it is, and who plays in it."""

    name: str
    title: Words
    summary: Words
    days: int
    seats: tuple[tuple[str, tuple[str, ...]], ...]  # by id: the roles
    customers: int  # seats for people who play customers


def sketch(name: str) -> Sketch | None:
    """A bundled scenario at a glance; None when its file does not tell enough, or cannot be read."""
    file = bundled_file(name)
    try:
        return None if file is None else _sketched(name, _told(file))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, KeyError, TypeError, ValueError):
        return None


def _sketched(name: str, given: dict[str, Any]) -> Sketch:
    data = merged(given, _defaults() if "seats" in given.get("extends", ()) else {}).data
    meta = data["meta"]
    return Sketch(
        name,
        _named(meta["title"]),
        _named(meta.get("summary", "")),
        int(data["calendar"]["days"]),
        tuple((str(each["id"]), tuple(map(str, each["roles"]))) for each in data["seats"]),
        int(data["playable_customers"]),
    )


@cache
def _defaults() -> dict[str, Any]:
    return {key: value for file in sorted(DEFAULTS.glob("*.toml")) for key, value in _told(file).items()}


def _told(file: Path) -> dict[str, Any]:
    """A file's first keys and those of its tables that are told of."""
    text = file.read_text(encoding="utf-8-sig")
    found = list(_HEADER.finditer(text))
    edges = [*(each.start() for each in found), len(text)]
    parts = [text[: edges[0]]]
    parts += [text[edges[at] : edges[at + 1]] for at, each in enumerate(found) if each[1] in TOLD]
    return tomllib.loads("".join(parts))


def _named(value: Any) -> Words:
    return value if isinstance(value, str) else Bilingual(str(value["en"]), str(value["zh"]))
