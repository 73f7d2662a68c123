"""Another run: on from a decision as practice, or the whole game anew on the same or an equally hard seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from crmsim.crm.customer import Customer
from crmsim.crm.figures import contacts
from crmsim.crm.purposes import PERSON
from crmsim.engine.errors import BadInput
from crmsim.engine.words import _
from crmsim.game import Game
from crmsim.game.crew import BOT
from crmsim.game.replay import replay_entries
from crmsim.grading.course import OVER
from crmsim.grading.review import Marked, Review
from crmsim.public import bots_of
from crmsim.scenarios.casting import draw_cast
from crmsim.scenarios.loader import load_scenario, scenario_from_text, varied
from crmsim.scenarios.schema import Scenario
from crmsim.store.folders import new_save_path
from crmsim.store.reading import Saved
from crmsim.store.savefile import keep, save

TRIED = 8  # seeds from which an equally hard one is chosen
MISTAKES = ("mistake", "blunder")
PPM, HOUR = 1_000_000, 60


def mistakes(reviews: Sequence[Review]) -> Iterator[tuple[str, Marked]]:
    """The decisions worth playing again, with their seats, the dearest first."""
    found = [(each.seat, one) for each in reviews for one in each.decisions if one.mark in MISTAKES]
    yield from sorted(found, key=lambda each: (-each[1].total, each[1].entry))


def play_on(saved: Saved, entry: int, minute: int = -1, path: Path | None = None) -> Path:
    """A practice game that stands where that entry of another one was decided, with the very same customers.

    Its header says that it is practice: it cannot be handed in. `minute` is later than the entry for a paper that was
    left lying.
    """
    whole = replay_entries(saved.header, saved.entries)
    if not whole.ended:
        raise BadInput(OVER)
    if not 0 <= entry < len(saved.entries):
        raise BadInput(_("There is no entry {entry}; the game has {count}.", entry=entry, count=len(saved.entries)))
    before = saved.entries[:entry]
    game = replay_entries(msgspec.structs.replace(saved.header, practice=True), before)
    game.live_to(max(minute, saved.entries[entry].minute))
    for seat, holder in _people(whole).items():
        if game.holders.get(seat) != holder and seat in game.world.seats:  # they sat down later
            game.take_seat(seat, holder)
    decided = saved.entries[entry].seat
    if not _people(game) and decided in game.world.seats:  # who reviews a game of programs decides it otherwise
        game.take_seat(decided, PERSON)
    return save(game, path or new_save_path(f"{saved.path.stem}-practice"))


def rematch(
    saved: Saved,
    *,
    equal: bool = False,
    variants: Sequence[str] = (),
    path: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """The game anew with the same seats: on its seed and customers, or on another seed about as hard (`equal`).

    `variants` are challenges or "manual"; without them it is played as it was.
    """
    header = saved.header
    scenario = scenario_from_text(header.scenario_text)
    if variants:
        scenario = varied(_plain(scenario, header.scenario), variants)
    seed = equal_seed(scenario, header.seed, progress) if equal else header.seed
    cast = draw_cast(scenario, seed, header.cast.language) if equal else header.cast
    people = _people(replay_entries(header, saved.entries))
    known = {*(each.id for each in scenario.seats), *header.holders}
    holders = header.holders | {seat: holder for seat, holder in people.items() if seat in known}
    game = Game(
        scenario, seed, cast=cast, players=bots_of(scenario, holders), holders=holders, pace=header.pace,
        student=header.student,
    )  # fmt: skip
    target = path or new_save_path(f"{scenario.meta.id}-{seed}")
    keeper = keep(game, target)
    if people and header.pace == "turn":
        game.advance_to(game.free_minute(*(each for each in holders if each in people)))
    keeper.close(game)
    return target


def _people(game: Game) -> dict[str, str]:
    """Who held which seat in the end, of people."""
    return {seat: holder for seat, holder in game.holders.items() if not holder.startswith(BOT)}


def _plain(scenario: Scenario, name: str) -> Scenario:
    """The scenario without the variants that are in force: what they changed is only to be had from its file."""
    return load_scenario(name) if scenario.variant else scenario


def load(scenario: Scenario, seed: int) -> tuple[int, int]:
    """What comes to the door of an empty company: contacts, and what they would spend (fen). In a blink, where the
    seeds of a class are played through (classes.difficulty)."""
    game, needs = Game(scenario, seed, cast=draw_cast(scenario, seed)), dict[tuple[str, int], int]()
    while not game.ended:
        game.advance(HOUR)
        needs |= {(each.id, each.needs): each.quantity * scenario.find("products", each.wants).price
                  for each in game.world.all(Customer) if each.wants}  # fmt: skip
    came = contacts(game.world)
    return len(came), sum(spent for (customer, _number), spent in needs.items() if customer in came)


def equal_seed(scenario: Scenario, seed: int, progress: Callable[[int, int], None] | None = None) -> int:
    """The seed about as hard as this one, of the next few."""
    tell = progress or (lambda done, of: None)
    own, best = load(scenario, seed), (PPM * PPM, seed + 1)
    for number in range(1, TRIED + 1):
        tell(number, TRIED)
        other = load(scenario, seed + number)
        off = max(abs(one - two) * PPM // max(1, two) for one, two in zip(other, own, strict=True))
        best = min(best, (off, seed + number))
    return best[1]
