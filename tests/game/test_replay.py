"""A journal tells the game again, and a game that was told differently is found out."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.game import Entry, Game
from crmsim.game.replay import KeptDay, mark_of, refuse_other_version, replay_entries, uncollected, verify
from crmsim.market.life import Market
from crmsim.scenarios.loader import text_hash
from crmsim.scenarios.schema import Scenario


class Shelf:
    """Keeps entries and days in memory."""

    name = "shelf"
    trouble: Exception | None = None

    def __init__(self) -> None:
        self.days: list[KeptDay] = []
        self.last: dict[str, str] = {}

    def entry(self, entry: Entry) -> None:
        pass

    def day(self, day: int, digest: str, entities: dict[str, str]) -> None:
        self.days.append(KeptDay(day, digest, {**dict.fromkeys(self.last), **entities}))
        self.last = entities


@pytest.mark.covers("GAME-7")
@pytest.mark.parametrize("seed", [5, 6])
def test_a_replay_is_the_game(day: Scenario, whim: Callable[..., Game], seed: int) -> None:
    shelf = Shelf()
    game = whim(day, seed, keeper=shelf)
    assert len(game.journal) > 20 and not game.slips
    again, found = verify(game.header(), game.journal, shelf.days, (len(game.journal), game.digest()))
    assert found is None and again.digest() == game.digest()
    assert [msgspec.json.encode(each) for each in again.facts] == [msgspec.json.encode(each) for each in game.facts]


@pytest.mark.covers("GAME-7")
def test_a_replay_may_stop_anywhere_and_go_on(day: Scenario, played: Game) -> None:
    half = replay_entries(played.header(), played.journal, until=800)
    assert half.minute == 800
    rest = played.journal[len(half.journal) :]
    half.repeat(rest)
    assert half.digest() == played.digest()


@pytest.mark.covers("GAME-7")
def test_another_seed_is_another_game(day: Scenario, played: Game, whim: Callable[..., Game]) -> None:
    assert whim(day, 6).digest() != played.digest()


@pytest.mark.covers("GAME-7")
def test_an_edited_journal_is_found_by_its_entry(day: Scenario, whim: Callable[..., Game]) -> None:
    shelf = Shelf()
    game = whim(day, 5, keeper=shelf)
    number = next(n for n, each in enumerate(game.journal) if each.seat != "clock")
    for forged in (
        game.journal[:number] + game.journal[number + 1 :],
        [*game.journal[:number], msgspec.structs.replace(game.journal[number], minute=10), *game.journal[number + 1 :]],
        [
            *game.journal[:number],
            msgspec.structs.replace(game.journal[number], seat="customer-1"),
            *game.journal[number + 1 :],
        ],
    ):
        _game, found = verify(game.header(), forged, shelf.days)
        assert found is not None and found.entry == number


@pytest.mark.covers("GAME-7")
def test_a_changed_world_is_named_by_day_and_entity(day: Scenario, whim: Callable[..., Game]) -> None:
    shelf = Shelf()
    game = whim(day, 5, keeper=shelf)
    name = min(each for each in shelf.days[0].entities if each.startswith("Product "))
    shelf.days[0] = KeptDay(1, "0" * 32, {**shelf.days[0].entities, name: "forged"})
    _game, found = verify(game.header(), game.journal, shelf.days)
    assert found is not None
    assert (found.day, found.entity, found.expected) == (1, name, "forged")


@pytest.mark.covers("GAME-7")
def test_the_very_entry_is_named_after_which_the_world_went_another_way(
    day: Scenario, whim: Callable[..., Game], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One fen goes astray in an entry that moves money, in the first and in the last of them."""
    shelf = Shelf()
    game = whim(day, 5, keeper=shelf)
    postings, marks = list[int](), list[str]()
    again = replay_entries(game.header(), [])
    for entry in game.journal:
        again.live_to(entry.minute)
        marks.append(mark_of(again))
        before = len(again.world.ledger.postings)
        again.repeat_one(entry)
        if len(again.world.ledger.postings) > before:
            postings.append(entry.number)
    last = (len(game.journal), game.digest())
    assert verify(game.header(), game.journal, shelf.days, last, marks)[1] is None
    assert len(postings) > 1
    for astray in (postings[0], postings[-1]):
        real = Game._carry_out

        def carry_out(self: Game, entry: Entry, astray: int = astray, real: Any = real) -> Any:
            facts = real(self, entry)
            if entry.number == astray:
                self.world.ledger.move(self.minute, "astray", 1, "company", "nobody")
            return facts

        with monkeypatch.context() as patch:
            patch.setattr(Game, "_carry_out", carry_out)
            for kept in ((shelf.days, last), ([], None)):  # the second: the power went before a day was over
                found = verify(game.header(), game.journal, *kept, marks)[1]
                assert found is not None and found.entry == astray


