"""What a rule does when it is set off: one minute later, as the company's own action with the rule's number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from crmsim.crm.automation import (
    SETTING_OFF,
    TOOL,
    Notice,
    Rule,
    RuleRun,
    best_fit,
    fits,
    keeper_of,
    owner_of,
    paper_of,
    record_behind,
    row_of,
    seats_named,
    set_off,
)
from crmsim.crm.company import COMPANY, SERVICE, STAFF, Company
from crmsim.crm.facts import NoticeGiven, RuleFollowed
from crmsim.crm.naming import joined
from crmsim.crm.record import Record, may_own
from crmsim.crm.review import load_of
from crmsim.crm.service import ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Turn
from crmsim.engine.facts import Fact
from crmsim.engine.fields import Pick, Text, Whole
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.director.pool import give
from crmsim.roles.everyone.records import change
from crmsim.roles.following.clock import make

MENU = N_("Automation/Notices")


def watch(world: Company, fact: Fact) -> None:
    """A fact came true: the rules that it sets off are followed in the next minute, in the morning's at opening."""
    if type(fact) not in SETTING_OFF:
        return
    for rule, paper, cause in set_off(world, fact):
        minute = world.minute + 1 if cause >= 0 else world.calendar.next_open(world.minute)
        world.due(minute, FollowRule(rule=rule.id, paper=paper, cause=cause))


class FollowRule(Action, frozen=True, kw_only=True):
    """A rule does what it says to a paper that fits."""

    roles = (COMPANY,)
    minutes = 0
    tool = TOOL
    rule: Annotated[str, Pick(N_("Rule"), entity=Rule, where=lambda row, view, filled: row.active)]
    paper: Annotated[str, Text(N_("Paper"), most=40)]
    cause: Annotated[int, Whole(N_("Cause"), low=-1, high=1_000_000_000)] = -1

    def apply(self, world: Company, turn: Turn) -> None:
        """What the rule says is done, if the paper still fits, and written into the log."""
        rule = world.get(Rule, self.rule)
        paper = paper_of(world, rule, self.paper)
        row = row_of(world, rule, paper)
        if row is None or not fits(world, rule, paper):
            return
        seat, what = DEEDS[rule.does](world, turn, rule, row)
        if not what:
            return
        rule.followed += 1
        run = RuleRun(
            world.new_id(RuleRun), rule=rule.id, paper=paper, minute=turn.minute, does=rule.does, seat=seat,
            what=what, why=_why(rule), cause=self.cause,
        )  # fmt: skip
        world.add(run)
        world.record(RuleFollowed(rule=rule.id, paper=paper, does=rule.does, cause=self.cause, seat=seat))


def _why(rule: Rule) -> Words:
    """What set a rule off, in words."""
    if rule.trigger == "event":
        return _("{event:label}", event=rule.event)
    if rule.trigger == "change":
        return _("{field:label} was changed", field=rule.field)
    if rule.trigger == "silence":
        return _("no word for {days} days", days=rule.days)
    return _("{field:label} is {days} days off or less", field=rule.field, days=rule.days)


def _says(rule: Rule) -> Words:
    return rule.text or rule.title


def _assign(world: Company, turn: Turn, rule: Rule, row: Any) -> tuple[str, Words]:
    """A customer gets its owner, a request its agent: the one named, else whoever fits best."""
    if isinstance(row, ServiceRequest):
        agents = seats_named(world, rule.to or SERVICE)
        if row.status != "open" or row.agent in agents or not agents:
            return "", ""
        row.agent = min(agents, key=lambda each: (_papers(world, each), each))
        return row.agent, _("{paper} went to {seat}", paper=row.id, seat=_names(world, [row.agent]))
    record = record_behind(world, row)
    named = [each for each in seats_named(world, rule.to) if may_own(world.seats[each])] if rule.to else []
    owner = "" if record is None else min(named, key=lambda each: load_of(each, world), default="") if rule.to else (
        best_fit(world, record)
    )  # fmt: skip
    if record is None or not owner or record.owner == owner or record.status == "lost":
        return "", ""
    staff = world.seats[owner]
    if load_of(owner, world) >= getattr(staff, "capacity", 0):
        return "", ""
    give(world, turn, record, owner)
    return owner, _("{paper} went to {seat}", paper=record.id, seat=_names(world, [owner]))


def _papers(world: Company, agent: str) -> int:
    return sum(1 for each in world.all(ServiceRequest) if each.agent == agent and each.status in {"open", "answered"})


