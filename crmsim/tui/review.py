"""The review (复盘): the decisions of a game one by one, with their marks and the better line; play on from any."""

from __future__ import annotations

from typing import Any

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, Words, _, time
from crmsim.store.jsonl import read_any
from crmsim.tui.again import go_on_from
from crmsim.tui.foot import Foot
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell

SIGNS = {"best": "★", "good": "✓", "inaccuracy": "?!", "mistake": "?", "blunder": "??"}
COLOURS = {"best": "green", "good": "green", "inaccuracy": "yellow", "mistake": "red", "blunder": "bold red"}


class Stopped(Exception):
    """The reader has left."""


class Reviewing(Room):
    """Decisions above, the chosen one below."""

    BINDINGS = [
        Binding("p,enter", "play_on", N_("Play on from here")),
        Binding("m", "mistakes", N_("Mistakes only")),
        Binding("tab", "app.focus_next", N_("Read on"), show=False),
        Binding("escape,q", "leave", N_("Back")),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.found: list[tuple[str, Any]] | None = None  # seat and decision, once they are weighed
        self.only_mistakes, self.gone = False, False
        self.progress: Words = _("Playing decisions on")

    def compose(self) -> ComposeResult:
        """The list and the page."""
        yield OptionList(id="people", compact=True, markup=False, classes="saves")
        with VerticalScroll(id="card"):
            yield Static(id="grades", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """Weigh them beside the screen."""
        self.retell()
        self.query_one("#people").focus()
        self.weigh()

    def retell(self) -> None:
        """In the new language."""
        people = self.query_one("#people", OptionList)
        kept, shown = people.highlighted or 0, self._shown()
        people.border_title = tell(self, _("Review, decision by decision"))
        people.set_options([Option(self._line(each)) for _seat, each in shown])
        if self.found is None:
            self.query_one("#grades", Static).update(Text(tell(self, self.progress), "dim italic"))
        elif shown:
            people.highlighted = min(kept, len(shown) - 1)
        else:
            self.query_one("#grades", Static).update(
                Text(tell(self, _("There is nothing to show here.")), "dim italic")
            )

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

        saved = read_any(self.session.save_path)
        staff = [each for each in self.session.seats if not each.startswith("customer") and each != "instructor"]
        try:
            found = review(saved.header, saved.entries, staff, jobs=1, progress=self._tick)
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
            self.query_one("#grades", Static).update(Text(tell(self, self.progress), "dim italic"))

    def _weighed(self, found: list[tuple[str, Any]]) -> None:
        if self.is_mounted:
            self.found = found
            self.retell()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another decision."""
        shown = self._shown()
        if event.option_index < len(shown):
            self.query_one("#grades", Static).update(self._page(shown[event.option_index][1]))

    def on_option_list_option_selected(self) -> None:
        """Enter plays on from it."""
        self.action_play_on()

    def _page(self, each: Any) -> Group:
        lines = [Text.assemble((tell(self, _("{mark:label}", mark=each.mark)), COLOURS[each.mark]), "  ",
                               tell(self, each.words))]  # fmt: skip
        if each.why is not None:
            lines.append(Text(tell(self, each.why)))
        if not each.played:
            lines.append(Text(tell(self, _("Marked by policy alone; it was not played on.")), "dim italic"))
            return Group(*lines)
        lost = _("About {amount:money} lost, give or take {spread:money}; satisfaction {felt:percent} less.",
                 amount=each.total, spread=each.spread, felt=each.satisfaction)  # fmt: skip
        lines += [Text(""), Text(tell(self, lost))]
        if each.better is not None:
            lines += [Text(""), Text(tell(self, _("Better: {what}", what=each.better.words)), "bold")]
            lines += [Text(f"  {tell(self, _('then {what}', what=one))}", "green") for one in each.better.then]
            lines += [Text(f"  {tell(self, _('instead of {what}', what=one))}", "dim") for one in each.better.instead]
        return Group(*lines)

    def action_mistakes(self) -> None:
        """Only those that cost something, or all."""
        self.only_mistakes = not self.only_mistakes
        self.retell()

    def action_play_on(self) -> None:
        """Practice from the chosen decision, with the very same customers."""
        at, shown = self.query_one("#people", OptionList).highlighted, self._shown()
        if at is not None and at < len(shown):
            go_on_from(self, self.session.save_path, shown[at][1].entry, shown[at][1].minute)

    def action_leave(self) -> None:
        """Back; what is still being weighed stops."""
        self.gone = True
        self.app.pop_screen()