@pytest.mark.covers("GAME-7")
@pytest.mark.parametrize("fault", ["shared generator", "call order"])
def test_planted_faults_are_caught(
    day: Scenario, whim: Callable[..., Game], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    import random

    count, generator = iter(range(10**9)), random.Random()
    real = Market.plan

    def faulty(self: Market, customer: Any, minute: int, *more: Any, **named: Any) -> None:
        real(
            self,
            customer,
            minute + (generator.randrange(50) if fault == "shared generator" else next(count) % 50),
            *more,
            **named,
        )

    monkeypatch.setattr(Market, "plan", faulty)
    shelf = Shelf()
    game = whim(day, 5, keeper=shelf)
    assert verify(game.header(), game.journal, shelf.days)[1] is not None


def test_a_float_in_the_world_is_seen(played: Game) -> None:
    assert floats(played) == []
    product = next(iter(played.world.tables[type(next(iter(played.world.all(_product()))))].values()))
    product.price = product.price * 1.0
    assert floats(played) != []


def _product() -> Any:
    from crmsim.crm.product import Product

    return Product


def floats(game: Game) -> list[str]:
    found = []

    def walk(value: Any, where: str) -> None:
        if isinstance(value, float):
            found.append(where)
        elif isinstance(value, dict):
            for key, each in value.items():
                walk(each, f"{where}.{key}")
        elif isinstance(value, tuple | list):
            for each in value:
                walk(each, where)
        elif isinstance(value, msgspec.Struct):
            walk(msgspec.structs.asdict(value), where)

    for kind, table in game.world.tables.items():
        for id, entity in table.items():
            for name in {each for owner in kind.__mro__ for each in getattr(owner, "__dataclass_fields__", {})}:
                walk(getattr(entity, name), f"{kind.__name__} {id}.{name}")
    for fact in game.facts:
        walk(fact, type(fact).__name__)
    walk(game.world.ledger.balances, "ledger")
    return found


@pytest.mark.parametrize(("field", "value"), [("format", 99), ("engine", 99)])
def test_another_version_is_refused_by_name(played: Game, field: str, value: int) -> None:
    with pytest.raises(StoreError, match="99"):
        refuse_other_version(msgspec.structs.replace(played.header(), **{field: value}))


def test_a_game_of_a_version_with_other_keys_is_refused_in_words(played: Game) -> None:
    header = played.header()
    text = header.scenario_text.replace('"cash":', '"gold":', 1)
    older = msgspec.structs.replace(header, scenario_text=text, scenario_hash=text_hash(text))
    with pytest.raises(StoreError, match="another version"):
        replay_entries(older, played.journal)


def test_another_scenario_text_is_refused(played: Game) -> None:
    header = played.header()
    forged = msgspec.structs.replace(header, scenario_text=header.scenario_text.replace('"cash":', '"cash":1', 1))
    with pytest.raises(StoreError):
        replay_entries(forged, played.journal)


@pytest.mark.covers("GAME-7")
def test_the_collector_rests_while_a_game_is_told_and_is_afterwards_as_it_was() -> None:
    with uncollected():
        with uncollected():  # a grade tells the game, and is itself one thing
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(StoreError), uncollected():
        raise StoreError(_("The game is over."))
    assert gc.isenabled()
    first, second = uncollected(), uncollected()  # as two threads do it: who came first is done first
    for each in (first.__enter__, second.__enter__):
        each()
    for each in (first.__exit__, second.__exit__):
        each(None, None, None)
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()  # nobody asked for it before
    finally:
        gc.enable()
