"""Customers' files in full: every field a column, those that the scenario adds too; as they are imported again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crmsim.crm.company import word
from crmsim.crm.record import OWN, Record, held, number_of
from crmsim.engine.action import Action
from crmsim.engine.amounts import Date, Money
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Field
from crmsim.engine.words import N_, Words
from crmsim.roles.everyone.pages import seen
from crmsim.roles.everyone.records import EDITABLE, KEEPERS, TOOL, SetStatus, UpdateRecord, editable

FORMS = ((Money, "money"), (Date, "day"))


def _names(view: Any) -> dict[tuple[str, str], Words]:
    """What the words of each closed field are called."""
    return {
        (name, option.value): option.label
        for name, field in editable(view).items()
        if field.kind.closed or hasattr(field.kind, "words")
        for option in field.kind.options(view, {})
    }


def _value(name: str) -> Callable[[Any, Any], Words | int | None]:
    """What a file says in a field: a word by its name, a number as its column shows it, nothing where nothing is."""

    def read(row: Any, view: Any) -> Words | int | None:
        if ("more" if name.startswith(OWN) else name) in row.hidden:
            return ""
        value = held(row, name)
        if isinstance(value, int):
            return value or None
        found: Words = view.once(_names).get((name, value), value)
        return found

    return read


def _column(name: str, field: Field) -> Column:
    return Column(
        field.kind.label, _value(name), next((form for kind, form in FORMS if isinstance(field.kind, kind)), "")
    )


def own_columns(view: Any) -> tuple[Column, ...]:
    """A column for each field that the scenario adds."""
    return tuple(_column(name, field) for name, field in editable(view).items() if name.startswith(OWN))


def _day(name: str) -> Callable[[Any, Any], int | None]:
    return lambda row, view: None if name in row.hidden or getattr(row, name) < 0 else getattr(row, name)


FILES = Table(
    "files", N_("Customers' files in full"), N_("Customer management/Files in full"), KEEPERS,
    rows=lambda view: view.all(Record),
    columns=(
        Column(N_("Number"), number_of),
        *(_column(name, field) for name, field in EDITABLE.items()),
        Column(N_("First contact"), _day("first_contact"), "time"),
        Column(N_("Owner"), lambda row, view: row.owner, "name"),
        Column(N_("Status"), lambda row, view: word(view.scenario, "statuses", seen("status")(row, view))),
        Column(N_("Contract runs out"), _day("expiry"), "day"),
    ),
    actions=((UpdateRecord, "record"), (SetStatus, "record")),
    tool=TOOL,
    empty=N_("No customer is on file yet: record one after a talk."),
    more=own_columns,
)  # fmt: skip

actions: tuple[type[Action], ...] = ()
tables: tuple[Table, ...] = (FILES,)
