"""A person's word over the program's: overrides of marks and marks for free words, kept in the policy file.

Nothing is ever taken out: each word stands with who said it, why and when, and the last one counts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import tomlkit
from pydantic import BaseModel, ValidationError

from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import _
from crmsim.grading.policy import Confirmed, Override, Policy, read_policy, told

MOST_WORDS = 500
Word = TypeVar("Word", bound=BaseModel)


def override(path: Path, student: str, score: float, by: str, why: str) -> Override:
    """Set a student's mark by hand, out of 100; BadInput without who and why."""
    given = _checked(Override, student=student, score=score, by=_clean(by), why=_clean(why), at=_now())
    _append(path, "overrides", given.model_dump())
    return given


def confirm(path: Path, answers: Sequence[tuple[str, str]], points: float, by: str) -> list[Confirmed]:
    """Give the same marks to answers in free words, each of a student to a question."""
    given = [
        _checked(Confirmed, student=student, question=question, points=points, by=_clean(by), at=_now())
        for student, question in answers
    ]
    _append(path, "confirmed", *(each.model_dump() for each in given))
    return given


def kept_words(path: Path) -> Policy:
    """The policy as it stands: all overrides and confirmed marks in the order in which they were given."""
    return read_policy(path) if path.exists() else Policy()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _clean(text: str) -> str:
    return safe_text(text.strip(), MOST_WORDS)


def _checked(kind: type[Word], **given: Any) -> Word:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "string_too_short":
            raise BadInput(_("{name}: say it; it is kept with the mark.", name=str(first["loc"][-1]))) from error
        raise BadInput(_("{what}", what=told(first, given))) from error


def _append(path: Path, section: str, *added: Mapping[str, Any]) -> None:
    """More entries at the end of a section; the rest of the file stays as its author wrote it."""
    kept_words(path)  # a broken policy is named before it is written to
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.exists() else tomlkit.document()
        entries = document.get(section)
        if not isinstance(entries, tomlkit.items.AoT):
            old = [] if entries is None else list(entries)
            document.pop(section, None)
            entries = tomlkit.aot()
            for each in old:  # written inline: the same entries as tables
                entries.append(_table(each))
            document.append(section, entries)
        for values in added:
            entries.append(_table(values))
        partial = path.with_name(f"{path.name}.partial")
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")
        os.replace(partial, path)
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error


def _table(values: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for name, value in values.items():
        table[name] = value
    return table
