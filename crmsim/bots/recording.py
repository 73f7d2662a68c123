"""How bots keep files: what was said is written down, or only what the form demands."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.company import PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, CompanyView
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, fields_of
from crmsim.engine.desk import Waiting
from crmsim.roles.everyone import RecordCustomer, WriteLine
from crmsim.roles.everyone.byhand import said

DEMANDED = ("talk", "name", "source", "type", "phone", "email", "need")


@answers(RecordCustomer)
def record(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """The file of a talk, with all that was said, or bare; nothing while nobody could call back."""
    talk = view.get(Talk, paper.filled.get("talk", ""))
    if talk is None or not (talk.told("phone") or talk.told("email")):
        return None
    filled: dict[str, Any] = {}
    for name, field in fields_of(RecordCustomer).items():
        if name in paper.filled:
            filled[name] = paper.filled[name]
        elif field.required:
            filled[name] = field.kind.suggest(view, filled)
    if not bot.habits.records:
        kept = DEMANDED if not bot.habits.hasty else DEMANDED[:-1]
        filled = {name: value for name, value in filled.items() if name in kept}
    return RecordCustomer(**filled)


def write_line(bot: Bot, view: CompanyView) -> Action | None:
    """By hand: a line of the sheet for a talk that is over, in words; a hasty hand writes no more than it must."""
    if not view.has(WriteLine.tool):
        return None
    for talk in view.all(Talk):
        if talk.seat != view.seat.id or talk.record or talk.status == "open" or talk.answered < 0:
            continue
        if talk.told("phone") or talk.told("email"):
            told = {each.topic: said(each.topic, each.value) for each in talk.revealed}
            kept = told if bot.habits.records else {name: told[name] for name in DEMANDED if name in told}
            cells = {name: kept[name] for name in fields_of(WriteLine) if name in kept}
            return WriteLine(talk=talk.id, **(cells | {"name": str(talk.who), "contact": told.get("name", "")}))
    return None


for role in (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE):
    initiative(role)(write_line)
