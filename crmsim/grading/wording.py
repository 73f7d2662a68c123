"""A decision in words: what was done, and with what, in the names that people know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from crmsim.crm.customer import Customer
from crmsim.crm.naming import joined, listed, name_of, paper_of
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, fields_of, label_of
from crmsim.engine.amounts import Date, Lines, Money, Percent, Whole
from crmsim.engine.kinds import Choice, Kind, Pick, Several, Text, Yes
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Words, _
from crmsim.roles.talking import Amount, Speak

SAID = 40  # characters of free words


def words_of(view: Any, action: Action | None) -> Words:
    """An action as a line: its name and what was chosen; None is a paper that was left lying."""
    if action is None:
        return _("Leave it lying")
    if isinstance(action, Speak):
        return _said(view, action)
    parts = list(_parts(view, action))
    if not parts:
        return _("{action:label}", action=label_of(type(action)))
    return _("{action:label}: {details}", action=label_of(type(action)), details=joined(parts))


def _said(view: Any, action: Speak) -> Words:
    """A move of a talk by its own name, to whom it was made."""
    with_whom, move, *rest = _parts(view, action, bare={"move", "product", "amount"})
    words = _("Speak with {who}: {move}", who=with_whom, move=move)
    return _("{words} ({details})", words=words, details=joined(rest)) if rest else words


def _parts(view: Any, action: Action, bare: Collection[str] = ()) -> Iterator[Words]:
    """What was chosen, each by its field's name unless it is a thing with a name, or `bare`."""
    filled: dict[str, Any] = {}
    for name, field in fields_of(type(action)).items():
        value = filled[name] = getattr(action, name)
        if value == field.default or value in ("", (), None):
            continue
        shown = _shown(view, field.kind, filled, value)
        if isinstance(field.kind, Pick) or name in bare:
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
    return _who(view, str(value)) or paper_of(view, str(value))


def _who(view: Any, id: str) -> Words:
    """With whom a talk was that showed as a number or an address only; who it was is no secret after the end."""
    talk = view.get(Talk, id)
    if talk is None or not (talk.called.isdecimal() or "@" in talk.called):
        return ""
    known = view.get(Customer, talk.customer)
    return known.title if known is not None else ""
