"""Customers do things only by their own actions: where those are refused, nothing of theirs comes true."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm import facts
from crmsim.crm.company import CUSTOMER
from crmsim.crm.customer import Customer
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, _
from crmsim.game import Game
from crmsim.roles import ACTIONS
from crmsim.scenarios.loader import load_scenario

MARKET = Path(__file__).resolve().parents[2] / "crmsim" / "market"
THEIRS = [each for each in ACTIONS if CUSTOMER in each.roles]
FACTS = {name for name, each in vars(facts).items() if isinstance(each, type) and issubclass(each, Fact)}


def days_of_play() -> Game:
    """A few days of a company of competent programs, papers of the opening book included."""
    scenario = load_scenario("first_month")
    game = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    game.advance(4 * DAY)
    return game


def by_customers(game: Game) -> set[str]:
    """The kinds of fact that customers brought about."""
    people = {each.id for each in game.world.all(Customer)}
    return {type(each).__name__ for each in game.facts if each.by in people}


@pytest.mark.covers("GAME-2")
def test_where_every_action_of_customers_is_refused_none_of_their_facts_comes_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = by_customers(days_of_play())
    assert len(told) > 10 and {"CustomerArrived", "CustomerReplied", "ContractAccepted", "PaymentMade"} <= told

    def refused(action: Any, view: Any) -> Any:
        return _("Not in this game.")

    for kind in THEIRS:
        monkeypatch.setattr(kind, "refuse", refused)
    silent = days_of_play()
    assert by_customers(silent) == set()
    assert any(type(each).__name__ == "WagesPaid" for each in silent.facts)  # the company goes on


def makes_facts(source: str) -> list[str]:
    """Where a source brings a fact about by itself instead of acting."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in FACTS or (isinstance(node.func, ast.Attribute) and name == "record"):
                found.append(f"{node.lineno}: {name}")
    return found


@pytest.mark.covers("GAME-2")
def test_the_market_brings_no_fact_about_by_itself() -> None:
    found = [
        f"{path.name}:{each}" for path in sorted(MARKET.glob("*.py"))
        for each in makes_facts(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert not found


@pytest.mark.parametrize("planted", ["market.world.record(fact)", "x = CustomerLeft(customer=c.id, reason='price')"])
def test_a_planted_fact_of_the_market_is_found(planted: str) -> None:
    assert len(makes_facts(planted)) == 1
    assert makes_facts("market.act(customer, Pay(invoice=i, amount=1))") == []
