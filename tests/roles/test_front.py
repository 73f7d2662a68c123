"""The front office: what the director, the desks and everybody's files can do, and when they are refused."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import Staff, WebPage
from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    AdEnded,
    AdLaunched,
    CashRanOut,
    CustomerAssigned,
    CustomerRecorded,
    MarketShifted,
    MessageDismissed,
    PageHidden,
    PagePublished,
    ProductAdded,
    ProductChanged,
    PromotionEnded,
    PromotionOpened,
    PublicitySummarised,
    RecordChanged,
    RefundPaid,
    ReturnApproved,
    ReturnRefused,
    SettingsChanged,
    StaffDismissed,
    StockArrived,
    SurveyAssigned,
    TalkOpened,
    TalkRequested,
)  # fmt: skip
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.product import Product
from crmsim.crm.publicity import publicity
from crmsim.crm.record import Record
from crmsim.crm.review import objections
from crmsim.crm.service import Return
from crmsim.crm.survey import Survey
from crmsim.crm.talk import Revealed, Talk
from crmsim.engine.action import Action, Turn, offered
from crmsim.engine.desk import to_do
from crmsim.engine.errors import IllegalAction
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.director import (
    AddProduct,
    AddStaff,
    AssignCustomer,
    AssignCustomers,
    AssignSurvey,
    ChangePage,
    ChangeProduct,
    ChangeSettings,
    ChangeStaff,
    DesignSurvey,
    DismissStaff,
    HidePage,
    PlanAdvert,
    PlanPromotion,
    PublishPage,
    ReadSummary,
    ReassignCustomer,
    RestockProduct,
    ReviewOrder,
    ReviewReturn,
    StopAdvert,
    WithdrawProduct,
)  # fmt: skip
from crmsim.roles.everyone import RecordCustomer, SetStatus, UpdateRecord
from crmsim.roles.instructor import InjectEvent, InjectLetter
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.prospector import BuyList
from crmsim.roles.reception import DismissMessage, ForwardMessage
from tests.scenes import agree, customers, tiny, tiny_data

WORDS = {
    "types": [{"id": "company", "name": "Company"}],
    "sources": [{"id": "tv", "name": "TV"}, {"id": "fair", "name": "Fair"}, {"id": "import", "name": "List"}],
    "statuses": [{"id": each, "name": each} for each in ("lead", "prospect", "won", "lost")],
    "lost_reasons": [{"id": "price", "name": "Price"}],
    "dismiss_reasons": [{"id": "junk", "name": "Junk"}, {"id": "service", "name": "Service"}],
    "decisions": [{"id": "alone", "name": "alone"}, {"id": "boss", "name": "boss"}],
}


def company(**changes: Any) -> Game:
    """A small company on its first morning."""
    extra = {"id": "valve", "name": "valve", "category": "parts", "price": 5_000, "cost": 2_000, "listed": False}
    products = [*tiny_data()["products"], extra]
    surveys = [{"id": "nps", "name": "Recommend", "scale": 10, "questions": ["Would you recommend us?"]}]
    parts = {
        "products": products, "dictionaries": WORDS, "surveys": surveys, "lists": [{"id": "yellow", "name": "Yellow"}],
        "fair": {"first_day": 3, "last_day": 4, "booth_cost": 200_000},
        "market": {"size": 12, "aware": 0, "wanting": 0},
    }  # fmt: skip
    return Game(tiny(**{**parts, **changes}), 7)


def do(game: Game, action: Action, seat: str = "director") -> list[type]:
    """Act as soon as the seat is free; the kinds of fact that followed at once. Money stays balanced."""
    busy = game.world.seat(seat).busy_until
    if busy > game.minute:
        game.advance_to(busy)
    facts = game.apply(seat, action)
    assert sum(game.world.ledger.balances.values()) == 0
    return [type(each) for each in facts]


def refused(game: Game, action: Action, seat: str = "director") -> str:
    """The sentence of a refusal, which changed nothing."""
    busy = game.world.seat(seat).busy_until
    if busy > game.minute:
        game.advance_to(busy)
    before = game.digest()
    with pytest.raises(IllegalAction) as caught:
        game.apply(seat, action)
    assert game.digest() == before
    return str(caught.value)


def happened(game: Game, kind: type) -> list[Any]:
    """The facts of a kind so far."""
    return [each for each in game.facts if type(each) is kind]


def cash(game: Game) -> int:
    return game.world.ledger.balance("cash")


# -- settings and staff


@pytest.mark.covers("DIR-1")
def test_settings_change_one_by_one_or_at_once() -> None:
    game = company()
    assert do(game, ChangeSettings(discount_limit=50_000)) == [SettingsChanged]
    assert game.world.settings.discount_limit == 50_000
    facts = do(game, ChangeSettings(name="New", regions=("north",), credit_limit=7, return_days=3, terms=("net5",)))
    assert len(facts) == 5 and game.world.settings.regions == ("north",)
    assert game.view("sales-1").settings.return_days == 3
    assert "Nothing would change" in refused(game, ChangeSettings(return_days=3))
    assert "not one of" in refused(game, ChangeSettings(regions=("moon",)))
    assert "not a task" in refused(game, ChangeSettings(return_days=4), "sales-1")


@pytest.mark.covers("DIR-2")
def test_a_colleague_is_hired_changed_and_leaves_after_notice() -> None:
    game = company()
    start = cash(game)
    do(game, AddStaff(name="Li Wei", role="sales", region="north", capacity=5, knows=("pump",)))
    staff = game.world.get(Staff, "sales-3")
    assert (staff.name, staff.roles, staff.capacity, staff.active) == ("Li Wei", ("sales",), 5, True)
    assert start - cash(game) == game.scenario.staffing.hire_cost
    do(game, ChangeStaff(staff="sales-3", region="south", wage=40_000))
    assert (staff.region, staff.wage) == ("south", 40_000)
    assert "less than" in refused(game, ChangeStaff(staff="sales-3", wage=1))
    record = game.world.add(Record("C77", name="A", owner="sales-3"))
    before, at = cash(game), game.world.seat("director").busy_until
    do(game, DismissStaff(staff="sales-3"))
    assert before - cash(game) >= 5 * 40_000
    assert staff.active and staff.leaves > at
    game.advance_to(staff.leaves + 1)
    assert not staff.active and record.owner == "" and happened(game, StaffDismissed)


@pytest.mark.covers("DIR-2")
def test_the_last_of_a_role_cannot_be_dismissed_and_hiring_wants_money() -> None:
    assert "hire first" in refused(company(), DismissStaff(staff="service-1"))
    assert "cannot be chosen" in refused(company(), DismissStaff(staff="director"))
    assert "Hiring costs" in refused(company(company={"cash": 100}), AddStaff(name="A", role="sales"))


# -- products


@pytest.mark.covers("DIR-3")
def test_products_are_added_priced_and_withdrawn() -> None:
    game = company()
    assert do(game, AddProduct(product="valve", price=4_900)) == [ProductAdded]
    assert game.world.get(Product, "valve").price == 4_900
    assert do(game, ChangeProduct(product="pump", price=90_000, name="Pump 2")) == [ProductChanged] * 2
    assert "Nothing would change" in refused(game, ChangeProduct(product="pump", price=90_000))
    do(game, WithdrawProduct(product="valve"))
    do(game, WithdrawProduct(product="filter"))
    assert "last product" in refused(game, WithdrawProduct(product="pump"))
    assert [each.id for each in game.view("customer-1").all(Product)] == ["pump"]


@pytest.mark.covers("DIR-17")
def test_restocking_costs_now_and_arrives_after_the_lead_time() -> None:
    game = company()
    pump, before = game.world.get(Product, "pump"), cash(game)
    do(game, RestockProduct(product="pump", quantity=10))
    assert before - cash(game) == 600_000 and pump.on_order == 10 and pump.stock == 5000
    game.advance(2 * DAY)
    assert pump.stock == 5000
    game.advance(2 * DAY)
    assert (pump.stock, pump.on_order, pump.arriving) == (5010, 0, ()) and happened(game, StockArrived)
    assert "costs" in refused(game, RestockProduct(product="pump", quantity=100_000))


# -- publicity


@pytest.mark.covers("DIR-4", "FLO-1")
def test_an_advert_launches_charges_each_day_and_ends() -> None:
    game = company()
    tomorrow = DAY
    do(game, PlanAdvert(medium="tv", product="pump", budget=30_000, start=tomorrow, end=2 * DAY, message="power"))
    advert = game.world.get(Advert, "A1")
    assert advert.status == "planned" and not happened(game, AdLaunched)
    game.advance_to(tomorrow + 10)
    assert advert.status == "running" and advert.spent == 30_000 and happened(game, AdLaunched)
    game.advance_to(3 * DAY + 10)
    assert advert.status == "over" and advert.spent == 60_000 and len(happened(game, AdEnded)) == 1
    assert game.world.ledger.balance("advertising") == 60_000


@pytest.mark.covers("DIR-4", "FLO-10")
def test_an_advert_can_be_stopped_refused_and_run_out_of_cash() -> None:
    game = company()
    plan = PlanAdvert(medium="tv", budget=30_000, start=0, end=9 * DAY)
    assert "no less than" in refused(game, PlanAdvert(medium="tv", budget=1, start=0, end=0))
    assert "before the first" in refused(game, PlanAdvert(medium="tv", budget=30_000, start=DAY, end=0))
    assert "not yet spoken for" in refused(game, PlanAdvert(medium="tv", budget=10**7, start=0, end=9 * DAY))
    do(game, plan)
    game.advance(30)
    do(game, StopAdvert(advert="A1"))
    game.advance(3 * DAY)
    assert game.world.get(Advert, "A1").spent == 30_000
    assert "must be from day 4" in refused(game, plan)
    do(game, PlanAdvert(medium="tv", budget=30_000, start=game.minute // DAY * DAY, end=9 * DAY))
    game.world.ledger.move(game.minute, "robbery", cash(game), "cash", "outside")
    game.advance(2 * DAY)
    assert game.world.get(Advert, "A2").status == "stopped" and happened(game, CashRanOut)


@pytest.mark.covers("DIR-5", "FLO-1", "FLO-3")
def test_an_activity_opens_and_closes_with_the_fair() -> None:
    game = company()
    day = 2 * DAY
    assert "open from" in refused(game, PlanPromotion(name="Spring", offer=50_000, start=0, end=day))
    do(game, PlanPromotion(name="Spring", offer=50_000, start=day, end=3 * DAY, staff=("promoter",)))
    assert game.world.ledger.balance("booths") == 200_000
    assert "already" in refused(game, PlanPromotion(name="Again", offer=0, start=day, end=day))
    game.advance_to(day + 10)
    assert game.world.get(Promotion, "B1").status == "open" and happened(game, PromotionOpened)
    game.advance_to(4 * DAY + 10)
    assert game.world.get(Promotion, "B1").status == "over" and happened(game, PromotionEnded)
    assert "No exhibition" in refused(company(fair={"first_day": 0}), PlanPromotion(name="X", offer=0, start=0, end=0))


@pytest.mark.covers("DIR-6", "FLO-1")
def test_the_summary_credits_leads_orders_and_margin_to_their_medium() -> None:
    game = company()
    assert "no advert" in refused(game, ReadSummary())
    do(game, PlanAdvert(medium="tv", budget=30_000, start=0, end=0))
    game.advance(30)
    someone, other = customers(game)[:2]
    game.world.add(Talk("T91", customer=someone.id, source="tv", started=game.minute, status="closed"))
    game.world.add(Talk("T92", customer=other.id, source="newspaper", started=game.minute, status="closed"))
    lines = (OrderLine("pump", 2, 100_000),)
    for id in (someone.id, other.id):
        game.world.add(
            Order(f"O{id}", customer=id, owner="sales-1", lines=lines, status="accepted", submitted=game.minute)
        )
    (outcome,) = publicity(game.view("director"))
    assert (outcome.cost, outcome.leads, outcome.orders, outcome.sales, outcome.margin) == (
        30_000,
        1,
        1,
        200_000,
        80_000,
    )
    assert outcome.returned == 1_666_666 and outcome.cost_per_lead == 30_000
    assert do(game, ReadSummary()) == [PublicitySummarised]


@pytest.mark.covers("DIR-7", "FLO-1")
def test_visitors_see_what_the_website_shows() -> None:
    game = company()
    assert do(game, PublishPage(title="Spring news", text="Hello", products=("pump",), news=True)) == [PagePublished]
    page = list(game.world.all(WebPage))[-1]
    assert page.id in [each.id for each in game.view("customer-1").all(WebPage)]
    assert do(game, HidePage(page=page.id)) == [PageHidden]
    assert page.id not in [each.id for each in game.view("customer-1").all(WebPage)]
    do(game, ChangePage(page=page.id, products=("filter",)))
    assert page.shown and page.products == ("filter",) and page.title == "Spring news"
    assert "Nothing would change" in refused(game, ChangePage(page=page.id, products=("filter",)))


# -- the pool


def on_file(game: Game, number: int, **fields: Any) -> Record:
    """A customer's file in the pool."""
    someone = customers(game)[number]
    return game.world.add(
        Record(f"C{number + 50}", customer=someone.id, name=f"Firm {number}", recorded_by="reception", **fields)
    )


