"""How a flow is played: people's scripts for seats, what must have come true in which order, and the replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from crmsim.bots import crew
from crmsim.crm.customer import Customer
from crmsim.crm.facts import PaymentMade
from crmsim.crm.order import Order
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, offered
from crmsim.engine.desk import Waiting, to_do
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.game.replay import replay_entries
from crmsim.roles import TABLES
from crmsim.roles.answering import Reply
from crmsim.roles.talking import Speak
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario
from tests.market.talks import expert

F = TypeVar("F", bound=Fact)
BUYER = "customer-1"


def first_month(**using: int) -> Scenario:
    """The default scenario; with numbers of what follows a purchase changed so that much follows."""
    scenario = load_scenario("first_month")
    if not using:
        return scenario
    faulty = tuple(each.model_copy(update={"faults": 900_000, "returns": 300_000}) for each in scenario.segments)
    market = scenario.market.model_copy(update={"using": scenario.market.using.model_copy(update=using)})
    carrier = scenario.fulfilment.model_copy(update={"damaged": 300_000})
    return scenario.model_copy(update={"segments": faulty, "market": market, "fulfilment": carrier})


def people(scenario: Scenario, seed: int = 1) -> Game:
    """A game in which a person holds every seat, one a customer's: nobody of the company moves by itself."""
    return Game(scenario, seed, holders={each.id: f"student {each.id}" for each in scenario.seats} | {BUYER: "student"})


def mixed(scenario: Scenario, *mine: str, seed: int = 1) -> Game:
    """A game in which a person holds some seats and competent bots the others."""
    bots = [each.id for each in scenario.seats if each.id not in mine]
    return Game(
        scenario, seed, players=crew(scenario, "competent", bots), holders=dict.fromkeys(mine, "student")
    )  # fmt: skip


def does(game: Game, seat: str, action: Action) -> tuple[Fact, ...]:
    """A person acts as soon as its seat is free; what it does must be legal and leave the books balanced."""
    game.advance_to(game.free_minute(seat))
    why = game.refusal(seat, action)
    assert why is None, f"{seat} {action!r}: {why}"
    made = game.apply(seat, action)
    assert sum(game.world.ledger.balances.values()) == 0
    return made


def papers(game: Game, seat: str, kind: type[Action], **filled: Any) -> list[Waiting]:
    """What waits for a seat and is answered by this action."""
    found = (each for each in to_do(game.view(seat), TABLES) if each.action is kind)
    return [each for each in found if all(each.filled.get(name) == value for name, value in filled.items())]


def paper(game: Game, seat: str, kind: type[Action], days: int = 6, **filled: Any) -> dict[str, Any]:
    """The next step as the seat's own list of work has it filled in; the game waits until it is there."""
    last = game.minute + days * DAY
    while not (found := papers(game, seat, kind, **filled)):
        assert game.minute < last and not game.ended, f"{seat} never finds {kind.__name__} {filled} on its list"
        game.advance(30)
    return dict(found[0].filled)


def happens(game: Game, kind: type[F], days: int = 8, since: int = 0, **values: Any) -> F:
    """The game waits until something has come true."""
    last, seen = game.minute + days * DAY, since
    while True:
        for each in game.facts[seen:]:
            if isinstance(each, kind) and holds(each, values):
                return each
        seen = len(game.facts)
        assert game.minute < last and not game.ended, f"{kind.__name__} {values} never came about"
        game.advance(30)


def holds(fact: Fact, values: dict[str, Any]) -> bool:
    return all(getattr(fact, name, None) == value for name, value in values.items())


def follow(facts: Iterable[Fact], *steps: type[Fact] | tuple[type[Fact], dict[str, Any]]) -> None:
    """The steps came true, one after the other."""
    rest = iter(facts)
    for number, step in enumerate(steps):
        kind, values = step if isinstance(step, tuple) else (step, {})
        found = any(isinstance(each, kind) and holds(each, values) for each in rest)
        assert found, f"step {number + 1}, {kind.__name__} {values}, does not follow"


