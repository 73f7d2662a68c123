"""A table file brought into a form: which columns were understood, how many rows are good, and why others are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.suggester import Suggester
from textual.widgets import Button, Label, Static

from crmsim.engine.errors import CrmsimError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Words, _
from crmsim.store.importing import Prepared, customers_in, prepare, write_rejects
from crmsim.store.reading_tables import read_grid
from crmsim.tui.foot import Foot
from crmsim.tui.pairs import Pairs
from crmsim.tui.room import Sheet
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell, tell_label

SHOWN = 5  # good rows, and reasons
REJECTS = "-rejects.csv"


def file_of(text: str) -> Path | None:
    """The file that a line of text names, if there is one."""
    name = text.strip().strip("\"'")
    path = Path(name).expanduser() if name and "\0" not in name else None
    try:
        return path if path is not None and path.is_file() else None
    except OSError:  # a text longer than any name
        return None


class Files(Suggester):
    """Goes on with a path as it is typed; the right arrow takes what is offered."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first file or folder that begins so."""
        folder, begun = value.rpartition("/")[::2]
        try:
            place = Path(f"{folder}/" if "/" in value else ".").expanduser()
            names = sorted(each.name for each in place.iterdir() if each.name.startswith(begun or value))
        except (OSError, RuntimeError, ValueError):
            return None
        return f"{folder}/{names[0]}" if names and "/" in value else names[0] if names else None


class Bringing(Sheet[tuple[Any, ...]]):
    """Says what would come in, and brings it in; gives the facts that it made."""

    BINDINGS = [Binding("f10", "submit", N_("Bring in"))]

    def __init__(self, session: Session, path: Path) -> None:
        super().__init__()
        self.session, self.path = session, path
        self.prepared: Prepared | None = None
        self.trouble: Words = ""
        self.within = ""  # the sheet of a book
        try:
            grid = read_grid(path, fits=customers_in(session.view))
            self.within, self.prepared = safe_text(grid.sheet, 60), prepare(session.view, grid)
        except CrmsimError as error:
            self.trouble = error.message

    def compose(self) -> ComposeResult:
        """The file, what was understood of it, two buttons."""
        with Vertical(classes="box"):
            name = f"{self.path.name} · {self.within}" if self.within else self.path.name
            yield Label(Text(safe_text(name)), classes="heading")
            yield Static(self._told(), markup=False, classes="page", id="brought")
            with Horizontal(classes="buttons"):
                if self.prepared is not None and self.prepared.rows:
                    yield Button(Text(tell(self, _("Bring in"))), id="do", variant="primary", compact=True)
                yield Button(Text(tell(self, _("Back"))), id="back", compact=True)
        yield Foot()

    def _told(self) -> Group:
        if self.prepared is None:
            return Group(Text(tell(self, self.trouble), self.app.theme_variables["error"]))
        return Group(*self._parts(self.prepared))

    def _parts(self, found: Prepared) -> Iterator[Any]:
        counts = {"read": found.read, "imported": len(found.rows), "duplicates": found.duplicates,
                  "rejected": found.rejected}  # fmt: skip
        words = _("{read} rows read: {imported} good, {duplicates} doubles, {rejected} with mistakes.", **counts)
        yield Text(tell(self, words), "bold")
        yield Pairs((tell_label(self, found.fields[name].kind.label), f"← {found.headings[place]}")
                    for name, place in found.columns.items())  # fmt: skip
        if found.unused:
            yield Text(tell(self, _("Columns that are not used: {known}", known=", ".join(found.unused))), "dim")
        for row in found.rows[:SHOWN]:
            yield Text(f"✓ {row['name']}", self.app.theme_variables["success"])
        for each in found.rejects[:SHOWN]:
            line = tell(self, _("Row {row}: {why}", row=each.row, why=each.reason))
            yield Text(f"✗ {line}", self.app.theme_variables["warning"])
        if found.rejects:
            words = _("Bad rows are written to {file}, to be mended and brought in.", file=self._rejects.name)
            yield Text(tell(self, words), "dim")

    @property
    def _rejects(self) -> Path:
        return self.path.with_name(self.path.stem + REJECTS)

    def on_mount(self) -> None:
        """Enter brings in what is good."""
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Bring it in, or back."""
        event.stop()
        self.action_submit() if event.button.id == "do" else self.action_leave()

    def action_submit(self) -> None:
        """The good rows become files, the others a file of their own."""
        if self.prepared is None or not self.prepared.rows or self.gone:
            return
        try:
            if self.prepared.rejects:
                write_rejects(self.prepared, self._rejects, language(self))
            self.dismiss(self.session.do(self.prepared.action()))
        except CrmsimError as error:
            self.query_one("#brought", Static).update(Text(tell(self, error.message)))


def bring(sheet: Sheet[tuple[Any, ...]], session: Session, files: Iterable[Path | None]) -> bool:
    """Look at the first of these files, if there is any; what it brings in ends the sheet below, too."""

    def end(facts: tuple[Any, ...] | None) -> None:
        if facts:
            sheet.dismiss(facts)

    file = next((each for each in files if each is not None), None)
    if file is not None:
        sheet.app.push_screen(Bringing(session, file), end)
    return file is not None
