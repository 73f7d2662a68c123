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
    known = papers(world)
    for record in world.all(Record):
        id, status = record.id, record.status
        if status != "won" and id in known.signed and known.signed[id] > _since(record):
            _move(world, turn, record, "won")
        elif _warmer(record, id in known.serious, status == "lost" and known.heard.get(id, -1) > _since(record)):
            _move(world, turn, record, "prospect")
        elif status in {"lead", "prospect"} and _given_up(world, record, known.heard.get(id, record.recorded)):
            _move(world, turn, record, "lost", "unknown")


def _warmer(record: Record, serious: bool, heard: bool) -> bool:
    """A lead that means it, or a lost customer that speaks again."""
    return (record.status == "lead" and serious) or (record.status == "lost" and heard)


def _since(record: Record) -> int:
    """When the status was last set."""
    return next((each[0] for each in reversed(record.history) if each[2] == "status"), -1)


def _given_up(world: Company, record: Record, heard: int) -> bool:
    days = world.scenario.following.lost_days
    return bool(days and record.customer and world.minute - max(heard, record.recorded) > days * DAY)


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
