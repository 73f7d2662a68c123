"""How many keys each everyday thing takes, from the home list (play: golden key counts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crmsim.crm.order import Order, OrderLine
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.crm.talk import Agreement, Revealed, Talk
from crmsim.engine.words import DAY
from crmsim.tui.desk import Desk
from crmsim.tui.todo import ToDo
from tests.tui.at_desk import app_at, press, shown

pytestmark = pytest.mark.covers("GAME-1")


class Counted:
    """Counts keys."""

    def __init__(self, pilot: Any) -> None:
        self.pilot, self.number = pilot, 0

    async def press(self, *keys: str) -> None:
        self.number += len(keys)
        await press(self.pilot, *keys)


def world_of(app: Any) -> Any:
    return app.session._game.world


def sells(world: Any) -> Any:
    """A record of sales-1 whose customer agreed to two printers."""
    deal = Agreement("printer", 2, 168_000, 0, "days_3", world.minute)
    world.add(
        Talk("T8", channel="phone", customer="x8", record="C2", seat="sales-1", status="closed", started=world.minute,
             answered=world.minute, agreement=deal, ending="agreed")
    )  # fmt: skip


def signed(world: Any) -> None:
    order = world.get(Order, "O1")
    order.status, order.delivery, order.answered, order.reviewed = "accepted", 2 * DAY, world.minute, world.minute
    order.lines = (OrderLine("printer", 1, 168_000),)


def asks(world: Any) -> None:
    world.add(ServiceRequest("S1", customer="x9", order="O1", product="printer", symptom="jams", opened=world.minute))


def top(app: Any, action: str) -> None:
    """Put the papers of one action on top: the count is of the thing, not of scrolling to it."""
    app.session.papers, all_papers = (lambda: [each for each in all_papers() if each.action.__name__ == action]), (
        app.session.papers
    )  # fmt: skip
    app.screen.look()
    assert app.screen.query_one(ToDo).papers, action


@pytest.mark.parametrize(
    ("seat", "scene", "action", "keys", "done", "most"),
    [
        ("director", lambda world: None, "ReviewOrder", ["enter", "enter"],
         lambda world: world.get(Order, "O1").status == "approved", 2),
        ("sales-1", signed, "ShipGoods", ["enter", "enter"],
         lambda world: not world.get(Order, "O1").to_ship, 2),
        ("sales-1", sells, "SubmitOrder", ["enter", "enter"],
         lambda world: any(each.record == "C2" for each in world.all(Order)), 8),
        ("service", asks, "AnswerRequest", ["enter", "f10"],
         lambda world: world.get(ServiceRequest, "S1").status == "answered", 4),
        ("reception", lambda world: None, "Speak", ["enter", "1", "enter"],
         lambda world: len(world.get(Talk, "T1").says) >= 2, 4),
    ],
)  # fmt: skip
async def test_a_paper_takes_few_keys(
    seat: str,
    scene: Callable[[Any], None],
    action: str,
    keys: list[str],
    done: Callable[[Any], bool],
    most: int,
) -> None:
    app = app_at(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        scene(world_of(app))
        top(app, action)
        await pilot.pause()
        counted = Counted(pilot)
        assert not done(world_of(app))
        await counted.press(*keys)
        assert done(world_of(app))
        assert counted.number <= most


async def test_a_customer_is_written_down_after_a_talk_by_six_keys() -> None:
    app = app_at("reception")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        world = world_of(app)
        talk = world.get(Talk, "T1")
        talk.seat, talk.status, talk.answered, talk.source = "reception", "open", world.minute, "web"
        talk.turn, talk.who = "company", "Red Star Ltd"
        told = {"name": "Red Star Ltd", "contact": "Ann Lee", "phone": "13800001234", "need": "printer", "quantity": 2,
                "type": "company"}  # fmt: skip
        talk.revealed = tuple(Revealed(topic, value, world.minute) for topic, value in told.items())
        app.screen.look()
        counted = Counted(pilot)
        await counted.press("enter", "9", "f10")
        assert shown(app).count("Not asked yet.") == 2  # budget and date
        await counted.press("f10")
        kept = [each for each in world.all(Record) if each.recorded_by == "reception" and each.talk == "T1"]
        assert [each.need for each in kept] == ["printer"]
        assert counted.number <= 6


async def test_many_customers_are_assigned_by_three_keys_once_marked() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        world, desk = world_of(app), app.screen
        assert isinstance(desk, Desk)
        for number in (3, 4, 5):
            world.add(Record(f"C{number}", name=f"Company {number}", region="north", recorded=world.minute))
        pool = next(
            table
            for table in app.session.tables  # type: ignore[union-attr]
            if any(action.__name__ == "AssignCustomer" for action, _field in table.actions)
        )
        desk.open_table(pool)
        await press(pilot, "space", "space", "space")
        counted = Counted(pilot)
        await counted.press("enter", "1", "f10")
        assert [bool(world.get(Record, id).owner) for id in ("C3", "C4", "C5")] == [True] * 3
        given = [type(each.action).__name__ for each in app.session._game.journal]  # type: ignore[union-attr]
        assert given.count("AssignCustomers") == 1 and "AssignCustomer" not in given
        assert counted.number <= 3


async def test_a_digit_that_chooses_from_a_sheet_is_no_key_of_the_desk_below() -> None:
    app = app_at("director")
    async with app.run_test() as pilot:
        await pilot.pause()
        before = app.session.minute
        await press(pilot, "c", "1")
        assert app.screen.query_one("#grid").has_focus
        assert app.session.minute == before
        await press(pilot, "1")
        assert app.session.minute > before