@pytest.mark.covers("DIR-8", "FLO-2")
def test_the_pool_is_assigned_reassigned_and_given_in_batches() -> None:
    seats = list(tiny_data()["seats"])
    seats[5] = {"id": "sales-2", "roles": ["sales"], "region": "north", "capacity": 2}
    game = company(seats=seats)
    first = on_file(game, 0, region="north")
    second, third = on_file(game, 1), on_file(game, 2)
    (paper,) = [each for each in to_do(game.view("director"), TABLES) if each.filled.get("record") == first.id]
    assert paper.filled["owner"] == "sales-2"
    good, poor = AssignCustomer(record=first.id, owner="sales-2"), AssignCustomer(record=first.id, owner="sales-1")
    turn = Turn("director", game.minute)
    assert good.judge(game.world, turn)[0].points == 1000 > poor.judge(game.world, turn)[0].points
    assert do(game, good) == [CustomerAssigned]
    assert first.owner == "sales-2" and game.view("sales-1").get(Record, first.id) is None
    assert "cannot be chosen" in refused(game, good)
    assert "at most 2" in refused(game, AssignCustomers(records=(second.id, third.id), owner="sales-2"))
    assert do(game, AssignCustomers(records=(second.id, third.id), owner="sales-1")) == [CustomerAssigned] * 2
    assert "already" in refused(game, ReassignCustomer(record=first.id, owner="sales-2"))
    do(game, ReassignCustomer(record=first.id, owner="sales-1"))
    assert first.owner == "sales-1" and happened(game, CustomerAssigned)[-1].before == "sales-2"
    assert "at least one" in refused(game, AssignCustomers(records=(), owner="sales-1"))


