from __future__ import annotations

import re

from tools.pictures import FOLDER, PICTURES, patched

SVG = (
    '<style>@font-face { font-family: "Fira Code"; src: url("https://elsewhere/f.woff"); }</style>'
    '<text class="a" x="12" y="20" textLength="48" clip-path="url(#l)">a&#160;您b</text>'
)


def test_wide_characters_have_two_cells_in_a_picture() -> None:
    drawn = patched(SVG)
    found = re.findall(r'x="([\d.]+)"[^>]*textLength="([\d.]+)"[^>]*>([^<]*)<', drawn)
    assert found == [("12", "12", "a"), ("60", "12", "b")]
    assert '<tspan x="48">您</tspan>' in drawn
    assert 'text-anchor="middle"' in drawn


def test_a_picture_asks_nobody_for_a_font() -> None:
    assert "elsewhere" not in patched(SVG)


def test_every_picture_is_there_in_both_languages() -> None:
    for name in PICTURES:
        for language in ("en", "zh"):
            text = (FOLDER / f"{name}.{language}.svg").read_text(encoding="utf-8")
            assert "@font-face" not in text
            assert bool(re.search("[\u4e00-\u9fff]{2}", text)) is (language == "zh" or "中文" in text)
