"""What the desk of a service agent shows, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.company import SERVICE, word
from crmsim.crm.naming import joined, name_of, whose
from crmsim.crm.order import Order
from crmsim.crm.record import Record
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.survey import Survey
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.service.cases import (
    APOLOGY,
    AnswerRequest,
    AskSymptom,
    Diagnose,
    EscalateRequest,
    Resolve,
    faults_of,
    possible,
    questions,
)
from crmsim.roles.service.papers import (
    EndorseReturn,
    IssueSurvey,
    ReadSurvey,
    RefuseReturn,
    answers_of,
    within_policy,
)

SHARE = 3  # of the customers a survey was sent to, one in so many answers: then it is worth reading


def _mine(kind: type) -> Any:
    def rows(view: Any) -> Iterator[Any]:
        return (each for each in view.all(kind) if each.agent in {"", view.seat.id})

    return rows


def _called(request: Any, view: Any) -> Words:
    return _("{id} {product}", id=request.id, product=name_of(view, request.product))


def _request_waits(request: Any, view: Any) -> Waiting | None:
    if request.status not in {"open", "answered"} or request.pending:
        return None
    limit = view.calendar.after(request.opened, view.settings.first_answer_minutes)
    weight = 50 + 30 * request.complaint + 20 * request.reopened + 10 * request.escalated
    due = limit if request.status == "open" else request.answered + DAY
    filled: dict[str, Any] = {"request": request.id}
    if request.status == "open":
        why = _("It came back.") if request.reopened else _("The customer has had no answer yet.")
        return Waiting(_called(request, view), request.opened, due, why, AnswerRequest, filled, weight)
    left = possible(view.scenario, request)
    since = request.opened  # the customer has waited from the start, whatever was said in between
    if request.symptom and not request.diagnosis:
        ask = questions(view.scenario, request)
        if len(left) > 1 and ask:
            names = joined(word(view.scenario, "causes", each) for each in left)
            why = _("{left} causes are possible: {names}.", left=len(left), names=names)
            return Waiting(_called(request, view), since, due, why, AskSymptom, {**filled, "question": ask[0]}, weight)
        if left:
            why = _("The cause is clear.")
            return Waiting(_called(request, view), since, due, why, Diagnose, {**filled, "cause": left[0]}, weight)
    remedies = [each.remedy for each in faults_of(view.scenario, request) if each.cause == request.diagnosis]
    ready = {**filled, "remedy": remedies[0] if remedies else APOLOGY}
    return Waiting(_called(request, view), since, due, _("The customer waits for a remedy."), Resolve, ready, weight)


def _return_waits(found: Any, view: Any) -> Waiting | None:
    if found.status != "requested":
        return None
    order = view.get(Order, found.order)
    filled: dict[str, Any] = {"return_": found.id}
    due = found.opened + DAY
    if order is not None and not within_policy(order, found, view.settings.return_days):
        why = _("The return window has passed.")
        return Waiting(whose(view, found), found.opened, due, why, RefuseReturn, filled, 40)
    why = _("It is within the return window.")
    return Waiting(whose(view, found), found.opened, due, why, EndorseReturn, filled, 40)


def _survey_waits(survey: Any, view: Any) -> Waiting | None:
    if survey.agent != view.seat.id:
        return None
    if survey.status == "assigned":
        buyers = tuple(each.id for each in view.all(Record) if each.status == "won")[:20]
        filled = {"survey": survey.id, "records": buyers}
        return Waiting(survey.title, survey.designed, 0, _("It waits to be sent."), IssueSurvey, filled, 5)
    if survey.status == "issued" and len(answers_of(view, survey.id)) * SHARE >= len(survey.sent_to):
        why = _("Enough answers are in.")
        return Waiting(survey.title, survey.issued, 0, why, ReadSurvey, {"survey": survey.id}, 5)
    return None


REQUESTS = Table(
    "service-requests",
    N_("Service requests"),
    N_("Service/Service requests"),
    (SERVICE,),
    rows=_mine(ServiceRequest),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Customer"), lambda row, view: row.customer, "name"),
        Column(N_("Product"), lambda row, view: row.product, "name"),
        Column(N_("Symptom"), lambda row, view: word(view.scenario, "symptoms", row.symptom)),
        Column(N_("In the customer's words"), lambda row, view: row.words),
        Column(N_("Complaint"), lambda row, view: _("yes") if row.complaint else ""),
        Column(N_("Opened"), lambda row, view: row.opened, "time"),
        Column(N_("Ruled out"), lambda row, view: len(row.clues)),
        Column(N_("Diagnosis"), lambda row, view: word(view.scenario, "causes", row.diagnosis)),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
    ),
    actions=(
        (AnswerRequest, "request"),
        (AskSymptom, "request"),
        (Diagnose, "request"),
        (Resolve, "request"),
        (EscalateRequest, "request"),
    ),
    waits=_request_waits,
    empty=N_("No service requests. Customers add them when something is wrong."),
)
RETURNS = Table(
    "service-returns",
    N_("Customer returns"),
    N_("Service/Returns"),
    (SERVICE,),
    rows=_mine(Return),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Customer"), lambda row, view: row.customer, "name"),
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Reason"), lambda row, view: word(view.scenario, "return_reasons", row.reason)),
        Column(N_("In the customer's words"), lambda row, view: row.words),
        Column(N_("Opened"), lambda row, view: row.opened, "time"),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
        Column(N_("Refund"), lambda row, view: row.refund or None, "money"),
    ),
    actions=((EndorseReturn, "return_"), (RefuseReturn, "return_")),
    waits=_return_waits,
    empty=N_("No returns."),
)
SURVEYS = Table(
    "service-surveys",
    N_("Surveys"),
    N_("Service/Surveys"),
    (SERVICE,),
    rows=lambda view: (each for each in view.all(Survey) if each.agent == view.seat.id),
    columns=(
        Column(N_("Survey"), lambda row, view: row.title),
        Column(N_("Sent to"), lambda row, view: len(row.sent_to)),
        Column(N_("Answers"), lambda row, view: len(answers_of(view, row.id))),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
    ),
    actions=((IssueSurvey, "survey"), (ReadSurvey, "survey")),
    waits=_survey_waits,
    empty=N_("No survey is assigned to you."),
)
FEEDBACK = Table(
    "service-feedback",
    N_("Feedback on my service"),
    N_("Service/Feedback"),
    (SERVICE,),
    rows=lambda view: (each for each in view.all(Feedback) if each.seat == view.seat.id and each.about == "service"),
    columns=(
        Column(N_("Request"), lambda row, view: row.request),
        Column(N_("Customer"), lambda row, view: row.customer, "name"),
        Column(N_("Score"), lambda row, view: row.score),
        Column(N_("In the customer's words"), lambda row, view: row.words),
        Column(N_("When"), lambda row, view: row.given, "time"),
    ),
    empty=N_("No feedback yet."),
)
