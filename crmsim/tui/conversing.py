"""Which actions carry on a conversation, and the moves that are at hand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.dom import DOMNode

from crmsim.engine.action import Action, fields_of
from crmsim.engine.desk import Conversation
from crmsim.engine.fields import Field, Pick, Text
from crmsim.engine.words import Words, _
from crmsim.tui.moves import Move
from crmsim.tui.session import Session
from crmsim.tui.speech import tell

MOVE = "move"  # the field by which an action is known to carry on a conversation
KEYS = "12345678abcdefgh"


def conversation_of(session: Session, action: type[Action], filled: dict[str, Any]) -> tuple[str, str] | None:
    """The field and the id of the conversation that an action carries on; None when it is no such action."""
    fields = fields_of(action)
    if MOVE not in fields:
        return None
    for name, field in fields.items():
        if isinstance(field.kind, Pick) and hasattr(field.kind.entity, "conversation"):
            id = filled.get(name) or next((each.value for each in field.kind.options(session.view, filled)), "")
            return (name, id) if id else None
    return None


def words_field(action: type[Action]) -> str:
    """The field of an action that takes one's own words; "" when it has none."""
    fields = fields_of(action).items()
    return next((name for name, each in fields if isinstance(each.kind, Text) and each.kind.long), "")


def extras_of(action: type[Action], filled: dict[str, Any], words: str) -> Iterator[Field]:
    """What may go with the move that is filled in, beside the words themselves; filled in one by one, as what is
    told about one decides whether another is asked."""
    for name, each in fields_of(action).items():
        if name not in {*filled, words} and not each.required and (each.kind.asked is None or each.kind.asked(filled)):
            yield each


def going_on(session: Session) -> list[Conversation]:
    """The conversations that the seat is in now."""
    found: dict[str, Conversation] = {}
    for table in session.tables:
        if any(MOVE in fields_of(action) for action, _field in table.actions):
            for row in table.rows(session.view):
                if hasattr(row, "conversation") and (talk := row.conversation(session.view)).open:
                    found[row.id] = talk
    return list(found.values())


def meant(view: Any, field: Field, filled: dict[str, Any], typed: str) -> Any:
    """The value that typed words are likely meant as, or that the talk calls for; else what the field begins with."""
    means = getattr(field.kind, "meant", None)
    return (means(view, filled, typed) if means and (typed or field.name != MOVE) else "") or field.default


def who_is_next(talk: Conversation, moves: bool, draft: str = "", paper: bool = True) -> Words:
    """Whose turn it is, while nothing is about to be said; words that wait for a move. `paper`: more can be done."""
    if moves and draft:
        return _("No move was found in “{words}”, so it is not said. A digit takes a move for it; e changes it.",
                 words=draft)  # fmt: skip
    if moves:
        return _("Choose what to say by its digit.")
    if talk.over:
        step = _("This talk is over: write down what was said, or press Esc.")
        step = step if paper and not talk.ended else _("This talk is over: Esc goes back.")
        return _("{ended} {step}", ended=talk.ended, step=step) if talk.ended else step
    return _("It is not your turn: press w to wait, Esc to do something else.")


def moves_of(node: DOMNode, session: Session, action: type[Action], field: str, row: str) -> list[Move]:
    """Key, id and name of each move at hand; a move keeps its key in all conversations."""
    known = {each.id: each.key for each in session.view.scenario.moves}
    options = fields_of(action)[MOVE].kind.options(session.view, {field: row})
    return [
        (known.get(each.value) or KEYS[at % len(KEYS)], each.value, tell(node, each.label))
        for at, each in enumerate(options)
    ]
