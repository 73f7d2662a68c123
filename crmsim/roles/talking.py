"""Talks, the company's side: speak and close, for every role that talks to customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from crmsim.crm.campaign import BOOTH, stands_there
from crmsim.crm.company import COMPANY, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, Company, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.doubts import ANSWERS, MEETS
from crmsim.crm.facts import (
    MoveMade,
    OfferMade,
    TalkClosed,
    TalkOpened,
)
from crmsim.crm.knowledge import Template
from crmsim.crm.likely import likely, sayings
from crmsim.crm.moves import OFFERS, named_price, offer, record_of, talked_about
from crmsim.crm.product import Product
from crmsim.crm.saying import SHOWN, SIZED, object_of, sentence
from crmsim.crm.talk import Say, Talk
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Date, Money, Option, Percent, Pick, Text, Whole
from crmsim.engine.words import DAY, N_, Message, Words, _

TALKERS = (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)


def _mine(talk: Any, view: CompanyView) -> bool:
    """Whether the talk is this seat's, or waits for anybody at its desk."""
    if talk.seat:
        return bool(talk.seat == view.seat.id)
    return talk.role in view.seat.roles or (talk.channel == BOOTH and stands_there(view, view.seat.id))


def _may_speak(talk: Any, view: CompanyView, filled: dict[str, Any]) -> bool:
    return bool(talk.waits and _mine(talk, view))


def _may_close(talk: Any, view: CompanyView, filled: dict[str, Any]) -> bool:
    return bool(talk.status == "open" and talk.seat == view.seat.id)


def _live(view: Any, channel: str) -> bool:
    return any(each.id == channel and each.live for each in view.scenario.channels)


def _channel(seen: Any, id: str) -> Any:
    return next((each for each in seen.scenario.channels if each.id == id), None)


WaitingTalk = Annotated[
    str, Pick(N_("Talk"), entity=Talk, where=_may_speak, nothing=_("Nobody waits for your answer."))
]


def _sensible(talk: Any, move: str, priced: bool) -> bool:
    """Whether a move makes sense now, as anyone could see: what is on the table, and what was asked or objected."""
    if move in {"discount", "ask_order"}:
        return priced
    if move.startswith("answer_"):
        fits = MEETS.get(talk.objection, ()) or ANSWERS.get(talk.asked, ())
        return priced or bool(talk.objection) or move in fits
    return True


def _moves(view: CompanyView, filled: dict[str, Any]) -> Iterator[Option]:
    talk = view.get(Talk, filled.get("talk", ""))
    priced = talk is not None and offer(talk) is not None
    for each in view.scenario.moves:
        if talk is None or _sensible(talk, each.id, priced):
            yield Option(each.id, each.name)


def _is_offered(view: CompanyView, filled: dict[str, Any], move: str) -> bool:
    talk = view.get(Talk, filled.get("talk", ""))
    sensible = talk is None or _sensible(talk, move, offer(talk) is not None)
    return sensible and any(each.id == move for each in view.scenario.moves)


def _meant(view: CompanyView, filled: dict[str, Any], text: str) -> str:
    """The move that makes sense now and that these words are likely meant as."""
    offered = {each.value for each in _moves(view, filled)}
    known = sayings(view.scenario, (each for each in view.all(Template) if each.move))
    return likely(text, {move: words for move, words in known.items() if move in offered})


def _products(view: CompanyView, filled: dict[str, Any]) -> Iterator[Option]:
    for each in view.all(Product):
        if not each.withdrawn:
            yield Option(each.id, each.name)


def _doubts(view: CompanyView, filled: dict[str, Any]) -> Iterator[Option]:
    return (Option(each, _("{doubt:label}", doubt=each)) for each in DOUBT_WORDS)


DOUBT_WORDS = (
    N_("worth"), N_("cash"), N_("rival"), N_("delivery"), N_("quality"), N_("authority"), N_("price"), N_("service"),
)  # fmt: skip


