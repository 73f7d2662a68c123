"""The director's signature: orders and returns (DIR-9, DIR-10)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from crmsim.crm.company import DIRECTOR, Company, CompanyView
from crmsim.crm.facts import OrderApproved, OrderRejected, ReturnApproved, ReturnRefused
from crmsim.crm.naming import listed, name_of, named, together, whose
from crmsim.crm.order import Order
from crmsim.crm.review import below_cost, objections, return_objections
from crmsim.crm.service import Return
from crmsim.engine.action import Action, Judgement, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Pick, Text
from crmsim.engine.words import N_, Message, Words, _
from crmsim.roles.company import GoodsComeBack

ORDERS_MENU = N_("Sales management/Orders")
RETURNS_MENU = N_("Service management/Customer returns")

OrderAwaitingReview = Annotated[
    str,
    Pick(
        N_("Order"),
        entity=Order,
        where=lambda order, view, filled: order.status == "submitted",
        nothing=_("No order waits for review."),
    ),
]
ReturnAwaitingReview = Annotated[
    str,
    Pick(
        N_("Return"),
        entity=Return,
        where=lambda paper, view, filled: paper.status == "endorsed",
        nothing=_("No return waits for your approval."),
    ),
]
Reason = Annotated[str, Text(N_("Reason"), most=200, wanted=lambda filled: filled.get("decision") != "approve")]


def _unexplained(review: ReviewOrder | ReviewReturn, ask: Message) -> Refusal | None:
    """A no that does not say why."""
    return ask if review.decision != "approve" and not review.reason.strip() else None


class ReviewOrder(Action, frozen=True):
    """Approve an order that sales submitted, or send it back with a reason."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Review an order")
    menu = ORDERS_MENU
    teach = N_("Read what speaks against it first; an exception wants a reason, a rejection a way to mend it.")
    order: OrderAwaitingReview
    decision: Annotated[
        Literal["approve", "reject"],
        Choice(N_("Decision"), words=(("approve", N_("approve")), ("reject", N_("reject")))),
    ]
    reason: Reason = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """One's own order; a rejection needs a reason."""
        order = view.get(Order, self.order)
        if order is not None and order.owner == view.seat.id:
            return _("This is your own order: somebody else has to review it.")
        return _unexplained(self, _("Say why the order goes back."))

    def apply(self, world: Company, turn: Turn) -> None:
        """The order is approved and its contract sent, or goes back to its owner."""
        order = world.get(Order, self.order)
        order.reviewed, order.reviewer, order.reason = turn.minute, turn.seat, self.reason
        if self.decision == "approve":
            order.status, order.insured = "approved", not objections(order, world)
            world.record(OrderApproved(order=order.id, owner=order.owner, customer=order.customer))
        else:
            order.status = "rejected"
            world.record(OrderRejected(order=order.id, owner=order.owner, reason=self.reason))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """A sound order is approved and an unsound one sent back; with a reason a slight overstep may pass, and what
        sales could not mend when it came back."""
        order = world.get(Order, self.order)
        against, slight = objections(order, world), slight_overstep(order, world)
        if self.decision == "approve":
            explained = bool(self.reason.strip())
            tried = bool(order.revision) and explained and below_cost(order, world) is None
            points = 1000 if not against else 800 if slight and explained else 600 if tried else 400 if slight else 0
        else:
            points = 0 if not against else 700 if slight else 1000
        why = against[0] if against else _("Nothing speaks against the order.")
        evidence = tuple(each.number for each in world.history.about("order", order.id)[-1:])
        return (Judgement("director.reviews", points, why, evidence),)


def slight_overstep(order: Any, source: Any) -> bool:
    """Only the discount speaks against it, by little, and it still earns something."""
    over = order.discount - source.settings.discount_limit
    small = 0 < over <= source.scenario.office.overstep
    return small and len(objections(order, source)) == 1 and below_cost(order, source) is None


