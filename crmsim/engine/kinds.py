"""The kinds of field an action may ask for: each knows its options, its limits and how to read typed text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import msgspec

from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, Words, _

Filled = dict[str, Any]


class Option(msgspec.Struct, frozen=True):
    """A value that may be chosen, as it is shown. Lists of them are made all the time, mostly to find one."""

    value: Any
    label: Words


@dataclass(frozen=True)
class Kind:
    """A kind of field. `closed` kinds list all their values, and `legal_actions` walks them."""

    label: str
    help: str = ""
    nothing: Message = field(default_factory=lambda: _("There is nothing to choose from now."))
    asked: Callable[[Filled], bool] | None = None  # whether it is asked at all, by what is filled in; None: always
    wanted: Callable[[Filled], bool] | None = None  # whether what may be left open has to be given, by the same
    closed: ClassVar[bool] = False
    prefill: ClassVar[bool] = False  # whether the suggestion also fills an optional field
    table: ClassVar[bool] = False  # whether a file with a table can stand for it
    python: ClassVar[type] = str
    sample: ClassVar[str] = ""  # how a value is typed

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """What may be chosen now, given the fields filled before."""
        return []

    def offers(self, view: Any, filled: Filled) -> bool:
        """Whether anything may be chosen now."""
        return bool(self.options(view, filled))

    def suggest(self, view: Any, filled: Filled) -> Any:
        """A sensible value to start from."""
        options = self.options(view, filled)
        return options[0].value if options else self.python()

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """What is wrong with a value; None when it will do."""
        if type(value) is not self.python:
            return _("expected {expected}, got {got}", expected=self.python.__name__, got=safe_text(repr(value), 60))
        return None

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """A value from typed text (form or command line); ValueError when it cannot be one."""
        return text


@dataclass(frozen=True)
class Pick(Kind):
    """One of the rows that the seat may see and that fit: an order that awaits review."""

    entity: Any = None
    where: Callable[[Any, Any, Filled], bool] | None = None
    show: Callable[[Any], Words] | None = None
    optional: bool = False
    needed: Callable[[Any], bool] | None = None  # whether this very view's seat may not leave open what others may
    closed: ClassVar[bool] = True

    def rows(self, view: Any, filled: Filled) -> Iterable[Any]:
        """The rows that fit now."""
        return (row for row in view.all(self.entity) if self.where is None or self.where(row, view, filled))

    def offers(self, view: Any, filled: Filled) -> bool:
        """Whether any row fits; the first of thousands tells."""
        return any(True for _row in self.rows(view, filled))

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """The rows that fit, by their own words."""
        return [Option(row.id, self.show(row) if self.show else title(row)) for row in self.rows(view, filled)]

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """A row that is not there, not to be seen, or does not fit."""
        if type(value) is not str:
            return super().refuse(view, filled, value)
        if self.optional and value == "":
            return None
        if value == "":
            return _("Nothing is chosen yet.") if self.options(view, filled) else self.nothing
        row = view.get(self.entity, value)
        if row is None or (self.where is not None and not self.where(row, view, filled)):
            return _unfit(value, row)
        return None


def _none_of(value: str, known: list[str]) -> Message:
    if not known:
        return _unfit(value, None)
    return _("{value} is not one of: {known}", value=safe_text(value, 60), known=", ".join(known[:12]))


def _unfit(value: str, row: Any) -> Message:
    """That a row does not fit now, with how far it has come, which mostly is why."""
    if row is None:
        return _("{value} cannot be chosen now.", value=safe_text(value, 60))
    status = getattr(row, "status", "") if row.worded else ""
    if not status:
        return _("{value} cannot be chosen now.", value=title(row))
    return _("{value} cannot be chosen now: it is {status:label}.", value=title(row), status=status)


def title(row: Any) -> Words:
    """How a row calls itself: its `title`, else its id."""
    named: Words = getattr(row, "title", row.id)
    return named


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words: fixed, or from the scenario's dictionaries. `walk=False` keeps it out of `legal_actions`."""

    words: Callable[[Any, Filled], Iterable[Option]] | tuple[tuple[str, str], ...] = ()
    walk: bool = True
    optional: bool = False
    has: Callable[[Any, Filled, str], bool] | None = None  # whether a word is listed, where that is told sooner
    meant: Callable[[Any, Filled, str], str] | None = None  # the word that typed text is likely meant as; "" for none

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """Whether `legal_actions` walks every word."""
        return self.walk

    def offers(self, view: Any, filled: Filled) -> bool:
        """Whether there is any word."""
        return any(True for _word in self._offered(view, filled))

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """The words that may be chosen now."""
        return list(self._offered(view, filled))

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """A word that is not on the list."""
        if type(value) is not str:
            return super().refuse(view, filled, value)
        if self.optional and value == "":
            return None
        if self.has is not None:
            if self.has(view, filled, value):
                return None
        elif not callable(self.words):
            if value in _values(self.words):
                return None
        else:
            for option in self.words(view, filled):
                if option.value == value:
                    return None
        known = [option.value for option in self.options(view, filled)]
        return _none_of(value, known)

    def _offered(self, view: Any, filled: Filled) -> Iterable[Option]:
        return self.words(view, filled) if callable(self.words) else _fixed(self.words)


