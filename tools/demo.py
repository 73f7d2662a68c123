"""The recorded demo as one picture that moves: a first morning at work, played by keys, and what the day comes to."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from tools.svg import patched

SIZE = (84, 25)
SEED = 2


class Scene(NamedTuple):
    """Keys that are pressed, what stands over the screen then, and how long it stays."""

    keys: tuple[str, ...]
    en: str
    zh: str
    seconds: float = 2.5


PLAYED = (
    Scene((), "Choose a company …", "选择场景……", 2),
    Scene(("enter", "down", "down", "space"), "… and your seats", "……和岗位"),
    Scene(("f5",), "What your seats are for", "岗位说明", 3),
    Scene(("enter",), "To do: what hurts most first", "待办：最要紧的排在最前"),
    Scene(("enter",), "An order to review: read, decide", "审核订单：先看清，再决定", 3.5),
    Scene(("enter", "n", "w"), "At the reception somebody writes", "客户接洽：有人来信"),
    Scene(("enter",), "A talk: every digit is a way to go on", "洽谈：按数字选择沟通动作", 3),
    Scene(("2",), "You see the sentence before you say it", "要说的话先显示，再说出", 3),
    Scene(("enter", "w"), "Asked well, told; it is kept on the right", "问得好，客户就说，右侧随时记下", 3.5),
    Scene(("8", "enter", "w"), "Whom to call back", "索取联系方式", 3),
    Scene(("4", "enter", "w", "w"), "What it may cost", "询问预算", 3),
    Scene(("9",), "The record: filled with what was said", "添加客户资料：谈话内容已填好", 4),
)
OF_A_DAY = {  # pictures of the same company after a day of competent programs
    "report": Scene((), "Later that day: where customers come from", "当天晚些时候：客户来源", 3.5),
    "card": Scene((), "The end: a grade with its reasons", "一天结束：成绩和依据", 5),
}
FRAME = re.compile(r"<svg [^>]*viewBox=\"0 0 ([\d.]+) ([\d.]+)\"[^>]*>")


async def demo(language: str) -> tuple[str, str]:
    """The demo: as SVG that moves, and all its screens as text."""
    from crmsim.tui.app import CrmsimApp
    from crmsim.tui.opening import Wishes
    from tools.pictures import draw, screen_of

    kept = os.environ.get("CRMSIM_HOME")
    frames: list[tuple[str, float]] = []
    texts: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["CRMSIM_HOME"] = home
        app = CrmsimApp(Wishes(seed=SEED, save=str(Path(home) / "lab.crmsim")), "first_day", lang=language)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.3)
            for scene in PLAYED:
                await pressed(pilot, scene.keys)
                if app.session is not None and app.session.ended:
                    raise RuntimeError("The demo's keys lead elsewhere now: the day is over before it is shown.")
                title = getattr(scene, language)
                frames.append((patched(app.export_screenshot(title=title)), scene.seconds))
                texts += (title, screen_of(app))
    if kept is None:
        del os.environ["CRMSIM_HOME"]
    else:
        os.environ["CRMSIM_HOME"] = kept
    for name, scene in OF_A_DAY.items():
        title = getattr(scene, language)
        svg, text = await draw(name, language, SIZE, SEED, title)
        frames.append((svg, scene.seconds))
        texts += (title, text)
    return moving(frames), "\n".join(texts)


async def pressed(pilot: Any, keys: tuple[str, ...]) -> None:
    """Keys, each with time to take effect; a message in the corner has gone when the screen is taken."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.15)
    pilot.app.clear_notifications()
    await pilot.pause(0.3)


def moving(frames: list[tuple[str, float]]) -> str:
    """Screens one after the other, over and over. Each is there for its seconds and hidden for the rest; where
    nothing may move, the last is there."""
    found = FRAME.search(frames[0][0])
    assert found is not None
    whole, begins = sum(seconds for _svg, seconds in frames), 0.0
    styles, parts = [".screen { visibility: hidden; }", ".screen:last-child { visibility: visible; }"], []
    for number, (svg, seconds) in enumerate(frames):
        start, end = 100 * begins / whole, 100 * (begins + seconds) / whole
        shown, hidden = "{ visibility: visible; }", "{ visibility: hidden; }"
        before = f"0% {hidden} " if number else ""
        after = f"{end:.3f}%, 100% {hidden} " if number < len(frames) - 1 else f"100% {shown} "
        styles.append(f"@keyframes shown{number} {{ {before}{start:.3f}% {shown} {after}}}")
        parts.append(
            f'<g class="screen" style="animation: shown{number} {whole:g}s step-end infinite">{svg.strip()}</g>'
        )
        begins += seconds
    styles.append("@media (prefers-reduced-motion: reduce) { .screen { animation: none !important; } }")
    width, height = found.groups()
    style = "\n".join(styles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">\n<style>{style}</style>\n'
        + "\n".join(parts)
        + "\n</svg>"
    )
