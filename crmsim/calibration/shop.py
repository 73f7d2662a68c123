"""A small shop in which the customers show their own ways: its staff does at once, or as late as told, what is due.

The customers are those of the schema's defaults, which hold the published numbers; an experiment moves only what it is
about. The staff acts by the same actions as a player; a customer's need is known to it without a talk, so that nothing
but what is measured decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, TypeVar

from crmsim.crm.customer import Customer
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.engine.action import Action
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.director import ReviewOrder
from crmsim.roles.sales import ShipGoods, SubmitOrder
from crmsim.scenarios.schema import Scenario

F = TypeVar("F", bound=Fact)
PLENTY = 10**9  # pieces in stock: nothing is ever sold out
OPENING = 9 * 60  # the hour at which the staff looks round; the house itself never closes


def shop(*, days: int, segment: dict[str, Any], market: dict[str, Any], **changes: Any) -> Scenario:
    """A shop of three that never closes and has no rivals unless `changes` bring some."""
    kind = {"id": "shops", "name": "shops", "products": {"pump": 1}, "channels": {"email": 1}, **segment}
    data: dict[str, Any] = {
        "meta": {"id": "validity", "title": {"en": "A shop to measure in", "zh": "测量用的店"}},
        "calendar": {"days": days, "weekdays": tuple(range(7)), "hours": (("00:00", "24:00"),)},
        "company": {"name": "Shop", "cash": 10**11},
        "seats": [
            {"id": "director", "roles": ["director"]},
            {"id": "reception", "roles": ["reception"]},
            {"id": "sales", "roles": ["sales"]},
            {"id": "service", "roles": ["service"]},
        ],
        "attributes": [{"id": "power", "name": "power"}, {"id": "quiet", "name": "quiet"}],
        "products": [
            {
                "id": "pump", "name": "pump", "category": "machines", "price": 100_000, "cost": 60_000, "stock": 1,
                "attributes": {"power": 500_000, "quiet": 500_000},
                "faults": [{"symptom": "leaks", "cause": "seal", "remedy": "replace", "signs": ["wet"]}],
            }
        ],
        "regions": [{"id": "north", "name": "north"}],
        "industries": [{"id": "trade", "name": "trade"}],
        "media": [{"id": "tv", "name": "television"}],
        "channels": [{"id": "email", "name": "e-mail", "live": False, "patience_minutes": 100_000}],
        "terms": [{"id": "net5", "name": "5 days", "days": 5}],
        "segments": [kind],
        "rivals": [],
        "moves": [{"id": "greet", "key": "1", "name": "greet", "says": ["Hello"]}],
        "market": {"aware": 0, "junk": 0, "wanting": 1_000_000, **market},
        "fulfilment": {"carrier_least": 5, "carrier_most": 10, "late": 0, "damaged": 0},
        "tools": {"records": False, "tasks": False, "classes": False, "knowledge": False},
        "following": {"round_minutes": 30 * DAY},
        "playable_customers": 0,
    }  # fmt: skip
    return Scenario.model_validate(data | changes)


SURE: dict[str, Any] = {"walk_away": -100_000_000}  # whoever is offered something takes it
PROMPT: dict[str, Any] = {"read_minutes": 5, "sign_minutes": 1, "second_thoughts": 0, "cancels": 0}


class Shop:
    """A game of such a shop, and the hands of its staff."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.game = Game(scenario, seed)
        self.customers: list[Customer] = list(self.game.world.all(Customer))
        self.open: list[str] = []  # orders that are not sent yet
        self.files: dict[str, str] = {}
        for product in self.game.world.all(Product):
            product.stock = PLENTY

    def days(self) -> Iterator[int]:
        """Each day of the game from its opening hour on, by number from 0."""
        for day in count():
            self.game.advance_to(day * DAY + OPENING)
            if self.game.ended:
                return
            yield day

    def act(self, seat: str, action: Action) -> None:
        """The staff does something; a refusal would be a mistake of the experiment."""
        if not self.game.act(seat, action):
            raise RuntimeError(f"{seat}: {action}: {self.game.refusal(seat, action)}")

    def seekers(self) -> list[Customer]:
        """Those in need whom nobody serves yet."""
        return [each for each in self.customers if each.wants and each.stage in {"seeking", "waiting"}]

    def sell(self, customer: Customer, promise: int = 3) -> None:
        """A contract for what the customer needs, to be delivered within `promise` days, goes out at once."""
        game, world = self.game, self.game.world
        if customer.id not in self.files:
            self.files[customer.id] = record = world.new_id(Record)
            world.add(Record(record, customer=customer.id, name=customer.id, owner="sales"))
        delivery = (game.minute // DAY + promise) * DAY
        lines = ((customer.wants, customer.quantity),)
        customer.stage = "weighing"
        record = self.files[customer.id]
        self.act("sales", SubmitOrder(record=record, lines=lines, discount=0, delivery=delivery))
        order = world.of(Order, customer.id)[-1].id
        self.act("director", ReviewOrder(order=order, decision="approve"))
        self.open.append(order)

    def ship(self) -> None:
        """Whatever is signed for leaves the house."""
        left = []
        for id in self.open:
            order = self.game.world.get(Order, id)
            if order.status in {"approved", "accepted"}:
                left.append(id)
            if order.status == "accepted":
                self.act("sales", ShipGoods(order=id, lines=order.to_ship))
                left.pop()
        self.open = left

    def serve(self) -> None:
        """Everybody in need gets a contract, and goods the same day."""
        for customer in self.seekers():
            self.sell(customer)
        self.game.advance(60)
        self.ship()

    def facts(self, kind: type[F]) -> list[F]:
        """All facts of a kind, in order."""
        return [each for each in self.game.facts if isinstance(each, kind)]
