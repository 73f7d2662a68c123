"""Every screen as it was seen to be right, in both languages, at 80 x 24 and at 140 x 40.

make goldens writes them anew; look at what changed before you
keep it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.tui import walk

FOLDER = Path(__file__).parent / "golden"
UPDATE = "CRMSIM_UPDATE_GOLDEN"
MUST = {"start", "briefing", "home-director", "form-review", "talk", "palette", "help", "centre", "card", "stories",
        "replay", "watch", "too-small", "tables"}  # fmt: skip


def told(name: str, table: str) -> str:
    """A table as an entry of the list of tables."""
    lines = table.split("\n")
    empty = "│" + " " * (len(lines[-1]) - 2) + "│"
    return f"## {name}\n" + "\n".join(line for line in lines if line.strip() and line != empty) + "\n"


async def seen(language: str, size: tuple[int, int], home: Path) -> dict[str, str]:
    """Every screen by its name."""
    found: dict[str, str] = {}

    def keep(name: str, screen: str) -> None:
        screen = walk.frozen(screen)
        kind, _dash, what = name.partition("-")
        if kind == "table" or (kind == "form" and what[:1].isupper()):
            found[f"{kind}s"] = found.get(f"{kind}s", "") + told(what, screen)
        else:
            found[name] = screen.rstrip("\n") + "\n"

    async for name, screen in walk.opening(language, size, home):
        keep(name, screen)
    app = walk.desk_app(language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for part in (walk.homes, walk.at_work, walk.tables):
            async for name, screen in part(pilot):
                keep(name, screen)
    async for name, screen in walk.afterwards(language, size, home):
        keep(name, screen)
    return found


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
    found = await seen(language, size, tmp_path)
    assert found.keys() >= MUST
    kept_or_compared(FOLDER / f"{language}-{size[0]}x{size[1]}", found, spared={"forms"})


@pytest.mark.slow
@pytest.mark.covers("GAME-1", "GAME-10")
@pytest.mark.parametrize("language", walk.LANGUAGES)
async def test_every_form_is_as_it_was_seen_to_be_right(language: str) -> None:
    app, forms = walk.desk_app(language), ""
    async with app.run_test(size=walk.SIZES[0]) as pilot:
        await pilot.pause()
        async for name, screen in walk.forms(pilot):
            forms += told(name.removeprefix("form-"), walk.frozen(screen))
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
