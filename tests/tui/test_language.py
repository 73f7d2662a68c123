"""The language is switched while one plays: every screen then says what it says to whom it speaks that language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from typing import Any

import pytest

from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
from tests.tui import walk
from tests.tui.at_desk import press, still

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
