"""One driver: a refusal changes nothing, an id has one effect, a copy goes its own way, an error is struck out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.crm.company import CUSTOMER
from crmsim.engine.action import Action, Turn, offered
from crmsim.engine.errors import ActionFailed, IllegalAction
from crmsim.game import Game
from crmsim.game.journal import CLOCK_SEAT, TimePassed, Voided
from crmsim.game.replay import replay_entries, verify
from crmsim.roles import ACTIONS
from crmsim.roles.arriving import GiveUp
from crmsim.roles.director import AddStaff
from crmsim.roles.following.clock import DeskRound
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario


def staffed(game: Game) -> list[str]:
    return [each for each in game.world.seats if CUSTOMER not in game.world.seats[each].roles]


def some_legal(game: Game) -> tuple[str, Action]:
    """A seat and an action that it may do now; time passes until there is one."""
    for _attempt in range(60):
        for seat in staffed(game):
            for action in game.legal_actions(seat):
                return seat, action
        game.advance(30)
    raise AssertionError("nothing was legal all day")


def test_time_passes_to_the_end_and_no_further(day: Scenario) -> None:
    game = Game(day, 1)
    game.run_to_end()
    assert game.ended and game.minute == game.end_minute
    digest, entries = game.digest(), len(game.journal)
    game.advance(600)
    game.run_to_end()
    game.end()
    assert (game.digest(), len(game.journal)) == (digest, entries)


@pytest.mark.covers("GAME-12")
def test_an_action_is_legal_exactly_when_it_is_not_refused(
    played: Game, day: Scenario, whim: Callable[..., Game]
) -> None:
    for minutes in (5, 90, 300):
        game = whim(day, 5, minutes)
        for seat in staffed(game):
            legal = game.legal_actions(seat)
            for kind in ACTIONS:
                for action in islice(offered(kind, game.view(seat)), 5):
                    assert (action in legal) is (game.refusal(seat, action) is None), action


def test_a_refused_action_changes_nothing(day: Scenario, whim: Callable[..., Game]) -> None:
    game = whim(day, 5, 200)
    refused = 0
    for seat in staffed(game):
        for kind in ACTIONS:
            for action in islice(offered(kind, game.view(seat)), 3):
                if game.refusal(seat, action) is not None:
                    before = game.digest(), len(game.journal), len(game.facts)
                    with pytest.raises(IllegalAction):
                        game.apply(seat, action)
                    assert (game.digest(), len(game.journal), len(game.facts)) == before
                    refused += 1
    assert refused > 20


def test_a_seat_that_is_not_there_may_do_nothing(day: Scenario) -> None:
    game = Game(day, 1)
    seat, action = some_legal(game)
    for other in ("nobody", "company", "clock", ""):
        with pytest.raises(IllegalAction):
            game.apply(other, action)
    assert game.refusal(seat, TimePassed()) is not None


@pytest.mark.covers("GAME-8")
def test_one_id_has_one_effect_and_one_answer(day: Scenario) -> None:
    game = Game(day, 2)
    seat, action = some_legal(game)
    facts = game.apply(seat, action, id="press-1")
    digest, entries = game.digest(), len(game.journal)
    assert game.apply(seat, action, id="press-1") == facts
    assert (game.digest(), len(game.journal)) == (digest, entries)
    again = replay_entries(game.header(), game.journal)
    assert [type(each) for each in again.apply(seat, action, id="press-1")] == [type(each) for each in facts]
    assert again.digest() == digest


def test_an_id_is_outside_the_digest(day: Scenario) -> None:
    one, two = Game(day, 2), Game(day, 2)
    seat, action = some_legal(one)
    some_legal(two)
    one.apply(seat, action, id="a")
    two.apply(seat, action, id="b")
    assert one.digest() == two.digest()


@pytest.mark.covers("GAME-9")
def test_in_turn_pace_an_action_keeps_its_seat_busy(day: Scenario) -> None:
    game = Game(day, 2)
    seat, action = some_legal(game)
    cost = action.cost(game.world)
    game.apply(seat, action)
    free = game.free_minute(seat)
    assert free == game.world.calendar.next_open(game.world.calendar.after(game.minute, cost)) > game.minute
    assert game.refusal(seat, action) is not None
    game.advance_to(free)
    assert game.minute == free and game.world.seats[seat].busy_until <= game.minute


@pytest.mark.covers("GAME-9")
def test_in_live_pace_only_bots_are_charged_and_each_hour_is_an_entry(day: Scenario) -> None:
    game = Game(day, 2, pace="live")
    seat, action = some_legal(game)
    game.apply(seat, action)
    assert game.free_minute(seat) == game.minute
    start = game.minute
    before = sum(isinstance(each.action, TimePassed) for each in game.journal)
    for _second in range(150):
        game.advance(1)
    hours = game.minute // 60 - start // 60
    assert sum(isinstance(each.action, TimePassed) for each in game.journal) - before == hours
    game.mark_time()
    assert game.journal[-1].minute == game.minute
    assert replay_entries(game.header(), game.journal).digest() == game.digest()


@pytest.mark.covers("GAME-9")
def test_waiting_stops_when_a_seat_is_told_something(day: Scenario) -> None:
    game = Game(day, 2)
    game.wait("reception")
    told = [each for each in game.view("reception").heard() if each.minute > 0]
    assert game.ended or (told and game.minute <= game.free_minute("reception"))
    assert game.journal[-1].seat == CLOCK_SEAT and game.journal[-1].minute == game.minute
    assert replay_entries(game.header(), game.journal).digest() == game.digest()


@pytest.mark.covers("GAME-15")
def test_a_copy_goes_on_alike_and_leaves_the_first_alone(day: Scenario, whim: Callable[..., Game]) -> None:
    game = whim(day, 5, 240)
    game.crew.players.clear()
    game.crew.due.clear()
    before = game.digest()
    copy, other = game.fork(), game.fork(salt=9)
    copy.run_to_end()
    other.run_to_end()
    assert game.digest() == before and copy.practice and not game.practice
    game.run_to_end()
    assert copy.digest() == game.digest()
    assert copy.journal is not game.journal and not other.repeatable


def test_a_copy_plays_beyond_the_end(day: Scenario) -> None:
    game = Game(day, 2)
    game.run_to_end()
    after = game.fork(days=5)
    after.run_to_end()
    assert after.ended and after.minute == game.minute + 5 * 1440


class Stumbles:
    """Stands in for an action's own `apply`, and fails half-way."""

    def __init__(self, real: Callable[..., None]) -> None:
        self.real, self.fail = real, True

    def __call__(self, action: Any, world: Any, turn: Any) -> None:
        self.real(action, world, turn)
        if self.fail:
            raise ZeroDivisionError("half-way")


