"""Facts: Analysis, decisions and imports."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class DecisionRecorded(Fact):
    """A decision was written down, with the figure that will show whether it was right."""

    summary = "{seat} recorded decision {decision}."
    decision: str
    seat: str
    figure: str
    direction: str


class DecisionCompared(Fact):
    """The day of a decision's expectation came."""

    tells = ("@seat",)
    summary = "Decision {decision}: {outcome:label}."
    decision: str
    seat: str
    figure: str
    before: int | None
    after: int | None
    outcome: str  # met or missed


class CustomersImported(Fact):
    """A table of customers was taken into the files."""

    tells = ("director",)
    summary = "{seat} imported {customers} customers."
    seat: str
    first: str
    last: str
    customers: int
