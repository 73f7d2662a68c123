"""The customer pool: who looks after whom (DIR-8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, Company, CompanyView, Staff, word
from crmsim.crm.facts import CustomerAssigned
from crmsim.crm.naming import name_of
from crmsim.crm.record import Record, may_own, number_of
from crmsim.crm.review import fit_of, load_of
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Option, Pick, Several
from crmsim.engine.words import N_, Words, _

MENU = N_("Customer management/Customer pool")
TEACH = N_("Region, knowledge of the product and a free desk make the better owner; waiting cools the customer.")


def owners(view: Any) -> list[Any]:
    """Who may own customers now."""
    return [each for each in view.all(Staff) if each.active and not each.leaves and may_own(each)]


def best_owner(record: Any, view: Any) -> str:
    """The owner who fits a record best; "" when there is none."""
    found = [(-fit_of(each, record, load_of(each.id, view)), each.id) for each in owners(view)]
    return min(found)[1] if found else ""


def _owners(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, _desk_of(each, view)) for each in owners(view))


def _desk_of(staff: Any, view: Any) -> Words:
    """An owner with what speaks for and against it: the region, and how many customers it has already."""
    region = name_of(view, staff.region) if staff.region else _("every region")
    return _("{name} · {region} · {load} of {most} customers", name=staff.name or staff.id, region=region,
             load=load_of(staff.id, view), most=staff.capacity)  # fmt: skip


def _unassigned(row: Any, view: Any, filled: Any) -> bool:
    return bool(not row.owner and row.status != "lost")


def _assigned(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, each.name or each.id) for each in view.all(Record) if each.owner)


def _pool(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, _in_pool(each, view)) for each in view.all(Record) if _unassigned(each, view, filled))


def _in_pool(record: Any, view: Any) -> Words:
    """A customer with what an owner should fit: where it is, and what it wants."""
    words: Words = record.title
    for each in (record.region, record.need):
        words = _("{title} · {more}", title=words, more=name_of(view, each)) if each else words
    return words


def too_many(view: Any, owner: str, more: int) -> Refusal | None:
    """The owner has no room for so many more."""
    staff = view.get(Staff, owner)
    load = load_of(owner, view)
    if staff is None or load + more <= staff.capacity:
        return None
    return _("{name} works on {load} of at most {most} customers.", name=staff.name or staff.id, load=load,
             most=staff.capacity)  # fmt: skip


def give(world: Company, turn: Turn, record: Record, owner: str) -> None:
    """A record gets its owner, who is told."""
    before, record.owner, record.assigned = record.owner, owner, turn.minute
    record.history = (*record.history, (turn.minute, turn.seat, "owner", before, owner))
    world.record(CustomerAssigned(record=record.id, customer=record.customer, owner=owner, before=before))


class AssignCustomer(Action, frozen=True):
    """Give a customer of the pool to a named salesperson, who then makes the first contact."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Assign a customer")
    menu = MENU
    teach = TEACH
    record: Annotated[str, Pick(N_("Customer"), entity=Record, where=_unassigned, nothing=_("The pool is empty."))]
    owner: Annotated[str, Choice(N_("Owner"), words=_owners, nothing=_("Nobody can own customers now."))]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The owner's desk is full."""
        return too_many(view, self.owner, 1)

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer is the owner's."""
        give(world, turn, world.get(Record, self.record), self.owner)

    def judge(self, world: Any, turn: Turn) -> tuple[Judgement, ...]:
        """How near this owner comes to the best one free."""
        return (judged(world, world.get(Record, self.record), self.owner),)


class ReassignCustomer(Action, frozen=True):
    """Give a customer to another salesperson."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Reassign a customer")
    menu = MENU
    record: Annotated[
        str, Choice(N_("Customer"), words=_assigned, walk=False, nothing=_("Nobody owns a customer yet."))
    ]
    owner: Annotated[str, Choice(N_("Owner"), words=_owners, walk=False)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The owner stays the same, or has no room."""
        record = view.get(Record, self.record)
        if record is None or record.owner == self.owner:
            return _("That is the owner already.")
        return too_many(view, self.owner, 1)

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer is the new owner's."""
        give(world, turn, world.get(Record, self.record), self.owner)


