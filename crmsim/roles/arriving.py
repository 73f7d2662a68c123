"""What customers do before they talk: give up waiting, come back; and what the market does to all."""

from __future__ import annotations

from typing import Annotated, Literal

from crmsim.crm.across import Across
from crmsim.crm.company import CLOCK, CUSTOMER, Company, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerLeft, CustomerReturned, TalkClosed, TalkMissed
from crmsim.crm.shifts import shift
from crmsim.crm.talk import Say, Talk
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Table
from crmsim.engine.fields import Choice, Whole
from crmsim.engine.words import N_, _
from crmsim.roles.customer.contact import owner_of
from crmsim.roles.customer.own import CustomerAction, played, refuse_whose

MyTalk = Annotated[
    str,
    Across(
        N_("Talk"),
        entity=Talk,
        where=lambda talk, view, filled: talk.status in {"waiting", "open"} and not view.ended,
        nothing=_("You are in no talk."),
    ),
]


class GiveUp(Action, frozen=True):
    """Stop waiting for an answer, or leave a talk that began too late."""

    roles = (CUSTOMER,)
    minutes = 0
    confirm = True
    label = N_("Give up waiting")
    menu = N_("Talks")
    teach = N_("Whoever waits too long takes their business elsewhere.")
    talk: MyTalk

    def apply(self, world: Company, turn: Turn) -> None:
        """A talk nobody answered is missed; an answered one ends."""
        talk = world.get(Talk, self.talk)
        if talk.status == "waiting":
            talk.status, talk.ending = "missed", "left"
            waited = world.calendar.between(talk.started, turn.minute)
            role = "" if talk.seat else talk.role
            world.record(TalkMissed(talk=talk.id, customer=talk.customer, seat=talk.seat, waited=waited, role=role))
            return
        words = _("Thank you, but it took so long that the matter is settled by now.")
        talk.says = (*talk.says, Say(turn.minute, talk.customer, "leave", words))
        talk.status, talk.ending = "closed", "left"
        world.record(TalkClosed(talk=talk.id, seat=talk.seat, customer=talk.customer, ending="left"))


REASONS = (
    ("no_answer", N_("no answer")),
    ("rival", N_("a rival's offer")),
    ("no_offer", N_("no offer in time")),
    ("dissatisfied", N_("dissatisfied")),
    ("pestered", N_("disturbed too often")),
    ("no_need", N_("no further need")),
)


class TurnAway(CustomerAction, frozen=True, kw_only=True):
    """Be done with the company, for a reason."""

    minutes = 0
    confirm = True
    label = N_("Turn away")
    menu = N_("Talks")
    reason: Annotated[
        Literal["no_answer", "rival", "no_offer", "dissatisfied", "pestered", "no_need"],
        Choice(N_("Reason"), words=REASONS),
    ]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once."""
        problem = refuse_whose(view, self.customer)
        who = None if problem else view.get(Customer, self.customer or played(view.seat)[0])
        return _("You left before.") if who is not None and who.stage == "left" else problem

    def apply(self, world: Company, turn: Turn) -> None:
        """The company is told nothing; it may find out from the silence."""
        who = self.who(world, turn)
        who.stage = "left"
        world.record(CustomerLeft(customer=who.id, reason=self.reason, owner=owner_of(world, who.id)[0]))


class ComeBack(CustomerAction, frozen=True, kw_only=True):
    """Deal with the company again after a long silence."""

    minutes = 0
    label = N_("Come back")
    menu = N_("Talks")

    def apply(self, world: Company, turn: Turn) -> None:
        """Its owner hears of it; it is nobody's lost customer any more."""
        who = self.who(world, turn)
        id = who.id
        if who.stage == "left":
            who.stage = "seeking" if who.wants else "quiet"
        world.record(CustomerReturned(customer=id, owner=owner_of(world, id)[0]))


class ShiftMarket(Action, frozen=True):
    """Something that happens to everyone: one of the scenario's events, by its place in the file."""

    roles = (CLOCK,)
    minutes = 0
    label = N_("Shift the market")
    event: Annotated[int, Whole(N_("Event"), low=0)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """There must be such an event."""
        if self.event >= len(view.scenario.events):
            return _("The scenario has no such event.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Rivals' prices, faults and stock change; whoever it concerns hears."""
        event = world.scenario.events[self.event]
        shift(world, event.kind, event.title, event.product, event.amount)


actions: tuple[type[Action], ...] = (GiveUp, TurnAway, ComeBack, ShiftMarket)
tables: tuple[Table, ...] = ()

__all__ = ["ComeBack", "GiveUp", "ShiftMarket", "TurnAway", "actions", "tables"]