@pytest.mark.covers("DIR-8")
def test_who_was_won_back_waits_for_an_owner_from_then_on() -> None:
    game = company()
    record = on_file(game, 0, recorded=-800 * DAY, status="lost")
    assert not [each for each in to_do(game.view("director"), TABLES) if each.filled.get("record") == record.id]
    do(game, SetStatus(record=record.id, status="lead", reason=""), "reception")
    (paper,) = [each for each in to_do(game.view("director"), TABLES) if each.filled.get("record") == record.id]
    assert (paper.since, paper.due) == (game.minute, game.minute + game.scenario.office.pool_minutes)


@pytest.mark.covers("DIR-8", "FLO-2")
def test_an_owner_from_another_region_takes_longer_to_call_and_begins_with_less_trust() -> None:
    seats = list(tiny_data()["seats"])
    near, far = ({"id": id, "roles": ["sales"], "region": region} for id, region in
                 (("sales-2", "north"), ("sales-3", "south")))  # fmt: skip
    game = company(seats=[*seats[:5], near, far, *seats[6:]])
    started = {}
    for number, owner in enumerate(("sales-2", "sales-3")):
        record = on_file(game, number, region="north", owner=owner)
        game.world.get(Customer, record.customer).region = "north"
        game.world.get(Customer, record.customer).trust = 100_000
        call = InviteToTalk(record=record.id, channel="phone")
        talk = game.world.add(Talk(game.world.new_id(Talk), customer=record.customer, seat=owner, channel="phone"))
        game.world.record(TalkOpened(talk=talk.id, seat=owner, customer=record.customer, channel="phone"))
        started[owner] = (call.cost(game.world), talk.trust)
    longer = started["sales-3"][0] - started["sales-2"][0]
    assert longer == game.scenario.office.far_minutes > 0
    assert started["sales-2"][1] == 180_000 and started["sales-3"][1] == 100_000


