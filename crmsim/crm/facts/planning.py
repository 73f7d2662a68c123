"""Facts: Marketing plans, targets, monitoring and market research."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class PlanSubmitted(Fact):
    tells = ("director",)
    summary = "{owner} submitted marketing plan {plan} ({expenses:money})."
    plan: str
    owner: str
    expenses: int


class PlanReviewed(Fact):
    tells = ("@owner", "director")
    summary = "The answer to marketing plan {plan}: {decision:label}."
    plan: str
    owner: str
    decision: str
    level: str  # director or head_office


class PlanReferred(Fact):
    """The expenses are beyond the director's level."""

    tells = ("instructor",)
    summary = "Marketing plan {plan} waits for head office ({expenses:money})."
    plan: str
    owner: str
    expenses: int


class PlanExecuted(Fact):
    tells = ("director",)
    summary = "{owner} checked in and carried out marketing plan {plan}."
    plan: str
    owner: str
    kind: str
    place: str
    spent: int


class PlanLapsed(Fact):
    tells = ("@owner", "director")
    summary = "The day of marketing plan {plan} passed and nobody checked in."
    plan: str
    owner: str


class PlanReported(Fact):
    tells = ("director",)
    summary = "{owner} reported on marketing plan {plan}: {prospects} prospects on file."
    plan: str
    owner: str
    prospects: int


class TargetSet(Fact):
    tells = ("@staff",)
    summary = "The sales target was set to {amount:money}."
    target: str
    staff: str  # "" for the company
    amount: int


class MonitoringNoted(Fact):
    tells = ("@staff",)
    summary = "The director left {staff} a note about {about:label}."
    note: str
    staff: str
    about: str


class NoteRead(Fact):
    tells = ("director",)
    summary = "{staff} read note {note}."
    note: str
    staff: str


class StaffCoached(Fact):
    tells = ("@staff",)
    summary = "{staff} was coached on {about:label}."
    staff: str
    about: str
    until: int


class ResearchCommissioned(Fact):
    tells = ()
    summary = "Market study {study} was commissioned for {cost:money}."
    study: str
    subject: str
    cost: int


class ResearchDelivered(Fact):
    tells = ("director",)
    summary = "Market study {study} is here."
    study: str
    subject: str
