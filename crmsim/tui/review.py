"""The review (复盘): the decisions of a game one by one, with their marks and the better line; play on from any."""

from __future__ import annotations

from typing import Any

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual import work
from textual.binding import Binding

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, Words, _, time
from crmsim.store.jsonl import read_any
from crmsim.tui.again import go_on_from
from crmsim.tui.listed import Listed
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell

SIGNS = {"best": "★", "good": "✓", "inaccuracy": "?!", "mistake": "?", "blunder": "??"}
COLOURS = {"best": "green", "good": "green", "inaccuracy": "yellow", "mistake": "red", "blunder": "bold red"}


class Stopped(Exception):
    """The reader has left."""


class Reviewing(Listed):
    """Decisions above, the chosen one below."""

    BINDINGS = [
        Binding("p,enter", "play_on", N_("Play on from here")),
        Binding("m", "mistakes", N_("Mistakes or all")),
    ]

    heading = _("Review, decision by decision")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.found: list[tuple[str, Any]] | None = None  # seat and decision, once they are weighed
        self.only_mistakes, self.gone = False, False
        self.progress: Words = _("Playing decisions on")

    def on_mount(self) -> None:
        """Weigh them beside the screen."""
        self.weigh()

    def retell(self) -> None:
        """In the new language, or with more to say: until then, what takes its time."""
        super().retell()
        if self.found is None:
            why = _("What you decided and what a colleague would have are both played on with the same customers.")
            self.tell_page(Text(f"{tell(self, self.progress)}\n\n{tell(self, why)}", "dim italic"))

    def empty(self) -> Words:
        """How far the weighing is; then, that there is nothing."""
        if self.found:
            return _("No mistake among these decisions. m shows all of them.")
        return self.progress if self.found is None else _("Nothing was decided that could be weighed.")

    def lines(self) -> list[Grid]:
        """A decision with its mark, and what it cost."""
        return [self._line(each) for _seat, each in self._shown()]

    def page(self, at: int) -> Group:
        """The decision, what it cost, and the better line."""
        from crmsim.grading.review import reasons_of

        each = self._shown()[at][1]
        lines = [Text.assemble((tell(self, _("{mark:label}", mark=each.mark)), COLOURS[each.mark]), "  ",
                               tell(self, each.words))]  # fmt: skip
        lines += [Text(tell(self, reason)) for reason in reasons_of(each)]
        if each.better is not None:
            lines += [Text(""), Text(tell(self, _("Better: {what}", what=each.better.words)), "bold")]
            lines += [Text(f"  {tell(self, _('then {what}', what=one))}", "green") for one in each.better.then]
            lines += [Text(f"  {tell(self, _('instead of {what}', what=one))}", "dim") for one in each.better.instead]
        return Group(*lines)

    def _shown(self) -> list[tuple[str, Any]]:
        found = self.found or []
        return [each for each in found if not self.only_mistakes or each[1].mark in {"mistake", "blunder"}]

    def _line(self, each: Any) -> Grid:
        grid = Grid.grid(expand=True, padding=(0, 1, 0, 0))
        grid.add_column(width=3)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        what = Text(time(each.minute, language(self)), "dim").append(f"  {tell(self, each.words)}", "not dim")
        lost = tell(self, _("{amount:money}", amount=each.total)) if each.played and each.total > 0 else ""
        grid.add_row(Text(SIGNS[each.mark], COLOURS[each.mark]), what, Text(lost))
        return grid

    @work(thread=True, exclusive=True)
    def weigh(self) -> None:
        """The weightiest decisions are played on, here and with what would have been better."""
        from crmsim.grading.review import review

        staff = [each for each in self.session.seats if each in self.session.company_seats]
        try:
            saved = read_any(self.session.save_path)
            found = review(saved.header, saved.entries, staff, progress=self._tick)
        except Stopped:
            return
        except CrmsimError as error:
            self.app.call_from_thread(self.say, error.message, "error")
            return
        self.app.call_from_thread(self._weighed, [(one.seat, each) for one in found for each in one.decisions])

    def _tick(self, done: int, of: int) -> None:
        if self.gone:
            raise Stopped
        self.progress = _("Playing decisions on: {done} of {all}", done=done, all=of)
        self.app.call_from_thread(self._ticked)

    def _ticked(self) -> None:
        if self.is_mounted and self.found is None:
            self.retell()

    def _weighed(self, found: list[tuple[str, Any]]) -> None:
        if self.is_mounted:
            self.found = found
            self.retell()

    def on_option_list_option_selected(self) -> None:
        """Enter plays on from it."""
        self.action_play_on()

    def action_mistakes(self) -> None:
        """Only those that cost something, or all."""
        self.only_mistakes = not self.only_mistakes
        self.retell()

    def action_play_on(self) -> None:
        """Practice from the chosen decision, with the very same customers."""
        at, shown = self.at, self._shown()
        if at is not None and at < len(shown):
            go_on_from(self, self.session.save_path, shown[at][1].entry, shown[at][1].minute)

    def on_unmount(self) -> None:
        """What is still being weighed stops with the screen."""
        self.gone = True
