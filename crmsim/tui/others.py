"""The other actions that fit a conversation: writing it down, passing it on, closing it."""

from __future__ import annotations

from crmsim.engine.action import Action, fields_of
from crmsim.engine.fields import Pick
from crmsim.tui.session import Session


def others(session: Session, action: type[Action], field: str, row: str) -> list[tuple[type[Action], str, bool]]:
    """Each with the field that takes the conversation, and whether it can be done now; what can be done comes first."""
    entity = fields_of(action)[field].kind.entity  # type: ignore[attr-defined]
    found = []
    for each in session.actions:
        for name, other in fields_of(each).items():
            if each is not action and isinstance(other.kind, Pick) and other.kind.entity is entity:
                found.append((each, name, other.kind.refuse(session.view, {}, row) is None))
                break
    return sorted(found, key=lambda each: (not each[2], -len(fields_of(each[0]))))
