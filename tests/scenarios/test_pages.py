"""The pages that people read speak only of commands and options that there are, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmsim.cli.app import run
from crmsim.scenarios.loader import bundled
from tests.web.test_web import CHROMIUM

ROOT = Path(__file__).parents[2]
PAGES = {  # and how many commands each names at least
    "docs/instructor.md": 16, "docs/instructor.zh.md": 16, "docs/course.md": 16, "docs/course.zh.md": 16,
    "README.md": 17, "README.zh.md": 17,
    "docs/student.md": 0, "docs/student.zh.md": 0, "docs/developer.md": 2, "docs/balance.md": 1, "docs/validity.md": 1,
}  # fmt: skip
GROUPS = ("scenario", "saves", "report", "class", "attest")


def commands(page: str) -> list[list[str]]:
    """Every `crmsim ...` of a page, as words."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [each.removeprefix("--lang zh").split() for each in re.findall(r"`crmsim ([^`]+)`", text)]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_of_the_page_exists(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(page)
    assert len(found) >= PAGES[page]
    for words in filter(None, found):
        name = words[: 2 if words[0] in GROUPS else 1]
        assert run([*name, "--help"]) == 0, words
        said = capsys.readouterr().out
        options = [each for each in words if each.startswith("--")]
        assert all(each in said for each in options), words


@pytest.mark.parametrize("page", PAGES)
def test_the_scenarios_of_the_page_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert set(re.findall(r"first_\w+|phone_shop", text)) <= set(bundled())


@pytest.mark.parametrize("page", ["docs/instructor.md", "docs/course.md", "README.md"])
def test_both_languages_say_the_same_commands(page: str) -> None:
    english, chinese = (
        {words[0] for words in commands(each) if words} for each in (page, page.replace(".md", ".zh.md"))
    )
    assert english == chinese


SHEET = """<!doctype html><meta charset="utf-8"><style>@page { size: A4; margin: 14mm }
body { font: 9.5pt/1.35 "Noto Sans", "Noto Sans CJK SC", sans-serif } h1 { font-size: 14pt; margin: 0 0 4pt }
h2 { font-size: 11pt; margin: 6pt 0 2pt } p, ol { margin: 3pt 0 } code { font-size: 8.5pt }
table { border-collapse: collapse; width: 100% } td, th { border: .5pt solid #999; padding: 1pt 4pt; text-align: left }
</style>"""


@pytest.mark.browser
@pytest.mark.parametrize("page", ["docs/instructor.md", "docs/instructor.zh.md"])
async def test_the_instructor_s_guide_prints_on_one_page(page: str) -> None:
    if not CHROMIUM:
        pytest.skip("no browser on this machine")
    from markdown_it import MarkdownIt
    from playwright.async_api import async_playwright

    text = MarkdownIt("commonmark").enable("table").render((ROOT / page).read_text(encoding="utf-8"))
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        sheet = await browser.new_page()
        await sheet.set_content(SHEET + text)
        printed = await sheet.pdf(prefer_css_page_size=True)
        await browser.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
