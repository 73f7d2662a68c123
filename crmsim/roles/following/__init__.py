"""Following customers up: follow-up records, tasks, schedules, timelines, portraits (TSK, REG-3, REG-6 to REG-9)."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.roles.following import acts, changing, clock, desk
from crmsim.roles.following.acts import (
    AddTask,
    FinishTask,
    LabelCustomer,
    OfferRenewal,
    RecordFollowUp,
    RenewContract,
    SetKeyDates,
)  # fmt: skip
from crmsim.roles.following.changing import ChangeTask, ReviewTaskChange
from crmsim.roles.following.clock import open_office

actions: tuple[type[Action], ...] = (*acts.actions, *changing.actions, *clock.actions)
tables = (*desk.tables, *changing.tables)

__all__ = [
    "AddTask", "ChangeTask", "FinishTask", "LabelCustomer", "OfferRenewal", "RecordFollowUp", "RenewContract",
    "ReviewTaskChange", "SetKeyDates", "actions", "open_office", "tables",
]  # fmt: skip
