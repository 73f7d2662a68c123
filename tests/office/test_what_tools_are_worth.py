"""Each tool of the office changes what can be achieved: two copies of one company differ by a tool that is used or not.

What is compared is the customers' side: what they feel, whether they are met while they still want something. The hand
that plays does what lies on its desk and nothing else, so that only the tool makes the difference.
"""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.customer import Customer
from crmsim.crm.facts import ContractLapsed, CustomerNeglected, NextStepAgreed, TalkOpened
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.plan import MonitoringNote, Study
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import offered, refusal
from crmsim.engine.desk import to_do
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.director import PlanAdvert
from crmsim.roles.following import LabelCustomer
from crmsim.roles.forms import AddFormField, DesignForm, PublishForm
from crmsim.roles.monitoring import CoachStaff, ReadNote, WriteNote
from crmsim.roles.pipeline import DraftContract
from crmsim.roles.researching import CommissionResearch
from crmsim.roles.sales import SubmitOrder
from crmsim.scenarios.loader import load_scenario
from tests.office.test_automation import REGION, SEATS, written
from tests.roles.back_office import WHO, must, newest, quiet_game
from tests.scenes import facts, in_need, tiny


def works(game: Game, days: int, *seats: str) -> Game:
    """So many days on which these seats do what lies on top of their desks, as it is filled in there."""
    end = game.minute + days * DAY
    while game.minute < end:
        for seat in seats:
            while game.free_minute(seat) <= game.minute and _does_the_next(game, seat):
                pass
        game.advance(60)
    return game


def _does_the_next(game: Game, seat: str) -> bool:
    view = game.view(seat)
    for paper in to_do(view, TABLES):
        if paper.action is None or (paper.since or 0) > game.minute:
            continue
        done = next((each for each in offered(paper.action, view, paper.filled) if refusal(each, view) is None), None)
        if done is not None:
            return game.act(seat, done)
    return False


def alive(game: Game, **traits: Any) -> Customer:
    """The first customer lives by itself from now on."""
    customer = game.world.get(Customer, WHO)
    game.world.deputies.pop(WHO, None)
    for name, value in traits.items():
        setattr(customer, name, value)
    return customer


def spoke(game: Game, **more: Any) -> Talk:
    """A talk that sales-1 held with the first customer just now."""
    now = {"started": game.minute, "answered": game.minute, "status": "closed", "customer": WHO, "record": "C1"}
    return game.world.add(Talk(game.world.new_id(Talk), channel="phone", seat="sales-1", **now, **more))


@pytest.mark.covers("TSK-2", "TSK-4")
def test_a_reminder_in_time_keeps_a_contract() -> None:
    trust = {}
    for tool in (True, False):
        game = quiet_game(tools={"tasks": tool}, following={"expiry_days": 5})
        customer = alive(game, satisfaction=900_000, purchases=1)
        game.world.get(Record, "C1").expiry = 8 * DAY
        before = customer.trust
        works(game, 10, "sales-1")
        trust[tool] = customer.trust - before
        assert bool(facts(game, ContractLapsed, record="C1")) != tool
    assert trust[True] > 0 > trust[False]


