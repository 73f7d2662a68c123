"""The recorded demo: a first morning at work, played by keys, as one picture that moves."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from tools.svg import patched

SIZE = (84, 25)
SEED = 3
SECONDS = 2.4  # that a screen stays
KEYS: tuple[tuple[str, ...], ...] = (  # keys, after each of which a screen is taken
    (), ("enter", "down", "down", "space"), ("f5",), ("enter",), ("enter",), ("enter",), ("n",), ("w",),
    ("enter",), ("1",), ("enter", "w"), ("2",), ("enter", "w"), ("3",), ("enter", "w"), ("escape", "n", "ctrl+p"),
    ("escape", "f9"),
)  # fmt: skip
FRAME = re.compile(r"<svg [^>]*viewBox=\"0 0 ([\d.]+) ([\d.]+)\"[^>]*>")


async def demo(language: str) -> tuple[str, str]:
    """The demo: as SVG that moves, and all its screens as text."""
    from crmsim.tui.app import CrmsimApp
    from crmsim.tui.opening import Wishes
    from tools.pictures import screen_of

    kept = os.environ.get("CRMSIM_HOME")
    frames: list[str] = []
    texts: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["CRMSIM_HOME"] = home
        app = CrmsimApp(Wishes(seed=SEED, save=str(Path(home) / "lab.crmsim")), "first_day", lang=language)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.3)
            for keys in KEYS:
                await pressed(pilot, keys)
                if app.session is not None and app.session.ended:
                    raise RuntimeError("The demo's keys lead elsewhere now: the day is over before it is shown.")
                text = screen_of(app)
                if not texts or text != texts[-1]:
                    frames.append(patched(app.export_screenshot(title="crmsim")))
                    texts.append(text)
    if kept is None:
        del os.environ["CRMSIM_HOME"]
    else:
        os.environ["CRMSIM_HOME"] = kept
    return moving(frames), "\n".join(texts)


async def pressed(pilot: Any, keys: tuple[str, ...]) -> None:
    """Keys, each with time to take effect; a message in the corner has gone when the screen is taken."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.15)
    pilot.app.clear_notifications()
    await pilot.pause(0.3)


def moving(frames: list[str]) -> str:
    """Screens one after the other, over and over. Each is there for its part of the time and hidden for the rest."""
    found = FRAME.search(frames[0])
    assert found is not None
    share, whole = 100 / len(frames), SECONDS * len(frames)
    style = (
        f"@keyframes shown {{ 0%, {share:.3f}% {{ visibility: visible; }} {share + 0.001:.3f}%, 100% "
        f"{{ visibility: hidden; }} }} .screen {{ visibility: hidden; animation: shown {whole:g}s step-end infinite; }}"
    )
    parts = [
        f'<g class="screen" style="animation-delay: {number * SECONDS:g}s">{svg.strip()}</g>'
        for number, svg in enumerate(frames)
    ]
    width, height = found.groups()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">\n<style>{style}</style>\n'
        + "\n".join(parts)
        + "\n</svg>"
    )
