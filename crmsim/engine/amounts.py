"""The kinds of field that count: whole numbers, money, shares, days, and lines of an item and a quantity."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from crmsim.engine.kinds import Choice, Filled, Kind, Option, Pick
from crmsim.engine.words import DAY, N_, Message, Words, _

WRITTEN_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within limits (a quantity, a rating)."""

    low: int = 0
    high: int = 1_000_000
    start: Callable[[Any, Filled], int] | int | None = None
    python: ClassVar[type] = int
    sample: ClassVar[str] = "12"

    def suggest(self, view: Any, filled: Filled) -> Any:
        """The declared start, held within the limits."""
        value = self.start(view, filled) if callable(self.start) else self.start
        return min(max(self.low if value is None else value, self.low), self.high)

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Not a whole number, or out of limits."""
        problem = super().refuse(view, filled, value)
        if problem is not None or self.low <= value <= self.high:
            return problem
        got = self.show(value) if abs(value) < 10**15 else "…"
        return _("must be from {low} to {high}, got {got}", low=self.show(self.low), high=self.show(self.high), got=got)

    def show(self, value: int) -> Words:
        """A value as people read it."""
        return str(value)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """A whole number; full-width digits count."""
        return _whole(text.strip())


@dataclass(frozen=True)
class Money(Whole):
    """An amount in fen, typed in yuan."""

    high: int = 10_000_000_000
    sample: ClassVar[str] = "1,234.50"

    def show(self, value: int) -> Words:
        """The amount in yuan."""
        return _("{amount:money}", amount=value)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Yuan with at most two decimals: 1,234.50 or ¥1234.5."""
        cleaned = text.strip().lstrip("¥￥").replace(",", "").replace("，", "")
        matched = re.fullmatch(r"(-?\d{1,40})(?:[.．](\d{1,2}))?", cleaned)
        if not matched:
            raise ValueError(text)
        yuan, rest = matched.groups()
        fen = abs(_whole(yuan)) * 100 + _whole((rest or "0").ljust(2, "0"))
        return -fen if yuan.startswith("-") else fen


@dataclass(frozen=True)
class Percent(Whole):
    """A share in parts per million, typed in per cent."""

    high: int = 1_000_000
    sample: ClassVar[str] = "7.5"

    def show(self, value: int) -> Words:
        """The share in per cent."""
        return _("{share:percent}", share=value)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Per cent with at most two decimals: 5, 7.5%."""
        matched = re.fullmatch(r"(\d{1,40})(?:[.．](\d{1,2}))?\s*[%％]?", text.strip())
        if not matched:
            raise ValueError(text)
        return _whole(matched[1]) * 10_000 + _whole((matched[2] or "0").ljust(2, "0")) * 100


@dataclass(frozen=True)
class Date(Whole):
    """A day of the game, as the minute at which it begins; typed as its number, `+3` for days from today, or a date."""

    ahead: int = 0
    far: int = 400
    sample: ClassVar[str] = "3, +2"

    def suggest(self, view: Any, filled: Filled) -> Any:
        """The declared start, else the first day allowed."""
        if self.start is not None:
            value: int = self.start(view, filled) if callable(self.start) else self.start
            return value // DAY * DAY
        return (view.minute // DAY + self.ahead) * DAY

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Not a day, in the past, or too far off."""
        if type(value) is not int:
            return _("expected a day")
        first = (view.minute // DAY + self.ahead) * DAY
        if first <= value <= first + self.far * DAY:
            return None
        return _("must be from {low:day} to {high:day}", low=first, high=first + self.far * DAY)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """A day number (from 1), `+n` for n days from today, or a date such as 2025-03-20."""
        dated = WRITTEN_DATE.fullmatch(text.strip())
        if dated:
            first = date.fromisoformat(view.scenario.calendar.first_date)
            return (date(*map(int, dated.groups())) - first).days * DAY
        cleaned = text.strip().lower().removeprefix("day").removeprefix("第").removesuffix("天").strip()
        if cleaned.startswith(("+", "＋")):
            return (view.minute // DAY + _whole(cleaned[1:])) * DAY
        return (_whole(cleaned) - 1) * DAY


@dataclass(frozen=True)
class Lines(Kind):
    """Rows of (choice, quantity): the lines of an order, a delivery or a return, as a tuple of pairs."""

    item: Pick | Choice | None = None
    most: int = 20
    low: int = 1
    high: int = 100_000
    start: Callable[[Any, Filled], tuple[tuple[str, int], ...]] | None = None
    python: ClassVar[type] = tuple
    sample: ClassVar[str] = "printer:2, toner:5"

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """What a line may name."""
        return self.item.options(view, filled) if self.item else []

    def suggest(self, view: Any, filled: Filled) -> Any:
        """The declared start, else one of the first item."""
        if self.start is not None:
            return self.start(view, filled)
        options = self.options(view, filled)
        return ((options[0].value, 1),) if options else ()

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """No lines, too many, an unknown item, an item twice, or a quantity out of limits."""
        if type(value) is not tuple or not value:
            return _("at least one line is needed")
        if len(value) > self.most:
            return _("at most {most} lines", most=self.most)
        names = []
        for line in value:
            if type(line) is not tuple or len(line) != 2:
                return _("a line is an item and a quantity")
            problem = self._refuse_line(view, filled, *line)
            if problem is not None:
                return problem
            names.append(line[0])
        if len(set(names)) != len(names):
            return _("an item is listed twice")
        return None

    def _refuse_line(self, view: Any, filled: Filled, item: Any, quantity: Any) -> Message | None:
        problem = self.item.refuse(view, filled, item) if self.item else None
        if problem is None:
            problem = Whole(N_("Quantity"), low=self.low, high=self.high).refuse(view, filled, quantity)
        return problem

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """`printer:2, toner:5`."""
        pairs = []
        for part in re.split("[,，]", text):
            item, _colon, quantity = part.replace("：", ":").strip().rpartition(":")
            pairs.append((item.strip(), _whole(quantity)))
        return tuple(pairs)


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9０-９]{1,40}", text):
        raise ValueError(text)
    return int(text)
