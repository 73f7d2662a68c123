"""What a coached bot minds better for some days (DIR-12)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crmsim.bots.habits import Habits
from crmsim.crm.company import CompanyView
from crmsim.crm.target import minded

IMPROVED: dict[str, dict[str, Any]] = {
    "promptness": {"by_urgency": True, "greets": True, "rest": 0},
    "needs": {"needs_first": True, "uses_record": True},
    "records": {"records": True},
    "discounts": {"holds_price": True, "matches": True},
    "follow_up": {"follows_up": True},
    "diagnosis": {"diagnoses": True, "proportionate": True},
}


def minding(habits: Habits, view: CompanyView) -> Habits:
    """The habits of a hand, with those improved that its seat was coached on lately."""
    changed: dict[str, Any] = {}
    for each in minded(view.seat, view.minute) if getattr(view.seat, "coached", ()) else ():
        changed |= IMPROVED.get(each, {})
    return replace(habits, **changed) if changed else habits
