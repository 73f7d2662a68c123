"""A scenario file says only what differs: what it leaves out comes from `defaults/*.toml`.

The rule: tables merge key by key, at every depth; anything else that a file gives (a text, a number, a list)
takes the place of the default. To add to a default list instead, or to change some of its entries, name it in
`extends = ["media", "dictionaries.sources"]` at the top of the file: then an entry whose id the defaults have
is merged over that one, and others come after them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

Path_ = tuple[str | int, ...]
DEFAULTS = Path(__file__).parent / "defaults"
NO_ID = "\0"


@dataclass(slots=True)
class Merged:
    """A file's tables over the defaults, and which entry of the file each entry of an extended list is."""

    data: dict[str, Any]
    moved: dict[Path_, dict[int, int | None]] = field(default_factory=dict)

    def in_file(self, path: Path_) -> Path_:
        """The same place as the file counts it; for an entry that the defaults gave, the list itself."""
        for depth, step in enumerate(path):
            if isinstance(step, int) and path[:depth] in self.moved:
                given = self.moved[path[:depth]].get(step)
                return path[:depth] if given is None else (*path[:depth], given, *path[depth + 1 :])
        return path


@lru_cache(maxsize=1)
def _defaults() -> dict[str, Any]:
    data: dict[str, Any] = {}
    for path in sorted(DEFAULTS.glob("*.toml")):
        data = _over(data, tomllib.loads(path.read_text(encoding="utf-8")), (), frozenset(), {})
    return data


def merged(given: dict[str, Any], base: dict[str, Any] | None = None) -> Merged:
    """The file's tables over the defaults (or a part of them). `extends` is used up; a wrong one is left for the
    checker to name."""
    named = given.get("extends", [])
    lists = frozenset(each for each in named if isinstance(each, str)) if isinstance(named, list) else frozenset()
    moved: dict[Path_, dict[int, int | None]] = {}
    rest = {key: value for key, value in given.items() if key != "extends"}
    return Merged(_over(_defaults() if base is None else base, rest, (), lists, moved), moved)


def default_lists() -> tuple[str, ...]:
    """The lists that `extends` may name."""
    data = _defaults()
    inner = [f"{key}.{name}" for key, table in data.items() if isinstance(table, dict) for name in _lists(table)]
    return tuple(sorted([*_lists(data), *inner]))


def usual_names(dictionary: str) -> dict[str, Any]:
    """The words of a default dictionary by their ids."""
    return {each["id"]: each["name"] for each in _defaults()["dictionaries"].get(dictionary, ())}


def _lists(table: dict[str, Any]) -> list[str]:
    return [key for key, value in table.items() if isinstance(value, list) and all(_id(each) for each in value)]


def _id(entry: Any) -> str:
    return str(entry["id"]) if isinstance(entry, dict) and isinstance(entry.get("id"), str) else ""


def _over(
    base: dict[str, Any],
    given: dict[str, Any],
    path: Path_,
    lists: frozenset[str],
    moved: dict[Path_, dict[int, int | None]],
) -> dict[str, Any]:
    result = dict(base)
    for key, value in given.items():
        here, old = (*path, key), base.get(key)
        if isinstance(value, dict) and isinstance(old, dict) and set(value) != {"en", "zh"}:
            result[key] = _over(old, value, here, lists, moved)
        elif isinstance(value, list) and isinstance(old, list) and ".".join(map(str, here)) in lists:
            result[key], moved[here] = _extended(old, value)
        else:
            result[key] = value
    return result


def _extended(old: list[Any], given: list[Any]) -> tuple[list[Any], dict[int, int | None]]:
    result = list(old)
    origin: dict[int, int | None] = dict.fromkeys(range(len(old)))
    places = {_id(each): place for place, each in enumerate(old)}
    for number, each in enumerate(given):
        place = places.get(_id(each) or NO_ID)
        if place is None or origin[place] is not None:  # a second of the same id is kept, for the checker to name
            result.append(each)
            origin[len(result) - 1] = number
        else:
            result[place] = _over(old[place], each, (), frozenset(), {})
            origin[place] = number
    return result, origin
