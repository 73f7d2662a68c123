"""What the clock does about files: tasks by rule, reminders, flags, classes, key dates (TSK-2 to TSK-4)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.books import OWED
from crmsim.crm.classes import bought, grade_of, plan_days
from crmsim.crm.company import COMPANY, Company
from crmsim.crm.facts import (
    ContractLapsed,
    CustomerReclassified,
    FocusFlagged,
    TaskCreated,
    TaskDone,
    TaskOverdue,
    TaskReminded,
)
from crmsim.crm.order import Invoice, Order
from crmsim.crm.record import Record
from crmsim.crm.task import OPEN, Task
from crmsim.engine.action import Action, Turn
from crmsim.engine.fields import Pick
from crmsim.engine.words import DAY, N_
from crmsim.roles.everyone.records import change
from crmsim.roles.following.neglect import notice_neglect
from crmsim.roles.following.papers import papers
from crmsim.roles.following.standing import move_statuses

YEAR = 365


class DeskRound(Action, frozen=True):
    """A look at all files, several times a day: what was done, what is to be done, how far each customer is."""

    roles = (COMPANY,)
    minutes = 0

    def apply(self, world: Company, turn: Turn) -> None:
        """Tasks whose work is done are closed before new ones are made; then comes the next round."""
        if world.scenario.tools.get("records", True):
            move_statuses(world, turn)
        key_dates(world)  # a contract runs out whether or not a tool reminds of it
        if world.scenario.tools.get("tasks", True):
            settle(world)
            find_tasks(world)
        notice_neglect(world)
        length = max(30, world.scenario.following.round_minutes)
        world.due(world.calendar.after(turn.minute, length), DeskRound())


class RemindTask(Action, frozen=True):
    """A task falls due soon: its owner is reminded."""

    roles = (COMPANY,)
    minutes = 0
    task: Annotated[str, Pick(N_("Task"), entity=Task, where=lambda row, view, filled: row.status == "open")]

    def apply(self, world: Company, turn: Turn) -> None:
        """Its owner hears of it."""
        task = world.get(Task, self.task)
        soon = task.due <= world.minute + world.scenario.following.remind_days * DAY  # it may have another day now
        if soon and not is_settled(world, task, papers(world).last):
            world.record(TaskReminded(task=task.id, owner=task.owner))


class MarkTaskOverdue(Action, frozen=True):
    """A task was not done in time: its owner and the director hear of it."""

    roles = (COMPANY,)
    minutes = 0
    task: Annotated[str, Pick(N_("Task"), entity=Task, where=lambda row, view, filled: row.status == "open")]

    def apply(self, world: Company, turn: Turn) -> None:
        """Overdue, unless what it asked for has been done meanwhile."""
        task = world.get(Task, self.task)
        if task.due >= world.minute:  # it was given another day
            return
        if is_settled(world, task, papers(world).last):
            close(world, task)
            return
        task.status = "overdue"
        world.record(TaskOverdue(task=task.id, owner=task.owner, record=task.record, rule=task.rule))


class Reclassify(Action, frozen=True):
    """At the end of each period every customer's class is reckoned anew from what it bought."""

    roles = (COMPANY,)
    minutes = 0

    def apply(self, world: Company, turn: Turn) -> None:
        """Owners and the director hear of each change."""
        if world.scenario.tools.get("classes", True):
            for record, old in classify(world, turn):
                world.record(
                    CustomerReclassified(record=record.id, owner=record.owner, old=old or "-", new=record.grade)
                )  # fmt: skip
        world.due(
            world.calendar.working_days_after(turn.minute, max(1, world.scenario.classes.every_days)), Reclassify()
        )


def classify(world: Company, turn: Turn | None = None) -> list[tuple[Record, str]]:
    """Give every file its class; those that changed, with the class before. Without a turn the game only begins."""
    worth, part = bought(world), world.scenario.classes
    found = []
    for record in world.all(Record):
        grade = grade_of(part, worth.get(record.id, 0)) if record.id in worth else ""
        if grade != record.grade:
            found.append((record, record.grade))
            if turn is None:
                record.grade = grade
            else:
                change(world, turn, record, "grade", grade)
                if record.partner and grade != "A":
                    change(world, turn, record, "partner", False)
    return found


