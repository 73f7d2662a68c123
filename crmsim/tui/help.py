"""Help: the keys, and what this seat can do, in the words of the actions themselves."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from crmsim.engine.words import _
from crmsim.tui.foot import Foot
from crmsim.tui.room import Sheet
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_action, tell_help

KEYS = (
    ("↑ ↓ Enter Esc Tab", _("move, open, back, next part of the screen")),
    ("w", _("wait until something needs this seat")),
    ("F6 F7", _("wait 10 or 60 working minutes")),
    ("/  s  Space  [ ]", _("in a table: filter, sort, mark rows, turn pages")),
    ("1-9", _("choose from a list or a talk's moves by digit")),
    ("n F3", _("the next of your seats")),
    ("p +", _("running clock: pause, speed")),
    ("Ctrl+P", _("every action by name")),
    ("F4", _("中文 / English")),
    ("c F8", _("control centre: cases, mail, grades, replay")),
    ("F2", _("hints on or off")),
    ("F9", _("end the game and be graded")),
    ("Ctrl+C", _("leave; the game is kept")),
)


class Help(Sheet[None]):
    """One page: keys above, the seat's actions below."""

    def __init__(self, session: Session | None = None) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Keys, then actions with their first sentence."""
        accent, lines = self.app.theme_variables["accent"], Text()
        for key, words in KEYS:
            lines.append(f"{key:<19}", f"bold {accent}")
            lines.append(f"{tell(self, words)}\n")
        for action in self.session.actions if self.session else ():
            lines.append(f"\n{tell_action(self, action)}\n", "bold")
            lines.append(f"  {tell_help(self, action)}\n", "dim")
        with Vertical(classes="box"):
            yield Label(Text(tell(self, _("Help"))), classes="heading")
            with VerticalScroll(id="page"):
                yield Static(lines, markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """Arrows turn the page at once."""
        self.query_one("#page").focus()
