"""An action from typed words: ACTION FIELD=VALUE ..., read by the kinds of its fields."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from crmsim.crm.record import typed_number
from crmsim.engine.action import Action, belongs, fields_of
from crmsim.engine.errors import BadInput
from crmsim.engine.words import Message, _
from crmsim.roles import ACTIONS


def typed_action(view: Any, name: str, pairs: list[str]) -> Action:
    """The action meant; BadInput says what cannot be read. Whether it is allowed is the game's to say."""
    kind = _named(view, name)
    given: dict[str, str] = {}
    fields = fields_of(kind)
    for pair in pairs:
        field, equals, text = pair.partition("=")
        if not equals or field not in fields or field in given:
            raise BadInput(
                _("{action} asks: {fields}; not {got}.", action=name, fields=", ".join(fields), got=pair[:60])
            )
        given[field] = text
    filled: dict[str, Any] = {}
    for field, declared in fields.items():
        if field in given:
            try:
                short = declared.kind.closed or hasattr(declared.kind, "words")  # a choice: files go by their numbers
                text = typed_number(given[field]) if short else given[field]
                filled[field] = declared.kind.parse(view, filled, text)
            except ValueError as error:
                raise BadInput(_cannot(field, given[field][:60], declared.kind.sample)) from error
        elif declared.required:
            raise BadInput(_("{action} needs {field}=...", action=name, field=field))
        else:
            filled[field] = declared.default
    return kind(**filled)


def _cannot(field: str, got: str, sample: str) -> Message:
    if not sample:
        return _("{field} cannot be {got}.", field=field, got=got)
    return _('{field} cannot be "{got}"; write it as in: {sample}.', field=field, got=got, sample=sample)


def _named(view: Any, name: str) -> type[Action]:
    mine = {each.__name__: each for each in ACTIONS if belongs(each, view)}
    if name in mine:
        return mine[name]
    guess = get_close_matches(name, mine, 1)
    known = ", ".join(guess or sorted(mine))
    raise BadInput(_("This seat has no action {name}. It has: {known}.", name=name[:60], known=known))
