"""Every fact of the business. `tells` says who hears of it; `summary` is its sentence."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class DayStarted(Fact):
    """A working day begins."""

    tells = ("director", "promoter", "reception", "prospector", "sales", "service")
    summary = "Day {day} begins."
    day: int


class GameEnded(Fact):
    """The last day is over."""

    tells = ("director", "promoter", "reception", "prospector", "sales", "service", "customer")
    summary = "The game is over."


class CashRanOut(Fact):
    """The company cannot pay: an event, not a crash."""

    tells = ("director",)
    summary = "The company is out of cash ({balance:money})."
    balance: int


# -- market preparation


class SettingsChanged(Fact):
    tells = ()
    summary = "The company's settings were changed: {what}."
    what: str


class StaffAdded(Fact):
    tells = ("director",)
    summary = "{staff} joined the company."
    staff: str


class StaffChanged(Fact):
    tells = ("@staff",)
    summary = "The duties of {staff} were changed."
    staff: str


class StaffDismissed(Fact):
    tells = ("director",)
    summary = "{staff} leaves the company."
    staff: str


class ProductAdded(Fact):
    tells = ("sales",)
    summary = "{product} is now on sale."
    product: str


class ProductChanged(Fact):
    tells = ("sales",)
    summary = "{product} was changed: {what}."
    product: str
    what: str


class ProductWithdrawn(Fact):
    tells = ("sales",)
    summary = "{product} is no longer sold."
    product: str


class StockOrdered(Fact):
    summary = "{quantity} x {product} ordered from the supplier, due {due:day}."
    product: str
    quantity: int
    due: int


class StockArrived(Fact):
    tells = ("director", "sales")
    summary = "{quantity} x {product} arrived in stock."
    product: str
    quantity: int


class AdLaunched(Fact):
    summary = "Advert {advert} in {medium} starts, {budget:money} a day."
    advert: str
    medium: str
    product: str
    budget: int


class AdEnded(Fact):
    tells = ("director",)
    summary = "Advert {advert} is over."
    advert: str


class PromotionOpened(Fact):
    tells = ("promoter",)
    summary = "Promotion {promotion} opens at the trade fair."
    promotion: str


class PromotionEnded(Fact):
    tells = ("director", "promoter")
    summary = "Promotion {promotion} is over."
    promotion: str


class PagePublished(Fact):
    summary = "Website page {page} was published."
    page: str


class PublicitySummarised(Fact):
    summary = "The director read the publicity summary."


# -- customers come


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
    """The customer gave up waiting."""

    tells = ("@seat",)
    summary = "Nobody answered in time: {talk}."
    talk: str
    customer: str
    seat: str = ""
    waited: int = 0


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
    summary = "{customer} answered in {talk}."
    talk: str
    seat: str
    customer: str
    move: str
    topic: str = ""


class NeedRevealed(Fact):
    tells = ()
    summary = "{customer} told what it needs: {value}."
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
    summary = "{customer} agreed to speak again at {when:time}."
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


# -- orders


class OrderSubmitted(Fact):
    tells = ("director",)
    summary = "{owner} submitted order {order} ({amount:money})."
    order: str
    owner: str
    customer: str
    amount: int


class OrderApproved(Fact):
    tells = ("@owner", "@customer")
    summary = "Order {order} was approved."
    order: str
    owner: str
    customer: str


class OrderRejected(Fact):
    tells = ("@owner",)
    summary = "Order {order} was sent back: {reason}"
    order: str
    owner: str
    reason: str


class ContractAccepted(Fact):
    tells = ("@owner",)
    summary = "{customer} signed order {order}."
    order: str
    owner: str
    customer: str


class ContractDeclined(Fact):
    tells = ("@owner", "director")
    summary = "{customer} declined order {order}: {reason:label}."
    order: str
    owner: str
    customer: str
    reason: str


class OrderCancelled(Fact):
    tells = ("@owner", "director")
    summary = "Order {order} was cancelled: {reason:label}."
    order: str
    owner: str
    customer: str
    reason: str


class GoodsShipped(Fact):
    tells = ("@customer",)
    summary = "Goods of order {order} left the house."
    order: str
    shipment: str
    customer: str
    whole: bool


class DeliveryLate(Fact):
    """The promised day has passed and not all goods are there."""

    tells = ("@owner",)
    summary = "Order {order} is late."
    order: str
    owner: str
    customer: str


class GoodsDelivered(Fact):
    """The carrier stands at the customer's door."""

    tells = ("@customer",)
    summary = "Goods of order {order} arrived at the customer's."
    order: str
    shipment: str
    customer: str


class GoodsReceived(Fact):
    tells = ("@owner",)
    summary = "{customer} signed for the goods of {order}."
    order: str
    shipment: str
    owner: str
    customer: str


class GoodsRefused(Fact):
    tells = ("@owner", "service")
    summary = "{customer} refused damaged goods of {order}."
    order: str
    shipment: str
    owner: str
    customer: str


class InvoiceIssued(Fact):
    tells = ("@owner", "@customer")
    summary = "Invoice {invoice} over {amount:money}, due {due:day}."
    invoice: str
    order: str
    owner: str
    customer: str
    amount: int
    due: int