@pytest.mark.covers("GAME-8")
def test_an_action_that_fails_is_struck_out_and_play_goes_on(day: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    game, twin = Game(day, 2), Game(day, 2)
    seat, action = some_legal(game)
    some_legal(twin)
    stumbles = Stumbles(type(action).apply)
    monkeypatch.setattr(type(action), "apply", lambda *given: stumbles(*given))
    before = game.digest()
    with pytest.raises(ActionFailed, match="half-way"):
        game.apply(seat, action)
    assert game.digest() == before == twin.digest()
    assert isinstance(game.journal[-1].action, Voided)
    stumbles.fail = False
    game.advance(60)
    twin.advance(60)
    assert game.digest() == twin.digest()
    game.apply(*some_legal(game))
    assert replay_entries(game.header(), game.journal).digest() == game.digest()


def test_a_seat_changes_its_holder_and_the_journal_says_so(day: Scenario, whim: Callable[..., Game]) -> None:
    game = whim(day, 5, 120)
    seat = next(iter(game.crew.players))
    game.take_seat(seat, "2025001")
    assert game.holders[seat] == "2025001" and seat not in game.crew.players
    game.advance(600)
    assert not [each for each in game.journal if each.seat == seat and each.minute > 540 + 120]
    assert replay_entries(game.header(), game.journal).holders == game.holders


@pytest.mark.covers("DIR-2", "GAME-3")
def test_who_is_hired_is_held_by_a_program_like_its_colleagues(day: Scenario) -> None:
    seats = [each.id for each in day.seats]
    holders = dict.fromkeys(seats, "bot:competent") | {"director": "student"}
    players = crew(day, "competent", [each for each in seats if each != "director"])
    game = Game(day, 1, players=players, holders=holders)
    game.apply("director", AddStaff(name="Newcomer", role="sales"))
    (hired,) = (each for each in game.world.seats if each.startswith("sales-") and each not in seats)
    assert game.holders[hired] == "bot:competent"
    assert hired in game.players


@pytest.mark.covers("GAME-8", "GAME-7")
@pytest.mark.parametrize("kind", [GiveUp, DeskRound])
def test_what_a_customer_or_the_companys_clock_cannot_carry_out_is_struck_out_and_replays(
    kind: type[Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load_scenario("first_day")
    game = Game(scenario, 3)
    real, failed = kind.apply, []

    def stumbles(self: Action, world: Any, turn: Turn) -> None:
        real(self, world, turn)
        if not failed:
            failed.append(turn.minute)
            raise ZeroDivisionError("half-way")

    monkeypatch.setattr(kind, "apply", stumbles)
    game.advance(2 * 24 * 60)
    assert failed and len(game.failed) == 1 and "half-way" in str(game.failed[0])
    (voided,) = [each for each in game.journal if isinstance(each.action, Voided)]
    assert voided.minute == failed[0] and voided.action.act > 0
    whole = Game(scenario, 3)
    whole.advance(2 * 24 * 60)
    assert whole.digest() != game.digest()  # what was left out has left a trace
    again = replay_entries(game.header(), game.journal)
    assert again.digest() == game.digest() and not again.failed
    assert verify(game.header(), game.journal, [])[1] is None
    failed.clear()
    branch = Game(scenario, 3).fork(salt=1)
    with pytest.raises(ZeroDivisionError):  # a copy with other luck cannot be made anew
        branch.run_to_end()


@pytest.mark.covers("GAME-8", "GAME-7")
def test_what_fails_while_somebody_waits_is_struck_out_at_its_own_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    game, real, failed = Game(load_scenario("first_day"), 3), GiveUp.apply, []

    def stumbles(self: Action, world: Any, turn: Turn) -> None:
        real(self, world, turn)
        if not failed:
            failed.append(turn.minute)
            raise ZeroDivisionError("half-way")

    monkeypatch.setattr(GiveUp, "apply", stumbles)
    while not failed and not game.ended:
        game.wait("sales-1")
    (voided,) = [each for each in game.journal if isinstance(each.action, Voided)]
    assert voided.minute == failed[0] <= game.minute
    assert replay_entries(game.header(), game.journal).digest() == game.digest()
