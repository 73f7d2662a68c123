"""What the director leads by: targets, monitoring with notes and coaching (DIR-12, DIR-15)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, Company, CompanyView
from crmsim.crm.company import Staff as StaffSeat
from crmsim.crm.facts import MonitoringNoted, NoteRead, StaffCoached, TargetSet
from crmsim.crm.plan import MonitoringNote, Target
from crmsim.crm.target import HABITS, handlings, progress_of, sellers_of, split, with_coaching
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Filled, Money, Pick, Text, Yes
from crmsim.engine.words import DAY, N_, Message, _

TARGETS_MENU = N_("Company management/Sales targets")
MONITOR_MENU = N_("Company management/Monitoring")
NOTED = (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)


def _colleague(row: Any, view: Any, filled: Filled) -> bool:
    return bool(row.active and DIRECTOR not in row.roles)


def _seller(row: Any, view: Any, filled: Filled) -> bool:
    return bool(row.active and SALES in row.roles)


Colleague = Annotated[
    str, Pick(N_("Colleague"), entity=StaffSeat, where=_colleague, show=lambda row: row.name or row.id)
]
About = Annotated[str, Choice(N_("About"), words=HABITS)]


class SetTarget(Action, frozen=True, kw_only=True):
    """Set the sales target of the company, split to people by how many customers each looks after; or one person's."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Set a sales target")
    menu = TARGETS_MENU
    tool = "targets"
    amount: Annotated[int, Money(N_("Amount"), low=1, start=lambda view, filled: view.scenario.company.revenue_target)]
    staff: Annotated[
        str,
        Pick(N_("Colleague"), N_("Leave empty for the company."), entity=StaffSeat, where=_seller, optional=True,
             show=lambda row: row.name or row.id),
    ] = ""  # fmt: skip
    divide: Annotated[bool, Yes(N_("Split to people"))] = True

    def apply(self, world: Company, turn: Turn) -> None:
        """It holds from day one of the game; whoever it is for hears of it."""
        _set(world, self.staff, self.amount)
        if not self.staff and self.divide:
            for staff, part in split(self.amount, sellers_of(world)):
                _set(world, staff, part)


def _set(world: Company, staff: str, amount: int) -> None:
    found = next((each for each in world.all(Target) if each.staff == staff), None)
    target = found or world.add(Target(world.new_id(Target), staff=staff))
    target.amount = amount
    world.record(TargetSet(target=target.id, staff=staff, amount=amount))


