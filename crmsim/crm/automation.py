"""Automation rules: what sets one off, which papers fit, and who fits a new customer best (AUT-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import Company, Staff, within
from crmsim.crm.facts import (
    ContractAccepted,
    CustomerAssigned,
    CustomerRecorded,
    DayStarted,
    DealAgreed,
    DeliveryLate,
    FeedbackGiven,
    FormFilled,
    OrderSubmitted,
    PaymentLate,
    RecordChanged,
    ReturnRequested,
    ServiceRequested,
    StageMoved,
)
from crmsim.crm.form import Submission
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.order import Invoice, Order
from crmsim.crm.record import Record, may_own
from crmsim.crm.review import fit_of, load_of
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, Words
from crmsim.engine.world import Entity, Seat, Seen, World
from crmsim.scenarios.rules import subject_of

TOOL = "automation"
PAPERS: dict[str, type[Entity]] = {
    "customer": Record, "order": Order, "invoice": Invoice, "request": ServiceRequest, "return": Return,
    "feedback": Feedback, "form": Submission, "opportunity": Opportunity,
}  # fmt: skip
# which fact is an event, and the field that names the paper it happened to
HAPPENED: dict[type[Fact], tuple[str, str]] = {
    CustomerRecorded: ("customer_recorded", "record"),
    CustomerAssigned: ("customer_assigned", "record"),
    DealAgreed: ("deal_agreed", "customer"),
    OrderSubmitted: ("order_submitted", "order"),
    ContractAccepted: ("contract_signed", "order"),
    DeliveryLate: ("delivery_late", "order"),
    PaymentLate: ("payment_late", "invoice"),
    ServiceRequested: ("help_asked", "request"),
    ReturnRequested: ("return_asked", "request"),
    FeedbackGiven: ("feedback_given", "feedback"),
    FormFilled: ("form_filled", "submission"),
    StageMoved: ("stage_moved", "opportunity"),
}
SETTING_OFF = frozenset({*HAPPENED, RecordChanged, CustomerAssigned, DayStarted})  # the facts that rules heed at all
EFFICIENCY = 300  # points of a fit that winning every customer would bring, of 1300
INDUSTRY = 100  # points for having won a customer of the same industry


@dataclass(slots=True)
class Rule(Entity):
    """When something happens to a paper that fits, the company does something by itself."""

    prefix = "AR"
    title: Words = ""
    trigger: str = "event"  # event, change, silence, date
    event: str = ""
    field: str = ""
    days: int = 0
    conditions: tuple[tuple[str, str, str], ...] = ()  # field, comparison, value
    does: str = "notify"  # assign, remind, task, notify, set, synchronise
    to: str = ""
    copy_to: str = ""
    set_field: str = ""
    set_value: str = ""
    text: Words = ""
    active: bool = True
    set_by: str = ""  # a seat; "" is the scenario
    followed: int = 0  # how often it acted

    @property
    def subject(self) -> str:
        """The kind of paper it is about."""
        return subject_of(self.trigger, self.event)

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The company's rules are known in the company."""
        return within(seat)


@dataclass(slots=True)
class RuleRun(Entity):
    """One line of the log: which rule did what to which paper, and why."""

    prefix = "AL"
    rule: str = ""
    paper: str = ""
    minute: int = 0
    does: str = ""
    seat: str = ""  # whom it concerned
    what: Words = ""
    why: Words = ""
    cause: int = -1  # the number of the fact that set it off

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The director, and whom it concerned."""
        return within(seat, self.seat, team=False)


@dataclass(slots=True)
class Notice(Entity):
    """Something a rule tells a seat: to look after a customer again, or just to know."""

    prefix = "NT"
    seat: str = ""
    words: Words = ""
    paper: str = ""
    record: str = ""  # the customer to come back to; "" when there is nothing to do but to read it
    rule: str = ""
    since: int = 0
    done: int = -1

    @property
    def title(self) -> Words:
        """What it says."""
        return self.words

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its seat, and the director."""
        return within(seat, self.seat, team=False)


def set_off(world: Company, fact: Fact) -> Iterator[tuple[Rule, str, int]]:
    """The rules that a fact sets off: each with the paper it is about, and the number of the fact."""
    if not world.table(Rule) or not world.scenario.tools.get(TOOL, True):
        return
    if isinstance(fact, DayStarted):
        yield from ((rule, paper, -1) for rule, paper in _of_the_day(world))
        return
    happened = HAPPENED.get(type(fact))
    changed = _changed(fact)
    if happened is None and not changed:
        return
    for rule in [each for each in world.all(Rule) if each.active]:
        hit = happened is not None and rule.trigger == "event" and rule.event == happened[0]
        if hit and happened is not None:
            paper = paper_of(world, rule, str(getattr(fact, happened[1])))
        elif changed and rule.trigger == "change" and rule.field == changed:
            paper = str(getattr(fact, "record", ""))
        else:
            continue
        if fits(world, rule, paper):
            yield rule, paper, fact.number


def _changed(fact: Fact) -> str:
    """The field of a customer's file that a fact says was changed."""
    if isinstance(fact, RecordChanged):
        return fact.field
    return "owner" if isinstance(fact, CustomerAssigned) else ""


