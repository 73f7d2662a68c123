"""All criteria, one file for each group of roles."""

from crmsim.grading.criteria import (
    buying,
    dealing,
    deciding,
    directing,
    front,
    fulfilling,
    keeping,
    planning,
    prospecting,
    selling,
    serving,
)
from crmsim.grading.criterion import CRITERIA

GROUPS = (front, prospecting, selling, dealing, fulfilling, serving, directing, deciding, planning, keeping, buying)

__all__ = ["CRITERIA", "GROUPS"]
