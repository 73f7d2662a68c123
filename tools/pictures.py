"""Draws the pictures of README and docs by running the game without a terminal: docs/pictures/*.svg.

    python tools/pictures.py           all of them and the demo, in both languages (make pictures)

A picture is what the screen shows, so it is never out of date once drawn again; a test tells when it is.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools.demo import demo  # noqa: E402
from tools.svg import patched  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
SIZE = (100, 30)
SEED = 3


def company(language: str, scenario: str, people: tuple[str, ...], seed: int) -> Any:
    """A company of competent programs with these seats left to a person."""
    from crmsim.public import load_scenario, new_game

    found = load_scenario(scenario)
    holders = {each.id: "bot:competent" for each in found.seats} | dict.fromkeys(people, "person")
    return new_game(found, seed, holders, language=language)


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
    """The grade card at the end of a day of programs."""
    pilot.app.session.end()
    pilot.app.screen.look()
    await pilot.pause(0.5)


async def report(pilot: Any) -> None:
    """Where the customers come from."""
    desk = pilot.app.screen
    desk.open_table(next(each for each in pilot.app.session.tables if each.id == "report-source"))
    await pilot.pause(0.3)


# What is played, who holds the seats, until what minute programs play first, and what is done then.
PICTURES: dict[str, tuple[str, tuple[str, ...], int, Callable[[Any], Awaitable[None]]]] = {
    "home": ("first_day", ("reception", "sales-1"), 0, home),
    "talk": ("first_day", ("reception",), 0, talk),
    "report": ("first_day", (), 16 * 60, report),
    "card": ("first_day", (), 17 * 60, card),
}


def screen_of(app: Any) -> str:
    """The screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def sealed(svg: str, text: str) -> str:
    """A picture that says of which screens it is, so that one can tell when it is out of date."""
    mark = blake2b(text.encode(), digest_size=8).hexdigest()
    return f"{svg.rstrip()}\n<!-- screens {mark} -->\n"


async def draw(
    name: str, language: str, size: tuple[int, int] = SIZE, seed: int = SEED, title: str = "crmsim"
) -> tuple[str, str]:
    """One picture: as SVG, and as text."""
    from crmsim.tui.app import CrmsimApp
    from crmsim.tui.opening import Wishes
    from crmsim.tui.session import Session

    scenario, people, minute, scene = PICTURES[name]
    game = company(language, scenario, people, seed)
    if minute:
        game.advance_to(minute)
    session = Session(game, people or ("director",), save_path="lab")
    session.lesson.on = False
    app = CrmsimApp(Wishes(), session=session, lang=language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.3)
        await scene(pilot)
        return patched(app.export_screenshot(title=title)), screen_of(app)


async def made(name: str, language: str) -> tuple[str, str]:
    """A picture or the demo."""
    return await (demo(language) if name == "demo" else draw(name, language))


def main() -> None:
    """Draw them all, or those that are named."""
    os.environ["CRMSIM_HOME"] = tempfile.mkdtemp()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or (*PICTURES, "demo"):
        for language in ("en", "zh"):
            path = FOLDER / f"{name}.{language}.svg"
            path.write_text(sealed(*asyncio.run(made(name, language))), encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