@pytest.mark.covers("TSK-2", "CTL-5")
def test_a_promise_that_is_reminded_of_is_kept() -> None:
    """Who said when it would come back is reminded from the day before on, or forgets, and is thought the less of."""
    kept = {}
    for tool in (True, False):
        game = quiet_game(tools={"tasks": tool, "opportunities": False})
        customer = seeking(game, 9)
        talk = spoke(game, ending="next_step", next_step=game.minute // DAY * DAY + 2 * DAY)
        game.world.record(NextStepAgreed(talk=talk.id, seat="sales-1", customer=WHO, when=talk.next_step))
        before = customer.satisfaction
        works(game, 6, "sales-1")
        kept[tool] = (len(facts(game, TalkOpened, customer=WHO)), customer.satisfaction < before)
    assert kept == {True: (1, False), False: (0, True)}


def seeking(game: Game, days: int = 5) -> Customer:
    """The first customer needs two pumps within some days, is known to the company, and will not call by itself."""
    customer = alive(game, aware=0, told={"need": 0}, decision="alone")
    in_need(game, customer, days=days)
    customer.stage = "seeking"
    record = game.world.get(Record, "C1")
    record.status, record.need, record.quantity = "prospect", "pump", 2
    return customer


DISCONTENT = {
    "id": "bad", "title": "Not content", "trigger": "event", "event": "form_filled", "does": "remind",
    "when": [{"field": "answer1", "comparison": "under", "value": "4"}],
}  # fmt: skip
FORM = (
    DesignForm(name="Content?", audience="customer"),
    AddFormField(form="FM1", name="Mark", kind="rating", required=True),
)
SILENT = {"silent_days": 8, "task_days": 1}


@pytest.mark.covers("REG-6", "TSK-3")
def test_a_label_brings_the_call_that_would_have_come_too_late() -> None:
    met = {}
    for label in ("", "high_intent"):
        game = quiet_game(following=SILENT)
        spoke(game)
        seeking(game, 7)
        if label:
            must(game, "sales-1", LabelCustomer(record="C1", name=label))
        works(game, 7, "sales-1")
        met[label] = len(facts(game, TalkOpened, customer=WHO))
    assert met == {"": 0, "high_intent": 1}


@pytest.mark.covers("AUT-1", "TSK-3")
def test_a_rule_reminds_where_nobody_would_have_called() -> None:
    rule = {"id": "quiet", "title": "Three days", "trigger": "silence", "days": 3, "does": "remind"}
    met = {}
    for rules in ([], [rule]):
        game = quiet_game(rules=rules, tools={"tasks": False})
        spoke(game)
        seeking(game, 7)
        works(game, 7, "sales-1")
        met[len(rules)] = len(facts(game, TalkOpened, customer=WHO))
    assert met == {0: 0, 1: 1}


@pytest.mark.covers("AUT-1", "DIR-6")
def test_a_rule_assigns_what_a_director_forgets() -> None:
    """The owner is there within a minute, and calls while the customer still wants something."""
    met = {}
    for rules in ([], [REGION]):
        game = quiet_game(seats=SEATS, rules=rules)
        customer = seeking(game)
        game.world.tables[Record].pop("C1")
        file = written(game, name=customer.name, region="north")
        file.customer = WHO
        works(game, 5, "sales-1", "sales-2")  # the director does not look at the pool
        met[len(rules)] = [each.seat for each in facts(game, TalkOpened, customer=WHO)]
    assert met == {0: [], 1: ["sales-2"]}


@pytest.mark.covers("REG-9")
def test_a_care_plan_keeps_who_buys_for_much() -> None:
    trust = {}
    for tool in (True, False):
        game = quiet_game(tools={"classes": tool}, classes={"every_days": 1, "a_days": 6})
        lines = (OrderLine("pump", 101, 100_000),)
        game.world.add(
            Order("O9", customer=WHO, record="C1", owner="sales-1", lines=lines, status="received", answered=1)
        )
        record = game.world.get(Record, "C1")
        record.status, record.assigned, record.birthday, record.expiry = "won", -1, 200 * DAY, 200 * DAY
        customer = alive(game, purchases=1, stage="using", satisfaction=700_000)
        before = customer.trust
        works(game, 14, "sales-1")
        trust[tool] = customer.trust - before
        assert bool(facts(game, CustomerNeglected)) != tool
    assert trust[True] > trust[False]


@pytest.mark.covers("OPP-4")
def test_a_contract_that_passes_its_check_is_trusted_and_approved() -> None:
    trust = {}
    for clauses in ((), ("quality",), ("quality", "delivery", "payment", "warranty", "liability")):
        game = quiet_game()
        day = (game.minute // DAY + 3) * DAY
        must(game, "sales-1", SubmitOrder(record="C1", lines=(("pump", 4),), discount=0, delivery=day, terms="net5"))
        before = game.world.get(Customer, WHO).trust
        order = newest(game, Order)
        if clauses:
            paper = {"start": day, "end": day + 60 * DAY, "amount": 400_000, "clauses": clauses}
            must(game, "sales-1", DraftContract(order=order.id, **paper))
        trust[len(clauses)] = game.world.get(Customer, WHO).trust - before
        works(game, 1, "director")
        assert (order.status == "approved") == (len(clauses) != 1)
    assert trust[5] > trust[0] == trust[1] == 0


@pytest.mark.covers("FRM-1", "AUT-1")
def test_a_form_tells_who_is_to_be_won_back() -> None:
    """Whoever fills in that it is not content is brought to its owner's desk by a rule, and called. Who was asked and
    hears nothing is worse off than who was never asked."""
    felt = {}
    everybody = [{**tiny().segments[0].model_dump(), "surveys": 1_000_000}]
    for asked, rules in ((False, []), (True, []), (True, [DISCONTENT])):
        game = quiet_game(rules=rules, segments=everybody)
        customer, record = alive(game, purchases=1, satisfaction=200_000), game.world.get(Record, "C1")
        record.status, record.assigned, record.birthday, record.expiry = "won", -1, 200 * DAY, 200 * DAY
        for step in (*FORM, PublishForm(form="FM1")) if asked else ():
            must(game, "service-1", step)
        works(game, 10, "sales-1")
        felt[asked, bool(rules)] = customer.satisfaction
        assert [each.seat for each in game.world.all(Talk)] == ["sales-1"] * len(rules)
    assert felt[True, True] > felt[False, False] > felt[True, False]


@pytest.mark.covers("DIR-16")
def test_a_study_finds_the_medium_that_reaches_more() -> None:
    """Who advertises where the study says is heard of by more than who advertises in the other medium."""
    follow = [{**tiny().segments[0].model_dump(), "habits": {"tv": 100_000, "newspaper": 500_000}}]
    game = Game(tiny(market={"size": 300, "aware": 0, "wanting": 0, "junk": 0}, segments=follow), 5)
    told = {}
    for medium in ("tv", "newspaper"):
        must(game, "director", CommissionResearch(subject="medium", about=medium))
    game.advance(3 * DAY)
    for each in game.world.all(Study):
        told[each.about] = each.found[0].share
    best = max(told, key=lambda each: told[each])
    heard = {}
    for medium in told:
        copy = game.fork()
        today = copy.minute // DAY * DAY + DAY
        must(copy, "director", PlanAdvert(medium=medium, budget=200_000, start=today, end=today + 3 * DAY))
        copy.advance(6 * DAY)
        heard[medium] = sum(each.aware >= 0 for each in copy.world.all(Customer))
    assert best == "newspaper" and heard[best] > heard["tv"]


@pytest.mark.validation
@pytest.mark.covers("DIR-12")
@pytest.mark.parametrize("how", ["note", "coaching"])
def test_a_colleague_that_is_led_serves_better(how: str) -> None:
    """Novices who are told of, or practise, what they do badly please the same customers more in the days after."""
    scenario, pleased = load_scenario("first_month"), dict[bool, int]()
    team = [each.id for each in scenario.seats if each.id != "director"]
    for led in (True, False):
        pleased[led] = 0
        for seed in (1, 2, 3):
            game = Game(scenario, seed)
            for about in ("promptness", "needs", "follow_up") if led else ():
                for seat in team:
                    lead: Any = CoachStaff(staff=seat, about=about)
                    if how == "note":
                        lead = WriteNote(staff=seat, about=about, text="Mind this.")
                    game.world.seat("director").busy_until = 0
                    must(game, "director", lead)
                    if how == "note":
                        game.world.seat(seat).busy_until = 0
                        must(game, seat, ReadNote(note=newest(game, MonitoringNote).id))
                    game.world.seat(seat).busy_until = 0
            game = game.fork(crew(scenario, "novice", team) | crew(scenario, "competent", ["director"]))
            game.advance(6 * DAY)
            pleased[led] += sum(each.satisfaction for each in game.world.all(Customer) if each.aware >= 0)
    assert pleased[True] > pleased[False]
