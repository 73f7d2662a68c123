"""A lab report as it is being written: blanks in a folder of its own, handed in, its marks read (CTL-4)."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import tomlkit

from crmsim.crm.report import Report
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Message, Words, _
from crmsim.game import Game
from crmsim.grading import labreport
from crmsim.grading.answers import FILE, HEAD, MOST_FACTS, MOST_TEXT, charts_of, missing, read_answers, template
from crmsim.grading.overriding import kept_words
from crmsim.grading.policy import Policy
from crmsim.grading.submission import pack, read, told
from crmsim.store.folders import home, saves
from crmsim.store.jsonl import read_any

HAND_IN = "handin.zip"
FACTS = re.compile(r"\d{1,9}")


class Blank(msgspec.Struct, frozen=True):
    """One place to fill in: where it stands in the file, what is asked, and how it is written."""

    section: str  # "head", or the id of a question
    name: str
    label: Words
    asked: Words = ""  # the question, at its first blank
    number: int = 0  # of the question, from one
    long: bool = False
    facts: bool = False  # numbers of facts


def folder_of(save: Path) -> Path:
    """Where the report on a game lies on this machine: under the game's name, and, where the game is not kept in the
    saves folder, under its own folder's mark, for another game may be called the same there."""
    at = save.resolve().parent
    mark = "" if at == saves().resolve() else f"-{blake2b(str(at).encode(), digest_size=4).hexdigest()}"
    return home() / "reports" / f"{save.stem}{mark}"


def policy_path() -> Path:
    """Where a teacher's words on this machine's games are kept."""
    return home() / "policy.toml"


def handed_in() -> list[Path]:
    """The hand-ins that lie on this machine."""
    return sorted((home() / "reports").glob(f"*/{HAND_IN}"))


class Draft:
    """The report on a game that is over. What is read off the game is told anew each time it is opened."""

    def __init__(self, game: Game, save: Path, language: str) -> None:
        if not game.ended:
            raise BadInput(_("The report is written when the game is over."))
        self.game, self.save, self.folder = game, save, folder_of(save)
        self.document: Any = tomlkit.parse(template(game, str(save.resolve()), language))
        self._take_up()

    def _take_up(self) -> None:
        """What was written before stands in the new file; what does not fit is left, what cannot be read put aside."""
        path = self.folder / FILE
        try:
            old = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError:
            return
        except (ValueError, RecursionError):
            with suppress(OSError):
                path.replace(path.with_name(f"{FILE}.old"))
            return
        for name in ("purpose", "content"):  # which a student may have put into words of their own
            if isinstance(old.get(name), str):
                self.document[name] = safe_text(old[name], MOST_TEXT)
        offered, chosen = [each.id for each in charts_of(self.game)], old.get("charts")
        if isinstance(chosen, list) and chosen and all(each in offered for each in chosen):
            self.document["charts"] = list(chosen)
        answers = old.get("answers")
        for blank in self.blanks():
            table = old.get("head")
            if blank.section != "head":
                table = answers.get(blank.section) if isinstance(answers, dict) else None
            value = table.get(blank.name) if isinstance(table, dict) else None
            if isinstance(value, list):
                self.put(blank, " ".join(map(str, value)))
            elif isinstance(value, str | int | float) and str(value):
                self.put(blank, str(value))

    def blanks(self) -> Iterator[Blank]:
        """Every place to fill in, in the order of the report."""
        for name in HEAD:
            yield Blank("head", name.replace(" ", "_"), _("{word:label}", word=name))
        for at, question in enumerate(self.game.scenario.report.questions, 1):
            asked: Words = question.text
            if question.tier == "C":
                yield Blank(question.id, "text", _("Your words"), asked, at, long=True)
            elif question.causes:
                yield Blank(question.id, "customer", _("Customer"), asked, at)
                for number in range(1, question.causes + 1):
                    yield Blank(question.id, f"cause_{number}", _("Cause {number}", number=number))
                    yield Blank(question.id, f"facts_{number}", _("Facts that show it"), facts=True)
            else:
                yield Blank(question.id, "value", _(UNITS[question.unit]), asked, at)
                if question.tier == "B":
                    yield Blank(question.id, "facts", _("Facts that show it"), facts=True)

    def _table(self, blank: Blank) -> Any:
        return self.document["head"] if blank.section == "head" else self.document["answers"][blank.section]

    def value(self, blank: Blank) -> str:
        """What stands there, as one would type it."""
        value = self._table(blank).get(blank.name, "")
        return " ".join(map(str, value)) if isinstance(value, list) else str(value)

    def put(self, blank: Blank, text: str) -> None:
        """Fill in a blank; of facts the numbers count."""
        text = safe_text(text, MOST_TEXT)
        self._table(blank)[blank.name] = (
            [int(each) for each in FACTS.findall(text)][:MOST_FACTS] if blank.facts else text
        )

    def charts(self) -> list[Report]:
        """The charts that stand in the report."""
        chosen = list(self.document["charts"])
        return [each for each in charts_of(self.game) if each.id in chosen]

    def another_chart(self) -> None:
        """The next of those that the student's seats may show, in place of what stood there."""
        offered, shown = charts_of(self.game), self.charts()
        at = offered.index(shown[0]) + 1 if shown else 0
        self.document["charts"] = [each.id for each in offered[at % len(offered) :][:1]] if offered else []

    def keep(self) -> None:
        """Write it to its folder; StoreError when it cannot be."""
        path = self.folder / FILE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{FILE}.partial")
            partial.write_text(tomlkit.dumps(self.document), encoding="utf-8", newline="\n")
            os.replace(partial, path)
        except OSError as error:
            cause = error.strerror or ""
            raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=cause)) from error

    def _text(self) -> bytes:
        return tomlkit.dumps(self.document).encode()

    def missing(self) -> list[Message]:
        """What is not answered yet, by the questions' numbers; nothing of what would be right."""
        report = self.game.scenario.report
        numbers = {each.id: str(at) for at, each in enumerate(report.questions, 1)}
        found = missing(report, read_answers(self._text()))
        return [Message(each.source, {**each.slots, "id": numbers[str(each.slots["id"])]}) for each in found]

    def hand_in(self) -> Path:
        """Make the zip; what was handed in before is replaced."""
        self.keep()
        return pack(read_any(self.save), self._text(), self.folder / HAND_IN)

    @property
    def is_in(self) -> bool:
        """Whether it was handed in."""
        return (self.folder / HAND_IN).exists()

    def marks(self) -> tuple[labreport.ReportMarks, Policy]:
        """The marks of what was handed in, and what a person has said about them."""
        handed = read(self.folder / HAND_IN)
        return labreport.mark_report(told(handed).game, read_answers(handed.report)), kept_words(policy_path())


UNITS = {
    "": N_("Your answer"), "count": N_("How many"), "percent": N_("Per cent"), "money": N_("Yuan"),
    "minutes": N_("Minutes"),
}  # fmt: skip
