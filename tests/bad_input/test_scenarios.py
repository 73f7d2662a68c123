"""Scenario files with mistakes: each line is refused with a sentence that says where and what."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crmsim.cli.app import run
from crmsim.engine.words import render
from crmsim.scenarios.checker import check
from crmsim.scenarios.loader import scenario_path
from crmsim.scenarios.merging import merged
from crmsim.scenarios.semantics import Vocabulary

SOUND = """\
[meta]
id = "shop"
title = "A shop"
[company]
name = "Shop"
[[products]]
id = "lamp"
name = "Lamp"
price = 100
cost = 60
[[segments]]
id = "all"
name = "Everybody"
products = { lamp = 1 }
"""
DEFAULTS = merged({}).data
CONDITIONS = tuple(each.removeprefix("!") for row in DEFAULTS["moments"] for each in row.get("when", ()))
TOOLS = {place.partition(".")[2] for each in DEFAULTS["variants"] for place in each.get("set", {})}
CRITERIA = ("first_contact", *DEFAULTS["rubric"])
WORDS = Vocabulary(("ShipOrder",), criteria=CRITERIA, conditions=CONDITIONS, tools=tuple(sorted(TOOLS)))
CASES = tomllib.loads((Path(__file__).parent / "scenarios.toml").read_text(encoding="utf-8"))["case"]
HUGE = [  # what is added before the sound scenario, line, key, a part of the sentence
    pytest.param("x = " + "9" * 5000 + "\n", 1, "", "too long", id="5000 digits"),
    pytest.param("# " + "x" * 1_000_000 + "\n", 1, "", "larger than 1000000 bytes", id="over 1 MB"),
    pytest.param("x = " + "[" * 25 + "]" * 25 + "\n", 1, "x" + "[1]" * 19, "deeper than 20 levels", id="deep lists"),
    pytest.param(".".join("x" * 25) + " = 1\n", 1, ".".join("x" * 20), "deeper than 20 levels", id="deep tables"),
    pytest.param("x = " + "[" * 100_000 + "\n", 1, "", "deeper than 20 levels", id="deeper than Python goes"),
]


def spoiled(case: dict[str, Any]) -> str:
    """The sound scenario with a mistake."""
    text = SOUND
    if "replace" in case:
        assert case["replace"] in text
        text = text.replace(case["replace"], case["with"], 1)
    if "drop" in case:
        start = text.index(case["drop"])
        end = text.find("[[", start + 2)
        text = text[:start] + (text[end:] if end > 0 else "")
    before, after = case.get("before", ""), case.get("after", "")
    return (before + "\n" if before else "") + text + after


def only(text: str | bytes) -> list[tuple[int, str, str]]:
    """The mistakes of a text."""
    checked = check(text, "shop.toml", WORDS)
    assert checked.scenario is None or not checked.problems
    return [(each.line, each.key, render(each.message, "en")) for each in checked.problems]


def test_the_sound_scenario_is_sound() -> None:
    assert only(SOUND.replace("\n", "\r\n")) == only("\ufeff" + SOUND) == only(SOUND) == []


@pytest.mark.covers("GAME-5")
@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_a_mistake_is_named_by_line_and_key(case: dict[str, Any]) -> None:
    found = only(spoiled(case))
    assert any((each[0], each[1]) == (case["line"], case["key"]) and case["says"] in each[2] for each in found), found


@pytest.mark.covers("GAME-5")
@pytest.mark.parametrize(("before", "line", "key", "says"), HUGE)
def test_what_is_too_much_is_refused_at_once(before: str, line: int, key: str, says: str) -> None:
    assert [(each[0], each[1]) for each in only(before + SOUND)] == [(line, key)]
    assert says in only(before + SOUND)[0][2]


@pytest.mark.covers("GAME-5")
@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (SOUND.encode("utf-16"), "not UTF-8"),
        (SOUND.replace("Lamp", "灯").encode("gbk"), "not UTF-8"),
        (SOUND.replace("Lamp", "La\0mp").encode(), "not TOML"),
        (b"\xff" * 2_000_000, "larger"),
    ],
)
def test_a_file_that_is_no_text_is_refused(raw: bytes, says: str) -> None:
    assert says in only(raw)[0][2]


@pytest.mark.covers("GAME-5")
def test_all_mistakes_of_a_file_are_named_in_one_run_by_line() -> None:
    text = (
        SOUND.replace("price = 100", "price = true").replace("lamp = 1", "lmap = 1")
        + "[fair]\nlast_day = 30\nfurst = 1"
    )
    found = only(text)
    assert [each[0] for each in found] == sorted(each[0] for each in found)
    assert {each[1] for each in found} >= {
        'products["lamp"].price',
        'segments["all"].products.lmap',
        "fair.furst",
        "fair.last_day",
    }


@pytest.mark.covers("GAME-5")
@pytest.mark.parametrize("number", ["nan", "-inf"])
def test_a_number_that_is_none_is_named_wherever_it_stands_and_hides_no_other_mistake(number: str) -> None:
    lines = scenario_path("first_day").read_text(encoding="utf-8").splitlines()
    places = [n for n, line in enumerate(lines) if re.search(r"= [0-9_]+$", line)]
    assert len(places) > 20
    for place in places[::3]:
        spoilt = [re.sub(r"= [0-9_]+$", f"= {number}", line) if n == place else line for n, line in enumerate(lines)]
        found = only("\n".join(["furst = 1", *spoilt]))
        assert any(each[0] == place + 2 for each in found), (lines[place], found)
        assert "furst" in [each[1] for each in found]


def test_at_most_fifty_are_named() -> None:
    assert len(only(SOUND + "".join(f"[[rivals]]\nid = 'R{n}'\n" for n in range(80)))) == 50


def test_foreign_text_in_a_mistake_is_made_safe() -> None:
    found = only(SOUND + '"\\u001b[31m\\u202epwn" = 1\n')
    assert found and all("\x1b" not in each[1] + each[2] and "\u202e" not in each[1] + each[2] for each in found)


@pytest.mark.covers("GAME-5", "GAME-10")
def test_what_is_not_toml_is_told_in_the_instructors_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, said in (("[meta\nid = 1", "表名后面缺少 ]"), ("a = yes", "文字要加引号"), ("a = 1 b = 2", "另起一行"),
                       ('a = "x', "缺少右引号"), ("a = 1\na = 2", "前面已经写过")):  # fmt: skip
        (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
        assert run(["--lang", "zh", "scenario", "check", str(tmp_path / "bad.toml")]) == 2
        told = capsys.readouterr().err
        assert said in told and ": :" not in told


@pytest.mark.covers("GAME-5")
def test_a_number_in_another_base_is_no_way_round_the_limit_and_a_mistake_takes_one_line() -> None:
    for spoilt in ("x = 0x" + "f" * 5000, "products = [1, 0b" + "1" * 20_000 + "]", "format = 0x" + "f" * 5000):
        assert [each[2] for each in only(spoilt)] == ["This number is too long."]
    found = only(SOUND + '"na\\nme" = "a\\nb"\n')
    assert found and all("\n" not in each[1] + each[2] for each in found)


@pytest.mark.covers("GAME-5", "GAME-10")
def test_a_file_with_the_line_ends_of_an_old_machine_is_told_in_both_languages() -> None:
    (problem,) = check("# ours\ra = 1\r", "shop.toml", WORDS).problems
    assert "no text has" in render(problem.message, "en") and "另存为纯文本" in render(problem.message, "zh")
