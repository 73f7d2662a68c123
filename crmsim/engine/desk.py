"""What a desk shows: tables of rows with columns, and the work that waits in them. One declaration a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from crmsim.engine.action import Action, belongs
from crmsim.engine.words import Message, Words, _

REMINDERS = "reminders"  # the tool that puts what is urgent first


@dataclass(frozen=True)
class Column:
    """A column: its heading (English source, or a scenario's own words), how a row's value is read, and its form:
    money, time, day, percent, name, page (a text with headings and marks)."""

    label: Words
    value: Callable[[Any, Any], Words | int | None]
    form: str = ""
    width: int = 0  # cells; 0 lets the screen decide


@dataclass(frozen=True)
class Waiting:
    """A paper that waits for the seat: what, since when, until when, why, and the next step already filled in."""

    what: Words
    since: int
    due: int  # a minute; 0 when there is no limit
    why: Message
    action: type[Action]
    filled: dict[str, Any] = field(default_factory=dict)
    weight: int = 0  # breaks ties: what hurts more comes first
    calls: bool = False  # somebody waits for an answer at this very moment: no day goes by with it unasked
    told: tuple[int, int] | None = None  # since when and until when by what people know; bots go by the other minutes

    def as_told(self) -> Waiting:
        """As a person is told of it."""
        if self.told is None:
            return self
        since, due = self.told
        return replace(self, since=since, due=due if self.due else 0)


@dataclass(frozen=True)
class Idea:
    """Something useful to do while nothing waits: why, and the action begun for it; or a row that is to be read."""

    why: Message
    action: type[Action] | None = None
    filled: dict[str, Any] = field(default_factory=dict)
    row: Any = None
    soon: bool = False  # it has its time: the desk says so even while papers wait


@dataclass(frozen=True)
class Line:
    """Something said in a conversation: by whom, the words, when, and whether the viewing side said it."""

    by: Words
    words: Words
    minute: int
    mine: bool


@dataclass(frozen=True)
class Conversation:
    """How a row reads as a conversation: a row that has a method `conversation(view)` gives this.

    It goes on by that action of its table which asks for a `move` (and may ask for the words, in `text`).
    """

    who: Words
    lines: tuple[Line, ...] = ()
    learned: tuple[tuple[Words, Words], ...] = ()  # topic and value, as told so far
    mood: Words = ""
    face: int = 2  # from 0, angry, to 4, delighted
    turn: bool = True  # whether the viewing side has the next word
    note: Words = ""  # what the conversation is about, or why it ended
    open: bool = False  # whether it is still going on
    over: bool = False  # whether nobody will say anything more
    ended: Words = ""  # how it came out, and what that asks for
    opening: Line | None = None  # with what it began before anything was said: a letter
    filed: tuple[tuple[Words, Words], ...] = ()  # what stood in the files before, and was not told again
    headings: tuple[Words, Words] = _("Learned so far"), _("On file")  # above what was told, and above what stood there


@dataclass(frozen=True)
class Table:
    """A table of a desk. `rows` come from the view; `actions` fit a row through the field named in each pair."""

    id: str
    label: str
    menu: str
    roles: tuple[str, ...]
    rows: Callable[[Any], Iterable[Any]]
    columns: tuple[Column, ...]
    actions: tuple[tuple[type[Action], str], ...] = ()
    waits: Callable[[Any, Any], Waiting | None] | None = None
    empty: str = ""  # a sentence for an empty table: what would fill it
    tool: str = ""  # the CRM tool it belongs to; a scenario may switch a tool off
    idle: Callable[[Any], Idea | None] | None = None  # what could be done here while nothing waits
    gauge: Callable[[Any], Message | None] | None = None  # what the seat already knows of its own work; never points
    pressing: Callable[[Any], Iterable[Any]] | None = None  # the only rows that may wait, where they are few of many
    about: Any = None  # rows of which kind its rows tell of; `story` gives those about one of them, in order
    story: Callable[[Any, Any], Iterable[Any]] | None = None
    latest_first: bool = False  # rows come in the order of their making, and the newest is asked for most
    more: Callable[[Any], tuple[Column, ...]] | None = None  # columns that the scenario adds

    def columns_of(self, view: Any) -> tuple[Column, ...]:
        """All columns, those of the scenario last."""
        return self.columns if self.more is None else (*self.columns, *self.more(view))


def to_do(view: Any, tables: Iterable[Table]) -> list[Waiting]:
    """Everything that waits for this seat, most urgent first: by time limit, then weight, then age."""
    found: list[Waiting] = []
    for table in tables:
        if table.waits is not None and belongs(table, view):
            found += _waiting(table, view)
    if not view.has(REMINDERS):  # by hand: a heap of paper, the oldest on top
        return [replace(each, due=0) for each in sorted(found, key=lambda each: each.since)]
    return sorted(found, key=lambda each: (each.due or 10**9, -each.weight, each.since))


def ideas(view: Any, tables: Iterable[Table]) -> list[tuple[Table, Idea]]:
    """What could be done while nothing waits, in the order of the tables."""
    mine = [each for each in tables if each.idle is not None and belongs(each, view)]
    return [(each, idea) for each in mine if each.idle is not None and (idea := each.idle(view)) is not None]


def gauges(view: Any, tables: Iterable[Table]) -> list[Message]:
    """What the seat already knows of its own work, in the order of the tables; what is in order is not told."""
    mine = [each.gauge for each in tables if each.gauge is not None and belongs(each, view)]
    return [words for each in mine if (words := each(view)) is not None]


def _waiting(table: Table, view: Any) -> Iterator[Waiting]:
    assert table.waits is not None
    for row in (table.pressing or table.rows)(view):
        paper = table.waits(row, view)
        if paper is not None:
            yield paper
