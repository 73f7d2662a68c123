"""Surveys (DIR-11, SVC-3, CUS-7)."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm.company import CUSTOMER, shared, within
from crmsim.engine.words import Words
from crmsim.engine.world import Entity, Seat, Seen, World


@dataclass(slots=True)
class Survey(Entity):
    """A survey: designed by the director, issued by a service agent, answered by customers."""

    prefix = "Q"
    name: Words = ""
    questions: tuple[Words, ...] = ()
    scale: int = 5
    agent: str = ""
    issued: int = -1
    sent_to: tuple[str, ...] = ()  # record ids
    status: str = "designed"  # designed, assigned, issued, read
    designed: int = 0
    read: int = -1

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The agent and the director; the company may know of it."""
        return None if CUSTOMER in seat.roles else within(seat, self.agent)


@dataclass(slots=True)
class Questionnaire(Entity):
    """One customer's copy of a survey, and its answers."""

    prefix = "N"
    survey: str = ""
    customer: str = ""
    record: str = ""
    agent: str = ""
    questions: tuple[Words, ...] = ()
    scale: int = 5
    sent: int = 0
    answers: tuple[int, ...] = ()
    comment: str = ""
    answered: int = -1

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """The agent and the director; the customer its own."""
        return shared(world, seat, self.customer, self.agent, team=False)
