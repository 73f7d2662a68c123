"""A game told again by its journal, without players; and checked against the digests kept with it."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import takewhile
from threading import Lock

from crmsim.crm.company import INSTRUCTOR
from crmsim.engine.action import Action, fields_of
from crmsim.engine.errors import CrmsimError, StoreError
from crmsim.engine.kinds import Pick
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, _
from crmsim.game.game import Game
from crmsim.game.journal import ABOUT_THE_GAME, CLOCK_SEAT, ENGINE, FORMAT, Entry, Header, Voided

MARK = 8  # digits
_COLLECTOR = Lock()  # one that is asked whether it works, and stopped, by two threads at once would never work again


@dataclass(frozen=True)
class KeptDay:
    """The digests kept at the end of a day: of the world, and of what changed since the day before (None: gone)."""

    day: int
    digest: str
    entities: Mapping[str, str | None]


@dataclass(frozen=True)
class Divergence:
    """Where a replay first went another way: `entry` is the last one before the first difference.

    `entity` is "Order O3" (of an entry that cannot stand: what it was about), or "facts or money".
    """

    day: int
    entry: int
    entity: str
    expected: str
    got: str
    refused: bool = False  # whether it is the entry itself that cannot stand where it does


def refuse_other_version(header: Header) -> None:
    """StoreError when this program cannot tell this game as it was played; the message names both versions."""
    if header.format != FORMAT:
        raise StoreError(
            _("The save has format {format}; this program reads {known}.", format=header.format, known=FORMAT)
        )
    if header.engine != ENGINE:
        raise StoreError(
            _(
                "The game was played with engine {engine}; this program's is {known} and would differ.",
                engine=header.engine,
                known=ENGINE,
            )
        )


def begin(header: Header) -> Game:
    """The game of a header on its first minute, held by nobody's program."""
    from crmsim.scenarios.loader import scenario_from_text, text_hash

    refuse_other_version(header)
    if text_hash(header.scenario_text) != header.scenario_hash:
        raise StoreError(_("The scenario kept with the game is not the one it was played with."))
    scenario = scenario_from_text(header.scenario_text)
    game = Game(
        scenario, header.seed, cast=header.cast, holders=header.holders, pace=header.pace, student=header.student
    )
    game.practice = header.practice
    return game


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of circular rubbish rests: a world that is told makes next to none, while looking for it among all
    that lives takes a tenth of the time. The world itself, once nobody needs it, is found afterwards."""
    with _COLLECTOR:
        collecting = gc.isenabled()
        gc.disable()
    try:
        yield
    finally:
        if collecting:
            with _COLLECTOR:
                gc.enable()


@uncollected()
def replay_entries(header: Header, entries: Sequence[Entry], until: int | None = None) -> Game:
    """The game that a journal tells, to its end or as far as minute `until`; StoreError when it tells of another."""
    game = begin(header)
    try:
        game.repeat(entries, until)
    except CrmsimError:
        raise
    except Exception as error:  # whatever an entry runs into that was made in another world
        raise StoreError(
            _(
                "The journal does not fit the game it is kept with (entry {entry}, {cause}); crmsim replay FILE "
                "--verify says where they part.",
                entry=len(game.journal),
                cause=safe_text(f"{type(error).__name__}: {error}", 100),
            )
        ) from error
    return game


class _Checker:
    """Stands where the keeper stood, and compares each day with what was kept then."""

    name = ""
    trouble: Exception | None = None

    def __init__(self, days: Sequence[KeptDay], entries: Sequence[Entry]) -> None:
        self.days = {each.day: each for each in days}
        self.entries = entries
        self.kept: dict[str, str] = {}
        self.found: Divergence | None = None

    def entry(self, entry: Entry) -> None:
        """A replay keeps nothing."""

    def day(self, day: int, digest: str, entities: dict[str, str]) -> None:
        """Compare a day that is over; only the first difference counts."""
        kept = self.days.get(day)
        if kept is None or self.found is not None:
            return
        for name, value in kept.entities.items():
            if value is None:
                self.kept.pop(name, None)
            else:
                self.kept[name] = value
        if digest == kept.digest:
            return
        known = [*self.kept, *entities] if self.kept else []
        names = sorted(name for name in known if self.kept.get(name) != entities.get(name))
        entity = names[0] if names else "facts or money"
        expected = self.kept.get(entity, "-") if names else kept.digest
        got = entities.get(entity, "-") if names else digest
        first = sum(1 for _each in takewhile(lambda entry: entry.minute < (day - 1) * DAY, self.entries))
        self.found = Divergence(day, first, entity, expected, got)


@uncollected()
def verify(
    header: Header,
    entries: Sequence[Entry],
    days: Sequence[KeptDay],
    last: tuple[int, str] | None = None,
    marks: Sequence[str] = (),
) -> tuple[Game, Divergence | None]:
    """Tell a game again from the start and say where it first differs from what was kept, if anywhere.

    `last` is the digest kept on leaving, with the number of entries it stands for; `marks` are those of the world as
    each entry found it, by which the very entry is named (without them, the first of the day).
    """
    struck = {each.action.entry for each in entries if isinstance(each.action, Voided)}
    ends = {} if last is None else {last[0] - 1: last[1]}
    game, found = _compared(header, entries, _Checker(days, entries), struck, ends, marks[-1:])
    if found is None and last is not None and last[0] > len(entries):  # the end is gone that was there on leaving
        kept, there = f"{last[0]} entries", f"{len(entries)} entries"
        return game, Divergence(game.day, max(0, len(entries) - 1), "journal", kept, there)
    return game, found if found is None or not marks else _very_entry(header, entries, struck, marks, found)


def _compared(
    header: Header,
    entries: Sequence[Entry],
    checker: _Checker,
    struck: Collection[int],
    ends: Mapping[int, str],
    mark: Sequence[str],
) -> tuple[Game, Divergence | None]:
    """Tell it with a look at the end of each day, at the last entry's mark, and at the digest kept on leaving."""
    game = begin(header)
    game.keeper = checker
    for number, entry in enumerate(entries):
        problem = _out_of_place(game, number, entry)
        if problem is None:
            game.live_to(entry.minute)
            if checker.found is None and number not in struck and not isinstance(entry.action, ABOUT_THE_GAME):
                refused = game.refusal(entry.seat, entry.action) if entry.seat != CLOCK_SEAT else None
                problem = str(refused) if refused is not None else None
        if checker.found is not None:
            return game, checker.found
        if problem is not None:
            what = type(entry.action).__name__
            return game, Divergence(entry.minute // DAY + 1, number, _about(entry), what, problem, refused=True)
        if number == len(entries) - 1 and any(mark) and mark_of(game) != mark[0]:
            return game, Divergence(game.day, number, "facts or money", mark[0], mark_of(game))
        game.repeat_one(entry, struck)
        if number in ends and game.digest() != ends[number]:
            return game, Divergence(game.day, number, "facts or money", ends[number], game.digest())
    game.keeper = None
    return game, checker.found


def _very_entry(
    header: Header, entries: Sequence[Entry], struck: Collection[int], marks: Sequence[str], found: Divergence
) -> Divergence:
    """The same with the last entry before the first difference: told once more, with a look at every mark."""
    game, through = begin(header), found.entry
    game.digests = False
    for number, entry in enumerate(entries[: len(marks)]):
        if number > found.entry and entry.minute > found.day * DAY:
            break
        game.live_to(entry.minute)
        if marks[number] and mark_of(game) != marks[number]:
            return replace(found, entry=max(0, number - 1))
        if number == found.entry and found.refused:
            return found
        game.repeat_one(entry, struck)
        through = max(through, number)
    return replace(found, entry=through)


def mark_of(game: Game) -> str:
    """What is kept with each entry: the beginning of the digest of the world as the entry finds it."""
    return game.digest()[:MARK]


def _about(entry: Entry) -> str:
    """What an entry is about: the first thing that it names, else the seat that did it."""
    kind: type[Action] = type(entry.action)
    for name, field in fields_of(kind).items():
        if isinstance(field.kind, Pick) and getattr(entry.action, name):
            return f"{field.kind.entity.__name__} {getattr(entry.action, name)}"
    return f"Seat {entry.seat[:60]}"


def _out_of_place(game: Game, number: int, entry: Entry) -> str | None:
    if entry.number != number:
        return f"entry {entry.number} stands at place {number}"
    if not game.minute <= entry.minute <= game.end_minute:
        return f"minute {entry.minute} cannot follow minute {game.minute}"
    if entry.seat != CLOCK_SEAT and entry.seat not in game.world.seats and entry.seat != INSTRUCTOR:
        return f"there is no seat {entry.seat[:60]}"
    return None