# -- papers


def submitted(game: Game, **paper: Any) -> Order:
    """An order that waits for review."""
    someone = customers(game)[0]
    lines = paper.pop("lines", (OrderLine("pump", 2, 100_000),))
    return game.world.add(
        Order("O9", customer=someone.id, owner="sales-1", lines=lines, terms="net5", submitted=game.minute, **paper)
    )


@pytest.mark.covers("DIR-9", "FLO-10")
@pytest.mark.parametrize(
    ("paper", "word"),
    [
        ({}, ""),
        ({"discount": 300_000}, "discount"),
        ({"lines": (OrderLine("pump", 500, 100_000),)}, "would owe"),
        ({"lines": (OrderLine("pump", 1, 50_000),)}, "below cost"),
        ({"lines": (OrderLine("filter", 6000, 3_000),), "delivery": DAY}, "short"),
    ],
)
def test_what_speaks_against_an_order_is_shown_and_judged(paper: dict[str, Any], word: str) -> None:
    game = company()
    order = submitted(game, **paper)
    found = " ".join(render(each, "en") for each in objections(order, game.view("director")))
    assert word in found and bool(word) == bool(found)
    (waiting,) = [each for each in to_do(game.view("director"), TABLES) if each.action is ReviewOrder]
    assert waiting.filled["decision"] == ("reject" if word else "approve")
    assert order.customer not in render(waiting.why, "en"), "the sentence names the customer, not its number"
    turn = Turn("director", game.minute)
    yes, no = (ReviewOrder(order="O9", decision=each, reason="so") for each in ("approve", "reject"))
    marks = [each.judge(game.world, turn)[0].points for each in (yes, no)]
    assert marks == ([0, 1000] if word else [1000, 0])


