"""Reception: request e-mails and website messages, told apart from what is no lead (REC-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from crmsim.crm.company import PROMOTER, RECEPTION, SERVICE, Company, Staff
from crmsim.crm.facts import MessageDismissed, TalkClosed, TalkRequested
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Judgement, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Pick
from crmsim.engine.words import N_, _
from crmsim.roles.everyone import named, product_name
from crmsim.roles.everyone.entries import words_of

DESKS = (RECEPTION, PROMOTER)
WEBSITE = "website"  # the channel of messages left on the company's website


def at_hand(talk: Any, view: Any) -> bool:
    """Whether a talk that a customer began waits at this desk or is open with this seat."""
    mine = talk.seat == view.seat.id or (not talk.seat and talk.role in view.seat.roles)
    return bool(mine and talk.by_customer and talk.status in {"waiting", "open"})


AtHand = Annotated[
    str,
    Pick(
        N_("Message"),
        entity=Talk,
        where=lambda row, view, filled: at_hand(row, view),
        nothing=_("No message waits at this desk."),
    ),
]


class DismissMessage(Action, frozen=True):
    """File a message that is no lead: advertising, an application, a double, a wrong number."""

    roles = DESKS
    minutes = 3
    label = N_("File as no lead")
    menu = N_("Find customers/Customer reception")
    teach = N_("A quarter of messages are no leads; but a lead thrown away never comes back.")
    talk: AtHand
    reason: Annotated[str, Choice(N_("Reason"), words=words_of("dismiss_reasons"), walk=False)]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is off the desk; whoever wrote gets no answer."""
        talk = world.get(Talk, self.talk)
        talk.seat, talk.status, talk.ending = talk.seat or turn.seat, "closed", "no_lead"
        world.record(MessageDismissed(talk=talk.id, seat=turn.seat, reason=self.reason))
        world.record(TalkClosed(talk=talk.id, seat=talk.seat, customer=talk.customer, ending="no_lead"))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """A lead is never dismissed; what is none is filed under what it is, where there is a word for it."""
        talk = world.get(Talk, self.talk)
        wordless = talk.nature not in {each.id for each in world.scenario.dictionaries.get("dismiss_reasons", ())}
        points = 0 if talk.nature == "lead" else 1000 if wordless or self.reason == talk.nature else 600
        why = _("It was a lead.") if talk.nature == "lead" else _("It was {nature:label}.", nature=talk.nature)
        return (Judgement("reception.triage", points, why, _evidence(world, talk.id)),)


class ForwardMessage(Action, frozen=True):
    """Pass a matter of service on to a named agent; the customer goes on waiting there."""

    roles = DESKS
    minutes = 3
    label = N_("Forward to service")
    menu = N_("Find customers/Customer reception")
    talk: AtHand
    agent: Annotated[
        str,
        Pick(
            N_("Agent"),
            entity=Staff,
            where=lambda row, view, filled: row.active and SERVICE in row.roles and row.id != view.seat.id,
            show=lambda row: row.name or row.id,
            nothing=_("The company has no service agent."),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It waits at the agent's desk."""
        talk = world.get(Talk, self.talk)
        talk.seat, talk.role = self.agent, SERVICE
        world.record(
            TalkRequested(talk=talk.id, channel=talk.channel, role=SERVICE, seat=self.agent, customer=talk.customer)
        )

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """Only a matter of service belongs to service."""
        talk = world.get(Talk, self.talk)
        right = talk.nature == "service"
        why = _("It was a matter of service.") if right else _("It was no matter of service.")
        return (Judgement("reception.triage", 1000 if right else 0, why, _evidence(world, talk.id)),)


def _evidence(world: Any, talk: str) -> tuple[int, ...]:
    """The fact by which the message reached the desk."""
    return tuple(each.number for each in world.history.about("talk", talk)[:1])


def _inbox(fits: Callable[[Any], bool]) -> Callable[[Any], Iterator[Any]]:
    return lambda view: (
        each for each in view.all(Talk) if each.role == RECEPTION and at_hand(each, view) and fits(each)
    )


COLUMNS = (
    Column(N_("Number"), lambda row, view: row.id),
    Column(N_("From"), lambda row, view: row.who),
    Column(N_("Subject"), lambda row, view: row.subject),
    Column(N_("Channel"), lambda row, view: named("channels", row.channel, view)),
    Column(N_("Source"), lambda row, view: row.source, "name"),
    Column(N_("About"), lambda row, view: product_name(row.looking_at, view)),
    Column(N_("When"), lambda row, view: row.started, "time"),
    Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
)
ACTIONS = ((DismissMessage, "talk"), (ForwardMessage, "talk"))
# what waits here is listed among the talks, where it is answered
MAILS = Table(
    "reception-mails", N_("Request e-mails"), N_("Find customers/Customer reception/Request e-mails"), (RECEPTION,),
    rows=_inbox(lambda talk: talk.channel != WEBSITE),
    columns=COLUMNS,
    actions=ACTIONS,
    empty=N_("No request waits: adverts bring them."),
)  # fmt: skip
MESSAGES = Table(
    "reception-messages", N_("Website messages"), N_("Find customers/Customer reception/Website messages"),
    (RECEPTION,),
    rows=_inbox(lambda talk: talk.channel == WEBSITE),
    columns=COLUMNS,
    actions=ACTIONS,
    empty=N_("Nobody left a message on the website."),
)  # fmt: skip

actions: tuple[type[Action], ...] = (DismissMessage, ForwardMessage)
tables: tuple[Table, ...] = (MAILS, MESSAGES)
