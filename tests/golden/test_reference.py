"""The reference says what the declarations say: a changed action, table or fact changes it, knowingly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crmsim.roles import ACTIONS, TABLES
from tools.reference import DOCS, page


@pytest.mark.covers("GAME-10", "GAME-12")
@pytest.mark.parametrize(("language", "name"), [("en", "reference.md"), ("zh", "reference.zh.md")])
def test_the_reference_is_up_to_date(language: str, name: str) -> None:
    assert Path(DOCS / name).read_text(encoding="utf-8") == page(language), "run: make reference, then read the diff"


@pytest.mark.covers("GAME-12")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_reference_tells_every_action_and_table_that_a_person_has(language: str) -> None:
    sections = page(language).split("\n## ")[1:-2]  # without facts and mishaps
    desks = {role for table in TABLES for role in table.roles}
    assert {"director", "service", "customer"} <= desks and len(sections) == len(desks)
    told, theirs = "\n".join(sections), [each for each in (*ACTIONS, *TABLES) if desks.intersection(each.roles)]
    assert [each for each in theirs if f"(`{_id(each)}`, " not in told] == []
    assert not [each.split("\n")[0] for each in sections if "- **" not in each]


def _id(declared: Any) -> str:
    return str(getattr(declared, "id", "") or declared.__name__)
