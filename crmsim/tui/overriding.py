"""A mark set by hand instead of the program's: how much, by whom and why. All three are asked, and kept (ADM-2)."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, Message, _
from crmsim.grading.overriding import override
from crmsim.grading.writing import policy_path
from crmsim.tui.foot import Foot
from crmsim.tui.line import Line
from crmsim.tui.room import Sheet
from crmsim.tui.speech import tell

ASKED: tuple[tuple[str, Message, int], ...] = (
    ("score", _("Mark out of 100"), 6), ("by", _("Given by"), 60), ("why", _("Reason"), 300),
)  # fmt: skip


class Overriding(Sheet[bool]):
    """Three lines; Enter goes on, and at the last keeps the word."""

    BINDINGS = [
        Binding("f10", "submit", N_("Set this mark")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, student: str, score: str, by: str) -> None:
        super().__init__()
        self.student = student
        self.start = {"score": score, "by": by, "why": ""}

    def compose(self) -> ComposeResult:
        """Whose mark, and the three lines."""
        with Vertical(classes="box"):
            yield Label(Text(tell(self, _("Set a mark by hand: {student}", student=self.student))), classes="heading")
            for name, label, most in ASKED:
                with Horizontal(classes="pair"):
                    yield Static(Text(tell(self, label)), classes="label", markup=False)
                    yield Line(self.start[name], id=name, compact=True, classes="editor", max_length=most)
            yield Static(id="price", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The mark first."""
        self.query_one("#score").focus()

    async def _again(self) -> None:
        self.start = {name: self.query_one(f"#{name}", Line).value for name, _label, _most in ASKED}
        await self.recompose()
        self.on_mount()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next line; from the last it is kept."""
        event.stop()
        if event.input.id == ASKED[-1][0]:
            self.action_submit()
        else:
            self.focus_next()

    def action_submit(self) -> None:
        """Keep it, when all three are there."""
        score, by, why = (self.query_one(f"#{name}", Line).value.strip() for name, _label, _most in ASKED)
        line = self.query_one("#price", Static)
        try:
            given = float(score.replace("．", "."))
        except ValueError:
            given = -1.0
        if not 0 <= given <= 100 or not by or not why:
            line.update(Text(tell(self, _("A mark from 0 to 100, who gives it, and why.")), "bold"))
            return
        try:
            override(policy_path(), self.student, given, by, why)
        except CrmsimError as error:
            line.update(Text(tell(self, error.message), "bold"))
            return
        self.dismiss(True)
