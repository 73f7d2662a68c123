"""Marks of a lab report: tier A recomputed from the journal, tier B by citations, tier C suggested and pending.

A suggestion is never counted until a person confirms it.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    CustomerLeft,
    DeliveryLate,
    OrderRejected,
    RequestOverdue,
    ReturnRefused,
    ServiceReopened,
    TalkClosed,
    TalkDeclined,
    TalkMissed,
    TalkOpened,
)
from crmsim.engine.facts import Fact
from crmsim.engine.words import Message, _, render
from crmsim.game import Game
from crmsim.grading.free_words import Suggestion, suggest
from crmsim.grading.own_figures import FIGURES, channels
from crmsim.scenarios.reporting import QuestionPart, ReportPart

PPM = 1_000_000
UNIT_OF_SIGN = {"%": "percent", "％": "percent", "¥": "money", "￥": "money", "元": "money",
                "min": "minutes", "minutes": "minutes", "分钟": "minutes", "分": "minutes"}  # fmt: skip
SCALE = {"percent": 10_000, "money": 100}  # of one as written
LOST: tuple[type[Fact], ...] = (
    TalkMissed, ContractDeclined, CustomerLeft, DeliveryLate, OrderRejected, RequestOverdue, ReturnRefused,
    ServiceReopened, TalkDeclined,
)  # fmt: skip
CHART_FACTS = 2


class Mark(msgspec.Struct, frozen=True):
    """Marks of one question, in hundredths; for tier C they are a suggestion and `pending`."""

    id: str
    tier: str
    points: int
    possible: int
    why: Message
    pending: bool = False
    suggestion: Suggestion | None = None


class ReportMarks(msgspec.Struct, frozen=True):
    """A report's marks, in hundredths: earned for sure, possible without a person, and waiting for one."""

    marks: tuple[Mark, ...]
    earned: int
    possible: int
    pending: int


def mark_report(game: Game, answers: dict[str, dict[str, Any]]) -> ReportMarks:
    """Mark a report against the game that it is about."""
    report = game.scenario.report
    given: dict[str, int | None] = {}
    marks: list[Mark] = []
    for question in report.questions:
        answer = answers.get(question.id, {})
        if question.tier == "A":
            mark, value = _mark_figure(game, report, question, answer, given)
            given[question.id] = value
        elif question.tier == "B":
            mark = _mark_causes(game, question, answer) if question.causes else _mark_choice(game, question, answer)
        else:
            mark = mark_words(question, str(answer.get("text", "")))
        marks.append(mark)
    sure = [each for each in marks if not each.pending]
    return ReportMarks(
        tuple(marks), sum(each.points for each in sure), sum(each.possible for each in sure),
        sum(each.possible for each in marks if each.pending),
    )  # fmt: skip


# -- tier A


def read_value(text: str) -> tuple[int, str] | None:
    """A number as written, in millionths, and the unit that stands with it; None when it is none."""
    found = re.fullmatch(
        r"\s*([¥￥]?)\s*(-?\d{1,12}(?:[,，]\d{3})*)(?:[.．](\d{1,6}))?\s*([%％元]|min|minutes|分钟|分)?\s*", text
    )
    if found is None:
        return None
    before, whole, rest, after = found.groups()
    whole = re.sub("[,，]", "", whole)
    value = abs(int(whole)) * PPM + int((rest or "0").ljust(6, "0"))
    return (-value if whole.startswith("-") else value), UNIT_OF_SIGN.get(before or after or "", "")


