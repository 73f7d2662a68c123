"""The other actions that fit a conversation: writing it down, passing it on, closing it."""

from __future__ import annotations

from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from textual.dom import DOMNode

from crmsim.engine.action import Action, fields_of
from crmsim.engine.fields import Pick
from crmsim.engine.words import Words, _
from crmsim.tui.session import Session
from crmsim.tui.speech import tell_action

Paper = tuple[type[Action], str, bool]  # an action, its field for the conversation, whether it can be done now


def others(session: Session, action: type[Action], field: str, row: str) -> list[Paper]:
    """Each with the field that takes the conversation, and whether it can be done now; what can be done comes first."""
    entity = fields_of(action)[field].kind.entity  # type: ignore[attr-defined]
    found = []
    for each in session.actions:
        for name, other in fields_of(each).items():
            if each is not action and isinstance(other.kind, Pick) and other.kind.entity is entity:
                found.append((each, name, other.kind.refuse(session.view, {}, row) is None))
                break
    return sorted(found, key=lambda each: (not each[2], -len(fields_of(each[0]))))


def why_not(session: Session, paper: Paper) -> Words | None:
    """Why one of them cannot be done now; None when it can."""
    action, _name, open_now = paper
    return None if open_now else session.closed(action) or _("not with this one")


def listed(node: DOMNode, papers: list[Paper]) -> Grid:
    """Their names, the first with its key."""
    lines = Grid.grid(padding=(0, 1, 0, 0))
    for at, (action, _name, open_now) in enumerate(papers):
        here = Style(meta={"paper": at})
        key = Text(
            "9" if open_now and not at else "", Style(bold=True, color=node.app.theme_variables["accent"]) + here
        )
        lines.add_row(key, Text(tell_action(node, action), Style(dim=not open_now) + here))
    return lines
