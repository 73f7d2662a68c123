"""Opportunities and contracts: opened, moved on, followed up, saved, won or lost (OPP-1 to OPP-5)."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.pipeline.contracts import CONTRACTS, DraftContract
from crmsim.roles.pipeline.deals import FollowAdvice, FollowUp, LoseOpportunity, WinOpportunity
from crmsim.roles.pipeline.desk import ADVICE_EFFECTS, CANDIDATES, FUNNEL, OPPORTUNITIES
from crmsim.roles.pipeline.opening import MoveStage, OpenOpportunity, ReviseOpportunity

actions: tuple[type[Action], ...] = (
    OpenOpportunity, MoveStage, ReviseOpportunity, FollowUp, FollowAdvice, WinOpportunity, LoseOpportunity,
    DraftContract,
)  # fmt: skip
tables: tuple[Table, ...] = (OPPORTUNITIES, CANDIDATES, FUNNEL, ADVICE_EFFECTS, CONTRACTS)

__all__ = [
    "DraftContract", "FollowAdvice", "FollowUp", "LoseOpportunity", "MoveStage", "OpenOpportunity",
    "ReviseOpportunity", "WinOpportunity", "actions", "tables",
]  # fmt: skip