def followed(facts: Iterable[Fact], *steps: type[Fact]) -> bool:
    """Whether the steps came true one after the other."""
    rest = iter(facts)
    return all(any(isinstance(each, kind) for each in rest) for kind in steps)


def about(game: Game, customer: str) -> list[Fact]:
    """The facts that name a customer."""
    return [each for each in game.facts if getattr(each, "customer", "") == customer]


def replays(game: Game) -> None:
    """The journal tells the same game again, without any bot."""
    twin = replay_entries(game.header(), game.journal)
    twin.advance_to(game.minute)
    assert twin.digest() == game.digest()
    assert len(twin.facts) == len(game.facts)


# -- a person who plays a customer


def brief(game: Game) -> str:
    """The customer of the person whose need arises first; the game waits for the need."""
    mine = game.world.seat(BUYER).customers  # type: ignore[attr-defined]
    while not (found := [each for each in mine if game.view(BUYER).get(Customer, each).wants]):  # type: ignore[union-attr]
        assert not game.ended
        game.advance(30)
    return str(found[0])


ANSWERS: dict[str, dict[str, Any]] = {
    "ask_need": {"move": "tell", "topic": "need"},
    "ask_quantity": {"move": "tell", "topic": "quantity"},
    "ask_budget": {"move": "tell", "topic": "budget"},
    "ask_deadline": {"move": "tell", "topic": "deadline"},
    "ask_decision": {"move": "tell", "topic": "decision"},
    "ask_contact": {"move": "tell", "topic": "contact"},
    "ask_rival": {"move": "dodge"},
    "ask_order": {"move": "agree", "topic": "order"},
    "next_step": {"move": "agree", "topic": "next_step"},
    "close": {"move": "leave"},
}


def answer(game: Game, talk: str) -> Reply:
    """What a frank buyer says to the company's last move."""
    found = game.view(BUYER).get(Talk, talk)
    assert found is not None
    return Reply(talk=talk, **ANSWERS.get(found.says[-1].move, {"move": "nod"}))


def talks(game: Game, seat: str, talk: str, *moves: str | tuple[str, dict[str, Any]]) -> None:
    """A person of the company makes its moves, and the person who plays the customer answers each."""
    for each in moves:
        move, more = each if isinstance(each, tuple) else (each, {})
        does(game, seat, Speak(talk=talk, move=move, **more))
        does(game, BUYER, answer(game, talk))


def form(game: Game, seat: str, kind: type[Action], **filled: Any) -> Action:
    """The action as its form stands when it is opened, with what the person filled in."""
    game.advance_to(game.free_minute(seat))
    view = game.view(seat)
    found = next((each for each in offered(kind, view, filled) if game.refusal(seat, each) is None), None)
    assert found is not None, f"{seat} cannot do {kind.__name__} {filled}"
    return found


def works(game: Game, seat: str, until: Callable[[], bool], days: int = 12) -> None:
    """A person takes one paper of its list after the other, until something has come true."""
    last = game.minute + days * DAY
    while not until():
        assert game.minute < last and not game.ended, f"{seat} works in vain"
        if game.free_minute(seat) > game.minute or not takes_a_paper(game, seat):
            game.advance(10)


def all_there(game: Game, who: str) -> bool:
    """Whether a customer has all the goods of its first order, in however many parcels, and has paid something."""
    orders = game.world.of(Order, who)
    paid = any(isinstance(each, PaymentMade) and each.customer == who for each in game.facts)
    return bool(orders) and orders[0].status == "received" and paid


def takes_a_paper(game: Game, seat: str) -> bool:
    """A person takes the most pressing paper that it can do something about; False when there is none."""
    for each in to_do(game.view(seat), TABLES):
        if each.action is Reply:
            step: Action | None = answer(game, each.filled["talk"])
        elif each.action is Speak:
            talk = game.view(seat).get(Talk, each.filled["talk"])
            step = Speak(talk=each.filled["talk"], **expert(talk))
        else:
            step = next(offered(each.action, game.view(seat), each.filled), None)
        if step is not None and game.refusal(seat, step) is None:
            game.apply(seat, step)
            return True
    return False
