"""How customers sign, receive and pay, in a played game."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    GoodsReceived,
    GoodsRefused,
    InvoiceIssued,
    OrderCancelled,
    PaymentLate,
    PaymentMade,
)
from crmsim.crm.order import Invoice, Shipment
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.sales import RemindPayment, WithdrawOrder
from tests.scenes import agree, customers, facts, in_need, must, order, ship, story, tiny

QUIET = {"wanting": 0, "aware": 0, "junk": 0}
LONG = {"days": 60, "weekdays": (0, 1, 2, 3, 4, 5, 6)}


def play(
    size: int = 1,
    seed: int = 1,
    segment: dict[str, Any] | None = None,
    buying: dict[str, int] | None = None,
    using: dict[str, int] | None = None,
    **changes: Any,
) -> Game:
    """A quiet market, in which only what a test brings about happens."""
    market = {"size": size, **QUIET, "buying": buying or {}, "using": using or {}}
    scenario = tiny(**{"calendar": LONG, "market": market, **changes})
    if segment:
        kind = scenario.segments[0].model_copy(update=segment)
        scenario = scenario.model_copy(update={"segments": (kind,)})
    return Game(scenario, seed)


def sold(game: Game, days: int = 8) -> None:
    """Every customer buys two pumps, and gets them."""
    for customer in customers(game):
        in_need(game, customer)
        agree(game, customer)
        order(game, customer)
    for _day in range(days):
        game.advance(DAY)
        ship(game)


@pytest.mark.covers("CUS-3", "FLO-2", "GAME-2")
def test_a_contract_that_says_what_was_agreed_is_signed() -> None:
    game = play()
    customer = customers(game)[0]
    in_need(game, customer)
    agree(game, customer, unit_price=100_000, delivery=game.minute + 4 * DAY)
    paper = order(game, customer)
    assert not facts(game, ContractAccepted)  # reading takes its time
    game.advance(2 * DAY)
    assert paper.status == "accepted"
    assert customer.stage == "awaiting_goods"
    assert "It says what we agreed." in story(game, customer)


@pytest.mark.covers("CUS-3", "FLO-10")
@pytest.mark.parametrize(
    ("reason", "agreed", "written"),
    [
        ("price", {"unit_price": 95_000}, {}),
        ("price", {"unit_price": 90_000}, {"discount": 50_000}),
        ("quantity", {}, {"quantity": 3}),
        ("quantity", {"product": "filter"}, {}),
        ("date", {"delivery": 3 * DAY}, {"days": 6}),
        ("terms", {"terms": "net5"}, {"terms": "deposit30"}),
    ],
)
def test_a_contract_that_differs_is_declined(reason: str, agreed: dict[str, Any], written: dict[str, Any]) -> None:
    game = play()
    customer = customers(game)[0]
    in_need(game, customer)
    agree(game, customer, **agreed)
    before = customer.satisfaction
    paper = order(game, customer, **written)
    game.advance(2 * DAY)
    assert [each.reason for each in facts(game, ContractDeclined, order=paper.id)] == [reason]
    assert customer.satisfaction < before
    assert customer.stage == "weighing"


@pytest.mark.covers("CUS-3")
def test_without_an_agreement_a_contract_is_weighed_like_an_offer() -> None:
    game = play(size=40)
    for number, customer in enumerate(customers(game)):
        in_need(game, customer)
        customer.budget = 100_000 if number % 2 else 300_000
        order(game, customer)
    game.advance(2 * DAY)
    poor = [bool(facts(game, ContractAccepted, customer=each.id)) for each in customers(game)[1::2]]
    rich = [bool(facts(game, ContractAccepted, customer=each.id)) for each in customers(game)[0::2]]
    assert sum(rich) > 8 and sum(poor) == 0
    assert {each.reason for each in facts(game, ContractDeclined)} <= {
        "price",
        "date",
        "terms",
        "rival",
        "changed_mind",
    }


@pytest.mark.covers("FLO-10")
def test_after_a_bad_contract_a_good_one_is_still_signed_and_no_other_makes_it_look_elsewhere() -> None:
    game = play(size=2, buying={"second_thoughts": 0})
    for customer in customers(game):
        in_need(game, customer)
        agree(game, customer, unit_price=95_000)
        order(game, customer)
    game.advance(2 * DAY)
    mended, left = customers(game)
    order(game, mended, discount=50_000)
    game.advance(20 * DAY)
    assert facts(game, ContractAccepted, customer=mended.id)
    assert "so we looked elsewhere" in story(game, left)
    assert left.wants != "pump" or left.needs > 1


@pytest.mark.covers("FLO-10")
def test_who_waits_long_for_a_contract_may_think_better_of_it() -> None:
    def changed(days: int) -> int:
        game = play(size=60)
        for customer in customers(game):
            in_need(game, customer)
            agree(game, customer)
        game.advance(days * DAY)
        for customer in customers(game):
            order(game, customer)
        game.advance(2 * DAY)
        return len(facts(game, ContractDeclined, reason="changed_mind"))

    assert changed(0) == 0
    assert changed(5) > 0


@pytest.mark.covers("FLO-10")
def test_an_order_that_would_come_too_late_is_cancelled_before_shipping() -> None:
    game = play(size=20)
    for customer in customers(game):
        in_need(game, customer, days=2)
        agree(game, customer)
        order(game, customer)
    game.advance(30 * DAY)
    assert {each.reason for each in facts(game, OrderCancelled)} == {"late"}
    assert len(facts(game, OrderCancelled)) == 20
    assert "too late to be of use" in story(game, customers(game)[0])


@pytest.mark.covers("FLO-10")
def test_an_order_that_the_company_calls_off_costs_goodwill() -> None:
    game = play()
    customer = customers(game)[0]
    in_need(game, customer)
    agree(game, customer)
    paper = order(game, customer)
    game.advance(2 * DAY)
    before = customer.satisfaction
    must(game, "sales-1", WithdrawOrder(order=paper.id, reason="no_stock"))
    assert customer.satisfaction < before
    assert f"They called {paper.id} off." in story(game, customer)


@pytest.mark.covers("CUS-3", "FLO-10")
def test_damaged_goods_are_refused_at_the_door_and_sound_ones_signed_for() -> None:
    broken = play(size=30, fulfilment={"damaged": 1_000_000})
    sold(broken)
    assert len(facts(broken, GoodsRefused)) > 30  # and again, when they are sent again
    sound = play(size=30, fulfilment={"damaged": 0})
    sold(sound)
    assert len(facts(sound, GoodsReceived)) == 30 and not facts(sound, GoodsRefused)


@pytest.mark.covers("SAL-4", "CUS-3")
def test_invoices_are_paid_late_and_never_as_often_as_in_life() -> None:
    """Row 27: 35-55% late, 0.5-3% never."""
    issued = late = never = partly = 0
    for seed in (1, 2, 3):
        game = play(size=300, seed=seed)
        sold(game, days=50)
        issued += len(facts(game, InvoiceIssued))
        late += len(facts(game, PaymentLate))
        never += sum(not each.paid for each in game.world.all(Invoice) if not each.credited)
        partly += sum(not each.whole for each in facts(game, PaymentMade))
    assert issued == 900
    assert 0.35 < late / issued < 0.55
    assert 0.005 < never / issued < 0.03
    assert partly > 20  # in part


@pytest.mark.covers("SAL-4", "CUS-3")
def test_a_deposit_is_asked_and_paid_at_signing() -> None:
    game = play(segment={"late": 0, "never": 0})
    customer = customers(game)[0]
    in_need(game, customer)
    agree(game, customer, terms="deposit30")
    order(game, customer, terms="deposit30")
    game.advance(4 * DAY)
    assert [each.amount for each in facts(game, PaymentMade)] == [60_000]
    ship(game)
    game.advance(12 * DAY)
    assert [each.amount for each in facts(game, PaymentMade)] == [60_000, 140_000]
    assert customer.spent == 200_000


def reminded(times: int) -> tuple[float, float]:
    """Mean minute of payment, and mean satisfaction, when every late payer is reminded so many times."""
    game = play(size=40, segment={"late": 1_000_000, "never": 0, "faults": 0, "returns": 0})
    sold(game, days=0)
    done: dict[str, int] = {}
    for _day in range(40):
        game.advance(DAY)
        ship(game)
        for each in list(game.world.all(Invoice)):
            if each.status == "late" and done.get(each.id, 0) < times and not each.paid:
                must(game, "sales-1", RemindPayment(invoice=each.id))
                done[each.id] = done.get(each.id, 0) + 1
    paid = [each.settled for each in game.world.all(Invoice)]
    return sum(paid) / len(paid), sum(each.satisfaction for each in customers(game)) / 40


@pytest.mark.covers("SAL-4")
def test_a_reminder_hastens_a_payment() -> None:
    without, _calm = reminded(0)
    once, _calm = reminded(1)
    assert once < without - DAY // 4


@pytest.mark.covers("SAL-4", "FLO-10")
def test_reminders_before_the_day_or_too_many_annoy() -> None:
    game = play(segment={"late": 1_000_000, "never": 0})
    sold(game, days=3)
    customer, invoice = customers(game)[0], next(game.world.all(Invoice))
    before = customer.satisfaction
    must(game, "sales-1", RemindPayment(invoice=invoice.id))
    assert customer.satisfaction < before and customer.annoyance > 0
    assert "They keep pressing us for money." in story(game, customer)


@pytest.mark.covers("GAME-2", "GAME-7")
def test_the_same_seed_brings_the_same_customers_whatever_others_do() -> None:
    def signed(game: Game, id: str) -> list[int]:
        return [each.minute for each in facts(game, PaymentMade, customer=id)]

    first, second, alone = play(size=20), play(size=20), play(size=20)
    sold(first, 30)
    sold(second, 30)
    assert first.digest() == second.digest()
    last = customers(alone)[-1]
    in_need(alone, last)
    agree(alone, last)
    order(alone, last)
    for _day in range(30):
        alone.advance(DAY)
        ship(alone)
    discipline = [fact.late for fact in facts(alone, PaymentMade, customer=last.id)]
    assert discipline == [fact.late for fact in facts(first, PaymentMade, customer=last.id)]
    parcels = [[(each.arrives, each.damaged) for each in game.world.of(Shipment, last.id)] for game in (alone, first)]
    assert parcels[0] and parcels[0] == parcels[1]  # the carrier's luck is the customer's too
    other = play(size=20, seed=2)
    sold(other, 30)
    assert [signed(first, each.id) for each in customers(first)] != [
        signed(other, each.id) for each in customers(other)
    ]


@pytest.mark.covers("GAME-7")
def test_a_forked_game_lives_the_same_life() -> None:
    game = play(size=30)
    sold(game, 3)
    twin = game.fork()
    for each in (game, twin):
        each.advance(30 * DAY)
    assert game.digest() == twin.digest()
