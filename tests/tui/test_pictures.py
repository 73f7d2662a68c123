"""Pictures and the demo: wide characters have their room, no font comes from elsewhere, and none is out of date."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

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
