"""Service requests, returns and feedback."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm.company import SALES, SERVICE, shared
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen
from crmsim.scenarios.schema import FaultPart

CONTENT = 4  # of five: who gives less is not content


def ruled_out(faults: list[FaultPart], question: str, holds: bool) -> list[str]:
    """The causes that an answer excludes: those without the sign when it is there, those with it when it is not."""
    return [each.cause for each in faults if (question in signs_of(each)) != holds]


def signs_of(fault: FaultPart) -> tuple[str, ...]:
    """What can be seen when this is the cause; when the scenario names nothing, the cause itself."""
    return fault.signs or (fault.cause,)


def served(world: World, seat: Seat, customer: str, agent: str) -> Seen | None:
    """How near a seat is to a paper of the service: its agent's, read by service and sales; the customer's its own."""
    return shared(world, seat, customer, agent, team=SERVICE in seat.roles or SALES in seat.roles)


@dataclass(slots=True)
class ServiceRequest(Entity):
    """A customer asks for help (SVC-1, CUS-4)."""

    prefix = "S"
    customer: str = ""
    order: str = ""
    product: str = ""
    symptom: str = ""
    words: Words = ""
    agent: str = ""
    opened: int = 0
    answered: int = -1
    asked: tuple[str, ...] = ()  # questions the agent asked
    clues: tuple[str, ...] = ()  # causes ruled out by the customer's answers
    pending: str = ""  # a question that waits for the customer
    compensation: int = 0
    overdue: bool = False
    diagnosis: str = ""
    remedy: str = ""
    resolved: int = -1
    reopened: int = 0
    escalated: bool = False
    complaint: bool = False
    status: str = "open"  # open, answered, resolved, closed
    log: tuple[tuple[int, str, Words], ...] = ()  # minute, by, what: the handling, visible to the customer
    cause: str = seen(Seen.AFTER, "")
    severity: int = seen(Seen.AFTER, 0)  # how much it hurts, ppm

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Service and the director; the owner of the customer may read; the customer its own."""
        return served(world, seat, self.customer, self.agent)


@dataclass(slots=True)
class Return(Entity):
    """A customer wants to send goods back (SVC-2, CUS-6, DIR-10)."""

    prefix = "R"
    customer: str = ""
    order: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    words: Words = ""
    agent: str = ""
    opened: int = 0
    endorsed: int = -1
    decided: int = -1
    goods_back: int = -1
    refunded: int = -1
    refund: int = 0
    sound: bool = seen(Seen.AFTER, True)  # whether the goods can be sold again
    truth: str = seen(Seen.AFTER, "")  # fault, misfit, regret, damage, fraud
    refusal: str = ""
    status: str = "requested"  # requested, endorsed, approved, refused, refunded

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Service and the director; the customer its own."""
        return served(world, seat, self.customer, self.agent)


@dataclass(slots=True)
class Feedback(Entity):
    """What a customer says of the sale or the service, from 1 to 5 (CUS-5)."""

    prefix = "F"
    customer: str = ""
    about: str = "sales"  # sales or service
    seat: str = ""  # whose handling
    order: str = ""
    request: str = ""
    score: int = 3
    words: Words = ""
    given: int = 0

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Whom it is about, and the director; the customer its own."""
        return shared(world, seat, self.customer, self.seat, team=False)
