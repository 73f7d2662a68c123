"""The words of Chinese screens: those of the sources are there, and no English one is but names and keys.

The screens are the goldens, which another test holds to what the screens show."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from crmsim.roles.resources import FLOWS, FLOWS_TABLE
from crmsim.tui.reader import Reader
from tests.tui.at_desk import still
from tests.tui.walk import desk_app, goto

HERE = Path(__file__).parent
TERMS = [each for each in (HERE / "terms.txt").read_text(encoding="utf-8").split("\n") if each[:1] not in {"", "#"}]
SCREENS = sorted(HERE.glob("golden/zh-*/*.txt"))
# Keys, the program's name, abbreviations that Chinese users write so, names of products and of files, mail addresses,
# the sources a case cites, the other language's name.
ALLOWED = {
    "CRMSIM",
    "CRM",
    "OpenDocument",  # the name of a format
    "crmsim",
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "Shift",
    "Ctrl",
    "PgUp",
    "PgDn",
    "Home",
    "End",
    "English",
    "QR",
    "Excel",
    "CSV",
    "docx",
    "xlsx",
    "lab-one",
    "lab-two",
    "Oldroyd",
    "McElheran",
    "Elkington",
}
IDS = re.compile(r"^[A-Za-z]{1,2}\d+[A-Z]?$|^[a-z]{1,2}$|^F\d+$|^[A-Z]$")
ADDRESS = re.compile(r"[\w.+-]+@[\w.…-]*|\b[a-z]*\.com\b")  # whole or cut by a column or the end of a line
ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
FRAME = re.compile(r"[│╭╮╰╯─▏▎▍▌▋▊▉█▇▆▅▄▃▂▁\s]+")
GRADES = ("手工CRM", "手工CRM成绩", "实战CRM成绩")  # where games of both kinds are kept: test_again.py
WAYS = {"palette", "bringing"}  # one names every action in both languages, one a person's own file


@pytest.mark.covers("GAME-10")
async def test_every_term_of_the_sources_is_on_a_screen() -> None:
    shown = "".join(FRAME.sub("", path.read_text(encoding="utf-8")) for path in SCREENS)
    shown += await _whole_menus()
    assert len(TERMS) > 100
    assert {each for each in TERMS if each not in shown} == set(GRADES)


async def _whole_menus() -> str:
    """Desks in a window that holds their menus to the end, and what the resource centre tells of the business."""
    app, found = desk_app("zh"), ""
    async with app.run_test(size=(140, 200)) as pilot:
        await pilot.pause()
        for seat in ("director", "customer-1"):
            goto(app, seat)
            await pilot.pause()
            found += await still(pilot)
        goto(app, "director")
        app.screen.open_table(FLOWS_TABLE)  # type: ignore[attr-defined]
        found += await still(pilot)
        app.push_screen(Reader(FLOWS[1].title, FLOWS[1].text))
        found += await still(pilot)
    return FRAME.sub("", found)


@pytest.mark.covers("GAME-10")
def test_no_english_word_is_on_a_chinese_screen() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for path in SCREENS:
        if path.stem in WAYS:
            continue
        text = ADDRESS.sub(" ", path.read_text(encoding="utf-8"))
        text = re.sub(r"^## .*$", "", text, flags=re.MULTILINE)
        for word in ENGLISH.findall(text):
            if word not in ALLOWED and not IDS.match(word):
                found[path.stem, word] += 1
    assert not found, sorted(found)
