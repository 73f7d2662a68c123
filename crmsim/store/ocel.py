"""The event log as OCEL 2.0 in JSON (ocel-standard.org, 2023): events with all the objects they touch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.game import Game
from crmsim.store.events import Event, Value, events, kinds

TYPES = {bool: "boolean", int: "integer", str: "string"}


def write_ocel(game: Game, path: Path, seat: str = "", language: str = "en") -> int:
    """Write the events that may be told; returns how many."""
    log = ocel(game, seat)
    try:
        path.write_text(json.dumps(log, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")
        ) from error  # fmt: skip
    return len(log["events"])


def ocel(game: Game, seat: str = "") -> dict[str, Any]:
    """The log: types of objects and events with the types of their attributes, the objects, the events."""
    told, known = list(events(game, seat)), kinds(game)
    types = _attributes(told)
    used = {id: known[id] for each in told for id in each.objects.values()}
    return {
        "objectTypes": [{"name": kind, "attributes": []} for kind in sorted(set(used.values()))],
        "eventTypes": [
            {"name": kind, "attributes": [{"name": name, "type": TYPES[type_]} for name, type_ in found.items()]}
            for kind, found in sorted(types.items())
        ],
        "objects": [{"id": id, "type": kind, "attributes": [], "relationships": []} for id, kind in used.items()],
        "events": [_event(each, types[each.kind]) for each in told],
    }


def _attributes(told: list[Event]) -> dict[str, dict[str, type[Value]]]:
    """For each kind of event its attributes with one type each: text where facts of a kind differ."""
    found: dict[str, dict[str, type[Value]]] = {}
    for each in told:
        mine = found.setdefault(each.kind, {})
        for name, value in each.values.items():
            mine[name] = type(value) if mine.get(name, type(value)) is type(value) else str
    return found


def _event(each: Event, types: dict[str, type[Value]]) -> dict[str, Any]:
    return {
        "id": f"f{each.number}",
        "type": each.kind,
        "time": each.when,
        "attributes": [
            {"name": name, "value": str(value) if types[name] is str else value} for name, value in each.values.items()
        ],
        "relationships": [{"objectId": id, "qualifier": name} for name, id in each.objects.items()],
    }
