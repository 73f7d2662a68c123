"""What is declared, gathered: texts for translators, names for the scenario checker, rules for readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crmsim.engine.action import fields_of, help_of, label_of
from crmsim.engine.desk import REMINDERS
from crmsim.engine.facts import Fact
from crmsim.engine.kinds import Choice
from crmsim.engine.words import Message
from crmsim.game.journal import ABOUT_THE_GAME
from crmsim.market.moments import CONDITIONS
from crmsim.roles import ACTIONS, TABLES

if TYPE_CHECKING:
    from crmsim.scenarios.schema import Scenario
    from crmsim.scenarios.semantics import Vocabulary


def sources() -> list[str]:
    """Every declared English text that people may read, once, in the order of the declarations."""
    found: dict[str, None] = {}
    for text in _declared():
        if text.strip():
            found[text] = None
    return list(found)


def _declared() -> Iterator[str]:
    for action in (*ACTIONS, *ABOUT_THE_GAME):
        yield from (help_of(action), label_of(action), action.menu, *action.menu.split("/"), action.teach)
        for field in fields_of(action).values():
            yield from _of_kind(field.kind)
    for table in TABLES:
        yield from (table.label, table.menu, *table.menu.split("/"), table.empty)
        yield from (column.label for column in table.columns if isinstance(column.label, str))
    for fact in all_facts():
        yield fact.summary
    for criterion in all_criteria():
        yield from (criterion.label, criterion.claim)


def _of_kind(kind: Any) -> Iterator[str]:
    yield from (kind.label, kind.help)
    nothing = kind.nothing
    yield nothing.source if isinstance(nothing, Message) else ""
    if isinstance(kind, Choice) and isinstance(kind.words, tuple):
        yield from (label for _value, label in kind.words)
    item = getattr(kind, "item", None)
    if item is not None:
        yield from _of_kind(item)


def all_facts() -> list[type[Fact]]:
    """Every kind of fact, by name."""
    import crmsim.crm.facts  # noqa: F401 - declares them

    return sorted(Fact.__subclasses__(), key=lambda each: each.__name__)


def all_criteria() -> list[Any]:
    """Every criterion by which handling is graded, in the order of their declaration."""
    from crmsim.grading.criteria import CRITERIA

    return list(CRITERIA.values())


def rules(scenario: Scenario | None = None) -> list[dict[str, Any]]:
    """Every action of every role: who, what it asks, and how long it takes (by a scenario's own minutes)."""
    costs = scenario.minutes if scenario is not None else {}
    return [
        {
            "action": action.__name__,
            "roles": list(action.roles),
            "help": help_of(action),
            "minutes": costs.get(action.__name__, action.minutes),
            "fields": [_rule_of(field) for field in fields_of(action).values()],
        }
        for action in ACTIONS
    ]


def kind_name(kind: Any) -> str:
    """What kind of field it is, in the engine's words: a role's own kind goes by the one it refines."""
    return next(each.__name__.lower() for each in type(kind).__mro__ if each.__module__.startswith("crmsim.engine"))


def _rule_of(field: Any) -> dict[str, Any]:
    rule = {"name": field.name, "kind": kind_name(field.kind), "required": field.required}
    if isinstance(field.kind, Choice) and isinstance(field.kind.words, tuple):
        rule["choices"] = [value for value, _label in field.kind.words]
    return rule


def vocabulary() -> Vocabulary:
    """The names that a scenario may use and that only the rules know."""
    from crmsim.scenarios.semantics import Vocabulary

    names = tuple(action.__name__ for action in ACTIONS)
    criteria = tuple(each.id for each in all_criteria())
    tools = {REMINDERS, *(each.tool for each in ACTIONS), *(each.tool for each in TABLES)} - {""}
    return Vocabulary(names, criteria, conditions=tuple(CONDITIONS), tools=tuple(sorted(tools)))
