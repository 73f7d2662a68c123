"""What `import crmsim` offers: a game with its saves, its bots and its grades, in a few calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmsim.game.crew import BOT, Player
from crmsim.game.game import Game
from crmsim.game.replay import replay_entries
from crmsim.scenarios import loader

if TYPE_CHECKING:
    from crmsim.scenarios.cast import Cast
    from crmsim.scenarios.schema import Scenario
    from crmsim.scenarios.semantics import Vocabulary

__all__ = ["Game", "grade", "load_scenario", "new_game", "open_save", "replay", "save"]


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A scenario by bundled name or path, to be played; ScenarioError lists everything that is wrong with it."""

    def words() -> Vocabulary:
        from crmsim.vocabulary import vocabulary

        return vocabulary()

    return loader.load_scenario(name_or_path, words)


def new_game(
    scenario: Scenario,
    seed: int,
    holders: dict[str, str],
    *,
    language: str = "en",
    cast: Cast | None = None,
    **settings: Any,
) -> Game:
    """A game in which "bot:level" holders are played by their bots and every other holder is a person.

    `language` is that of the people's names: "en" or "zh"; a `cast` has been drawn already.
    """
    if cast is None:
        from crmsim.scenarios.casting import draw_cast

        cast = draw_cast(scenario, seed, language)
    return Game(scenario, seed, cast=cast, players=bots_of(scenario, holders), holders=holders, **settings)


def bots_of(scenario: Scenario, holders: dict[str, str]) -> dict[str, Player]:
    """The bots that "bot:level" holders stand for, by seat."""
    from crmsim.bots import crew

    levels: dict[str, list[str]] = {}
    for seat, holder in holders.items():
        if holder.startswith(BOT):
            levels.setdefault(holder.removeprefix(BOT), []).append(seat)
    found: dict[str, Player] = {}
    for level, seats in levels.items():
        found |= crew(scenario, level, seats)
    return {seat: found[seat] for seat in holders if seat in found}


def replay(path: str | Path, until: int | None = None) -> Game:
    """The game that a save file (or an exported .jsonl journal) tells, to its end or as far as minute `until`."""
    from crmsim.store.jsonl import read_any

    saved = read_any(path)
    return replay_entries(saved.header, saved.entries, until)


def save(game: Game, path: str | Path) -> Path:
    """Write a game to a new save file."""
    from crmsim.store.savefile import save as write

    return write(game, path)


def open_save(path: str | Path, players: dict[str, Player] | None = None) -> Game:
    """A saved game, ready to play on and kept in its file; without `players` its own bots sit down again."""
    from crmsim.store.reading import read_save
    from crmsim.store.savefile import resume

    saved = read_save(path)
    game = replay_entries(saved.header, saved.entries)
    resume(game, saved, bots_of(game.scenario, game.holders) if players is None else players)
    return game


def grade(path: str | Path) -> Any:
    """The grade report of a finished game's save."""
    from crmsim.grading import grade_save

    return grade_save(path)
