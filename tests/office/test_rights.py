"""Rights: every table and every row from every seat. Nobody sees what is not theirs, or the truth before the end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crmsim import save
from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.crm.company import CUSTOMER, DIRECTOR, INSTRUCTOR, SALES, Staff
from crmsim.crm.customer import Customer
from crmsim.crm.order import Invoice, Order
from crmsim.crm.record import Record
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.engine.action import belongs, fields_of
from crmsim.engine.desk import to_do
from crmsim.engine.words import DAY, render
from crmsim.engine.world import Entity, Seat, Seen
from crmsim.game import Game
from crmsim.roles import ACTIONS, TABLES
from crmsim.roles.everyone.records import on_file
from crmsim.scenarios.loader import load_scenario
from crmsim.store.database import plans
from crmsim.store.database import rows as database_rows
from crmsim.store.ocel import ocel
from crmsim.store.sheets import sheets

pytestmark = pytest.mark.covers("ADM-1", "SAL-1")
PERSONAL = {"contact", "phone", "email"}
OWNED = (Order, Invoice)  # a salesperson's papers, by owner


@cache
def played() -> Game:
    """Some days of a month, with competent hands in every seat and a person in the customers' seat."""
    scenario = load_scenario("first_month")
    seats = [each.id for each in scenario.seats]
    game = Game(scenario, 5, players=crew(scenario, "competent", seats), holders={"customer-1": "student"})
    game.advance_to(4 * DAY)
    return game


def seats(game: Game) -> list[str]:
    return [*game.world.seats]


def rows(game: Game) -> Iterator[tuple[type[Entity], Any]]:
    for kind, table in game.world.tables.items():
        for row in table.values():
            yield kind, row


def test_a_played_game_has_something_to_hide() -> None:
    game = played()
    for kind in (Customer, Record, Talk, Order, ServiceRequest):
        assert list(game.world.all(kind)), kind
    assert len(game.world.seats) > 6


def test_no_truth_is_seen_from_any_seat_before_the_end() -> None:
    game = played()
    for seat in seats(game):
        view = game.view(seat)
        for kind, row in rows(game):
            shown = view.get(kind, row.id)
            if shown is None:
                continue
            for each in fields(kind):
                if each.metadata.get("seen", Seen.ALL) >= Seen.AFTER:
                    assert not hasattr(shown, each.name), (seat, kind, each.name)


def test_get_and_all_agree_on_what_a_seat_may_know() -> None:
    game = played()
    for seat in seats(game):
        view = game.view(seat)
        for kind in list(game.world.tables):
            listed = [each.id for each in view.all(kind)]
            assert listed == [id for id in game.world.table(kind) if view.get(kind, id) is not None], (seat, kind)


def test_the_market_is_nobodys_but_ones_own_customers() -> None:
    game = played()
    for seat in seats(game):
        mine = set(getattr(game.world.seat(seat), "customers", ()))
        assert {each.id for each in game.view(seat).all(Customer)} == mine


def test_a_salesperson_sees_its_own_customers_and_papers_only() -> None:
    game = played()
    sales = [each for each in game.world.staff(SALES) if each.roles == (SALES,)]
    assert len(sales) >= 2
    for seat in sales:
        view = game.view(seat.id)
        for record in game.world.all(Record):
            shown = view.get(Record, record.id)
            if seat.id not in (record.owner, record.recorded_by):
                assert shown is None, record.id
        for kind in OWNED:
            for paper in game.world.all(kind):
                shown = view.get(kind, paper.id)
                assert shown is None or paper.owner == seat.id or not hasattr(shown, "lines"), (kind, paper.id)
        for talk in game.world.all(Talk):
            record = game.world.find(Record, talk.record)
            if view.get(Talk, talk.id) is not None and talk.seat != seat.id:
                waits = talk.status == "waiting" and talk.role in seat.roles and not talk.seat
                assert waits or (record is not None and record.owner == seat.id), talk.id


def test_contact_details_are_hidden_from_who_only_sees_the_outline() -> None:
    game = played().fork()
    game.world.add(Record("C900", name="New", phone="13800000000", recorded_by="reception", recorded=game.minute))
    outline = 0
    for seat in seats(game):
        for record in game.view(seat).all(Record):
            near = game.world.get(Record, record.id).standing(game.world, game.world.seat(seat))
            if near is Seen.ALL:
                outline += 1
                assert not any(hasattr(record, name) for name in PERSONAL)
    assert outline


def test_customers_see_nothing_of_the_company_but_what_is_theirs() -> None:
    game = played()
    view = game.view("customer-1")
    mine = set(game.world.seat("customer-1").customers)
    assert list(view.all(Record)) == []
    for kind in (Talk, Order, Invoice, ServiceRequest, Return, Feedback):
        assert {each.customer for each in view.all(kind)} <= mine
    assert all(not hasattr(each, "wage") for each in view.all(Staff))
    assert view.balance("cash") == 0 and view.balance("stock") == 0


def test_wages_are_the_directors_and_ones_own() -> None:
    game = played()
    for seat in seats(game):
        roles = game.world.seat(seat).roles
        for each in game.view(seat).all(Staff):
            allowed = each.id == seat or {DIRECTOR, INSTRUCTOR} & set(roles)
            assert hasattr(each, "wage") == bool(allowed), (seat, each.id)


