"""Talks, the customer's side: accept or decline, and answer. People who play a customer use the same actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from crmsim.crm.across import Across
from crmsim.crm.campaign import deal_price
from crmsim.crm.company import CUSTOMER, Company, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.doubts import ANSWERS, DOUBTS, MEETS
from crmsim.crm.enquiry import Lines
from crmsim.crm.facts import (
    BudgetRevealed,
    ContactRevealed,
    CustomerReplied,
    DealAgreed,
    NeedRevealed,
    NextStepAgreed,
    TalkClosed,
    TalkDeclined,
    TalkOpened,
)
from crmsim.crm.heard import answer_meant
from crmsim.crm.moves import (
    CONTACT,
    REPLIES,
    how_many,
    line,
    named_price,
    offer,
    own_words,
    record_of,
)
from crmsim.crm.naming import name_of
from crmsim.crm.product import Product
from crmsim.crm.replying import DOUBTING, FIGURES, Figure, Named, about_what, in_words, on_the_table, told_of
from crmsim.crm.talk import MOODS, TOPICS, Agreement, Revealed, Say, Talk
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Option, Text, Yes
from crmsim.engine.words import DAY, N_, Bilingual, Words, _

Invitation = Annotated[
    str,
    Across(
        N_("Invitation"),
        entity=Talk,
        where=lambda talk, view, filled: talk.status == "invited",
        nothing=_("Nobody invites you now."),
    ),
]


class AcceptInvitation(Action, frozen=True):
    """Accept the company's invitation to talk."""

    roles = (CUSTOMER,)
    minutes = 1
    label = N_("Accept the invitation")
    menu = N_("Talks")
    talk: Invitation

    def apply(self, world: Company, turn: Turn) -> None:
        """The talk is open; the company has the first word."""
        talk = world.get(Talk, self.talk)
        talk.status, talk.turn, talk.answered = "open", "company", turn.minute
        world.record(TalkOpened(talk=talk.id, seat=talk.seat, customer=talk.customer, channel=talk.channel, waited=0))


class DeclineInvitation(Action, frozen=True):
    """Decline the company's invitation to talk."""

    roles = (CUSTOMER,)
    minutes = 1
    label = N_("Decline the invitation")
    menu = N_("Talks")
    talk: Invitation
    reason: Annotated[
        str,
        Choice(
            N_("Reason"),
            words=(("no_need", N_("no need now")), ("no_time", N_("no time now")), ("annoyed", N_("too many calls"))),
            walk=False,
        ),
    ] = "no_need"

    def apply(self, world: Company, turn: Turn) -> None:
        """There is no talk."""
        talk = world.get(Talk, self.talk)
        talk.status, talk.ending = "closed", "declined"
        world.record(TalkDeclined(talk=talk.id, seat=talk.seat, customer=talk.customer, reason=self.reason))


_TOLD = tuple(Option(each, _("{topic:label}", topic=each)) for each in (*TOPICS, *CONTACT) if each != "wish")
_DOUBTS = tuple(Option(each, _("{topic:label}", topic=each)) for each in DOUBTS)
ABOUT = {  # what a reply may be about: facts to tell, doubts to raise, things to agree
    "tell": _TOLD, "shade": _TOLD, "dodge": _TOLD, "rival": _TOLD, "ask": _DOUBTS, "object": _DOUBTS,
    "nod": _DOUBTS, "agree": (Option("order", _("order")), Option("next_step", _("next step"))),
}  # fmt: skip


def _when(*moves: str) -> Callable[[dict[str, Any]], bool]:
    """A field that goes with these answers only."""
    return lambda filled: filled.get("move") in moves


def _shaded(filled: dict[str, Any], figure: bool) -> bool:
    """Whether a figure, or anything else, is named in place of the truth."""
    topic = filled.get("topic", "")
    return bool(filled.get("move") == "shade" and topic and (topic in FIGURES) == figure)


