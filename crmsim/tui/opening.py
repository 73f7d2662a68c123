"""How a game is opened: scenarios at hand, games that were left, and the session on a new or a kept one."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmsim.crm.purposes import INSTRUCTOR, PERSON
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, Message, _
from crmsim.scenarios.bundle import bundled
from crmsim.scenarios.sketch import Sketch, sketch

if TYPE_CHECKING:
    from crmsim.scenarios.schema import Scenario
    from crmsim.tui.session import Session

PACES = {"turn": _("by turns: acting takes time"), "live": _("by the clock: time runs")}
NAMES = {  # the levels that bots have, the best first (asking the bots themselves would bring in the whole game)
    "expert": _("expert"),
    "competent": _("competent"),
    "novice": _("novice"),
    "random": _("at random"),
    "idle": _("empty seats"),
}
LEVEL_WORDS = (N_("idle"), N_("random"))  # as the grade card has them


@dataclass
class Wishes:
    """What the player asked for: on the command line first, on the first screen then."""

    seats: tuple[str, ...] = ()
    student: str = ""
    seed: int | None = None
    pace: str = "turn"
    skill: str = "competent"
    save: str | None = None


def at_a_glance() -> list[Sketch]:
    """The scenarios that come with the game, as far as they can be told without checking them."""
    return [each for name in bundled() if (each := sketch(name) or checked(name)) is not None]


def whole(name: str) -> Sketch:
    """A scenario read whole and checked."""
    from crmsim.scenarios.loader import load_scenario

    return sketch_of(load_scenario(name), name)


def checked(name: str) -> Sketch | None:
    """A scenario read whole; None when it has mistakes: a slip in one file must not close the door to the others."""
    try:
        return whole(name)
    except CrmsimError:
        return None


def sketch_of(scenario: Scenario, name: str) -> Sketch:
    """A scenario as it is offered."""
    from crmsim.tui.again import titled

    seats = tuple((each.id, each.roles) for each in scenario.seats)
    days, customers = scenario.calendar.days, scenario.playable_customers
    return Sketch(name, titled(scenario), scenario.meta.summary, days, seats, customers)


def kept_games(also: str = "") -> list[Path]:
    """The games in the saves folder, the latest first; the one that is played first of all, wherever it is kept."""
    from crmsim.store.folders import SUFFIX, saves

    found = saves().glob(f"*{SUFFIX}") if saves().is_dir() else ()
    latest = sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)[:20]
    if also and Path(also).exists() and not any(each.samefile(also) for each in latest):
        return [Path(also), *latest]
    return latest


def levels() -> dict[str, Message]:
    """The skills that bots have, by their names; "" leaves each seat to the level its scenario names."""
    return {"": _("as the scenario has them")} | NAMES


def open_new(name: str, wishes: Wishes, lang: str) -> Session:
    """A new game of a scenario, by name or path, kept in a file from its first entry on."""
    from crmsim.bots.habits import LEVELS
    from crmsim.game.crew import BOT
    from crmsim.public import load_scenario, new_game
    from crmsim.scenarios.cast import Cast
    from crmsim.store.folders import new_save_path
    from crmsim.store.savefile import keep
    from crmsim.tui.apart import apart
    from crmsim.tui.session import Session

    scenario = load_scenario(name)
    seed = wishes.seed if wishes.seed is not None else secrets.randbelow(1_000_000)
    seats = wishes.seats or (scenario.seats[0].id,)
    person = wishes.student or PERSON
    holders = {each: person for each in seats if each != INSTRUCTOR}
    for each in scenario.seats:
        level = wishes.skill or each.holder
        holders.setdefault(each.id, f"{BOT}{level if level in LEVELS else LEVELS[-1]}")
    cast = apart("crmsim.scenarios.casting", (scenario.market.size, len(scenario.seats), seed, lang), Cast)
    game = new_game(scenario, seed, holders, language=lang, cast=cast, pace=wishes.pace, student=wishes.student)
    path = Path(wishes.save) if wishes.save else new_save_path(f"{scenario.meta.id}-{seed}")
    keeper = keep(game, path, _founded_apart)
    session = Session(game, seats, str(path), fresh=True)
    session.on_leave = lambda: keeper.close(game)
    return session


def _founded_apart(path: Path, header: dict[str, Any], seal: str) -> None:
    """A new save is made by a program of its own; by this one where that fails, which then says why, or where what it
    takes is loaded already."""
    from crmsim.tui.apart import apart

    if "sqlmodel" in sys.modules or not apart("crmsim.store.founding", (str(path), header, seal), bool):
        from crmsim.store.founding import found

        found(path, header, seal)


def open_kept(path: str, seats: tuple[str, ...] = ()) -> Session:
    """A game that was left, at the seats that a person held."""
    from crmsim.game.crew import BOT
    from crmsim.public import open_save
    from crmsim.tui.session import Session

    game: Any = open_save(path)
    held = tuple(seat for seat, holder in game.holders.items() if not holder.startswith(BOT))
    session = Session(game, seats or held or (INSTRUCTOR,), path)
    session.on_leave = lambda: game.keeper.close(game) if game.keeper is not None else None
    return session
