"""Whoever buys for much expects to hear from the company, whether a care plan says so or nobody keeps one (REG-9)."""

from __future__ import annotations

from crmsim.crm.classes import bought, grade_of
from crmsim.crm.company import Company
from crmsim.crm.facts import CustomerNeglected
from crmsim.crm.order import Order
from crmsim.crm.record import Record
from crmsim.engine.words import DAY

PARTNER = "partner"


def notice_neglect(world: Company, last: dict[str, int]) -> None:
    """Those of worth who heard nothing for as long as their class's plan allows, and its task has, feel it once a time.

    Their worth is what they bought, not what a file says: a company that keeps no classes is felt to forget as well.
    """
    part, worth, served = world.scenario.classes, bought(world), _served(world)
    expected = {PARTNER: part.partner_days, "A": part.a_days, "B": part.b_days}  # the others buy too little to expect
    grace = world.scenario.following.task_days + 1  # what a task leaves, and the rest of its last day
    for record in world.all(Record):
        kind = PARTNER if record.partner else grade_of(part, worth.get(record.id, 0))
        days = expected.get(kind, 0)
        if not days or not record.customer or record.status == "lost":
            continue
        heard = max(last.get(record.id, -1), record.cared, record.assigned, served.get(record.id, -1))
        if world.minute > world.calendar.working_days_after(heard + days * DAY, grace):
            record.cared = world.minute
            world.record(CustomerNeglected(record=record.id, customer=record.customer, worth=kind))


def _served(world: Company) -> dict[str, int]:
    """When each file's customer last had to do with an order of its own."""
    found: dict[str, int] = {}
    for each in world.all(Order):
        found[each.record] = max(found.get(each.record, -1), each.submitted, each.answered, each.received)
    return found