def test_every_cell_of_every_table_can_be_shown_to_every_seat_that_has_it_and_names_no_stranger() -> None:
    game = played()
    secret = {
        each.phone: each.id for each in game.world.all(Customer) if each.phone
    } | {each.email: each.id for each in game.world.all(Customer) if each.email}  # fmt: skip
    for seat in seats(game):
        view = game.view(seat)
        known = _told(game, seat)
        tables = [each for each in TABLES if belongs(each, view)]
        for table in tables:
            for row in table.rows(view):
                for column in table.columns:
                    value = column.value(row, view)
                    for language in ("en", "zh"):
                        text = render(value, language) if value is not None else ""
                        if text in secret:
                            assert text in known, (seat, table.id, column.label)
        to_do(view, tables)


def _told(game: Game, seat: str) -> str:
    """Everything that a seat reads in the files and talks that it may see, and its own briefs."""
    view = game.view(seat)
    found = [str(getattr(each, name, "")) for each in view.all(Record) for name in PERSONAL]
    found += [str(each.value) for talk in view.all(Talk) for each in talk.revealed]
    found += [f"{each.who}" for each in view.all(Talk)]
    found += [f"{each.phone} {each.email}" for each in view.all(Customer)]
    return "\n".join(found)


def _secret(game: Game) -> dict[str, str]:
    """Every phone and e-mail of the market and of the files, with whose it is."""
    rows = [*game.world.all(Customer), *game.world.all(Record)]
    return {text: each.id for each in rows for text in (each.phone, each.email) if text}


@pytest.mark.covers("IMP-2")
def test_no_seat_exports_what_it_is_not_told() -> None:
    game = played()
    secret, leaks, tables = _secret(game), [], plans(game)
    assert "customers" not in {each.name for each in tables}
    for seat in seats(game):
        written = database_rows(game, tables, seat, "en")
        assert {each["id"] for each in written["records"]} == {each.id for each in game.view(seat).all(Record)}
        found = [row for sheet in sheets(game, seat) for row in sheet.rows]
        text = f"{found}\n{written}\n{json.dumps(ocel(game, seat), ensure_ascii=False)}"
        numbers = set(re.findall(r"[0-9]{11}|[^\s'\",|]+@[^\s'\",|]+", text))
        if seat == "director":
            assert len(numbers & set(secret)) > 40
        leaks += [(seat, secret[one]) for one in numbers & set(secret) if one not in _told(game, seat)]
    assert not leaks


def test_no_form_offers_what_its_seat_may_not_see() -> None:
    game = played()
    owned = {row.id: kind for kind, row in rows(game)}
    offered = 0
    for seat in seats(game):
        view = game.view(seat)
        for action in ACTIONS:
            if not belongs(action, view):
                continue
            for name, field in fields_of(action).items():
                if not field.kind.closed and not hasattr(field.kind, "words"):
                    continue
                for option in field.kind.options(view, {}):
                    kind = owned.get(option.value) if isinstance(option.value, str) else None
                    if kind is not None and not issubclass(kind, Seat):  # who sits where anyone may know
                        offered += 1
                        assert view.get(kind, option.value) is not None, (seat, action.__name__, name, option.value)
    assert offered > 200


@pytest.mark.covers("GAME-12")
def test_no_search_finds_what_its_seat_may_not_see(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    game = played()
    path = tmp_path / "lab.crmsim"
    save(game, path)
    mine = next(each for each in game.world.all(Record) if each.owner == "sales-1" and each.phone and each.name)
    for seat, found in (("sales-1", True), ("director", True), ("sales-2", False), ("prospector", False)):
        near = game.world.get(Record, mine.id).standing(game.world, game.world.seat(seat))
        assert (near is not None) == found or mine.recorded_by == seat
        assert run(["look", str(path), "--seat", seat, "--find", mine.phone, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert bool(told) == (found or mine.phone in _told(game, seat)), seat
    view = game.view("sales-2")  # whether somebody is on file is answered yes or no, no more
    said = on_file(view, mine.name, mine.phone, "")
    assert said is not None and mine.id not in render(said, "en") and mine.name not in render(said, "en")


def test_facts_are_heard_by_those_they_concern_and_carry_no_truth() -> None:
    game = played()
    for seat in seats(game):
        roles = game.world.seat(seat).roles
        mine = getattr(game.world.seat(seat), "customers", ())
        for fact in game.view(seat).heard():
            if CUSTOMER in roles and getattr(fact, "customer", ""):
                assert fact.customer in mine, fact
            for name in ("right", "helped", "truth", "nature", "cause"):
                if name == "cause" and type(fact).__name__ == "RuleFollowed":
                    continue
                told = CUSTOMER in roles
                assert not hasattr(fact, name) or told, (seat, type(fact).__name__, name)


def test_after_the_end_everything_may_be_seen() -> None:
    game = played().fork()
    game.end()
    view = game.view("sales-1")
    assert sum(1 for _each in view.all(Customer)) == sum(1 for _each in game.world.all(Customer))
    assert hasattr(next(view.all(Customer)), "patience_moves")
