"""What can be done with rows of a table, as a choice; what is written in a row can be read first, all of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.engine.words import Words, _
from crmsim.tui.offer import Offer
from crmsim.tui.rows import id_of
from crmsim.tui.speech import words_of


def offer_of(desk: Any, table: Table, rows: list[Any], offers: list[tuple[type[Action], str, Words | None]]) -> None:
    """Let the player choose among these actions, and begin the chosen one."""
    row = rows[0] if len(rows) == 1 else None
    several = _("{count} marked", count=len(rows)) if rows else _("{label:label}", label=table.label)
    title: Words = several if row is None else getattr(row, "title", id_of(row)) or several
    does = [(words_of(each), closed, partial(desk.start, each, name, rows)) for each, name, closed in offers]
    if getattr(row, "text", ""):
        does.insert(0, (_("Read all of it"), None, partial(desk.read, row)))
    desk.app.push_screen(
        Offer(title, [each[:2] for each in does]),
        lambda at: None if at is None else does[at][2](),
    )
