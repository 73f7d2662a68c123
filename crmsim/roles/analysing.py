"""Analysis and decisions (DIR-13): every report as a table, and decision notes that are compared with what followed."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.analysis.all import FIGURES, REPORTS
from crmsim.crm.company import COMPANY, DIRECTOR, INSTRUCTOR, Company, CompanyView
from crmsim.crm.decision import Decision
from crmsim.crm.facts import DecisionCompared, DecisionRecorded
from crmsim.crm.report import MENU, table_of
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Date, Filled, Option, Pick, Text
from crmsim.engine.words import DAY, N_, Words, _, money, percent

NOTES = f"{MENU}/{N_('Decision notes')}"
DIRECTIONS = {"up": N_("rises"), "down": N_("falls")}
STATUSES = {"open": N_("awaited"), "met": N_("came true"), "missed": N_("did not come true")}
TOOL = "reports"


def _figures(view: Any, filled: Any) -> list[Option]:
    return [Option(each.id, _(each.label)) for each in FIGURES.values()]


def last_day(view: Any) -> int:
    """The minute at which the last day of the game begins."""
    first = view.calendar.next_open(0)
    return int(view.calendar.working_days_after(first, view.scenario.calendar.days - 1)) // DAY * DAY


def _by_the_end(view: Any, filled: Filled) -> int:
    return max(last_day(view), int(view.minute) // DAY * DAY + DAY)


class RecordDecision(Action, frozen=True):
    """Write down a decision and what it is expected to bring: which figure rises or falls, until which day."""

    roles = (DIRECTOR,)
    minutes = 15
    label = N_("Record a decision")
    menu = NOTES
    tool = TOOL
    teach = N_("A decision whose success cannot be measured cannot be learned from: name the figure and the day.")
    text: Annotated[
        str, Text(N_("Decision"), least=6, most=500, long=True, example=N_("Spend where a lead costs least."))
    ]
    figure: Annotated[str, Choice(N_("Indicator"), words=_figures, walk=False)]
    direction: Annotated[str, Choice(N_("Expected to"), words=tuple(DIRECTIONS.items()), walk=False)]
    due: Annotated[int, Date(N_("Compared on"), ahead=1, start=_by_the_end)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The game is over by then, or the same is awaited already."""
        if view.minute // DAY * DAY >= last_day(view):
            return _("This is the last day: a decision could not be compared on a later one.")
        if self.due > last_day(view):
            return _("The game ends on {when:day}; choose a day until then.", when=last_day(view))
        for each in view.all(Decision):
            if each.status == "open" and (each.figure, each.due) == (self.figure, self.due):
                return _("Decision {decision} awaits the same figure on that day.", decision=each.id)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The note keeps today's figure; the company's clock compares at the end of the day named."""
        note = world.add(
            Decision(
                world.new_id(Decision), by=turn.seat, text=self.text, figure=self.figure, direction=self.direction,
                before=measured(world, turn.seat, self.figure), written=turn.minute, due=self.due,
            )
        )  # fmt: skip
        world.record(
            DecisionRecorded(decision=note.id, seat=turn.seat, figure=self.figure, direction=self.direction)
        )  # fmt: skip
        world.due(self.due + DAY - 1, CompareDecision(decision=note.id))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """Whether the decision rests on a figure that could be read when it was made."""
        known = measured(world, turn.seat, self.figure) is not None
        why = (
            _("The figure could be read in a report.") if known else _("Nothing had been measured of this figure yet.")
        )
        return (Judgement("analysis.decisions", 1000 if known else 400, why),)


class CompareDecision(Action, frozen=True):
    """The day of a decision's expectation is over: its figure is read again."""

    roles = (COMPANY,)
    minutes = 0
    label = N_("Compare a decision")
    decision: Annotated[
        str, Pick(N_("Decision"), entity=Decision, where=lambda row, view, filled: row.status == "open")
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """The note says what came of it."""
        note = world.get(Decision, self.decision)
        note.after = measured(world, note.by, note.figure)
        note.status = "met" if note.holds(note.after) else "missed"
        world.record(
            DecisionCompared(
                decision=note.id, seat=note.by, figure=note.figure, before=note.before, after=note.after,
                outcome=STATUSES[note.status],
            )
        )  # fmt: skip


def measured(world: Company, seat: str, figure: str) -> int | None:
    """A figure as a seat reads it now."""
    return FIGURES[figure].value(CompanyView(world, seat))


def valued(value: int | None, figure: str) -> Words:
    """A figure's value in its unit; the same in both languages but for lengths of time."""
    unit = FIGURES[figure].unit
    if value is None:
        return "–"
    forms = {"money": money, "percent": percent}
    if unit in forms:
        return forms[unit](value)
    if unit == "span":
        return _("{length:span}", length=value)
    return f"{value // 100}.{value % 100:02d}" if unit == "score" else str(value)


DECISIONS = Table(
    "decisions", N_("Decision notes"), NOTES, (DIRECTOR, INSTRUCTOR),
    rows=lambda view: view.all(Decision),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Decision"), lambda row, view: row.text),
        Column(N_("Indicator"), lambda row, view: _(FIGURES[row.figure].label)),
        Column(N_("Expected to"), lambda row, view: _(DIRECTIONS[row.direction])),
        Column(N_("Before"), lambda row, view: valued(row.before, row.figure)),
        Column(N_("Compared on"), lambda row, view: row.due, "day"),
        Column(N_("After"), lambda row, view: None if row.status == "open" else valued(row.after, row.figure)),
        Column(N_("Outcome"), lambda row, view: _(STATUSES[row.status])),
    ),
    actions=((RecordDecision, ""),),
    empty=N_("No decision yet: read a report, decide, and say what it should bring."),
    tool=TOOL,
)  # fmt: skip

actions: tuple[type[Action], ...] = (RecordDecision, CompareDecision)
tables: tuple[Table, ...] = (*(table_of(each) for each in REPORTS), DECISIONS)
