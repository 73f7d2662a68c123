"""Marketing plans: submitted, reviewed by level of expense, carried out with a check-in, reported (FLO-9, DIR-14)."""

from crmsim.roles.planning.outing import ExecutePlan, ReportPlan, actions, tables
from crmsim.roles.planning.review import DecidePlan, HeadOfficeAnswers, LapsePlan, ReviewPlan, SubmitPlan

__all__ = [
    "DecidePlan", "ExecutePlan", "HeadOfficeAnswers", "LapsePlan", "ReportPlan", "ReviewPlan", "SubmitPlan", "actions",
    "tables",
]  # fmt: skip
