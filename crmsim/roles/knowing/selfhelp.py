"""The customers' side of the knowledge base: register, search, try, and ask for what is left (SVC-5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.company import CUSTOMER, SERVICE, Company, CompanyView, word
from crmsim.crm.facts import AdviceTried, CustomerRegistered, KnowledgeSearched
from crmsim.crm.knowledge import TOOL, Account, Article, Lookup, articles_on
from crmsim.crm.naming import in_names
from crmsim.crm.order import Order
from crmsim.crm.service import ServiceRequest
from crmsim.engine.action import Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Option, Pick, Text
from crmsim.engine.words import N_, _
from crmsim.roles.customer.care import Agent, MyOrder, RequestService
from crmsim.roles.customer.own import CustomerAction, PaperAction, played
from crmsim.roles.knowing.articles import article_columns, words_of

HELP = N_("Self-service/Knowledge base")


def _symptoms(view: Any, filled: Any) -> Iterator[Option]:
    return words_of("symptoms", "symptom")(view, filled)  # type: ignore[no-any-return]


def _arrived(view: Any, filled: Any) -> list[Option]:
    order = view.get(Order, filled.get("order", ""))
    names = {each.id: each.name for each in view.scenario.products}
    return [] if order is None else [Option(product, names[product]) for product, _number in order.arrived]


class RegisterForHelp(CustomerAction, frozen=True, kw_only=True):
    """Register with the self-service platform."""

    label = N_("Register for self-service")
    menu = HELP
    tool = TOOL
    minutes = 3

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once is enough."""
        who = self.customer or played(view.seat)[0]
        return super().refuse(view) or (_("You are registered already.") if registered(view, who) else None)

    def apply(self, world: Company, turn: Turn) -> None:
        """The knowledge base is open."""
        customer = self.who(world, turn)
        world.add(Account(world.new_id(Account), customer=customer.id, since=turn.minute))
        world.record(CustomerRegistered(customer=customer.id))


def registered(seen: Any, customer: str) -> bool:
    """Whether a customer is registered."""
    return any(each.customer == customer for each in seen.all(Account))


