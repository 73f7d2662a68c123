"""What can be done with rows of a table, as a choice; what is written in a row can be read first, all of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.engine.words import Words, _
from crmsim.tui.offer import Offer
from crmsim.tui.rows import id_of
from crmsim.tui.speech import tell, tell_action, tell_label


def offer_of(desk: Any, table: Table, rows: list[Any], offers: list[tuple[type[Action], str, Words | None]]) -> None:
    """Let the player choose among these actions, and begin the chosen one."""
    row, several = rows[0] if len(rows) == 1 else None, _("{count} marked", count=len(rows))
    title = tell(desk, getattr(row, "title", id_of(row))) if row is not None else ""
    does = [(tell_action(desk, each), closed, partial(desk.start, each, name, rows)) for each, name, closed in offers]
    if getattr(row, "text", ""):
        does.insert(0, (tell(desk, _("Read all of it")), None, partial(desk.read, row)))
    desk.app.push_screen(
        Offer(title or (several if rows else tell_label(desk, table.label)), [each[:2] for each in does]),
        lambda at: None if at is None else does[at][2](),
    )
