"""The programs that hold seats, by level of skill."""

from __future__ import annotations

from collections.abc import Iterable

from crmsim.crm.company import CompanyView
from crmsim.engine.action import Action, LegalActions
from crmsim.engine.errors import BadInput
from crmsim.engine.words import _
from crmsim.game import Player
from crmsim.scenarios.schema import Scenario

LEVELS = ("idle",)


class Idle:
    """Sits in a seat and does nothing."""

    level = "idle"

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """Nothing."""
        return None


def crew(scenario: Scenario, level: str, seats: Iterable[str]) -> dict[str, Player]:
    """A bot of a level for each seat."""
    if level not in LEVELS:
        raise BadInput(_("There is no skill {level}; known: {known}.", level=level, known=", ".join(LEVELS)))
    return {seat: Idle() for seat in seats}
