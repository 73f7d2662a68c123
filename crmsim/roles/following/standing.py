"""How far a customer is follows from what happened: lead, prospect, won, lost, won back (REG-8)."""

from __future__ import annotations

from crmsim.crm.company import Company
from crmsim.crm.record import OF_A_NEED, Record
from crmsim.engine.action import Turn
from crmsim.engine.words import DAY
from crmsim.roles.everyone.records import change
from crmsim.roles.following.papers import papers


def move_statuses(world: Company, turn: Turn) -> None:
    """Move every file's status to what the facts show; each move is kept like any other change of a file."""
    known, days = papers(world), world.scenario.following.lost_days
    signed, heard, long_ago = known.signed, known.heard, world.minute - days * DAY
    for record in world.all(Record):
        id, status = record.id, record.status
        if status != "won" and id in signed and signed[id] > _since(record):
            _move(world, turn, record, "won")
        elif (status == "lead" and id in known.serious) or (status == "lost" and heard.get(id, -1) > _since(record)):
            _move(world, turn, record, "prospect")
        elif status in {"lead", "prospect"} and days and record.customer:
            if max(record.recorded, heard.get(id, record.recorded)) < long_ago:
                _move(world, turn, record, "lost", "unknown")


def _since(record: Record) -> int:
    """When the status was last set."""
    return next((each[0] for each in reversed(record.history) if each[2] == "status"), -1)


def _forget(world: Company, turn: Turn, record: Record) -> None:
    """A need that was lost is over: who speaks again needs something new, unless it was written down since."""
    since = _since(record)
    fresh = {each[2] for each in record.history if each[0] > since}
    for field in OF_A_NEED:
        if getattr(record, field) and not fresh & set(OF_A_NEED):
            change(world, turn, record, field, type(getattr(record, field))())


def _move(world: Company, turn: Turn, record: Record, status: str, reason: str = "") -> None:
    if record.status == "lost":
        _forget(world, turn, record)
    record.lost = reason
    change(world, turn, record, "status", status)
