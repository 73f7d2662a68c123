"""A lab report as a student writes it: report.toml, its template, and what is still missing in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomlkit

from crmsim.crm.analysis.all import REPORTS
from crmsim.crm.company import DIRECTOR, INSTRUCTOR
from crmsim.crm.figures import figures
from crmsim.crm.naming import joined
from crmsim.crm.report import Report
from crmsim.engine.action import label_of
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, N_, Message, Words, _, money, percent, render
from crmsim.game import Game
from crmsim.game.crew import BOT
from crmsim.game.journal import ABOUT_THE_GAME
from crmsim.scenarios.reporting import QuestionPart, ReportPart

FILE = "report.toml"
MOST_TEXT = 5_000  # characters of one answer
MOST_FACTS = 60
MOST_NUMBER = 10**18
HEAD = (N_("class"), N_("student number"), N_("name"), N_("seat"), N_("date"))


def template(game: Game, save: str, language: str = "en") -> str:
    """A report.toml with the process and the overview of this very game; the answers are left empty."""
    report, document = game.scenario.report, tomlkit.document()
    document.add(_remark(report.title, language))
    document["save"] = save
    head, known = tomlkit.table(), {"student number": game.student, "seat": _held(game, language)}
    for name in HEAD:
        head[name.replace(" ", "_")] = known.get(name, "")
        head[name.replace(" ", "_")].comment(render(_("{word:label}", word=name), language))
    document["head"] = head
    document["purpose"] = render(report.purpose, language)
    document["content"] = render(report.content, language)
    document["process"] = list(_process(game, language))
    document["overview"] = _overview(game)
    offered = charts_of(game)
    document["charts"] = [each.id for each in offered[:1]]
    shown = ", ".join(f"{each.id} ({render(_('{word:label}', word=each.label), language)})" for each in offered)
    document["charts"].comment(render(_("the charts to be drawn, of these: {names}", names=shown), language))
    answers = tomlkit.table(is_super_table=True)
    for question in report.questions:
        answers[question.id] = _blank(question, language)
    document["answers"] = answers
    return tomlkit.dumps(document)


def _remark(words: Words, language: str) -> Any:
    """Words of the scenario as a remark, which is one line."""
    return tomlkit.comment(" ".join(safe_text(render(words, language), 400).split()))


def charts_of(game: Game) -> list[Report]:
    """The charts that the student's seats may show; a director's, when those show none or no person played."""
    view, roles = game.view(INSTRUCTOR), {role for seat in _people(game) for role in game.world.seat(seat).roles}
    there = [each for each in REPORTS if view.has(each.tool)]
    mine = [each for each in there if roles & set(each.roles)]
    return mine or [each for each in there if DIRECTOR in each.roles]


def _people(game: Game) -> list[str]:
    """The seats that people held."""
    return [seat for seat, holder in game.holders.items() if not holder.startswith(BOT)]


def _held(game: Game, language: str) -> str:
    """What the student was, by the names of the seats' roles."""
    roles = dict.fromkeys(role for seat in _people(game) for role in game.world.seat(seat).roles)
    return render(joined(_("{role:role}", role=each) for each in roles), language)


def _process(game: Game, language: str) -> Iterator[str]:
    """What people did on each day (bots' seats count when nobody plays), most frequent first."""
    people = _people(game)
    days: dict[int, dict[str, int]] = {}
    for entry in game.journal:
        if isinstance(entry.action, ABOUT_THE_GAME) or (people and entry.seat not in people):
            continue
        done = days.setdefault(entry.minute // DAY + 1, {})
        name = label_of(type(entry.action))
        done[name] = done.get(name, 0) + 1
    for day, done in days.items():
        few = sorted(done.items(), key=lambda each: (-each[1], each[0]))[:6]
        listed = render(_(", "), language).join(
            render(_("{action:label} x {count}", action=name, count=count), language) for name, count in few
        )
        yield render(_("day {day}: {what}", day=day, what=listed), language)


def _overview(game: Game) -> Any:
    found, table = figures(game.world), tomlkit.table()
    for name in ("contacts", "customers", "orders"):
        table[name] = found[name]
    for name in ("satisfaction", "conversion"):
        table[name] = percent(found[name])
    table["operating_profit"] = money(found["operating_profit"])
    return table


def _blank(question: QuestionPart, language: str) -> Any:
    table = tomlkit.table()
    table.add(_remark(question.text, language))
    if question.tier == "A":
        table["value"] = ""
    elif question.causes:
        table["customer"] = ""
        for number in range(1, question.causes + 1):
            table[f"cause_{number}"] = ""
            table[f"facts_{number}"] = tomlkit.array()
    elif question.tier == "B":
        table["value"] = ""
        table["facts"] = tomlkit.array()
    else:
        table["text"] = ""
    return table


def read_answers(text: bytes) -> dict[str, dict[str, Any]]:
    """The answers of a report.toml, by question; BadInput says what cannot be read."""
    try:
        data = tomllib.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, a number too long
        raise BadInput(_("{file} cannot be read: {cause}", file=FILE, cause=safe_text(str(error), 200))) from error
    found = data.get("answers", {})
    if not isinstance(found, dict):
        raise BadInput(_("{file} has no answers in it.", file=FILE))
    return {str(id): _plain(table) for id, table in found.items() if isinstance(table, dict)}


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    """Texts cut to a length, and lists of whole numbers; whatever else was written counts as nothing."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, bool) or (isinstance(value, int) and abs(value) > MOST_NUMBER):
            continue
        if isinstance(value, int | float | str):
            found[name] = safe_text(str(value), MOST_TEXT)
        elif isinstance(value, list):
            found[name] = [each for each in value if type(each) is int and abs(each) <= MOST_NUMBER][:MOST_FACTS]
    return found


def missing(report: ReportPart, answers: dict[str, dict[str, Any]]) -> list[Message]:
    """What is not answered yet, question by question; nothing of what would be right."""
    found: list[Message] = []
    for question in report.questions:
        answer = answers.get(question.id, {})
        if question.tier in {"A", "B"} and not question.causes and not str(answer.get("value", "")).strip():
            found.append(_("{id}: there is no value.", id=question.id))
        if question.causes:
            found += _causes_missing(question, answer)
        elif question.tier == "B" and not answer.get("facts"):
            found.append(_("{id}: no facts are cited.", id=question.id))
        if question.tier == "C":
            length = len(str(answer.get("text", "")).strip())
            if not question.least <= length <= (question.most or MOST_TEXT):
                found.append(
                    _("{id}: {length} characters; {least} to {most} are asked for.",
                      id=question.id, length=length, least=question.least, most=question.most)
                )  # fmt: skip
    return found


def _causes_missing(question: QuestionPart, answer: dict[str, Any]) -> Iterator[Message]:
    if not str(answer.get("customer", "")).strip():
        yield _("{id}: no customer is named.", id=question.id)
    for number in range(1, question.causes + 1):
        if not str(answer.get(f"cause_{number}", "")).strip() or not answer.get(f"facts_{number}"):
            yield _("{id}: cause {number} lacks its words or its facts.", id=question.id, number=number)


def load(folder: Path) -> tuple[bytes, str]:
    """The report.toml of a folder, and the save that it names."""
    try:
        text = (folder / FILE).read_bytes()
        save = tomllib.loads(text.decode("utf-8-sig")).get("save", "")
    except OSError as error:
        raise StoreError(_("There is no {file} in {folder}.", file=FILE, folder=str(folder))) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=FILE, cause=safe_text(str(error), 200))) from error
    return text, str(save)
