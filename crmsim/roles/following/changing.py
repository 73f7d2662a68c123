"""Another day or another pair of hands for a task: asked for by whoever has it, approved by the director (ADM-1)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, PROMOTER, RECEPTION, Company, CompanyView, Staff
from crmsim.crm.facts import TaskChangeAsked, TaskChanged, TaskChangeRefused
from crmsim.crm.naming import colleague, name_of
from crmsim.crm.task import OPEN, Task
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Date, Filled, Option, Pick, Text
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.following.acts import FOLLOWERS, TASKS_MENU
from crmsim.roles.following.clock import MarkTaskOverdue, RemindTask
from crmsim.roles.following.desk import customer_of

DECISIONS = (("approve", N_("approve")), ("refuse", N_("refuse")))


def _changeable(row: Any, view: Any, filled: Filled) -> bool:
    mine = row.owner == view.seat.id or DIRECTOR in view.seat.roles
    return bool(mine and row.status in OPEN and row.ask_due < 0)


def _colleagues(view: Any, filled: Filled) -> list[Option]:
    return [Option(each.id, colleague(each)) for each in view.all(Staff) if each.active]


def _present_day(view: Any, filled: Filled) -> int:
    task = view.get(Task, filled.get("task", ""))
    return int(max(view.minute, task.due if task is not None else 0))


class ChangeTask(Action, frozen=True, kw_only=True):
    """Give a task another day, or another colleague: the director does so outright, everybody else asks for it."""

    roles = (DIRECTOR, PROMOTER, RECEPTION, *FOLLOWERS)
    tool = "tasks"
    minutes = 2
    label = N_("Change a task")
    menu = TASKS_MENU
    teach = N_("Until the director has agreed, the old day stands: ask before it is late.")
    task: Annotated[
        str, Pick(N_("Task"), entity=Task, where=_changeable, nothing=_("No task of yours can be changed now."))
    ]
    day: Annotated[int, Date(N_("Until"), start=_present_day, far=120)]
    owner: Annotated[str, Choice(N_("For"), words=_colleagues, walk=False, optional=True)] = ""
    why: Annotated[str, Text(N_("Reason"), least=2, most=200)]

    def due(self, world: Any) -> int:
        """The end of that day's work."""
        return int(self.day + world.calendar.hours[-1][1])

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing would change, the day is over, or the work belongs to the customer's owner."""
        task = view.get(Task, self.task)
        assert task is not None
        if self.due(view) <= view.minute:
            return _("That day's work is over.")
        if self.day == task.due // DAY * DAY and self.owner in ("", task.owner):
            return _("It is so already.")
        if task.rule and self.owner not in ("", task.owner):
            return _("What a rule asks for is done by the customer's owner.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is so at once, or lies with the director."""
        task = world.get(Task, self.task)
        owner = self.owner or task.owner
        if DIRECTOR in world.seat(turn.seat).roles:
            carry_out(world, task, self.due(world), owner, turn.seat)
            return
        task.ask_due, task.ask_owner, task.ask_why, task.ask_by = self.due(world), owner, self.why, turn.seat
        world.record(TaskChangeAsked(task=task.id, owner=task.owner))


def carry_out(world: Company, task: Task, due: int, owner: str, asked: str) -> None:
    """The task has its new day and owner; both owners hear of it, and it will be looked at again."""
    before, task.owner, task.due, task.status = task.owner, owner, due, "open"
    _asked_no_more(task)
    ahead = due - world.scenario.following.remind_days * DAY
    if ahead > world.minute:
        world.due(ahead, RemindTask(task=task.id))
    world.due(due + 1, MarkTaskOverdue(task=task.id))
    world.record(TaskChanged(task=task.id, owner=owner, before=before, asked=asked))


def _asked_no_more(task: Task) -> None:
    task.ask_due, task.ask_owner, task.ask_why, task.ask_by = -1, "", "", ""


class ReviewTaskChange(Action, frozen=True, kw_only=True):
    """Agree to a task's new day or owner, or let it stand as it was."""

    roles = (DIRECTOR,)
    tool = "tasks"
    minutes = 2
    label = N_("Review a task change")
    menu = TASKS_MENU
    task: Annotated[
        str,
        Pick(
            N_("Task"),
            entity=Task,
            where=lambda row, view, filled: row.ask_due >= 0,
            nothing=_("No change of a task was asked for."),
        ),
    ]
    decision: Annotated[str, Choice(N_("Decision"), words=DECISIONS)]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is changed, or stays; whoever asked hears which."""
        task = world.get(Task, self.task)
        if self.decision == "approve":
            carry_out(world, task, max(task.ask_due, turn.minute + 1), task.ask_owner, task.ask_by)
        else:
            asked = task.ask_by
            _asked_no_more(task)
            world.record(TaskChangeRefused(task=task.id, asked=asked))


def _asks(row: Any, view: Any) -> Words:
    return _("until {when:day}, by {who}", when=row.ask_due, who=name_of(view, row.ask_owner))


def _waits(row: Any, view: Any) -> Waiting:
    filled = {"task": row.id, "decision": "approve"}
    return Waiting(row.title, row.made, row.due, _("{why}", why=row.ask_why), ReviewTaskChange, filled, weight=6)


TASK_CHANGES = Table(
    "task-changes", N_("Task changes"), N_("Customer management/Task changes"), (DIRECTOR,),
    rows=lambda view: (each for each in view.all(Task) if each.ask_due >= 0),
    columns=(
        Column(N_("Task"), lambda row, view: row.title),
        Column(N_("Customer"), customer_of),
        Column(N_("By"), lambda row, view: row.ask_by, "name"),
        Column(N_("Until"), lambda row, view: row.due, "time"),
        Column(N_("Asked for"), _asks),
        Column(N_("Reason"), lambda row, view: row.ask_why),
    ),
    actions=((ReviewTaskChange, "task"),),
    waits=_waits,
    empty=N_("Nobody asks for another day or owner."),
    tool="tasks",
)  # fmt: skip

actions: tuple[type[Action], ...] = (ChangeTask, ReviewTaskChange)
tables: tuple[Table, ...] = (TASK_CHANGES,)
