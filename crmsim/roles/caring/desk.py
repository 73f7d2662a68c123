"""What the desks show of classes, care, cross-selling and recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.care import KINDS, Care, Programme, fits_next
from crmsim.crm.classes import bought, plan_days
from crmsim.crm.company import DIRECTOR, SALES, SERVICE
from crmsim.crm.naming import joined, name_of
from crmsim.crm.portrait import contacts
from crmsim.crm.record import Record
from crmsim.crm.task import STEPS, Step
from crmsim.engine.desk import Column, Table
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.caring.acts import (
    CARERS,
    CLASS_MENU,
    MENU,
    CloseReferral,
    GiveCare,
    NamePartner,
    OfferCross,
    may_cross,
)  # fmt: skip

SHOWN = (*KINDS, ("cross", N_("what fits")))


def greeting(task: Any, view: Any) -> Step | None:
    """A greeting to the customer of a task, where this desk may send one."""
    if not view.has(GiveCare.tool) or not set(GiveCare.roles) & set(view.seat.roles):
        return None
    return GiveCare, {"kind": "greeting", "records": (task.record,)}


STEPS.update({"birthday": greeting, "care_plan": greeting})


@dataclass(frozen=True)
class Graded:
    """A customer in its class."""

    record: Any
    amount: int
    last: int

    @property
    def id(self) -> str:
        """Its record's."""
        id: str = self.record.id
        return id


def _graded(view: Any) -> list[Graded]:
    worth, last = view.once(bought), view.once(contacts)
    found = [
        Graded(each, worth.get(each.id, 0), last.get(each.id, -1))
        for each in view.all(Record)
        if each.grade and "grade" not in each.hidden
    ]
    return sorted(found, key=lambda each: (not each.record.partner, each.record.grade, -each.amount))


def _next_care(row: Graded, view: Any) -> int | None:
    days = plan_days(view.scenario.classes, row.record)
    return max(row.last, row.record.cared) + days * DAY if days else None


def _grade(row: Graded, view: Any) -> Words:
    return _("{grade}, strategic partner", grade=row.record.grade) if row.record.partner else row.record.grade


CLASSES = Table(
    "classes", N_("Customers by class"), CLASS_MENU, (DIRECTOR, SALES, SERVICE),
    rows=_graded,
    columns=(
        Column(N_("Customer"), lambda row, view: row.record.title),
        Column(N_("Class"), _grade),
        Column(N_("Bought"), lambda row, view: row.amount, "money"),
        Column(N_("Owner"), lambda row, view: row.record.owner, "name"),
        Column(N_("Care every so many days"), lambda row, view: plan_days(view.scenario.classes, row.record)),
        Column(N_("Last contact"), lambda row, view: row.last if row.last >= 0 else None, "time"),
        Column(N_("Next care due"), _next_care, "day"),
    ),
    actions=((NamePartner, "record"),),
    empty=N_("Nobody has bought anything yet."),
    tool="classes",
)  # fmt: skip
CARES = Table(
    "cares", N_("Care given"), MENU, (DIRECTOR, *CARERS),
    rows=lambda view: sorted(view.all(Care), key=lambda each: -each.minute),
    columns=(
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("Customer"), lambda row, view: row.record, "name"),
        Column(N_("Kind"), lambda row, view: _(dict(SHOWN)[row.kind])),
        Column(N_("Product"), lambda row, view: row.product, "name"),
        Column(N_("By"), lambda row, view: row.seat, "name"),
        Column(N_("Cost"), lambda row, view: row.cost, "money"),
    ),
    empty=N_("Nothing was sent to any customer yet."),
    tool="care",
)  # fmt: skip


def _crossing(view: Any) -> Iterator[Any]:
    return (each for each in view.all(Record) if may_cross(each, view, {}))


CROSS = Table(
    "cross-selling", N_("What fits next"), N_("Sales management/Cross-selling"), (SALES,),
    rows=_crossing,
    columns=(
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Class"), lambda row, view: row.grade),
        Column(N_("Fits what it bought"), lambda row, view: joined(name_of(view, id) for id in fits_next(view, row))),
    ),
    actions=((OfferCross, "record"),),
    empty=N_("Nothing fits what your customers bought."),
    tool="care",
)  # fmt: skip
REFERRALS = Table(
    "referrals", N_("Referral programmes"), MENU, (DIRECTOR, *CARERS),
    rows=lambda view: view.all(Programme),
    columns=(
        Column(N_("Programme"), lambda row, view: row.id),
        Column(N_("Reward"), lambda row, view: row.reward, "money"),
        Column(N_("Since"), lambda row, view: row.opened, "time"),
        Column(N_("Until"), lambda row, view: row.closed if row.closed >= 0 else None, "time"),
        Column(N_("Rewards paid"), lambda row, view: len(row.paid)),
    ),
    actions=((CloseReferral, "programme"),),
    empty=N_("No referral programme was opened yet."),
    tool="care",
)  # fmt: skip

tables: tuple[Table, ...] = (CLASSES, CARES, CROSS, REFERRALS)
