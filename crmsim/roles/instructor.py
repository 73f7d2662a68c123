"""The instructor: letters and events put into a running game (ADM-2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from crmsim.crm.company import INSTRUCTOR, Company, CompanyView
from crmsim.crm.product import Product
from crmsim.crm.shifts import shift
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Percent, Pick, Text, Whole
from crmsim.engine.words import N_, _

EVENTS = (
    ("rival_price", N_("rivals lower their price")),
    ("demand", N_("demand swells")),
    ("fault_wave", N_("a wave of faults")),
    ("shortage", N_("a shortage of goods")),
)
MENU = N_("Instructor/Events")
AnyProduct = Annotated[
    str, Pick(N_("Product"), entity=Product, where=lambda row, view, filled: not row.withdrawn, optional=True)
]


def _lacks(filled: Any) -> bool:
    return bool(filled.get("event") == "shortage")


class InjectEvent(Action, frozen=True):
    """Let something happen to everyone: a rival's price cut, more demand, a wave of faults, a shortage."""

    roles = (INSTRUCTOR,)
    minutes = 0
    label = N_("Let an event happen")
    menu = MENU
    confirm = True
    event: Annotated[Literal["rival_price", "demand", "fault_wave", "shortage"], Choice(N_("Event"), words=EVENTS)]
    title: Annotated[str, Text(N_("What people hear"), least=1, most=120)]
    product: AnyProduct = ""
    share: Annotated[int, Percent(N_("By how much"), high=3_000_000, asked=lambda filled: not _lacks(filled))] = 0
    pieces: Annotated[int, Whole(N_("Pieces missing"), high=100_000, asked=lambda filled: _lacks(filled))] = 0

    def refuse(self, view: CompanyView) -> Refusal | None:
        """An event without a size would be none."""
        if self.event == "shortage":
            return None if self.pieces else _("Say how many pieces are missing.")
        if not self.share:
            return _("Say by how much.")
        if self.event == "rival_price" and self.share >= 1_000_000:
            return _("Nobody sells for nothing.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It takes place now."""
        amount = self.pieces if self.event == "shortage" else self.share
        shift(world, self.event, self.title, self.product, amount)


class InjectLetter(Action, frozen=True):
    """Send a letter to everybody in the company."""

    roles = (INSTRUCTOR,)
    minutes = 0
    label = N_("Send a letter")
    menu = MENU
    text: Annotated[str, Text(N_("Letter"), least=1, most=1000, long=True)]

    def apply(self, world: Company, turn: Turn) -> None:
        """Everybody reads it."""
        shift(world, "letter", self.text)


def _called(event: str) -> str:
    return dict(EVENTS).get(event, N_("Letter"))


def _events(view: Any) -> Iterator[Any]:
    return (each for each in view.heard() if type(each).__name__ == "MarketShifted")


TABLE = Table(
    "instructor-events", N_("Events"), MENU, (INSTRUCTOR,),
    rows=_events,
    columns=(
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("Event"), lambda row, view: _("{event:label}", event=_called(row.event))),
        Column(N_("Product"), lambda row, view: row.product, "name"),
    ),
    actions=((InjectEvent, ""), (InjectLetter, "")),
    empty=N_("Nothing has happened yet."),
)  # fmt: skip

actions: tuple[type[Action], ...] = (InjectEvent, InjectLetter)
tables: tuple[Table, ...] = (TABLE,)
