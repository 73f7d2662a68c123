"""The instructor's page speaks only of commands and options that there are, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmsim.cli.app import run
from crmsim.scenarios.loader import bundled

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("instructor.md", "instructor.zh.md")
GROUPS = ("scenario", "saves", "report", "class", "attest")


def commands(page: str) -> list[list[str]]:
    """Every `crmsim ...` of a page, as words."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [each.split() for each in re.findall(r"`crmsim ([^`]+)`", text)]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_of_the_page_exists(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(page)
    assert len(found) > 15
    for words in found:
        name = words[: 2 if words[0] in GROUPS else 1]
        assert run([*name, "--help"]) == 0, words
        said = capsys.readouterr().out
        options = [each for each in words if each.startswith("--")]
        assert all(each in said for each in options), words


@pytest.mark.parametrize("page", PAGES)
def test_the_scenarios_of_the_page_exist(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert set(re.findall(r"first_\w+|phone_shop", text)) <= set(bundled())


def test_both_pages_say_the_same_commands() -> None:
    names = [[words[0] for words in commands(page)] for page in PAGES]
    assert sorted(set(names[0])) == sorted(set(names[1]))
