"""A stage for talks: a market of people who want something, and ways to talk to them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import crmsim.scenarios
from crmsim.crm.customer import Customer
from crmsim.crm.talk import Talk
from crmsim.game import Game
from crmsim.market.needs import arise
from crmsim.roles.customer import MakeContact
from crmsim.roles.talking import Speak
from crmsim.scenarios.schema import Scenario
from tests.scenes import tiny_data

DEFAULTS = Path(crmsim.scenarios.__file__).parent / "defaults"
TEMPERS = {"plain": 3, "warm": 2, "brisk": 2, "wary": 2, "formal": 2}
Policy = Callable[[Any], "dict[str, Any] | None"]


def talk_data() -> dict[str, Any]:
    """The default moves, moments and lines."""
    found: dict[str, Any] = {}
    for name in ("talk", "talk_lines"):
        found |= tomllib.loads((DEFAULTS / f"{name}.toml").read_text(encoding="utf-8"))
    return found


def scenario(size: int = 100, **changes: Any) -> Scenario:
    """A small company whose customers talk as they do by default; nobody comes by himself."""
    data = tiny_data(**talk_data(), market={"size": size, "aware": 0, "wanting": 0})
    data["segments"][0] |= {"tempers": TEMPERS}
    data["calendar"] |= {"hours": [["00:00", "24:00"]], "weekdays": [0, 1, 2, 3, 4, 5, 6]}  # talks one after another
    return Scenario.model_validate(data | changes)


def stage(size: int = 100, seed: int = 1, **changes: Any) -> Game:
    """A game at nine in the morning of day one, in which everybody has a need of their own."""
    game = Game(scenario(size, **changes), seed, pace="live")
    for customer in game.world.all(Customer):
        arise(game.market, customer)
    return game


def comes(game: Game, customer: str, channel: str = "phone") -> str:
    """The customer makes contact; the id of its talk."""
    assert game.act(customer, MakeContact(channel=channel))
    return next(each.id for each in reversed(list(game.world.all(Talk))) if each.customer == customer)


def say(game: Game, talk: str, move: str, seat: str = "reception", wait: int = 2, **more: Any) -> Any:
    """Say something and hear the answer: the talk as the seat sees it afterwards."""
    game.apply(seat, Speak(talk=talk, move=move, **more))
    game.advance(wait)
    return game.view(seat).get(Talk, talk)


def play(game: Game, talk: str, policy: Policy, seat: str = "reception", most: int = 20) -> Any:
    """Talk by a policy until somebody ends it; a policy that has nothing to say stops."""
    for _turn in range(most):
        seen = game.view(seat).get(Talk, talk)
        if seen is None or not seen.waits:
            break
        step = policy(seen)
        if step is None:
            break
        action = Speak(talk=talk, **step)
        if game.refusal(seat, action) is None:
            game.apply(seat, action)
        game.advance(2)
    return game.world.get(Talk, talk)


def blind(order: Iterable[str]) -> Policy:
    """A fixed order of moves, whatever the customer says."""
    steps = iter(order)

    def next_step(talk: Any) -> dict[str, Any] | None:
        move = next(steps, None)
        return None if move is None else {"move": move}

    return next_step


FITTING = {
    "worth": "answer_proof", "cash": "answer_price", "rival": "answer_proof", "delivery": "answer_delivery",
    "quality": "answer_proof", "authority": "answer_boss",
}  # fmt: skip
ASKED = {"delivery": "answer_delivery", "quality": "answer_proof", "service": "answer_service"}


def expert(talk: Any) -> dict[str, Any]:
    """Listens: answers what was asked or objected, learns the need, shows what fits, prices it, then asks."""
    moves = [each.move for each in talk.says if each.by != talk.customer]
    if not moves:
        return {"move": "greet"}
    if talk.objection:
        return {"move": FITTING[talk.objection]}
    if talk.asked in ASKED:
        return {"move": ASKED[talk.asked]}
    if talk.told("need") is None:
        return {"move": "ask_need"}
    if "present" not in moves:
        return {"move": "present"}
    if "quote" not in moves:
        return {"move": "quote"}
    if moves[-1] != "ask_order" and talk.mood in {"angry", "cool"} and "ask_deadline" not in moves:
        return {"move": "ask_deadline"}
    return {"move": "ask_order"}
