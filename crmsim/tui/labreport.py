"""The lab report of a game that is over: written here, kept as one goes, handed in, and its marks read (CTL-4)."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static, TextArea

from crmsim.crm.naming import joined
from crmsim.engine.errors import CrmsimError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _
from crmsim.grading.writing import Blank, Draft
from crmsim.tui.ask import Ask
from crmsim.tui.foot import Foot
from crmsim.tui.jump import Jump
from crmsim.tui.line import Line
from crmsim.tui.marked import marked
from crmsim.tui.reel import Reel
from crmsim.tui.room import Room
from crmsim.tui.speech import tell

SHOWN = 3  # of what is missing


class LabReport(Room):
    """Blanks in the order of the report; what is missing below."""

    BINDINGS = [
        Binding("f6", "cite", N_("Find a fact")),
        Binding("f7", "chart", N_("Another chart")),
        Binding("f5", "marks", N_("Marks")),
        Binding("f10", "hand_in", N_("Hand in")),
        Binding("escape", "leave", N_("Back")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.blanks = list(draft.blanks())
        self._reel: Reel | None = None
        self._written = False  # since it was kept last: whoever only looks has begun nothing

    def compose(self) -> ComposeResult:
        """Head, blanks, what is missing."""
        yield Static(id="end-head", markup=False)
        with VerticalScroll(id="blanks", can_focus=False):
            for at, blank in enumerate(self.blanks):
                yield from self._row(at, blank)
        with VerticalScroll(id="marks"):
            yield Static(id="marked", markup=False)
        yield Static(id="missing", markup=False)
        yield Foot()

    def _row(self, at: int, blank: Blank) -> ComposeResult:
        if blank.asked:
            yield Static(Text(f"{blank.number}. {tell(self, blank.asked)}"), classes="asked", markup=False)
        with Horizontal(classes="pair"):
            yield Static(Text(tell(self, blank.label)), classes="label", markup=False)
            value = safe_text(self.draft.value(blank))
            if blank.long:
                yield TextArea(value, id=f"blank-{at}", compact=True, classes="editor long", tab_behavior="focus")
            else:
                yield Line(value, id=f"blank-{at}", compact=True, classes="editor", select_on_focus=False)

    def on_mount(self) -> None:
        """The first blank; when it was handed in, the marks are a key away."""
        self.query_one("#marks").display = False
        self.query_one("#blank-0").focus()
        self._tell()

    def retell(self) -> None:
        """In the new language."""
        self.call_later(self._again)

    async def _again(self) -> None:
        self.blanks = list(self.draft.blanks())
        await self.recompose()
        self.on_mount()

    def _tell(self) -> None:
        """Where it stands: kept, handed in, and what is missing."""
        title = self.draft.game.scenario.report.title or _("Lab report")
        head = Text(f" {tell(self, title)} ", "bold")
        state = _("handed in") if self.draft.is_in else _("not handed in yet")
        head.append(f"  {tell(self, state)}", "not bold")
        charts = self.draft.charts()
        if charts:
            drawn = _("Chart: {name}", name=joined(_("{word:label}", word=each.label) for each in charts))
            head.append(f"  {tell(self, drawn)}", "dim")
        self.query_one("#end-head", Static).update(head)
        lacking = self.draft.missing()
        line = Text(tell(self, _("Nothing is missing. F10 hands it in.")) if not lacking else "")
        if lacking:
            line.append(tell(self, _("Missing: {count}.", count=len(lacking))) + "  ", "bold")
            line.append("  ".join(tell(self, each) for each in lacking[:SHOWN]), "dim")
        self.query_one("#missing", Static).update(line)

    # -- writing

    def _changed(self, id: str | None, text: str) -> None:
        if id is not None and id.startswith("blank-"):
            blank = self.blanks[int(id.removeprefix("blank-"))]
            before = self.draft.value(blank)
            self.draft.put(blank, text)
            self._written |= self.draft.value(blank) != before

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another answer."""
        self._changed(event.input.id, event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Other words."""
        self._changed(event.text_area.id, event.text_area.text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next blank."""
        self.focus_next()

    def on_descendant_blur(self) -> None:
        """What was written is kept at once."""
        self._keep()

    def _keep(self) -> bool:
        try:
            if self._written:
                self.draft.keep()
        except CrmsimError as error:
            self.say(error.message, "error")
            return False
        self._written = False
        if self.is_mounted:
            self._tell()
        return True

    def action_cite(self) -> None:
        """Find a fact by its words; its number goes into the blank."""
        line = self.focused
        blank = self.blanks[int(line.id.removeprefix("blank-"))] if isinstance(line, Line) and line.id else None
        if blank is None or not blank.facts:
            self.say(_("Go to a blank for facts first."), "warning")
            return
        if self._reel is None:
            self._reel = Reel(self.draft.game.header(), self.draft.game.journal)

        def cited(fact: Any) -> None:
            if fact is not None and isinstance(line, Line):
                line.value = f"{line.value} {fact.number}".strip()

        self.app.push_screen(Jump(self._reel, ""), cited)

    def action_chart(self) -> None:
        """Another chart stands in the report."""
        self.draft.another_chart()
        self._written = True
        self._keep()

    # -- handing in, and the marks

    def action_hand_in(self) -> None:
        """Make the zip, after a question."""

        def hand_in(sure: bool | None) -> None:
            if not sure:
                return
            try:
                path = self.draft.hand_in()
            except CrmsimError as error:
                self.say(error.message, "error")
                return
            self.say(_("Handed in: {file}", file=str(path)))
            self._tell()

        lacking = len(self.draft.missing())
        words = _("Hand in as it stands? Answers missing: {count}.", count=lacking) if lacking else _("Hand in?")
        if self._keep():
            self.app.push_screen(Ask(words, _("Hand in")), hand_in)

    def action_marks(self) -> None:
        """The marks of what was handed in, or back to the blanks."""
        page, blanks = self.query_one("#marks"), self.query_one("#blanks")
        if page.display:
            page.display, blanks.display = False, True
            self.query_one("#blank-0").focus()
            return
        if not self.draft.is_in:
            self.say(_("There are marks once it is handed in."), "warning")
            return
        try:
            found, policy = self.draft.marks()
        except CrmsimError as error:
            self.say(error.message, "error")
            return
        questions = self.draft.game.scenario.report.questions
        self.query_one("#marked", Static).update(marked(self, found, policy, self.draft.game.student, questions))
        page.display, blanks.display = True, False
        page.focus()

    def action_leave(self) -> None:
        """Kept, and back."""
        if self._keep():
            self.app.pop_screen()
