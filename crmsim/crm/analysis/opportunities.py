"""Reports of opportunities: how far they come, how long they stay, what was foreseen and attained, why (REP-3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.analysis.counting import by_word, median, people, periods, share
from crmsim.crm.funnel import funnel
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.pipeline import FACTORS, LOST, PPM, TOOL, WON, Deal, chance, deals, stages
from crmsim.crm.report import Figure, Report, Row
from crmsim.crm.target import progress_of, signed_by
from crmsim.engine.words import N_, _

SELLERS = ("director", "instructor", "sales")


def _reached(view: Any) -> Iterator[Row]:
    for row in funnel(view):
        if row.id != LOST:
            yield Row(row.label, (row.reached,))


def _onward(view: Any) -> Iterator[Row]:
    for row in funnel(view):
        if row.id not in {WON, LOST}:
            yield Row(row.label, (share(row.onward, row.reached),))


def _stays(view: Any) -> Iterator[Row]:
    stays: dict[str, list[int]] = {}
    for each in view.all(Opportunity):
        for stage, entered, left in each.steps:
            stays.setdefault(stage, []).append(int(view.calendar.between(entered, left)))
    open_ones = stages(view.scenario)
    for word in view.scenario.dictionaries.get("stages", ()):
        if word.id in open_ones:
            found = stays.get(word.id, [])
            yield Row(word.name, (median(found), max(found, default=None)))


def foreseen(each: Any, minute: int) -> bool:
    """Whether a deal was to be decided by now: its close date has come, or it is settled."""
    return bool(each.settled >= 0 or each.close <= minute)


def attained(view: Any, each: Any) -> int:
    """What a won deal brought: its signed order's total, its own amount where the order may not be seen; else 0."""
    if each.stage != WON:
        return 0
    order = view.get(Order, each.order)
    return int(each.amount if order is None or "lines" in order.hidden else order.total)


def _forecast(view: Any) -> Iterator[Row]:
    every = deals(view)
    for seat, name in people(view, "sales"):
        mine = [each for each in every if each.opportunity.owner == seat]
        due = [each.opportunity for each in mine if foreseen(each.opportunity, view.minute)]
        yield Row(
            name, (sum(each.amount for each in due), sum(attained(view, each) for each in due), _weighted(view, mine))
        )


def _weighted(view: Any, mine: list[Deal]) -> int:
    """Open deals, each by its chance of winning; fen."""
    return sum(each.opportunity.amount * chance(each, view) // PPM for each in mine if each.opportunity.is_open)


def _lost(view: Any) -> Iterator[Row]:
    reasons = (each.lost for each in view.all(Opportunity) if each.stage == LOST)
    return by_word(reasons, view.scenario.dictionaries.get("lost_reasons", ()), "lost_reasons")


def _factors(view: Any) -> Iterator[Row]:
    won = [each for each in view.all(Opportunity) if each.stage == WON]
    for factor, label in FACTORS:
        number = sum(factor in each.factors for each in won)
        if number:
            yield Row(_(label), (number,))
    silent = sum(not each.factors for each in won)
    if silent:
        yield Row(_("not stated"), (silent,))


def forecast_attained(view: Any) -> int | None:
    """What the deals that were to be decided by now brought, over what was put down for them; ppm."""
    due = [each for each in view.all(Opportunity) if foreseen(each, view.minute)]
    return share(sum(attained(view, each) for each in due), sum(each.amount for each in due))


def win_rate(view: Any) -> int | None:
    """Of the settled opportunities, the share won; ppm."""
    settled = [each for each in view.all(Opportunity) if not each.is_open]
    return share(sum(each.stage == WON for each in settled), len(settled))


def attainment(view: Any) -> int | None:
    """Signed sales over the company's target, as the table of targets says; ppm."""
    for each in progress_of(view):
        if not each.staff:
            return share(each.signed, each.target)
    return share(signed_by(view, ""), view.scenario.company.revenue_target)


def _against_target(view: Any) -> Iterator[Row]:
    signed = [(each.answered, each.total) for each in view.all(Order) if each.status in SIGNED and each.answered >= 0]
    target = next((each.target for each in progress_of(view) if not each.staff), view.scenario.company.revenue_target)
    days = view.scenario.calendar.days * view.calendar.minutes_a_day
    for label, start, end in periods(view):
        worked = [min(days, int(view.calendar.between(0, minute))) for minute in (start, end)]
        pace = target * worked[1] // days - target * worked[0] // days
        yield Row(label, (sum(total for minute, total in signed if start <= minute < end), pace))


FORECAST = (
    Figure("forecast", N_("Forecast attained"),
           N_("Signed amounts of won opportunities over the amounts of all that are settled or past their close date."),
           forecast_attained, "percent"),
    Figure("win-rate", N_("Opportunities won"), N_("Opportunities won over all that were won or lost."),
           win_rate, "percent"),
)  # fmt: skip
TARGET = (
    Figure("target", N_("Target attained"), N_("Sales signed in this game over the company's revenue target."),
           attainment, "percent"),
)  # fmt: skip


def _report(id: str, label: str, definition: str, kind: str, heading: str, series: tuple[str, ...], rows: Any,
            unit: str = "", figures: tuple[Figure, ...] = ()) -> Report:  # fmt: skip
    return Report(id, label, definition, kind, heading, series, rows, unit, SELLERS, figures, TOOL)


REPORTS = (
    _report("report-stages", N_("Opportunities by stage"),
            N_("How many opportunities ever reached each stage; one that came further counts in all before."),
            "funnel", N_("Stage"), (N_("Ever reached"),), _reached),
    _report("report-stage-conversion", N_("Conversion by stage"),
            N_("Of the opportunities that reached a stage, the share that went on to a later one."),
            "bar", N_("Stage"), (N_("Went further"),), _onward, "percent"),
    _report("report-dwell", N_("Time in each stage"),
            N_("Working time that opportunities stayed in a stage they have left: the median and the longest."),
            "hbar", N_("Stage"), (N_("Median"), N_("Longest")), _stays, "span"),
    _report("report-forecast", N_("Forecast and attainment"),
            N_("By salesperson: the amounts of opportunities to be decided by now, what was signed of them, and what is"
               " still open, each by its chance of winning."),
            "bar", N_("Salesperson"), (N_("Forecast"), N_("Signed"), N_("Open, by chance")), _forecast, "money",
            FORECAST),
    Report("report-target", N_("Sales against the target"),
           N_("Sales signed by the day, and what an even pace towards the company's target would bring."),
           "line", N_("Day"), (N_("Signed"), N_("Target")), _against_target, "money", SELLERS, TARGET),
    _report("report-lost", N_("Why deals were lost"), N_("Lost opportunities, counted by the reason given."),
            "pie", N_("Reason"), (N_("Opportunities"),), _lost),
    _report("report-factors", N_("What made deals succeed"),
            N_("Won opportunities, counted by each success factor named; one deal may name several."),
            "hbar", N_("Success factor"), (N_("Opportunities"),), _factors),
)  # fmt: skip