def _of_the_day(world: Company) -> Iterator[tuple[Rule, str]]:
    """What the calendar sets off in the morning: silence, and days that come near."""
    for rule in [each for each in world.all(Rule) if each.active and each.trigger in {"silence", "date"}]:
        for record in list(world.all(Record)):
            due = _silent(world, rule, record) if rule.trigger == "silence" else _near(world, rule, record)
            if due and fits(world, rule, record.id) and not _told(world, rule, record):
                yield rule, record.id


def _silent(world: Company, rule: Rule, record: Record) -> bool:
    if not record.owner or record.status in {"won", "lost"}:
        return False
    return world.minute - last_contact(world, record) >= rule.days * DAY


def last_contact(source: Any, record: Any) -> int:
    """When the company last spoke with a customer, or got it to look after."""
    last = record.assigned or record.recorded
    for talk in source.all(Talk):
        if talk.record == record.id or (record.customer and talk.customer == record.customer):
            last = max(last, talk.started, talk.answered, *(each.minute for each in talk.says[-1:]))
    return int(last)


def _near(world: Company, rule: Rule, record: Record) -> bool:
    date: int = getattr(record, rule.field, 0)
    return bool(date) and 0 <= date // DAY - world.minute // DAY <= rule.days


def _told(world: Company, rule: Rule, record: Record) -> bool:
    """Whether the rule has acted on this customer since it was last spoken to: once is enough for one silence."""
    since = last_contact(world, record) if rule.trigger == "silence" else getattr(record, rule.field) - 30 * DAY
    return any(each.rule == rule.id and each.paper == record.id and each.minute > since for each in world.all(RuleRun))


def paper_of(world: Company, rule: Rule, named: str) -> str:
    """The paper that a fact names; a customer's id stands for its file."""
    if rule.subject == "customer" and world.find(Record, named) is None:
        return next((each.id for each in world.all(Record) if each.customer and each.customer == named), "")
    return named


def row_of(world: Company, rule: Rule, paper: str) -> Any:
    """The paper itself; None when it is not there."""
    kind = PAPERS.get(rule.subject)
    return None if kind is None else world.find(kind, paper)


def fits(world: Company, rule: Rule, paper: str) -> bool:
    """Whether a paper meets every condition of a rule."""
    row = row_of(world, rule, paper)
    return row is not None and all(holds(row, *each) for each in rule.conditions)


def holds(row: Any, field: str, comparison: str, value: str) -> bool:
    """One condition: numbers by size, texts by letter, capitals or not."""
    got: Any = row.answer(field) if isinstance(row, Submission) else getattr(row, field, "")
    text = ", ".join(got) if isinstance(got, tuple) else str(int(got)) if isinstance(got, bool) else str(got)
    if comparison in {"empty", "filled"}:
        return (text in {"", "0"}) == (comparison == "empty")
    if comparison in {"over", "under"}:
        if not _number(text) or not _number(value):
            return False
        return int(text) > int(value) if comparison == "over" else int(text) < int(value)
    same, part = text.casefold() == value.casefold(), value.casefold() in text.casefold()
    return {"is": same, "is_not": not same, "has": part}[comparison]


def _number(text: str) -> bool:
    return text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 16


def record_behind(world: Company, row: Any) -> Record | None:
    """The customer's file that a paper belongs to."""
    if isinstance(row, Record):
        return row
    named = getattr(row, "record", "")
    if named:
        return world.find(Record, named)
    customer = getattr(row, "customer", "")
    return next((each for each in world.all(Record) if customer and each.customer == customer), None)


def owner_of(world: Company, row: Any) -> str:
    """Who looks after a paper: its owner or agent, else the owner of its customer."""
    for name in ("owner", "agent", "seat"):
        found = getattr(row, name, "")
        if found:
            return str(found)
    record = record_behind(world, row)
    return "" if record is None else record.owner


def keeper_of(record: Any) -> str:
    """Who looks after a customer: its owner, else the seat with which its file lies."""
    return str(record.owner or record.recorded_by)


def seats_named(world: Company, named: str) -> list[str]:
    """The active seats that a name stands for: a seat, or all of a role."""
    if isinstance(world.seats.get(named), Staff):
        return [named] if world.seats[named].active else []
    return [each.id for each in world.staff(named)]


def efficiency(world: Company, owner: str) -> int:
    """How many of the customers that somebody had were won, of a thousand; half when nothing is known yet."""
    ended = [each.status for each in world.all(Record) if each.owner == owner and each.status in {"won", "lost"}]
    return 1000 * (1 + ended.count("won")) // (2 + len(ended))


def best_fit(world: Company, record: Record) -> str:
    """Who should have a customer: by region, product, room, past efficiency and industry; "" when nobody has room."""
    found = []
    for staff in world.all(Staff):
        load = load_of(staff.id, world)
        if not staff.active or staff.leaves or not may_own(staff) or load >= staff.capacity:
            continue
        points = fit_of(staff, record, load) + EFFICIENCY * efficiency(world, staff.id) // 1000
        won_there = (
            each.owner == staff.id and each.status == "won" and each.industry == record.industry
            for each in world.all(Record)
        )
        points += INDUSTRY if record.industry and any(won_there) else 0
        found.append((-points, staff.id))
    return min(found)[1] if found else ""
