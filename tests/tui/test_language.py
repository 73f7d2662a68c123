"""The language is switched while one plays: every screen then says what it says to whom it speaks that language."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.screen import Screen

from crmsim.tui.app import CrmsimApp
from crmsim.tui.grades import Grades
from crmsim.tui.opening import Wishes
from crmsim.tui.player import Player
from crmsim.tui.reports import Reports
from crmsim.tui.session import Session
from crmsim.tui.stories import Stories
from crmsim.tui.watch import Watch
from tests.tui import walk
from tests.tui.at_desk import app_at, press, still

DRAFTS = {"talk-own-words"}  # what somebody is about to say stays as it is written


def english_company(language: str) -> CrmsimApp:
    """The same people in either language."""
    app = walk.desk_app("en")
    return CrmsimApp(Wishes(), session=app.session, lang=language)


async def told(spoken: str, parts: Any, switched: bool) -> AsyncIterator[tuple[str, str]]:
    """Every screen of these parts in a language, spoken from the first picture on or switched to at each stop."""
    other = {"en": "zh", "zh": "en"}[spoken]
    app = english_company(other if switched else spoken)
    async with app.run_test(size=walk.SIZES[0]) as pilot:
        await pilot.pause()
        for part in parts:
            async for stop in part(pilot):
                if switched:
                    await press(pilot, "f4")
                yield stop.name, walk.frozen(await still(pilot))
                if switched:
                    await press(pilot, "f4")


@pytest.mark.slow
@pytest.mark.covers("GAME-1", "GAME-10")
@pytest.mark.parametrize("spoken", walk.LANGUAGES)
@pytest.mark.parametrize("parts", [(walk.homes, walk.at_work), (walk.tables,)], ids=("at work", "tables"))
async def test_a_screen_whose_language_is_switched_says_what_it_says_to_those_who_speak_it(
    spoken: str, parts: Any
) -> None:
    wanted = {name: text async for name, text in told(spoken, parts, switched=False)}
    found = {name: text async for name, text in told(spoken, parts, switched=True)}
    assert wanted.keys() == found.keys() and len(wanted) > 20
    off = [
        (name, line, other)
        for name in wanted
        if name not in DRAFTS
        for line, other in zip(wanted[name].split("\n"), found[name].split("\n"), strict=True)
        if line != other
    ]
    assert not off, "\n".join(chain.from_iterable(off))


ROOMS: dict[str, Callable[[Session], Screen[Any]]] = {
    "reports": lambda session: Reports(),
    "grades": lambda session: Grades(True, ""),
    "stories": Stories,
    "replay": lambda session: Player(session.reel()),
    "watch": Watch,
}


@pytest.mark.covers("GAME-1", "GAME-10")
@pytest.mark.parametrize("room", ROOMS)
async def test_a_language_switched_before_a_screen_stands_is_its_language(
    room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    seen = []
    for begun in walk.LANGUAGES:
        app = app_at("director", "instructor", lang=begun)
        async with app.run_test(size=walk.SIZES[0]) as pilot:
            await pilot.pause()
            app.push_screen(ROOMS[room](app.session))
            if begun == "en":
                app.action_language()
            seen.append(await still(pilot))
    assert seen[0] == seen[1]


@pytest.mark.covers("GAME-1", "GAME-10")
async def test_what_is_found_by_name_may_be_opened_anew_while_it_is_still_leaving() -> None:
    app = app_at("director")
    async with app.run_test(size=walk.SIZES[0]) as pilot:
        await pilot.pause()
        app.action_command_palette()
        await pilot.pause()
        app.workers.cancel_node(app.screen)
        app.pop_screen()
        app.action_command_palette()
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await press(pilot, "f4")
        assert "您想做什么" in await still(pilot)
