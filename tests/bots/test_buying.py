"""Bots that play customers: they act only for their own, as a person in their place would, and some buy better."""

from __future__ import annotations

from functools import cache

import pytest

from crmsim.crm.company import Playable
from crmsim.crm.facts import ContractAccepted, FeedbackGiven, PaymentMade
from crmsim.crm.order import Order
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.grading import grade_game
from crmsim.public import new_game
from crmsim.scenarios.loader import load_scenario

SEAT = "customer-1"


@cache
def played(level: str) -> Game:
    """A month in which a bot of a level plays the customers of one seat."""
    scenario = load_scenario("first_month")
    holders = {each.id: "bot:competent" for each in scenario.seats} | {SEAT: f"bot:{level}"}
    game = new_game(scenario, 4, holders)
    game.run_to_end()
    return game


def bought(game: Game) -> list[Order]:
    """The orders that the customers of the seat signed."""
    mine = game.world.get(Playable, SEAT).customers
    signed = [each for each in game.facts if isinstance(each, ContractAccepted) and each.customer in mine]
    return [game.world.get(Order, each.order) for each in signed]


@pytest.mark.covers("GAME-3", "CUS-1", "CUS-3", "CUS-5")
def test_a_bot_buys_for_its_customers_pays_and_says_how_it_was() -> None:
    game = played("competent")
    mine = game.world.get(Playable, SEAT).customers
    assert len(bought(game)) >= 3
    assert all(each.discount for each in bought(game))  # something was taken off, because it was asked for
    for kind in (PaymentMade, FeedbackGiven):
        assert any(isinstance(each, kind) and each.customer in mine for each in game.facts)
    assert {each.seat for each in game.journal if each.by == "bot:competent"} >= {SEAT}


@pytest.mark.covers("GAME-3")
def test_customers_that_a_bot_plays_do_nothing_by_themselves() -> None:
    assert not bought(played("idle"))


@pytest.mark.covers("GAME-3", "GAME-5")
def test_a_bot_that_buys_better_is_graded_better() -> None:
    points = {each: seat_points(played(each)) for each in ("competent", "novice", "idle")}
    assert points["competent"] > points["novice"] > points["idle"]


def seat_points(game: Game) -> int:
    """The handling of the customers' seat, in hundredths of a point."""
    return next(each.score or 0 for each in grade_game(game).seats if each.seat == SEAT)


@pytest.mark.covers("GAME-8")
def test_a_game_with_a_bot_among_the_customers_replays() -> None:
    game = played("competent")
    told = replay_entries(game.header(), game.journal)
    assert told.digest() == game.digest()
