"""Customers kept by hand (CTL-5): a sheet of text cells that checks nothing, finds no doubles and reminds of nothing.

What a colleague makes of a line is what anyone reading it would: a number is read as a number, a product by its name.
"""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import Company, CompanyView
from crmsim.crm.facts import CustomerRecorded, SheetWritten
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.sheet import COLUMNS, MOST, SheetLine
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Pick, Text
from crmsim.engine.words import DAY, LANGUAGES, N_, _, render
from crmsim.roles.everyone.records import EDITABLE, KEEPERS, WRITERS, behind_of, change, judged_truth, unwritten

TOOL = "sheet"
MENU = N_("Customer management/Sheet by hand")
Cell = Annotated[str, Text(N_("Text of the cell"), most=MOST)]


def read(view: Any, column: str, text: str) -> Any:
    """What a reader makes of a cell; None when it is no such thing."""
    if column == "need":
        names = {each.id: [each.id, *(render(each.name, one) for one in LANGUAGES)] for each in view.all(Product)}
        return next(
            (id for id, known in names.items() if any(one.casefold() in text.casefold() for one in known)), None
        )
    kind = EDITABLE[column].kind
    try:
        value = kind.parse(view, {}, text)
    except ValueError:
        return None
    return value if kind.refuse(view, {}, value) is None else None


class WriteLine(Action, frozen=True):
    """Write a new line on the sheet: whatever you type stands there."""

    roles = WRITERS
    tool = TOOL
    minutes = 25
    label = N_("Write a line")
    menu = MENU
    teach = N_("Nobody checks the sheet, and it finds nothing for you: write so that a colleague can read it.")
    talk: Annotated[
        str,
        Pick(N_("Talk"), entity=Talk, where=lambda row, view, filled: unwritten(row, view), optional=True,
             nothing=_("You have held no talk that is not on file yet.")),
    ]  # fmt: skip
    name: Annotated[str, Text(N_("Customer"), most=MOST)] = ""
    contact: Annotated[str, Text(N_("Contact person"), most=MOST)] = ""
    phone: Annotated[str, Text(N_("Phone"), most=MOST)] = ""
    email: Annotated[str, Text(N_("E-mail"), most=MOST)] = ""
    region: Annotated[str, Text(N_("Region"), most=MOST)] = ""
    need: Annotated[str, Text(N_("Key need"), most=MOST)] = ""
    quantity: Annotated[str, Text(N_("Quantity"), most=MOST)] = ""
    budget: Annotated[str, Text(N_("Budget"), most=MOST)] = ""
    deadline: Annotated[str, Text(N_("Decision date"), most=MOST)] = ""
    decision: Annotated[str, Text(N_("Who decides"), most=MOST)] = ""
    rival: Annotated[str, Text(N_("Rival"), most=MOST)] = ""
    notes: Annotated[str, Text(N_("Notes"), most=MOST)] = ""

    def _read(self, world: Company, turn: Turn) -> Record:
        """The line as a colleague reads it."""
        view, row = CompanyView(world, turn.seat), Record("")
        for column in COLUMNS:
            value = read(view, column, getattr(self, column)) if getattr(self, column) else None
            if value is not None:
                setattr(row, column, value)
        return row

    def apply(self, world: Company, turn: Turn) -> None:
        """It stands there; the customer can be passed on by it."""
        talk, bare = world.find(Talk, self.talk), self._read(world, turn)
        bare.id = world.new_id(Record)
        bare.name = bare.name or self.name or bare.id
        bare.customer = behind_of(world, talk, bare.name, bare.phone)
        bare.talk, bare.recorded_by, bare.recorded = self.talk, turn.seat, turn.minute
        bare.channel, bare.source = ("", "") if talk is None else (talk.channel, talk.source)
        bare.first_contact = turn.minute if talk is None else talk.started
        record = world.add(bare)
        for each in world.all(Talk):
            if each.id == self.talk or (bare.customer and each.customer == bare.customer and not each.record):
                each.record = record.id
        cells = tuple(getattr(self, each) for each in COLUMNS)
        world.add(SheetLine(world.new_id(SheetLine), record=record.id, by=turn.seat, cells=cells))
        world.record(CustomerRecorded(record=record.id, customer=record.customer, seat=turn.seat, talk=self.talk))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """What can be read on the line, against what the customer said."""
        return judged_truth(self._read(world, turn), world.find(Talk, self.talk))


class WriteCell(Action, frozen=True):
    """Write over a cell of the sheet; what stood there is gone."""

    roles = KEEPERS
    tool = TOOL
    minutes = 4
    label = N_("Write a cell")
    menu = MENU
    line: Annotated[str, Pick(N_("Line"), entity=SheetLine)]
    column: Annotated[str, Choice(N_("Column"), words=tuple(COLUMNS.items()), walk=False)]
    text: Cell = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It stands there already."""
        line = view.get(SheetLine, self.line)
        return _("That stands there already.") if line is not None and line.cell(self.column) == self.text else None

    def apply(self, world: Company, turn: Turn) -> None:
        """It stands there now."""
        line = world.get(SheetLine, self.line)
        line.cells = tuple(
            self.text if name == self.column else old for name, old in zip(COLUMNS, line.cells, strict=True)
        )
        record = world.find(Record, line.record)
        value = read(CompanyView(world, turn.seat), self.column, self.text)
        if record is not None and value is not None and value != getattr(record, self.column):
            change(world, turn, record, self.column, value)
        world.record(SheetWritten(line=line.id, seat=turn.seat, column=self.column))


def open_sheet(world: Company) -> None:
    """The company's earlier customers stand on the sheet when a game by hand begins."""
    if not world.scenario.tools.get(TOOL, True):
        return
    for record in world.all(Record):
        if not record.bought:
            cells = tuple(said(each, getattr(record, each)) for each in COLUMNS)
            world.add(SheetLine(world.new_id(SheetLine), record=record.id, by=record.recorded_by, cells=cells))


def said(column: str, value: Any) -> str:
    """A value as a hand would write it: yuan, and the number of a day."""
    if value in ("", 0):
        return ""
    if column == "budget":
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    if column == "deadline":
        return str(value // DAY + 1)
    return str(value)[:MOST]


def _shown(column: str) -> Any:
    return lambda row, view: row.cell(column)


SHEET = Table(
    "sheet", N_("Sheet by hand"), MENU, KEEPERS,
    rows=lambda view: view.all(SheetLine),
    columns=(Column(N_("Line"), lambda row, view: row.id), *(Column(COLUMNS[each], _shown(each)) for each in COLUMNS)),
    actions=((WriteCell, "line"),),
    empty=N_("The sheet is empty: write a line after a talk."),
    tool=TOOL,
)  # fmt: skip
actions: tuple[type[Action], ...] = (WriteLine, WriteCell)
tables: tuple[Table, ...] = (SHEET,)