@pytest.mark.covers("DIR-9")
def test_an_order_that_differs_from_the_agreement_is_objected_to() -> None:
    game = company()
    talk = agree(game, customers(game)[0], quantity=3)
    order = submitted(game, talk=talk.id)
    assert "agreed to 3" in render(objections(order, game.world)[0], "en")
    assert "Say why" in refused(game, ReviewOrder(order="O9", decision="reject"))


@pytest.mark.covers("DIR-10", "FLO-5")
@pytest.mark.parametrize("decision", ["approve", "refuse"])
def test_a_return_is_finally_approved_and_refunded_or_refused(decision: Any) -> None:
    game = company()
    order = submitted(game, status="received", received=game.minute)
    sent = (("pump", 1),)
    paper = game.world.add(
        Return("R9", customer=order.customer, order="O9", lines=sent, reason="fault", agent="service-1",
               opened=game.minute, endorsed=game.minute, status="endorsed")
    )  # fmt: skip
    right = ReviewReturn(return_="R9", decision="approve")
    assert right.judge(game.world, Turn("director", game.minute))[0].points == 1000
    assert "Say why" in refused(game, ReviewReturn(return_="R9", decision="refuse"))
    facts = do(game, ReviewReturn(return_="R9", decision=decision, reason="no fault found"))
    assert facts == [ReturnApproved if decision == "approve" else ReturnRefused]
    game.advance(6 * DAY)
    assert paper.status == ("refunded" if decision == "approve" else "refused")
    assert bool(happened(game, RefundPaid)) == (decision == "approve")
    assert game.world.get(Product, "pump").stock == 5000 + (decision == "approve")


@pytest.mark.covers("DIR-11", "FLO-6")
def test_surveys_are_designed_and_assigned_to_an_agent() -> None:
    game = company()
    assert "template or write" in refused(game, DesignSurvey())
    assert "At most 10" in refused(game, DesignSurvey(name="Long", questions="why?\n" * 11))
    do(game, DesignSurvey(template="nps"))
    do(game, DesignSurvey(name="Own", questions="Quick?\n\nKind?"))
    ready, own = game.world.all(Survey)
    assert (ready.scale, len(ready.questions), own.questions) == (10, 1, ("Quick?", "Kind?"))
    assert "cannot be chosen" in refused(game, AssignSurvey(survey=own.id, agent="sales-1"))
    assert do(game, AssignSurvey(survey=own.id, agent="service-1")) == [SurveyAssigned]
    assert (own.agent, own.status) == ("service-1", "assigned")


