"""The market director's actions and tables."""

from __future__ import annotations

from typing import Annotated, Literal

from crmsim.crm.company import DIRECTOR, Company, CompanyView
from crmsim.crm.facts import OrderApproved, OrderRejected
from crmsim.crm.order import Order
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Pick, Text
from crmsim.engine.words import N_, _

OrderAwaitingReview = Annotated[
    str,
    Pick(
        N_("Order"),
        entity=Order,
        where=lambda order, view, filled: order.status == "submitted",
        nothing=_("No order waits for review."),
    ),
]


class ReviewOrder(Action, frozen=True):
    """Approve an order that sales submitted, or send it back with a reason."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Review an order")
    menu = N_("Sales management/Orders")
    order: OrderAwaitingReview
    decision: Annotated[
        Literal["approve", "reject"],
        Choice(N_("Decision"), words=(("approve", N_("approve")), ("reject", N_("reject")))),
    ]
    reason: Annotated[str, Text(N_("Reason"), most=200)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A rejection needs a reason."""
        if self.decision == "reject" and not self.reason:
            return _("Say why the order goes back.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The order is approved and its contract sent, or goes back to its owner."""
        order = world.get(Order, self.order)
        order.reviewed, order.reviewer, order.reason = turn.minute, turn.seat, self.reason
        if self.decision == "approve":
            order.status = "approved"
            world.record(OrderApproved(order=order.id, owner=order.owner, customer=order.customer))
        else:
            order.status = "rejected"
            world.record(OrderRejected(order=order.id, owner=order.owner, reason=self.reason))


def _review_waits(order: Order, view: CompanyView) -> Waiting | None:
    if order.status != "submitted":
        return None
    why = _("{owner} waits for a decision on {amount:money}.", owner=order.owner, amount=order.total)
    return Waiting(order.title, order.submitted, order.submitted + 480, why, ReviewOrder, {"order": order.id})


ORDERS = Table(
    "director-orders",
    N_("Orders"),
    N_("Sales management/Orders"),
    (DIRECTOR,),
    rows=lambda view: view.all(Order),
    columns=(
        Column(N_("Number"), lambda order, view: order.id),
        Column(N_("Owner"), lambda order, view: order.owner),
        Column(N_("Amount"), lambda order, view: order.total, "money"),
        Column(N_("Status"), lambda order, view: _("{status:label}", status=order.status)),
    ),
    actions=((ReviewOrder, "order"),),
    waits=_review_waits,
    empty=N_("No orders yet."),
)

actions: tuple[type[Action], ...] = (ReviewOrder,)
tables: tuple[Table, ...] = (ORDERS,)