class Reply(Action, frozen=True):
    """Answer in a talk, as the customer: tell, shade, dodge, ask, object, name a rival, agree, postpone or leave."""

    roles = (CUSTOMER,)
    minutes = 1
    label = N_("Answer")
    menu = N_("Talks")
    teach = N_("You need not tell everything: what you reveal is what the company will know.")
    talk: Annotated[
        str,
        Across(
            N_("Talk"),
            entity=Talk,
            where=lambda talk, view, filled: talk.status == "open",
            nothing=_("It is not your turn in any talk."),
        ),
    ]
    move: Annotated[str, Choice(N_("Move"), words=REPLIES, meant=lambda view, filled, text: answer_meant(text))]
    topic: Annotated[
        str,
        Choice(
            N_("About"), words=lambda view, filled: ABOUT.get(filled.get("move", ""), ()), optional=True, walk=False,
            meant=about_what,
            asked=_when("tell", "shade", "dodge", "ask", "object", "agree"),
        ),
    ] = ""  # fmt: skip
    value: Annotated[str, Named(N_("What you tell"), most=80, asked=lambda filled: _shaded(filled, False))] = ""
    amount: Annotated[int, Figure(N_("Figure"), asked=lambda filled: _shaded(filled, True))] = 0
    words: Annotated[str, Text(N_("Your words"), most=500, long=True)] = ""
    settled: Annotated[bool, Yes(N_("Your doubt is settled"), asked=_when("nod"))] = False
    raises: Annotated[
        str,
        Choice(
            N_("What you bring up"), optional=True, walk=False, asked=_when("tell", "dodge", "nod"),
            words=lambda view, filled: _DOUBTS,
        ),
    ] = ""  # fmt: skip
    feeling: Annotated[
        str,
        Choice(
            N_("How you feel"), optional=True, walk=False,
            words=lambda view, filled: [Option(each, _("{mood:label}", mood=each)) for each in MOODS],
        ),
    ] = ""  # fmt: skip
    lines: Annotated[str, Lines(N_("Lines"), most=200, asked=_when())] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """One can agree only to what is on the table."""
        talk = view.get(Talk, self.talk)
        if talk is None:
            return _("This talk is not yours.")
        if talk.turn != "customer" and self.move != "leave":
            return _("It is the company's turn.")
        if self.move == "agree" and self.topic == "order" and offer(talk) is None:
            return _("No price was named yet.")
        if self.move in {"tell", "shade"} and not self.topic:
            return _("Say what you tell about.")
        if self.move == "shade" and not self.amount and not self.value:
            return _("Say which figure you name.") if self.topic in FIGURES else _("Choose what you name instead.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The company hears it; what was told is evidence from now on."""
        talk = world.get(Talk, self.talk)
        ending = "left" if talk.turn == "customer" else "silent"
        said = Say(turn.minute, talk.customer, self.move, _said(self, world, talk), topic=self.topic)
        talk.says = (*talk.says, said)
        talk.turn = "company"
        talk.mood, talk.feeling = talk.feeling, self.feeling or talk.feeling
        if self.settled:
            talk.objection = ""
        if _answered(talk):
            talk.asked = ""
        for doubt in (self.topic if self.move in DOUBTING else "", self.raises):
            _raise(talk, doubt)
        world.record(
            CustomerReplied(
                talk=talk.id, seat=talk.seat, customer=talk.customer, move=self.move, topic=self.topic, line=self.lines
            )
        )
        if self.move in {"tell", "shade", "rival"}:
            _tell(self, world, talk, turn)
        if self.move == "agree":
            _agree(self, world, talk, turn)
        elif self.move in {"leave", "postpone"}:
            _close(world, talk, ending if self.move == "leave" else "later")


def _answered(talk: Talk) -> bool:
    """Whether the company's last move answers what the customer had asked."""
    last = next((each.move for each in reversed(talk.says) if each.by != talk.customer), "")
    return last in ANSWERS.get(talk.asked, ())


def _raise(talk: Talk, doubt: str) -> None:
    """The customer objects or asks: it stands until it is met."""
    if doubt in MEETS:
        talk.objection = doubt
    elif doubt in ANSWERS:
        talk.asked = doubt
    if doubt and doubt not in talk.raised:
        talk.raised = (*talk.raised, doubt)


def _said(reply: Reply, world: Company, talk: Talk) -> Words:
    if reply.words:
        return reply.words
    if not reply.lines:
        topic = reply.topic or (on_the_table(talk, reply.move) if reply.move in DOUBTING else "")
        given = reply.amount or reply.value
        return in_words(world, talk, reply.move, topic, given, reply.settled, reply.raises)
    patterns = [line(world.scenario.lines, each) for each in reply.lines.split()]
    budget = {"budget": _("{n:money}", n=reply.amount)} if reply.topic == "budget" and reply.amount else {}
    filled = [own_words(world, talk, each, budget) for each in patterns]
    return Bilingual(" ".join(each.en for each in filled), "".join(each.zh for each in filled))


def _tell(reply: Reply, world: Company, talk: Talk, turn: Turn) -> None:
    """What is told is revealed: to the talk, to the company's memory, and as a fact."""
    customer = world.get(Customer, talk.customer)
    topic = "rival" if reply.move == "rival" else reply.topic
    told = told_of(customer, topic, reply.amount or reply.value)
    if not told:
        return
    number = len(world.facts)
    talk.revealed = (*talk.revealed, *(Revealed(each, value, turn.minute, number) for each, value in told))
    customer.told = {**customer.told, **{each: turn.minute for each, _value in told}, topic: turn.minute}
    talk_id, seat, who = talk.id, talk.seat, talk.customer
    value = told[0][1]
    if topic == "budget":
        world.record(BudgetRevealed(talk=talk_id, seat=seat, customer=who, value=int(value)))
    elif topic == "contact" or topic in PRIVATE:
        world.record(ContactRevealed(talk=talk_id, seat=seat, customer=who))
    else:
        world.record(NeedRevealed(talk=talk_id, seat=seat, customer=who, topic=topic, value=value))


PRIVATE = ("name", "phone", "email", "position")  # from the cast: never in a fact


def _agree(reply: Reply, world: Company, talk: Talk, turn: Turn) -> None:
    if reply.topic == "next_step":
        asked = next((each.amount for each in reversed(talk.says) if each.move == "next_step"), 0)
        talk.next_step = reply.amount or asked or world.calendar.working_days_after(turn.minute // DAY * DAY, 2)
        world.record(NextStepAgreed(talk=talk.id, seat=talk.seat, customer=talk.customer, when=talk.next_step))
        _close(world, talk, "next_step")
    elif reply.topic == "order":
        last, customer = offer(talk), world.get(Customer, talk.customer)
        assert last is not None
        quantity = customer.quantity or how_many(talk, record_of(world, talk))
        price = deal_price(world, talk, world.get(Product, last.product), named_price(talk))
        by = customer.deadline if customer.deadline >= (turn.minute // DAY + 1) * DAY else 0  # a past day binds nobody
        talk.agreement = Agreement(last.product, quantity, price, by, minute=turn.minute)
        world.record(DealAgreed(talk=talk.id, seat=talk.seat, customer=talk.customer, product=last.product,
                                quantity=quantity, unit_price=price))  # fmt: skip
        _close(world, talk, "agreed")


def _close(world: Company, talk: Talk, ending: str) -> None:
    talk.status, talk.ending = "closed", ending
    world.record(TalkClosed(talk=talk.id, seat=talk.seat, customer=talk.customer, ending=ending))


def _turn_waits(talk: Talk, view: CompanyView) -> Waiting | None:
    who = name_of(view, talk.customer)
    if talk.status == "invited":
        why = _("{seat} would like to talk to you.", seat=name_of(view, talk.seat))
        return Waiting(who, talk.started, 0, why, AcceptInvitation, {"talk": talk.id}, calls=True)
    if talk.status == "open" and talk.turn == "customer":
        why = _("{seat} waits for your answer.", seat=name_of(view, talk.seat))
        since = talk.says[-1].minute if talk.says else talk.started
        return Waiting(who, since, 0, why, Reply, {"talk": talk.id}, calls=True)
    return None


TALKS = Table(
    "customer-talks",
    N_("Talks"),
    N_("Talks"),
    (CUSTOMER,),
    rows=lambda view: view.all(Talk),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda talk, view: talk.id),
        Column(N_("Customer"), lambda talk, view: talk.customer, "name"),
        Column(N_("Handled by"), lambda talk, view: talk.seat, "name"),
        Column(N_("Channel"), lambda talk, view: talk.channel, "name"),
        Column(N_("Status"), lambda talk, view: _("{status:label}", status=talk.status)),
        Column(N_("Last words"), lambda talk, view: talk.says[-1].words if talk.says else talk.subject),
    ),
    actions=((AcceptInvitation, "talk"), (DeclineInvitation, "talk"), (Reply, "talk")),
    waits=_turn_waits,
    empty=N_("You have not talked to the company yet."),
)

actions: tuple[type[Action], ...] = (AcceptInvitation, DeclineInvitation, Reply)
tables: tuple[Table, ...] = (TALKS,)
