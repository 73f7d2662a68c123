"""What a file gives and nobody could use: blank names, words given twice, amounts that mean nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.scenarios.locating import Place
from crmsim.scenarios.timing import Mistake, whole
from crmsim.scenarios.wording import shown

MOST = 200  # characters of a name
PPM = 1_000_000
EMOJI = "\ufe0f"  # asks for a picture in place of a sign; it disturbs nobody
AMOUNTS = {  # what an event's amount may be: shares in ppm, of a shortage pieces
    "rival_price": (-PPM, PPM),
    "demand": (0, 10 * PPM),
    "fault_wave": (-PPM, 10 * PPM),
    "shortage": (1, 10 * PPM),
}


def gap_mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """Names that say nothing, and values that do nothing."""
    yield from _names(data, ())
    for number, survey in _entries(data, "surveys"):
        questions = survey.get("questions")
        for at, question in enumerate(questions if isinstance(questions, list) else ()):
            yield from _named(question, ("surveys", number, "questions", at))
    for number, event in _entries(data, "events"):
        yield from _amount(event, ("events", number, "amount"))
    for number, seat in _entries(data, "seats"):
        yield from _twice(seat.get("roles"), ("seats", number, "roles"))
    for number, field in _entries(data, "record_fields"):
        options = field.get("options")
        ids = [each.get("id") for each in options if isinstance(each, dict)] if isinstance(options, list) else ()
        yield from _twice(ids, ("record_fields", number, "options"))
    policies, calendar = data.get("policies"), data.get("calendar")
    if isinstance(policies, dict):
        yield from _twice(policies.get("payment_terms"), ("policies", "payment_terms"))
    closed = calendar.get("closed") if isinstance(calendar, dict) else None
    for at, day in enumerate(closed if isinstance(closed, list) else ()):
        if whole(day) and day < 1:
            yield ("calendar", "closed", at), _("Expected {least} or more, got {got}.", least=1, got=shown(day))
    if data.get("variant"):
        yield ("variant",), _("A variant is chosen where a game is begun (first_day+manual), not in a file.")


def _entries(data: dict[str, Any], section: str) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = data.get(section)
    for number, each in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(each, dict):
            yield number, each


def _names(value: Any, place: Place) -> Iterator[Mistake]:
    """Every name and title, at any depth; a seat may be without a name, the cast gives it one."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"name", "title"} and place[:1] != ("seats",):
                yield from _named(each, (*place, key))
            else:
                yield from _names(each, (*place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _names(each, (*place, number))


def _named(value: Any, place: Place) -> Iterator[Mistake]:
    texts = list(value.values()) if isinstance(value, dict) else [value]
    for each in texts:
        if not isinstance(each, str):
            return
        problem: Message | None = None
        if not each.strip():
            problem = _("Nobody could read this: give it some words.")
        elif len(each) > MOST:
            problem = _("Expected at most {most} characters, got {got}.", most=MOST, got=len(each))
        elif safe_text(text := each.replace(EMOJI, ""), len(each)) != text:
            problem = _("has characters that cannot be shown")
        if problem is not None:
            yield place, problem
            return


def _amount(event: dict[str, Any], place: Place) -> Iterator[Mistake]:
    kind, amount = event.get("kind"), event.get("amount", 0)
    if not isinstance(kind, str) or kind not in AMOUNTS or not whole(amount):
        return
    least, most = AMOUNTS[kind]
    if amount < least:
        yield place, _("Expected {least} or more, got {got}.", least=least, got=shown(amount))
    elif amount > most:
        yield place, _("Expected {most} or less, got {got}.", most=most, got=shown(amount))


def _twice(values: Any, place: Place) -> Iterator[Mistake]:
    seen: list[Any] = []
    for at, each in enumerate(values if isinstance(values, Iterable) and not isinstance(values, str | dict) else ()):
        if isinstance(each, str) and each in seen:
            yield (*place, at), _("{got} is there twice.", got=shown(each))
        seen.append(each)
