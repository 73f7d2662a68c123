"""Whoever buys for much expects to hear from the company, whether a care plan says so or nobody keeps one (REG-9)."""

from __future__ import annotations

from crmsim.crm.classes import grade_of
from crmsim.crm.company import Company
from crmsim.crm.facts import CustomerNeglected
from crmsim.crm.record import Record
from crmsim.engine.words import DAY
from crmsim.roles.following.papers import papers

PARTNER = "partner"


def notice_neglect(world: Company) -> None:
    """Those of worth who heard nothing for as long as their class's plan allows, and its task has, feel it once a time.

    Their worth is what they bought, not what a file says: a company that keeps no classes is felt to forget as well.
    """
    part, known = world.scenario.classes, papers(world)
    expected = {PARTNER: part.partner_days, "A": part.a_days, "B": part.b_days}  # the others buy too little to expect
    grace = world.scenario.following.task_days + 1  # what a task leaves, and the rest of its last day
    least = min(part.a_from, part.b_from)
    for record in world.all(Record):
        if not record.partner and known.worth.get(record.id, 0) < least:
            continue
        kind = PARTNER if record.partner else grade_of(part, known.worth.get(record.id, 0))
        days = expected.get(kind, 0)
        if not days or not record.customer or record.status == "lost":
            continue
        had = max(known.last.get(record.id, -1), known.served.get(record.id, -1))
        heard = max(had, record.cared, record.assigned)
        if world.minute > world.calendar.working_days_after(heard + days * DAY, grace):
            record.cared = world.minute
            world.record(CustomerNeglected(record=record.id, customer=record.customer, worth=kind))
