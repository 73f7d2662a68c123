"""Answers that are none: what a lab report earns by tricks, tier by tier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.customer import Customer
from crmsim.engine.words import render
from crmsim.game import Game
from crmsim.grading.labreport import mark_report
from crmsim.grading.selftest.ladder import Check
from crmsim.scenarios.reporting import QuestionPart

PPM = 1_000_000
MOST = 250_000  # of full marks
FILLER = {
    "en": "In today's world this topic is of great and growing importance for everybody who takes part in it. "
          "There are many sides to it, and all of them should be taken into account with care and attention. ",
    "zh": "在当今社会，这一问题具有十分重要的意义，值得我们每一个人认真思考。方方面面都需要统筹兼顾，才能不断进步。",
}  # fmt: skip
DENIED = {"en": "It is not {word}. ", "zh": "并不是{word}。"}
TRICKS = ("question copied", "word list", "all answers at once", "negated answer", "filler")


def text_of(trick: str, question: QuestionPart, language: str) -> str:
    """What a student who tries this trick writes to a question, about as long as it should be."""
    asked = render(question.text, language)
    words = [word for theme in question.themes for word in theme if word.isascii() == (language == "en")]
    whole = {
        "question copied": asked,
        "word list": ", ".join(words),
        "all answers at once": ". ".join(words) + ".",
        "negated answer": "".join(DENIED[language].format(word=each) for each in words),
        "filler": FILLER[language],
    }[trick]
    while whole and len(whole) < question.least:
        whole += " " + whole
    return whole[: question.most or None]


def answers(trick: str, game: Game, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The whole report of somebody who tries one trick everywhere."""
    facts = [each.number for each in game.facts]
    lost = next((each.id for each in game.world.all(Customer) if each.stage == "left"), "")
    for question in game.scenario.report.questions:
        text = text_of(trick, question, language)
        if trick == "all answers at once":
            value = " ".join(str(each) for each in range(200)) if question.tier == "A" else " ".join(
                each.id for each in game.scenario.channels)  # fmt: skip
        else:
            value = text
        answer: dict[str, Any] = {"value": value, "text": text, "facts": facts[:60], "customer": lost}
        for number in range(1, question.causes + 1):
            answer |= {f"cause_{number}": text, f"facts_{number}": facts[:60]}
        yield question.id, answer


def texts(game: Game) -> list[Check]:
    """For each trick, the greatest share of full marks that any question gives for it, pending ones included."""
    found = []
    for trick in TRICKS:
        best, where = 0, ""
        for language in ("en", "zh"):
            for mark in mark_report(game, dict(answers(trick, game, language))).marks:
                share = mark.points * PPM // max(1, mark.possible)
                if share > best:
                    best, where = share, f"{mark.id}, {language}"
        shown = f"{best / PPM:.0%}" + (f" ({where})" if where else "")
        found.append(Check(f"text.{trick}", trick, f"<= {MOST / PPM:.0%}", shown, best <= MOST))
    return found
