"""Reports of follow-up: whether customers were answered, how fast, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.analysis.counting import median, people, share
from crmsim.crm.analysis.customers import TEAM, files
from crmsim.crm.report import Figure, Report, Row
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, N_, _

SPOKE = ("promoter", "reception", "prospector", "sales", "service")


def _asked(view: Any) -> list[Any]:
    """The talks that customers began."""
    return [each for each in view.all(Talk) if each.by_customer]


def _waited(view: Any, talk: Any) -> int:
    """Working minutes from the customer's first word to the first answer; before the game nobody counts."""
    return int(view.calendar.between(max(talk.started, 0), max(talk.answered, 0)))


def _in_time(view: Any, talk: Any) -> bool:
    return bool(talk.answered >= 0 and _waited(view, talk) <= view.settings.first_answer_minutes)


def _completion(view: Any) -> Iterator[Row]:
    talks = _asked(view)
    for seat, name in people(view, *SPOKE):
        mine = [each for each in talks if each.seat == seat]
        yield Row(name, _split(view, mine))
    pool = [each for each in talks if not each.seat]
    if pool:
        yield Row(_("nobody"), _split(view, pool))


def _split(view: Any, talks: list[Any]) -> tuple[int, int, int]:
    answered = [each for each in talks if each.answered >= 0]
    timely = sum(_in_time(view, each) for each in answered)
    return timely, len(answered) - timely, len(talks) - len(answered)


def _speed(view: Any) -> Iterator[Row]:
    talks = [each for each in _asked(view) if each.answered >= 0]
    for channel in view.scenario.channels:
        waits = [_waited(view, each) for each in talks if each.channel == channel.id]
        if waits:
            yield Row(channel.name, (median(waits), max(waits)))


def _reasons(view: Any) -> Iterator[Row]:
    """Every customer on file that was not spoken with for a week, by the reason."""
    counts: dict[str, int] = {}
    last = _last_contact(view)
    for record in files(view):
        reason = _reason(view, record, last.get(record.id))
        if reason:
            counts[reason] = counts.get(reason, 0) + 1
    for reason, label in REASONS.items():
        if counts.get(reason):
            yield Row(_(label), (counts[reason],))


REASONS = {
    "pool": N_("not assigned yet"), "never": N_("never contacted by its owner"),
    "missed": N_("gave up waiting"), "silent": N_("no talk for over 7 days"), "lost": N_("lost, closed on purpose"),
}  # fmt: skip


def _last_contact(view: Any) -> dict[str, int]:
    last: dict[str, int] = {}
    for each in view.all(Talk):
        if each.record and each.answered >= 0:
            latest = each.says[-1].minute if each.says else each.answered
            last[each.record] = max(last.get(each.record, latest), latest)
    return last


def _reason(view: Any, record: Any, last: int | None) -> str:
    if record.status == "lost":
        return "lost"
    latest = record.recorded if last is None else max(last, record.recorded)
    if view.minute - latest <= view.scenario.following.silent_days * DAY:
        return ""
    if not record.owner:
        return "pool"
    if last is None:
        return "never"
    missed = any(each.record == record.id and each.status == "missed" for each in view.all(Talk))
    return "missed" if missed else "silent"


def answered_share(view: Any) -> int | None:
    """Of the talks that customers began, the share answered in the time promised; ppm."""
    talks = _asked(view)
    return share(sum(_in_time(view, each) for each in talks), len(talks))


def answer_time(view: Any) -> int | None:
    """Median working minutes to the first answer."""
    return median(_waited(view, each) for each in _asked(view) if each.answered >= 0)


def covered_share(view: Any) -> int | None:
    """Of the customers that are not lost, the share spoken with in the last week; ppm."""
    last = _last_contact(view)
    open_files = [each for each in files(view) if each.status != "lost"]
    fresh = sum(not _reason(view, each, last.get(each.id)) for each in open_files)
    return share(fresh, len(open_files))


FIGURES = (
    Figure("answered", N_("Answered in time"),
           N_("Talks begun by customers and answered within the company's limit, over all that they began."),
           answered_share, "percent"),
    Figure("answer-time", N_("First answer"),
           N_("Median working time from a customer's first word to the first answer."),
           answer_time, "span"),
    Figure("covered", N_("Followed up"),
           N_("Customers on file spoken with or entered in the last 7 days, over all that are not lost."),
           covered_share, "percent"),
)  # fmt: skip
REPORTS = (
    Report("report-follow-up", N_("Follow-up"),
           N_("Talks begun by customers, by who handled them: answered in the promised time, later, or not at all."),
           "stacked", N_("Handled by"), (N_("in time"), N_("late"), N_("unanswered")), _completion,
           roles=TEAM, figures=FIGURES),
    Report("report-response", N_("Response time"),
           N_("Working time from a customer's first word to the first answer, by channel: the median and the longest."),
           "hbar", N_("Channel"), (N_("Median"), N_("Longest")), _speed, "span", roles=TEAM),
    Report("report-silence", N_("Why nobody followed up"),
           N_("Customers on file without a talk for over 7 days, and the lost ones, counted by the reason."),
           "hbar", N_("Reason"), (N_("Customers"),), _reasons, roles=TEAM),
)  # fmt: skip
