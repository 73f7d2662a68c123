"""The journal: the ordered actions of a game. It is the save file, the replay, the hand-in and the test fixture."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from crmsim.engine.action import Action
from crmsim.engine.safe import safe_text
from crmsim.roles import ACTIONS
from crmsim.scenarios.cast import Cast

FORMAT = 1
ENGINE = 5  # raised whenever a golden digest changes
CLOCK_SEAT = "clock"


class TimePassed(Action, frozen=True):
    """Time was let pass until this entry's minute."""

    roles = (CLOCK_SEAT,)
    minutes = 0


class SeatTaken(Action, frozen=True):
    """A seat changes its holder."""

    roles = (CLOCK_SEAT,)
    minutes = 0
    seat: str
    holder: str


class Voided(Action, frozen=True):
    """What could not be carried out is struck out: an entry, or what a simulated party was about to do.

    `act` is its place among all that such parties did; this entry stands before it, at the same minute."""

    roles = (CLOCK_SEAT,)
    minutes = 0
    entry: int = -1
    act: int = -1


class GameStopped(Action, frozen=True):
    """The game was ended for good before its last day."""

    roles = (CLOCK_SEAT,)
    minutes = 0


class IntentionSet(Action, frozen=True):
    """What the holder of a seat means to do from now on, in its own words; nothing follows from it."""

    roles = (CLOCK_SEAT,)
    minutes = 0
    seat: str
    text: str


ABOUT_THE_GAME: tuple[type[Action], ...] = (TimePassed, SeatTaken, Voided, GameStopped, IntentionSet)


class Entry(msgspec.Struct, frozen=True):
    """One action in the journal: who sat where and did what, when. `id` is the client's and outside the digest."""

    number: int
    minute: int
    seat: str
    by: str  # the holder: a student id, "bot:competent", "instructor", "clock"
    action: Any
    id: str = ""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a game is played with, besides its journal."""

    format: int = FORMAT
    engine: int = ENGINE
    scenario: str
    scenario_hash: str
    scenario_text: str  # resolved, canonical JSON
    seed: int
    cast: Cast
    holders: dict[str, str] = {}
    student: str = ""
    pace: str = "turn"
    practice: bool = False  # played on from a moment of another game; cannot be handed in


KINDS = {each.__name__: each for each in (*ACTIONS, *ABOUT_THE_GAME)}


class _Tag(msgspec.Struct):
    action: str


_TAGS = msgspec.json.Decoder(_Tag)


@cache
def _decoder(kind: type[Action]) -> msgspec.json.Decoder[Action]:
    """What reads one kind of action: a journal has few of all that there are, and each takes its time to prepare."""
    return msgspec.json.Decoder(kind)


def action_to_json(action: Action) -> bytes:
    """An action as a line of JSON, tagged by its class name."""
    return msgspec.json.encode(action)


def action_from_json(text: bytes | str) -> Action:
    """An action from its JSON; msgspec.ValidationError names what is wrong."""
    tag = _TAGS.decode(text).action
    if tag not in KINDS:
        raise msgspec.ValidationError(f"Invalid value {safe_text(tag, 60)!r} - at `$.action`")
    return _decoder(KINDS[tag]).decode(text)


def entry_to_json(entry: Entry) -> bytes:
    """A journal line."""
    return msgspec.json.encode(entry)
