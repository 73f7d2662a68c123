"""Whether the days and hours of a scenario go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from crmsim.engine.clock import Calendar
from crmsim.engine.words import DAY, Message, _
from crmsim.scenarios.locating import Place
from crmsim.scenarios.wording import shown

Mistake = tuple[Place, Message]
YEARS = range(1900, 3000)


def whole(value: Any) -> bool:
    """Whether a value is a whole number (a truth value is none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def time_mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """Mistakes of the calendar and of what must fall within it."""
    calendar = data.get("calendar")
    calendar = calendar if isinstance(calendar, dict) else {}
    days = calendar.get("days", 20)
    yield from _calendar(calendar)
    carrier = data.get("fulfilment")
    if isinstance(carrier, dict):
        least, most = carrier.get("carrier_least", 0), carrier.get("carrier_most", 720)
        if whole(least) and whole(most) and most < least:
            yield (
                ("fulfilment", "carrier_most"),
                _("Expected {least} or more, got {got}.", least=least, got=shown(most)),
            )
    if whole(days) and days > 0:
        yield from _acts(data, days)
        yield from _fair(data, days)
        yield from _events(data, days)


def _calendar(calendar: dict[str, Any]) -> Iterator[Mistake]:
    first = calendar.get("first_date")
    if isinstance(first, str) and len(first) == 10:
        place = ("calendar", "first_date")
        try:
            year = date.fromisoformat(first).year
        except ValueError:
            yield place, _("There is no such day: {got}.", got=shown(first))
        else:
            if year not in YEARS:  # the customers' past and the end of the game are days, too
                least, most = YEARS[0], YEARS[-1]
                yield place, _("Expected a year from {least} to {most}, got {got}.", least=least, most=most,
                               got=shown(first))  # fmt: skip
    if isinstance(calendar.get("weekdays"), list) and not calendar["weekdays"]:
        yield ("calendar", "weekdays"), _("There is no working day.")
    hours = calendar.get("hours")
    if not isinstance(hours, list):
        return
    if not hours:
        yield ("calendar", "hours"), _("There are no working hours.")
    before = ""
    for number, pair in enumerate(hours):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)):
            continue
        if pair[1] <= pair[0]:
            yield (
                ("calendar", "hours", number),
                _("This ends ({end}) before it begins ({start}).", start=pair[0], end=pair[1]),
            )
        elif pair[0] < before:
            yield ("calendar", "hours", number), _("This begins ({start}) before {end}, when the one before it ends.",
                                                   start=pair[0], end=before)  # fmt: skip
        before = pair[1]


def calendar_mistakes(days: int, calendar: Calendar) -> Iterator[Mistake]:
    """Whether a game finds its working days in the calendar, which does not reach for ever."""
    known = calendar.worked(calendar.HORIZON * DAY - 1) // calendar.minutes_a_day
    if known < days:
        yield ("calendar", "days"), _("There are only {n} working days in {horizon} days.", n=known,
                                      horizon=calendar.HORIZON)  # fmt: skip


def _acts(data: dict[str, Any], days: int) -> Iterator[Mistake]:
    before = 0
    acts = data.get("acts")
    for number, act in enumerate(acts if isinstance(acts, list) else ()):
        first = act.get("first_day") if isinstance(act, dict) else None
        if not isinstance(first, int) or not whole(first):
            continue
        if first > days:
            yield ("acts", number, "first_day"), _after_the_end(first, days)
        elif first <= before:
            yield (
                ("acts", number, "first_day"),
                _("Acts follow each other: expected a day after {before}, got {got}.", before=before, got=first),
            )
        before = max(before, first)


def _fair(data: dict[str, Any], days: int) -> Iterator[Mistake]:
    fair = data.get("fair")
    fair = fair if isinstance(fair, dict) else {}
    first, last = fair.get("first_day", 0), fair.get("last_day", 0)
    if not (whole(first) and whole(last)) or (first == 0 and last == 0):
        return
    if last < first:
        yield ("fair", "last_day"), _("This ends ({end}) before it begins ({start}).", start=first, end=last)
    elif first < 1:
        yield ("fair", "first_day"), _("The fair has a last day but no first day.")
    if first > days:
        yield ("fair", "first_day"), _after_the_end(first, days)
    elif last > days:
        yield ("fair", "last_day"), _after_the_end(last, days)
    channels = data.get("channels")
    if isinstance(channels, list) and not any(
        isinstance(each, dict) and each.get("id") == "booth" for each in channels
    ):
        yield ("fair",), _("A fair needs the channel {channel}.", channel="booth")


def _events(data: dict[str, Any], days: int) -> Iterator[Mistake]:
    events = data.get("events")
    for number, event in enumerate(events if isinstance(events, list) else ()):
        day = event.get("day") if isinstance(event, dict) else None
        if isinstance(day, int) and whole(day) and day > days:
            yield ("events", number, "day"), _after_the_end(day, days)
        elif isinstance(day, int) and whole(day) and day < 1:
            yield ("events", number, "day"), _("Expected {least} or more, got {got}.", least=1, got=shown(day))


def _after_the_end(day: int, days: int) -> Message:
    return _("Day {day} is after the end: the game has {days} days.", day=day, days=days)
