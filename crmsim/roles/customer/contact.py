"""How customers inform themselves, make contact and speak of the company (CUS-1, CUS-2)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import Company, CompanyView, Staff
from crmsim.crm.customer import Customer
from crmsim.crm.enquiry import Lines, as_written
from crmsim.crm.facts import (
    CustomerArrived,
    GoodsFound,
    PlatformRead,
    ProfileCompleted,
    Recommended,
    TalkRequested,
)
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import Refusal, Turn
from crmsim.engine.fields import Choice, Filled, Option, Pick, Text, Yes
from crmsim.engine.words import N_, _
from crmsim.roles.company import desk_of
from crmsim.roles.customer.own import CustomerAction, played, refuse_whose

FAIR, WEB, FRIENDS = "fair", "web", "friends"
ON_SALE = Pick(N_("Product"), entity=Product, optional=True)


class CompleteProfile(CustomerAction, frozen=True, kw_only=True):
    """Complete or correct your personal information: what you leave empty stays as it is."""

    label = N_("Complete personal information")
    menu = N_("Personal information")
    minutes = 3
    contact: Annotated[str, Text(N_("Contact person"), most=60)] = ""
    position: Annotated[str, Text(N_("Position"), most=60)] = ""
    phone: Annotated[str, Text(N_("Phone"), most=20, example="13800000000")] = ""
    email: Annotated[str, Text(N_("E-mail"), most=100, example="name@example.com")] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Phones have 11 digits, addresses an @."""
        if self.phone and not (len(self.phone) == 11 and self.phone.isascii() and self.phone.isdigit()):
            return _("A phone number has 11 digits.")
        if self.email and (self.email.count("@") != 1 or self.email.startswith("@") or self.email.endswith("@")):
            return _("An e-mail address looks like name@example.com.")
        if not (self.contact or self.position or self.phone or self.email):
            return _("There is nothing to change.")
        return refuse_whose(view, self.customer)

    def apply(self, world: Company, turn: Turn) -> None:
        """What was given replaces what was there."""
        who = self.who(world, turn)
        who.contact, who.position = self.contact or who.contact, self.position or who.position
        who.phone, who.email = self.phone or who.phone, self.email or who.email
        world.record(ProfileCompleted(customer=who.id))


class ReadPlatform(CustomerAction, frozen=True, kw_only=True):
    """Read the company's information platform: who it is, what it sells, what is new."""

    label = N_("Read the information platform")
    menu = N_("Information platform")

    def apply(self, world: Company, turn: Turn) -> None:
        """From now on the customer knows of the company."""
        who = self.who(world, turn)
        notice(who, turn.minute, WEB)
        world.record(PlatformRead(customer=who.id))


def _places(view: Any, filled: Filled) -> list[Option]:
    found = {each.medium: None for each in view.all(Advert) if each.status == "running"}
    names = {each.id: each.name for each in view.scenario.media}
    places = [Option(each, names.get(each, each)) for each in found]
    if fair_open(view):
        places.append(Option(FAIR, _("the trade fair")))
    return places if WEB in found else [*places, Option(WEB, _("the website"))]


class FindGoods(CustomerAction, frozen=True, kw_only=True):
    """Look for goods: in the hall of the trade fair, in papers and news, on television or on the website."""

    label = N_("Find goods")
    menu = N_("Find goods")
    where: Annotated[str, Choice(N_("Where"), words=_places)]
    product: Annotated[str, ON_SALE] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer knows of the company, and where from."""
        who = self.who(world, turn)
        notice(who, turn.minute, self.where)
        world.record(GoodsFound(customer=who.id, where=self.where, product=self.product))


class VisitFair(CustomerAction, frozen=True, kw_only=True):
    """Enter the trade fair, walk through the hall and step up to the company's booth."""

    label = N_("Visit the trade fair")
    menu = N_("Find goods/Trade fair")
    product: Annotated[str, ON_SALE] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Only while the booth is open, and once at a time."""
        return refuse_channel(view, self.customer, "booth")

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer waits at the booth."""
        who = self.who(world, turn)
        notice(who, turn.minute, FAIR)
        world.record(GoodsFound(customer=who.id, where=FAIR, product=self.product))
        ask_for_talk(world, who, MakeContact(channel="booth", source=FAIR, product=self.product), turn.minute)


def _channels(view: Any, filled: Filled) -> list[Option]:
    return [Option(each.id, each.name) for each in view.scenario.channels]


