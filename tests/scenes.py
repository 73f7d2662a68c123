"""Small companies to test in: a scenario of a few lines, and ways to set its scene."""

from __future__ import annotations

from typing import Any, TypeVar

from crmsim.crm.customer import Customer
from crmsim.crm.order import Order
from crmsim.crm.record import Record
from crmsim.crm.talk import Agreement, Talk
from crmsim.engine.action import Action
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.director import ReviewOrder
from crmsim.roles.sales import ShipGoods, SubmitOrder
from crmsim.scenarios.schema import Scenario

F = TypeVar("F", bound=Fact)


def tiny_data(**changes: Any) -> dict[str, Any]:
    """The data of a small scenario: two products, one segment, a seat or two for each role. `changes` replace sections;
    a dict replaces only the keys it names."""
    data: dict[str, Any] = {
        "meta": {"id": "tiny", "title": {"en": "A small company", "zh": "小公司"}},
        "calendar": {"days": 20},
        "company": {"name": "Tiny", "cash": 50_000_000},
        "seats": [
            {"id": "director", "roles": ["director"]},
            {"id": "promoter", "roles": ["promoter"]},
            {"id": "reception", "roles": ["reception"]},
            {"id": "prospector", "roles": ["prospector"]},
            {"id": "sales-1", "roles": ["sales"]},
            {"id": "sales-2", "roles": ["sales"]},
            {"id": "service-1", "roles": ["service"]},
        ],
        "attributes": [{"id": "power", "name": "power"}, {"id": "quiet", "name": "quiet"}],
        "products": [
            {
                "id": "pump", "name": "pump", "category": "machines", "price": 100_000, "cost": 60_000, "stock": 5000,
                "attributes": {"power": 800_000, "quiet": 500_000},
                "faults": [
                    {"symptom": "leaks", "cause": "seal", "remedy": "replace", "weight": 2, "signs": ["wet", "drip"]},
                    {"symptom": "leaks", "cause": "crack", "remedy": "exchange", "signs": ["wet", "noise"]},
                    {"symptom": "stops", "cause": "fuse", "remedy": "advise", "weight": 1, "signs": ["dark"]},
                ],
            },
            {
                "id": "filter", "name": "filter", "category": "parts", "price": 8_000, "cost": 3_000, "stock": 5000,
                "attributes": {"power": 400_000, "quiet": 700_000}, "consumable": True,
            },
        ],
        "regions": [{"id": "north", "name": "north"}, {"id": "south", "name": "south"}],
        "industries": [{"id": "trade", "name": "trade"}],
        "media": [{"id": "tv", "name": "television"}, {"id": "newspaper", "name": "newspaper"}],
        "channels": [
            {"id": "booth", "name": "booth", "live": True, "patience_minutes": 30},
            {"id": "email", "name": "e-mail", "live": False, "move_minutes": 20, "reply_minutes": 60},
            {"id": "phone", "name": "phone", "live": True, "patience_minutes": 60},
        ],
        "terms": [
            {"id": "net5", "name": "5 days", "days": 5},
            {"id": "deposit30", "name": "30% first", "deposit": 300_000, "days": 5},
        ],
        "segments": [
            {
                "id": "shops", "name": "shops", "products": {"pump": 3, "filter": 1},
                "weights": {"power": 600_000, "quiet": 400_000}, "channels": {"email": 2, "phone": 1},
                "habits": {"tv": 300_000, "newspaper": 200_000},
            }
        ],
        "rivals": [{"id": "acme", "name": "Acme", "attributes": {"power": 600_000, "quiet": 600_000}}],
        "market": {"size": 12},
    }  # fmt: skip
    for section, change in changes.items():
        old = data.get(section)
        data[section] = {**old, **change} if isinstance(old, dict) and isinstance(change, dict) else change
    return data


def tiny(**changes: Any) -> Scenario:
    """The small scenario itself."""
    return Scenario.model_validate(tiny_data(**changes))


def customers(game: Game) -> list[Customer]:
    """Everybody in the market, in the order they were drawn."""
    return list(game.world.all(Customer))


def in_need(game: Game, customer: Customer, product: str = "pump", quantity: int = 2, days: int = 8) -> None:
    """Give a customer a need, as if it had arisen now and been talked over."""
    customer.needs += 1
    customer.wants, customer.quantity, customer.stage = product, quantity, "weighing"
    customer.budget = game.scenario.find("products", product).price * quantity * 12 // 10
    customer.needed_since, customer.deadline, customer.rivals = game.minute, game.minute + days * DAY, ()


def agree(game: Game, customer: Customer, *, product: str = "pump", quantity: int = 2, **deal: Any) -> Talk:
    """A talk that ended in an agreement."""
    price = deal.pop("unit_price", game.scenario.find("products", product).price)
    delivery, terms = deal.pop("delivery", 0), deal.pop("terms", "net5")
    made = Agreement(product, quantity, price, delivery, terms, game.minute)
    talk = Talk(
        game.world.new_id(Talk), channel="phone", customer=customer.id, seat="sales-1", status="closed",
        started=game.minute, answered=game.minute, agreement=made, ending="agreed",
    )  # fmt: skip
    return game.world.add(talk)


def order(
    game: Game, customer: Customer, product: str = "pump", quantity: int = 2, *, days: int = 3, **paper: Any
) -> Order:
    """Sales writes an order and the director approves it: the contract is with the customer."""
    record = next((each for each in game.world.all(Record) if each.customer == customer.id), None)
    if record is None:
        record = Record(game.world.new_id(Record), customer=customer.id, name=customer.id, owner="sales-1")
        game.world.add(record)
    delivery = paper.pop("delivery", game.minute // DAY * DAY + days * DAY)
    done = SubmitOrder(
        record=record.id, lines=((product, quantity),), discount=paper.pop("discount", 0), delivery=delivery,
        terms=paper.pop("terms", "net5"), plea="an exception" if paper.pop("plea", False) else "",
    )  # fmt: skip
    must(game, "sales-1", done)
    written = list(game.world.all(Order))[-1]
    must(game, "director", ReviewOrder(order=written.id, decision="approve"))
    return written


def must(game: Game, seat: str, action: Action) -> None:
    """A seat acts whatever the hour; a refusal fails the test."""
    assert game.act(seat, action), game.refusal(seat, action)


def ship(game: Game) -> None:
    """Sales sends everything that is signed for and in stock."""
    view = game.view("sales-1")
    for each in list(game.world.all(Order)):
        if each.status in {"accepted", "shipped"} and each.to_ship and (lines := ShipGoods.suggested(view, each.id)):
            must(game, "sales-1", ShipGoods(order=each.id, lines=lines))


def facts(game: Game, kind: type[F], **values: Any) -> list[F]:
    """The facts of a kind, with these values."""
    return [
        each
        for each in game.facts
        if isinstance(each, kind) and all(getattr(each, name) == value for name, value in values.items())
    ]


def story(game: Game, customer: Customer) -> str:
    """The customer's story in English."""
    found = game.world.get(Customer, customer.id)
    return "\n".join(str(each.words) for each in found.story)
