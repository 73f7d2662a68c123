"""Returns and surveys at the service desk (SVC-2, SVC-3)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import SERVICE, Company, CompanyView
from crmsim.crm.facts import QuestionnaireSent, ReturnEndorsed, ReturnRefused, SurveyIssued, SurveyRead
from crmsim.crm.order import Order
from crmsim.crm.record import Record
from crmsim.crm.service import Return
from crmsim.crm.survey import Questionnaire, Survey
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.fields import Filled, Option, Pick, Several, Text
from crmsim.engine.words import DAY, N_, _
from crmsim.engine.world import NOT_YET

ReturnToCheck = Annotated[
    str,
    Pick(
        N_("Return"),
        entity=Return,
        where=lambda row, view, filled: row.agent in {"", view.seat.id} and row.status == "requested",
        nothing=_("No return waits for its first check."),
    ),
]


class EndorseReturn(Action, frozen=True, kw_only=True):
    """Let a return pass its first check; the director decides."""

    roles = (SERVICE,)
    minutes = 15
    label = N_("Endorse a return")
    menu = N_("Service/Returns")
    return_: ReturnToCheck
    note: Annotated[str, Text(N_("Note"), most=200)] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """Director and customer hear it."""
        found = world.get(Return, self.return_)
        found.agent = found.agent or turn.seat
        found.status, found.endorsed = "endorsed", turn.minute
        world.record(ReturnEndorsed(request=found.id, customer=found.customer, agent=found.agent))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """By policy."""
        return judge_return(world, world.get(Return, self.return_), passed=True)


class RefuseReturn(Action, frozen=True, kw_only=True):
    """Refuse a return at the first check, and tell the customer why."""

    roles = (SERVICE,)
    minutes = 15
    label = N_("Refuse a return")
    menu = N_("Service/Returns")
    confirm = True
    return_: ReturnToCheck
    reason: Annotated[str, Text(N_("Reason"), least=2, most=200, example=N_("The return window has passed."))]

    def apply(self, world: Company, turn: Turn) -> None:
        """The return is over; the customer hears the reason and thinks less of the company."""
        found = world.get(Return, self.return_)
        found.agent = found.agent or turn.seat
        found.status, found.decided, found.refusal = "refused", turn.minute, self.reason
        world.record(
            ReturnRefused(
                request=found.id, customer=found.customer, agent=found.agent, reason=self.reason, step="first"
            )
        )  # fmt: skip

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """By policy."""
        return judge_return(world, world.get(Return, self.return_), passed=False)


def within_policy(order: Any, found: Any, days: int) -> bool:
    """Whether a return was asked for within the window after receipt; faulty and damaged goods have twice as long."""
    received = order.received if order.received != NOT_YET else found.opened
    window = days * (2 if found.reason in {"fault", "damage"} else 1)
    return bool(found.opened <= (received // DAY + window + 1) * DAY)


def judge_return(world: Company, found: Return, passed: bool) -> tuple[Judgement, ...]:
    """The first check against the policy."""
    order = world.get(Order, found.order)
    allowed = within_policy(order, found, world.settings.return_days)
    points = 1000 if allowed == passed else 0
    why = _("It was within the policy.") if allowed else _("The return window had passed.")
    return (Judgement("service.return_policy", points, why),)


SurveyToIssue = Annotated[
    str,
    Pick(
        N_("Survey"),
        entity=Survey,
        where=lambda row, view, filled: row.agent == view.seat.id and row.status in {"assigned", "issued"},
        nothing=_("No survey is assigned to you."),
    ),
]


def _reachable(view: Any, filled: Filled) -> list[Option]:
    survey = view.get(Survey, filled.get("survey", ""))
    sent = () if survey is None else survey.sent_to
    return [Option(each.id, each.title) for each in view.all(Record) if each.id not in sent]


class IssueSurvey(Action, frozen=True, kw_only=True):
    """Send a survey to customers of your choice."""

    roles = (SERVICE,)
    minutes = 20
    label = N_("Issue a survey")
    menu = N_("Service/Surveys")
    survey: SurveyToIssue
    records: Annotated[tuple[str, ...], Several(N_("Which customers"), words=_reachable)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """To somebody, and to nobody twice."""
        return None if self.records else _("Choose at least one customer.")

    def apply(self, world: Company, turn: Turn) -> None:
        """Each customer gets its questionnaire."""
        survey = world.get(Survey, self.survey)
        survey.sent_to = (*survey.sent_to, *self.records)
        survey.status, survey.issued = "issued", turn.minute if survey.issued < 0 else survey.issued
        world.record(SurveyIssued(survey=survey.id, agent=turn.seat, copies=len(self.records)))
        for id in self.records:
            record = world.get(Record, id)
            sheet = world.add(
                Questionnaire(
                    world.new_id(Questionnaire), survey=survey.id, customer=record.customer, record=id,
                    agent=turn.seat, questions=survey.questions, scale=survey.scale, sent=turn.minute,
                )
            )  # fmt: skip
            if record.customer:
                world.record(QuestionnaireSent(questionnaire=sheet.id, survey=survey.id, customer=record.customer))


class ReadSurvey(Action, frozen=True, kw_only=True):
    """Read the answers to a survey and pass them on."""

    roles = (SERVICE,)
    minutes = 15
    label = N_("Read the answers")
    menu = N_("Service/Surveys")
    survey: Annotated[
        str,
        Pick(
            N_("Survey"),
            entity=Survey,
            where=lambda row, view, filled: row.agent == view.seat.id and row.status == "issued",
            nothing=_("No survey of yours is out."),
        ),
    ]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """There must be an answer."""
        return None if answers_of(view, self.survey) else _("Nobody has answered yet.")

    def apply(self, world: Company, turn: Turn) -> None:
        """The director hears that they are in."""
        survey = world.get(Survey, self.survey)
        survey.status, survey.read = "read", turn.minute
        world.record(SurveyRead(survey=survey.id, agent=turn.seat))


def answers_of(view: Any, survey: str) -> list[Any]:
    """The answered questionnaires of a survey."""
    return [each for each in view.all(Questionnaire) if each.survey == survey and each.answered >= 0]
