"""Talks: a conversation by some channel, made of moves, with what was revealed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from crmsim.crm.campaign import BOOTH, Promotion, stands_there
from crmsim.crm.company import CUSTOMER, Staff, plays, within
from crmsim.crm.customer import Customer, offers_known
from crmsim.crm.doubts import not_answered
from crmsim.crm.record import Record
from crmsim.engine.desk import Conversation, Line
from crmsim.engine.words import N_, Words, _
from crmsim.engine.world import Entity, Seat, Seen, World, seen

TOPICS = ("need", "quantity", "budget", "deadline", "decision", "rival", "contact", "region", "industry", "wish")
TOPIC_LABELS = {
    "need": N_("Need"),
    "quantity": N_("Quantity"),
    "budget": N_("Budget"),
    "deadline": N_("Deadline"),
    "decision": N_("Decision maker"),
    "rival": N_("Other offers"),
    "contact": N_("Contact"),
    "name": N_("Contact person"),
    "phone": N_("Phone"),
    "region": N_("Region"),
    "industry": N_("Industry"),
    "wish": N_("Wish"),
}
ASKED = ("need", "quantity", "budget", "deadline", "decision", "rival")  # of these, what stands in a file, too
SECTIONS = {"need": "products", "region": "regions", "industry": "industries", "wish": "attributes", "rival": "rivals"}
BRIEF = _("What you told"), _("What you are after")
MOODS = ("angry", "cool", "neutral", "warm", "delighted")
MOOD_LABELS = (N_("angry"), N_("cool"), N_("neutral"), N_("warm"), N_("delighted"))

ENDED: dict[str, Words] = {  # how a talk came out, and what that asks for, as the company is told
    "agreed": _("They said yes: write the order as agreed."),
    "next_step": _("A next step is agreed: write down what was said, and come back to them on that day."),
    "later": _("No order this time. Write down what was told, and come back to it later."),
    "left": _("They broke it off: no patience or no trust was left. Do not press now, and ask nothing the file tells."),
    "silent": _("They gave up waiting for your answer."),
    "no_lead": _("There is nothing to sell here, and nothing to write down."),
}


class Say(msgspec.Struct, frozen=True):
    """One turn of a talk. `by` is a seat, or a customer's id."""

    minute: int
    by: str
    move: str
    words: Words = ""
    product: str = ""
    amount: int = 0  # the price of a quote in fen, or the discount in ppm
    topic: str = ""


class Revealed(msgspec.Struct, frozen=True):
    """Something the customer told: the evidence by which a record is judged. `fact` numbers the fact that shows it."""

    topic: str
    value: str | int
    minute: int
    fact: int = -1


class Agreement(msgspec.Struct, frozen=True):
    """What the customer said yes to in a talk; a contract that differs is declined."""

    product: str
    quantity: int
    unit_price: int  # after discount, fen
    delivery: int  # by the end of this day (minute at which the day begins); 0 is as soon as possible
    terms: str = ""
    minute: int = 0


