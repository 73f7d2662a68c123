"""The kinds of field an action may ask for: each knows its options, its limits and how to read typed text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, get_args, get_origin

from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, N_, Message, Words, _

Filled = dict[str, Any]


@dataclass(frozen=True)
class Option:
    """A value that may be chosen, as it is shown."""

    value: Any
    label: Words


@dataclass(frozen=True)
class Kind:
    """A kind of field. `closed` kinds list all their values, and `legal_actions` walks them."""

    label: str
    help: str = ""
    nothing: Message = field(default_factory=lambda: _("There is nothing to choose from now."))
    closed: ClassVar[bool] = False
    python: ClassVar[type] = str

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """What may be chosen now, given the fields filled before."""
        return []

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
    closed: ClassVar[bool] = True

    def rows(self, view: Any, filled: Filled) -> Iterable[Any]:
        """The rows that fit now."""
        return (row for row in view.all(self.entity) if self.where is None or self.where(row, view, filled))

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """The rows that fit, by their own words."""
        return [Option(row.id, self.show(row) if self.show else title(row)) for row in self.rows(view, filled)]

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """A row that is not there, not to be seen, or does not fit."""
        if type(value) is not str:
            return super().refuse(view, filled, value)
        if self.optional and value == "":
            return None
        row = view.get(self.entity, value)
        if row is None or (self.where is not None and not self.where(row, view, filled)):
            return _("{value} cannot be chosen now.", value=safe_text(value, 60))
        return None


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

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """Whether `legal_actions` walks every word."""
        return self.walk

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """The words that may be chosen now."""
        if callable(self.words):
            return list(self.words(view, filled))
        return [Option(value, _(label)) for value, label in self.words]

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """A word that is not on the list."""
        problem = super().refuse(view, filled, value)
        if problem is not None or (self.optional and value == ""):
            return problem
        known = [option.value for option in self.options(view, filled)]
        if value in known:
            return None
        return _("{value} is not one of: {known}", value=safe_text(value, 60), known=", ".join(known[:12]))


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
                return _("{value} is not one of: {known}", value=safe_text(each, 60), known=", ".join(known[:12]))
        return None

    def suggest(self, view: Any, filled: Filled) -> Any:
        """Nothing chosen."""
        return ()

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Words separated by commas."""
        return tuple(each.strip() for each in re.split("[,，]", text) if each.strip())


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within limits (a quantity, a rating)."""

    low: int = 0
    high: int = 1_000_000
    start: Callable[[Any, Filled], int] | int | None = None
    python: ClassVar[type] = int

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

    def show(self, value: int) -> Words:
        """The amount in yuan."""
        return _("{amount:money}", amount=value)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Yuan with at most two decimals: 1,234.50 or ¥1234.5."""
        cleaned = text.strip().lstrip("¥￥").replace(",", "").replace("，", "")
        matched = re.fullmatch(r"(-?\d{1,12})(?:[.．](\d{1,2}))?", cleaned)
        if not matched:
            raise ValueError(text)
        yuan, rest = matched.groups()
        fen = abs(_whole(yuan)) * 100 + _whole((rest or "0").ljust(2, "0"))
        return -fen if yuan.startswith("-") else fen


@dataclass(frozen=True)
class Percent(Whole):
    """A share in parts per million, typed in per cent."""

    high: int = 1_000_000

    def show(self, value: int) -> Words:
        """The share in per cent."""
        return _("{share:percent}", share=value)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Per cent with at most two decimals: 5, 7.5%."""
        matched = re.fullmatch(r"(\d{1,4})(?:[.．](\d{1,2}))?\s*[%％]?", text.strip())
        if not matched:
            raise ValueError(text)
        return _whole(matched[1]) * 10_000 + _whole((matched[2] or "0").ljust(2, "0")) * 100


@dataclass(frozen=True)
class Date(Whole):
    """A day of the game, as the minute at which it begins; typed as a day number or `+3` for days from today."""

    ahead: int = 0
    far: int = 400

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
        return _("must be a day from {low:day} on", low=first)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """A day number (from 1), or `+n` for n days from today."""
        cleaned = text.strip().lower().removeprefix("day").removeprefix("第").removesuffix("天").strip()
        if cleaned.startswith(("+", "＋")):
            return (view.minute // DAY + _whole(cleaned[1:])) * DAY
        return (_whole(cleaned) - 1) * DAY


@dataclass(frozen=True)
class Text(Kind):
    """Words a person writes; made safe before they enter the world."""

    most: int = 500
    least: int = 0
    example: str = ""
    long: bool = False

    def suggest(self, view: Any, filled: Filled) -> Any:
        """A sentence of the right length."""
        return self.example or "…" * self.least

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Too long, too short, or with characters that could disturb a terminal."""
        problem = super().refuse(view, filled, value)
        if problem is not None:
            return problem
        if len(value) > self.most:
            return _("at most {most} characters, got {got}", most=self.most, got=len(value))
        if len(value.strip()) < self.least:
            return _("at least {least} characters", least=self.least)
        if safe_text(value, self.most) != value:
            return _("has characters that cannot be shown")
        return None

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """The text, made safe."""
        return safe_text(text, self.most)


@dataclass(frozen=True)
class Yes(Kind):
    """Yes or no."""

    python: ClassVar[type] = bool

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


@dataclass(frozen=True)
class Lines(Kind):
    """Rows of (choice, quantity): the lines of an order, a delivery or a return, as a tuple of pairs."""

    item: Pick | Choice | None = None
    most: int = 20
    high: int = 100_000
    start: Callable[[Any, Filled], tuple[tuple[str, int], ...]] | None = None
    python: ClassVar[type] = tuple

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
            problem = Whole(N_("Quantity"), low=1, high=self.high).refuse(view, filled, quantity)
        return problem

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """`printer:2, toner:5`."""
        pairs = []
        for part in re.split("[,，]", text):
            item, _colon, quantity = part.replace("：", ":").strip().rpartition(":")
            pairs.append((item.strip(), _whole(quantity)))
        return tuple(pairs)


@dataclass(frozen=True)
class Field:
    """A field of an action: its name, kind, whether it must be given, and its default."""

    name: str
    kind: Kind
    required: bool
    default: Any


def kind_of(hint: Any, name: str) -> Kind:
    """The kind for a plain annotation: str, int, bool or Literal."""
    label = name.replace("_", " ").capitalize()
    base = get_args(hint)[0] if get_origin(hint) is not None and get_origin(hint) is not Literal else hint
    if get_origin(hint) is Literal:
        return Choice(label, words=tuple((each, str(each).replace("_", " ")) for each in get_args(hint)))
    kinds = {str: Text, int: Whole, bool: Yes}
    if base not in kinds:
        raise TypeError(f"field {name}: {hint} needs a declared kind")
    return kinds[base](label)


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9０-９]{1,15}", text):
        raise ValueError(text)
    return int(text)