class AssignCustomers(Action, frozen=True):
    """Give several customers of the pool to one salesperson at once."""

    roles = (DIRECTOR,)
    minutes = 8
    label = N_("Assign several customers")
    menu = MENU
    teach = TEACH
    records: Annotated[tuple[str, ...], Several(N_("Which customers"), words=_pool)]
    owner: Annotated[str, Choice(N_("Owner"), words=_owners, walk=False)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """No customer was chosen, or the owner has no room for so many."""
        if not self.records:
            return _("Choose at least one customer.")
        return too_many(view, self.owner, len(self.records))

    def apply(self, world: Company, turn: Turn) -> None:
        """The customers are the owner's."""
        for each in self.records:
            give(world, turn, world.get(Record, each), self.owner)

    def judge(self, world: Any, turn: Turn) -> tuple[Judgement, ...]:
        """How near this owner comes to the best one free, customer by customer."""
        return tuple(judged(world, world.get(Record, each), self.owner) for each in self.records)


def judged(world: Any, record: Any, owner: str) -> Judgement:
    """The chosen owner's fit against the best fit there was."""
    fits = {each.id: fit_of(each, record, load_of(each.id, world)) for each in owners(world)}
    best, got = max(fits.values(), default=0), fits.get(owner, 0)
    points = 1000 if best <= 0 else 1000 * got // best
    who = world.get(Staff, owner).name or owner
    why = _("{owner} fits {record} by {got} of {best}.", owner=who, record=record.title, got=got, best=best)
    return Judgement("director.assignments", points, why, _evidence(world, record.id))


def _evidence(world: Any, record: str) -> tuple[int, ...]:
    """The fact that put the customer on file."""
    return tuple(each.number for each in world.history.about("record", record)[:1])


def _waits(record: Any, view: Any) -> Waiting | None:
    if not _unassigned(record, view, {}):
        return None
    since = _pooled(record)
    why = _("Nobody looks after this customer yet.")
    filled = {"record": record.id, "owner": best_owner(record, view)}
    return Waiting(record.title, since, since + view.scenario.office.pool_minutes, why, AssignCustomer, filled, 2)


def _pooled(record: Any) -> int:
    """Since when it waits for an owner: from its first line, or from when it was won back or its owner left."""
    back = [minute for minute, _by, field, old, new in record.history
            if (field == "owner" and not new) or (field == "status" and old == "lost")]  # fmt: skip
    return int(max(back, default=record.recorded))


def owner_name(row: Any, view: Any) -> Words:
    """The owner by name."""
    staff = view.get(Staff, row.owner) if row.owner else None
    name: Words = row.owner if staff is None else staff.name or staff.id
    return name


POOL = Table(
    "director-pool", N_("Customer pool"), MENU, (DIRECTOR,),
    rows=lambda view: sorted(view.all(Record), key=lambda each: (not _unassigned(each, view, {}), -each.recorded)),
    columns=(
        Column(N_("Number"), number_of),
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Type"), lambda row, view: word(view.scenario, "types", row.type)),
        Column(N_("Region"), lambda row, view: row.region, "name"),
        Column(N_("Need"), lambda row, view: row.need, "name"),
        Column(N_("Budget"), lambda row, view: row.budget or None, "money"),
        Column(N_("Source"), lambda row, view: row.source, "name"),
        Column(N_("Recorded"), lambda row, view: row.recorded, "time"),
        Column(N_("Owner"), owner_name),
        Column(N_("Status"), lambda row, view: word(view.scenario, "statuses", row.status)),
    ),
    actions=((AssignCustomer, "record"), (ReassignCustomer, "record"), (AssignCustomers, "records")),
    waits=_waits,
    empty=N_("No customer is on file yet."),
)  # fmt: skip
LOADS = Table(
    "director-loads", N_("Load of each salesperson"), MENU, (DIRECTOR,),
    rows=owners,
    columns=(
        Column(N_("Name"), lambda row, view: row.name or row.id),
        Column(N_("Region"), lambda row, view: row.region, "name"),
        Column(N_("Works on"), lambda row, view: load_of(row.id, view)),
        Column(N_("Customers at once"), lambda row, view: row.capacity),
    ),
)  # fmt: skip

actions: tuple[type[Action], ...] = (AssignCustomer, ReassignCustomer, AssignCustomers)
tables: tuple[Table, ...] = (POOL, LOADS)
