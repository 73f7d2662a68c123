"""How bots direct: who looks after whom, what is approved, and what is restocked."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.company import DIRECTOR, SERVICE, CompanyView, Staff
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.review import COMMITTED, below_cost, objections, return_objections
from crmsim.crm.service import Return
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.director.goods import RestockProduct
from crmsim.roles.director.papers import ReviewOrder, ReviewReturn, slight_overstep
from crmsim.roles.director.pool import AssignCustomer, best_owner, owners
from crmsim.roles.director.surveys import AssignSurvey


@answers(AssignCustomer)
def assign(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """To the owner who fits best, or to everybody in turn; a hasty hand takes the first name of the list."""
    record = view.get(Record, paper.filled["record"])
    if record is None or (record.bought and not record.need and record.status == "lead"):
        return None  # a bought name is the prospector's to call first, until it speaks up
    if bot.habits.fits:
        return AssignCustomer(record=record.id, owner=best_owner(record, view))
    names = [each.id for each in owners(view)]
    owned = 0 if bot.habits.hasty else sum(1 for each in view.all(Record) if each.owner)
    return AssignCustomer(record=record.id, owner=names[owned % len(names)]) if names else None


@answers(ReviewOrder)
def review_order(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """By policy, or everything is approved. What sales could not mend when it was sent back passes as an exception,
    unless it loses money."""
    order = view.get(Order, paper.filled["order"])
    if order is None:
        return None
    against = objections(order, view) if bot.habits.reviews else []
    tried = order.revision or slight_overstep(order, view)
    strict = bot.habits.thorough or not tried  # a thorough hand makes no exception
    if against and (strict or below_cost(order, view) is not None):
        return ReviewOrder(order=order.id, decision="reject", reason=render(against[0], view.language)[:200])
    reason = render(_("An exception: the customer relies on us."), view.language) if against else ""
    return ReviewOrder(order=order.id, decision="approve", reason=reason)


@answers(ReviewReturn)
def review_return(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """By policy, or everything is approved."""
    request = view.get(Return, paper.filled["return_"])
    if request is None:
        return None
    against = return_objections(request, view) if bot.habits.reviews else []
    if against:
        return ReviewReturn(return_=request.id, decision="refuse", reason=render(against[0], view.language)[:200])
    return ReviewReturn(return_=request.id, decision="approve")


@answers(AssignSurvey)
def assign_survey(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """To the first service agent."""
    agents = [each.id for each in view.all(Staff) if SERVICE in each.roles and each.active]
    return AssignSurvey(survey=paper.filled["survey"], agent=agents[0]) if agents else None


@initiative(DIRECTOR)
def restock(bot: Bot, view: CompanyView) -> Action | None:
    """Order goods when what is promised, and a margin of foresight, is more than is in the house or on its way."""
    if not bot.habits.prepares:
        return None
    for product in view.all(Product):
        if product.withdrawn:
            continue
        short = needed(view, product, bot.habits.foresees) - product.stock - product.on_order
        worth = max(short, 0) * product.cost
        if short > 0 and worth <= view.balance("cash") // 3:
            return RestockProduct(product=product.id, quantity=short)
    return None


def needed(view: CompanyView, product: Any, foresees: bool) -> int:
    """Pieces promised and not yet sent, and what a week is likely to bring."""
    promised = sold = 0
    for order in view.all(Order):
        if order.status in COMMITTED or order.status == "submitted":
            promised += dict(order.to_ship).get(product.id, 0)
        if order.submitted > view.minute - 7 * DAY and order.status not in {"rejected", "declined", "cancelled"}:
            sold += order.quantity(product.id)
    return promised + (sold if foresees else sold // 2) + (1 if foresees else 0)
