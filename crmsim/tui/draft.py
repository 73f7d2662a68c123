"""What was filled in of a form when it was left: kept for that form and what it is about, while the game is open."""

from __future__ import annotations

from typing import Any

from crmsim.engine.action import Action, fields_of
from crmsim.engine.fields import Pick
from crmsim.tui.session import Session

Values = dict[str, Any]


class Draft:
    """The draft of one form, at one seat."""

    def __init__(self, session: Session, action: type[Action], handed: Values, rows: list[str]) -> None:
        self.kept, self.begun = session.forms, dict[str, Any]()
        self.place = (session.seat, action, repr(sorted(handed.items())), tuple(rows))
        self.values: Values = dict(self.kept.get(self.place, {}))
        fields = fields_of(action)
        self.subject = {  # the rows that it was opened for
            name: value for name, value in handed.items() if name in fields and isinstance(fields[name].kind, Pick)
        }

    def fits(self, values: Values) -> bool:
        """Whether these values are about what the form was opened for, and not about another row."""
        return all(values.get(name) in ("", None, value) for name, value in self.subject.items())

    def begin(self, values: Values) -> None:
        """With these values the form opened; only what differs when it is left is kept."""
        self.begun = self.begun or {name: value for name, value in values.items() if name not in self.values}

    def leave(self, values: Values) -> bool:
        """Keep what was filled in for its own row; whether there is something new."""
        if not self.fits(values):
            return False
        draft = {name: value for name, value in values.items() if value not in (None, self.begun.get(name))}
        self.kept[self.place] = draft
        return bool(draft) and draft != self.values

    def forget(self) -> None:
        """It was done, or is begun anew."""
        self.kept.pop(self.place, None)
        self.values, self.begun = {}, {}