class SearchKnowledge(PaperAction, frozen=True, kw_only=True):
    """Look in the company's knowledge base for what is wrong with goods you bought."""

    label = N_("Search the knowledge base")
    menu = HELP
    tool = TOOL
    order: MyOrder
    product: Annotated[str, Choice(N_("Product"), words=_arrived)]
    symptom: Annotated[str, Choice(N_("What is wrong"), words=_symptoms)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Only the registered search, and one thing at a time."""
        order = view.get(Order, self.order)
        if order is None or not registered(view, order.customer):
            return _("Register for self-service first.")
        for each in view.all(Lookup):
            if each.status == "open" and (each.order, each.product) == (self.order, self.product):
                return _("You are at it already: {lookup}.", lookup=each.id)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """What was found can be tried. The true cause is what a request about it would have."""
        order = world.get(Order, self.order)
        found = [each for each in articles_on(world, self.product, self.symptom) if each.public]
        for each in found:
            each.read += 1
        lookup = Lookup(
            world.new_id(Lookup), customer=order.customer, order=order.id, product=self.product, symptom=self.symptom,
            articles=tuple(each.id for each in found), opened=turn.minute,
            cause=cause_of(world, order.customer, self.product, self.symptom),
        )  # fmt: skip
        world.add(lookup)
        world.record(KnowledgeSearched(lookup=lookup.id, customer=order.customer, articles=len(found)))


def cause_of(world: Company, customer: str, product: str, symptom: str) -> str:
    """The true cause, drawn as a request draws it."""
    number = sum(1 for each in world.all(ServiceRequest) if each.customer == customer)
    faults = [each for each in world.scenario.find("products", product).faults if each.symptom == symptom]
    if not faults:
        return ""
    drawn = world.luck.weighted([each.weight for each in faults], customer, f"cause/{product}/{symptom}", number)
    return str(faults[drawn].cause)


def _mine_open(row: Any, view: Any, filled: Any) -> bool:
    return bool(row.status == "open" and filled.get("customer", "") in {"", row.customer})


class TryAdvice(PaperAction, frozen=True, kw_only=True):
    """Do what an article says."""

    label = N_("Try what an article says")
    menu = HELP
    tool = TOOL
    minutes = 15
    lookup: Annotated[
        str,
        Pick(
            N_("Search"),
            entity=Lookup,
            where=lambda row, view, filled: _mine_open(row, view, filled) and bool(row.articles),
            nothing=_("You have found nothing to try."),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It helps when the article names the true cause, and its remedy fits and needs no agent."""
        lookup = world.get(Lookup, self.lookup)
        first, *rest = lookup.articles
        article = world.get(Article, first)
        faults = world.scenario.find("products", lookup.product).faults
        fitting = [each.remedy for each in faults if (each.symptom, each.cause) == (lookup.symptom, lookup.cause)]
        helped = article.cause == lookup.cause and article.remedy in fitting
        helped = helped and article.remedy in world.scenario.knowledge.own_hands
        lookup.articles, lookup.tried = tuple(rest), (*lookup.tried, first)
        if helped:
            lookup.status = "helped"
            article.helped += 1
        world.record(AdviceTried(lookup=lookup.id, customer=lookup.customer, article=first, helped=helped))


class AskAfterSearch(PaperAction, frozen=True, kw_only=True):
    """Ask for help with what you could not mend yourself; what you tried need not be asked again."""

    label = N_("Submit a request")
    menu = N_("Self-service/Requests")
    tool = TOOL
    lookup: Annotated[
        str, Pick(N_("Search"), entity=Lookup, where=_mine_open, nothing=_("You have searched for nothing yet."))
    ]
    agent: Agent = ""
    words: Annotated[str, Text(N_("In your words"), most=500, long=True)] = ""

    def asked(self, lookup: Any) -> RequestService:
        """The request that it becomes."""
        return RequestService(
            customer=lookup.customer, order=lookup.order, product=lookup.product, symptom=lookup.symptom,
            agent=self.agent, words=self.words,
        )  # fmt: skip

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Whatever a request is refused for."""
        lookup = view.get(Lookup, self.lookup)
        if self.agent and not any(each.id == self.agent and each.active for each in view.seats(SERVICE)):
            return _("{value} cannot be chosen now.", value=self.agent)
        return None if lookup is None else self.asked(lookup).refuse(view)

    def apply(self, world: Company, turn: Turn) -> None:
        """A request that says what was tried: causes whose remedy did not help are ruled out."""
        lookup = world.get(Lookup, self.lookup)
        self.asked(lookup).apply(world, turn)
        request = list(world.all(ServiceRequest))[-1]
        tried = [world.get(Article, each) for each in lookup.tried]
        own = world.scenario.knowledge.own_hands
        out = [each.cause for each in tried if each.remedy in own and each.cause != request.cause]
        request.clues = tuple(dict.fromkeys((*request.clues, *out)))
        for each in tried:
            line = _("tried by the customer: {title}", title=each.title)
            request.log = (*request.log, (turn.minute, turn.seat, line))
        lookup.status, lookup.request = "asked", request.id


PUBLIC = Table(
    "customer-knowledge", N_("Knowledge base"), HELP, (CUSTOMER,),
    rows=lambda view: view.all(Article),
    columns=article_columns(),
    actions=((RegisterForHelp, ""), (SearchKnowledge, "")),
    empty=N_("The company has written nothing yet."),
    tool=TOOL,
)  # fmt: skip


def _search_waits(row: Any, view: Any) -> Waiting | None:
    if row.status != "open":
        return None
    if row.articles:
        why = _("{count} articles can be tried.", count=len(row.articles))
        return Waiting(row.title, row.opened, 0, why, TryAdvice, {"lookup": row.id})
    why = _("Nothing in the knowledge base helped.")
    return Waiting(row.title, row.opened, 0, why, AskAfterSearch, {"lookup": row.id})


LOOKUPS = Table(
    "customer-searches", N_("My searches and requests"), N_("Self-service/Requests"), (CUSTOMER,),
    rows=lambda view: view.all(Lookup),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Symptom"), lambda row, view: word(view.scenario, "symptoms", row.symptom)),
        Column(N_("To try"), lambda row, view: len(row.articles)),
        Column(N_("Tried"), lambda row, view: len(row.tried)),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
        Column(N_("Request"), lambda row, view: row.request),
        Column(N_("Handling"), lambda row, view: _handling(row, view)),
    ),
    actions=((TryAdvice, "lookup"), (AskAfterSearch, "lookup")),
    waits=_search_waits,
    empty=N_("You have searched for nothing yet."),
    tool=TOOL,
)  # fmt: skip


def _handling(row: Any, view: Any) -> Any:
    request = view.get(ServiceRequest, row.request) if row.request else None
    return in_names(view, request.log[-1][2]) if request is not None and request.log else ""


KNOWLEDGE_WORDS = (N_("helped"), N_("asked"))
