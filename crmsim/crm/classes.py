"""Classes of customers by what they bought, and what each class's care plan asks (REG-9). Pure."""

from __future__ import annotations

from typing import Any

from crmsim.crm.order import SIGNED, Order
from crmsim.scenarios.following import ClassesPart


def bought(source: Any) -> dict[str, int]:
    """What each record's signed orders are worth, returned goods taken off, fen; of a world or of a view."""
    found: dict[str, int] = {}
    for order in source.all(Order):
        if order.status in SIGNED:
            found[order.record] = found.get(order.record, 0) + kept_worth(order)
    return found


def kept_worth(order: Any) -> int:
    """What an order is worth, returned goods taken off, fen."""
    return int(order.total - order.worth(order.returned))


def grade_of(part: ClassesPart, amount: int) -> str:
    """The class of a customer that bought for so much: A and B include their own threshold."""
    if amount >= part.a_from:
        return "A"
    return "B" if amount >= part.b_from else "C"


def plan_days(part: ClassesPart, record: Any) -> int:
    """How many days may lie between two contacts by the care plan; 0 without one."""
    if record.partner:
        return part.partner_days
    grade = record.grade
    return part.a_days if grade == "A" else part.b_days if grade == "B" else part.c_days if grade == "C" else 0
