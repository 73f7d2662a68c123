"""Facts: Opportunities and contracts."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class OpportunityOpened(Fact):
    tells = ("@owner",)
    summary = "{owner} opened opportunity {opportunity} ({amount:money})."
    opportunity: str
    owner: str
    customer: str
    stage: str
    amount: int
    chance: int  # as shown then, ppm


class StageMoved(Fact):
    tells = ()
    summary = "Opportunity {opportunity} moved from {before:label} to {after:label}."
    opportunity: str
    owner: str
    customer: str
    before: str
    after: str
    dwell: int  # working minutes in the stage it left
    chance: int  # as shown in the new stage, ppm


class OpportunityRevised(Fact):
    """Something on an opportunity's file was changed."""

    tells = ()
    summary = "Opportunity {opportunity} was revised."
    opportunity: str
    owner: str


class OpportunityWon(Fact):
    tells = ("service", "director")
    summary = "Opportunity {opportunity} was won and handed over to service."
    opportunity: str
    owner: str
    customer: str
    record: str
    order: str
    amount: int


class OpportunityLost(Fact):
    tells = ("director",)
    summary = "Opportunity {opportunity} was lost: {reason:label}."
    opportunity: str
    owner: str
    customer: str
    reason: str


class AdviceFollowed(Fact):
    """A way to save a deal was tried."""

    tells = ()
    summary = "{owner} tried {advice:label} for {opportunity}."
    opportunity: str
    owner: str
    customer: str
    advice: str
    cost: int


class ContractDrafted(Fact):
    tells = ("director",)
    summary = "{owner} drafted contract {contract} for order {order}."
    contract: str
    order: str
    owner: str
    customer: str
    gaps: int  # how many things the compliance check found
