"""How an agent handles a service request (SVC-1): answer, ask, diagnose, mend, or pass it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from crmsim.crm import books
from crmsim.crm.company import SERVICE, Company, CompanyView, word
from crmsim.crm.facts import ServiceAnswered, ServiceEscalated, ServiceResolved, SymptomAsked
from crmsim.crm.order import Order
from crmsim.crm.service import ServiceRequest, signs_of
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.fields import Choice, Filled, Money, Option, Pick, Text
from crmsim.engine.words import DAY, N_, Message, _
from crmsim.roles.company import CloseRequest

APOLOGY = "apology"


def mine(*statuses: str, also: Callable[[Any], bool] = bool) -> Any:
    """Requests of this agent, or of nobody, in one of these states."""
    return lambda row, view, filled: row.agent in {"", view.seat.id} and row.status in statuses and also(row)


def faults_of(scenario: Any, request: Any) -> list[Any]:
    """The ways in which this product shows this symptom."""
    for product in scenario.products:
        if product.id == request.product:
            return [each for each in product.faults if each.symptom == request.symptom]
    return []


def possible(scenario: Any, request: Any) -> list[str]:
    """The causes that the customer's answers have not ruled out."""
    return [each.cause for each in faults_of(scenario, request) if each.cause not in request.clues]


def questions(scenario: Any, request: Any) -> list[str]:
    """What may still be asked, most telling first: what splits the possible causes most evenly."""
    open_causes = possible(scenario, request)
    faults = [each for each in faults_of(scenario, request) if each.cause in open_causes]
    signs = {sign: None for each in faults for sign in signs_of(each) if sign not in request.asked}

    def uneven(sign: str) -> int:
        return abs(len(faults) - 2 * sum(1 for each in faults if sign in signs_of(each)))

    return sorted(signs, key=uneven)


def _found(view: Any, filled: Filled) -> Any:
    return view.get(ServiceRequest, filled.get("request", ""))


def _questions(view: Any, filled: Filled) -> list[Option]:
    request = _found(view, filled)
    return [] if request is None else [Option(q, _sign(view, q)) for q in questions(view.scenario, request)]


def _sign(view: Any, sign: str) -> Any:
    name = word(view.scenario, "signs", sign)
    return word(view.scenario, "causes", sign) if name == sign else name


def _causes(view: Any, filled: Filled) -> list[Option]:
    request = _found(view, filled)
    if request is None:
        return []
    faults = {each.cause: None for each in faults_of(view.scenario, request)}
    return [Option(each, word(view.scenario, "causes", each)) for each in faults]


def _remedies(view: Any, filled: Filled) -> list[Option]:
    request = _found(view, filled)
    product = next((each for each in view.scenario.products if request and each.id == request.product), None)
    found = {each.remedy: None for each in product.faults} if product else {}
    named = [Option(each, word(view.scenario, "remedies", each)) for each in found]
    return [*named, Option(APOLOGY, _("an apology"))]


