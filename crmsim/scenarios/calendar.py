"""When a scenario's company works, how long its game lasts, and which of its days are told by their date."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

from pydantic import Field

from crmsim.engine.clock import Calendar
from crmsim.engine.words import DAY, MOST_DAYS, Dates
from crmsim.scenarios.parts import Days, Part, TimeOfDay

MONTH = 31  # days after the last one that are still told by their number: what the game brings falls due by then


class CalendarPart(Part):
    """When the company works and how long the game lasts."""

    days: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True)] = 20  # working days of play
    first_date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = "2025-03-03"  # a Monday keeps weeks whole
    hours: tuple[tuple[TimeOfDay, TimeOfDay], ...] = (("09:00", "12:00"), ("13:00", "18:00"))
    weekdays: tuple[Annotated[int, Field(ge=0, le=6, strict=True)], ...] = (0, 1, 2, 3, 4)
    closed: tuple[Days, ...] = ()  # day numbers on which nobody works

    @property
    def first_weekday(self) -> int:
        """The weekday of day one; 0 is Monday."""
        return date.fromisoformat(self.first_date).weekday()

    @property
    def dates(self) -> Dates:
        """Which days are told by their date: those before the game, and those long after it."""
        return _dates(self)

    def working(self) -> Calendar:
        """The calendar as the engine uses it."""
        hours = tuple((_minutes(a), _minutes(b)) for a, b in self.hours)
        return Calendar(hours, self.weekdays, self.first_weekday, self.closed)


@cache
def _dates(calendar: CalendarPart) -> Dates:
    working = calendar.working()
    last = working.working_days_after(working.next_open(0), calendar.days - 1) // DAY + 1
    return Dates(calendar.first_date, last + MONTH)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
