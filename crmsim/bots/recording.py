"""How bots keep files: what was said is written down, or only what the form demands."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers
from crmsim.crm.company import CompanyView
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, fields_of
from crmsim.engine.desk import Waiting
from crmsim.roles.everyone import RecordCustomer

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