class AnswerRequest(Action, frozen=True, kw_only=True):
    """Answer a service request for the first time: the customer knows that somebody cares."""

    roles = (SERVICE,)
    minutes = 15
    label = N_("Answer a request")
    menu = N_("Service/Service requests")
    teach = N_("Answer first what hurts most, not what came first.")
    request: Annotated[
        str,
        Pick(N_("Request"), entity=ServiceRequest, where=mine("open"), nothing=_("No request waits for an answer.")),
    ]
    text: Annotated[
        str, Text(N_("Answer"), least=2, most=1000, long=True, example=N_("Thank you, we are looking into it."))
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer hears it; the request is this agent's."""
        touch(world, world.get(ServiceRequest, self.request), turn, self.text)

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """Within the limit of the first answer."""
        request = world.get(ServiceRequest, self.request)
        waited, limit = world.calendar.between(request.opened, turn.minute), world.settings.first_answer_minutes
        points = 1000 if waited <= limit else max(0, 1000 - 500 * (waited - limit) // max(1, limit))
        why = _("Answered after {waited:span} at work, the limit is {limit:span}.", waited=waited, limit=limit)
        return (Judgement("service.first_answer", points, why),)


def touch(world: Company, request: ServiceRequest, turn: Turn, line: Message | str) -> None:
    """An agent has done something about a request: the first such thing is its answer."""
    request.agent = request.agent or turn.seat
    request.log = (*request.log, (turn.minute, turn.seat, line))
    if request.status == "open":
        request.status = "answered"
        waited = world.calendar.between(request.opened, turn.minute)
        if request.answered < 0:
            request.answered = turn.minute
        world.record(
            ServiceAnswered(request=request.id, customer=request.customer, agent=request.agent, waited=waited)
        )  # fmt: skip


class AskSymptom(Action, frozen=True, kw_only=True):
    """Ask the customer what it sees: each answer rules causes out."""

    roles = (SERVICE,)
    minutes = 10
    label = N_("Ask about the symptom")
    menu = N_("Service/Service requests")
    teach = N_("Ask what tells the causes apart, then decide: each question costs patience.")
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=mine("open", "answered", also=lambda row: bool(row.symptom) and not row.pending),
            nothing=_("There is no symptom to ask about."),
        ),
    ]
    question: Annotated[str, Choice(N_("Question"), words=_questions)]

    def apply(self, world: Company, turn: Turn) -> None:
        """The question waits for the customer."""
        request = world.get(ServiceRequest, self.request)
        request.asked, request.pending = (*request.asked, self.question), self.question
        touch(world, request, turn, _("{question:label}?", question=self.question))
        world.record(
            SymptomAsked(
                request=request.id, customer=request.customer, agent=request.agent, question=self.question
            )
        )  # fmt: skip

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """A question is worth asking while more than one cause is possible."""
        left = len(possible(world.scenario, world.get(ServiceRequest, self.request)))
        if left > 1:
            return (Judgement("service.questions", 1000, _("{left} causes were still possible.", left=left)),)
        return (Judgement("service.questions", 200, _("The cause was already clear.")),)


