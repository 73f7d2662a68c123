"""Text that people read: an English source with named slots, rendered late and in the reader's language.

Facts, refusals and customers' lines carry a `Message` (source and arguments), never rendered text, so that a
game is the same in every language. Slots hold whole numbers and text, and may name a form:
`{amount:money}` fen, `{when:time}` minute of the game, `{length:span}` minutes, `{share:percent}` parts per million.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Union

import msgspec

DAY = 1440
MOST_DAYS = 800  # working days of the longest game (78 weeks are validated)
LANGUAGES = ("en", "zh")
CATALOGUES = {"zh": "zh_CN"}


class Bilingual(msgspec.Struct, frozen=True, tag=True):
    """A scenario's own text in both languages."""

    en: str
    zh: str


class Message(msgspec.Struct, frozen=True, tag=True):
    """An English source text and what fills its slots."""

    source: str
    slots: dict[str, Union[str, int, Message, Bilingual]] = {}

    def __str__(self) -> str:
        return render(self, "en")


Words = Union[str, Bilingual, Message]


class Dates(NamedTuple):
    """Which days are told by their date: those before day one, and those long after the game."""

    first: str = ""  # the date of day one
    last: int = 0  # the last day that is counted


UNDATED = Dates()  # for readers without a calendar
Say = Callable[[Words], str]  # how words are told to one reader: in a language, by a calendar


def _(source: str, /, **slots: Any) -> Message:
    """A message; the catalogue tools collect every source from calls of this name."""
    return Message(source, slots)


def N_(source: str) -> str:
    """Marks a source text for the catalogue where a declaration holds it as plain text."""
    return source


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent.parent / "locale"
    return gettext.translation("crmsim", folder, [CATALOGUES.get(language, language)], fallback=True)


def translate(source: Words, language: str) -> str:
    """The catalogue's text for a source, or the source itself; a scenario's own words as it wrote them."""
    if not isinstance(source, str):
        return render(source, language)
    if language == "en" or not source:
        return source
    return _catalogue(language).gettext(source)


def render(words: Words | int, language: str, dates: Dates = UNDATED) -> str:
    """Words as a reader of `language` ("en" or "zh") sees them, days by this calendar. Plain `str` is data and is never
    translated."""
    if isinstance(words, str):
        return words
    if isinstance(words, Bilingual):
        return words.zh if language == "zh" else words.en
    if isinstance(words, Message):
        text = translate(words.source, language)
        return _SlotFormatter(language, dates).vformat(text, (), words.slots) if words.slots else text
    return str(words)


class _SlotFormatter(string.Formatter):
    """Fills slots by name; knows the forms money, time, clock, day, span, percent, label, role."""

    def __init__(self, language: str, dates: Dates) -> None:
        self.language, self.dates = language, dates

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(field_name, "{" + field_name + "}"), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in FORMS and isinstance(value, int):
            return in_form(format_spec, value, self.language, self.dates)
        if format_spec == "label" and isinstance(value, str):
            label = translate(value, self.language)
            return label if label != value else translate(value.replace("_", " "), self.language)  # it reads as words
        if format_spec == "role" and isinstance(value, str):  # a word such as service is a seat's name here
            named = translate(f"{value} seat", self.language)
            return translate(value, self.language) if named == f"{value} seat" else named
        return render(value, self.language, self.dates)


def money(fen: int, language: str = "en") -> str:
    """Fen as yuan: 123450 is ¥1,234.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def clock(minute: int, language: str = "en") -> str:
    """The time of day of a game minute: 10:05."""
    return f"{minute % DAY // 60:02d}:{minute % 60:02d}"


def day(minute: int, language: str = "en", dates: Dates = UNDATED) -> str:
    """The day of a game minute, counted from one; what lies before the game or long after it by its date, where that
    of day one is known."""
    number = minute // DAY + 1
    if dates.first and not 1 <= number <= dates.last:
        return str(date.fromisoformat(dates.first) + timedelta(days=number - 1))
    if number < 1:
        return f"开局前{1 - number}天" if language == "zh" else f"{1 - number} d before day 1"
    return f"第{number}天" if language == "zh" else f"day {number}"


def time(minute: int, language: str = "en", dates: Dates = UNDATED) -> str:
    """A game minute as day and time of day."""
    return f"{day(minute, language, dates)} {clock(minute)}"


def span(minutes: int, language: str = "en") -> str:
    """A length of time, in its two largest units."""
    units = ((DAY, "天", "d"), (60, "小时", "h"), (1, "分钟", "min"))
    parts, rest = [], abs(minutes)
    for size, zh, en in units:
        if rest >= size:
            parts.append(f"{rest // size}{zh}" if language == "zh" else f"{rest // size} {en}")
            rest %= size
    return ("" if language == "zh" else " ").join(parts[:2]) or ("0分钟" if language == "zh" else "0 min")


def percent(ppm: int, language: str = "en") -> str:
    """Parts per million as a percentage with one decimal, without a needless .0."""
    tenths = (abs(ppm) + 500) // 1000
    text = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
    return f"{'-' if ppm < 0 < tenths else ''}{text}%"


FORMS: dict[str, Callable[[int, str], str]] = {
    "money": money, "time": time, "clock": clock, "day": day, "span": span, "percent": percent,
}  # fmt: skip
DATED = {"day": day, "time": time}


def in_form(form: str, value: int, language: str, dates: Dates = UNDATED) -> str:
    """A number in one of these forms, or as it is."""
    if form in DATED:
        return DATED[form](value, language, dates)
    return FORMS[form](value, language) if form in FORMS else str(value)
