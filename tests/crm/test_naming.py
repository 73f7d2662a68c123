"""People read names and words of their language, never ids: every table and fact of a played game, and its news."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from crmsim.bots import crew
from crmsim.cli.common import crew_of
from crmsim.crm.facts import NeedRevealed
from crmsim.crm.naming import cell_of, sentence_of
from crmsim.engine.action import belongs
from crmsim.engine.words import render
from crmsim.game import Game
from crmsim.public import new_game
from crmsim.roles import TABLES
from crmsim.scenarios.casting import draw_cast
from crmsim.scenarios.loader import load_scenario

# addresses, commands, numbers of papers, words that Chinese offices write in Latin letters, authors whom a case cites
ALLOWED = re.compile(
    r"[\w.+-]+@[\w.-]+|crmsim (?:form|web)\b|--[a-z]+\b|\b[A-Z]+\d+\.html\b|"
    r"\b[A-Z]{1,2}\d+\b|\bp\d+\b|\bCRM\b|\bAPP\b|\bA4\b|\bWi-?Fi\b|\bUSB\b|\b(?:Oldroyd|McElheran|Elkington|Matos|TARP|HBR)\b",
    re.ASCII,
)


def _played(days: int) -> Game:
    scenario = load_scenario("first_month")
    seats = [each.id for each in scenario.seats]
    holders = dict.fromkeys(seats, "bot:competent")
    game = Game(
        scenario, 3, cast=draw_cast(scenario, 3, "zh"), players=crew(scenario, "competent", seats), holders=holders
    )
    game.advance(60 * 24 * days)
    return game


def _shown(game: Game) -> Iterator[tuple[str, str]]:
    for seat in [*(each.id for each in game.scenario.seats), "customer-1"]:
        view = game.view(seat)
        for table in TABLES:
            if belongs(table, view):
                for row in table.rows(view):
                    for column in table.columns:
                        value = cell_of(view, column, row)
                        if value is not None and not isinstance(value, int):
                            yield f"{table.id}/{column.label}", render(value, "zh")
                    paper = table.waits(row, view) if table.waits else None
                    if paper is not None:
                        yield f"{table.id} waits", render(paper.why, "zh") + render(paper.what, "zh")
    for seat in ("director", "sales-1", "service"):
        view = game.view(seat)
        for fact in game.facts:
            if type(fact).summary:
                yield type(fact).__name__, render(sentence_of(view, fact), "zh")


@pytest.mark.covers("GAME-10")
@pytest.mark.parametrize("day", [0, 9])
def test_a_chinese_reader_meets_no_english_word(day: int) -> None:
    month = _played(day)
    met: dict[str, str] = {}
    for where, text in _shown(month):
        for word in re.findall(r"[A-Za-z]{3,}", ALLOWED.sub("", text)):
            met.setdefault(f"{where}: {word}", text[:80])
    assert not met, "\n".join(f"{where}  in  {text}" for where, text in sorted(met.items())[:40])


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
