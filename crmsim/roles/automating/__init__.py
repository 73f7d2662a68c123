"""Automation: the director sets rules, the company's clock follows them (AUT-1)."""

from __future__ import annotations

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.roles.automating.desk import LOG, NOTICES, RULES
from crmsim.roles.automating.following import FollowRule, TickNotice, watch
from crmsim.roles.automating.setting import AddRule, ChangeRule, SwitchRule

actions: tuple[type[Action], ...] = (AddRule, ChangeRule, SwitchRule, FollowRule, TickNotice)
tables: tuple[Table, ...] = (RULES, LOG, NOTICES)

__all__ = ["AddRule", "ChangeRule", "FollowRule", "SwitchRule", "TickNotice", "actions", "tables", "watch"]
