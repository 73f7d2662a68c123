"""A decision in words: what was done, and with what, in the names that people know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.naming import joined, listed, name_of, paper_of
from crmsim.engine.action import Action, fields_of, label_of
from crmsim.engine.amounts import Date, Lines, Money, Percent, Whole
from crmsim.engine.kinds import Choice, Kind, Pick, Several, Text, Yes
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Words, _
from crmsim.roles.talking import Amount

SAID = 40  # characters of free words


def words_of(view: Any, action: Action | None) -> Words:
    """An action as a line: its name and what was chosen; None is a paper that was left lying."""
    if action is None:
        return _("Leave it lying")
    parts = list(_parts(view, action))
    if not parts:
        return _("{action:label}", action=label_of(type(action)))
    return _("{action:label}: {details}", action=label_of(type(action)), details=joined(parts))


def _parts(view: Any, action: Action) -> Iterator[Words]:
    filled: dict[str, Any] = {}
    for name, field in fields_of(type(action)).items():
        value = filled[name] = getattr(action, name)
        if value == field.default or value in ("", (), None):
            continue
        shown = _shown(view, field.kind, filled, value)
        if isinstance(field.kind, Pick):
            yield shown
        else:
            yield _("{label:label} {value}", label=field.kind.label, value=shown)


def _shown(view: Any, kind: Kind, filled: dict[str, Any], value: Any) -> Words:
    if isinstance(kind, Amount):
        kind = kind.kind(filled)
    if isinstance(kind, Yes):
        return _("yes") if value else _("no")
    if isinstance(kind, Date):
        return _("{day:day}", day=value)
    if isinstance(kind, Money):
        return _("{amount:money}", amount=value)
    if isinstance(kind, Percent):
        return _("{share:percent}", share=value)
    if isinstance(kind, Whole):
        return str(value)
    if isinstance(kind, Lines):
        return listed(view, value)
    if isinstance(kind, Several) or isinstance(value, tuple):
        return joined(name_of(view, str(each)) for each in value)
    if isinstance(kind, Text) and not isinstance(kind, Choice):
        return safe_text(str(value), SAID)
    return paper_of(view, str(value))
