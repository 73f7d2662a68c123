"""A customer's whole file: what stands in it and what shows of the customer, and beside it all that ever happened."""

from __future__ import annotations

from typing import Any

from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from crmsim.engine.desk import Table
from crmsim.engine.words import N_, _
from crmsim.tui.cells import cell
from crmsim.tui.foot import Foot
from crmsim.tui.moments import Told, told
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_label


def open_file(room: Room, session: Session, row: Any) -> None:
    """The file of the customer that a row, a paper or a conversation is about, where there is one."""
    found = session.subject(row)
    if found is not None:
        room.app.push_screen(File(session, *found))


class File(Room):
    """Fields left, the story right, the latest first. Derived from the tables in which the row stands."""

    BINDINGS = [
        Binding("tab", "app.focus_next", N_("Read on"), show=False),
        Binding("escape,q", "leave", N_("Back")),
    ]

    def __init__(self, session: Session, table: Table, row: Any) -> None:
        super().__init__()
        self.session, self.table, self.row = session, table, row

    def compose(self) -> ComposeResult:
        """Two pages that scroll."""
        with Horizontal(id="player"):
            with VerticalScroll(id="filed"):
                yield Static(id="stood", markup=False)
            with VerticalScroll(id="told-story"):
                yield Static(id="story", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The story is what one turns first."""
        self.retell()
        self.query_one("#told-story").focus()

    def retell(self) -> None:
        """In the new language."""
        self.query_one("#filed").border_title = Text(tell(self, self.row.title))
        self.query_one("#stood", Static).update(self._fields())
        place = self.query_one("#told-story")
        place.border_title = Text(tell_label(self, self.table.label))
        self.query_one("#story", Static).update(self._story())

    def _fields(self) -> Grid:
        """What is known; what nobody filled in is named below."""
        grid, blank = Grid.grid(padding=(0, 1, 0, 0), expand=True), []
        grid.add_column(ratio=2)
        grid.add_column(ratio=3)
        for column, row in self.session.shown_of(self.row):
            label, value = tell_label(self, column.label), cell(self, column, row, self.session.view)
            value.justify, value.overflow = "left", "fold"
            if value.plain == tell(self, self.row.title):
                continue  # it stands above
            if value.plain.strip():
                grid.add_row(Text(label, "dim"), value)
            else:
                blank.append(label)
        if blank:
            names = tell(self, _(", ")).join(blank)
            grid.add_row(Text(tell(self, _("Still open")), "dim italic"), Text(names, "dim italic"))
        return grid

    def _story(self) -> Told | Text:
        """When, what kind, what, and who or which paper, as the columns of the table have it."""
        assert self.table.story is not None
        view, moments, whose = self.session.view, [], tell(self, self.row.title)
        for event in reversed(list(self.table.story(view, self.row))):
            when, found = "", []
            for column in self.table.columns:
                value = cell(self, column, event, view)
                if column.form == "time":
                    when = value.plain
                elif value.plain and value.plain != whose:
                    found.append(f"{value.plain}  ")
            words = Text.assemble(*zip(found, ("bold", "", *["dim"] * len(found)), strict=False))
            moments.append((when, words))
        return told(moments) if moments else Text(tell(self, _("Nothing yet.")), "dim italic")

    def action_leave(self) -> None:
        """Back to the desk."""
        self.app.pop_screen()
