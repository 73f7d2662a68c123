"""A lab report as it is archived: head, 目的, 内容, 过程, 数据与图表, 分析, 总结; from report.toml and its game."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import INSTRUCTOR
from crmsim.crm.naming import sentence_of
from crmsim.crm.report import Chart, Report, heading, shown
from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _, render, translate
from crmsim.game import Game
from crmsim.grading.answers import FILE, HEAD, MOST_TEXT, charts_of, read_answers
from crmsim.grading.labreport import ReportMarks
from crmsim.scenarios.reporting import QuestionPart

SECTIONS = {
    "purpose": N_("Purpose"), "content": N_("Content of the lab"), "process": N_("Process"),
    "data": N_("Data and charts"), "analysis": N_("Analysis"), "summary": N_("Summary"),
}  # fmt: skip
MOST_CHARTS, MOST_LINES = 3, 60


@dataclass(frozen=True)
class Grid:
    """A table on paper."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = str | Grid | Chart


@dataclass(frozen=True)
class Section:
    """A section with its title and what stands in it, in order."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Paper:
    """A whole report, in one language, every foreign text made safe."""

    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    language: str


def paper(game: Game, text: bytes, language: str = "en", marks: ReportMarks | None = None) -> Paper:
    """The report of a game by its report.toml; with its marks and what was said of them, when they are given."""
    answers = read_answers(text)
    written = tomllib.loads(text.decode("utf-8-sig"))
    report = game.scenario.report
    given = written.get("head", {})
    head = tuple(
        (translate(name, language), _line(given.get(name.replace(" ", "_")) if isinstance(given, dict) else ""))
        for name in HEAD
    )
    parts: dict[str, list[Part]] = {name: [] for name in SECTIONS}
    parts["purpose"].append(_line(written.get("purpose")) or render(report.purpose, language))
    parts["content"].append(_line(written.get("content")) or render(report.content, language))
    parts["process"] += [_line(each) for each in _list(written.get("process"))]
    parts["data"] += _overview(written.get("overview"), language)
    parts["data"].append(_figures(game, answers, language))
    for chosen in _chosen(game, written):
        parts["data"] += _drawn(game, chosen, language)
    for question in report.questions:
        if question.tier != "A":
            parts[question.place] += _answer(game, question, answers.get(question.id, {}), language)
    sections = [Section(translate(SECTIONS[name], language), tuple(found)) for name, found in parts.items()]
    if marks is not None:
        sections.append(Section(translate(N_("Marks and comments"), language), (_marked(marks, language),)))
    return Paper(render(report.title, language), head, tuple(sections), language)


def _line(value: Any) -> str:
    return safe_text(value.strip(), MOST_TEXT) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value[:MOST_LINES] if isinstance(value, list) else []


def _overview(value: Any, language: str) -> Iterator[Grid]:
    if isinstance(value, dict) and value:
        rows = ((translate(_word(name), language), safe_text(str(each), 40)) for name, each in value.items())
        yield Grid((translate(N_("Overview"), language), ""), tuple(rows))


OVERVIEW = {
    "contacts": N_("Made contact"), "customers": N_("Customers who bought"), "orders": N_("Orders"),
    "satisfaction": N_("Satisfaction"), "conversion": N_("Conversion"), "operating_profit": N_("Operating profit"),
}  # fmt: skip


def _word(name: str) -> str:
    return OVERVIEW.get(name, safe_text(name, 40))


def _figures(game: Game, answers: Mapping[str, Mapping[str, Any]], language: str) -> Grid:
    """The student's own figures: what was asked, what was written."""
    rows = [
        (render(each.text, language), str(answers.get(each.id, {}).get("value", "")).strip() or "–")
        for each in game.scenario.report.questions
        if each.tier == "A"
    ]
    return Grid((translate(N_("Question"), language), translate(N_("Answer"), language)), tuple(rows))


def _chosen(game: Game, written: Mapping[str, Any]) -> list[Report]:
    """The charts that the student named; the first that its seats may show, when it named none."""
    offered = {each.id: each for each in charts_of(game)}
    wanted = [str(each) for each in _list(written.get("charts"))][:MOST_CHARTS]
    for each in wanted:
        if each not in offered:
            known = ", ".join(offered)
            raise BadInput(_("{file}: there is no chart {id}. Charts: {known}.", file=FILE, id=each[:40], known=known))
    return [offered[each] for each in wanted] or list(offered.values())[:1]


def _drawn(game: Game, report: Report, language: str) -> Iterator[Part]:
    view = game.view(INSTRUCTOR)
    yield heading(report, language)
    rows, dates = list(report.rows(view)), game.scenario.calendar.dates
    if rows:
        yield report.chart(view)
        names = (translate(report.heading, language), *(translate(each, language) for each in report.series))
        cells = (
            (render(row.label, language, dates), *(shown(each, report.unit, language, dates) for each in row.values))
            for row in rows[:MOST_LINES]
        )
        yield Grid(names, tuple(cells))


def _answer(game: Game, question: QuestionPart, answer: Mapping[str, Any], language: str) -> Iterator[Part]:
    """A question with its answer; facts that are cited are told in words."""
    yield render(question.text, language)
    if question.causes:
        yield render(_("Customer: {name}", name=str(answer.get("customer", "")).strip() or "–"), language)
        rows = []
        for number in range(1, question.causes + 1):
            cited = _cited(game, answer.get(f"facts_{number}", []), language)
            rows.append((str(answer.get(f"cause_{number}", "")).strip() or "–", cited))
        yield Grid((translate(N_("Cause"), language), translate(N_("Evidence"), language)), tuple(rows))
    elif question.tier == "B":
        yield str(answer.get("value", "")).strip() or "–"
        yield Grid((translate(N_("Evidence"), language),), ((_cited(game, answer.get("facts", []), language),),))
    else:
        yield str(answer.get("text", "")).strip() or "–"


def _cited(game: Game, numbers: Any, language: str) -> str:
    view = game.view(INSTRUCTOR)
    told = [
        render(
            _("{when:time} {what}", when=fact.minute, what=sentence_of(view, fact)),
            language,
            game.scenario.calendar.dates,
        )
        for fact in (game.facts[each] for each in numbers if 0 <= each < len(game.facts))
    ]
    return "\n".join(told) or "–"


def _marked(marks: ReportMarks, language: str) -> Grid:
    rows = [
        (each.id, "?" if each.pending else f"{each.points / 100:g}", f"{each.possible / 100:g}",
         render(each.why, language))
        for each in marks.marks
    ]  # fmt: skip
    names = (N_("Question"), N_("Points"), N_("Of"), N_("Comment"))
    return Grid(tuple(translate(each, language) for each in names), tuple(rows))
