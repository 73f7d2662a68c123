"""The resource centre beside its cases: the flows of the business, step by step, and the dictionaries (FLO, REG-5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import CUSTOMER, DIRECTOR, INSTRUCTOR, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, STAFF
from crmsim.engine.action import Action, label_of
from crmsim.engine.desk import Column, Table
from crmsim.engine.words import N_, Message, Words, _
from crmsim.roles.analysing import RecordDecision
from crmsim.roles.answering import AcceptInvitation
from crmsim.roles.customer import (
    AcceptContract,
    AnswerSurvey,
    GiveFeedback,
    MakeContact,
    Pay,
    ReadPlatform,
    RequestReturn,
    RequestService,
    SignForGoods,
    VisitFair,
)
from crmsim.roles.director import (
    AddProduct,
    AddStaff,
    AssignCustomer,
    AssignSurvey,
    ChangeSettings,
    DesignSurvey,
    PlanAdvert,
    PlanPromotion,
    PublishPage,
    ReadSummary,
    ReviewOrder,
    ReviewReturn,
)
from crmsim.roles.everyone import RecordCustomer
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.monitoring import WriteNote
from crmsim.roles.planning import ExecutePlan, ReportPlan, ReviewPlan, SubmitPlan
from crmsim.roles.researching import CommissionResearch
from crmsim.roles.sales import RemindPayment, ShipGoods, SubmitOrder
from crmsim.roles.service import AnswerRequest, EndorseReturn, IssueSurvey, ReadSurvey, Resolve
from crmsim.roles.talking import Speak

MENU = N_("Resource centre")


@dataclass(frozen=True)
class Step:
    """What a role does in a flow; `note` says what must be known of it."""

    role: str
    action: type[Action]
    note: Message | None = None


@dataclass(frozen=True)
class Flow:
    """A flow of the business from end to end."""

    id: str
    title: Message
    steps: tuple[Step, ...]

    @property
    def text(self) -> Words:
        """Its steps, one a line."""
        words: Words = ""
        for number, each in enumerate(self.steps, 1):
            told = _("{action:label}", action=label_of(each.action))
            if each.note is not None:
                told = _("{what}: {note}", what=told, note=each.note)
            line = _("{number}. **{who:role}** · {what}", number=number, who=each.role, what=told)
            words = _("{before}\n{line}", before=words, line=line) if words else line
        return words


DIG = (
    Step(CUSTOMER, ReadPlatform), Step(PROSPECTOR, InviteToTalk), Step(CUSTOMER, AcceptInvitation),
    Step(PROSPECTOR, Speak), Step(PROSPECTOR, RecordCustomer),
)  # fmt: skip
SALE = (
    Step(DIRECTOR, AssignCustomer, _("a sales representative manages only the customers in its charge")),
    Step(SALES, InviteToTalk), Step(SALES, Speak), Step(SALES, SubmitOrder),
    Step(DIRECTOR, ReviewOrder, _("approved or rejected, with a reason")),
    Step(CUSTOMER, AcceptContract), Step(SALES, ShipGoods), Step(CUSTOMER, SignForGoods),
    Step(SALES, RemindPayment, _("when a receivable is due")), Step(CUSTOMER, Pay), Step(CUSTOMER, RequestService),
    Step(SERVICE, AnswerRequest), Step(SERVICE, Resolve), Step(CUSTOMER, GiveFeedback), Step(DIRECTOR, WriteNote),
)  # fmt: skip


def _begun_by(role: str, first: type[Action]) -> tuple[Step, ...]:
    """The customer comes by itself."""
    return Step(CUSTOMER, first), Step(role, Speak), Step(role, RecordCustomer)


FLOWS = (
    Flow("preparation", _("Market preparation"), tuple(
        Step(DIRECTOR, each)
        for each in (ChangeSettings, AddStaff, AddProduct, PlanAdvert, PlanPromotion, PublishPage, ReadSummary)
    )),
    Flow("consumption", _("Normal consumption flow"), (*DIG, *SALE)),
    Flow("fair", _("Consumption that begins at an activity"), (*_begun_by(PROMOTER, VisitFair), *SALE)),
    Flow("reception", _("Consumption that begins at reception"), (*_begun_by(RECEPTION, MakeContact), *SALE)),
    Flow("return", _("Return flow"), (
        Step(CUSTOMER, RequestReturn), Step(SERVICE, EndorseReturn, _("the first of two approvals")),
        Step(DIRECTOR, ReviewReturn, _("then the goods come back and the money is paid back")),
    )),
    Flow("survey", _("Survey flow"), (
        Step(DIRECTOR, DesignSurvey), Step(DIRECTOR, AssignSurvey), Step(SERVICE, IssueSurvey),
        Step(CUSTOMER, AnswerSurvey), Step(SERVICE, ReadSurvey),
    )),
    Flow("decision", _("Analysis and decision"), (
        Step(DIRECTOR, CommissionResearch),
        Step(DIRECTOR, RecordDecision, _("on its day it is compared with what followed")),
    )),
    Flow("plan", _("Marketing plan flow"), (
        Step(SALES, SubmitPlan), Step(DIRECTOR, ReviewPlan), Step(SALES, ExecutePlan),
        Step(SALES, ReportPlan, _("once submitted it is not changed")), Step(SALES, RecordCustomer),
    )),
)  # fmt: skip


def _seats(row: Flow, view: Any) -> Words:
    words: Words = ""
    for role in dict.fromkeys(each.role for each in row.steps):
        one = _("{role:role}", role=role)
        words = _("{some}, {next}", some=words, next=one) if words else one
    return words


FLOWS_TABLE = Table(
    "flows", N_("Flows"), N_("Resource centre/Flows"), (*STAFF, CUSTOMER, INSTRUCTOR),
    rows=lambda view: FLOWS,
    columns=(
        Column(N_("Flow"), lambda row, view: row.title),
        Column(N_("Steps"), lambda row, view: len(row.steps)),
        Column(N_("Who takes part"), _seats),
        Column(N_("Step by step"), lambda row, view: row.text, "page"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A word of a dictionary."""

    called: str  # its dictionary
    id: str
    title: Words


