"""Grades of the games on this machine: each kept game with its score, and its card below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual import work
from textual.binding import Binding

from crmsim.engine.errors import BadInput, CrmsimError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Words, _
from crmsim.grading import grade_save
from crmsim.grading.card import card
from crmsim.grading.overriding import kept_words
from crmsim.grading.policy import Policy
from crmsim.grading.report import Report
from crmsim.grading.sides import pairs, table
from crmsim.grading.writing import policy_path
from crmsim.tui.confirming import Confirming
from crmsim.tui.left import look_into_all, named
from crmsim.tui.listed import Listed
from crmsim.tui.opening import kept_games
from crmsim.tui.overriding import Overriding
from crmsim.tui.speech import language, tell


class Grades(Listed):
    """Kept games above, the breakdown of the chosen one below."""

    BINDINGS = [
        Binding("o", "override", N_("Set a mark by hand")),
        Binding("w", "words", N_("Mark free words")),
    ]

    heading = _("Grades")

    def __init__(self, teaching: bool = False, save: str = "") -> None:
        super().__init__()
        self.teaching = teaching
        self.saves = kept_games(save)
        self.left = look_into_all(self.saves)
        self.policy = Policy()
        self.reports: dict[Path, Any] = {}  # a grade, or the error that says why there is none

    def on_mount(self) -> None:
        """Each is graded while one reads (the first look follows: see Listed)."""
        self._read_words()
        self.grade_all()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marks are set by whoever teaches, where there is something to mark."""
        if action == "override":
            return self.teaching and bool(self.saves)
        return self.teaching or action != "words"

    def on_screen_resume(self) -> None:
        """A word may have been said."""
        if self.is_mounted:
            self._read_words()

    def _read_words(self) -> None:
        try:
            self.policy = kept_words(policy_path())
        except CrmsimError as error:
            self.say(error.message, "error")
        self.retell()

    def action_override(self) -> None:
        """Another mark for the chosen game's student, with who and why."""
        report = self.reports.get(self.saves[self.at]) if self.at is not None else None
        student = getattr(report, "student", "")
        if not student:
            self.say(_("This game names no student."), "warning")
            return
        word = self.policy.override(student)
        score, by = (f"{word.score:g}", word.by) if word is not None else ("", "")
        self.app.push_screen(Overriding(student, score, by), lambda _kept: self._read_words())

    def action_words(self) -> None:
        """The free words of lab reports that wait for a person."""
        self.app.push_screen(Confirming())

    def empty(self) -> Words:
        """No game."""
        return _("No game was kept here yet.")

    def lines(self) -> list[Grid]:
        """A game with its scores."""
        return [self._line(each) for each in self.saves]

    def _line(self, path: Path) -> Grid:
        grid, report = Grid.grid(expand=True, padding=(0, 2, 0, 0)), self.reports.get(path)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        if report is None:
            said = tell(self, _("being graded…"))
        elif isinstance(report, CrmsimError):
            said = tell(self, _("no grade"))
        else:
            word = self._word(report)
            said = "   ".join(self._scores(report)) or tell(self, _("played by programs"))
            said += f"  → {word.score:g}" if word is not None else ""
        grid.add_row(named(self, self.left.get(path), path), Text(said))
        return grid

    def _word(self, report: Any) -> Any:
        """What a person said of this student's mark instead of the program; None when nothing."""
        return self.policy.override(report.student) if report.student else None

    def _scores(self, report: Any) -> list[str]:
        found = []
        for each in report.seats:
            if each.person:
                roles = " + ".join(tell(self, _("{role:role}", role=role)) for role in each.roles)
                found.append(f"{roles} {'–' if each.score is None else f'{each.score / 100:.1f}'}")
        return found

    @work(thread=True, exclusive=True)
    def grade_all(self) -> None:
        """Each kept game, told again and graded beside the screen."""
        for path in self.saves:
            found: Any
            try:
                found = grade_save(path)
            except CrmsimError as error:
                found = error
            except Exception as error:  # one bad save takes nobody's grade with it
                found = BadInput(_("{file} cannot be read: {cause}", file=path.name, cause=safe_text(repr(error), 200)))
            if not self.is_attached:
                return
            self.app.call_from_thread(self._graded, path, found)

    def _graded(self, path: Path, found: Any) -> None:
        self.reports[path] = found
        if self.is_mounted:
            self.retell()

    def page(self, at: int) -> Any:
        """Its card, with what a person has said about it."""
        report = self.reports.get(self.saves[at])
        page: Any = Text(tell(self, _("being graded…")), "dim italic")
        if isinstance(report, CrmsimError):
            page = Text(tell(self, report.message), "dim")
        elif report is not None:
            page = card(report, language(self), ascii=self.crm.ascii)
            word = self._word(report)
            if word is not None:
                said = _("{who} set the whole mark to {score}: {why}", who=safe_text(word.by, 60),
                         score=f"{word.score:g}", why=safe_text(word.why, 300))  # fmt: skip
                page = Group(Text(f"{tell(self, said)}\n", self.app.theme_variables["accent"]), page)
            page = Group(page, *self._sides(report))
        return page

    def _sides(self, report: Report) -> list[Any]:
        """This student's grades by hand and with the CRM, where there are both."""
        found = pairs(each for each in self.reports.values() if isinstance(each, Report))
        mine = [each for each in found if (each.student, each.scenario) == (report.student, report.scenario)]
        return [table(each, language(self)) for each in mine if each.hand is not None and each.crm is not None]
