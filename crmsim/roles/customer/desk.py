"""What a customer sees: its brief, the company's goods and news, its papers and their handling (CUS-1 to CUS-8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from crmsim.crm.books import standing
from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import CUSTOMER, WebPage, word
from crmsim.crm.customer import Customer, offers_known
from crmsim.crm.naming import in_names, joined, name_of
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.product import Product
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.survey import Questionnaire
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.words import DAY, N_, Message, Words, _
from crmsim.roles.customer.care import ExplainSymptom, ReopenRequest, RequestService
from crmsim.roles.customer.contact import CompleteProfile, FindGoods, MakeContact, fair_open, refuse_channel
from crmsim.roles.customer.orders import AcceptContract, CancelOrder, DeclineContract, Pay, RefuseGoods, SignForGoods
from crmsim.roles.customer.saying import AnswerSurvey, GiveFeedback, RequestReturn


def _all(kind: type, *statuses: str) -> Callable[[Any], Iterator[Any]]:
    return lambda view: (each for each in view.all(kind) if not statuses or each.status in statuses)


def _status(row: Any, view: Any) -> Message:
    return _("{status:label}", status=row.status)


def _product(view: Any, id: str) -> Any:
    return next((each.name for each in view.scenario.products if each.id == id), id)


def _paper(why: Message, action: type[Action], field: str, since: str, due: str, *statuses: str) -> Any:
    """A paper in one of these states waits for one thing."""

    def waits(row: Any, view: Any) -> Waiting | None:
        if statuses and row.status not in statuses:
            return None
        limit = getattr(row, due) if due else 0
        return Waiting(row.id, getattr(row, since), limit, why, action, {field: row.id})

    return waits


def _parcel_waits(row: Any, view: Any) -> Waiting | None:
    if row.status != "delivered":
        return None
    if row.condition == "damaged":
        why = _("The parcel is damaged.")
        return Waiting(row.id, row.delivered, row.delivered + DAY, why, RefuseGoods, {"shipment": row.id}, 10)
    why = _("The parcel is at the door.")
    return Waiting(row.id, row.delivered, row.delivered + DAY, why, SignForGoods, {"shipment": row.id}, 10)


def _bill_waits(row: Any, view: Any) -> Waiting | None:
    if row.status not in {"open", "late"}:
        return None
    why = _("{amount:money} is to be paid by {due:day}.", amount=row.open_amount, due=row.due)
    return Waiting(row.id, row.issued, row.due, why, Pay, {"invoice": row.id, "amount": row.open_amount})


def _question_waits(row: Any, view: Any) -> Waiting | None:
    if not row.pending:
        return None
    why = _("The agent asks: {question:label}?", question=name_of(view, row.pending))
    return Waiting(row.id, row.opened, 0, why, ExplainSymptom, {"request": row.id})


def _sheet_waits(row: Any, view: Any) -> Waiting | None:
    if row.answered >= 0:
        return None
    return Waiting(
        row.id, row.sent, 0, _("The company asks for your opinion."), AnswerSurvey, {"questionnaire": row.id}
    )


def _news(view: Any) -> Iterator[Any]:
    yield from (each for each in view.all(WebPage) if each.shown)
    yield from view.all(Promotion)
    yield from (each for each in view.all(Advert) if each.status == "running")


def _handling(row: Any, view: Any) -> Words:
    return in_names(view, row.log[-1][2]) if row.log else ""


def _fair_or_nothing(view: Any) -> list[Any]:
    return list(view.all(Promotion)) if fair_open(view) else []


DRAWN_UP = 2 * DAY  # for so long whoever agreed takes it that the contract is on its way
NUMBER = Column(N_("Number"), lambda row, view: row.id)
STATUS = Column(N_("Status"), _status)


def _unmet(who: Any, view: Any) -> Waiting | None:
    """A need about which this customer is in touch with nobody, nor waits for a contract."""
    if not who.wants or any(each.status in {"waiting", "invited", "open"} for each in view.of(Talk, who.id)):
        return None
    if any(each.agreement and view.minute < each.started + DRAWN_UP for each in view.of(Talk, who.id)):
        return None
    if any(each.status not in {"received", "cancelled", "declined"} for each in view.of(Order, who.id)):
        return None
    why = _("You need {product} x {quantity} by {day:day}, for {budget:money} at most.", quantity=who.quantity,
            product=_product(view, who.wants), day=who.deadline, budget=who.budget)  # fmt: skip
    if offers_known(who, view.minute):
        why = _("{need} Offered elsewhere: {offers}.", need=why, offers=_offers(who, view))
    ways = [each for each in who.channels if refuse_channel(view, who.id, each) is None]
    filled = {"customer": who.id, "product": who.wants} | ({"channel": ways[0]} if ways else {})
    told = _open_since(who, view), who.deadline
    return Waiting(who.title, max(0, who.needed_since), who.deadline, why, MakeContact, filled, told=told)


def _open_since(who: Any, view: Any) -> int:
    """Since when something is to be done about a need: it arose, the last talk or contract about it came to nothing,
    or another offer came."""
    talks = [each for each in view.of(Talk, who.id) if each.started >= who.needed_since]
    left = [each.started + DRAWN_UP if each.agreement else each.says[-1].minute for each in talks if each.says]
    refused = [each.answered for each in view.of(Order, who.id) if each.status == "declined"]
    came = [each.known_from for each in offers_known(who, view.minute)]
    since: int = max(0, who.needed_since, *(each for each in (*left, *refused, *came) if each <= view.minute))
    return since


def _offers(who: Any, view: Any) -> Words:
    return joined(
        _("{rival} {price:money}", rival=name_of(view, each.rival), price=each.price)
        for each in offers_known(who, view.minute)
    )


BRIEF = Table(
    "customer-brief",
    N_("Personal information"),
    N_("Personal information"),
    (CUSTOMER,),
    rows=_all(Customer),
    columns=(
        NUMBER,
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Need"), lambda row, view: _product(view, row.wants)),
        Column(N_("Quantity"), lambda row, view: row.quantity or None),
        Column(N_("Most you can spend"), lambda row, view: row.budget or None, "money"),
        Column(N_("Decide by"), lambda row, view: row.deadline or None, "day"),
        Column(N_("Other offers"), _offers),
    ),
    actions=((CompleteProfile, "customer"), (FindGoods, "customer"), (MakeContact, "customer")),
    waits=_unmet,
    empty=N_("You play no customer yet."),
)


def _said(row: Any, view: Any) -> Words:
    """News in its words; an advert by its slogan, else by what it stresses."""
    found: Words = getattr(row, "text", "") or getattr(row, "slogan", "")
    return found or name_of(view, getattr(row, "message", ""))


PLATFORM = Table(
    "customer-platform",
    N_("Information platform"),
    N_("Information platform"),
    (CUSTOMER,),
    rows=_news,
    columns=(
        Column(N_("What"), lambda row, view: getattr(row, "medium", "") or row.title, "name"),
        Column(N_("Text"), _said),
    ),
    empty=N_("There is no news at present."),
)
FAIR = Table(
    "customer-fair",
    N_("Trade fair"),
    N_("Find goods/Trade fair"),
    (CUSTOMER,),
    rows=_fair_or_nothing,
    columns=(
        Column(N_("Booth"), lambda row, view: row.title),
        Column(N_("Product"), lambda row, view: _product(view, row.product)),
        Column(N_("Discount"), lambda row, view: row.offer, "percent"),
    ),
    empty=N_("The hall is empty today."),
)
GOODS = Table(
    "customer-goods",
    N_("Goods on sale"),
    N_("Find goods/Goods"),
    (CUSTOMER,),
    rows=_all(Product),
    columns=(
        Column(N_("Product"), lambda row, view: row.title),
        Column(N_("Price"), lambda row, view: row.price, "money"),
    ),
    actions=((MakeContact, "product"),),
    empty=N_("Nothing is on sale."),
)
CONTRACTS = Table(
    "customer-contracts",
    N_("Contracts"),
    N_("Contracts/View contracts"),
    (CUSTOMER,),
    rows=_all(Order),
    columns=(
        NUMBER,
        Column(N_("Product"), lambda row, view: _product(view, row.lines[0].product)),
        Column(N_("Quantity"), lambda row, view: row.lines[0].quantity),
        Column(N_("Amount"), lambda row, view: row.total, "money"),
        Column(N_("Delivery"), lambda row, view: row.delivery, "day"),
        STATUS,
    ),
    actions=(
        (AcceptContract, "order"),
        (DeclineContract, "order"),
        (CancelOrder, "order"),
        (RequestService, "order"),
        (RequestReturn, "order"),
        (GiveFeedback, "order"),
    ),
    waits=_paper(_("A contract waits for your signature."), AcceptContract, "order", "reviewed", "", "approved"),
    empty=N_("No contracts yet."),
)
PARCELS = Table(
    "customer-parcels",
    N_("Parcels"),
    N_("Contracts/Receipt"),
    (CUSTOMER,),
    rows=_all(Shipment),
    columns=(
        NUMBER,
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Condition"), lambda row, view: _("{word:label}", word=row.condition) if row.condition else ""),
        STATUS,
    ),
    actions=((SignForGoods, "shipment"), (RefuseGoods, "shipment")),
    waits=_parcel_waits,
    empty=N_("No parcels yet."),
)
INVOICES = Table(
    "customer-invoices",
    N_("Invoices"),
    N_("Contracts/Payment"),
    (CUSTOMER,),
    rows=_all(Invoice),
    columns=(
        NUMBER,
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Amount"), lambda row, view: row.amount, "money"),
        Column(N_("Still owed"), lambda row, view: row.open_amount, "money"),
        Column(N_("Due"), lambda row, view: row.due, "day"),
        Column(N_("Status"), lambda row, view: standing(row)),
    ),
    actions=((Pay, "invoice"),),
    waits=_bill_waits,
    empty=N_("You owe nothing."),
)
REQUESTS = Table(
    "customer-requests",
    N_("Service requests"),
    N_("Service requests/Handling"),
    (CUSTOMER,),
    rows=_all(ServiceRequest),
    columns=(
        NUMBER,
        Column(N_("Product"), lambda row, view: _product(view, row.product)),
        Column(N_("Symptom"), lambda row, view: word(view.scenario, "symptoms", row.symptom)),
        Column(N_("Agent"), lambda row, view: row.agent, "name"),
        Column(N_("Handling"), _handling),
        STATUS,
    ),
    actions=((ExplainSymptom, "request"), (ReopenRequest, "request"), (GiveFeedback, "request")),
    waits=_question_waits,
    empty=N_("You have asked for no help."),
)
RETURNS = Table(
    "customer-returns",
    N_("Return requests"),
    N_("Returns/Progress"),
    (CUSTOMER,),
    rows=_all(Return),
    columns=(
        NUMBER,
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Reason"), lambda row, view: word(view.scenario, "return_reasons", row.reason)),
        STATUS,
        Column(N_("Why refused"), lambda row, view: row.refusal),
        Column(N_("Refund"), lambda row, view: row.refund or None, "money"),
    ),
    empty=N_("You have asked for no return."),
)
SHEETS = Table(
    "customer-surveys",
    N_("Questionnaires"),
    N_("Surveys/Answer"),
    (CUSTOMER,),
    rows=_all(Questionnaire),
    columns=(
        NUMBER,
        Column(N_("Questions"), lambda row, view: len(row.questions)),
        Column(N_("Sent"), lambda row, view: row.sent, "day"),
        Column(N_("Answered"), lambda row, view: None if row.answered < 0 else row.answered, "day"),
    ),
    actions=((AnswerSurvey, "questionnaire"),),
    waits=_sheet_waits,
    empty=N_("No questionnaires."),
)
tables: tuple[Table, ...] = (
    BRIEF, PLATFORM, FAIR, GOODS, CONTRACTS, PARCELS, INVOICES, REQUESTS, RETURNS, SHEETS,
)  # fmt: skip
