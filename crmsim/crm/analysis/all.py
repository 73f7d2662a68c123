"""Every report and every figure, in the order in which they are shown."""

from __future__ import annotations

from crmsim.crm.analysis import care, customers, deals, following, opportunities
from crmsim.crm.report import Figure, Report

REPORTS: tuple[Report, ...] = (
    *customers.REPORTS,
    *following.REPORTS,
    *opportunities.REPORTS,
    *deals.REPORTS,
    *care.REPORTS,
)
FIGURES: dict[str, Figure] = {figure.id: figure for report in REPORTS for figure in report.figures}


def report_of(id: str) -> Report | None:
    """A report by its id; None when there is none."""
    return next((each for each in REPORTS if each.id == id), None)
