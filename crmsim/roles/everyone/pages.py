"""What everybody in the company can look up: the company, colleagues, products, website, and their customers' files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from crmsim.crm.checks import unproven
from crmsim.crm.company import CLOCK, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, Settings, Staff, WebPage, word
from crmsim.crm.naming import name_of
from crmsim.crm.portrait import missing
from crmsim.crm.product import Product
from crmsim.crm.record import Record, field_label, number_of
from crmsim.crm.talk import Talk
from crmsim.crm.timeline import value_of
from crmsim.engine.action import fields_of
from crmsim.engine.desk import Column, Idea, Table, Waiting
from crmsim.engine.words import N_, Message, Words, _
from crmsim.roles.everyone.entries import PROVED
from crmsim.roles.everyone.records import (
    EDITABLE,
    KEEPERS,
    MENU,
    TOOL,
    WRITERS,
    RecordCustomer,
    SetStatus,
    UpdateRecord,
    unwritten,
)  # fmt: skip

LOOKERS = (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)


def roles_of(row: Any, view: Any) -> Words:
    """A colleague's roles as words."""
    first, *more = row.roles or ("",)
    words = _("{role:role}", role=first)
    for each in more:
        words = _("{some}, {role:role}", some=words, role=each)
    return words


def named(section: str, id: str, view: Any) -> Words:
    """The name of an entry of a section of the scenario, or its id."""
    found: Words = next((each.name for each in getattr(view.scenario, section) if each.id == id), id)
    return found


def product_name(id: str, view: Any) -> Words:
    """A product by its name."""
    product = view.get(Product, id) if id else None
    name: Words = id if product is None else product.name
    return name


def seen(name: str) -> Any:
    """A column's value, blank where this seat may not see it."""
    return lambda row, view: "" if name in row.hidden else getattr(row, name)


def regions(row: Any, view: Any) -> Words:
    """The regions served, by name."""
    words: Words = ""
    for each in row.regions:
        name = named("regions", each, view)
        words = _("{some}, {more}", some=words, more=name) if words else name
    return words


COMPANY_PAGE = Table(
    "company", N_("Company information"), N_("View company/Company information"), LOOKERS,
    rows=lambda view: view.all(Settings),
    columns=(
        Column(N_("Company name"), lambda row, view: row.name),
        Column(N_("Company profile"), lambda row, view: row.profile),
        Column(N_("Regions served"), regions),
        Column(N_("Discount limit"), lambda row, view: row.discount_limit, "percent"),
        Column(N_("Credit limit"), lambda row, view: row.credit_limit, "money"),
        Column(N_("Days to return goods"), lambda row, view: row.return_days),
    ),
)  # fmt: skip
COLLEAGUES = Table(
    "colleagues", N_("Colleagues"), N_("View company/Colleagues"), LOOKERS,
    rows=lambda view: (each for each in view.all(Staff) if each.active),
    columns=(
        Column(N_("Name"), lambda row, view: row.name or row.id),
        Column(N_("Roles"), roles_of),
        Column(N_("Region"), lambda row, view: named("regions", row.region, view)),
    ),
)  # fmt: skip
PRODUCT_PAGE = Table(
    "products", N_("Products"), N_("View company/Products"), LOOKERS,
    rows=lambda view: (each for each in view.all(Product) if not each.withdrawn),
    columns=(
        Column(N_("Product"), lambda row, view: row.name),
        Column(N_("Price"), lambda row, view: row.price, "money"),
        Column(N_("In stock"), lambda row, view: row.stock),
        Column(N_("On order"), lambda row, view: row.on_order),
        Column(N_("Lead time in days"), lambda row, view: row.lead_days),
    ),
)  # fmt: skip
WEBSITE = Table(
    "website", N_("Website"), N_("View company/Website"), LOOKERS,
    rows=lambda view: (each for each in view.all(WebPage) if each.shown),
    columns=(
        Column(N_("Title"), lambda row, view: row.title),
        Column(N_("Text"), lambda row, view: row.text),
        Column(N_("Since"), lambda row, view: row.since, "time"),
    ),
    empty=N_("The website is empty."),
)  # fmt: skip


def _own_files(view: Any) -> Iterator[Any]:
    me = view.seat.id
    return (row for row in view.all(Record) if me in (row.owner, row.recorded_by) and "phone" not in row.hidden)


def _gap(view: Any) -> Idea | None:
    """The file with most gaps in it, and the first of them that can be filled in."""
    files = [(row, [each for each in missing(row) if each in EDITABLE]) for row in _own_files(view)]
    row, gaps = max(files, key=lambda each: len(each[1]), default=(None, []))
    if row is None or not gaps:
        return None
    why = _("{name}: the file lacks “{field:label}”.", name=row.title, field=EDITABLE[gaps[0]].kind.label)
    return Idea(why, UpdateRecord, {"record": row.id, "field": gaps[0]})


