"""How bots keep files: what was said is written down, or only what the form demands."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.checks import PROVEN_BY, proofs
from crmsim.crm.company import PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, CompanyView
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, fields_of, refusal
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.everyone import RecordCustomer, WriteLine
from crmsim.roles.everyone.byhand import said
from crmsim.roles.everyone.pages import filled_from
from crmsim.roles.everyone.records import UpdateRecord, editable, unwritten

BEFORE = 6 * 60  # minutes before a file is due at which an expert writes it though the talk goes on
LATELY = 5 * DAY
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


def record_early(bot: Bot, view: CompanyView) -> Action | None:
    """A talk by letter lasts for days, a file is due within one: an expert does not wait for the end."""
    if not bot.habits.reads or not view.has(RecordCustomer.tool):
        return None
    for talk in view.all(Talk):
        due = talk.started + view.scenario.office.record_minutes
        if talk.status == "open" and unwritten(talk, view) and due - BEFORE <= view.minute:
            why = _("The talk goes on and the customer is not on file.")
            found = record(
                bot, view, Waiting(talk.title, talk.started, due, why, RecordCustomer, filled_from(talk, view))
            )
            if found is not None and refusal(found, view) is None:
                return found
    return None


def add_later(bot: Bot, view: CompanyView) -> Action | None:
    """What was told after the file was written is put into its field; others leave it to a follow-up, if anything."""
    if not bot.habits.reads or not bot.habits.records or not view.has(UpdateRecord.tool):
        return None
    for talk in view.all(Talk):
        if talk.seat != view.seat.id or talk.status != "closed" or talk.started + LATELY < view.minute:
            continue
        row: Any = view.get(Record, talk.record)
        if row is None or not row.fields >= PROVEN_BY.keys():  # who looks after it now keeps parts of it to the team
            continue
        for field, (stands, _fact) in proofs(row, talk).items():
            told: Any = talk.told(PROVEN_BY[field])
            kind = editable(view)[field].kind
            value = told if isinstance(told, str) else render(kind.show(told), view.language)  # type: ignore[attr-defined]
            change = UpdateRecord(record=talk.record, field=field, value=value)
            if not stands and not getattr(row, field) and refusal(change, view) is None:
                return change
    return None


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
    initiative(role)(add_later)
for role in (PROMOTER, RECEPTION):
    initiative(role)(record_early)