@dataclass(slots=True)
class Talk(Entity):
    """A conversation between a seat and a customer, or a stranger who is no customer at all."""

    prefix = "T"
    stands_by = {Record: "record", Promotion: ""}
    channel: str = ""
    customer: str = ""  # id of the one who talks; strangers have ids of their own
    who: str = seen(Seen.ALL, "", digest=False)  # as it shows: a badge, a sender, a caller
    subject: Words = ""
    letter: Words = seen(Seen.ALL, "", digest=False)  # what was written with it; names of the cast may occur in it
    record: str = ""
    seat: str = ""  # who handles it; "" while it waits for anyone
    role: str = ""  # the desk it waits at
    source: str = ""  # how the customer came: a medium, the fair, a friend, the company's invitation
    started: int = 0
    answered: int = -1  # the minute of the first answer
    by_customer: bool = True
    status: str = "waiting"  # waiting, invited, open, closed, missed
    says: tuple[Say, ...] = seen(Seen.ALL, (), digest=False)  # names of the cast occur in it; facts cover the rest
    revealed: tuple[Revealed, ...] = seen(Seen.ALL, (), digest=False)
    agreement: Agreement | None = None
    mood: str = "neutral"  # as it shows: one turn late
    turn: str = "company"  # whose turn it is: company or customer
    next_step: int = 0  # an agreed minute to speak again; 0 none
    ending: str = ""  # why it closed: agreed, next_step, later, left, no_lead, silent
    looking_at: str = ""  # what a visitor looks at, a product id
    trust: int = seen(Seen.AFTER, 0)
    patience: int = seen(Seen.AFTER, 0)
    feeling: str = seen(Seen.AFTER, "neutral")
    objection: str = ""  # open objection: worth, cash, rival, delivery, quality, authority
    raised: tuple[str, ...] = ()  # every doubt and question that the customer brought up so far
    asked: str = ""  # what the customer asked and was not answered: price, delivery, quality, service
    nature: str = seen(Seen.AFTER, "lead")  # lead, junk, job, double, service

    @property
    def title(self) -> Words:
        """Who it is with: a number or an address until the name was told."""
        return self.called or self.id

    @property
    def called(self) -> str:
        """How it shows, or the name that was told where it shows as a number or an address only."""
        told = self.told("name") if self.who.isdecimal() or "@" in self.who else None
        return str(told or self.who)

    @property
    def waits(self) -> bool:
        """Whether the company has the next word."""
        return self.status in {"waiting", "open"} and self.turn == "company"

    def told(self, topic: str) -> str | int | None:
        """The last thing the customer said on a topic; None when nothing."""
        for each in reversed(self.revealed):
            if each.topic == topic:
                return each.value
        return None

    def conversation(self, view: Any) -> Conversation:
        """How it reads, from the side of whoever looks."""
        mine, face = CUSTOMER in view.seat.roles, MOODS.index(self.mood)
        written = _("Subject: {subject}\n{letter}", subject=self.subject, letter=self.letter)
        behind = view.get(Customer, self.customer) if mine else None
        called = self.called if behind is None else behind.contact or behind.name or self.called
        first = Line(called, written if self.letter else self.subject, self.started, self.by_customer == mine)
        lines = tuple(
            Line(called if each.by == self.customer else each.by, each.words, each.minute,
                 (each.by == self.customer) == mine)
            for each in self.says
        )  # fmt: skip
        last = {each.topic: each for each in self.revealed}
        learned = tuple(
            (_(label), told_as(topic, last[topic].value, view))
            for topic, label in TOPIC_LABELS.items()
            if topic in last
        )
        turn = self.status in {"waiting", "open"} and (self.turn == "customer") == mine
        mood, still, over = _(MOOD_LABELS[face]), self.status == "open", self.status in {"closed", "missed"}
        opening = first if self.subject else None
        if mine:
            staff = view.get(Staff, self.seat) if self.seat else None
            who = _("The company") if staff is None else staff.name or staff.id
            shows, brief = _("you show: {mood}", mood=mood), tuple(self._brief(view))
            about = self.subject
            return Conversation(who, lines, learned, shows, face, turn, about, still, over, "", opening, brief, BRIEF)
        ended = ENDED.get(self.ending, "") if over else ""
        if ended and self.ending in {"later", "left"}:
            ended = not_answered(ended, self.objection or self.asked, view)
        return Conversation(
            self.title, lines, learned, mood, face, turn, self.subject, still, over, ended, opening,
            tuple(self._filed(view)),
        )  # fmt: skip

    def _brief(self, view: Any) -> Iterator[tuple[Words, Words]]:
        """What whoever plays the customer is after: it decides what to tell and what to agree to."""
        behind = view.get(Customer, self.customer)
        for topic in ("need", "quantity", "budget", "deadline"):
            value = getattr(behind, "wants" if topic == "need" else topic, "")
            if value:
                label = N_("At most") if topic == "budget" else TOPIC_LABELS[topic]
                yield _(label), told_as(topic, value, view)
        for each in offers_known(behind, view.minute) if behind is not None else ():
            named = told_as("rival", each.rival, view)
            yield _(TOPIC_LABELS["rival"]), _("{rival} {price:money}", rival=named, price=each.price)

    def _filed(self, view: Any) -> Iterator[tuple[Words, Words]]:
        """What the file says that this customer has not told here: who was told once asks for it again in vain."""
        record = view.get(Record, self.record) if self.record else None
        for topic in ASKED:
            value = "" if record is None or topic in getattr(record, "hidden", ()) else getattr(record, topic)
            if value and self.told(topic) is None:
                yield _(TOPIC_LABELS[topic]), told_as(topic, value, view)

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its handler, the owner of its record and the director; while it waits, its desk; the customer itself."""
        if CUSTOMER in seat.roles:
            return Seen.OWN if plays(world, seat, self.customer) else None
        if seat.id == self.seat:  # asked first: a desk looks at every talk to find its own
            return Seen.OWN
        if self.status == "waiting" and not self.seat:
            if self.role in seat.roles or (self.channel == BOOTH and stands_there(world, seat.id)):
                return Seen.OWN
        record = world.find(Record, self.record) if self.record else None
        return within(seat, self.seat, record.owner if record else "", team=False)


def listed(topic: str, view: Any) -> Iterable[Any]:
    """What the scenario lists of a topic, each with id and name; nothing where anything may be told."""
    known = SECTIONS.get(topic)
    found: Iterable[Any] = getattr(view.scenario, known) if known else view.scenario.dictionaries.get(f"{topic}s", ())
    return found


def told_as(topic: str, value: str | int, view: Any) -> Words:
    """A told value in the form of its topic: budgets in yuan, deadlines as days, ids by their names."""
    if isinstance(value, int):
        if topic == "budget":
            return _("{amount:money}", amount=value)
        return _("{when:day}", when=value) if topic == "deadline" else str(value)
    for each in listed(topic, view):
        if each.id == value:
            name: Words = each.name
            return name
    return value
