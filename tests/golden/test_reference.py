"""The reference says what the declarations say: a changed action, table or fact changes it, knowingly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.reference import DOCS, page


@pytest.mark.covers("GAME-10", "GAME-12")
@pytest.mark.parametrize(("language", "name"), [("en", "reference.md"), ("zh", "reference.zh.md")])
def test_the_reference_is_up_to_date(language: str, name: str) -> None:
    assert Path(DOCS / name).read_text(encoding="utf-8") == page(language), "run: make reference, then read the diff"
