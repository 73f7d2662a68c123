"""Where keys stand in a file, and what the checker says of the files that come with the game."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmsim.engine.words import render
from crmsim.scenarios.checker import check
from crmsim.scenarios.loader import bundled, read_scenario_file, scenario_path
from crmsim.scenarios.locating import Place, line_at, lines_of
from crmsim.scenarios.merging import merged
from crmsim.scenarios.semantics import Vocabulary, talk_mistakes

TRICKY = """\
# [not.a.table]
a = 1
b.c = "x # = [y]"
"d e".'f.g' = '''
[no]
h = 1'''
i = [ # one
  1, "two ]",
  { j = 3, k.l = [
    4,
  ] },
]
[m]
n = 2025-03-03T07:32:00Z
[[o]]
p = 1
[[o.q]]
r = \"\"\"a \\\"\"\" b\"\"\"
[[o.q]]
r = 2
[[o]]
[o.s]
t = { u = { v = -1.5e3 } }
"""
LINES: dict[Place, int] = {
    ("a",): 2,
    ("b", "c"): 3,
    ("d e", "f.g"): 4,
    ("i",): 7,
    ("i", 0): 8,
    ("i", 1): 8,
    ("i", 2, "j"): 9,
    ("i", 2, "k", "l", 0): 10,
    ("m",): 13,
    ("m", "n"): 14,
    ("o", 0, "p"): 16,
    ("o", 0, "q", 0, "r"): 18,
    ("o", 0, "q", 1, "r"): 20,
    ("o", 1): 21,
    ("o", 1, "s", "t", "u", "v"): 23,
}


def leaves(value: Any, place: Place = ()) -> list[Place]:
    """Every place of a table that holds no other."""
    if isinstance(value, dict) and value:
        return [each for key, inner in value.items() for each in leaves(inner, (*place, key))]
    if isinstance(value, list) and value:
        return [each for number, inner in enumerate(value) for each in leaves(inner, (*place, number))]
    return [place]


@pytest.mark.covers("GAME-5")
def test_each_key_is_found_on_its_line() -> None:
    lines = lines_of(TRICKY)
    assert {place: lines.get(place) for place in LINES} == LINES
    assert set(leaves(tomllib.loads(TRICKY))) <= set(lines)
    assert lines_of(TRICKY.replace("\n", "\r\n")) == lines
    assert line_at(lines, ("m", "unknown", 3)) == 13 and line_at(lines, ("nowhere",)) == 1


@pytest.mark.parametrize("name", bundled())
def test_every_key_of_a_bundled_file_is_found(name: str) -> None:
    text = read_scenario_file(scenario_path(name)).decode()
    lines = lines_of(text)
    for place in leaves(tomllib.loads(text)):
        keys = [each for each in place if isinstance(each, str)]
        assert keys[-1] in text.splitlines()[lines[place[: place.index(keys[-1]) + 1]] - 1]


def test_the_defaults_are_a_business_on_their_own() -> None:
    whole = merged({}).data
    assert {"seats", "media", "channels", "terms", "dictionaries", "surveys"} <= whole.keys()
    assert [(place, render(each, "en")) for place, each in talk_mistakes(whole)] == []


@pytest.mark.covers("GAME-5")
def test_a_vocabulary_widens_the_check() -> None:
    text = read_scenario_file(scenario_path("first_day")) + b"\n[minutes]\nFly = 5\n"
    assert check(text).problems == ()
    problem = check(text, "x.toml", Vocabulary(actions=("ShipOrder",))).problems[0]
    assert problem.key == "minutes.Fly" and problem.line == text.count(b"\n")


@given(st.text(max_size=300) | st.binary(max_size=300))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_is_checked_without_a_crash(source: str | bytes) -> None:
    checked = check(source)
    assert checked.scenario is None and checked.problems


@given(st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_sound_file_with_a_piece_cut_out_never_crashes(data: st.DataObject) -> None:
    text = read_scenario_file(scenario_path("first_day")).decode()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 400)))
    filling = data.draw(st.sampled_from(["", "=", "[[", "{}", "[]", '"', "true", "-1", "1e9", "\n[x]\n"]))
    for problem in check(text[:start] + filling + text[end:]).problems:
        assert 1 <= problem.line <= text.count("\n") + 4 and render(problem.message, "zh")
