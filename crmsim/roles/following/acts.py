"""What the staff does about files: follow-ups, tasks, labels, key dates (TSK-1, TSK-2, TSK-4, REG-6)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import CUSTOMER, DIRECTOR, PROSPECTOR, SALES, SERVICE, Company, CompanyView, Staff
from crmsim.crm.customer import Customer
from crmsim.crm.facts import ContractRenewed, CustomerLabelled, FollowUpRecorded, RenewalOffered
from crmsim.crm.naming import colleague
from crmsim.crm.portrait import LABELS
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.crm.task import OPEN, PRIORITIES, REACTIONS, FollowUp, Task
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.fields import Choice, Date, Filled, Option, Pick, Text, Whole
from crmsim.engine.words import DAY, N_, _
from crmsim.roles.customer.own import CustomerAction, refuse_whose
from crmsim.roles.everyone.records import Mine, change
from crmsim.roles.following.clock import close, make

FOLLOWERS = (SALES, SERVICE, PROSPECTOR)
MOST_BYTES = 65_536
MENU = N_("Customer management/Follow-ups")
TASKS_MENU = N_("Customer management/Tasks")
METHOD_OF = {"website": "email", "booth": "meeting"}


def methods(view: Any, filled: Filled) -> list[Option]:
    """The ways to speak with customers: the scenario's dictionary, else its channels."""
    words = view.scenario.dictionaries.get("methods", ()) or view.scenario.channels
    return [Option(each.id, each.name) for each in words]


def unwritten(view: Any, file: str = "") -> dict[str, Any]:
    """For each file, or for this one, the last talk that this seat ended and nobody has followed up in writing."""
    me, written, found = view.seat.id, dict[str, int](), dict[str, Any]()
    for each in view.few(FollowUp, lambda row: row.record == file) if file else view.all(FollowUp):
        if each.minute > written.get(each.record, -1):
            written[each.record] = each.minute
    for talk in view.few(Talk, lambda row: row.record == file and row.seat == me) if file else view.all(Talk):
        if talk.seat == me and talk.record and talk.status == "closed" and talk.answered >= 0:
            if written.get(talk.record, -1) < (talk.says[-1].minute if talk.says else talk.answered):
                found[talk.record] = talk
            else:
                found.pop(talk.record, None)
    return found


def _to_write(view: Any, filled: Filled) -> list[Option]:
    return [Option(id, talk.title) for id, talk in unwritten(view).items() if view.get(Record, id) is not None]


def _is_to_write(view: Any, filled: Filled, file: str) -> bool:
    return file in unwritten(view, file) and view.get(Record, file) is not None


