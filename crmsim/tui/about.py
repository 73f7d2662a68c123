"""Above the fields of a form: why it is asked, for whom it is done, and what the chosen row shows in its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.text import Text
from textual.dom import DOMNode

from crmsim.crm.naming import joined
from crmsim.engine.action import Action
from crmsim.engine.words import Words, _
from crmsim.tui.cells import cell
from crmsim.tui.pairs import Pairs
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_label


def about(
    node: DOMNode,
    session: Session,
    action: type[Action],
    chosen: Iterable[tuple[str, str]],
    why: Words | None,
    one_by_one: Sequence[str],
    drafted: bool,
) -> list[Any]:
    """Lines to be drawn one below the other; `chosen` are the fields with the rows that they name."""
    parts: list[Any] = [] if why is None else [Text(tell(node, why), node.app.theme_variables["accent"])]
    if one_by_one:
        who = joined(session.named(id) for id in one_by_one)
        parts.append(Text(tell(node, _("One after another: {who}", who=who))))
    if drafted:
        parts.append(Text(tell(node, _("What you had filled in stands here again.")), "italic"))
    shown = next((found for name, id in chosen if (found := session.row_of(action, name, id)) is not None), None)
    if shown is not None:
        table, entity = shown
        cells = ((each, cell(node, each, entity, session.view).plain) for each in table.columns)
        pairs = Pairs((tell_label(node, column.label), value) for column, value in cells if value)
        parts += [pairs] if pairs else []
    return parts
