"""Following customers up: follow-up records, tasks, schedules, timelines, portraits (TSK, REG-3, REG-6 to REG-9)."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.roles.following import acts, clock
from crmsim.roles.following.acts import (
    AddTask,
    FinishTask,
    LabelCustomer,
    OfferRenewal,
    RecordFollowUp,
    RenewContract,
    SetKeyDates,
)  # fmt: skip
from crmsim.roles.following.clock import open_office
from crmsim.roles.following.desk import tables

actions: tuple[type[Action], ...] = (*acts.actions, *clock.actions)

__all__ = [
    "AddTask", "FinishTask", "LabelCustomer", "OfferRenewal", "RecordFollowUp", "RenewContract", "SetKeyDates",
    "actions", "open_office", "tables",
]  # fmt: skip