DICTIONARIES = {
    "types": N_("Customer types"), "statuses": N_("Statuses"), "stages": N_("Stages of opportunities"),
    "sources": N_("Sources"), "methods": N_("Follow-up methods"), "industries": N_("Industries"),
    "regions": N_("Regions"), "sizes": N_("Company sizes"), "decisions": N_("Who decides"),
    "reject_reasons": N_("Reasons to reject an order"), "decline_reasons": N_("Reasons to decline a contract"),
    "lost_reasons": N_("Reasons of a loss"), "return_reasons": N_("Reasons of a return"),
    "dismiss_reasons": N_("Reasons why a message is no lead"), "symptoms": N_("Symptoms"), "causes": N_("Causes"),
    "signs": N_("Signs"), "remedies": N_("Remedies"),
}  # fmt: skip
OF_THE_MARKET = "tempers"  # what people are like is no word of the company's papers


def _entries(view: Any) -> Iterator[Entry]:
    """The words of every dictionary of the scenario, those of its own last."""
    kept = view.scenario.dictionaries
    for name in (*DICTIONARIES, *(each for each in kept if each not in DICTIONARIES and each != OF_THE_MARKET)):
        for word in kept.get(name, ()) or getattr(view.scenario, name, ()):
            yield Entry(DICTIONARIES.get(name, name), word.id, word.name)


WORDS = Table(
    "dictionaries", N_("Data dictionaries"), N_("Resource centre/Data dictionaries"), (*STAFF, INSTRUCTOR),
    rows=lambda view: list(_entries(view)),
    columns=(
        Column(N_("Dictionary"), lambda row, view: _("{word:label}", word=row.called)),
        Column(N_("Word"), lambda row, view: row.title),
    ),
    empty=N_("The scenario has no dictionaries."),
)  # fmt: skip

actions: tuple[type[Action], ...] = ()
tables: tuple[Table, ...] = (FLOWS_TABLE, WORDS)