@dataclass(frozen=True)
class Amount(Whole):
    """What goes with a move: the price of one or a compensation in fen, a discount in ppm, or a day as its minute."""

    high: int = 10_000_000_000

    def kind(self, filled: dict[str, Any]) -> Whole:
        """The kind of number that the chosen move takes."""
        move = filled.get("move", "")
        if move == "discount":
            return Percent(self.label, low=0, high=500_000)
        return Date(self.label, ahead=1) if move == "next_step" else Money(self.label)

    def refuse(self, view: Any, filled: dict[str, Any], value: Any) -> Message | None:
        """Whatever the move's own kind of number refuses."""
        return self.kind(filled).refuse(view, filled, value)

    def parse(self, view: Any, filled: dict[str, Any], text: str) -> Any:
        """Yuan, per cent or a day, by the move."""
        return self.kind(filled).parse(view, filled, text)


class Speak(Action, frozen=True):
    """Say something to a customer: one move of the talk, in the sentence shown or in your own words."""

    roles = TALKERS
    minutes = 12
    label = N_("Speak")
    menu = N_("Customer management/Talks")
    teach = N_("Greet, learn what is needed, show what fits, name a price, answer what worries the customer, then ask.")
    talk: WaitingTalk
    move: Annotated[str, Choice(N_("Move"), words=_moves, has=_is_offered, meant=_meant)]
    product: Annotated[
        str,
        Choice(
            N_("Product"), words=_products, optional=True, walk=False, asked=lambda filled: filled["move"] in SHOWN
        ),
    ] = ""  # fmt: skip
    amount: Annotated[int, Amount(N_("Amount"), asked=lambda filled: filled["move"] in SIZED)] = 0
    topic: Annotated[
        str,
        Choice(
            N_("About"), words=_doubts, optional=True, walk=False,
            asked=lambda filled: filled["move"].startswith("answer_"),
        ),
    ] = ""  # fmt: skip
    text: Annotated[str, Text(N_("Your words"), most=500, long=True)] = ""

    def cost(self, world: Any) -> int:
        """What a move takes on this channel, working minutes."""
        talk = world.find(Talk, self.talk)
        channel = _channel(world, talk.channel) if talk is not None else None
        return int(channel.move_minutes) if channel is not None else super().cost(world)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """One live talk at a time; an offer needs a product."""
        talk = view.get(Talk, self.talk)
        if talk is None:
            return _("This talk is not yours.")
        if talk.status == "waiting" and _live(view, talk.channel):
            for each in view.all(Talk):
                if each.status == "open" and each.seat == view.seat.id and _live(view, each.channel):
                    return _("You are talking to {who}; end that talk first.", who=each.title)
        if self.move in {"present", "quote"} and not (self.product or talked_about(talk, record_of(view, talk))):
            return _("Say which product.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The first word takes the talk; then it is the customer's turn."""
        talk = world.get(Talk, self.talk)
        if talk.status == "waiting":
            _open(world, talk, turn)
        product, amount = object_of(world, talk, self.move, self.product, self.amount)
        words = self.text or sentence(world, talk, self.move, product, amount)
        topic = self.topic or talk.objection or talk.asked if self.move.startswith("answer_") else self.topic
        talk.says = (*talk.says, Say(turn.minute, turn.seat, self.move, words, product, amount, topic))
        talk.turn = "customer"
        if self.move in OFFERS:
            share = amount if self.move == "discount" else 0
            price = named_price(talk)
            world.record(
                OfferMade(
                    talk=talk.id, seat=turn.seat, customer=talk.customer, product=product, price=price, discount=share
                )
            )
        world.record(
            MoveMade(
                talk=talk.id,
                seat=turn.seat,
                customer=talk.customer,
                move=self.move,
                topic=topic,
                product=product,
                amount=amount,
            )
        )
        if world.find(Customer, talk.customer) is None:
            world.due(turn.minute + 1, AnswerAsStranger(talk=talk.id))


def _open(world: Company, talk: Talk, turn: Turn) -> None:
    talk.seat, talk.status, talk.answered = turn.seat, "open", turn.minute
    waited = world.calendar.between(talk.started, turn.minute)
    world.record(TalkOpened(talk=talk.id, seat=turn.seat, customer=talk.customer, channel=talk.channel, waited=waited))


class CloseTalk(Action, frozen=True):
    """End a talk on your side, and note when you want to come back to it."""

    roles = TALKERS
    minutes = 2
    label = N_("End the talk")
    menu = N_("Customer management/Talks")
    talk: Annotated[str, Pick(N_("Talk"), entity=Talk, where=_may_close, nothing=_("You have no open talk."))]
    ending: Annotated[
        str,
        Choice(
            N_("Ending"),
            words=(("later", N_("to be continued")), ("no_lead", N_("nothing to sell here")), ("done", N_("settled"))),
            walk=False,
        ),
    ] = "later"
    step: Annotated[int, Date(N_("Come back on"), ahead=1)] = 0

    def apply(self, world: Company, turn: Turn) -> None:
        """The talk is over; a day to come back stands on the list of talks."""
        talk = world.get(Talk, self.talk)
        talk.status, talk.turn, talk.ending = "closed", "company", self.ending
        talk.next_step = self.step or talk.next_step
        world.record(TalkClosed(talk=talk.id, seat=turn.seat, customer=talk.customer, ending=self.ending))


class AnswerAsStranger(Action, frozen=True):
    """Someone who is no customer answers and goes."""

    roles = (COMPANY,)
    minutes = 0
    talk: Annotated[str, Pick(N_("Talk"), entity=Talk, where=lambda talk, view, filled: talk.status == "open")]

    def apply(self, world: Company, turn: Turn) -> None:
        """It was no customer: it says what it wants and the talk is over."""
        talk = world.get(Talk, self.talk)
        lines = world.scenario.lines.get(f"stranger_{talk.nature}", ()) or world.scenario.lines.get("stranger", ())
        words: Words = lines[world.luck.below(len(lines), talk.id, "stranger")] if lines else ""
        talk.says = (*talk.says, Say(turn.minute, talk.customer, "leave", words))
        talk.status, talk.turn, talk.ending = "closed", "company", "no_lead"
        world.record(TalkClosed(talk=talk.id, seat=talk.seat, customer=talk.customer, ending="no_lead"))


def _talk_waits(talk: Talk, view: CompanyView) -> Waiting | None:
    """Who waits for an answer, since when, and how long it will."""
    if talk.waits and _mine(talk, view):
        channel = _channel(view, talk.channel)
        since = talk.says[-1].minute if talk.says else talk.started
        patience = channel.patience_minutes if channel is not None else DAY
        due, heard = view.calendar.after(since, patience), talk.answered if not talk.says else since
        told = (heard, view.calendar.after(heard, patience)) if heard > since else None  # who was invited said yes then
        why = _("Waits for an answer ({channel}).", channel=channel.name if channel else talk.channel)
        weight = 2 if channel and channel.live else 1
        return Waiting(talk.title, since, due, why, Speak, {"talk": talk.id}, weight, told=told)
    return None


def _last_words(talk: Talk, view: CompanyView) -> Words:
    return talk.says[-1].words if talk.says else talk.subject


TALKS = Table(
    "talks",
    N_("Talks"),
    N_("Customer management/Talks"),
    TALKERS,
    rows=lambda view: (each for each in view.all(Talk) if _mine(each, view)),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda talk, view: talk.id),
        Column(N_("With"), lambda talk, view: talk.title),
        Column(N_("Channel"), lambda talk, view: getattr(_channel(view, talk.channel), "name", talk.channel)),
        Column(N_("Status"), lambda talk, view: _("{status:label}", status=talk.status)),
        Column(N_("Since"), lambda talk, view: talk.started, "time"),
        Column(N_("Mood"), lambda talk, view: _("{mood:label}", mood=talk.mood)),
        Column(N_("Last words"), _last_words),
    ),
    actions=((Speak, "talk"), (CloseTalk, "talk")),
    waits=_talk_waits,
    pressing=lambda view: (each for each in view.all(Talk) if each.turn == "company" and _mine(each, view)),
    empty=N_("No talks yet: visitors, letters and calls will show here."),
)

TALK_WORDS = (
    N_("waiting"), N_("invited"), N_("open"), N_("closed"), N_("missed"),
    N_("angry"), N_("cool"), N_("neutral"), N_("warm"), N_("delighted"),
)  # fmt: skip

actions: tuple[type[Action], ...] = (Speak, CloseTalk, AnswerAsStranger)
tables: tuple[Table, ...] = (TALKS,)
