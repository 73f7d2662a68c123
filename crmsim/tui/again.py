"""Another run, from the last screen: the same customers again, others about as hard, a challenge, or by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.worker import WorkerCancelled

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import Words, _
from crmsim.tui.offer import Offer
from crmsim.tui.room import Room

if TYPE_CHECKING:
    from crmsim.scenarios.schema import Scenario


def special(scenario: Scenario, practice: bool = False) -> list[Words]:
    """What is special about a game of a scenario: that it is practice, and which variants are in force."""
    found: list[Words] = [_("practice")] if practice else []
    return found + [each.title for each in scenario.variants if each.id in scenario.variant]


def titled(scenario: Scenario) -> Words:
    """A scenario's title, with what is special about it."""
    words: Words = scenario.meta.title
    for each in special(scenario):
        words = _("{title} · {more}", title=words, more=each)
    return words


def ways(scenario: Scenario) -> list[tuple[Words, dict[str, Any]]]:
    """What a rematch may be: how it is called, and what is asked for."""
    found: list[tuple[Words, dict[str, Any]]] = [
        (_("The same customers again"), {}),
        (_("Other customers, about as many, who want as much"), {"equal": True}),
    ]
    for each in scenario.variants:
        if each.id not in scenario.variant:
            found.append((_("{title}: {text}", title=each.title, text=each.text), {"variants": [each.id]}))
    return found


def offer(room: Room, save: str, scenario: Scenario) -> None:
    """Ask how to play again, and begin that game."""
    from crmsim.grading.again import rematch
    from crmsim.store.jsonl import read_any

    known = ways(scenario)

    def begin(at: int | None) -> None:
        if at is not None:
            room.run_worker(_leave_for(room, lambda: rematch(read_any(save), **known[at][1])), exclusive=True)

    room.app.push_screen(Offer(_("Play again"), [(words, None) for words, _asked in known]), begin)


def go_on_from(room: Room, save: str, entry: int, minute: int) -> None:
    """Practice from a decision."""
    from crmsim.grading.again import play_on
    from crmsim.store.jsonl import read_any

    room.run_worker(_leave_for(room, lambda: play_on(read_any(save), entry, minute)), exclusive=True)


async def _leave_for(room: Room, make: Any) -> None:
    """Make the other game beside the screen, leave this one, and sit down there."""
    crm = room.crm
    room.say(_("A moment: the other game is set up…"))
    try:
        path: Path = await crm.run_worker(make, thread=True, exit_on_error=False).wait()
    except WorkerCancelled:
        return  # the reader has left the room, or asks for another game
    except Exception as error:
        cause = getattr(error, "error", error)
        if isinstance(cause, CrmsimError):
            room.say(cause.message, "error")
            return
        raise
    if crm.session is not None:
        crm.session.close()
        crm.session = None
    crm.call_later(_sit_down, crm, str(path))


async def _sit_down(crm: Any, path: str) -> None:
    """Only the game's own screens are left behind; the new desk stands where the old one stood."""
    left: list[Screen[Any]] = crm.screen_stack[1:]
    for _each in left:
        await crm.pop_screen()
    crm.go_on(path)