class MakeContact(CustomerAction, frozen=True, kw_only=True):
    """Write to the company, call it, or step up to its booth."""

    label = N_("Contact the company")
    menu = N_("Find goods/Contact")
    teach = N_("Say in a line what it is about; details are for the talk.")
    channel: Annotated[str, Choice(N_("Channel"), words=_channels)]
    source: Annotated[str, Text(N_("How you heard of us"), most=41)] = ""
    subject: Annotated[str, Text(N_("Subject"), most=120)] = ""
    product: Annotated[str, ON_SALE] = ""
    nature: Annotated[
        str,
        Choice(
            N_("About"),
            words=(("lead", N_("goods")), ("service", N_("service")), ("double", N_("the same as before"))),
        ),
    ] = "lead"
    lines: Annotated[str, Lines(N_("Lines"), most=200, asked=lambda filled: False)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once at a time on each channel; a booth must be open."""
        return refuse_channel(view, self.customer, self.channel)

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer waits at the desk of the channel, or for who looks after it."""
        ask_for_talk(world, self.who(world, turn), self, turn.minute)


def refuse_channel(view: CompanyView, customer: str, channel: str) -> Refusal | None:
    """Why this customer cannot use a channel now."""
    problem = refuse_whose(view, customer)
    if problem is not None:
        return problem
    if channel == "booth" and not fair_open(view):
        return _("No booth is open at the trade fair.")
    who = customer or played(view.seat)[0]
    if view.known(Talk, lambda talk: talk.channel == channel and talk.status in {"waiting", "open"}, who):
        return _("You are already in touch on this channel.")
    return None


def fair_open(view: Any) -> bool:
    """Whether the company has an open booth at the fair."""
    return any(each.status == "open" for each in view.all(Promotion))


def notice(who: Customer, minute: int, where: str) -> None:
    """The customer knows the company from now on; the first place it met it counts as its source."""
    if who.aware < 0:
        who.aware = minute
    who.source = who.source or where


def ask_for_talk(world: Company, who: Customer, wish: MakeContact, minute: int) -> None:
    """The customer waits to be answered; whether it is a first contact or a new need is a fact of its own."""
    earlier = [each for each in world.of(Talk, who.id) if each.nature == "lead"]
    fresh = wish.nature == "lead" and (not earlier or earlier[-1].started < who.needed_since)
    source = wish.source or who.source
    owner, record = owner_of(world, who.id)
    talk = world.add(
        Talk(
            world.new_id(Talk), channel=wish.channel, customer=who.id, who=shown_on(who, wish.channel),
            subject=wish.subject, record=record, seat=owner, role="" if owner else desk_of(world, wish.channel),
            source=source, started=minute, looking_at=wish.product, trust=who.trust,
            patience=who.patience_moves, nature=wish.nature,
        )
    )  # fmt: skip
    if wish.lines:
        talk.subject, talk.letter = as_written(world, talk, wish.lines)
    if wish.channel == "booth":
        for booth in world.all(Promotion):
            if booth.status == "open":
                booth.visitors += 1
                break
    if fresh:
        world.record(CustomerArrived(customer=who.id, channel=wish.channel, source=source, talk=talk.id))
    world.record(
        TalkRequested(talk=talk.id, channel=talk.channel, role=talk.role, seat=talk.seat, customer=who.id)
    )  # fmt: skip


def owner_of(world: Company, customer: str) -> tuple[str, str]:
    """Who looks after a customer, and the record that says so; empty when nobody does."""
    for record in world.of(Record, customer):
        if record.owner:
            owner = world.find(Staff, record.owner)
            if owner is not None and owner.active:
                return owner.id, record.id
    return "", ""


def shown_on(who: Customer, channel: str) -> str:
    """As whom a customer is seen before anything is said: an address, a number, a name."""
    shown = {"email": who.email, "phone": who.phone}.get(channel, "")
    return shown or who.contact or who.name or who.id


class Recommend(CustomerAction, frozen=True, kw_only=True):
    """Speak of the company to somebody you know, kindly or not."""

    label = N_("Recommend or warn")
    menu = N_("Personal information")
    other: Annotated[
        str, Text(N_("To whom"), N_("Left empty, to somebody you meet."), most=12, asked=lambda filled: False)
    ] = ""
    kind: Annotated[bool, Yes(N_("Kindly"))] = True

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Not to oneself."""
        problem = refuse_whose(view, self.customer)
        if problem is None and self.other == (self.customer or played(view.seat)[0]):
            return _("You cannot recommend the company to yourself.")
        return problem

    def apply(self, world: Company, turn: Turn) -> None:
        """Whoever hears it may come, or never come."""
        who = self.who(world, turn)
        other = self.other
        if world.find(Customer, other) is None:
            others = [each.id for each in world.all(Customer) if each.id != who.id]
            number = sum(each.customer == who.id for each in world.history.of(Recommended))
            other = world.luck.pick(others, who.id, "recommends", number) if others else ""
        if other:
            world.record(Recommended(customer=who.id, other=other, kind=self.kind))
