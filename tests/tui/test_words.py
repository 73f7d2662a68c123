"""The words of Chinese screens: those of the sources are there, and no English one is but names and keys.

The screens are the goldens, which another test holds to what the screens show."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tools.compile_locale import LOCALE, read
from tools.extract_locale import LANGUAGE

HERE = Path(__file__).parent
TERMS = (HERE / "terms.txt").read_text(encoding="utf-8").split()  # of requirements.md
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
# an address, whole or cut by a column or the end of a line, and the ids that a rule may name
ADDRESS = re.compile(r"\d{11} +[a-z]+ +│|[\w.+-]+@[\w.…-]*|\b[a-z]{4,}\d+\b|\b[a-z]*\.com\b|\{\w+\}|[a-z]+_[a-z_]+")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
FRAME = re.compile(r"[│╭╮╰╯─▏▎▍▌▋▊▉█▇▆▅▄▃▂▁\s]+")
BENEATH = {  # on screens that the walk does not come to, where time stands and no game was kept
    "实战": "grades of kept games",
    "手工": "grades of kept games",
    "需重点跟进": "the flag of an agreed time that passed",
    "数据字典": "the list of dictionaries",
    "表单中心": "further down the menu",
    "客户退货审核": "further down the menu",
    "产品管理": "further down the menu",
    "选择退货": "further down a customer's menu",
    "客户回馈": "what an action of care says of itself",
}  # fmt: skip
WAYS = {"palette", "bringing"}  # one names every action in both languages, one a person's own file


@pytest.mark.covers("GAME-10")
def test_every_term_of_the_sources_is_on_a_screen() -> None:
    shown = "".join(FRAME.sub("", path.read_text(encoding="utf-8")) for path in SCREENS)
    assert len(TERMS) > 100
    assert [each for each in TERMS if each not in shown and each not in BENEATH] == []
    known = " ".join(read(LOCALE / LANGUAGE).texts.values())
    assert [each for each in BENEATH if each not in known] == []


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
