"""A game whose first customer is played by hand, for the tests of the back office."""

from __future__ import annotations

from typing import Any

from crmsim.crm.company import CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.record import Record
from crmsim.engine.action import Action, refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.customer import AcceptContract, SignForGoods
from crmsim.roles.director import ReviewOrder
from crmsim.roles.sales import ShipGoods, SubmitOrder
from tests.scenes import tiny

WHO = "p1"


def quiet_game(seed: int = 1, **changes: Any) -> Game:
    """A game in which nobody does anything by itself, and p1 is on file with sales-1."""
    rules = {"damaged": 0, "late": 0, **changes.pop("fulfilment", {})}
    game = Game(tiny(market={"size": 3, "aware": 0, "wanting": 0, "junk": 0}, fulfilment=rules, **changes), seed)
    world = game.world
    for customer in world.all(Customer):
        customer.plans = ()
        world.agenda.sleep(customer.id)
        world.deputies[customer.id] = "customer-1"
    world.add(Record("C1", customer=WHO, name="One", owner="sales-1", assigned=game.minute, status="prospect"))
    world.add(Record("C2", customer="p2", name="Two", owner="sales-2", assigned=game.minute))
    return game


def must(game: Game, seat: str, action: Action) -> None:
    """A seat acts, whatever the hour."""
    why = refusal(action, CompanyView(game.world, seat), mind_the_clock=False)
    assert game.act(seat, action), str(why)


def newest(game: Game, kind: type) -> Any:
    """The last entity of a kind."""
    return list(game.world.all(kind))[-1]


def ordered(game: Game, quantity: int = 4, *, terms: str = "net5", discount: int = 0, days: int = 3) -> Order:
    """An order of pumps, approved: the contract is with the customer."""
    day = (game.minute // DAY + days) * DAY
    paper = SubmitOrder(record="C1", lines=(("pump", quantity),), discount=discount, delivery=day, terms=terms)
    must(game, "sales-1", paper)
    order: Order = newest(game, Order)
    must(game, "director", ReviewOrder(order=order.id, decision="approve"))
    return order


def signed(game: Game, quantity: int = 4, **paper: Any) -> Order:
    """An order that the customer signed."""
    order = ordered(game, quantity, **paper)
    must(game, WHO, AcceptContract(order=order.id))
    return order


def at_the_door(game: Game, order: Order, quantity: int) -> Shipment:
    """Pumps shipped, and carried to the customer's door."""
    must(game, "sales-1", ShipGoods(order=order.id, lines=(("pump", quantity),)))
    parcel: Shipment = newest(game, Shipment)
    game.advance_to(parcel.arrives + 1)
    return parcel


def received(game: Game, quantity: int = 4, **paper: Any) -> tuple[Order, Invoice]:
    """An order shipped and signed for, and its invoice."""
    order = signed(game, quantity, **paper)
    must(game, WHO, SignForGoods(shipment=at_the_door(game, order, quantity).id))
    return order, newest(game, Invoice)
