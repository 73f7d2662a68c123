"""How bots of known skill are graded in each role, to stand beside a person's score. Written by the anchoring."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from crmsim.grading.selftest.played import Result

HANDS_FILE = Path(__file__).parent / "hands.json"
SIDE_BY_SIDE = ("novice", "competent", "expert")


class Shown(msgspec.Struct, frozen=True):
    """One hand in one role: its scores by seed, and its criteria's mean handling (0 to 1000) where they came up."""

    hand: str
    role: str
    scores: tuple[int, ...]  # hundredths of a point, in order
    criteria: dict[str, int]

    @property
    def mean(self) -> int:
        """Its mean score."""
        return sum(self.scores) // max(1, len(self.scores))


def shown(results: Sequence[Result]) -> list[Shown]:
    """Tried hands as they are shown."""
    found: list[Shown] = []
    for hand in dict.fromkeys(each.hand for each in results):
        mine = [seat for each in results if each.hand == hand for seat in each.seats]
        for role in dict.fromkeys(each.role for each in mine):
            seats = [each for each in mine if each.role == role]
            means: dict[str, list[int]] = {}
            for seat in seats:
                for each in seat.criteria:
                    means.setdefault(each.id, []).append(each.mean)
            whole = {id: sum(values) // len(values) for id, values in sorted(means.items())}
            found.append(Shown(hand, role, tuple(sorted(each.score for each in seats)), whole))
    return found


@cache
def known() -> dict[str, list[Shown]]:
    """What was measured, by scenario; nothing where the file is missing."""
    try:
        return msgspec.json.decode(HANDS_FILE.read_bytes(), type=dict[str, list[Shown]])
    except (OSError, msgspec.MsgspecError):
        return {}


def hands_in(scenario: str, role: str) -> list[Shown]:
    """The hands that were tried in a role of a scenario, the worst first; none for scenarios not measured."""
    return sorted((each for each in known().get(scenario, ()) if each.role == role), key=lambda each: each.mean)


def beside(scenario: str, role: str, criterion: str) -> dict[str, int]:
    """What novice, competent and expert hands earned on a criterion, 0 to 1000 before the rubric's scale."""
    return {
        each.hand: each.criteria[criterion]
        for each in hands_in(scenario, role)
        if each.hand in SIDE_BY_SIDE and criterion in each.criteria
    }
