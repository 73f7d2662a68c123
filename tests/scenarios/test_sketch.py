"""What the first screen tells of a scenario before it is read whole is what the whole tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmsim.scenarios import bundle
from crmsim.scenarios.bundle import bundled, parted
from crmsim.scenarios.sketch import sketch
from crmsim.tui.opening import at_a_glance, checked, whole


@pytest.mark.parametrize("name", bundled())
def test_a_glance_tells_what_the_whole_tells(name: str) -> None:
    assert sketch(name) == whole(name)


def test_a_file_that_a_glance_cannot_tell_is_read_whole_and_one_with_mistakes_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = bundle.bundled_file("first_day")
    assert good is not None
    text = good.read_text(encoding="utf-8")
    files = {
        "plain": text,
        "silent": text.replace("playable_customers = 1\n", ""),  # left to the schema
        "torn": text.replace("[meta]", "[meta"),
        "wrong": text.replace("days = 1\n", 'days = "one"\n'),
        "unsound": text.replace('roles = ["promoter", "sales"]', 'roles = ["promotre"]'),
    }
    for name, each in files.items():
        (tmp_path / f"{name}.toml").write_text(each, encoding="utf-8")
    monkeypatch.setattr(bundle, "_PLACES", (tmp_path,))
    assert sketch("silent") is None and sketch("torn") is None and sketch("wrong") is None
    glance = {each.name: each for each in at_a_glance()}
    assert list(glance) == ["plain", "silent", "unsound"] and glance["silent"].customers == 1
    assert [name for name in glance if checked(name) is None] == ["unsound"]


def test_a_name_is_parted_from_its_variants_and_a_path_is_not(tmp_path: Path) -> None:
    assert parted("first_day+manual+short") == ("first_day", ["manual", "short"])
    path = tmp_path / "one+two.toml"
    path.write_text("", encoding="utf-8")
    assert parted(path) == (str(path), [])
