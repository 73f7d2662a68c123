"""No fixed order of moves, played blindly, wins what listening wins: orders are searched for, then tried on others."""

from __future__ import annotations

import pytest

from crmsim.crm.customer import Customer
from crmsim.engine.luck import Luck
from crmsim.roles.talking import CloseTalk
from tests.market.talks import Policy, blind, comes, expert, play, stage

pytestmark = [pytest.mark.validation, pytest.mark.covers("TALK-2")]
SIZE, ROUNDS, LONGEST = 200, 40, 14
MOVES = ("greet", "ask_need", "ask_budget", "ask_deadline", "ask_decision", "present", "quote", "discount", "apologise",
         "answer_proof", "answer_price", "answer_delivery", "answer_service", "answer_boss", "next_step",
         "ask_order")  # fmt: skip
Order = tuple[str, ...]
FIRST: Order = ("greet", "ask_need", "present", "quote", "ask_order", "answer_price", "ask_order", "answer_proof",
                "ask_order")  # fmt: skip


def won(policy_of: object, seed: int, size: int = SIZE) -> int:
    """Contracts agreed in one talk with everybody who has a need."""
    assert callable(policy_of)
    game, found = stage(size, seed), 0
    for customer in list(game.world.all(Customer)):
        policy: Policy = policy_of()
        talk = play(game, comes(game, customer.id), policy)
        found += talk.ending == "agreed"
        if talk.status == "open":
            game.apply("reception", CloseTalk(talk=talk.id))
    return found


def changed(order: Order, luck: Luck, number: int) -> Order:
    """The order with a move put in, taken out, or another in its place."""
    place = luck.below(len(order), "order", "place", number)
    how = luck.below(3, "order", "how", number) if len(order) < LONGEST else 1
    move = luck.pick(MOVES, "order", "move", number)
    return (*order[:place], *((move, order[place]) if how == 0 else () if how == 1 else (move,)), *order[place + 1 :])


def searched(seed: int) -> Order:
    """The best of many orders on the customers of one seed: whatever wins more is changed further."""
    luck, best = Luck(seed), FIRST
    most = won(lambda: blind(best), seed, SIZE // 2)
    for number in range(ROUNDS):
        tried = changed(best, luck, number)
        found = won(lambda tried=tried: blind(tried), seed, SIZE // 2) if tried else 0
        if found >= most:
            best, most = tried, found
    return best


@pytest.mark.parametrize("seed", [1, 2])
def test_the_best_fixed_order_wins_less_than_listening_on_other_customers(seed: int) -> None:
    order = searched(seed)
    listening, fixed = won(lambda: expert, seed + 10), won(lambda: blind(order), seed + 10)
    assert listening >= SIZE * 3 // 10
    assert fixed * 100 <= listening * 60, (order, fixed, listening)