def _without_evidence(view: Any) -> Message | None:
    """How many files of this seat's own say more than their lines prove."""
    count = 0
    for row in view.all(Record):
        if row.talk and row.recorded_by == view.seat.id and "proofs" not in row.hidden:
            talk = view.get(Talk, row.talk)
            count += talk is not None and bool(unproven(row, talk, PROVED))
    return _("files without evidence {count}", count=count) if count else None


CUSTOMERS = Table(
    "customers", N_("Customers"), MENU, KEEPERS,
    rows=lambda view: view.all(Record),
    columns=(
        Column(N_("Number"), number_of),
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Status"), lambda row, view: word(view.scenario, "statuses", seen("status")(row, view))),
        Column(N_("Owner"), lambda row, view: row.owner, "name"),
        Column(N_("Key need"), lambda row, view: product_name(seen("need")(row, view), view)),
        Column(N_("Contact person"), seen("contact")),
        Column(N_("Phone"), seen("phone")),
        Column(N_("E-mail"), seen("email")),
        Column(N_("Region"), lambda row, view: named("regions", seen("region")(row, view), view)),
        Column(N_("Source"), lambda row, view: word(view.scenario, "sources", row.source)),
        Column(N_("Budget"), lambda row, view: seen("budget")(row, view) or None, "money"),
        Column(N_("Decision date"), lambda row, view: seen("deadline")(row, view) or None, "day"),
    ),
    actions=((UpdateRecord, "record"), (SetStatus, "record")),
    tool=TOOL,
    empty=N_("No customer is on file yet: record one after a talk."),
    idle=_gap,
    gauge=_without_evidence,
)  # fmt: skip


class Change(NamedTuple):
    """One change of a file."""

    record: str
    minute: int
    by: str
    field: str
    old: str
    new: str


def changes(view: Any) -> Iterator[Change]:
    """Every change of the files that this seat may see, the latest first."""
    found = [Change(row.id, *each) for row in view.all(Record) if "history" not in row.hidden for each in row.history]
    yield from sorted(found, key=lambda each: each.minute)[::-1]


def field_name(row: Any, view: Any) -> Words:
    """A field of a file by its label."""
    return field_label(view.scenario, row.field)


HISTORY = Table(
    "changes", N_("Changes of customers' files"), N_("Customer management/Changes"), KEEPERS,
    rows=changes,
    columns=(
        Column(N_("Customer"), lambda row, view: row.record, "name"),
        Column(N_("Field"), field_name),
        Column(N_("Old value"), lambda row, view: value_of(view, row.field, row.old)),
        Column(N_("New value"), lambda row, view: value_of(view, row.field, row.new)),
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("By"), lambda row, view: _("{word:label}", word=CLOCK) if row.by == CLOCK else name_of(view, row.by)),
    ),
    tool=TOOL,
    empty=N_("No file was changed yet."),
)  # fmt: skip


def filled_from(talk: Any, view: Any) -> dict[str, Any]:
    """The form of a new file, with what the talk showed and revealed."""
    filled: dict[str, Any] = {"talk": talk.id}
    for name, field in fields_of(RecordCustomer).items():
        if name not in filled and field.kind.prefill:
            filled[name] = field.kind.suggest(view, filled)
    return filled


def _unwritten_waits(talk: Any, view: Any) -> Waiting | None:
    if talk.status == "open" or not any(talk.told(topic) for topic in ("phone", "email")):
        return None
    due = talk.started + view.scenario.office.record_minutes
    why = _("The talk is over and the customer is not on file.")
    return Waiting(talk.title, talk.started, due, why, RecordCustomer, filled_from(talk, view))


UNWRITTEN = Table(
    "unwritten", N_("Talks not on file"), N_("Find customers/Add customer"), WRITERS,
    rows=lambda view: (each for each in view.all(Talk) if unwritten(each, view)),
    columns=(
        Column(N_("With"), lambda row, view: row.title),
        Column(N_("Since"), lambda row, view: row.started, "time"),
        Column(N_("Channel"), lambda row, view: named("channels", row.channel, view)),
        Column(N_("Things told"), lambda row, view: len({each.topic: None for each in row.revealed})),
    ),
    actions=((RecordCustomer, "talk"),),
    waits=_unwritten_waits,
    tool=TOOL,
    pressing=lambda view: (each for each in view.all(Talk) if not each.record and unwritten(each, view)),
    empty=N_("Every talk you held is on file."),
)  # fmt: skip

tables: tuple[Table, ...] = (COMPANY_PAGE, COLLEAGUES, PRODUCT_PAGE, WEBSITE, CUSTOMERS, HISTORY, UNWRITTEN)