# -- files


def talked(game: Game, number: int = 0, seat: str = "reception", **told: Any) -> Talk:
    """A talk in which a customer told some things."""
    someone = customers(game)[number]
    told = {"phone": f"1380000000{number}", "need": "pump", "quantity": 2, "budget": 300_000, **told}
    revealed = tuple(Revealed(topic, value, game.minute, 0) for topic, value in told.items())
    return game.world.add(
        Talk(f"T{number + 70}", channel="email", customer=someone.id, who=f"Firm {number}", seat=seat, source="tv",
             started=game.minute, answered=game.minute, status="closed", revealed=revealed)
    )  # fmt: skip


@pytest.mark.covers("REC-1", "REG-1", "TALK-3", "FLO-4")
def test_a_file_is_written_from_what_was_said() -> None:
    game = company()
    talk = talked(game, deadline=3 * DAY + 77)
    (paper,) = [each for each in to_do(game.view("reception"), TABLES) if each.action is RecordCustomer]
    (ready,) = offered(RecordCustomer, game.view("reception"))
    assert paper.filled["phone"] == "13800000000" and isinstance(ready, RecordCustomer)
    assert (ready.name, ready.source, ready.need, ready.budget, ready.deadline) == (
        "Firm 0",
        "tv",
        "pump",
        300_000,
        3 * DAY,
    )
    turn = Turn("reception", game.minute)
    assert ready.judge(game.world, turn)[0].points == 1000
    wrong = RecordCustomer(talk=talk.id, name="Firm 0", source="tv", type="company", phone="13800000000", need="pump",
                           quantity=2, budget=1, deadline=3 * DAY)  # fmt: skip
    assert wrong.judge(game.world, turn)[0].points == 800
    assert do(game, ready, "reception") == [CustomerRecorded]
    record = game.world.get(Record, "C1")
    assert record.customer == talk.customer and talk.record == "C1" and record.recorded_by == "reception"
    assert (record.phone, record.need, record.quantity, record.budget) == ("13800000000", "pump", 2, 300_000)
    assert not [each for each in to_do(game.view("reception"), TABLES) if each.action is RecordCustomer]


@pytest.mark.covers("REG-2")
def test_bad_entries_and_doubles_are_refused_by_name() -> None:
    game = company()
    talk = talked(game)

    def file(**fields: Any) -> RecordCustomer:
        given = {"talk": talk.id, "name": "Firm 0", "source": "tv", "type": "company", "phone": "13800000000", **fields}
        return RecordCustomer(**given)

    assert "11 digits" in refused(game, file(phone="123"), "reception")
    assert "e-mail" in refused(game, file(email="nobody"), "reception")
    assert "Customer name" in refused(game, file(name=""), "reception")
    assert "call back" in refused(game, file(phone=""), "reception")
    assert "not one of" in refused(game, file(type="alien"), "reception")
    do(game, file(), "reception")
    talked(game, 1)
    assert "as C2025" in refused(game, file(talk="T71", name="Other"), "reception")
    talked(game, 2, seat="promoter")
    hidden = refused(game, file(talk="T72", name="firm 0", phone="13900000000"), "promoter")
    assert "with a colleague" in hidden and "C1" not in hidden


@pytest.mark.covers("REG-4", "REG-8")
def test_every_change_of_a_file_keeps_who_when_old_and_new() -> None:
    game = company()
    record = on_file(game, 0, region="north", phone="13800000000", owner="sales-1")
    assert do(game, UpdateRecord(record=record.id, field="region", value="south"), "sales-1") == [RecordChanged]
    fact = happened(game, RecordChanged)[-1]
    assert (fact.field, fact.old, fact.new, fact.by) == ("region", "north", "south", "sales-1")
    do(game, UpdateRecord(record=record.id, field="budget", value="1,200.50"), "sales-1")
    assert record.budget == 120_050
    do(game, UpdateRecord(record=record.id, field="phone", value="139 0000 0001"), "sales-1")
    assert record.phone == "13900000001" and happened(game, RecordChanged)[-1].new == ""
    assert record.history[-1][2:] == ("phone", "13800000000", "13900000001")
    assert "not one of" in refused(game, UpdateRecord(record=record.id, field="region", value="moon"), "sales-1")
    assert "cannot be read" in refused(game, UpdateRecord(record=record.id, field="budget", value="much"), "sales-1")
    assert "cannot be chosen" in refused(game, UpdateRecord(record=record.id, field="region", value="north"), "sales-2")
    assert "filled in" in refused(game, UpdateRecord(record=record.id, field="name", value=""), "sales-1")
    assert "Say why" in refused(game, SetStatus(record=record.id, status="lost"), "sales-1")
    assert "No signed order" in refused(game, SetStatus(record=record.id, status="won"), "sales-1")
    do(game, SetStatus(record=record.id, status="lost", reason="price"), "sales-1")
    assert (record.status, record.lost) == ("lost", "price")


