"""Facts: The office's own tools: rules, notices, forms, knowledge and letters."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class RuleSet(Fact):
    """The director added, changed or switched a rule."""

    tells = ()
    summary = "Rule “{rule}” was set: {what:label}."
    rule: str
    what: str


class RuleFollowed(Fact):
    """A rule did what it says."""

    tells = ("@seat",)
    summary = "Rule “{rule}” acted on {paper}: {does:label}."
    rule: str
    paper: str
    does: str
    cause: int = -1  # the number of the fact that set it off; -1: the calendar
    seat: str = ""  # whom it concerns


class NoticeGiven(Fact):
    """A rule told somebody something."""

    tells = ("@seat",)
    summary = "{seat} has a new notice."
    notice: str
    seat: str
    rule: str = ""


class FormPublished(Fact):
    tells = ("#audience",)
    summary = "Form “{form}” can be filled in."
    form: str
    audience: str


class FormFilled(Fact):
    tells = ("@owner",)
    summary = "{filler} filled in form “{form}”."
    submission: str
    form: str
    filler: str
    owner: str = ""


class ArticleWritten(Fact):
    tells = ("service",)
    summary = "{seat} wrote article {article} of the knowledge base."
    article: str
    seat: str


class ArticleUsed(Fact):
    tells = ()
    summary = "{seat} answered {request} with article {article}."
    article: str
    request: str
    seat: str


class CustomerRegistered(Fact):
    """A customer registered with the self-service platform."""

    tells = ()
    summary = "{customer} registered for self-service."
    customer: str


class KnowledgeSearched(Fact):
    """A customer looked in the knowledge base."""

    tells = ("@customer",)
    summary = "{customer} looked in the knowledge base."
    lookup: str
    customer: str
    articles: int


class AdviceTried(Fact):
    """A customer did what an article says."""

    tells = ("@customer",)
    summary = "{customer} tried what article {article} says."
    lookup: str
    customer: str
    article: str
    helped: bool


class TemplateSaved(Fact):
    summary = "{seat} saved template {template}."
    template: str
    seat: str


class LetterSent(Fact):
    tells = ("@reader",)
    summary = "{sender} wrote to {reader}."
    letter: str
    sender: str
    reader: str


class SheetWritten(Fact):
    """Something was written on the sheet kept by hand."""

    tells = ()
    summary = "{seat} wrote on line {line} of the sheet."
    line: str
    seat: str
    column: str = ""
