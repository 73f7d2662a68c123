"""The ways into the interface: a game anew, one that was left, one to be watched, answers to be marked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes

if TYPE_CHECKING:
    from pathlib import Path

    from crmsim.grading.confirming import Waiting


def play(
    scenario: str | None = None,
    seats: Sequence[str] = (),
    student: str = "",
    seed: int | None = None,
    pace: str = "turn",
    skill: str = "competent",
    save: str | None = None,
    ascii: bool = False,
    lang: str | None = None,
) -> None:
    """Open the game in the terminal: at the first screen, or at once in a scenario."""
    wishes = Wishes(tuple(seats), student, seed, pace, skill, save)
    _run(CrmsimApp(wishes, scenario, ascii=ascii, lang=spoken(lang)))


def resume(path: str, seats: Sequence[str] = (), ascii: bool = False, lang: str | None = None) -> None:
    """Go on with a game that was left."""
    _run(CrmsimApp(Wishes(tuple(seats)), kept=path, ascii=ascii, lang=spoken(lang)))


def watch(path: str, ascii: bool = False, lang: str | None = None) -> None:
    """Look at a game as it was played."""
    from crmsim.store.jsonl import read_any
    from crmsim.tui.player import Player
    from crmsim.tui.reel import Reel

    saved = read_any(path)
    player = Player(Reel(saved.header, saved.entries), alone=True)
    _run(CrmsimApp(Wishes(), first=player, ascii=ascii, lang=spoken(lang)))


def mark_words(found: Sequence[Waiting], policy: Path, lang: str | None = None) -> None:
    """Give the marks of a folder's free words."""
    from crmsim.tui.confirming import Confirming

    _run(CrmsimApp(Wishes(), first=Confirming(found, policy), lang=spoken(lang)))


def spoken(lang: str | None) -> str:
    """The language to begin in: asked for, set for the game, or the system's."""
    words = lang or os.environ.get("CRMSIM_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if words.lower().startswith("zh") else "en"


def _run(app: CrmsimApp) -> None:
    app.run()
    if app.trouble is not None:
        raise app.trouble
