"""Whatever people do in a first day, in any order: what is legal is what is not refused, a refusal changes nothing,
money and goods are where the books say, copies go on alike, the journal tells the same game, the customers are the
same people."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crmsim.crm.customer import Customer
from crmsim.crm.order import Invoice
from crmsim.crm.product import Product
from crmsim.engine.action import Action, offered
from crmsim.engine.errors import IllegalAction
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario
from tests.flows.playing import takes_a_paper

# who a customer is: drawn once, whatever happens to it; the person who plays one may correct its address
DRAWN = ("segment", "type", "region", "industry", "size", "temper", "weights", "sensitivity", "reticence",
         "patience_moves", "channels", "decision", "shades", "rate", "dropout")  # fmt: skip


@cache
def scenario() -> Scenario:
    return load_scenario("first_day")


@cache
def people(seed: int) -> dict[str, tuple[Any, ...]]:
    """The customers of a seed, when nobody has done anything yet."""
    return drawn(Game(scenario(), seed))


def drawn(game: Game) -> dict[str, tuple[Any, ...]]:
    return {each.id: tuple(getattr(each, name) for name in DRAWN) for each in game.world.all(Customer)}


class FirstDay(RuleBasedStateMachine):
    """People hold every seat of a first day and do what comes to their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.seats = (*(each.id for each in scenario().seats), "customer-1")
        self.game = Game(scenario(), 0, holders=dict.fromkeys(self.seats, "student"))

    def offered(self, seat: str, which: int) -> list[Action]:
        """A few actions of one kind, as their forms would be filled in."""
        view, kinds = self.game.view(seat), self.game.legal_actions(seat).actions
        return list(islice(offered(kinds[which % len(kinds)], view), 4)) if kinds else []

    @precondition(lambda self: not self.game.journal)
    @rule(seed=st.integers(0, 20))
    def begin(self, seed: int) -> None:
        """Another game, while nothing has been done in this one."""
        self.game = Game(scenario(), seed, holders=dict.fromkeys(self.seats, "student"))

    @rule(seat=st.integers(0, 20), which=st.integers(0, 200))
    def act(self, seat: int, which: int) -> None:
        """Something legal is done: the next kind of action of which there is one now. It is an entry."""
        name = self.seats[seat % len(self.seats)]
        self.game.advance_to(self.game.free_minute(name))
        kinds = len(self.game.legal_actions(name).actions)
        for step in range(0 if self.game.ended else kinds):
            for action in self.offered(name, which + step):
                if self.game.refusal(name, action) is None:
                    assert action in self.game.legal_actions(name)
                    entries = len(self.game.journal)
                    self.game.apply(name, action)
                    assert len(self.game.journal) == entries + 1
                    return

    @rule(seat=st.integers(0, 20), which=st.integers(0, 200), other=st.integers(0, 20))
    def be_refused(self, seat: int, which: int, other: int) -> None:
        """What one seat is offered, the same or another seat tries; what is refused is not legal and leaves nothing."""
        mine, tries = self.seats[seat % len(self.seats)], self.seats[(seat + other) % len(self.seats)]
        legal = self.game.legal_actions(tries)
        for action in self.offered(mine, which):
            if self.game.refusal(tries, action) is not None:
                assert action not in legal
                before = self.game.digest(), len(self.game.journal), len(self.game.facts)
                with pytest.raises(IllegalAction):
                    self.game.apply(tries, action)
                assert (self.game.digest(), len(self.game.journal), len(self.game.facts)) == before

    @rule(papers=st.integers(1, 12))
    def work(self, papers: int) -> None:
        """Everybody takes what presses most, as the lists say: talks, files, orders, parcels, bills."""
        for number in range(papers):
            seat = self.seats[number % len(self.seats)]
            self.game.advance_to(self.game.free_minute(seat))
            if not self.game.ended:
                takes_a_paper(self.game, seat)

    @rule(minutes=st.integers(1, 90))
    def wait(self, minutes: int) -> None:
        """Time passes; the customers live."""
        self.game.advance(minutes)

    @rule()
    def practise(self) -> None:
        """A copy and the game itself go the same way, and neither disturbs the other."""
        copy, digest = self.game.fork(), self.game.digest()
        copy.advance(120)
        assert self.game.digest() == digest
        again = self.game.fork()
        again.advance(120)
        assert again.digest() == copy.digest()

    @invariant()
    def books_balance(self) -> None:
        """Money is nowhere made or lost, goods are worth their account, what is owed stands in the books."""
        world = self.game.world
        ledger = world.ledger
        assert sum(ledger.balances.values()) == 0
        assert ledger.balance("stock") == sum(
            each.stock * each.cost + sum(number for _day, number in each.arriving) * each.cost
            for each in world.all(Product)
        )
        owed = sum(each.open_amount for each in world.all(Invoice) if each.status in {"open", "late"})
        assert ledger.balance("receivables") == owed
        assert all(each.stock >= 0 for each in world.all(Product))

    def teardown(self) -> None:
        """The journal tells the same game again, and the people are who they were."""
        told = replay_entries(self.game.header(), self.game.journal)
        assert told.digest() == self.game.digest() and len(told.facts) == len(self.game.facts)
        assert drawn(self.game) == people(self.game.seed)


@pytest.mark.covers("GAME-7", "GAME-12", "GAME-2", "FLO-10")
class TestFirstDay(FirstDay.TestCase):  # type: ignore[name-defined,misc]
    """The machine as a test."""

    settings = settings(max_examples=25, stateful_step_count=30, phases=(Phase.explicit, Phase.generate))