@cache
def _fixed(words: tuple[tuple[str, str], ...]) -> tuple[Option, ...]:
    """The options of words that are the same for everybody; each move of each talk is looked up in them."""
    return tuple(Option(value, _(label)) for value, label in words)


@cache
def _values(words: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(value for value, _label in words)


@dataclass(frozen=True)
class Several(Choice):
    """Some of a few words, as a tuple without repeats."""

    python: ClassVar[type] = tuple
    walk: bool = False

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """A word that is not on the list, or twice."""
        if type(value) is not tuple or not all(type(each) is str for each in value):
            return _("expected a list of words")
        if len(set(value)) != len(value):
            return _("a word is listed twice")
        known = [option.value for option in self.options(view, filled)]
        for each in value:
            if each not in known:
                return _none_of(each, known)
        return None

    def suggest(self, view: Any, filled: Filled) -> Any:
        """Nothing chosen."""
        return ()

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Words separated by commas."""
        return tuple(each.strip() for each in re.split("[,，]", text) if each.strip())


@dataclass(frozen=True)
class Text(Kind):
    """Words a person writes; made safe before they enter the world."""

    most: int = 500
    least: int = 0
    example: str = ""
    long: bool = False
    instead: Callable[[Any, Filled], Any] | None = None  # of a new value: what it may empty; "" where it must be given

    def suggest(self, view: Any, filled: Filled) -> Any:
        """A sentence of the right length."""
        return self.example or "…" * self.least

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Too long, too short, or with characters that could disturb a terminal."""
        if type(value) is not str:
            return super().refuse(view, filled, value)
        if not value and self.instead is not None and not self.instead(view, filled):
            return _("The new value must be filled in.")
        if len(value) > self.most:
            return _("at most {most} characters, got {got}", most=self.most, got=len(value))
        if self.least and len(value.strip()) < self.least:
            return _("at least {least} characters", least=self.least) if self.least > 1 else _("must be filled in")
        if value and not value.strip():
            return _("nothing but spaces; leave it empty")
        if not (value.isascii() and value.isprintable()) and safe_text(value, self.most) != value:
            return _("has characters that cannot be shown")
        return None

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """The text, made safe. One that is too long stays so, and is refused: nobody's words are cut unseen."""
        return safe_text(text, len(text))


@dataclass(frozen=True)
class Yes(Kind):
    """Yes or no."""

    python: ClassVar[type] = bool
    sample: ClassVar[str] = "yes, no"

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """Both."""
        return [Option(True, _("yes")), Option(False, _("no"))]

    def suggest(self, view: Any, filled: Filled) -> Any:
        """No."""
        return False

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """yes or no, in either language."""
        word = text.strip().lower()
        if word in {"yes", "y", "true", "1", "是"}:
            return True
        if word in {"no", "n", "false", "0", "否"}:
            return False
        raise ValueError(text)
