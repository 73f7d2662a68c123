"""How bots make the company known: studies, adverts, the booth, and the survey that asks how it was."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, initiative
from crmsim.crm.analysis.customers import media
from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import DIRECTOR, CompanyView, Staff
from crmsim.crm.plan import Study
from crmsim.crm.survey import Survey
from crmsim.engine.action import Action
from crmsim.engine.words import DAY, _, render
from crmsim.roles.director.publicity import PlanAdvert, PlanPromotion
from crmsim.roles.director.surveys import DesignSurvey
from crmsim.roles.researching import CommissionResearch

ADVERT_DAYS = 8
SPEND = 150_000  # ppm of cash that one advert may bind
STUDIES = 2  # segments, the largest first, of which one asks what they care for
SLOGAN = _("At your desk within a day.")


@initiative(DIRECTOR)
def study(bot: Bot, view: CompanyView) -> Action | None:
    """Ask once what the largest segments care for, so that adverts can say it."""
    if not bot.habits.prepares or not view.has(CommissionResearch.tool) or _days_left(view) < ADVERT_DAYS:
        return None
    asked = {each.about for each in view.all(Study)}
    largest = sorted(view.scenario.segments, key=lambda each: (-each.share, each.id))[:STUDIES]
    about = next((each.id for each in largest if each.id not in asked), None)
    dear = view.balance("cash") < 20 * STUDIES * view.scenario.planning.research_cost
    return None if about is None or dear else CommissionResearch(subject="segment", about=about)


def _message(view: CompanyView) -> str:
    """What weighs most with the people who were studied; "" before that is known."""
    names = {each.id: _("weight of {attribute}", attribute=each.name) for each in view.scenario.attributes}
    told = [each for study in view.all(Study) for each in study.found]
    weights = {id: sum(each.share for each in told if each.what == name) for id, name in names.items()}
    best = max(weights, key=lambda each: (weights[each], each), default="")
    return best if best and weights[best] else ""


def _by_return(view: CompanyView) -> list[Any]:
    """The media by what a lead cost in them, as the report of the media says. A medium that nobody tried is held to be
    as good for its size as the best; without reports, or while nothing is known, the smallest comes first."""
    offered = {each.id: each for each in view.scenario.media}
    tried = media(view) if view.has("reports") else {}
    price = {id: each.cost_per_lead or each.cost for id, each in tried.items() if id in offered}
    least, size = min(((price[id], offered[id].saturation) for id in price), default=(0, 1))

    def dear(medium: Any) -> tuple[int, int, str]:
        guess = least * medium.saturation // max(1, size)
        return price.get(medium.id, guess), medium.saturation, medium.id

    return sorted(offered.values(), key=dear)


@initiative(DIRECTOR)
def advertise(bot: Bot, view: CompanyView) -> Action | None:
    """Keep one advert running where money reaches most."""
    if not bot.habits.prepares or _days_left(view) < ADVERT_DAYS // 2:
        return None
    running = [each for each in view.all(Advert) if each.status in {"planned", "running"}]
    if running:
        return None
    for medium in _by_return(view):
        days = min(ADVERT_DAYS, _days_left(view))
        budget = max(medium.daily_minimum, medium.saturation // 4)
        if budget * days <= view.balance("cash") * SPEND // 1_000_000:
            today = view.minute // DAY * DAY
            return PlanAdvert(
                medium=medium.id, budget=budget, start=today, end=today + (days - 1) * DAY, message=_message(view),
                slogan=render(SLOGAN, view.language),
            )  # fmt: skip
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
