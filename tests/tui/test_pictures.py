"""Pictures and the demo: wide characters have their room, no font comes from elsewhere, and none is out of date."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from tools.demo import moving
from tools.pictures import FOLDER, PICTURES, made, sealed
from tools.svg import patched

SVG = (
    '<style>@font-face { font-family: "Fira Code"; src: url("https://elsewhere/f.woff"); }</style>'
    '<text class="a" x="12" y="20" textLength="48" clip-path="url(#l)">a&#160;您b</text>'
)
NAMES = [(name, language) for name in (*PICTURES, "demo") for language in ("en", "zh")]
QUICK = {("home", "zh"), ("report", "en")}


def test_wide_characters_have_two_cells_in_a_picture() -> None:
    drawn = patched(SVG)
    found = re.findall(r'x="([\d.]+)"[^>]*textLength="([\d.]+)"[^>]*>([^<]*)<', drawn)
    assert found == [("12", "12", "a"), ("60", "12", "b")]
    assert '<tspan x="48">您</tspan>' in drawn
    assert 'text-anchor="middle"' in drawn


def test_a_picture_asks_nobody_for_a_font() -> None:
    assert "elsewhere" not in patched(SVG)


@pytest.mark.parametrize(("name", "language"), NAMES)
def test_every_picture_is_there_in_both_languages(name: str, language: str) -> None:
    text = (FOLDER / f"{name}.{language}.svg").read_text(encoding="utf-8")
    ET.fromstring(text)
    assert "@font-face" not in text
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", text).replace("https://www.textualize.io", "")
    assert len(re.findall("[一-鿿]</tspan>", text)) > 40 or language == "en"


@pytest.mark.covers("GAME-1")
@pytest.mark.parametrize(
    ("name", "language"),
    [pytest.param(*each, marks=[] if each in QUICK else [pytest.mark.slow]) for each in NAMES],
)
async def test_no_picture_is_out_of_date(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    kept = (FOLDER / f"{name}.{language}.svg").read_text(encoding="utf-8")
    now = sealed(*await made(name, language))
    assert kept.splitlines()[-1] == now.splitlines()[-1], "run make pictures"


def test_blocks_are_drawn_so_that_none_leaves_a_gap_to_the_next() -> None:
    text = '<text class="a" x="12" y="44.4" textLength="36" clip-path="url(#l)">█▄a</text>'
    whole, half, rest = re.findall(r"<[^/]*/(?:>|text>)", patched(text))
    assert re.findall(r'(?:x|width)="([\d.]+)"', whole) == ["12", "12"]
    top, high = (float(re.search(rf' {name}="([\d.]+)"', whole)[1]) for name in ("y", "height"))
    lower, less = (float(re.search(rf' {name}="([\d.]+)"', half)[1]) for name in ("y", "height"))
    assert (lower, less) == pytest.approx((top + high / 2, high / 2))
    assert rest.endswith(">a</text>")


def test_each_screen_of_the_demo_has_its_time_and_the_last_stays_where_nothing_may_move() -> None:
    drawn = moving([(f'<svg viewBox="0 0 10 5">{each}</svg>', seconds) for each, seconds in (("a", 1), ("b", 3))])
    assert "@keyframes shown0 { 0.000% { visibility: visible; } 25.000%, 100% { visibility: hidden; }" in drawn
    assert "@keyframes shown1 { 0% { visibility: hidden; } 25.000% { visibility: visible; } 100%" in drawn
    assert drawn.count("4s step-end infinite") == 2
    assert ".screen:last-child { visibility: visible; }" in drawn
