"""How far a customer is follows from what happened: lead, prospect, won, lost, won back (REG-8)."""

from __future__ import annotations

from crmsim.crm.company import Company
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.portrait import file_of, files
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import Turn
from crmsim.engine.words import DAY
from crmsim.roles.everyone.records import change

SERIOUS = ("quantity", "budget", "deadline")  # whoever tells one of these means it


def move_statuses(world: Company, turn: Turn) -> None:
    """Move every file's status to what the facts show; each move is kept like any other change of a file."""
    signed, serious, heard = _signs(world)
    for record in world.all(Record):
        status, since = record.status, _since(record)
        if status != "won" and signed.get(record.id, -1) > since:
            _move(world, turn, record, "won")
        elif _warmer(record, serious.get(record.id, -1), heard.get(record.id, -1) > since):
            _move(world, turn, record, "prospect")
        elif status in {"lead", "prospect"} and _given_up(world, record, heard.get(record.id, record.recorded)):
            _move(world, turn, record, "lost", "unknown")


def _warmer(record: Record, serious: int, heard: bool) -> bool:
    """A lead that means it, or a lost customer that speaks again."""
    return (record.status == "lead" and serious >= 0) or (record.status == "lost" and heard)


def _signs(world: Company) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """For each file: when an order was last signed, when the customer last said something serious, and last spoke."""
    known = files(world)
    signed = {each.record: each.answered for each in world.all(Order) if each.status in SIGNED}
    serious: dict[str, int] = {}
    heard: dict[str, int] = {}
    for talk in world.all(Talk):
        record = file_of(talk, known)
        if not record or talk.answered < 0:
            continue
        end = talk.says[-1].minute if talk.says else talk.answered
        heard[record] = max(end, heard.get(record, -1))
        told = [each.minute for each in talk.revealed if each.topic in SERIOUS]
        if told or talk.agreement is not None:
            serious[record] = max(told, default=end)
    return signed, serious, heard


def _since(record: Record) -> int:
    """When the status was last set."""
    return next((each[0] for each in reversed(record.history) if each[2] == "status"), -1)


def _given_up(world: Company, record: Record, heard: int) -> bool:
    days = world.scenario.following.lost_days
    return bool(days and record.customer and world.minute - max(heard, record.recorded) > days * DAY)


def _move(world: Company, turn: Turn, record: Record, status: str, reason: str = "") -> None:
    record.lost = reason
    change(world, turn, record, "status", status)
