"""Facts: How customers come, talk and are recorded."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class GoodsFound(Fact):
    """A customer looked round at the fair, in a paper, on television or on the website."""

    tells = ()
    summary = "{customer} looked at {where:label}."
    customer: str
    where: str
    product: str = ""


class PlatformRead(Fact):
    tells = ()
    summary = "{customer} read the information platform."
    customer: str


class ProfileCompleted(Fact):
    tells = ()
    summary = "{customer} completed its personal information."
    customer: str


class CustomerArrived(Fact):
    """A customer made contact for the first time (or anew, with a new need)."""

    tells = ()
    summary = "{customer} made contact through {channel}."
    customer: str
    channel: str
    source: str
    talk: str


class TalkRequested(Fact):
    """Someone waits to be answered."""

    tells = ("#role", "@seat")
    summary = "Someone waits on {channel}: {talk}."
    talk: str
    channel: str
    role: str = ""  # the desk it waits at, or
    seat: str = ""  # the one it waits for
    customer: str = ""


class TalkInvited(Fact):
    """The company invited a customer to talk."""

    tells = ("@customer",)
    summary = "{seat} invites {customer} to talk."
    pops = True
    talk: str
    seat: str
    customer: str


class TalkOpened(Fact):
    summary = "{seat} and {customer} talk ({channel})."
    talk: str
    seat: str
    customer: str
    channel: str
    waited: int = 0  # working minutes


class TalkMissed(Fact):
    """The customer gave up waiting. A visitor of nobody is told to the desk it waited at."""

    tells = ("@seat", "#role")
    summary = "Gave up waiting for an answer: {talk}."
    talk: str
    customer: str
    seat: str = ""
    waited: int = 0
    role: str = ""


class MoveMade(Fact):
    """A seat said something."""

    tells = ("@customer",)
    summary = "{seat}: {move}"
    talk: str
    seat: str
    customer: str
    move: str
    topic: str = ""
    product: str = ""
    amount: int = 0


class CustomerReplied(Fact):
    """The customer said something."""

    tells = ("@seat",)
    summary = "{customer} answered."
    talk: str
    seat: str
    customer: str
    move: str
    topic: str = ""
    line: str = ""  # which lines of the bank were said


class TalkDeclined(Fact):
    """The customer did not want to talk when it was invited."""

    tells = ("@seat",)
    summary = "{customer} declined to talk: {reason:label}."
    talk: str
    seat: str
    customer: str
    reason: str


class NeedRevealed(Fact):
    tells = ()
    summary = "{customer} told ({topic:label}): {value}."
    talk: str
    seat: str
    customer: str
    topic: str
    value: str | int


class BudgetRevealed(Fact):
    summary = "{customer} named a budget of {value:money}."
    talk: str
    seat: str
    customer: str
    value: int


class ContactRevealed(Fact):
    summary = "{customer} left contact details."
    talk: str
    seat: str
    customer: str


class OfferMade(Fact):
    summary = "{seat} quoted {product} at {price:money}."
    talk: str
    seat: str
    customer: str
    product: str
    price: int
    discount: int = 0


class DealAgreed(Fact):
    """The customer said yes in a talk."""

    tells = ("@seat",)
    summary = "{customer} agreed: {quantity} x {product}."
    talk: str
    seat: str
    customer: str
    product: str
    quantity: int
    unit_price: int


class NextStepAgreed(Fact):
    summary = "{customer} agreed to speak again on {when:day}."
    talk: str
    seat: str
    customer: str
    when: int


class TalkClosed(Fact):
    tells = ("@seat",)
    summary = "Talk {talk} ended: {ending}."
    talk: str
    seat: str
    customer: str
    ending: str


class MessageDismissed(Fact):
    summary = "{seat} filed {talk} as {reason}."
    talk: str
    seat: str
    reason: str


class CustomerRecorded(Fact):
    tells = ("director",)
    summary = "{seat} recorded customer {record}."
    record: str
    customer: str
    seat: str
    talk: str = ""


class RecordChanged(Fact):
    """A field of a record was changed: who, when, old and new (REG-4)."""

    tells = ("@owner",)
    summary = "{record}: {field} changed."
    record: str
    field: str
    old: str
    new: str
    owner: str = ""


class CustomerAssigned(Fact):
    tells = ("@owner",)
    summary = "{record} was assigned to {owner}."
    record: str
    customer: str
    owner: str
    before: str = ""
