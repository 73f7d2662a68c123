"""What customers ask of service, and what they say of the company (CUS-4 to CUS-7)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from crmsim.crm.company import SERVICE, Company, CompanyView, Staff, word
from crmsim.crm.facts import ServiceReopened, ServiceRequested, SymptomExplained
from crmsim.crm.order import Order
from crmsim.crm.service import Return, ServiceRequest, ruled_out, signs_of
from crmsim.engine.action import Refusal, Turn
from crmsim.engine.fields import Choice, Filled, Option, Pick, Text, Yes
from crmsim.engine.words import N_, _
from crmsim.roles.company import MarkAnswerLate
from crmsim.roles.customer.own import PaperAction, mine

RECEIVED = ("shipped", "received")
MyOrder = Annotated[
    str,
    Pick(
        N_("Order"),
        entity=Order,
        where=lambda row, view, filled: mine(*RECEIVED)(row, view, filled) and bool(row.arrived),
        nothing=_("You have received no goods yet."),
    ),
]
Agent = Annotated[
    str,
    Pick(
        N_("Agent"),
        N_("Left empty, the one with the fewest open papers."),
        entity=Staff,
        where=lambda row, view, filled: SERVICE in row.roles and row.active,
        show=lambda row: row.name,
        optional=True,
    ),
]


def _bought(view: Any, filled: Filled) -> list[Option]:
    order = view.get(Order, filled.get("order", ""))
    names = {each.id: each.name for each in view.scenario.products}
    return [] if order is None else [Option(product, names[product]) for product, _number in order.arrived]


def _symptoms(view: Any, filled: Filled) -> list[Option]:
    product = next((each for each in view.scenario.products if each.id == filled.get("product")), None)
    found = {each.symptom: None for each in product.faults} if product else {}
    return [Option(each, word(view.scenario, "symptoms", each)) for each in found]


class RequestService(PaperAction, frozen=True, kw_only=True):
    """Ask for help with goods you bought, or complain; choose the agent if you like."""

    label = N_("Add a service request")
    menu = N_("Service requests/Add")
    order: MyOrder
    product: Annotated[str, Choice(N_("Product"), words=_bought)]
    symptom: Annotated[str, Choice(N_("What is wrong"), words=_symptoms, optional=True)] = ""
    words: Annotated[str, Text(N_("In your words"), most=500, long=True)] = ""
    agent: Agent = ""
    complaint: Annotated[bool, Yes(N_("It is a complaint"))] = False

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Something must be said, and not twice while the first is open."""
        if not (self.symptom or self.words.strip() or self.complaint):
            return _("Say what is wrong.")
        for each in view.all(ServiceRequest):
            same = (each.order, each.product, each.symptom) == (self.order, self.product, self.symptom)
            if same and each.status in {"open", "answered"}:
                return _("Request {request} about this is still open.", request=each.id)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The agent hears it; the true cause is nobody's to know yet."""
        order = world.get(Order, self.order)
        who = order.customer
        number = len(world.of(ServiceRequest, who))
        faults = world.scenario.find("products", self.product).faults
        possible = [each for each in faults if each.symptom == self.symptom]
        cause = ""
        if possible:
            weights = [each.weight for each in possible]
            cause = possible[world.luck.weighted(weights, who, f"cause/{self.product}/{self.symptom}", number)].cause
        hurt = 200_000 + 300_000 * self.complaint + world.luck.below(400_000, who, "hurt", number)
        request = world.add(
            ServiceRequest(
                world.new_id(ServiceRequest), customer=who, order=order.id, product=self.product, symptom=self.symptom,
                words=self.words, agent=self.agent or free_agent(world), opened=turn.minute, complaint=self.complaint,
                cause=cause, severity=hurt, log=((turn.minute, turn.seat, _("asked for help")),),
            )
        )  # fmt: skip
        world.record(
            ServiceRequested(
                request=request.id, customer=who, agent=request.agent, product=self.product, complaint=self.complaint
            )
        )  # fmt: skip
        limit = world.calendar.after(turn.minute, world.settings.first_answer_minutes)
        world.due(limit + 1, MarkAnswerLate(request=request.id))


class ExplainSymptom(PaperAction, frozen=True, kw_only=True):
    """Answer the agent's question about what you see."""

    label = N_("Answer the agent's question")
    menu = N_("Service requests/Handling")
    request: Annotated[
        str,
        Pick(
            N_("Request"),
            entity=ServiceRequest,
            where=lambda row, view, filled: mine("open", "answered")(row, view, filled) and bool(row.pending),
            nothing=_("Nobody asked you anything."),
        ),
    ]
    answer: Annotated[
        Literal["look", "yes", "no", "unsure"],
        Choice(
            N_("Answer"),
            words=(
                ("look", N_("look and say what is there")),
                ("yes", N_("say yes")),
                ("no", N_("say no")),
                ("unsure", N_("I cannot tell")),
            ),
        ),
    ] = "look"

    def apply(self, world: Company, turn: Turn) -> None:
        """What the answer excludes is excluded."""
        request = world.get(ServiceRequest, self.request)
        faults = world.scenario.find("products", request.product).faults
        possible = [each for each in faults if each.symptom == request.symptom]
        there = any(request.pending in signs_of(each) for each in possible if each.cause == request.cause)
        said = self.answer if self.answer != "look" else ("yes" if there else "no")
        out = () if said == "unsure" else ruled_out(possible, request.pending, said == "yes")
        request.clues = (*request.clues, *(each for each in out if each not in request.clues))
        line = _("{question:label}? {answer:label}.", question=request.pending, answer=said)
        request.log = (*request.log, (turn.minute, turn.seat, line))
        request.pending = ""
        world.record(SymptomExplained(request=request.id, customer=request.customer, agent=request.agent))


class ReopenRequest(PaperAction, frozen=True, kw_only=True):
    """Come back with a request whose remedy did not help."""

    label = N_("Reopen a service request")
    menu = N_("Service requests/Handling")
    request: Annotated[
        str,
        Pick(
            N_("Request"), entity=ServiceRequest, where=mine("resolved"), nothing=_("No request was resolved lately.")
        ),
    ]
    words: Annotated[str, Text(N_("In your words"), most=500, long=True)] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """It is open again; what was found before proved wrong."""
        request = world.get(ServiceRequest, self.request)
        request.status, request.reopened = "open", request.reopened + 1
        if request.diagnosis and request.diagnosis not in request.clues and request.diagnosis != request.cause:
            request.clues = (*request.clues, request.diagnosis)
        request.diagnosis, request.answered, request.overdue = "", -1, False
        request.log = (*request.log, (turn.minute, turn.seat, self.words or _("it did not help")))
        world.record(ServiceReopened(request=request.id, customer=request.customer, agent=request.agent))
        limit = world.calendar.after(turn.minute, world.settings.first_answer_minutes)
        world.due(limit + 1, MarkAnswerLate(request=request.id))


def free_agent(world: Company) -> str:
    """The service agent with the fewest open papers; "" when there is none."""
    load = {each.id: 0 for each in world.staff(SERVICE)}
    papers: list[ServiceRequest | Return] = [*world.all(ServiceRequest), *world.all(Return)]
    for paper in papers:
        if paper.agent in load and paper.status in {"open", "answered", "requested"}:
            load[paper.agent] += 1
    return min(load, key=lambda each: load[each]) if load else ""
