"""Customers who say how content they are, in forms and by themselves, and whether anybody comes back to those who are
not (FRM-1, AUT-1): most of the dissatisfied leave in silence (row 24), and whoever was asked expects to be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.company import CUSTOMER
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.facts import FeedbackGiven, FormFilled, FormPublished
from crmsim.crm.form import Question, Sheet, Submission
from crmsim.crm.service import CONTENT
from crmsim.engine.facts import Fact
from crmsim.engine.words import _
from crmsim.market.feeling import feel
from crmsim.market.own import aftermath, later, segment
from crmsim.market.telling import agent_of, score
from crmsim.roles.forms import FillForm

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market

# -- forms


def _asked(market: Market, fact: Fact) -> None:
    """A form for customers: those who bought fill it in as often as a survey."""
    assert isinstance(fact, FormPublished)
    if fact.audience != CUSTOMER:
        return
    number = sum(1 for each in market.world.all(Sheet) if each.audience == CUSTOMER)
    for customer in market.customers():
        chance = segment(market, customer).surveys if customer.purchases and customer.stage != "left" else 0
        if market.world.luck.chance(chance, customer.id, "form", number):
            when = later(market, customer, aftermath(market).survey_minutes, "form", number)
            market.plan(customer, when, "fill_form", fact.form, number)


def _fill(market: Market, customer: Customer, plan: Plan) -> None:
    sheet = market.world.get(Sheet, plan.about)
    if any(each.sheet == sheet.id and each.filler == customer.id for each in market.world.all(Submission)):
        return
    answers = tuple(
        _answer(market, customer, question, plan.attempt * 100 + place)
        for place, question in enumerate(sheet.questions)
    )
    market.act(customer, FillForm(form=sheet.id, answers=answers))


def _answer(market: Market, customer: Customer, question: Question, key: int) -> str:
    """Ratings say what is felt; of choices one is taken; contact details are given where they are required."""
    luck = market.world.luck
    if question.kind == "rating":
        return str(score(market, customer, "form rating", key))
    if question.kind in {"single", "multi"}:
        return luck.pick(question.options, customer.id, "form choice", key)
    if not question.required:
        return ""
    if question.kind == "date":
        return "+7"
    if question.kind == "member":
        return agent_of(market, customer)
    known = {"phone": customer.phone, "email": customer.email, "number": str(customer.quantity)}
    return known.get(question.check) or customer.contact or "-"


# -- whether it was heard


def _filled(market: Market, fact: Fact) -> None:
    assert isinstance(fact, FormFilled)
    sheet, filled = market.world.get(Sheet, fact.form), market.world.get(Submission, fact.submission)
    marks = [
        int(said)
        for asked, said in zip(sheet.questions, filled.answers, strict=True)
        if said and asked.kind == "rating"
    ]
    if marks and min(marks) < CONTENT:
        _awaits(market, filled.customer, filled.id)


def _told(market: Market, fact: Fact) -> None:
    assert isinstance(fact, FeedbackGiven)
    if fact.score < CONTENT:
        _awaits(market, fact.customer, "")


def _awaits(market: Market, id: str, asked: str) -> None:
    """Whoever says that it is not content waits some days for a word. `asked` is the form, when there was one."""
    customer = market.of(id)
    if customer is not None and not any(each.what == "unheard" for each in customer.plans):
        days = aftermath(market).heard_days
        when = market.world.calendar.working_days_after(market.world.minute, days)
        market.plan(customer, when, "unheard", asked)


def heard(market: Market, customer: Customer) -> bool:
    """Whether the company gets in touch while the customer still waits for a word; that does it good."""
    if not any(each.what == "unheard" for each in customer.plans):
        return False
    market.drop(customer, "unheard")
    feel(market, customer, "response", aftermath(market).heard, _("We said what we thought, and they came back to us."))
    return True


def _unheard(market: Market, customer: Customer, plan: Plan) -> None:
    """Who was asked and then hears nothing is worse off than who was never asked."""
    if plan.about:
        feel(market, customer, "response", -aftermath(market).unheard, _("They asked us, and nothing came of it."))


hears: dict[type[Fact], Hearing] = {
    FormPublished: _asked,
    FormFilled: _filled,
    FeedbackGiven: _told,
}
plans: dict[str, Doing] = {"fill_form": _fill, "unheard": _unheard}
by_nature: dict[str, None] = {"unheard": None}