class WriteNote(Action, frozen=True, kw_only=True):
    """Write a note to a colleague about its handling; it lies on that desk until it is read."""

    roles = (DIRECTOR,)
    minutes = 6
    label = N_("Write a note")
    menu = MONITOR_MENU
    tool = "monitoring"
    staff: Colleague
    about: About
    text: Annotated[str, Text(N_("The note"), least=2, most=300, long=True)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A note about the same lies there already."""
        for each in view.all(MonitoringNote):
            if each.staff == self.staff and each.about == self.about and each.read < 0:
                return _("A note about this was not read yet.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is on the desk."""
        due = world.calendar.after(turn.minute, world.settings.first_answer_minutes)
        note = world.add(
            MonitoringNote(
                world.new_id(MonitoringNote), staff=self.staff, about=self.about, text=self.text,
                written=turn.minute, due=due,
            )
        )  # fmt: skip
        world.record(MonitoringNoted(note=note.id, staff=self.staff, about=self.about))


class ReadNote(Action, frozen=True, kw_only=True):
    """Read the director's note and answer it; what it asks is minded for some days."""

    roles = NOTED
    minutes = 5
    label = N_("Read the note")
    menu = MONITOR_MENU
    tool = "monitoring"
    note: Annotated[
        str,
        Pick(
            N_("The note"), entity=MonitoringNote, show=lambda row: row.id,
            where=lambda row, view, filled: row.staff == view.seat.id and row.read < 0,
            nothing=_("No note of the director waits for you."),
        ),
    ]  # fmt: skip
    answer: Annotated[str, Text(N_("Answer"), most=300)] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """The director sees that it was read."""
        note = world.get(MonitoringNote, self.note)
        note.read, note.answer = turn.minute, self.answer
        _coach(world, note.staff, note.about, world.scenario.planning.note_days)
        world.record(NoteRead(note=note.id, staff=note.staff))


class CoachStaff(Action, frozen=True, kw_only=True):
    """Sit down with a colleague and practise one habit: it takes both of you time, and is minded for days."""

    roles = (DIRECTOR,)
    minutes = 45
    label = N_("Coach")
    menu = MONITOR_MENU
    tool = "monitoring"
    teach = N_("Coaching pays where one habit costs many customers; look at the figures first.")
    staff: Colleague
    about: About

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It was coached on this within the last days, or is busy."""
        staff = view.get(StaffSeat, self.staff)
        assert staff is not None
        if dict(staff.coached).get(self.about, 0) > view.minute:
            return _("This was practised only lately.")
        return _("Busy until {when:time}.", when=staff.busy_until) if staff.busy_until > view.minute + DAY else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The colleague is busy meanwhile, and minds it from now on."""
        staff = world.get(StaffSeat, self.staff)
        busy = world.calendar.next_open(world.calendar.after(max(turn.minute, staff.busy_until), self.cost(world)))
        staff.busy_until = busy
        until = _coach(world, staff.id, self.about, world.scenario.planning.coach_days)
        world.record(StaffCoached(staff=staff.id, about=self.about, until=until))


def _coach(world: Company, staff: str, habit: str, days: int) -> int:
    """Somebody minds a habit for some working days; returns until when."""
    found, until = world.get(StaffSeat, staff), world.calendar.working_days_after(world.minute, days)
    found.coached = with_coaching(found.coached, habit, until)
    return int(until)


def _note_waits(row: Any, view: Any) -> Waiting | None:
    if row.staff != view.seat.id or row.read >= 0:
        return None
    why = _("The director wrote: {text}", text=row.text)
    what = _("The note about {about:label}", about=row.about)
    return Waiting(what, row.written, row.due, why, ReadNote, {"note": row.id}, weight=2)


def _own_target(view: Any) -> Message | None:
    """What this seat's own target has reached, beside the share of the time that is over, in whole per cent."""
    mine = next((each for each in progress_of(view) if each.staff == view.seat.id), None)
    if mine is None:
        return None
    reached, passed = (share // 10_000 * 10_000 for share in (mine.reached, mine.expected))
    return _("target {reached:percent} (time {passed:percent})", reached=reached, passed=passed)


_LABELS = dict(HABITS)
TARGETS = Table(
    "targets", N_("Sales targets"), TARGETS_MENU, (DIRECTOR, SALES),
    rows=lambda view: list(progress_of(view)),
    columns=(
        Column(N_("Whose"), lambda row, view: row.staff or _("the company"), "name"),
        Column(N_("Target"), lambda row, view: row.target, "money"),
        Column(N_("Signed"), lambda row, view: row.signed, "money"),
        Column(N_("Attained"), lambda row, view: row.reached, "percent"),
        Column(N_("Time passed"), lambda row, view: row.expected, "percent"),
        Column(N_("Standing"), lambda row, view: _("behind") if row.behind else _("on course")),
    ),
    actions=((SetTarget, ""),),
    empty=N_("No sales target was set yet."),
    tool="targets",
    gauge=_own_target,
)  # fmt: skip
MONITORING = Table(
    "monitoring", N_("Monitoring"), MONITOR_MENU, (DIRECTOR,),
    rows=handlings,
    columns=(
        Column(N_("Name"), lambda row, view: row.title),
        Column(N_("Talks"), lambda row, view: row.talks),
        Column(N_("Mean wait"), lambda row, view: row.wait, "span"),
        Column(N_("Answered late"), lambda row, view: row.slow_share, "percent"),
        Column(N_("Missed"), lambda row, view: row.missed),
        Column(N_("Orders"), lambda row, view: row.orders),
        Column(N_("Sales"), lambda row, view: row.sales, "money"),
        Column(N_("Mean discount"), lambda row, view: row.discount, "percent"),
        Column(N_("Requests"), lambda row, view: row.cases),
        Column(N_("Overdue"), lambda row, view: row.overdue),
        Column(N_("Notes not read"), lambda row, view: row.notes),
        Column(N_("Score"), lambda row, view: f"{row.score // 100}.{row.score % 100 // 10}" if row.score else ""),
    ),
    actions=((WriteNote, "staff"), (CoachStaff, "staff")),
    tool="monitoring",
)  # fmt: skip
NOTES = Table(
    "director-notes", N_("Notes of the director"), MONITOR_MENU, (DIRECTOR, *NOTED),
    rows=lambda view: view.all(MonitoringNote),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Colleague"), lambda row, view: row.staff, "name"),
        Column(N_("About"), lambda row, view: _("{about:label}", about=_LABELS.get(row.about, row.about))),
        Column(N_("The note"), lambda row, view: row.text),
        Column(N_("Written"), lambda row, view: row.written, "time"),
        Column(N_("Read"), lambda row, view: row.read if row.read >= 0 else None, "time"),
        Column(N_("Answer"), lambda row, view: row.answer),
    ),
    actions=((ReadNote, "note"),),
    waits=_note_waits,
    empty=N_("No notes yet."),
    tool="monitoring",
)  # fmt: skip
actions: tuple[type[Action], ...] = (
    SetTarget, WriteNote, ReadNote, CoachStaff,
)  # fmt: skip
tables: tuple[Table, ...] = (TARGETS, MONITORING, NOTES)
