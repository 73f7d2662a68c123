"""Every screen as it was seen to be right, in both languages, at 80 x 24 and at 140 x 40.

make goldens writes them anew; look at what changed before you
keep it."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import pytest

from crmsim import tui
from crmsim.tui.room import Shared
from tests.tui import walk

FOLDER = Path(__file__).parent / "golden"
UPDATE = "CRMSIM_UPDATE_GOLDEN"
MUST = {"start", "briefing", "home-director", "form-review", "talk", "palette", "help", "centre", "card", "stories",
        "replay", "watch", "too-small", "tables"}  # fmt: skip


def screens() -> set[type]:
    """Every screen and sheet of the interface: what nothing else is made from."""
    for module in pkgutil.iter_modules(tui.__path__, f"{tui.__name__}."):
        importlib.import_module(module.name)

    def below(kind: type) -> set[type]:
        made = {each for each in kind.__subclasses__() if each.__module__.startswith(tui.__name__)}
        return set.union({kind}, *map(below, made)) if made else {kind}

    return {each for each in below(Shared) if not each.__subclasses__()}


def told(name: str, table: str) -> str:
    """A table as an entry of the list of tables."""
    lines = table.split("\n")
    empty = "│" + " " * (len(lines[-1]) - 2) + "│"
    return f"## {name}\n" + "\n".join(line for line in lines if line.strip() and line != empty) + "\n"


async def seen(language: str, size: tuple[int, int], home: Path) -> tuple[dict[str, str], set[type]]:
    """Every screen by its name, and which classes of screens were seen."""
    found: dict[str, str] = {}
    classes: set[type] = set()

    def keep(stop: walk.Stop) -> None:
        name, screen = stop.name, walk.frozen(stop.text)
        classes.add(stop.screen)
        kind, _dash, what = name.partition("-")
        if kind == "table" or (kind == "form" and what[:1].isupper()):
            found[f"{kind}s"] = found.get(f"{kind}s", "") + told(what, screen)
        else:
            found[name] = screen.rstrip("\n") + "\n"

    async for stop in walk.opening(language, size, home):
        keep(stop)
    app = walk.desk_app(language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for part in (walk.homes, walk.at_work, walk.tables):
            async for stop in part(pilot):
                keep(stop)
    for scene in (walk.afterwards, walk.at_stops, walk.papers):
        async for stop in scene(language, size, home):
            keep(stop)
    return found, classes


@pytest.mark.covers("GAME-1", "GAME-10", "DIR-13", "REP-1", "REP-2", "REP-3", "REP-4", "REP-5", "CTL-1", "REG-6")
@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("zh", (80, 24)),
        ("en", (140, 40)),
        pytest.param("en", (80, 24), marks=pytest.mark.slow),
        pytest.param("zh", (140, 40), marks=pytest.mark.slow),
    ],
    ids=str,
)
async def test_every_screen_is_as_it_was_seen_to_be_right(
    language: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    (tmp_path / "saves").mkdir()
    found, classes = await seen(language, size, tmp_path)
    assert found.keys() >= MUST
    assert screens() - classes == set(), "screens that the walk does not reach"
    kept_or_compared(FOLDER / f"{language}-{size[0]}x{size[1]}", found, spared={"forms"})


@pytest.mark.slow
@pytest.mark.covers("GAME-1", "GAME-10")
@pytest.mark.parametrize("language", walk.LANGUAGES)
async def test_every_form_is_as_it_was_seen_to_be_right(language: str) -> None:
    app, forms = walk.desk_app(language), ""
    async with app.run_test(size=walk.SIZES[0]) as pilot:
        await pilot.pause()
        async for stop in walk.forms(pilot):
            forms += told(stop.name.removeprefix("form-"), walk.frozen(stop.text))
    assert forms.count("## ") > 120
    width, height = walk.SIZES[0]
    kept_or_compared(FOLDER / f"{language}-{width}x{height}", {"forms": forms})


def kept_or_compared(folder: Path, found: dict[str, str], spared: Iterable[str] = ()) -> None:
    """Written anew when that is asked for; else each screen is what is kept, and none is missing."""
    if os.environ.get(UPDATE):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.txt"):
            if len(found) > 1 and path.stem not in spared:
                path.unlink()
        for name, text in found.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        return
    kept = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    if len(found) > 1:
        assert kept.keys() - set(spared) == found.keys()
    changed = [
        line
        for name, text in found.items()
        if text != kept[name]
        for line in unified_diff(
            kept[name].split("\n"), text.split("\n"), f"{name} kept", f"{name} now", lineterm="", n=1
        )
    ]
    assert not changed, "\n" + "\n".join(changed)


@pytest.mark.parametrize("language", walk.LANGUAGES)
def test_no_screen_is_wider_than_its_window(language: str) -> None:
    from rich.cells import cell_len

    for width, height in walk.SIZES:
        for path in (FOLDER / f"{language}-{width}x{height}").glob("*.txt"):
            for line in path.read_text(encoding="utf-8").split("\n"):
                assert cell_len(line) <= width, (path.name, line)
