"""Care for customers on file, their classes, recommendations and cross-selling (REG-9, LOY-1 to LOY-3)."""

from __future__ import annotations

from crmsim.roles.caring.acts import (
    CloseReferral,
    GiveCare,
    NamePartner,
    OfferCross,
    OpenReferral,
    PayReward,
    actions,
    may_cross,
)  # fmt: skip
from crmsim.roles.caring.desk import tables

__all__ = [
    "CloseReferral", "GiveCare", "NamePartner", "OfferCross", "OpenReferral", "PayReward", "actions",
    "may_cross", "tables",
]  # fmt: skip
