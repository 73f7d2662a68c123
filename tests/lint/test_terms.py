"""The Chinese interface speaks the words of the sources: every term of the requirements is in a text that is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmsim.scenarios.loader import load_scenario, scenario_text
from tools.compile_locale import LOCALE, read
from tools.extract_locale import LANGUAGE

TERMS = Path(__file__).with_name("terms.txt")
BUNDLED = ("first_day", "first_month", "phone_shop")
NOT_SHOWN = {  # terms of the sources for which the interface has other words
    "审核通过或驳回": "two choices, 审核通过 and 驳回, stand apart",
    "销售代表仅可管理所负责的客户": "a sentence of the source about rights, not a word of a screen",
    "正常消费流程": "the name of a flow, not of a screen", "退货流程": "the name of a flow, not of a screen",
    "手工CRM成绩": "the grade card says 手工 and CRM apart",
}  # fmt: skip


def terms() -> list[str]:
    lines = TERMS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def shown() -> str:
    """Every Chinese text of the program and of the bundled scenarios."""
    known = read(LOCALE / LANGUAGE).texts.values()
    return "\n".join([*known, *(scenario_text(load_scenario(name)) for name in BUNDLED)])


@pytest.mark.covers("GAME-10")
def test_every_term_of_the_sources_is_a_word_of_the_interface() -> None:
    text = shown()
    assert [each for each in terms() if each not in text and each not in NOT_SHOWN] == []
    assert len(terms()) > 100
