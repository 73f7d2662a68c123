"""How bots serve: answer, ask, decide, mend, check returns."""

from __future__ import annotations

from typing import Any

from crmsim.bots.calling import call
from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.company import SERVICE, CompanyView
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.service.cases import AnswerRequest, AskSymptom, Diagnose, Resolve, faults_of
from crmsim.roles.service.papers import EndorseReturn, RefuseReturn

HELD, FRESH = DAY // 2, 3 * DAY  # how long a remedy must have held before one asks, and until when one does
ANSWER = _("Thank you for telling us. We are looking into it and will be back with you today.")
TOO_LATE = _("The days in which goods may be returned are over.")


@answers(AnswerRequest)
def answer(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """A first answer."""
    return AnswerRequest(request=paper.filled["request"], text=render(ANSWER, view.language))


@answers(AskSymptom, Diagnose)
def find_cause(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Ask until one cause is left, or guess the first of the list."""
    if bot.habits.diagnoses:
        return paper.action(**paper.filled)
    request = view.get(ServiceRequest, paper.filled["request"])
    faults = faults_of(view.scenario, request)
    return Diagnose(request=paper.filled["request"], cause=faults[0].cause) if faults else None


@answers(Resolve)
def mend(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """The remedy of the diagnosis, with something for the trouble when it was great."""
    request = view.get(ServiceRequest, paper.filled["request"])
    if request is None:
        return None
    return Resolve(**{**paper.filled, "compensation": due(bot, view, request)})


def due(bot: Bot, view: CompanyView, request: Any) -> int:
    """The compensation that fits what the customer went through, as far as it shows, fen."""
    limit: int = view.scenario.fulfilment.compensation_limit
    if not bot.habits.proportionate:
        return limit
    trouble = 2 * request.reopened + request.complaint
    given: int = min(limit, limit * trouble // 5)
    return given


@answers(EndorseReturn, RefuseReturn)
def check_return(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """By policy, or everything passes."""
    if bot.habits.reviews and paper.action is RefuseReturn:
        return RefuseReturn(return_=paper.filled["return_"], reason=render(TOO_LATE, view.language))
    return EndorseReturn(return_=paper.filled["return_"])


@initiative(SERVICE)
def call_back(bot: Bot, view: CompanyView) -> Action | None:
    """An expert asks once whether it holds, soon after it was mended."""
    if not bot.habits.foresees:
        return None
    for request in view.all(ServiceRequest):
        mended = request.agent == view.seat.id and request.status in {"resolved", "closed"}
        if not mended or not HELD <= view.minute - request.resolved <= FRESH:
            continue
        for record in view.of(Record, request.customer):
            talks = bot.talks(view, record)
            if not any(each.started >= request.resolved or each.status in {"invited", "open"} for each in talks):
                return call(view, record)
    return None