def make(world: Company, owner: str, due: int, **paper: Any) -> Task:
    """A new task; its owner hears of it, is reminded ahead, and it will be looked at when it is due."""
    task = world.add(Task(world.new_id(Task), owner=owner, due=due, made=world.minute, **paper))
    world.record(TaskCreated(task=task.id, owner=owner, record=task.record, rule=task.rule))
    ahead = due - world.scenario.following.remind_days * DAY
    if ahead > world.minute:
        world.due(ahead, RemindTask(task=task.id))
    world.due(due + 1, MarkTaskOverdue(task=task.id))
    return task


def close(world: Company, task: Task, result: str = "") -> None:
    """A task is done; a recurring one comes again."""
    late = task.status == "overdue"
    task.status, task.done, task.result = "done", world.minute, result
    world.record(TaskDone(task=task.id, owner=task.owner, record=task.record, rule=task.rule, late=late))
    if task.every:
        due = world.calendar.working_days_after(max(task.due, world.minute), task.every)
        make(
            world, task.owner, due // DAY * DAY + task.due % DAY, record=task.record, goal=task.goal,
            priority=task.priority, made_by=task.made_by, every=task.every,
        )  # fmt: skip


def settle(world: Company) -> None:
    """Close every task made by a rule whose work is done."""
    last = papers(world).last
    for task in list(world.all(Task)):
        if task.rule and task.status in OPEN and is_settled(world, task, last):
            close(world, task)


def is_settled(world: Company, task: Task, last: dict[str, int]) -> bool:
    """Whether what a rule asked for is done, or no longer called for; tasks made by hand are finished by hand."""
    if not task.rule:
        return False
    if task.rule == "next_step":
        return last.get(task.record, -1) > task.made
    record = world.find(Record, task.record)
    if record is None or record.owner != task.owner or record.status == "lost":
        return True
    if task.rule == "invoice":
        bill = world.find(Invoice, task.about)
        return bill is None or bill.status not in OWED
    if task.rule == "expiry":
        return record.renewal >= task.made or record.expiry < 0
    since = record.assigned if task.rule == "first_contact" else task.made
    return last.get(record.id, -1) >= since


# -- what is to be done


def find_tasks(world: Company) -> None:
    """Go through the files and make what the rules ask for, each once while it is open."""
    known = papers(world)
    rules, now = world.scenario.following, world.minute
    last, broken, soon = known.last, known.unkept(rules.answer_days), _within(world)
    classes = world.scenario.classes if world.scenario.tools.get("classes", True) else None
    waiting = {(each.rule, each.record, each.about) for each in world.all(Task) if each.rule and each.status in OPEN}
    for record in world.all(Record):
        if not record.owner or record.status == "lost":
            continue
        spoken = last.get(record.id, -1)
        wanted: list[tuple[str, str, int]] = []
        if record.customer and 0 <= record.assigned > spoken:
            wanted.append(("first_contact", "high", record.assigned + world.settings.first_contact_minutes))
        elif record.status in {"lead", "prospect"} and now - max(spoken, record.assigned) > _silence(world, record):
            wanted.append(("silent", "medium", soon))
        if record.id in broken:
            _flag(world, record)
            wanted.append(("no_answer", "high", soon))
        elif 0 <= record.focus <= spoken:
            record.focus = -1
        if 0 <= record.birthday - now <= DAY:
            wanted.append(("birthday", "low", record.birthday + DAY - 1))
        if record.expiry >= 0 and 0 < record.expiry - now <= rules.expiry_days * DAY and record.renewal < 0:
            wanted.append(("expiry", "high", record.expiry))
        days = plan_days(classes, record) if classes is not None else 0
        if days and now - max(spoken, record.cared) > days * DAY:
            wanted.append(("care_plan", "medium", soon))
        for rule, priority, due in wanted:
            if (rule, record.id, "") not in waiting and not _missed(world, rule, record, last):
                make(world, record.owner, due, record=record.id, rule=rule, priority=priority, made_by=COMPANY)
    _debts(world, waiting)


