"""What was filled in of a form when it was left: kept for that form and what it is about, while the game is open."""

from __future__ import annotations

from typing import Any

from crmsim.engine.action import Action
from crmsim.tui.session import Session

Values = dict[str, Any]


class Draft:
    """The draft of one form, at one seat."""

    def __init__(self, session: Session, action: type[Action], handed: Values, rows: list[str]) -> None:
        self.kept, self.begun = session.forms, dict[str, Any]()
        self.place = (session.seat, action, repr(sorted(handed.items())), tuple(rows))
        self.values: Values = dict(self.kept.get(self.place, {}))

    def begin(self, values: Values) -> None:
        """With these values the form opened; only what differs when it is left is kept."""
        self.begun = self.begun or {name: value for name, value in values.items() if name not in self.values}

    def leave(self, values: Values) -> bool:
        """Keep what was filled in; whether there is something new."""
        draft = {name: value for name, value in values.items() if value not in (None, self.begun.get(name))}
        self.kept[self.place] = draft
        return bool(draft) and draft != self.values

    def forget(self) -> None:
        """It was done, or is begun anew."""
        self.kept.pop(self.place, None)
        self.values, self.begun = {}, {}
