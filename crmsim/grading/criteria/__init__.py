"""All criteria, one file for each group of roles."""

from crmsim.grading.criteria import (
    buying,
    dealing,
    directing,
    front,
    fulfilling,
    keeping,
    planning,
    selling,
    serving,
)
from crmsim.grading.criterion import CRITERIA

GROUPS = (front, selling, dealing, fulfilling, serving, directing, planning, keeping, buying)

__all__ = ["CRITERIA", "GROUPS"]