def _mark_figure(
    game: Game, report: ReportPart, question: QuestionPart, answer: dict[str, Any], given: dict[str, int | None]
) -> tuple[Mark, int | None]:
    possible = question.marks * 100
    right = FIGURES[question.figure](game, question.about) if question.figure in FIGURES else None
    read = read_value(str(answer.get("value", "")))

    def mark(share: int, why: Message, value: int | None = None) -> tuple[Mark, int | None]:
        return Mark(question.id, "A", possible * share // PPM, possible, why), value

    if not isinstance(right, int):  # nothing of the kind came up: the answer is that there is none
        none = str(answer.get("value", "")).strip().lower() in {"", "-", "0", "none", "无", "没有"}
        return mark(PPM if none else 0, _("Nothing of this kind came up in the game."))
    if read is None:
        return mark(0, _("There is no number."))
    written, unit = read
    value = written * SCALE.get(question.unit, 1) // PPM
    if unit and unit != question.unit:
        return mark(0, _("It is in another unit than asked for."), value)
    if _near(value, right, question):
        return mark(PPM, _("Right."), value)
    if not unit and any(_near(value * up // down, right, question) for up, down in _slips(question)):
        return mark(report.wrong_unit, _("The right value, in another unit."), right)
    if _carried(question, value, given):
        return mark(report.carried, _("The right method on an earlier wrong value."), value)
    return mark(0, _("It is not what the journal shows."), value)


def _slips(question: QuestionPart) -> tuple[tuple[int, int], ...]:
    """Factors by which a value is off when it was written in another unit of the kind."""
    return {"percent": ((100, 1),), "money": ((1, 100),), "minutes": ((60, 1), (1, 60))}.get(question.unit, ())


def _near(value: int, right: int, question: QuestionPart) -> bool:
    """Within the tolerance, or a rounding to one decimal of a per cent or to the minute."""
    rounding = {"percent": 1_000, "minutes": 1, "money": 100}.get(question.unit, 0)
    return abs(value - right) <= max(abs(right) * question.tolerance // PPM, rounding)


def _carried(question: QuestionPart, value: int, given: dict[str, int | None]) -> bool:
    if len(question.carry) != 2:
        return False
    upper, lower = (given.get(each) for each in question.carry)
    return bool(upper is not None and lower and _near(value, upper * PPM // lower, question))


# -- tier B


def relevant(game: Game, customer: str) -> list[int]:
    """The facts that show why a customer was lost: what went wrong, and talks that opened late or ended badly."""
    limit = game.world.settings.first_answer_minutes
    orders = {each.order for each in game.facts if getattr(each, "customer", "") == customer and hasattr(each, "order")}
    found = []
    for each in game.facts:
        mine = getattr(each, "customer", "") == customer
        if isinstance(each, OrderRejected) and each.order in orders:
            found.append(each.number)
        elif not mine:
            continue
        elif (
            isinstance(each, LOST)
            or (isinstance(each, TalkOpened) and each.waited > limit)
            or (isinstance(each, TalkClosed) and each.ending not in {"agreed", "next_step"})
        ):
            found.append(each.number)
    return found


def _mark_causes(game: Game, question: QuestionPart, answer: dict[str, Any]) -> Mark:
    possible, wanted = question.marks * 100, str(answer.get("customer", "")).strip()
    customer = _customer(game, wanted)
    if not wanted:
        return Mark(question.id, "B", 0, possible, _("No customer is named."))
    if customer is None:
        return Mark(question.id, "B", 0, possible, _("There is no customer {name}.", name=wanted[:60]))
    shown = relevant(game, customer.id)
    if customer.stage != "left" or not shown:
        return Mark(question.id, "B", 0, possible, _("{name} was not lost.", name=customer.title))
    told = [n for n in range(1, question.causes + 1) if str(answer.get(f"cause_{n}", "")).strip()]
    cited = list(dict.fromkeys(each for n in told for each in answer.get(f"facts_{n}", [])))
    hits, wants = sum(each in shown for each in cited), min(question.causes, len(shown))
    share = _share(hits, len(cited), wants) * min(len(told), wants) // wants
    why = _("{hits} of {cited} facts cited show why {name} was lost; {wants} were asked for.",
            hits=hits, cited=len(cited), name=customer.title, wants=wants)  # fmt: skip
    return Mark(question.id, "B", possible * share // PPM, possible, why)


def _share(hits: int, cited: int, wants: int) -> int:
    """Precision times recall, ppm: citing everything scores low."""
    return hits * PPM // cited * min(hits, wants) // wants if cited and wants else 0


def _customer(game: Game, wanted: str) -> Customer | None:
    found = game.world.find(Customer, wanted)
    names = (each for each in game.world.all(Customer) if wanted and wanted in {each.name, each.contact})
    return found if found is not None else next(names, None)


def _mark_choice(game: Game, question: QuestionPart, answer: dict[str, Any]) -> Mark:
    """Half for the choice, half for citations that belong to it."""
    possible = question.marks * 100
    right = FIGURES[question.figure](game, question.about) if question.figure in FIGURES else None
    chosen = str(answer.get("value", "")).strip().casefold()
    names = {str(right).casefold()}
    for each in game.scenario.channels:
        if each.id == right:
            names |= {render(each.name, language).casefold() for language in ("en", "zh")}
    if right is None or chosen not in names:
        return Mark(question.id, "B", 0, possible, _("It is not what the journal shows."))
    came = channels(game)
    fits = [
        each.number for each in game.facts if isinstance(each, ContractAccepted) and came.get(each.customer) == right
    ]
    cited = list(dict.fromkeys(answer.get("facts", [])))
    hits = sum(each in fits for each in cited)
    share = PPM // 2 + _share(hits, len(cited), min(CHART_FACTS, len(fits))) // 2
    why = _("Rightly chosen; {hits} of {cited} citations belong to it.", hits=hits, cited=len(cited))
    return Mark(question.id, "B", possible * share // PPM, possible, why)


# -- tier C


def mark_words(question: QuestionPart, text: str) -> Mark:
    """The suggested marks of an answer in free words: pending until a person confirms them."""
    asked = tuple(render(question.text, language) for language in ("en", "zh"))
    found = suggest(text, asked, question.least, question.most, question.themes)
    possible = question.marks * 100
    return Mark(question.id, "C", possible * found.share // PPM, possible, found.why, True, found)


def as_json(found: ReportMarks, language: str = "en") -> dict[str, Any]:
    """The marks as plain values, in points of 100."""
    return {
        "earned": found.earned / 100, "possible": found.possible / 100, "pending": found.pending / 100,
        "questions": [
            {
                "id": each.id, "tier": each.tier, "possible": each.possible / 100, "pending": each.pending,
                "points": None if each.pending else each.points / 100, "why": render(each.why, language),
                "suggested": None if each.suggestion is None else {
                    "points": each.points / 100,
                    "band": [each.possible * share // PPM / 100 for share in each.suggestion.band],
                    "spans": [list(span) for span in each.suggestion.spans],
                },
            }
            for each in found.marks
        ],
    }  # fmt: skip