class PaymentMade(Fact):
    tells = ("@owner",)
    summary = "{customer} paid {amount:money} on {invoice}."
    invoice: str
    owner: str
    customer: str
    amount: int
    whole: bool
    late: bool


class PaymentLate(Fact):
    tells = ("@owner", "@customer")
    summary = "Invoice {invoice} is overdue ({amount:money})."
    invoice: str
    owner: str
    customer: str
    amount: int


class PaymentReminded(Fact):
    tells = ("@customer",)
    summary = "{seat} reminded {customer} of invoice {invoice}."
    invoice: str
    seat: str
    customer: str
    times: int


class DebtWrittenOff(Fact):
    tells = ("@owner", "director")
    summary = "Invoice {invoice} will never be paid."
    invoice: str
    owner: str
    customer: str
    amount: int


# -- service, returns, feedback, surveys


class ServiceRequested(Fact):
    tells = ("@agent",)
    summary = "{customer} asks for help with {product}."
    request: str
    customer: str
    agent: str
    product: str
    complaint: bool = False


class ServiceAnswered(Fact):
    tells = ("@customer",)
    summary = "{agent} answered request {request}."
    request: str
    customer: str
    agent: str
    waited: int = 0  # working minutes


class SymptomExplained(Fact):
    """The customer answered a question of the agent."""

    tells = ("@agent",)
    summary = "{customer} explained more about {request}."
    request: str
    customer: str
    agent: str


class ServiceEscalated(Fact):
    tells = ("director",)
    summary = "{agent} passed request {request} to the director."
    request: str
    customer: str
    agent: str


class ServiceResolved(Fact):
    tells = ("@customer",)
    summary = "Request {request} was resolved by {remedy}."
    request: str
    customer: str
    agent: str
    remedy: str
    right: bool


class ServiceReopened(Fact):
    tells = ("@agent",)
    summary = "{customer} is back with request {request}: it did not help."
    request: str
    customer: str
    agent: str


class FeedbackGiven(Fact):
    tells = ("@seat", "director")
    summary = "{customer} gave {score} of 5 for {about}."
    feedback: str
    customer: str
    seat: str
    about: str
    score: int


class ReturnRequested(Fact):
    tells = ("@agent",)
    summary = "{customer} wants to return goods of {order}."
    request: str
    customer: str
    order: str
    agent: str
    reason: str


class ReturnEndorsed(Fact):
    """Service gave its first approval (初审)."""

    tells = ("director", "@customer")
    summary = "Return {request} passed its first check."
    request: str
    customer: str
    agent: str


class ReturnApproved(Fact):
    """The director gave the final approval (终审)."""

    tells = ("@agent", "@customer")
    summary = "Return {request} was approved."
    request: str
    customer: str
    agent: str


class ReturnRefused(Fact):
    tells = ("@agent", "@customer")
    summary = "Return {request} was refused: {reason}"
    request: str
    customer: str
    agent: str
    reason: str
    step: str


class GoodsReturned(Fact):
    tells = ("@agent",)
    summary = "The goods of return {request} are back."
    request: str
    agent: str
    sound: bool


class RefundPaid(Fact):
    tells = ("@customer", "@agent")
    summary = "{amount:money} refunded for {request}."
    request: str
    customer: str
    agent: str
    amount: int


class SurveyDesigned(Fact):
    summary = "Survey {survey} was designed."
    survey: str


class SurveyAssigned(Fact):
    tells = ("@agent",)
    summary = "Survey {survey} was assigned to {agent}."
    survey: str
    agent: str


class SurveyIssued(Fact):
    summary = "{agent} sent survey {survey} to {copies} customers."
    survey: str
    agent: str
    copies: int


class QuestionnaireSent(Fact):
    tells = ("@customer",)
    summary = "{customer} was sent a questionnaire."
    questionnaire: str
    survey: str
    customer: str


class SurveyAnswered(Fact):
    tells = ("@agent",)
    summary = "{customer} answered survey {survey}."
    survey: str
    questionnaire: str
    customer: str
    agent: str


class SurveyRead(Fact):
    tells = ("director",)
    summary = "The answers of survey {survey} were read."
    survey: str
    agent: str


class CustomerLeft(Fact):
    """A customer is lost; it may have its reasons."""

    tells = ()
    summary = "{customer} turned away: {reason:label}."
    customer: str
    reason: str
    owner: str = ""


class CustomerReturned(Fact):
    """A lost or dormant customer was won back."""

    tells = ("@owner",)
    summary = "{customer} is back."
    customer: str
    owner: str = ""


class Recommended(Fact):
    """A customer told another of the company, kindly or not."""

    tells = ()
    summary = "{customer} spoke of the company to {other}."
    customer: str
    other: str
    kind: bool


class MarketShifted(Fact):
    """A scenario's event took place."""

    tells = ("director", "sales", "service", "promoter", "reception", "prospector")
    summary = "{title}"
    event: str
    title: str | dict[str, str] = ""
    product: str = ""
    amount: int = 0
