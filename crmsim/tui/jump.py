"""Finds a fact of a game that is told again, by its words or by the number under which it is cited."""

from __future__ import annotations

from itertools import islice

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from crmsim.engine.facts import Fact
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _, render, time
from crmsim.tui.entry import Entry
from crmsim.tui.foot import Foot
from crmsim.tui.reel import Reel
from crmsim.tui.room import Sheet
from crmsim.tui.speech import LONGEST, language, tell

MOST = 300


class Jump(Sheet[Fact]):
    """Type to find, Enter to go there."""

    BINDINGS = [Binding("down", "list", N_("To the list"))]

    def __init__(self, reel: Reel, followed: str) -> None:
        super().__init__()
        self.reel, self.dates = reel, reel.scenario.calendar.dates  # its own, not those of the game that is played
        self.facts = [each for each in reel.facts if not followed or followed in map(str, _values(each))]
        self.found: list[Fact] = self.facts

    def compose(self) -> ComposeResult:
        """What to look for, and what was found."""
        with Vertical(classes="box wide"):
            yield Entry(placeholder=tell(self, _("Show facts with…")), id="find", compact=True)
            yield OptionList(id="facts", compact=True, markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """All of them first."""
        self._fill("")
        self.query_one("#find").focus()

    def _fill(self, wanted: str) -> None:
        cited = [each for each in self.facts if wanted == str(each.number)]
        others = (each for each in self.facts if each not in cited and wanted in self._words(each).casefold())
        self.found = [*cited, *islice(others, MOST)]
        options = [Option(self._line(each)) for each in self.found]
        none = Option(Text(tell(self, _("Nothing of the kind happened.")), "italic"), disabled=True)
        self.query_one("#facts", OptionList).set_options(options or [none])

    def _words(self, fact: Fact) -> str:
        return safe_text(render(self.reel.sentence(fact), language(self), self.dates), LONGEST)

    def _line(self, fact: Fact) -> Text:
        when = time(fact.minute, language(self), self.dates)
        return Text.assemble(f"{fact.number:>5}  ", (f"{when}  ", "dim"), self._words(fact))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer as one types."""
        self._fill(event.value.strip().casefold())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the first that was found."""
        if self.found:
            self.dismiss(self.found[0])

    def action_list(self) -> None:
        """To the first of the list."""
        facts = self.query_one("#facts", OptionList)
        facts.focus()
        facts.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To this one."""
        self.dismiss(self.found[event.option_index])


def _values(fact: object) -> list[object]:
    return [getattr(fact, name) for name in getattr(fact, "__struct_fields__", ())]
