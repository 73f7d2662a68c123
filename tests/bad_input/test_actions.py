"""Bad actions, each kind and each field in turn: refused with a sentence, and the world is what it was.

What is particular to one kind (shipping twice, another's customer) stands in tests/roles/test_bad_actions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import msgspec
import pytest

from crmsim.bots import crew
from crmsim.crm.company import CUSTOMER, Staff
from crmsim.engine.action import Action, belongs, fields_of, offered
from crmsim.engine.amounts import Lines
from crmsim.engine.errors import IllegalAction
from crmsim.engine.kinds import Choice, Kind, Pick, Several, Text, Yes
from crmsim.game import Game
from crmsim.game.journal import action_from_json
from crmsim.roles import ACTIONS
from crmsim.scenarios.loader import load_scenario
from tests.flows.trying import TYPED

pytestmark = pytest.mark.covers("GAME-12", "FLO-10")
BIG = 10**30
NEVER = (1.5, BIG, -BIG, float("nan"), float("inf"), None, b"x", [1], {"a": 1}, object())
OF_KIND: list[tuple[type[Kind], tuple[Any, ...]]] = [  # the first that fits
    (Lines, ((), ("pump",), (("no such thing", 1),), ((1, 2),), "pump:1")),
    (Several, (("no such word",), ("a", "a"), (7,), "word")),
    (Pick, ("no such row", "\x1b[31m", 3, True)),
    (Choice, ("no such word", "", 7)),
    (Text, ("\x1b[2Jgone", "a\u202eb", "zero\u200bwidth", "\ud800", "字" * 100_000, 5, True)),
    (Yes, (1, 0, "yes")),
    (Kind, (True, False, 1.0, 0.0, -1.0, "2", -3, BIG)),
]


def hostile(kind: Kind, default: Any) -> Iterator[Any]:
    """Values that this kind of field never takes."""
    yield from NEVER
    mine = next(values for each, values in OF_KIND if isinstance(kind, each))
    yield from (each for each in mine if not (type(each) is type(default) and each == default))


@pytest.fixture(scope="module")
def game() -> Game:
    """A first morning with something on most desks; from then on people hold the seats."""
    scenario = load_scenario("first_month")
    played = Game(scenario, 5, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    played.advance(240)
    copy = played.fork()
    tools = dict.fromkeys([*scenario.tools, *(each.tool for each in ACTIONS)], True)
    copy.world.scenario = scenario.model_copy(update={"tools": tools})  # every kind of action has a seat
    return copy


def somebody(game: Game, kind: type[Action]) -> tuple[str, Action]:
    """A seat of the role, and an action of the kind, legal where there is one."""
    mine = [seat for seat in [*game.world.seats, "instructor"] if belongs(kind, game.view(seat))]
    assert mine, "no seat does this"
    best: tuple[str, Action] | None = None
    for seat in mine:
        view = game.view(seat)
        typed = TYPED[kind.__name__](view) if kind.__name__ in TYPED else {}
        for action in islice(offered(kind, view, typed), 8):
            if game.refusal(seat, action) is None:
                return seat, action
            best = best or (seat, action)
    if best is None:
        filled = {name: field.kind.python() for name, field in fields_of(kind).items() if field.required}
        best = mine[0], kind(**filled)
    return best


def refused(game: Game, seat: str, action: Action, what: object) -> None:
    before = game.digest(), len(game.journal), len(game.facts)
    why = game.refusal(seat, action)
    assert why is not None and str(why).strip(), what
    with pytest.raises(IllegalAction):
        game.apply(seat, action)
    assert (game.digest(), len(game.journal), len(game.facts)) == before, what


PEOPLES = [each for each in ACTIONS if "company" not in each.roles]


@pytest.mark.parametrize("kind", PEOPLES, ids=lambda each: each.__name__)
def test_a_value_that_a_field_cannot_take_is_refused(kind: type[Action], game: Game) -> None:
    seat, sound = somebody(game, kind)
    for name, field in fields_of(kind).items():
        for value in hostile(field.kind, field.default):
            spoilt = msgspec.structs.replace(sound, **{name: value})
            why = game.refusal(seat, spoilt)
            assert why is not None and str(why).strip(), (name, value)
            last = spoilt
    if fields_of(kind):
        refused(game, seat, last, kind)


@pytest.mark.parametrize("kind", ACTIONS, ids=lambda each: each.__name__)
def test_a_seat_does_only_what_its_roles_do(kind: type[Action], game: Game) -> None:
    _seat, sound = somebody(game, kind) if kind in PEOPLES else ("", _any(kind))
    others = [each for each in [*game.world.seats, "instructor"] if not belongs(kind, game.view(each))]
    assert others or len(kind.roles) > 6, kind
    for seat in others:
        refused(game, seat, sound, seat)
    for nobody in ("", "ghost", "clock", "company"):
        with pytest.raises(IllegalAction):
            game.apply(nobody, sound)


def _any(kind: type[Action]) -> Action:
    """An action of the company's own clock, its fields filled with nothing."""
    return kind(**{name: field.kind.python() for name, field in fields_of(kind).items() if field.required})


@pytest.mark.parametrize("kind", PEOPLES, ids=lambda each: each.__name__)
def test_nothing_is_done_after_the_end_or_by_who_has_left(kind: type[Action], game: Game) -> None:
    seat, sound = somebody(game, kind)
    over = game.fork()
    over.end()
    assert "over" in str(over.refusal(seat, sound))
    refused(over, seat, sound, "after the end")
    if seat != "instructor" and CUSTOMER not in game.world.seat(seat).roles:
        gone = game.fork()
        gone.world.get(Staff, seat).active = False
        assert "left the company" in str(gone.refusal(seat, sound))


BROKEN: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "no JSON": lambda _raw: b"{",
    "no object": lambda _raw: b"[1]",
    "unknown action": lambda raw: msgspec.json.encode(raw | {"action": "RobTheBank"}),
    "unknown field": lambda raw: msgspec.json.encode(raw | {"quantitee": 3}),
    "text for a number": lambda raw: msgspec.json.encode(raw | {"quantity": "3"}),
    "fraction": lambda raw: msgspec.json.encode(raw | {"quantity": 1.5}),
    "missing field": lambda raw: msgspec.json.encode({name: each for name, each in raw.items() if name != "product"}),
    "another's name": lambda raw: msgspec.json.encode(raw | {"action": ["RestockProduct"]}),
}


@pytest.mark.covers("GAME-8")
@pytest.mark.parametrize("how", BROKEN)
def test_an_action_that_was_spoilt_on_its_way_is_no_action(how: str) -> None:
    raw = {"action": "RestockProduct", "product": "printer", "quantity": 3}
    assert action_from_json(msgspec.json.encode(raw)) is not None
    with pytest.raises(Exception, match=r"\S") as caught:
        action_from_json(BROKEN[how](raw))
    assert isinstance(caught.value, msgspec.MsgspecError)
