"""What the desks show of the rules: the list, the log, and the notices that a rule gave."""

from __future__ import annotations

from typing import Any

from crmsim.crm.automation import Notice, Rule, RuleRun, keeper_of, last_contact
from crmsim.crm.company import DIRECTOR, STAFF
from crmsim.crm.naming import word_of
from crmsim.crm.record import Record
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.words import N_, Words, _
from crmsim.roles.automating.following import TickNotice, come_back_by
from crmsim.roles.automating.setting import HOW, AddRule, ChangeRule, SwitchRule
from crmsim.roles.inviting import CALLERS, InviteToTalk

TOOL = "automation"


def _conditions(row: Any, view: Any) -> Words:
    words: Words = ""
    for field, how, value in row.conditions:
        named = word_of(view.scenario, value) if how in {"is", "is_not"} else value
        one = _("{field:label} {how:label} {value}", field=field, how=dict(HOW)[how], value=named)
        words = _("{some}, {next}", some=words, next=one) if words else one
    return words


def _trigger(row: Any, view: Any) -> Words:
    detail = row.event or row.field
    if detail:
        return _("{trigger:label}: {detail:label}", trigger=row.trigger, detail=detail)
    return _("{trigger:label}: {days} days", trigger=row.trigger, days=row.days)


RULES = Table(
    "automation-rules", N_("Automation rules"), N_("Automation/Rules"), (DIRECTOR,),
    rows=lambda view: view.all(Rule),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Name"), lambda row, view: row.title),
        Column(N_("When"), _trigger),
        Column(N_("If"), _conditions),
        Column(N_("Then"), lambda row, view: _("{deed:label}", deed=row.does)),
        Column(N_("Whom"), lambda row, view: row.to, "name"),
        Column(N_("Copy to"), lambda row, view: row.copy_to, "name"),
        Column(N_("On"), lambda row, view: _("yes") if row.active else _("no")),
        Column(N_("Times followed"), lambda row, view: row.followed),
    ),
    actions=((AddRule, ""), (ChangeRule, "rule"), (SwitchRule, "rule")),
    empty=N_("No rules: add one for what is always done the same."),
    tool=TOOL,
)  # fmt: skip
LOG = Table(
    "automation-log", N_("What the rules did"), N_("Automation/Log"), STAFF,
    rows=lambda view: sorted(view.all(RuleRun), key=lambda each: -each.minute),
    columns=(
        Column(N_("When"), lambda row, view: row.minute, "time"),
        Column(N_("Rule"), lambda row, view: row.rule),
        Column(N_("Paper"), lambda row, view: row.paper, "name"),
        Column(N_("What"), lambda row, view: row.what),
        Column(N_("Why"), lambda row, view: row.why),
    ),
    empty=N_("No rule has acted yet."),
    tool=TOOL,
)  # fmt: skip


def _settled(notice: Any, view: Any) -> bool:
    """Whether the customer of a reminder was spoken to, or has another owner by now."""
    record = view.get(Record, notice.record)
    if record is None or "status" in record.hidden:
        return True
    spoken = last_contact(view, record) > notice.since
    return spoken or keeper_of(record) != notice.seat or bool(record.owner and record.status == "lost")


def _waits(notice: Any, view: Any) -> Waiting | None:
    if notice.done >= 0 or notice.seat != view.seat.id:
        return None
    if notice.record and _settled(notice, view):
        return None
    if notice.record and set(CALLERS) & set(view.seat.roles):
        why = _("A rule reminds you: {words}", words=notice.words)
        filled = {"record": notice.record}
        return Waiting(notice.paper, notice.since, come_back_by(notice), why, InviteToTalk, filled, 1)
    return Waiting(notice.paper, notice.since, 0, _("{words}", words=notice.words), TickNotice, {"notice": notice.id})


NOTICES = Table(
    "notices", N_("Notices"), N_("Automation/Notices"), STAFF,
    rows=lambda view: (each for each in view.all(Notice) if each.seat == view.seat.id),
    columns=(
        Column(N_("When"), lambda row, view: row.since, "time"),
        Column(N_("Notice"), lambda row, view: row.words),
        Column(N_("About"), lambda row, view: row.paper, "name"),
        Column(N_("Customer"), lambda row, view: row.record, "name"),
        Column(N_("Read"), lambda row, view: row.done if row.done >= 0 else None, "time"),
    ),
    actions=((TickNotice, "notice"),),
    waits=_waits,
    empty=N_("No notices."),
    tool=TOOL,
)  # fmt: skip
