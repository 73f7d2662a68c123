"""Free words that wait for a person's mark, those that say nearly the same together, so that like earns like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from crmsim.engine.errors import CrmsimError
from crmsim.grading.answers import read_answers
from crmsim.grading.free_words import Suggestion
from crmsim.grading.labreport import mark_words
from crmsim.grading.overriding import confirm
from crmsim.grading.policy import Policy
from crmsim.grading.submission import read
from crmsim.grading.workers import Progress
from crmsim.scenarios.loader import scenario_from_text
from crmsim.scenarios.reporting import QuestionPart

GRAM = 3  # characters
ALIKE = 600_000  # ppm of shared pieces from which two answers are near-equal
PPM = 1_000_000


class Waiting(msgspec.Struct, frozen=True):
    """One student's answer in free words with its suggested marks (hundredths); `given` is a person's mark, if any."""

    file: str
    student: str
    question: QuestionPart
    text: str
    points: int
    possible: int
    suggestion: Suggestion
    given: float | None = None


def waiting(files: Sequence[Path], progress: Progress | None = None) -> list[Waiting]:
    """Every answer in free words of these hand-ins; files that cannot be read are left to the grading to name."""
    found: list[Waiting] = []
    for number, path in enumerate(files, 1):
        if progress is not None:
            progress(number, len(files))
        try:
            handed = read(path)
            answers = read_answers(handed.report)
            questions = scenario_from_text(handed.header.scenario_text).report.questions
        except (CrmsimError, ValueError):
            continue
        student = handed.header.student
        for question in questions:
            if question.tier == "C":
                text = str(answers.get(question.id, {}).get("text", "")).strip()
                mark = mark_words(question, text)
                assert mark.suggestion is not None
                found.append(Waiting(str(path), student, question, text, mark.points, mark.possible, mark.suggestion))
    return found


def marked(answers: Sequence[Waiting], policy: Policy) -> list[Waiting]:
    """The answers with the marks that a person has given them."""
    return [
        msgspec.structs.replace(each, given=policy.confirmed_points(each.student, each.question.id)) for each in answers
    ]


def groups(answers: Sequence[Waiting]) -> list[list[Waiting]]:
    """The answers question by question, near-equal ones together, the largest group first; one alone is a group."""
    found: list[list[Waiting]] = []
    for question in dict.fromkeys(each.question.id for each in answers):
        mine: list[tuple[set[str], list[Waiting]]] = []
        for each in answers:
            if each.question.id != question:
                continue
            grams = _grams(each.text)
            near = next((group for first, group in mine if _shared(first, grams) >= ALIKE), None)
            if near is None:
                mine.append((grams, [each]))
            else:
                near.append(each)
        found += sorted((group for _first, group in mine), key=len, reverse=True)
    return found


def confirm_group(path: Path, group: Sequence[Waiting], points: float, by: str) -> None:
    """The same marks for all of a group, each kept with who gave them."""
    confirm(path, [(each.student, each.question.id) for each in group], points, by)


def _grams(text: str) -> set[str]:
    plain = "".join(each for each in text.casefold() if each.isalnum())
    return {plain[at : at + GRAM] for at in range(max(1, len(plain) - GRAM + 1))}


def _shared(one: set[str], other: set[str]) -> int:
    return len(one & other) * PPM // max(1, len(one | other))


def as_json(each: Waiting) -> dict[str, Any]:
    """An answer as plain values, in points."""
    return {
        "file": each.file, "student": each.student, "question": each.question.id, "text": each.text,
        "suggested": each.points / 100, "possible": each.possible / 100, "given": each.given,
        "spans": [list(span) for span in each.suggestion.spans],
    }  # fmt: skip
