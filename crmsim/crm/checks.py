"""Checks on what is entered about a customer (REG-2), and what a talk tells against it (TALK-3). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from crmsim.engine.words import DAY, Message, _

EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
# the fields of a record that a talk can prove, with the topic that proves them
PROVEN_BY = {
    "contact": "name", "position": "position", "phone": "phone", "email": "email", "industry": "industry",
    "region": "region", "need": "need", "quantity": "quantity", "budget": "budget", "deadline": "deadline",
    "decision": "decision", "rival": "rival",
}  # fmt: skip


def phone_problem(text: str) -> Message | None:
    """A phone has eleven digits and nothing else."""
    return None if re.fullmatch("[0-9]{11}", text) else _("a phone number has 11 digits")


def email_problem(text: str) -> Message | None:
    """An e-mail address has a name, an @ and a domain."""
    return None if EMAIL.fullmatch(text) else _("that is no e-mail address")


def digits(text: str) -> str:
    """A typed number without spaces and dashes; full-width digits count."""
    return re.sub(r"[\s\-()（）—]", "", unicodedata.normalize("NFKC", text))


@lru_cache(100_000)
def _bare(name: str) -> str:
    return "".join(name.split()).casefold()


def doubled_by(name: str, phone: str, email: str, but: str = "") -> Callable[[Any], bool]:
    """Whether a record is about the one with this name (but for spaces and case), phone or e-mail; never `but`."""
    bare, low = _bare(name) if name else None, email.lower() if email else None

    def doubles(row: Any) -> bool:
        return bool(
            (_bare(row.name) == bare or (phone and row.phone == phone) or row.email.lower() == low) and row.id != but
        )

    return doubles


def proofs(row: Any, talk: Any) -> dict[str, tuple[bool, int]]:
    """For each field that a talk revealed: whether the record says the same, and the number of the proving fact."""
    found: dict[str, tuple[bool, int]] = {}
    for field, topic in PROVEN_BY.items():
        told = next((each for each in reversed(talk.revealed) if each.topic == topic), None)
        if told is not None and told.value not in ("", 0):
            found[field] = (agrees(field, getattr(row, field), told.value), told.fact)
    return found


def agrees(field: str, written: str | int, told: str | int) -> bool:
    """Whether what was written is what was told; a date agrees when the day does."""
    if field == "deadline" and isinstance(written, int) and isinstance(told, int):
        return written // DAY == told // DAY
    return written == told


def told_at(talk: Any, line: int, topic: str) -> str | int | None:
    """What one line of a talk, counted from one, told on a topic; None when nothing."""
    if not 0 < line <= len(talk.says) or talk.says[line - 1].by != talk.customer:
        return None
    minute = talk.says[line - 1].minute
    told = [each.value for each in talk.revealed if each.topic == topic and each.minute == minute]
    return told[-1] if told else None


def unproven(row: Any, talk: Any, fields: tuple[str, ...]) -> list[str]:
    """Which of these fields are filled in a file without a line of its talk that says the same."""
    lines = dict(row.proofs)
    found = []
    for field in fields:
        written = getattr(row, field)
        told = told_at(talk, lines.get(field, 0), PROVEN_BY[field])
        if written not in ("", 0) and (told is None or not agrees(field, written, told)):
            found.append(field)
    return found
