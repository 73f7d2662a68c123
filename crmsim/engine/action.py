"""What a seat decides. One small frozen class an action; keys, forms, help, bots, journal and grade derive from it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import islice
from typing import Any, ClassVar, get_args, get_origin

import msgspec

from crmsim.engine.fields import Field, Kind, kind_of
from crmsim.engine.view import View
from crmsim.engine.words import Message, _
from crmsim.engine.world import World

Refusal = Message
MOST_OFFERED = 2000


class Turn(msgspec.Struct, frozen=True):
    """Who acts, when, and under which entry number (-1 for simulated parties and the company's clock)."""

    seat: str
    minute: int
    entry: int = -1


class Judgement(msgspec.Struct, frozen=True):
    """What one decision was worth by policy and truth at its minute, from 0 to 1000 points."""

    criterion: str
    points: int
    why: Message
    evidence: tuple[int, ...] = ()


class Action(msgspec.Struct, frozen=True, kw_only=True, tag=True, tag_field="action", forbid_unknown_fields=True):
    """What a seat decides; the class name is imperative (`ReviewOrder`), the docstring is its help."""

    roles: ClassVar[tuple[str, ...]] = ()
    minutes: ClassVar[int] = 5  # working minutes it costs the seat; a scenario may override
    label: ClassVar[str] = ""  # a short name for menus and keys
    menu: ClassVar[str] = ""  # the textbook's menu path, parts separated by /
    confirm: ClassVar[bool] = False  # ask before doing: it costs and cannot be taken back
    teach: ClassVar[str] = ""  # one sentence for a newcomer
    tool: ClassVar[str] = ""  # the CRM tool it belongs to; a scenario may switch a tool off

    def refuse(self, view: Any) -> Refusal | None:
        """Why not now, as a sentence, beyond what the field kinds can say; None when legal."""
        return None

    def apply(self, world: Any, turn: Turn) -> None:
        """Change the world. The only writer."""
        raise AttributeError(f"{type(self).__name__} declares no apply")

    def judge(self, world: Any, turn: Turn) -> tuple[Judgement, ...]:
        """This decision against policy and truth, on the world just before it. Called by grading only."""
        return ()

    def cost(self, world: Any) -> int:
        """The working minutes this very action costs its seat."""
        return int(world.scenario.minutes.get(type(self).__name__, self.minutes))

    def spends(self, view: Any) -> int:
        """What of the company's money this very action takes, fen."""
        return 0


@cache
def fields_of(action: type[Action]) -> dict[str, Field]:
    """What an action asks, in order: each field with its kind, whether it is required, and its default."""
    hints = _hints_of(action)
    found: dict[str, Field] = {}
    for each in msgspec.structs.fields(action):
        hint = hints[each.name]
        kinds = [extra for extra in get_args(hint)[1:] if isinstance(extra, Kind)] if get_origin(hint) else []
        kind = kinds[0] if kinds else kind_of(hint, each.name)
        found[each.name] = Field(each.name, kind, each.required, None if each.required else default_of(each))
    return found


def _hints_of(action: type[Action]) -> dict[str, Any]:
    """The annotations of an action and its bases, each read in its own module, which its lambdas see later, too.

    `get_type_hints` of a class takes the class's names for the globals, where such a lambda finds nothing.
    """
    hints: dict[str, Any] = {}
    for base in reversed(action.__mro__):
        names = vars(sys.modules[base.__module__])
        for name, hint in inspect.get_annotations(base).items():
            if isinstance(hint, str) and not hint.startswith("ClassVar"):
                hint = eval(hint, names)
            hints[name] = hint
    return hints


def default_of(each: Any) -> Any:
    """The default of a struct field."""
    return each.default_factory() if each.default_factory is not msgspec.NODEFAULT else each.default


def help_of(action: type[Action]) -> str:
    """The first paragraph of the action's docstring: its help, in English source."""
    return inspect.cleandoc(action.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def label_of(action: type[Action]) -> str:
    """The action's short name: its label, else its class name in words."""
    if action.label:
        return action.label
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in action.__name__).strip()
    return words.capitalize()


def belongs(kind: Any, view: View) -> bool:
    """Whether an action or a table is this seat's: by role, and by the tools that the scenario gives the company."""
    for role in view.seat.roles:
        if role in kind.roles:
            return view.has(kind.tool)
    return False


def refusal(action: Action, view: View, *, mind_the_clock: bool = True) -> Refusal | None:
    """Why this seat cannot do this now, as a sentence; None when it can."""
    kind, seat = type(action), view.seat
    if view.ended:
        return _("The game is over.")
    if not belongs(kind, view):
        return _("{action:label} is not a task of this seat.", action=label_of(kind))
    if not seat.active:
        return _("This seat has left the company.")
    if mind_the_clock and seat.busy_until > view.minute:
        return _("Busy until {when:time}.", when=seat.busy_until)
    if (
        mind_the_clock
        and type(seat).__name__ != "Seat"
        and "customer" not in seat.roles
        and not view.calendar.is_open(view.minute)
    ):
        return _("The office opens at {when:time}.", when=view.calendar.next_open(view.minute))
    filled: dict[str, Any] = {}
    for name, field, default in _asked(kind):
        value = getattr(action, name)
        if field.required or value != field.default or type(value) is not default:  # True is no 1
            problem = field.kind.refuse(view, filled, value)
            if problem is not None:
                return _("{field:label}: {problem}", field=field.kind.label, problem=problem)
        filled[name] = value
    return action.refuse(view)


@cache
def _asked(kind: type[Action]) -> tuple[tuple[str, Field, type], ...]:
    return tuple((name, field, type(field.default)) for name, field in fields_of(kind).items())


def unavailable(kind: type[Action], view: View) -> Refusal | None:
    """Why this whole action cannot be chosen now (nothing waits for it); None when it may be opened."""
    if not belongs(kind, view):
        return _("{action:label} is not a task of this seat.", action=label_of(kind))
    filled: dict[str, Any] = {}
    decisive = [name for name, field in fields_of(kind).items() if _must_choose(field)]
    for name, field in fields_of(kind).items() if decisive else ():
        if name in decisive and not field.kind.offers(view, filled):
            return field.kind.nothing
        if name == decisive[-1]:
            break  # what comes after closes nothing
        filled[name] = field.kind.suggest(view, filled) if field.required else field.default
    return None


def _must_choose(field: Field) -> bool:
    return bool(field.required and field.kind.closed and not getattr(field.kind, "optional", False))


class LegalActions:
    """What a seat may do now: iterable, countable, prints itself; `in` means not refused.

    Iterates over the choices of each action, with its open fields at their suggestion.
    """

    def __init__(self, view: View, actions: tuple[type[Action], ...]) -> None:
        self.view = view
        self._known = actions

    @cached_property
    def actions(self) -> tuple[type[Action], ...]:
        """The actions that belong to the seat; a bot that looks only at its papers never asks."""
        return tuple(each for each in self._known if belongs(each, self.view))

    def __contains__(self, action: object) -> bool:
        return isinstance(action, Action) and type(action) in self.actions and refusal(action, self.view) is None

    def __iter__(self) -> Iterator[Action]:
        for kind in self.actions:
            for action in islice(offered(kind, self.view), MOST_OFFERED):
                if refusal(action, self.view) is None:
                    yield action

    def __len__(self) -> int:
        return sum(1 for _each in self)

    def __str__(self) -> str:
        return "\n".join(map(repr, self)) or "(nothing)"


def offered(kind: type[Action], view: View, filled: dict[str, Any] | None = None) -> Iterator[Action]:
    """Every combination of an action's closed choices, its open fields filled by their suggestions."""
    fields, done = list(fields_of(kind).values()), dict(filled or {})

    def extend(index: int, values: dict[str, Any]) -> Iterator[Action]:
        if index == len(fields):
            yield kind(**values)
            return
        field = fields[index]
        if field.name in done:
            yield from extend(index + 1, {**values, field.name: done[field.name]})
        elif field.kind.closed and field.required:
            for option in field.kind.options(view, values):
                yield from extend(index + 1, {**values, field.name: option.value})
        else:
            filling = field.required or field.kind.prefill
            value = field.kind.suggest(view, values) if filling else field.default
            yield from extend(index + 1, {**values, field.name: value})

    return extend(0, {})


def apply(action: Action, world: World, turn: Turn) -> None:
    """Do an action that is legal; facts recorded meanwhile carry the acting seat."""
    before, world.actor = world.actor, turn.seat
    try:
        action.apply(world, turn)
    finally:
        world.actor = before
        world.version += 1


__all__ = [
    "Action",
    "Judgement",
    "LegalActions",
    "Refusal",
    "Turn",
    "apply",
    "fields_of",
    "help_of",
    "label_of",
    "offered",
    "refusal",
    "unavailable",
]
