"""Customers from a table into the files: one action with its rows, refused like any other (IMP-1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, ClassVar

from crmsim.crm.company import DIRECTOR, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, Company, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerRecorded, CustomersImported
from crmsim.crm.naming import joined
from crmsim.crm.record import Record, hold
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.fields import Field, Filled, Kind, Option, Several
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Message, _, render
from crmsim.roles.everyone.records import TOOL, editable

MOST = 1_000_000  # rows of one import
SHOWN = 12  # words of a list that a reason names
Value = str | int
Values = dict[str, Value]
NEEDED = ("name",)  # and a phone or an e-mail; the rest may be completed later


@dataclass(frozen=True)
class Rows(Kind):
    """The rows of a table, each with a value a column."""

    table: ClassVar[bool] = True
    python: ClassVar[type] = tuple

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """No rows, too many, or a row of another width."""
        if type(value) is not tuple or not value:
            return _("at least one row is needed")
        if len(value) > MOST:
            return _("at most {most} rows", most=MOST)
        width = len(filled.get("columns", ()))
        if any(type(row) is not tuple or len(row) != width for row in value):
            return _("every row needs {n} values", n=width)
        return None

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """Rows divided by semicolons, values by bars, each read as its column's field."""
        known = editable(view)
        kinds = [known[name].kind for name in filled.get("columns", ()) if name in known]
        if not kinds:
            raise ValueError(text)
        words = [words_of(kind, view) for kind in kinds]
        rows = [[cell.strip() for cell in row.split("|")] for row in re.split("[;；]", text) if row.strip()]
        return tuple(
            tuple(
                kind.parse(view, {}, named.get(plain(cell), cell))
                for kind, named, cell in zip(kinds, words, row, strict=False)
            )
            for row in rows
        )


def words_of(kind: Kind, view: Any) -> dict[str, str]:
    """The words of a list by their id and by their names in both languages, however these are written."""
    known: dict[str, str] = {}
    if kind.closed or hasattr(kind, "words"):
        for option in kind.options(view, {}):
            for title in (option.value, render(option.label, "en"), render(option.label, "zh")):
                known.setdefault(plain(str(title)), option.value)
    return known


class Checks:
    """What is wrong with rows, as the form of a single customer would say it; remembers the answer for each word."""

    def __init__(self, view: CompanyView) -> None:
        self.view = view
        self.fields: dict[str, Field] = editable(view)
        self._known: dict[tuple[str, Value], Message | None] = {}

    def problem(self, field: str, value: Value) -> Message | None:
        """What is wrong with one value; an empty one is a question of what is needed."""
        kind = self.fields[field].kind
        if value == self.fields[field].default or value == "":
            return None
        if kind.closed or hasattr(kind, "words"):
            if (field, value) not in self._known:
                self._known[field, value] = self._unknown(kind, value)
            return self._known[field, value]
        return kind.refuse(self.view, {}, value)

    def _unknown(self, kind: Kind, value: Value) -> Message | None:
        """Why a word will not do: whoever mends a table knows the words of a list by their names."""
        problem = kind.refuse(self.view, {}, value)
        if problem is None or "known" not in problem.slots:
            return problem
        names = joined(each.label for each in islice(kind.options(self.view, {}), SHOWN))
        return _("{value} is not one of: {known}", value=safe_text(str(value), 60), known=names)

    def problems(self, row: Values) -> list[tuple[str, Message]]:
        """Every mistake of a row: the field and what is wrong."""
        found = [(name, problem) for name, value in row.items() if (problem := self.problem(name, value)) is not None]
        for name in NEEDED:
            if not row.get(name):
                found.append((name, _("must be given")))
        if not row.get("phone") and not row.get("email"):
            found.append(("phone", _("a phone number or an e-mail address is needed")))
        return found


def keys(row: Values | Any) -> tuple[str, ...]:
    """By what two rows are known as one customer: name, phone and e-mail, however they are written."""
    read = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    name, phone, email = (str(read(each) or "") for each in ("name", "phone", "email"))
    marks = (f"n:{plain(name)}", f"p:{phone}", f"e:{email.casefold()}")
    return tuple(mark for mark in marks if len(mark) > 2)


def plain(name: str) -> str:
    """A name without width, case, spaces and punctuation."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in text if unicodedata.category(each)[0] in "LN")


def on_file(view: CompanyView, rows: Iterable[Values]) -> set[str]:
    """Those keys of the rows that stand in a file already, whoever's: a yes or no that anyone may ask."""
    asked = {key for row in rows for key in keys(row)}
    found: set[str] = set()

    def look(record: Any) -> bool:
        found.update(key for key in keys(record) if key in asked)
        return False

    view.known(Record, look)
    return found


def _columns(view: Any, filled: Filled) -> list[Option]:
    return [Option(name, _("{field:label}", field=field.kind.label)) for name, field in editable(view).items()]


class ImportCustomers(Action, frozen=True):
    """Take a table of customers into the files. Each row becomes a file in the pool; a double is refused."""

    roles = (DIRECTOR, PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
    minutes = 30
    tool = TOOL
    label = N_("Import customers")
    menu = N_("Customer management/Import")
    teach = N_("Good rows go in; what is wrong comes back with its reason and can be mended.")
    columns: Annotated[tuple[str, ...], Several(N_("Columns"), words=_columns)]
    rows: Annotated[
        tuple[tuple[str | int, ...], ...],
        Rows(N_("Data rows"), N_("Rows divided by ; and their values by |, in the order of the columns.")),
    ]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A row has a mistake, or is on file already, or stands in the table twice."""
        checks, rows = Checks(view), self.values()
        taken = on_file(view, rows)
        for number, row in enumerate(rows, 1):
            wrong = checks.problems(row)
            if wrong:
                field, problem = wrong[0]
                label = checks.fields[field].kind.label
                return _("Row {row}: {field:label}: {problem}", row=number, field=label, problem=problem)
            mine = keys(row)
            if not taken.isdisjoint(mine):
                return _("Row {row}: this customer is on file or in the table already.", row=number)
            taken.update(mine)
        return None

    def values(self) -> list[Values]:
        """The rows by their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def apply(self, world: Company, turn: Turn) -> None:
        """The files stand in the pool; who stands behind one is known by name and phone."""
        people = {each.phone: each for each in world.all(Customer) if each.phone}
        sources = {each.id for each in world.scenario.dictionaries.get("sources", ())}
        source = "import" if "import" in sources else ""
        made: list[Record] = []
        for row in self.values():
            person = people.get(str(row.get("phone", "")))
            behind = person is not None and row["name"] in (person.name, person.contact)
            record = Record(world.new_id(Record), source=source)
            for name, value in row.items():
                if value != "":
                    hold(record, name, value)
            record.customer = person.id if person is not None and behind else ""
            record.first_contact = record.recorded = turn.minute
            record.recorded_by = turn.seat
            made.append(world.add(record))
        first, last = made[0].id, made[-1].id
        world.record(CustomersImported(seat=turn.seat, first=first, last=last, customers=len(made)))
        for record in made:
            if record.customer:
                _join(world, record, turn.seat)


def _join(world: Company, record: Record, seat: str) -> None:
    """The file belongs to somebody of the market: so do the talks with it that are not on file."""
    for each in world.all(Talk):
        if each.customer == record.customer and not each.record:
            each.record = record.id
    world.record(CustomerRecorded(record=record.id, customer=record.customer, seat=seat))


actions: tuple[type[Action], ...] = (ImportCustomers,)
tables: tuple[Any, ...] = ()
