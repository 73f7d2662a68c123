"""The figures that lab reports ask for, recomputed from the game that was played. Counts, fen, ppm and minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from crmsim.crm.facts import ContractAccepted, CustomerArrived, ReturnRequested, TalkOpened
from crmsim.crm.order import SIGNED, Order
from crmsim.game import Game

PPM = 1_000_000
Figure = Callable[[Game, str], int | str | None]
F = TypeVar("F", bound=Figure)
FIGURES: dict[str, Figure] = {}


def figure(act: F) -> F:
    """Declare the function below as a figure, by its name."""
    FIGURES[act.__name__] = act
    return act


def channels(game: Game) -> dict[str, str]:
    """Through which channel each customer first made contact in this game."""
    found: dict[str, str] = {}
    for each in game.facts:
        if isinstance(each, CustomerArrived):
            found.setdefault(each.customer, each.channel)
    return found


def _signed(game: Game) -> list[Order]:
    return [each for each in game.world.all(Order) if each.status in SIGNED and each.answered >= 0]


@figure
def contacts(game: Game, about: str) -> int:
    """Customers who first made contact through a channel."""
    return sum(channel == about for channel in channels(game).values())


@figure
def buyers(game: Game, about: str) -> int:
    """Those of them who signed."""
    signed = {each.customer for each in game.facts if isinstance(each, ContractAccepted)}
    return sum(channel == about and id in signed for id, channel in channels(game).items())


@figure
def conversion(game: Game, about: str) -> int | None:
    """The share of them who signed, ppm."""
    came = contacts(game, about)
    return buyers(game, about) * PPM // came if came else None


@figure
def answer_time(game: Game, about: str) -> int | None:
    """Mean working minutes until a talk was opened."""
    waited = [each.waited for each in game.facts if isinstance(each, TalkOpened)]
    return round(sum(waited) / len(waited)) if waited else None


@figure
def receivables(game: Game, about: str) -> int:
    """What is owed at the end, fen."""
    return game.world.ledger.balance("receivables")


@figure
def order_value(game: Game, about: str) -> int | None:
    """The mean amount of an order signed in this game, fen."""
    signed = _signed(game)
    return sum(each.total for each in signed) // len(signed) if signed else None


@figure
def discount(game: Game, about: str) -> int | None:
    """The share of list price given away on them, ppm."""
    listed = sum(each.list_total for each in _signed(game))
    return sum(each.list_total - each.total for each in _signed(game)) * PPM // listed if listed else None


@figure
def returns(game: Game, about: str) -> int | None:
    """The share of them for which a return was asked, ppm."""
    signed = {each.id for each in _signed(game)}
    asked = {each.order for each in game.facts if isinstance(each, ReturnRequested)} & signed
    return len(asked) * PPM // len(signed) if signed else None


@figure
def best_channel(game: Game, about: str) -> str | None:
    """The channel through which most buyers came; the earlier one of equals."""
    counts = {channel: buyers(game, channel) for channel in channels(game).values()}
    return max(counts, key=lambda each: counts[each]) if counts else None
