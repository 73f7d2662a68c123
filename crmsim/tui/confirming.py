"""Free words that wait for a person's marks: near-equal answers together, each kept with who gave the marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from crmsim.engine.errors import CrmsimError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _
from crmsim.grading.confirming import Waiting, confirm_group, groups, marked, waiting
from crmsim.grading.overriding import kept_words
from crmsim.grading.writing import handed_in, policy_path
from crmsim.tui.foot import Foot
from crmsim.tui.line import Line
from crmsim.tui.marked import points
from crmsim.tui.room import Room
from crmsim.tui.speech import tell

SHOWN = 8  # answers of a group that are written out


class Confirming(Room):
    """Groups left; the words, what speaks for them and the suggested marks right; below, the marks that you give."""

    BINDINGS = [
        Binding("tab", "app.focus_next", N_("Marks and name"), show=False),
        Binding("f10", "give", N_("Give these marks")),
        Binding("escape", "leave", N_("Back")),
    ]

    def __init__(self, found: Sequence[Waiting] | None = None, policy: Path | None = None) -> None:
        super().__init__()
        self.alone = found is not None  # a folder's answers; else those of this machine
        self.policy = policy or policy_path()
        self.groups = groups(waiting(handed_in()) if found is None else found)
        self.at = 0

    def compose(self) -> ComposeResult:
        """The list, the words, the marks and who gives them."""
        with Horizontal(id="player"):
            yield OptionList(id="people", compact=True, markup=False)
            with Vertical(id="told-story"):
                with VerticalScroll(id="words-written"):
                    yield Static(id="story", markup=False)
                with Horizontal(classes="pair"):
                    yield Static(Text(tell(self, _("Marks"))), classes="label", markup=False)
                    yield Line(id="points", compact=True, classes="editor", max_length=6)
                with Horizontal(classes="pair"):
                    yield Static(Text(tell(self, _("Given by"))), classes="label", markup=False)
                    yield Line(id="by", compact=True, classes="editor", max_length=60)
        yield Foot()

    def on_mount(self) -> None:
        """What waits on this machine; who gave marks last gives these."""
        given = kept_words(self.policy).confirmed
        self.query_one("#by", Line).value = safe_text(given[-1].by, 60) if given else ""
        self._mark()
        self.query_one("#people").focus()

    def retell(self) -> None:
        """In the new language."""
        self._draw()

    def _mark(self) -> None:
        policy = kept_words(self.policy)
        self.groups = [marked(each, policy) for each in self.groups]
        self.at = next((at for at, each in enumerate(self.groups) if any(one.given is None for one in each)), 0)
        self._draw()

    def _draw(self) -> None:
        people = self.query_one("#people", OptionList)
        people.border_title = tell(self, _("Free words"))
        people.set_options([Option(self._line(each)) for each in self.groups])
        if self.groups:
            people.highlighted = self.at
            self._show()
        else:
            self.query_one("#story", Static).update(
                Text(tell(self, _("No hand-in waits on this machine.")), "dim italic")
            )

    def _line(self, group: list[Waiting]) -> Grid:
        first, grid = group[0], Grid.grid(expand=True, padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        done = all(each.given is not None for each in group)
        sign = Text("✓" if done else "●", self.app.theme_variables["success" if done else "warning"])
        grid.add_row(sign, Text(safe_text(first.text, 40).replace("\n", " ") or "–"), Text(f"x{len(group)}"))
        return grid

    def _show(self) -> None:
        group = self.groups[self.at]
        first, accent = group[0], self.app.theme_variables["accent"]
        text = Text(tell(self, first.question.text) + "\n", "bold")
        share, most = first.suggestion.band, first.possible
        low, high = (most * each // 1_000_000 for each in share)
        said = _("Suggested: {points}, from {low} to {high} of {most}. {why}", points=points(first.points),
                 low=points(low), high=points(high), most=points(most), why=first.suggestion.why)  # fmt: skip
        text.append(tell(self, said) + "\n\n", "not bold dim")
        for each in group[:SHOWN]:
            words = Text(safe_text(each.text, 2_000), "not bold")
            for start, end in each.suggestion.spans:
                words.stylize(f"bold {accent}", start, end)
            text.append(f"{safe_text(each.student, 40) or '–'}", "not bold dim")
            if each.given is not None:
                text.append(f"  {each.given:g}", f"bold {accent}")
            text.append("\n").append_text(words).append("\n\n")
        if len(group) > SHOWN:
            text.append(tell(self, _("and {count} more that say nearly the same", count=len(group) - SHOWN)), "dim")
        self.query_one("#story", Static).update(text)
        self.query_one("#points", Line).value = points(first.points) if first.given is None else f"{first.given:g}"

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another group."""
        if event.option_index != self.at:
            self.at = event.option_index
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the marks."""
        self.query_one("#points").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter gives the marks, once it is said who gives them."""
        event.stop()
        self.action_give()

    def action_give(self) -> None:
        """The same marks for everyone in the group."""
        if not self.groups:
            return
        by, group = self.query_one("#by", Line).value.strip(), self.groups[self.at]
        try:
            given = float(self.query_one("#points", Line).value.replace("．", ".").strip())
        except ValueError:
            given = -1.0
        if not 0 <= given <= group[0].possible / 100:
            self.say(_("Marks go from 0 to {most}.", most=points(group[0].possible)), "warning")
            self.query_one("#points").focus()
            return
        if not by:
            self.say(_("Say who gives them."), "warning")
            self.query_one("#by").focus()
            return
        try:
            confirm_group(self.policy, group, given, by)
        except CrmsimError as error:
            self.say(error.message, "error")
            return
        self._mark()
        self.query_one("#people").focus()

    def action_leave(self) -> None:
        """Back to the grades."""
        if self.alone:
            self.app.exit()
        else:
            self.app.pop_screen()
