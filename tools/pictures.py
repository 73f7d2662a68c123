"""Draws the pictures of README and docs by running the game without a terminal: docs/pictures/*.svg.

    python tools/pictures.py           all of them, in both languages (make pictures)

A picture is what the screen shows, so it is never out of date once drawn again. Rich measures wide characters as one
cell when it says how long a text is (rich #2742), and asks for a font from elsewhere; both are put right here.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.cells import cell_len

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

FOLDER = ROOT / "docs" / "pictures"
SIZE = (100, 30)
SEED = 3
TEXT = re.compile(r'<text ([^>]*?)x="([\d.]+)"([^>]*?)textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
FAMILY = "Fira Code, DejaVu Sans Mono, Menlo, Consolas, Noto Sans CJK SC, monospace"


def patched(svg: str) -> str:
    """A picture whose wide characters have their room, and which asks nobody for a font."""

    def placed(found: re.Match[str]) -> str:
        before, left, between, length, after, written = found.groups()
        text = html.unescape(written)
        cell, at, runs = float(length) / max(1, len(text)), float(left), []
        for wide, run in groupby(text, key=lambda each: cell_len(each) == 2):
            words = "".join(run)
            size = cell * len(words) * (2 if wide else 1)
            if wide:  # each in the middle of its two cells, whatever the font
                shown = "".join(
                    f'<tspan x="{at + cell * (2 * number + 1):g}">{html.escape(each)}</tspan>'
                    for number, each in enumerate(words)
                )
                runs.append(f'<text {before}x="{at:g}"{between}text-anchor="middle"{after}>{shown}</text>')
            elif words.strip():
                start = at + cell * (len(words) - len(words.lstrip()))
                inner = words.strip()
                shown = html.escape(inner).replace(" ", "&#160;").replace("\xa0", "&#160;")
                runs.append(
                    f'<text {before}x="{start:g}"{between}textLength="{cell * len(inner):g}"{after}>{shown}</text>'
                )
            at += size
        return "".join(runs)

    svg = FONTS.sub("", TEXT.sub(placed, svg))
    return svg.replace("font-family: Fira Code, monospace", f"font-family: {FAMILY}")


def company(language: str, scenario: str, people: tuple[str, ...]) -> Any:
    """A company of competent programs with these seats left to a person."""
    from crmsim.public import load_scenario, new_game

    found = load_scenario(scenario)
    holders = {each.id: "bot:competent" for each in found.seats} | dict.fromkeys(people, "person")
    return new_game(found, SEED, holders, language=language)


async def home(pilot: Any) -> None:
    """The home list with some papers on it."""
    for _turn in range(20):
        if len(pilot.app.session.papers()) >= 3:
            break
        await pilot.press("f6")
    await pilot.pause(0.3)


async def talk(pilot: Any) -> None:
    """A conversation in its fourth turn, the next sentence ready."""
    await home(pilot)
    await pilot.press("enter")
    for move in "123":
        await pilot.press(move)
        await pilot.pause(0.2)
        await pilot.press("enter")
        await pilot.pause(0.2)
        await pilot.press("w")
        await pilot.pause(0.3)
    await pilot.press("4")
    await pilot.pause(0.5)


async def card(pilot: Any) -> None:
    """The grade card of a company of programs after ten days."""
    session = pilot.app.session
    session.end()
    pilot.app.screen.look()
    await pilot.pause(0.5)


PICTURES: dict[str, tuple[str, tuple[str, ...], int, Callable[[Any], Awaitable[None]]]] = {
    "home": ("first_day", ("reception", "sales-1"), 0, home),
    "talk": ("first_day", ("reception",), 0, talk),
    "card": ("first_month", (), 10, card),
}


async def draw(name: str, language: str) -> str:
    """One picture, as SVG."""
    from crmsim.engine.words import DAY
    from crmsim.tui.app import CrmsimApp
    from crmsim.tui.opening import Wishes
    from crmsim.tui.session import Session

    scenario, people, days, scene = PICTURES[name]
    game = company(language, scenario, people)
    if days:
        game.advance_to(days * DAY)
    session = Session(game, people or ("director",), save_path="lab")
    session.lesson.on = False
    app = CrmsimApp(Wishes(), session=session, lang=language)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.3)
        await scene(pilot)
        return patched(app.export_screenshot(title="crmsim"))


def main() -> None:
    """Draw them all."""
    os.environ["CRMSIM_HOME"] = tempfile.mkdtemp()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        for language in ("en", "zh"):
            path = FOLDER / f"{name}.{language}.svg"
            path.write_text(asyncio.run(draw(name, language)) + "\n", encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