# -- the desks


@pytest.mark.covers("REC-1", "FLO-4")
def test_reception_dismisses_junk_and_forwards_service_matters() -> None:
    game = company()
    for id, nature in (("T1", "junk"), ("T2", "service"), ("T3", "lead")):
        game.world.add(Talk(id, channel="email", role="reception", who=id, nature=nature, started=game.minute))
    turn = Turn("reception", game.minute)
    marks = [DismissMessage(talk=each, reason="junk").judge(game.world, turn)[0].points for each in ("T1", "T2", "T3")]
    assert marks == [1000, 600, 0]
    assert do(game, DismissMessage(talk="T1", reason="junk"), "reception")[0] is MessageDismissed
    assert game.world.get(Talk, "T1").status == "closed"
    assert "cannot be chosen" in refused(game, DismissMessage(talk="T1", reason="junk"), "reception")
    assert do(game, ForwardMessage(talk="T2", agent="service-1"), "reception") == [TalkRequested]
    assert game.view("service-1").get(Talk, "T2") is not None
    assert "not one of" in refused(game, DismissMessage(talk="T3", reason="bored"), "reception")


@pytest.mark.covers("PRS-1")
def test_a_bought_list_costs_and_is_partly_stale() -> None:
    game = company()
    before = cash(game)
    do(game, BuyList(list="yellow"), "prospector")
    bought = [each for each in game.world.all(Record) if each.bought == "yellow"]
    assert before - cash(game) == 100_000 and len(bought) == 10
    assert 0 < sum(1 for each in bought if not each.customer) < 10
    assert "cannot be chosen" in refused(game, BuyList(list="yellow"), "prospector")


@pytest.mark.covers("PRO-1")
@pytest.mark.parametrize("seat", ["promoter", "reception", "prospector"])
def test_the_three_seekers_look_the_company_up(seat: str) -> None:
    view = company().view(seat)
    shown = {each.menu: list(each.rows(view)) for each in TABLES if seat in each.roles and "View company" in each.menu}
    assert len(shown) == 4 and all(shown.values())


@pytest.mark.covers("ADM-2")
def test_the_instructor_lets_things_happen() -> None:
    game = company()
    pump = game.world.get(Product, "pump")
    event = InjectEvent(event="shortage", title="Fire at the supplier", product="pump", pieces=4990)
    assert do(game, event, "instructor") == [MarketShifted] and pump.stock == 10
    assert "by how much" in refused(game, InjectEvent(event="demand", title="Boom"), "instructor")
    do(game, InjectLetter(text="Well done."), "instructor")
    assert [each.event for each in game.view("sales-1").heard() if type(each) is MarketShifted] == [
        "shortage",
        "letter",
    ]
    assert "not a task" in refused(game, InjectLetter(text="Hello"), "director")


@pytest.mark.covers("GAME-12")
def test_every_table_reads_and_what_is_legal_stays_short() -> None:
    game = company()
    on_file(game, 0), on_file(game, 1, owner="sales-1"), talked(game, 2)
    submitted(game)
    for seat in game.world.seats:
        view = game.view(seat)
        for table in TABLES:
            if set(table.roles) & set(view.seat.roles):
                for row in table.rows(view):
                    for column in table.columns:
                        value = column.value(row, view)
                        assert value is None or isinstance(value, int) or render(value, "zh") is not None
        assert len(game.legal_actions(seat)) < 120
