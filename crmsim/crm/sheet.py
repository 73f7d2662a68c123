"""The sheet that is kept by hand where there is no CRM (CTL-5): lines of text cells, whatever is written in them."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm.company import CUSTOMER
from crmsim.engine.words import N_, Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen

COLUMNS = {
    "name": N_("Customer"), "contact": N_("Contact person"), "phone": N_("Phone"), "email": N_("E-mail"),
    "region": N_("Region"), "need": N_("Key need"), "quantity": N_("Quantity"), "budget": N_("Budget"),
    "deadline": N_("Decision date"), "decision": N_("Who decides"), "rival": N_("Rival"), "notes": N_("Notes"),
}  # fmt: skip
MOST = 120  # characters of a cell


@dataclass(slots=True)
class SheetLine(Entity):
    """A line of the sheet. `record` is the bare name behind it by which colleagues pass the customer on."""

    prefix = "HL"
    record: str = ""
    by: str = ""
    cells: tuple[str, ...] = seen(Seen.ALL, (), digest=False)  # in the order of COLUMNS; names of the cast occur

    @property
    def title(self) -> Words:
        """What stands in its first cell."""
        return next((each for each in self.cells if each), "") or self.id

    def cell(self, column: str) -> str:
        """What stands in a column."""
        return self.cells[tuple(COLUMNS).index(column)]

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """One sheet for the whole company."""
        return None if CUSTOMER in seat.roles else Seen.TEAM
