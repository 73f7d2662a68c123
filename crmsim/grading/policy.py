"""How a class is graded beyond the games: what counts how much, lateness, overrides with who and why."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crmsim.crm.naming import together
from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Words, _
from crmsim.scenarios.semantics import nearest, unknown
from crmsim.scenarios.wording import grammar, key_of, shown, worded


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Override(_Part):
    """A mark set by a person instead of the program's: whose, how much of 100, by whom and why."""

    student: str
    score: Annotated[float, Field(ge=0, le=100)]
    by: Annotated[str, Field(min_length=1)]
    why: Annotated[str, Field(min_length=1)]
    at: str = ""  # when it was given


class Confirmed(_Part):
    """Marks that a person gave for free words (tier C)."""

    student: str
    question: str
    points: Annotated[float, Field(ge=0, le=100)]
    by: Annotated[str, Field(min_length=1)]
    at: str = ""  # when it was given


class Policy(_Part):
    """A class's rules. `handling` and `report` are weights, `outcome` is the company's share in the first; `late` is
    taken off for each day begun, at most `most`.

    With `runs` = 2 a student may hand in two games on different seeds, and the better one counts.
    """

    scenario: str = ""
    hashes: tuple[str, ...] = ()  # of an instructor's own scenario as it was given out, and of its variants
    seeds: dict[str, int | tuple[int, ...]] = {}  # of students, when each has its own
    runs: Annotated[int, Field(ge=1, le=2)] = 1
    handling: Annotated[int, Field(ge=0, le=100)] = 60
    report: Annotated[int, Field(ge=0, le=100)] = 40
    outcome: Annotated[int, Field(ge=0, le=30)] | None = None  # per cent of the handling; else as the scenario says
    due: datetime | None = None
    late: Annotated[float, Field(ge=0, le=100)] = 5
    most: Annotated[float, Field(ge=0, le=100)] = 50
    submitted: dict[str, datetime] = {}  # when each student handed in
    overrides: tuple[Override, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()

    def seeds_of(self, student: str) -> tuple[int, ...]:
        """The seeds that a student may play; none when any will do."""
        found = self.seeds.get(student, ())
        return found if isinstance(found, tuple) else (found,)

    def penalty(self, student: str) -> float:
        """What lateness takes off this student's mark, points of 100."""
        at = self.submitted.get(student)
        if self.due is None or at is None:
            return 0.0
        due = self.due
        if at.tzinfo is None or due.tzinfo is None:  # where one names no zone, both are meant in the teacher's
            at, due = at.replace(tzinfo=None), due.replace(tzinfo=None)
        seconds = (at - due).total_seconds()
        days = -(-int(seconds) // 86_400) if seconds > 0 else 0
        return min(self.most, self.late * days)

    def confirmation(self, student: str, question: str) -> Confirmed | None:
        """The last word of a person on a student's answer in free words, None while it waits."""
        mine = [each for each in self.confirmed if each.student == student and each.question == question]
        return mine[-1] if mine else None

    def confirmed_points(self, student: str, question: str) -> float | None:
        """The marks of that word."""
        given = self.confirmation(student, question)
        return None if given is None else given.points

    def override(self, student: str) -> Override | None:
        """The last override for a student."""
        return next((each for each in reversed(self.overrides) if each.student == student), None)


def told(error: Any, data: dict[str, Any]) -> Words:
    """A mistake by its key, with what was expected."""
    place, got = error["loc"], shown(error["input"])
    key = key_of(place, data)
    if error["type"] == "extra_forbidden":
        return _("{key}: {what}", key=key, what=unknown(place[-1], Policy.model_fields))
    if error["type"].startswith(("datetime", "date_")):
        return _('{key}: expected a day and time such as "2026-03-05 18:00", got {got}.', key=key, got=got)
    return _("{key}: {what}", key=key, what=worded(error, nearest)[1])


def read_policy(path: Path) -> Policy:
    """A policy file (TOML); BadInput names what is wrong."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return Policy.model_validate(data)
    except ValidationError as errors:
        cause = together(told(each, data) for each in errors.errors(include_url=False)[:9])
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause=cause)) from errors
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause=grammar(str(error)))) from error
    except (OSError, ValueError, RecursionError) as error:
        cause = safe_text(getattr(error, "strerror", "") or str(error), 200)
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause=cause)) from error
