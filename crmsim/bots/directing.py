"""How bots direct: who looks after whom, what is approved, what is advertised and restocked."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import DIRECTOR, SERVICE, CompanyView, Staff
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.review import COMMITTED, below_cost, objections, return_objections
from crmsim.crm.service import Return
from crmsim.crm.survey import Survey
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.director.goods import RestockProduct
from crmsim.roles.director.papers import ReviewOrder, ReviewReturn
from crmsim.roles.director.pool import AssignCustomer, best_owner, owners
from crmsim.roles.director.publicity import PlanAdvert, PlanPromotion
from crmsim.roles.director.surveys import AssignSurvey, DesignSurvey

ADVERT_DAYS = 8
SPEND = 150_000  # ppm of cash that one advert may bind


@answers(AssignCustomer)
def assign(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """To the owner who fits best, or to everybody in turn."""
    record = view.get(Record, paper.filled["record"])
    if record is None or (record.bought and not record.need and record.status == "lead"):
        return None  # a bought name is the prospector's to call first, until it speaks up
    if bot.habits.fits:
        return AssignCustomer(record=record.id, owner=best_owner(record, view))
    names = [each.id for each in owners(view)]
    owned = sum(1 for each in view.all(Record) if each.owner)
    return AssignCustomer(record=record.id, owner=names[owned % len(names)]) if names else None


@answers(ReviewOrder)
def review_order(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """By policy, or everything is approved. What sales could not mend when it was sent back passes as an exception,
    unless it loses money."""
    order = view.get(Order, paper.filled["order"])
    if order is None:
        return None
    against = objections(order, view) if bot.habits.reviews else []
    if against and (not order.revision or below_cost(order, view) is not None):
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


@initiative(DIRECTOR)
def advertise(bot: Bot, view: CompanyView) -> Action | None:
    """Keep one advert running where money reaches most."""
    if not bot.habits.prepares or _days_left(view) < ADVERT_DAYS // 2:
        return None
    running = [each for each in view.all(Advert) if each.status in {"planned", "running"}]
    if running:
        return None
    media = [each for each in view.scenario.media if each.id not in {advert.medium for advert in running}]
    media.sort(key=lambda each: (each.saturation, each.id))
    for medium in media:
        days = min(ADVERT_DAYS, _days_left(view))
        budget = max(medium.daily_minimum, medium.saturation // 4)
        if budget * days <= view.balance("cash") * SPEND // 1_000_000:
            today = view.minute // DAY * DAY
            return PlanAdvert(medium=medium.id, budget=budget, start=today, end=today + (days - 1) * DAY)
    return None


@initiative(DIRECTOR)
def open_booth(bot: Bot, view: CompanyView) -> Action | None:
    """Take a booth for the days of the fair, once."""
    fair = view.scenario.fair
    if not bot.habits.prepares or not fair.first_day or any(True for _each in view.all(Promotion)):
        return None
    start = (view.calendar.working_days_after(view.calendar.next_open(0), fair.first_day - 1)) // DAY * DAY
    end = (view.calendar.working_days_after(view.calendar.next_open(0), fair.last_day - 1)) // DAY * DAY
    if view.minute > start + DAY:
        return None
    staff = tuple(each.id for each in view.all(Staff) if "promoter" in each.roles and each.active)
    name = render(fair.name, view.language)
    return PlanPromotion(name=name, offer=0, start=max(start, view.minute // DAY * DAY), end=end, staff=staff)


@initiative(DIRECTOR)
def ask_customers(bot: Bot, view: CompanyView) -> Action | None:
    """Design one survey when the first third of the game is over."""
    if not bot.habits.prepares or not view.scenario.surveys or any(True for _each in view.all(Survey)):
        return None
    if _days_left(view) > view.scenario.calendar.days * 2 // 3:
        return None
    return DesignSurvey(template=view.scenario.surveys[0].id)


def _days_left(view: CompanyView) -> int:
    """Working days left to play."""
    done = view.calendar.worked(view.minute) // view.calendar.minutes_a_day
    return int(view.scenario.calendar.days - done)
