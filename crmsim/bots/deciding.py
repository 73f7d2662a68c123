"""How bots decide by the figures: every few days a note of what is to be better, and by which figure that will show."""

from __future__ import annotations

from crmsim.bots.policy import Bot, initiative
from crmsim.crm.analysis.all import FIGURES
from crmsim.crm.company import DIRECTOR, CompanyView
from crmsim.crm.decision import Decision
from crmsim.engine.action import Action
from crmsim.engine.words import DAY, _, render
from crmsim.roles.analysing import RecordDecision, last_day

EVERY = 3  # working days from one decision to the next, and until the figure is looked at again
WISHED = (  # what a company wants better, and which way that is
    ("covered", "up"), ("answered", "up"), ("satisfied", "up"), ("missing", "down"), ("forecast", "up"),
    ("service-time", "down"),
)  # fmt: skip


@initiative(DIRECTOR)
def decide(bot: Bot, view: CompanyView) -> Action | None:
    """One figure after the other that says something already."""
    if not bot.habits.reviews or not view.has("reports"):
        return None
    past = list(view.all(Decision))
    if past and view.minute < view.calendar.working_days_after(past[-1].written, EVERY) // DAY * DAY:
        return None
    due = view.calendar.working_days_after(view.minute // DAY * DAY, EVERY)
    if due > last_day(view):
        return None
    for turn in range(len(WISHED)):
        figure, direction = WISHED[(len(past) + turn) % len(WISHED)]
        if FIGURES[figure].value(view) is not None:
            text = render(
                _("We attend to this figure first: {figure:label}.", figure=FIGURES[figure].label), view.language
            )
            return RecordDecision(text=text, figure=figure, direction=direction, due=due)
    return None
