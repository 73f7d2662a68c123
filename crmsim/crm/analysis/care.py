"""Reports of satisfaction and service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.analysis.counting import by_word, mean, median, people, share
from crmsim.crm.order import Order
from crmsim.crm.report import Figure, Report, Row
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.survey import Questionnaire
from crmsim.engine.words import N_, Words, _

CARERS = ("director", "instructor", "service")
GOOD = 4  # of 5: whoever gives as much counts as satisfied
STATUSES = {
    "open": N_("open"), "answered": N_("answered"), "resolved": N_("resolved"), "closed": N_("closed"),
}  # fmt: skip


def _scores(view: Any) -> Iterator[Row]:
    given = list(view.all(Feedback))
    for score in range(5, 0, -1):
        sales = sum(each.score == score and each.about == "sales" for each in given)
        service = sum(each.score == score and each.about != "sales" for each in given)
        yield Row(_("{n} of 5", n=score), (sales, service))


def _service(view: Any) -> Iterator[Row]:
    requests = list(view.all(ServiceRequest))
    for seat, name in people(view, "service"):
        mine = [each for each in requests if each.agent == seat]
        answer = median(_worked(view, each.opened, each.answered) for each in mine if each.answered >= 0)
        solved = median(_worked(view, each.opened, each.resolved) for each in mine if each.resolved >= 0)
        if mine:
            yield Row(name, (answer, solved))


def _worked(view: Any, start: int, end: int) -> int:
    """Working minutes between; what happened before the game counts from its first day."""
    return int(view.calendar.between(max(start, 0), max(end, 0)))


def _requests(view: Any) -> Iterator[Row]:
    counts: dict[str, int] = {}
    for each in view.all(ServiceRequest):
        counts[each.status] = counts.get(each.status, 0) + 1
    for status, label in STATUSES.items():
        if counts.get(status):
            yield Row(_(label), (counts[status],))


def _returns(view: Any) -> Iterator[Row]:
    reasons = (each.reason for each in view.all(Return))
    return by_word(reasons, view.scenario.dictionaries.get("return_reasons", ()), "return_reasons")


def _answers(view: Any) -> Iterator[Row]:
    """The mean answer to each question of the surveys, as hundredths of its scale's points."""
    found: dict[tuple[str, int], tuple[Words, list[int]]] = {}
    for copy in view.all(Questionnaire):
        for index, score in enumerate(copy.answers):
            _words, given = found.setdefault((copy.survey, index), (copy.questions[index], []))
            given.append(score * 100)
    for words, given in found.values():
        yield Row(words, (mean(given),))


def score(view: Any) -> int | None:
    """Mean score of the feedback, hundredths of a point of 5."""
    return mean(each.score * 100 for each in view.all(Feedback))


def satisfied(view: Any) -> int | None:
    """Of the feedback given, the share with 4 or 5 of 5; ppm."""
    given = [each.score for each in view.all(Feedback)]
    return share(sum(each >= GOOD for each in given), len(given))


def service_time(view: Any) -> int | None:
    """Median working minutes from a request to its resolution."""
    return median(_worked(view, each.opened, each.resolved) for each in view.all(ServiceRequest) if each.resolved >= 0)


def first_time(view: Any) -> int | None:
    """Of the resolved requests, the share that never came back; ppm."""
    done = [each for each in view.all(ServiceRequest) if each.resolved >= 0]
    return share(sum(not each.reopened for each in done), len(done))


def returned(view: Any) -> int | None:
    """Returns asked for over orders received; ppm."""
    received = sum(each.received >= 0 for each in view.all(Order))
    return share(sum(1 for _each in view.all(Return)), received)


FIGURES = (
    Figure("score", N_("Mean score"), N_("The mean of all feedback on sales and on service, of 5."), score, "score"),
    Figure("satisfied", N_("Satisfied"), N_("Feedback of 4 or 5 over all feedback given."), satisfied, "percent"),
)  # fmt: skip
SERVICE = (
    Figure("service-time", N_("Time to resolve"), N_("Median working time from a service request to its resolution."),
           service_time, "span"),
    Figure("first-time", N_("Resolved the first time"),
           N_("Resolved requests that did not come back, over all that were resolved."), first_time, "percent"),
    Figure("returned", N_("Return rate"), N_("Returns asked for over orders received."), returned, "percent"),
)  # fmt: skip

REPORTS = (
    Report("report-satisfaction", N_("Satisfaction"), N_("The feedback of customers, counted by the score they gave."),
           "stacked", N_("Score"), (N_("on sales"), N_("on service")), _scores, roles=CARERS, figures=FIGURES),
    Report("report-service", N_("Service times"),
           N_("By agent: the median working time from a request to the first answer, and to its resolution."),
           "hbar", N_("Agent"), (N_("First answer"), N_("Resolved")), _service, "span", CARERS, SERVICE),
    Report("report-requests", N_("Service requests"), N_("Service requests, counted by their status."),
           "bar", N_("Status"), (N_("Requests"),), _requests, roles=CARERS),
    Report("report-returns", N_("Reasons of returns"), N_("Returns asked for, counted by the customer's reason."),
           "pie", N_("Reason"), (N_("Returns"),), _returns, roles=CARERS),
    Report("report-surveys", N_("Survey answers"), N_("The mean answer to each question, over the copies answered."),
           "hbar", N_("Question"), (N_("Mean"),), _answers, "score", CARERS),
)  # fmt: skip
