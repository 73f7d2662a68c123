"""The lab reports of this machine's games: which are begun, handed in, still to be written."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table as Grid
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, _
from crmsim.grading.answers import FILE
from crmsim.grading.writing import HAND_IN, Draft, folder_of
from crmsim.public import replay
from crmsim.tui.foot import Foot
from crmsim.tui.labreport import LabReport
from crmsim.tui.left import look_into_all, named
from crmsim.tui.opening import kept_games
from crmsim.tui.room import Room
from crmsim.tui.speech import language, tell


class Reports(Room):
    """Kept games; Enter opens the report of one that is over."""

    BINDINGS = [Binding("escape,q", "leave", N_("Back"))]

    def __init__(self, save: str = "") -> None:
        super().__init__()
        self.saves = kept_games(save)
        self.left = look_into_all(self.saves)

    def compose(self) -> ComposeResult:
        """The list."""
        yield OptionList(id="people", compact=True, markup=False, classes="reports")
        yield Static(id="missing", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The latest game."""
        self.retell()
        self.query_one("#people").focus()

    def on_screen_resume(self) -> None:
        """One may have been handed in."""
        if self.is_mounted:
            self.retell()

    def retell(self) -> None:
        """In the new language."""
        people = self.query_one("#people", OptionList)
        kept = people.highlighted or 0
        people.border_title = tell(self, _("Lab reports"))
        people.set_options([Option(self._line(each)) for each in self.saves])
        people.highlighted = kept if self.saves else None
        words = _("Enter opens the report of a game that is over.") if self.saves else _("No game was kept here yet.")
        self.query_one("#missing", Static).update(Text(tell(self, words), "dim"))

    def _line(self, save: Path) -> Grid:
        folder = folder_of(save)
        state = _("not begun")
        if (folder / HAND_IN).exists():
            state = _("handed in")
        elif (folder / FILE).exists():
            state = _("begun")
        grid = Grid.grid(expand=True, padding=(0, 2, 0, 0))
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(named(self, self.left.get(save), save), Text(tell(self, state)))
        return grid

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """This one: its game is told again first, which takes a moment."""
        self.query_one("#missing", Static).update(Text(tell(self, _("The game is told again…")), "italic dim"))
        self.open(self.saves[event.option_index])

    @work(thread=True, exclusive=True)
    def open(self, save: Path) -> None:
        """Tell the game again beside the screen, then write on."""
        try:
            draft = Draft(replay(save), save, language(self))
        except CrmsimError as error:
            self.app.call_from_thread(self._refused, error)
            return
        self.app.call_from_thread(self._told, draft)

    def _told(self, draft: Draft) -> None:
        if self.is_active:  # else the reader has left, or it is open since an earlier click
            self.app.push_screen(LabReport(draft))

    def _refused(self, error: CrmsimError) -> None:
        self.retell()
        self.say(error.message, "warning")

    def action_leave(self) -> None:
        """Back to the desk."""
        self.app.pop_screen()
