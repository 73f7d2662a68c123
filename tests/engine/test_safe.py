"""Foreign text loses what could disturb a terminal, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmsim.engine.safe import safe_text

HOSTILE = [
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b]0;title\x07x", "x"),
    ("a\u202eb\u2066c", "abc"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("\ud800lone", "lone"),
    ("z" + "\u0301" * 40, "z\u0301\u0301"),
    ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
    ("[/bold]", "[/bold]"),
    ("tab\there", "tab here"),
    ("王经理 ¥1,234.50 ok", "王经理 ¥1,234.50 ok"),
    ("\x00\x07bell", "bell"),
]


@pytest.mark.parametrize(("text", "safe"), HOSTILE)
def test_hostile_text_is_made_safe(text: str, safe: str) -> None:
    assert safe_text(text) == safe


@given(st.text(max_size=300), st.integers(0, 200))
def test_safe_text_is_short_quiet_and_stays_as_it_is(text: str, most: int) -> None:
    safe = safe_text(text, most)
    assert len(safe) <= most
    assert safe_text(safe, most) == safe
    assert not any(unicodedata.category(each) in {"Cc", "Cs", "Co"} and each != "\n" for each in safe)


def test_ten_thousand_characters_are_cut() -> None:
    assert safe_text("字" * 10_000, 500) == "字" * 500