class ReviewReturn(Action, frozen=True):
    """Give a return that service endorsed your final approval, or refuse it with a reason."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Review a return")
    menu = RETURNS_MENU
    teach = N_("Within policy a quick yes costs least; a refusal costs goodwill, a slow yes costs more.")
    return_: ReturnAwaitingReview
    decision: Annotated[
        Literal["approve", "refuse"],
        Choice(N_("Decision"), words=(("approve", N_("approve the return")), ("refuse", N_("refuse the return")))),
    ]
    reason: Reason = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A refusal needs a reason: the customer reads it."""
        return _unexplained(self, _("Say why the return is refused; the customer will read it."))

    def apply(self, world: Company, turn: Turn) -> None:
        """Goods and refund follow an approval; a refusal goes to the customer with its reason."""
        paper = world.get(Return, self.return_)
        paper.decided = turn.minute
        if self.decision == "approve":
            paper.status = "approved"
            world.record(ReturnApproved(request=paper.id, customer=paper.customer, agent=paper.agent))
            back = world.calendar.working_days_after(turn.minute, world.scenario.office.back_days)
            world.due(back, GoodsComeBack(return_=paper.id))
        else:
            paper.status, paper.refusal = "refused", self.reason
            world.record(
                ReturnRefused(
                    request=paper.id, customer=paper.customer, agent=paper.agent, reason=self.reason, step="final"
                )
            )

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """Within policy it is approved, outside it or as a fraud refused."""
        paper = world.get(Return, self.return_)
        against = return_objections(paper, world)
        wrong = bool(against) or paper.truth == "fraud"
        points = 1000 if (self.decision == "refuse") == wrong else 0
        if against:
            why = against[0]
        else:
            why = _("The claim was not honest.") if wrong else _("The return lies within policy.")
        evidence = tuple(each.number for each in world.history.about("request", paper.id)[-1:])
        return (Judgement("director.returns", points, why, evidence),)


def _order_waits(order: Any, view: Any) -> Waiting | None:
    if order.status != "submitted":
        return None
    why = _("{owner} waits for a decision on {amount:money}.", owner=name_of(view, order.owner), amount=order.total)
    against = named(view, objections(order, view))
    if against and view.scenario.fulfilment.insured:
        against.append(_("Approved all the same, its debt would not be insured."))
    filled = {"order": order.id, "decision": "reject" if against else "approve"}
    return _to_decide(order, order.submitted, why, against, ReviewOrder, filled, view)


def _return_waits(paper: Any, view: Any) -> Waiting | None:
    if paper.status != "endorsed":
        return None
    against = named(view, return_objections(paper, view))
    filled = {"return_": paper.id, "decision": "refuse" if against else "approve"}
    why = _("Service endorsed it; the customer waits.")
    return _to_decide(paper, paper.endorsed, why, against, ReviewReturn, filled, view)


def _to_decide(paper: Any, since: int, why: Message, against: list[Message], action: type[Action],
               filled: dict[str, Any], view: Any) -> Waiting:  # fmt: skip
    """A paper that waits for the signature, with what speaks against it."""
    if against:
        why = _("{why} {against}", why=why, against=together(against))
    return Waiting(whose(view, paper), since, since + view.scenario.office.review_minutes, why, action, filled, 3)


def _against(view: Any, found: list[Message]) -> Words:
    return together(named(view, found)) or _("nothing")


def _goods(row: Any, view: Any) -> Words:
    return listed(view, row.lines)


ORDERS = Table(
    "director-orders", N_("Orders"), ORDERS_MENU, (DIRECTOR,),
    rows=lambda view: view.all(Order),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda order, view: order.id),
        Column(N_("Customer"), lambda order, view: order.record, "name"),
        Column(N_("Amount"), lambda order, view: order.total, "money"),
        Column(N_("Status"), lambda order, view: _("{status:label}", status=order.status)),
        Column(N_("Goods"), lambda order, view: listed(view, ((each.product, each.quantity) for each in order.lines))),
        Column(N_("Owner"), lambda order, view: order.owner, "name"),
        Column(N_("Discount"), lambda order, view: order.discount, "percent"),
        Column(N_("Delivery"), lambda order, view: order.delivery, "day"),
        Column(N_("Speaks against it"),
               lambda order, view: _against(view, objections(order, view)) if order.status == "submitted" else ""),
        Column(N_("Reason for an exception"), lambda order, view: order.plea),
    ),
    actions=((ReviewOrder, "order"),),
    waits=_order_waits,
    empty=N_("No orders yet."),
)  # fmt: skip
RETURNS = Table(
    "director-returns", N_("Customer returns"), RETURNS_MENU, (DIRECTOR,),
    rows=lambda view: view.all(Return),
    latest_first=True,
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Customer"), lambda row, view: row.customer, "name"),
        Column(N_("Goods"), _goods),
        Column(N_("Reason"), lambda row, view: row.reason, "name"),
        Column(N_("Agent"), lambda row, view: row.agent, "name"),
        Column(N_("Opened"), lambda row, view: row.opened, "time"),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
        Column(N_("Speaks against it"),
               lambda row, view: _against(view, return_objections(row, view)) if row.status == "endorsed" else ""),
    ),
    actions=((ReviewReturn, "return_"),),
    waits=_return_waits,
    empty=N_("Nobody wants to return anything."),
)  # fmt: skip

actions: tuple[type[Action], ...] = (ReviewOrder, ReviewReturn)
tables: tuple[Table, ...] = (ORDERS, RETURNS)
