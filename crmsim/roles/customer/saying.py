"""Feedback, returns and questionnaires, from the customer's side (CUS-5 to CUS-7)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from crmsim.crm.company import Company, CompanyView
from crmsim.crm.facts import FeedbackGiven, ReturnRequested, SurveyAnswered
from crmsim.crm.order import Order
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.survey import Questionnaire
from crmsim.engine.action import Refusal, Turn
from crmsim.engine.fields import Choice, Filled, Lines, Option, Pick, Text, Whole
from crmsim.engine.words import N_, Message, _
from crmsim.roles.customer.care import Agent, MyOrder, free_agent
from crmsim.roles.customer.own import PaperAction, mine, words_of

BEGUN = ("submitted", "approved", "accepted", "declined", "shipped", "received", "cancelled")


class GiveFeedback(PaperAction, frozen=True, kw_only=True):
    """Say how the sale or the service was, from 1 (bad) to 5 (good)."""

    label = N_("Give feedback")
    menu = N_("Feedback")
    about: Annotated[
        Literal["sales", "service"], Choice(N_("About"), words=(("sales", N_("sales")), ("service", N_("service"))))
    ]
    score: Annotated[int, Whole(N_("Score"), low=1, high=5, start=4)]
    order: Annotated[
        str,
        Pick(N_("Order"), entity=Order, where=mine(*BEGUN), asked=lambda filled: filled.get("about") == "sales"),
    ] = ""
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=mine("answered", "resolved", "closed"),
            asked=lambda filled: filled.get("about") == "service",
        ),
    ] = ""
    words: Annotated[str, Text(N_("In your words"), most=500, long=True)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Of a sale or a request of one's own, once for each."""
        if not (self.order if self.about == "sales" else self.request):
            return _("Say which order it is about.") if self.about == "sales" else _("Say which request it is about.")
        for each in view.all(Feedback):
            given = each.order if each.about == "sales" else each.request
            if each.about == self.about and given == (self.order if self.about == "sales" else self.request):
                return _("You have said this before.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Whom it is about and the director hear it."""
        paper: Any = world.get(Order, self.order) if self.about == "sales" else world.get(ServiceRequest, self.request)
        seat = paper.owner if self.about == "sales" else paper.agent
        feedback = world.add(
            Feedback(
                world.new_id(Feedback), customer=paper.customer, about=self.about, seat=seat, order=self.order,
                request=self.request, score=self.score, words=self.words, given=turn.minute,
            )
        )  # fmt: skip
        world.record(
            FeedbackGiven(
                feedback=feedback.id, customer=paper.customer, seat=seat, about=self.about, score=self.score
            )
        )  # fmt: skip


def at_hand(view: Any, order: Any) -> dict[str, int]:
    """What a customer still has of an order and has not asked to return."""
    left = dict(order.arrived)
    for each in view.all(Return):
        if each.order == order.id and each.status != "refused":
            for product, number in each.lines:
                left[product] = left.get(product, 0) - number
    return {product: number for product, number in left.items() if number > 0}


def _all_at_hand(view: Any, filled: Filled) -> tuple[tuple[str, int], ...]:
    order = view.get(Order, filled.get("order", ""))
    return () if order is None else tuple(at_hand(view, order).items())


def _returnable(view: Any, filled: Filled) -> list[Option]:
    names = {each.id: each.name for each in view.scenario.products}
    return [Option(product, names[product]) for product, _number in _all_at_hand(view, filled)]


REASONS = ("fault", "misfit", "damage", "regret")


class RequestReturn(PaperAction, frozen=True, kw_only=True):
    """Ask to send goods back, with a reason."""

    label = N_("Ask for a return")
    menu = N_("Returns/Choose a return")
    order: MyOrder
    lines: Annotated[
        tuple[tuple[str, int], ...],
        Lines(N_("Goods"), item=Choice(N_("Product"), words=_returnable, walk=False), start=_all_at_hand),
    ]
    reason: Annotated[str, Choice(N_("Reason"), words=words_of("return_reasons", *REASONS))]
    words: Annotated[str, Text(N_("In your words"), most=500, long=True)] = ""
    agent: Agent = ""
    truth: Annotated[
        str,
        Choice(
            N_("What is really behind it"),
            N_("Only you know. Left empty, it is the reason given."),
            words=words_of("return_reasons", *REASONS, "fraud"),
            walk=False,
            optional=True,
        ),
    ] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Never more than was bought and is still there."""
        order = view.get(Order, self.order)
        left = {} if order is None else at_hand(view, order)
        for product, number in self.lines:
            if number > left.get(product, 0):
                return _("You have only {left} of it to send back.", left=left.get(product, 0))
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The agent hears it."""
        order = world.get(Order, self.order)
        truth = self.truth or self.reason
        number = len(world.of(Return, order.customer))
        spoilt = {"fault": 1_000_000, "damage": 1_000_000, "fraud": 500_000}.get(truth, 100_000)
        found = world.add(
            Return(
                world.new_id(Return), customer=order.customer, order=order.id, lines=self.lines, reason=self.reason,
                words=self.words, agent=self.agent or free_agent(world), opened=turn.minute, truth=truth,
                sound=not world.luck.chance(spoilt, order.customer, "returned goods spoilt", number),
            )
        )  # fmt: skip
        world.record(
            ReturnRequested(
                request=found.id, customer=order.customer, order=order.id, agent=found.agent, reason=self.reason
            )
        )  # fmt: skip


def _questions(view: Any, filled: Filled) -> list[Option]:
    sheet = view.get(Questionnaire, filled.get("questionnaire", ""))
    return [] if sheet is None else [Option(str(n + 1), each) for n, each in enumerate(sheet.questions)]


def _middling(view: Any, filled: Filled) -> tuple[tuple[str, int], ...]:
    sheet = view.get(Questionnaire, filled.get("questionnaire", ""))
    return () if sheet is None else tuple((str(n + 1), sheet.scale // 2 + 1) for n in range(len(sheet.questions)))


class AnswerSurvey(PaperAction, frozen=True, kw_only=True):
    """Answer a questionnaire: a number for each question, and a comment if you like."""

    label = N_("Answer a questionnaire")
    menu = N_("Surveys/Answer")
    questionnaire: Annotated[
        str,
        Pick(
            N_("Questionnaire"),
            entity=Questionnaire,
            where=lambda row, view, filled: row.answered < 0 and filled.get("customer", "") in {"", row.customer},
            show=lambda row: row.id,
            nothing=_("No questionnaire waits for you."),
        ),
    ]
    answers: Annotated[
        tuple[tuple[str, int], ...],
        Lines(
            N_("Answers"),
            item=Choice(N_("Question"), words=_questions, walk=False),
            low=0,
            high=10,
            most=40,
            start=_middling,
        ),
    ]
    comment: Annotated[str, Text(N_("Comment"), most=500, long=True)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Every question, each on its scale."""
        sheet = view.get(Questionnaire, self.questionnaire)
        assert sheet is not None
        if len(self.answers) != len(sheet.questions):
            return _("Please answer all {count} questions.", count=len(sheet.questions))
        low = 0 if sheet.scale == 10 else 1
        wrong = [value for _question, value in self.answers if not low <= value <= sheet.scale]
        return off_scale(low, sheet.scale) if wrong else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The answers, in the order of the questions; the agent hears that they are there."""
        sheet = world.get(Questionnaire, self.questionnaire)
        by_number = dict(self.answers)
        sheet.answers = tuple(by_number[str(n + 1)] for n in range(len(sheet.questions)))
        sheet.comment, sheet.answered = self.comment, turn.minute
        world.record(
            SurveyAnswered(survey=sheet.survey, questionnaire=sheet.id, customer=sheet.customer, agent=sheet.agent)
        )  # fmt: skip


def off_scale(low: int, high: int) -> Message:
    """An answer lies outside its scale."""
    return _("Answers go from {low} to {high}.", low=low, high=high)
