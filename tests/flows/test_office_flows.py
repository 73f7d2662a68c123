"""FLO-1 and FLO-5 to FLO-9: market preparation, returns, surveys, decisions, the control centre, marketing plans."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.campaign import Advert
from crmsim.crm.customer import Customer
from crmsim.crm.decision import Decision
from crmsim.crm.facts import (
    AdEnded,
    AdLaunched,
    CustomerArrived,
    CustomerRecorded,
    DecisionCompared,
    DecisionRecorded,
    GoodsReturned,
    LetterSent,
    PagePublished,
    PlanExecuted,
    PlanReported,
    PlanReviewed,
    PlanSubmitted,
    ProductAdded,
    PromotionEnded,
    PromotionOpened,
    PublicitySummarised,
    QuestionnaireSent,
    RefundPaid,
    ReturnApproved,
    ReturnEndorsed,
    ReturnRefused,
    ReturnRequested,
    SettingsChanged,
    StaffAdded,
    SurveyAnswered,
    SurveyAssigned,
    SurveyDesigned,
    SurveyIssued,
    SurveyRead,
)
from crmsim.crm.letter import Letter
from crmsim.crm.order import Order
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.publicity import publicity
from crmsim.crm.record import Record
from crmsim.crm.service import Return
from crmsim.crm.survey import Questionnaire, Survey
from crmsim.engine.action import Action, LegalActions, refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.analysing import RecordDecision
from crmsim.roles.customer import AnswerSurvey, MakeContact, RequestReturn
from crmsim.roles.director import (
    AddProduct,
    AddStaff,
    AssignSurvey,
    ChangeSettings,
    DesignSurvey,
    PlanAdvert,
    PlanPromotion,
    PublishPage,
    ReadSummary,
    ReviewReturn,
)
from crmsim.roles.everyone import RecordCustomer
from crmsim.roles.planning import ExecutePlan, ReportPlan, ReviewPlan, SubmitPlan
from crmsim.roles.service import EndorseReturn, IssueSurvey, ReadSurvey, RefuseReturn
from crmsim.roles.writing import DeleteLetter, ReadLetter, SendLetter
from tests.flows.playing import (
    BUYER,
    all_there,
    brief,
    does,
    first_month,
    follow,
    followed,
    form,
    happens,
    mixed,
    paper,
    papers,
    people,
    replays,
    works,
)  # fmt: skip
from tests.flows.selling import delivered, newest, paid, sold
from tests.scenes import facts

TABLE = {each.id: each for each in TABLES}


# -- FLO-1: market preparation


def preparation(game: Game) -> list[Action]:
    """Settings > staff > products > advert > activity and booth > website; the summary follows when they are over."""
    view, fair = game.view("director"), game.scenario.fair
    today = game.minute // DAY * DAY
    opens = view.calendar.working_days_after(game.first_minute, fair.first_day - 1) // DAY * DAY
    shelved = next(each for each in game.scenario.products if not each.listed)
    return [
        ChangeSettings(discount_limit=70_000),
        AddStaff(name="Lin Xia", role="sales", wage=30_000),
        AddProduct(product=shelved.id, price=shelved.price),
        PlanAdvert(medium="newspaper", budget=120_000, start=today, end=today + 2 * DAY),
        PlanPromotion(name="Spring booth", offer=0, start=opens, end=opens, staff=("promoter",)),
        PublishPage(title="Spring offers", products=(shelved.id,), news=True),
    ]


PREPARED = (SettingsChanged, StaffAdded, ProductAdded)


class Script:
    """A program that holds a seat and does one thing after the other, as each becomes legal."""

    level, rest = "competent", 0

    def __init__(self, steps: list[Action]) -> None:
        self.steps = list(steps)

    def choose(self, view: Any, legal: LegalActions) -> Action | None:
        if self.steps and refusal(self.steps[0], view) is None:
            return self.steps.pop(0)
        return None


@pytest.mark.covers("FLO-1", "DIR-1", "DIR-2", "DIR-3", "DIR-4", "DIR-5", "DIR-6", "DIR-7", "GAME-1")
@pytest.mark.parametrize("hand", ["person", "program", "person among bots"])
def test_market_preparation_from_settings_to_the_summary(hand: str) -> None:
    scenario = first_month()
    game = mixed(scenario, "director") if hand == "person among bots" else people(scenario)
    steps = preparation(game)
    if hand == "program":
        game.take_seat("director", "bot:competent", Script(steps))
    else:
        for step in steps:
            does(game, "director", step)
    happens(game, PromotionEnded, days=6)
    if hand == "program":
        game.take_seat("director", "student", None)  # a person reads what it brought
    does(game, "director", ReadSummary())
    follow(game.facts, *PREPARED, AdLaunched, PagePublished, PromotionOpened, AdEnded, PublicitySummarised)
    follow(game.facts, *PREPARED, PagePublished, PublicitySummarised)
    advert = next(each for each in game.world.all(Advert) if each.medium == "newspaper" and each.start >= 0)
    (row,) = [each for each in publicity(game.view("director")) if each.id == advert.id]
    assert row.cost == 3 * 120_000 and row.reach > 0
    arrived = [each.source for each in facts(game, CustomerArrived)]
    assert {"newspaper", "fair"} & set(arrived)  # what was prepared brings customers
    replays(game)


# -- FLO-5: returns


def bought(game: Game) -> tuple[str, Order]:
    """A customer, played by a person, who bought and paid; recorded by a card."""
    who = brief(game)
    me = game.view(BUYER).get(Customer, who)
    assert me is not None
    card = {"name": me.name, "contact": me.contact, "phone": me.phone}
    does(game, "prospector", RecordCustomer(talk="", source="friends", type=me.type, **card))
    order = sold(game, who, newest(game, Record).id)
    paid(game, delivered(game, order))
    return who, order


def asks_to_return(game: Game, who: str, order: Order, number: int = 1) -> Return:
    goods = ((order.lines[0].product, number),)
    does(game, BUYER, RequestReturn(customer=who, order=order.id, lines=goods, reason="fault", agent="service"))
    return newest(game, Return)  # type: ignore[no-any-return]


@pytest.mark.covers("FLO-5", "CUS-6", "SVC-2", "DIR-10")
def test_people_play_a_return_to_the_refund() -> None:
    game = people(first_month())
    who, order = bought(game)
    back = asks_to_return(game, who, order)
    does(game, "service", EndorseReturn(return_=paper(game, "service", EndorseReturn, return_=back.id)["return_"]))
    filled = {**paper(game, "director", ReviewReturn, return_=back.id), "decision": "approve", "reason": ""}
    does(game, "director", ReviewReturn(**filled))
    refund = happens(game, RefundPaid, request=back.id)
    seen = game.view(BUYER).get(Return, back.id)
    assert seen is not None and (seen.status, seen.refund) == ("refunded", order.unit_price(order.lines[0].product))
    paid_out = [each for each in game.world.ledger.postings if each.memo == f"refund {back.id}"]
    assert refund.amount == seen.refund and paid_out
    follow(
        [each for each in game.facts if getattr(each, "request", "") == back.id],
        ReturnRequested, ReturnEndorsed, ReturnApproved, GoodsReturned, RefundPaid,
    )  # fmt: skip
    replays(game)


@pytest.mark.covers("FLO-5", "FLO-10", "CUS-6", "SVC-2", "DIR-10")
@pytest.mark.parametrize("step", ["first", "final"])
def test_people_play_a_return_that_is_refused(step: str) -> None:
    game = people(first_month())
    who, order = bought(game)
    back = asks_to_return(game, who, order)
    if step == "first":
        does(game, "service", RefuseReturn(return_=back.id, reason="It was dropped."))
        assert not papers(game, "director", ReviewReturn, return_=back.id)
    else:
        does(game, "service", EndorseReturn(return_=back.id))
        does(game, "director", ReviewReturn(return_=back.id, decision="refuse", reason="It was dropped."))
    (no,) = facts(game, ReturnRefused, request=back.id)
    assert (no.step, no.customer) == (step, who) and no in game.view(BUYER).heard()
    seen = game.view(BUYER).get(Return, back.id)
    assert seen is not None and (seen.status, seen.refusal) == ("refused", "It was dropped.")
    game.advance(8 * DAY)
    assert not facts(game, RefundPaid, request=back.id)
    replays(game)


@pytest.mark.covers("FLO-5", "CUS-6", "SVC-2", "GAME-1", "GAME-3")
def test_people_and_bots_play_a_return() -> None:
    """A person who bought from bots sends goods back; a person in service endorses it, a bot approves and pays."""
    game = mixed(first_month(), BUYER, "service")
    who = brief(game)
    does(game, BUYER, MakeContact(customer=who, channel="email", source="newspaper", subject="Prices"))
    works(game, BUYER, lambda: all_there(game, who), days=20)
    back = asks_to_return(game, who, game.world.of(Order, who)[0])
    does(game, "service", EndorseReturn(**paper(game, "service", EndorseReturn, return_=back.id)))
    happens(game, RefundPaid, request=back.id)
    told = [each for each in game.facts if getattr(each, "request", "") == back.id]
    follow(told, ReturnRequested, ReturnEndorsed, ReturnApproved, GoodsReturned, RefundPaid)
    assert {each.by for each in told if isinstance(each, ReturnEndorsed | ReturnApproved)} == {"service", "director"}
    assert {each.by for each in game.journal if each.seat == "director"} == {"bot:competent"}
    replays(game)


@pytest.mark.covers("FLO-5", "GAME-3")
def test_bots_play_returns(eventful: Game) -> None:
    asked = [each.request for each in facts(eventful, ReturnRequested)]
    told = [[each for each in eventful.facts if getattr(each, "request", "") == request] for request in asked]
    steps = (ReturnRequested, ReturnEndorsed, ReturnApproved, GoodsReturned, RefundPaid)
    assert sum(followed(each, *steps) for each in told) >= 2


# -- FLO-6: surveys


@pytest.mark.covers("FLO-6", "DIR-11", "SVC-3", "CUS-7")
def test_people_play_a_survey_from_its_design_to_its_reading() -> None:
    game = people(first_month())
    who, _order = bought(game)
    record = next(each for each in game.world.all(Record) if each.customer == who)
    does(game, "director", DesignSurvey(name="Delivery", questions="Was it quick?\nWas it whole?"))
    survey = newest(game, Survey)
    does(
        game,
        "director",
        AssignSurvey(**{**paper(game, "director", AssignSurvey, survey=survey.id), "agent": "service"}),
    )
    does(game, "service", IssueSurvey(survey=paper(game, "service", IssueSurvey)["survey"], records=(record.id,)))
    sheet = newest(game, Questionnaire)
    assert game.refusal("service", ReadSurvey(survey=survey.id)) is not None
    does(game, BUYER, AnswerSurvey(customer=who, questionnaire=sheet.id, answers=(("1", 5), ("2", 3)), comment="Fine"))
    seen = game.view("service").get(Questionnaire, sheet.id)
    assert seen is not None and (seen.answers, seen.comment) == ((5, 3), "Fine")
    does(game, "service", ReadSurvey(survey=survey.id))
    follow(game.facts, SurveyDesigned, SurveyAssigned, SurveyIssued, QuestionnaireSent, SurveyAnswered, SurveyRead)
    replays(game)


@pytest.mark.covers("FLO-6", "GAME-3", "GAME-2")
def test_bots_play_a_survey_that_simulated_customers_answer(eventful: Game) -> None:
    follow(eventful.facts, SurveyDesigned, SurveyAssigned, SurveyIssued, QuestionnaireSent, SurveyAnswered, SurveyRead)


@pytest.mark.covers("FLO-6", "GAME-1", "GAME-3")
def test_a_person_surveys_among_bots() -> None:
    game = mixed(first_month(), "director")
    does(game, "director", DesignSurvey(template="recommendation"))
    survey = newest(game, Survey)
    works(game, "director", lambda: survey.agent == "service")
    happens(game, SurveyAnswered, survey=survey.id)
    happens(game, SurveyRead, survey=survey.id, days=20)
    follow(game.facts, SurveyDesigned, SurveyAssigned, SurveyIssued, SurveyAnswered, SurveyRead)
    replays(game)


# -- FLO-7: analysis and decision; FLO-8: the control centre


@pytest.mark.covers("FLO-7", "DIR-13")
def test_a_person_reads_the_reports_decides_and_is_told_what_came_of_it() -> None:
    game = mixed(first_month(), "director")
    game.advance(DAY)
    view = game.view("director")
    for subject in ("source", "status", "type", "region", "media"):
        assert list(TABLE[f"report-{subject}"].rows(view)), subject
    step = RecordDecision(
        text="Advertise where a lead costs least.",
        figure="sales",
        direction="up",
        due=game.minute // DAY * DAY + 4 * DAY,
    )
    does(game, "director", step)
    note = newest(game, Decision)
    told = happens(game, DecisionCompared, decision=note.id)
    assert told in game.view("director").heard() and told.outcome and note.after is not None
    follow(game.facts, DecisionRecorded, DecisionCompared)
    replays(game)


@pytest.mark.covers("FLO-8", "CTL-1", "CTL-3")
def test_people_use_the_control_centre() -> None:
    """The classic cases are read, letters sent, received, answered and deleted."""
    game = people(first_month())
    for seat in ("director", "sales-1", BUYER):
        assert len(list(TABLE["cases"].rows(game.view(seat)))) >= 3
    does(game, "sales-1", SendLetter(to=("service", "instructor"), subject="Jams", text="Who knows about jams?"))
    letter = newest(game, Letter)
    does(game, "service", ReadLetter(**paper(game, "service", ReadLetter, letter=letter.id)))
    does(game, "service", SendLetter(to=("sales-1",), subject="Re: Jams", text="See the knowledge base."))
    reply = newest(game, Letter)
    does(game, "sales-1", ReadLetter(letter=reply.id))
    does(game, "sales-1", DeleteLetter(letter=reply.id))
    assert reply.id not in [each.id for each in TABLE["inbox"].rows(game.view("sales-1"))]
    assert reply.id in [each.id for each in TABLE["outbox"].rows(game.view("service"))]
    follow(game.facts, (LetterSent, {"sender": "sales-1"}), (LetterSent, {"sender": "service"}))
    replays(game)


# -- FLO-9: marketing plans

PLANNED = (PlanSubmitted, PlanReviewed, PlanExecuted, PlanReported)


def goes_out(game: Game) -> MarketingPlan:
    """The promoter's own part: a plan for the next working day in the customer's region."""
    day = game.view("promoter").calendar.working_days_after(game.minute // DAY * DAY, 1)
    plan = SubmitPlan(kind="visit", place="city", day=day, expected=3, expenses=40_000, goal="Offices")
    does(game, "promoter", plan)
    return newest(game, MarketingPlan)  # type: ignore[no-any-return]


def carries_out(game: Game, plan: MarketingPlan) -> None:
    """Check-in on the day, a prospect recorded, the report, which nobody changes afterwards."""
    filled = paper(game, "promoter", ExecutePlan, plan=plan.id)
    does(game, "promoter", ExecutePlan(**filled))
    (cost,) = [each for each in game.world.ledger.postings if each.memo == f"plan {plan.id}"]
    assert dict(cost.moves) == {"cash": -40_000, "advertising": 40_000}
    card = {"name": "Riverside Print", "phone": "13900000001", "region": "city", "type": "company", "source": "fair"}
    does(game, "promoter", form(game, "promoter", RecordCustomer, talk="", **card))
    record = newest(game, Record)
    does(game, "promoter", ReportPlan(plan=plan.id, result="One prospect.", prospects=(record.id,)))
    follow(game.facts, PlanSubmitted, PlanReviewed, PlanExecuted, CustomerRecorded, PlanReported)
    assert game.refusal("promoter", ReportPlan(plan=plan.id, result="Three prospects.")) is not None
    assert game.refusal("promoter", ExecutePlan(**filled)) is not None
    replays(game)


@pytest.mark.covers("FLO-9", "DIR-14", "GAME-1")
def test_people_play_a_marketing_plan() -> None:
    game = people(first_month())
    plan = goes_out(game)
    filled = {**paper(game, "director", ReviewPlan, plan=plan.id), "decision": "approve"}
    does(game, "director", ReviewPlan(**filled))
    carries_out(game, plan)


@pytest.mark.covers("FLO-9", "GAME-1", "GAME-3")
def test_a_person_goes_out_and_a_bot_reviews() -> None:
    game = mixed(first_month(), "promoter")
    carries_out(game, goes_out(game))


@pytest.mark.covers("FLO-9", "GAME-3")
def test_bots_play_marketing_plans(eventful: Game) -> None:
    done = [each.plan for each in facts(eventful, PlanReported)]
    assert done
    for plan in done:
        follow([each for each in eventful.facts if getattr(each, "plan", "") == plan], *PLANNED)