class RecordFollowUp(Action, frozen=True, kw_only=True):
    """Write down what was said with a customer, how it took it, and what comes next; that becomes a task."""

    roles = FOLLOWERS
    tool = "records"
    minutes = 4
    label = N_("Record a follow-up")
    menu = MENU
    teach = N_("Whoever is spoken with next time by what was written down trusts the company more.")
    record: Annotated[
        str,
        Choice(
            N_("Customer"), words=_to_write, has=_is_to_write,
            nothing=_("You have held no talk that is not written down."),
        ),
    ]  # fmt: skip
    method: Annotated[str, Choice(N_("Method"), words=methods, walk=False)]
    content: Annotated[str, Text(N_("Content"), least=2, most=500, long=True)]
    reaction: Annotated[str, Choice(N_("Customer's reaction"), words=REACTIONS, walk=False)]
    change: Annotated[str, Text(N_("Changed needs"), most=200)] = ""
    next: Annotated[int, Date(N_("Next follow-up"), N_("The day on which you mean to come back."), far=120)] = 0
    plan: Annotated[str, Text(N_("Next plan"), most=200)] = ""
    attachment: Annotated[str, Text(N_("Attachment"), N_("A text of at most 64 kB."), most=MOST_BYTES, long=True)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The attachment is too large."""
        if len(self.attachment.encode()) > MOST_BYTES:
            return _("The attachment is larger than 64 kB.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The note stands in the file's timeline; what comes next is a task of this seat."""
        record = world.get(Record, self.record)
        note = world.add(
            FollowUp(
                world.new_id(FollowUp), record=record.id, customer=record.customer, seat=turn.seat, minute=turn.minute,
                method=self.method, content=self.content, reaction=self.reaction, change=self.change, next=self.next,
                plan=self.plan, attachment=self.attachment,
            )
        )  # fmt: skip
        record.focus = -1
        if self.change:
            change(world, turn, record, "notes", f"{record.notes}\n{self.change}".strip()[:500])
        world.record(
            FollowUpRecorded(
                followup=note.id, record=record.id, customer=record.customer, seat=turn.seat, owner=record.owner
            )
        )  # fmt: skip
        if self.next and world.scenario.tools.get("tasks", True):
            rule = "" if self.plan else "next_step"
            make(
                world, turn.seat, self.next + world.calendar.hours[-1][1], record=record.id, goal=self.plan, rule=rule,
                made_by=turn.seat, about=note.id,
            )  # fmt: skip


def _owners(view: Any, filled: Filled) -> list[Option]:
    if DIRECTOR in view.seat.roles:
        return [Option(each.id, colleague(each)) for each in view.all(Staff) if each.active]
    return [Option(view.seat.id, view.seat.name or view.seat.id)]


def _files(view: Any, filled: Filled) -> list[Option]:
    return [Option(row.id, row.title) for row in view.all(Record) if "phone" not in row.hidden]


class AddTask(Action, frozen=True, kw_only=True):
    """Put down something to be done by a day, once or again and again; the director may give it to anybody."""

    roles = (DIRECTOR, *FOLLOWERS)
    tool = "tasks"
    minutes = 2
    label = N_("Add a task")
    menu = TASKS_MENU
    owner: Annotated[str, Choice(N_("For"), words=_owners, walk=False)]
    goal: Annotated[str, Text(N_("Goal"), least=2, most=120)]
    day: Annotated[int, Date(N_("Until"), far=120)]
    priority: Annotated[str, Choice(N_("Priority"), words=PRIORITIES, walk=False)] = "medium"
    record: Annotated[str, Choice(N_("Customer"), words=_files, walk=False, optional=True)] = ""
    every: Annotated[int, Whole(N_("Again every so many working days"), N_("0: once."), high=60)] = 0

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Today's work is over already, or the owner may not see the customer."""
        if self.day + view.calendar.hours[-1][1] <= view.minute:
            return _("That day's work is over.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The owner is told, reminded the day before, and it is the director's matter when it is late."""
        make(
            world, self.owner, self.day + world.calendar.hours[-1][1], goal=self.goal, priority=self.priority,
            record=self.record, every=self.every, made_by=turn.seat,
        )  # fmt: skip


def _by_hand(row: Any, view: Any, filled: Filled) -> bool:
    return bool(row.owner == view.seat.id and row.status in OPEN and not row.rule)


class FinishTask(Action, frozen=True, kw_only=True):
    """Say that a task is done, and what came of it. Tasks made by a rule end when their work is done."""

    roles = (DIRECTOR, "promoter", "reception", *FOLLOWERS)
    tool = "tasks"
    minutes = 1
    label = N_("Finish a task")
    menu = TASKS_MENU
    task: Annotated[
        str, Pick(N_("Task"), entity=Task, where=_by_hand, nothing=_("No task of yours is to be finished by hand."))
    ]
    result: Annotated[str, Text(N_("Result"), most=200)] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """It is done; a recurring one comes again."""
        close(world, world.get(Task, self.task), self.result)


class LabelCustomer(Action, frozen=True, kw_only=True):
    """Label a customer by what a talk showed, or take the label off. A label brings its tactic and its own pace."""

    roles = FOLLOWERS
    tool = "records"
    minutes = 1
    label = N_("Label a customer")
    menu = N_("Customer management/Portraits")
    teach = N_("High intent is followed up twice as often, low intent half as often.")
    record: Mine
    name: Annotated[str, Choice(N_("Label"), words=LABELS, walk=False)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nobody has spoken with the customer yet."""
        if any(each.record == self.record and each.answered >= 0 for each in view.all(Talk)):
            return None
        return _("Nobody has talked with this customer yet: there is nothing to go by.")

    def apply(self, world: Company, turn: Turn) -> None:
        """High and low intent exclude each other."""
        record = world.get(Record, self.record)
        other = {"high_intent": "low_intent", "low_intent": "high_intent"}.get(self.name, "")
        kept = tuple(each for each in record.labels if each not in {self.name, other})
        change(world, turn, record, "labels", kept if self.name in record.labels else (*kept, self.name))
        world.record(CustomerLabelled(record=record.id, label=self.name, owner=record.owner))


class SetKeyDates(Action, frozen=True, kw_only=True):
    """Note a customer's birthday or the day on which its contract runs out."""

    roles = FOLLOWERS
    tool = "tasks"
    minutes = 1
    label = N_("Set key dates")
    menu = TASKS_MENU
    record: Mine
    birthday: Annotated[int, Date(N_("Birthday"), N_("Its next one."), far=366)] = 0
    expiry: Annotated[int, Date(N_("Contract runs out"), far=1200)] = 0

    def refuse(self, view: CompanyView) -> Refusal | None:
        """No date was given."""
        return None if self.birthday or self.expiry else _("Give at least one date.")

    def apply(self, world: Company, turn: Turn) -> None:
        """Tasks will be made ahead of these days."""
        record = world.get(Record, self.record)
        for field in ("birthday", "expiry"):
            if value := getattr(self, field):
                change(world, turn, record, field, value)
        if self.expiry:
            record.renewal = -1


def may_renew(row: Any, view: Any, filled: Filled) -> bool:
    """Whether it is time to speak with an own customer of renewing its contract."""
    ahead = view.scenario.following.expiry_days * DAY
    own = row.owner == view.seat.id and "expiry" not in row.hidden
    return bool(own and row.renewal < 0 and 0 < row.expiry - view.minute <= ahead)


class OfferRenewal(Action, frozen=True, kw_only=True):
    """Offer a customer to renew its frame contract before it runs out."""

    roles = (SALES,)
    tool = "tasks"
    minutes = 6
    label = N_("Offer to renew")
    menu = TASKS_MENU
    teach = N_("A contract that runs out unspoken costs trust; a content customer renews when asked.")
    record: Annotated[
        str, Pick(N_("Customer"), entity=Record, where=may_renew, nothing=_("No contract of yours runs out soon."))
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer thinks about it."""
        record = world.get(Record, self.record)
        record.renewal = turn.minute
        world.record(RenewalOffered(record=record.id, customer=record.customer, seat=turn.seat))


class RenewContract(CustomerAction, frozen=True, kw_only=True):
    """Renew the frame contract with the company, as it offered."""

    roles = (CUSTOMER,)
    minutes = 0
    label = N_("Renew the contract")
    menu = N_("Orders/Contracts")

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing was offered."""
        problem = refuse_whose(view, self.customer)
        if problem is not None:
            return problem
        who = self.customer or next((each.id for each in view.all(Customer)), "")
        offered = view.known(Record, lambda row: row.customer == who and row.renewal > 0 and row.expiry >= 0)
        return None if offered else _("The company has not offered to renew.")

    def apply(self, world: Company, turn: Turn) -> None:
        """It holds for another period."""
        who = self.who(world, turn)
        for record in world.all(Record):
            if record.customer == who.id and record.renewal > 0 and record.expiry >= 0:
                longer = max(1, world.scenario.following.contract_days) * DAY
                change(world, turn, record, "expiry", record.expiry + longer)
                record.renewal = -1
                world.record(ContractRenewed(record=record.id, customer=who.id, owner=record.owner))


actions: tuple[type[Action], ...] = (
    RecordFollowUp, AddTask, FinishTask, LabelCustomer, SetKeyDates, OfferRenewal, RenewContract,
)  # fmt: skip
