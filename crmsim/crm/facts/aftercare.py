"""Facts: Service, returns, feedback, surveys, and what becomes of customers."""

from __future__ import annotations

from crmsim.engine.facts import Fact


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


class SymptomAsked(Fact):
    """The agent asks the customer what it sees."""

    tells = ("@customer",)
    summary = "{agent} asks about {request}: {question:label}?"
    request: str
    customer: str
    agent: str
    question: str


class RequestOverdue(Fact):
    """Nobody answered a request in time."""

    tells = ("@agent", "director")
    summary = "Request {request} has had no answer in time."
    request: str
    customer: str
    agent: str


class RequestClosed(Fact):
    tells = ()
    summary = "Request {request} is closed."
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
    summary = "Survey “{survey}” was designed."
    survey: str


class SurveyAssigned(Fact):
    tells = ("@agent",)
    summary = "Survey “{survey}” was assigned to {agent}."
    survey: str
    agent: str


class SurveyIssued(Fact):
    summary = "{agent} sent survey “{survey}” to {copies} customers."
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
    summary = "{customer} answered survey “{survey}”."
    survey: str
    questionnaire: str
    customer: str
    agent: str


class SurveyRead(Fact):
    tells = ("director",)
    summary = "The answers of survey “{survey}” were read."
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

    tells = ("director", "sales", "service", "promoter", "reception", "prospector", "instructor")
    summary = "{title}"
    event: str
    title: str | dict[str, str] = ""
    product: str = ""
    amount: int = 0
