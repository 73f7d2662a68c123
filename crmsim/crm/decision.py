"""Decision notes: what the company means to do, and the figure by which it will see whether that was right (DIR-13)."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm.company import within
from crmsim.engine.world import Entity, Seat, Seen, World


@dataclass(slots=True)
class Decision(Entity):
    """A decision note with its expectation: which figure goes which way until when. None: nothing to measure."""

    prefix = "V"
    by: str = ""  # the seat that wrote it
    text: str = ""
    figure: str = ""
    direction: str = "up"  # up or down
    before: int | None = None  # the figure when it was written, in its own unit
    after: int | None = None  # the figure on the day
    written: int = 0
    due: int = 0  # the minute at which it is compared
    status: str = "open"  # open, met, missed

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company."""
        return within(seat, self.by)

    def holds(self, after: int | None) -> bool:
        """Whether the figure went as expected; one that could not be measured before only has to be there."""
        if after is None or self.before is None:
            return after is not None
        return after > self.before if self.direction == "up" else after < self.before