def _remind(world: Company, turn: Turn, rule: Rule, row: Any) -> tuple[str, Words]:
    """Whoever looks after the customer is told to come back to it, or who wrote its file, when nobody does."""
    record = record_behind(world, row)
    keeper = "" if record is None else keeper_of(record)
    named = seats_named(world, rule.to) if rule.to or keeper not in world.seats else [keeper]
    return _tell(world, turn, rule, row, "" if record is None else record.id, named)


def _notify(world: Company, turn: Turn, rule: Rule, row: Any) -> tuple[str, Words]:
    """Somebody is told, and somebody else as well."""
    return _tell(world, turn, rule, row, "")


def _tell(
    world: Company, turn: Turn, rule: Rule, row: Any, record: str, named: Iterable[str] = ()
) -> tuple[str, Words]:
    told = list(named) or _addressed(world, rule, row)
    copies = [each for each in seats_named(world, rule.copy_to) if each not in told] if rule.copy_to else []
    for seat in (*told, *copies):
        notice = Notice(
            world.new_id(Notice), seat=seat, words=_says(rule), paper=row.id, record=record if seat in told else "",
            rule=rule.id, since=turn.minute,
        )  # fmt: skip
        world.add(notice)
        world.record(NoticeGiven(notice=notice.id, seat=seat, rule=rule.id))
    if not told and not copies:
        return "", ""
    names = _names(world, (*told, *copies))
    return (told or copies)[0], _("{names} were told about {paper}", names=names, paper=row.id)


def _names(world: Company, seats: Iterable[str]) -> Words:
    """Whom a rule concerned, by name."""
    return joined(world.seats[each].name or each for each in seats)


def _addressed(world: Company, rule: Rule, row: Any) -> list[str]:
    """Whom a rule speaks to: those it names, else whoever looks after the paper."""
    if rule.to:
        return seats_named(world, rule.to)
    owner = owner_of(world, row)
    return [owner] if owner in world.seats else []


def _task(world: Company, turn: Turn, rule: Rule, row: Any) -> tuple[str, Words]:
    """A task for whoever looks after the paper; without the tool of tasks, a notice."""
    if not world.scenario.tools.get("tasks", True):
        return _remind(world, turn, rule, row)
    record, told = record_behind(world, row), _addressed(world, rule, row)
    due = world.calendar.working_days_after(
        turn.minute, max(1, rule.days if rule.trigger in {"event", "change"} else 1)
    )
    for seat in told:
        file = "" if record is None else record.id
        make(world, seat, due, record=file, about=row.id, goal=_says(rule), made_by=COMPANY)
    names = _names(world, told)
    return (told[0], _("{names} got a task about {paper}", names=names, paper=row.id)) if told else ("", "")


def _set(world: Company, turn: Turn, rule: Rule, row: Any) -> tuple[str, Words]:
    """A field of the customer's file gets a value."""
    record = record_behind(world, row)
    if record is None or getattr(record, rule.set_field) == rule.set_value:
        return "", ""
    change(world, turn, record, rule.set_field, rule.set_value)
    return record.owner, _("{field:label} of {paper} was set", field=rule.set_field, paper=record.id)


def _synchronise(world: Company, turn: Turn, rule: Rule, row: Any) -> tuple[str, Words]:
    """What was changed in one place is changed wherever it is kept: doubles of the file, and talks that show the
    name."""
    record = record_behind(world, row)
    if record is None:
        return "", ""
    value, count = getattr(record, rule.field), 0
    for other in world.all(Record):
        double = other.id != record.id and bool(record.customer) and other.customer == record.customer
        if double and getattr(other, rule.field) != value:
            change(world, turn, other, rule.field, value)
            count += 1
    for talk in world.all(Talk):
        if rule.field == "name" and talk.record == record.id and talk.who != value:
            talk.who, count = value, count + 1
    return (record.owner, _("{count} papers of {paper} were matched", count=count, paper=record.id)) if count else (
        "", ""
    )  # fmt: skip


Deed = Callable[[Company, Turn, Rule, Any], tuple[str, Words]]
DEEDS: dict[str, Deed] = {
    "assign": _assign, "remind": _remind, "task": _task, "notify": _notify, "set": _set, "synchronise": _synchronise,
}  # fmt: skip


class TickNotice(Action, frozen=True):
    """Take note of a notice: it is off the desk."""

    roles = (*STAFF,)
    minutes = 1
    label = N_("Take note")
    menu = MENU
    tool = TOOL
    notice: Annotated[
        str,
        Pick(
            N_("Notice"),
            entity=Notice,
            where=lambda row, view, filled: row.done < 0 and row.seat == view.seat.id,
            nothing=_("There is no new notice."),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It was read."""
        world.get(Notice, self.notice).done = turn.minute


def come_back_by(notice: Any) -> int:
    """When whoever was reminded should have spoken with the customer."""
    return int(notice.since) + DAY