class Diagnose(Action, frozen=True, kw_only=True):
    """Decide what the cause of a symptom is."""

    roles = (SERVICE,)
    minutes = 10
    label = N_("Diagnose")
    menu = N_("Service/Service requests")
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=mine("open", "answered", also=lambda row: bool(row.symptom)),
            nothing=_("There is nothing to diagnose."),
        ),
    ]
    cause: Annotated[str, Choice(N_("Cause"), words=_causes)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Not the same again, and not what the customer has ruled out."""
        request = view.get(ServiceRequest, self.request)
        if request is not None and request.diagnosis == self.cause:
            return _("That is the diagnosis already.")
        if request is not None and self.cause in request.clues and len(possible(view.scenario, request)) > 0:
            return _("What the customer said rules this out.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The diagnosis is on file."""
        request = world.get(ServiceRequest, self.request)
        request.diagnosis = self.cause
        touch(world, request, turn, _("diagnosis: {cause:label}", cause=self.cause))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """The true cause, and known rather than guessed."""
        request = world.get(ServiceRequest, self.request)
        guessed = len(possible(world.scenario, request)) > 1
        if request.cause != self.cause:
            true = word(world.scenario, "causes", request.cause)
            why = _("It was {cause}; the customer's answers could have told.", cause=true)
            return (Judgement("service.diagnosis", 0, why),)
        if guessed:
            return (Judgement("service.diagnosis", 700, _("Right, but other causes were still possible.")),)
        return (Judgement("service.diagnosis", 1000, _("Right, and told apart by questions.")),)


class Resolve(Action, frozen=True, kw_only=True):
    """Mend what is wrong, with a compensation if it is due."""

    roles = (SERVICE,)
    minutes = 20
    label = N_("Resolve a request")
    menu = N_("Service/Service requests")
    confirm = True
    teach = N_("A remedy that does not fit the cause brings the customer back angrier.")
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=mine("answered", also=lambda row: bool(row.diagnosis) or not row.symptom),
            nothing=_("No request is diagnosed yet."),
        ),
    ]
    remedy: Annotated[str, Choice(N_("Remedy"), words=_remedies)]
    compensation: Annotated[int, Money(N_("Compensation"))] = 0

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Compensation has a limit; above it the director is asked, and never more than the goods cost."""
        request = view.get(ServiceRequest, self.request)
        limit = view.scenario.fulfilment.compensation_limit
        if request is not None and self.compensation > limit and not request.escalated:
            return _("More than {limit:money} needs the director: escalate the request first.", limit=limit)
        order = None if request is None else view.get(Order, request.order)
        most = limit if order is None else max(limit, order.total)
        return _("No more than {most:money} can be right.", most=most) if self.compensation > most else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The remedy costs the company; if it was the wrong one the customer will be back."""
        request = world.get(ServiceRequest, self.request)
        faults = world.scenario.find("products", request.product).faults
        right = fitting(world, request) == self.remedy
        cost = next((each.cost for each in faults if each.remedy == self.remedy), 0)
        books.spend(world, f"remedy {request.id}", cost, "service_cost")
        books.pay_back(world, f"goodwill {request.id}", request.customer, self.compensation, "service_cost")
        request.remedy, request.resolved, request.status = self.remedy, turn.minute, "resolved"
        request.compensation += self.compensation
        request.log = (*request.log, (turn.minute, turn.seat, _("remedy: {remedy:label}", remedy=self.remedy)))
        world.record(
            ServiceResolved(
                request=request.id, customer=request.customer, agent=request.agent, remedy=self.remedy, right=right
            )
        )  # fmt: skip
        days = world.scenario.fulfilment.close_days
        world.due(turn.minute + days * DAY, CloseRequest(request=request.id, resolved=turn.minute))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """The remedy of the true cause, and a compensation in proportion to the harm."""
        request = world.get(ServiceRequest, self.request)
        remedy = fitting(world, request)
        right = 1000 if remedy == self.remedy else 0
        why = _("The fitting remedy was {remedy:label}.", remedy=remedy)
        return (Judgement("service.remedy", right, why), proportion(world, request, self.compensation))


def fitting(world: Company, request: ServiceRequest) -> str:
    """The remedy that mends the true cause; an apology where nothing is broken."""
    found = [each.remedy for each in faults_of(world.scenario, request) if each.cause == request.cause]
    return found[0] if found else APOLOGY


def proportion(world: Company, request: ServiceRequest, given: int) -> Judgement:
    """Compensation against the harm: nothing for a trifle, up to the limit for great or repeated harm."""
    harm = min(1_000_000, request.severity + 200_000 * (request.reopened + request.overdue))
    due = world.scenario.fulfilment.compensation_limit * max(0, harm - 500_000) // 500_000
    allowed = max(due // 2, world.scenario.fulfilment.compensation_limit // 5)
    points = max(0, 1000 - 1000 * max(0, abs(given - due) - allowed) // max(1, due + allowed))
    why = _("{given:money} given, about {due:money} would fit the harm.", given=given, due=due)
    return Judgement("service.recovery", points, why)


class EscalateRequest(Action, frozen=True, kw_only=True):
    """Pass a request to the director: for harm beyond an agent's power."""

    roles = (SERVICE,)
    label = N_("Escalate a request")
    menu = N_("Service/Service requests")
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=mine("open", "answered", also=lambda row: not row.escalated),
            nothing=_("No request could be escalated."),
        ),
    ]
    reason: Annotated[str, Text(N_("Reason"), least=2, most=200, example=N_("The harm is great."))]

    def apply(self, world: Company, turn: Turn) -> None:
        """The director hears it; compensation above the limit becomes possible."""
        request = world.get(ServiceRequest, self.request)
        request.escalated = True
        touch(world, request, turn, _("passed to the director: {reason}", reason=self.reason))
        world.record(ServiceEscalated(request=request.id, customer=request.customer, agent=request.agent))
