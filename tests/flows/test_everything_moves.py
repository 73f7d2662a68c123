"""For every kind of action that a company has: leaving it out changes what a customer does or feels, or a figure.

Two copies of a played month, one with the action and one without it, go on with the same programs; the action's own
working minutes are given back, so that only what it does can make the difference. What the programs would soon have
done as well, or what shows later, is tried for longer with programs that never do it. Where a program is always quick
to do it, nobody does it from the first day on, until its papers lie there; where no desk comes to have the papers, they
are laid there by the actions that come before. What needs a scene of its own has it in test_small_acts.py.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.company import COMPANY, CUSTOMER, Staff
from crmsim.engine.action import Action, belongs, offered, refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.game.crew import Player
from crmsim.roles import ACTIONS
from crmsim.scenarios.loader import varied
from crmsim.scenarios.schema import Scenario
from tests.flows.playing import first_month
from tests.flows.staging import STAGED, Never
from tests.flows.test_small_acts import SCENES, lives
from tests.flows.trying import TYPED
from tests.parts import in_turn

pytestmark = [pytest.mark.validation, pytest.mark.covers("GAME-2")]
STOPS = (("competent", 1, 14), ("novice", 3, 9), ("competent", 6, 9), ("novice", 10, 15))  # company, day, hour
DAYS, LATER, FEW = 6, 15, 3
PILES = (8, 14)  # days after which what nobody did is done at last
KINDS = in_turn([each for each in ACTIONS if not {COMPANY, CUSTOMER} & set(each.roles) and each not in SCENES], 2)
STANDS = {  # acts of knowing and telling: they move nothing by themselves, and why they stand all the same
    "ReadSummary": "the director knows what publicity brought", "ReadSurvey": "the director knows the answers",
    "ChangeTemplate": "other words, which a person who plays the customer reads",
}  # fmt: skip


def played_on(game: Game, without: type[Action] | None = None, days: int = LATER) -> tuple[Any, ...]:
    """How a copy stands some days later, with competent programs in every seat; later still, if they leave one kind of
    action out."""
    players: dict[str, Player] = crew(game.scenario, "competent", [each.id for each in game.world.all(Staff)])
    if without is not None:
        players = {seat: Never(player, without) for seat, player in players.items()}
    other = game.fork(players)
    other.advance((days if without is not None else DAYS) * DAY)
    return lives(other)


def moves(copies: list[Game], game: Game, plain: tuple[Any, ...], kind: type[Action]) -> bool:
    """Whether one of the copies goes another way than the game without the action."""
    if any(played_on(copy) != plain for copy in copies):
        return True
    if not copies:
        return False
    never = played_on(game, without=kind)
    return any(played_on(copy, without=kind) != never for copy in copies)


def with_one(game: Game, kind: type[Action]) -> list[Game]:
    """Copies in which a seat did something of the kind, as if it had taken no time."""
    found = []
    for seat in [*game.world.seats, "instructor"]:
        view = game.view(seat)
        if not belongs(kind, view):
            continue
        typed = TYPED[kind.__name__](view) if kind.__name__ in TYPED else {}
        for action in islice(offered(kind, view, typed), FEW):
            if refusal(action, view, mind_the_clock=False) is None:
                copy = game.fork()
                busy = copy.world.seat(seat).busy_until
                assert copy.act(seat, action)
                copy.world.seat(seat).busy_until = busy
                found.append(copy)
                break
    return found[:2]


def eventful() -> Scenario:
    """The month, with much that follows a purchase."""
    return first_month(seeks_help=1_000_000, feedback=1_000_000)


def unmoved() -> dict[str, int]:
    """The kinds that moved nothing, and how often each was tried."""
    scenario = eventful()
    seats = [each.id for each in scenario.seats]
    games = {level: Game(scenario, 1, players=crew(scenario, level, seats)) for level, _day, _hour in STOPS}
    left = dict.fromkeys(KINDS, 0)
    for level, day, hour in STOPS:
        game = games[level]
        game.advance_to(day * DAY + hour * 60 + 10)
        plain = played_on(game)
        for kind in list(left):
            copies = with_one(game, kind)
            left[kind] += len(copies)
            if moves(copies, game, plain, kind):
                del left[kind]
    return {each.__name__: tried for each, tried in left.items()}


def piled_up(kind: type[Action], scenario: Scenario) -> tuple[int, bool]:
    """How often something was done at last that a company had never done before, and whether it was felt."""
    tried, hands = 0, crew(scenario, "competent", [each.id for each in scenario.seats])
    for day in PILES:
        game = Game(scenario, 1, players={seat: Never(hand, kind) for seat, hand in hands.items()})
        game.advance_to(day * DAY + 14 * 60 + 10)
        copies = with_one(game, kind)
        tried += len(copies)
        plain = played_on(game, without=kind) if copies else ()
        if any(played_on(copy, without=kind) != plain for copy in copies):
            return tried, True
    return tried, False


def staged(kind: type[Action], game: Game) -> tuple[int, bool]:
    """How often something was done whose paper was laid there by the actions before it, and whether it was felt."""
    if kind.tool == "sheet":
        game = sheet_kept(kind)
    scene = game.fork(crew(game.scenario, "competent", [each.id for each in game.scenario.seats]))
    STAGED[kind.__name__](scene)
    copies = with_one(scene, kind)
    plain = played_on(scene, kind, DAYS) if copies else ()
    return len(copies), any(played_on(copy, kind, DAYS) != plain for copy in copies)


def sheet_kept(kind: type[Action]) -> Game:
    """A company that works by hand and never does this."""
    scenario = varied(first_month(), ["manual"])
    hands = crew(scenario, "competent", [each.id for each in scenario.seats])
    game = Game(scenario, 1, players={seat: Never(hand, kind) for seat, hand in hands.items()})
    game.advance_to(DAY + 14 * 60 + 10)
    return game


def test_leaving_an_action_out_changes_a_customer_or_a_figure() -> None:
    found, scenario = unmoved(), eventful()
    for kind in [kind for kind in KINDS if found.get(kind.__name__) == 0 and kind.__name__ not in STAGED]:
        found[kind.__name__], felt = piled_up(kind, scenario)
        if felt:
            del found[kind.__name__]
    early = Game(scenario, 1, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    early.advance_to(2 * DAY + 14 * 60 + 10)
    for kind in [kind for kind in KINDS if found.get(kind.__name__) == 0]:
        found[kind.__name__], felt = staged(kind, early)
        if felt:
            del found[kind.__name__]
    assert [name for name, tried in found.items() if not tried] == []
    assert set(found) == set(STANDS) & {each.__name__ for each in KINDS}  # whatever moves something needs no excuse
