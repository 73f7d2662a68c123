"""What happened, in sentences: people, papers and words by their names, never a number of the program."""

from __future__ import annotations

import re

import pytest

from crmsim.cli.common import crew_of
from crmsim.crm.facts import NeedRevealed
from crmsim.crm.naming import sentence_of
from crmsim.engine.words import render
from crmsim.public import load_scenario, new_game


@pytest.mark.covers("GAME-10")
def test_news_names_people_and_what_they_said_in_both_languages() -> None:
    scenario = load_scenario("first_day")
    game = new_game(scenario, 0, crew_of(scenario, "competent"))
    game.advance_to(1440)
    views = [game.view(seat) for seat in ("reception", "sales-1", "director")]
    told = [(type(each), each, [render(sentence_of(view, each), lang) for lang in ("en", "zh")])
            for each in game.facts for view in views]  # fmt: skip
    assert len(told) > 300
    for _kind, _fact, (english, chinese) in told:
        assert not re.search(r"\b(T|p)\d+\b|stranger-|\{", english + chinese)
    needs = {each.topic: words for kind, each, (_english, words) in told if kind is NeedRevealed}
    assert re.search(r"说明了决策日期：第\d天", needs["deadline"])
    assert re.search(r"说明了数量：\d", needs["quantity"])
