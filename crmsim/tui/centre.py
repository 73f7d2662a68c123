"""The control centre: cases, mail, grades, the game told again; for the instructor the seats and the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crmsim.engine.words import Words, _
from crmsim.tui.watch import Watch

Choice = tuple[Words, Words | None, Callable[[], Any]]  # what it is called, why not now, what it does


def choices(desk: Any) -> list[Choice]:
    """What the control centre offers at this desk, in order."""
    session, app = desk.session, desk.app
    tables = {each.id: each for each in session.tables}
    found: list[Choice] = []
    for id, name in (("cases", _("Resource centre: classic cases")), ("inbox", _("Mail"))):
        if id in tables:
            found.append((name, None, lambda table=tables[id]: desk.open_table(table)))  # type: ignore[misc]
    found.append((_("Grades"), None, lambda: app.push_screen(_grades(session))))
    found.append((_("Lab reports"), None, lambda: app.push_screen(_reports(session))))
    found.append((_("The game so far, told again"), None, lambda: app.push_screen(_player(session))))
    if session.teaching:
        found.append((_("Watch a seat"), None, lambda: app.push_screen(Watch(session))))
        live = None if session.pace == "live" else _("Time passes by turns here.")
        pause = _("Let the clock go on") if session.paused else _("Stop the clock")
        found.append((pause, live, desk.action_pause))
        found.append((_("The next speed"), live, desk.action_faster))
    found.append((_("End the game"), None, desk.action_end))
    return found


# What a desk has no use for is brought in when it is asked for.


def _grades(session: Any) -> Any:
    from crmsim.tui.grades import Grades

    return Grades(session.teaching, session.save_path)


def _player(session: Any) -> Any:
    from crmsim.tui.player import Player

    return Player(session.reel())


def _reports(session: Any) -> Any:
    from crmsim.tui.reports import Reports

    return Reports(session.save_path)
