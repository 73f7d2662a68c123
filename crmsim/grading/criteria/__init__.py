"""All criteria, one file for each group of roles."""

from crmsim.grading.criteria import buying, directing, front, fulfilling, selling, serving
from crmsim.grading.criterion import CRITERIA

GROUPS = (front, selling, fulfilling, serving, directing, buying)

__all__ = ["CRITERIA", "GROUPS"]