def _missed(world: Company, rule: str, record: Record, last: dict[str, int]) -> bool:
    """Whether this very occasion had its task already (a first contact, a birthday, an expiry come once)."""
    once = {"first_contact": record.assigned, "birthday": world.minute - 3 * DAY, "expiry": record.renewal}
    since = once.get(rule, world.minute)
    return any(
        each.rule == rule and each.record == record.id and each.made >= since and each.owner == record.owner
        for each in world.all(Task)
    )


def _silence(world: Company, record: Record) -> int:
    """How long this customer may hear nothing, minutes: half as long with high intent, twice with low."""
    usual = world.scenario.following.silent_days * DAY
    if "high_intent" in record.labels:
        return usual // 2
    return usual * 2 if "low_intent" in record.labels else usual


def _within(world: Company) -> int:
    """The end of work some working days from now."""
    day = world.calendar.working_days_after(world.minute, world.scenario.following.task_days) // DAY
    return int(day * DAY + world.calendar.hours[-1][1])


def _flag(world: Company, record: Record) -> None:
    if record.focus < 0:
        record.focus = world.minute
        world.record(FocusFlagged(record=record.id, owner=record.owner))


def _debts(world: Company, waiting: set[tuple[str, str, str]]) -> None:
    known = papers(world).files
    for bill in world.all(Invoice):
        record = world.find(Record, known.get(bill.customer, "")) if bill.status == "late" else None
        if record is None or not record.owner:
            continue
        if not any(each.about == bill.id for each in world.all(Task)):
            make(
                world, record.owner, _within(world), record=record.id, rule="invoice", about=bill.id, priority="high",
                made_by=COMPANY,
            )  # fmt: skip


# -- key dates


def key_dates(world: Company) -> None:
    """Signed contracts bring the contact's birthday and a day of expiry; what has passed comes round or lapses."""
    now, days = world.minute, world.scenario.following.contract_days
    signed = {
        each.record: each.answered for each in world.all(Order) if each.answered >= 0 and each.status != "declined"
    }
    for record in world.all(Record):
        if record.expiry < 0 and record.renewal < 0 and record.id in signed and days:
            _date(world, record, "expiry", (signed[record.id] // DAY + days) * DAY)
            _date(world, record, "birthday", birthday(world, record) if record.birthday < 0 else record.birthday)
        if 0 <= record.expiry <= now:
            asked = record.renewal >= 0
            _date(world, record, "expiry", -1)
            record.renewal = max(record.renewal, 0)
            world.record(
                ContractLapsed(record=record.id, customer=record.customer, owner=record.owner, asked=asked)
            )  # fmt: skip
        if 0 <= record.birthday < now - DAY:
            _date(world, record, "birthday", record.birthday + YEAR * DAY)


def _date(world: Company, record: Record, field: str, day: int) -> None:
    """A key date that the calendar sets: kept like any change of a file (REG-4), but nothing that anybody did."""
    old = getattr(record, field)
    if old != day:
        setattr(record, field, day)
        record.history = (*record.history, (world.minute, COMPANY, field, str(old), str(day)))


def birthday(world: Company, record: Record) -> int:
    """The midnight of a contact person's next birthday: who it is decides, not when it is asked."""
    day = world.luck.below(YEAR, record.customer or record.id, "birthday")
    today = world.minute // DAY
    return (today + (day - today) % YEAR) * DAY


def open_office(world: Company) -> None:
    """The founding's part: the files of the opening book have their classes, key dates and care so far."""
    rules, luck = world.scenario.following, world.luck
    for record in world.all(Record):
        key = record.customer or record.id
        record.birthday = birthday(world, record)
        soon = luck.chance(rules.expiring, key, "contract soon")
        days = luck.between(1, rules.expiry_days, key, "expiry") if soon and rules.expiry_days else rules.contract_days
        record.expiry = (world.minute // DAY + days) * DAY
    classify(world)
    for record in world.all(Record):
        days = plan_days(world.scenario.classes, record)
        record.cared = world.minute - luck.below(max(1, days), record.customer or record.id, "cared") * DAY
    world.due(world.minute, DeskRound())
    world.due(world.calendar.working_days_after(world.minute, max(1, world.scenario.classes.every_days)), Reclassify())


actions: tuple[type[Action], ...] = (DeskRound, RemindTask, MarkTaskOverdue, Reclassify)
