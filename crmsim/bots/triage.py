"""How bots sort messages: by their subject, as anyone would who reads it."""

from __future__ import annotations

from typing import Any

from crmsim.crm.company import SERVICE, CompanyView, Staff
from crmsim.engine.action import Action
from crmsim.engine.words import render
from crmsim.roles.reception import DismissMessage, ForwardMessage

# words of a subject by what they give away, in the order they are tried; a message without one is a lead
SIGNS = {
    "double": ("written before",),
    "job": ("application", "internship", "vitae"),
    "service": ("repair", "manual", "warranty"),
    "junk": ("half price", "rank first", "invoices", "summit", "loans"),
}


def nature_of(subject: str) -> str:
    """What a message is by its subject: double, job, service or junk; "lead" when nothing gives it away."""
    low = subject.lower()
    return next((nature for nature, words in SIGNS.items() if any(each in low for each in words)), "lead")


def sort_out(view: CompanyView, talk: Any) -> Action | None:
    """File what is no lead and pass on what is for service; None for a lead."""
    nature = nature_of(render(talk.subject, "en")) if talk.subject else "lead"
    if nature == "lead":
        return None
    agents = [each.id for each in view.all(Staff) if SERVICE in each.roles and each.active]
    if nature == "service" and agents and agents[0] != view.seat.id:
        return ForwardMessage(talk=talk.id, agent=agents[0])
    reasons = [each.id for each in view.scenario.dictionaries.get("dismiss_reasons", ())]
    return DismissMessage(talk=talk.id, reason=nature if nature in reasons or not reasons else reasons[0])
