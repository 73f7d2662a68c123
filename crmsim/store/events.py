"""The facts of a game as events with their objects, for the event logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from crmsim.crm.customer import Customer
from crmsim.engine.errors import BadInput
from crmsim.engine.words import _
from crmsim.game import Game

Value = str | int | bool
OWN = ("number", "minute", "by", "fact")
COMPANY = "company"  # the object of events that touch no other, such as the beginning of a day


@dataclass(frozen=True)
class Event:
    """One fact: its number, kind, time, maker, what else it says, and the objects by the field that names them."""

    number: int
    kind: str
    when: str
    by: str
    values: dict[str, Value]
    objects: dict[str, str]


def facts_for(game: Game, seat: str) -> list[Any]:
    """The facts that may be told: all after the end; before it, what was told to the seat."""
    if game.ended:
        return list(game.facts)
    if not seat:
        raise BadInput(_("What everybody did and felt is told after the end: crmsim end {file}", file="SAVE"))
    return list(game.view(seat).heard())


def kinds(game: Game) -> dict[str, str]:
    """Every object of the game by its id, with its kind; customers only after the end."""
    return {
        id: kind.__name__
        for kind, table in game.world.tables.items()
        if kind is not Customer or game.ended
        for id in table
    } | {COMPANY: "Company"}


def when(game: Game, minute: int) -> str:
    """A minute of the game as a date and time of its calendar, in the form of the standards."""
    first = datetime.fromisoformat(game.scenario.calendar.first_date).replace(tzinfo=UTC)
    return (first + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def events(game: Game, seat: str) -> Iterator[Event]:
    """The events that may be told, in order."""
    known = kinds(game)
    for fact in facts_for(game, seat):
        values: dict[str, Value] = {}
        objects = {"by": fact.by} if fact.by in known else {}
        for name in fact.__struct_fields__:
            value = getattr(fact, name)
            if name in OWN or value is None or value == "":
                continue
            if isinstance(value, str) and value in known:
                objects[name] = value
            elif isinstance(value, str | int):
                values[name] = value
            else:
                values[name] = msgspec.json.encode(value).decode()
        objects = objects or {"company": COMPANY}
        yield Event(fact.number, type(fact).__name__, when(game, fact.minute), fact.by, values, objects)
