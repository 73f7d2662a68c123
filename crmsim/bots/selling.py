"""How bots sell on paper: orders, revisions, shipping, reminders, first contacts."""

from __future__ import annotations

from crmsim.bots.policy import Bot, answers
from crmsim.crm.company import CompanyView
from crmsim.crm.order import Invoice, Order
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.sales.orders import RemindPayment, ReviseOrder, ShipGoods, SubmitOrder, WithdrawOrder

IN_ADVANCE = "advance"
HASTY_DAYS = 1  # the delivery a novice promises, whatever the stock


@answers(SubmitOrder)
def submit(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """What was agreed; a hasty hand promises an early day whatever the house holds."""
    filled = dict(paper.filled)
    if not bot.habits.matches:
        filled["delivery"] = view.minute // DAY * DAY + HASTY_DAYS * DAY
    limit = view.settings.discount_limit
    if filled.get("discount", 0) > limit:
        filled["plea"] = render(_("Agreed with the customer."), view.language)
    return SubmitOrder(**filled)


@answers(ReviseOrder)
def revise(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """As it was agreed; whoever owes already pays at signing; an order that was sent back twice is given up."""
    order = view.get(Order, paper.filled["order"])
    if order is None:
        return None
    if order.revision:
        return WithdrawOrder(order=order.id, reason="mistake")
    filled = dict(paper.filled)
    owes = any(each.customer == order.customer and each.open_amount > 0 for each in view.all(Invoice))
    if owes and IN_ADVANCE in view.settings.terms:
        filled["terms"] = IN_ADVANCE
    return ReviseOrder(**filled)


@answers(ShipGoods)
def ship(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """What is in the house."""
    return ShipGoods(**paper.filled)


@answers(RemindPayment, follows=True)
def remind(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """When it is due; not at all by a hand that forgets."""
    return RemindPayment(**paper.filled) if bot.habits.follows_up else None
