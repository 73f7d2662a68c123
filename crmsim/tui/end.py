"""The last screen: the grade card, three months later, the customers' stories, and the game told again."""

from __future__ import annotations

from typing import Any

from rich.console import Group
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmsim.engine.words import N_, Message, _
from crmsim.tui.again import offer
from crmsim.tui.foot import Foot
from crmsim.tui.labreport import LabReport
from crmsim.tui.pairs import Pairs
from crmsim.tui.player import Player
from crmsim.tui.review import Reviewing
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell
from crmsim.tui.stories import Stories


class End(Room):
    """Shown once, when the game is over."""

    BINDINGS = [
        Binding("1,c", "card", N_("Card")),
        Binding("2,l", "later", N_("Later")),
        Binding("3,s", "stories", N_("Stories")),
        Binding("4,p", "replay", N_("Replay")),
        Binding("5,v", "review", N_("Review")),
        Binding("6,a", "again", N_("Play again")),
        Binding("r", "report", N_("Lab report")),
        Binding("escape,q", "leave", N_("Leave")),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.shown = "card"
        self.told: tuple[Message, ...] | None = None  # three months later

    def compose(self) -> ComposeResult:
        """A line that says it is over, and a page that scrolls."""
        yield Static(id="end-head", markup=False)
        with VerticalScroll(id="card"):
            yield Static(id="grades", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The card in the reader's language."""
        self.retell()
        self.query_one(VerticalScroll).focus()

    def retell(self) -> None:
        """In the new language."""
        head = Text(tell(self, _("The game is over.")), "bold")
        line = Pairs((tell(self, name), Text(value, "bold")) for name, value in self.session.team())
        self.query_one("#end-head", Static).update(Group(head, line))
        page: Any = self.session.card(language(self)) if self.shown == "card" else self._later()
        self.query_one("#grades", Static).update(page)

    def _later(self) -> Text:
        text = Text(tell(self, _("What became of the customers")) + "\n\n", "bold")
        if self.told is None:
            return text.append(tell(self, _("Colleagues play on for three months. This takes some seconds…")), "dim")
        for each in self.told:
            text.append(f"{tell(self, each)}\n\n", "not bold")
        return text

    def action_card(self) -> None:
        """The grade card."""
        self.shown = "card"
        self.retell()

    def action_later(self) -> None:
        """What became of the customers."""
        self.shown = "later"
        self.retell()
        if self.told is None:
            self.play_on()

    @work(thread=True, exclusive=True)
    def play_on(self) -> None:
        """Let reference bots play on with a copy of the company, beside the screen."""
        told = self.session.epilogue()
        if self.is_attached:
            self.app.call_from_thread(self._played_on, told)

    def _played_on(self, told: tuple[Message, ...]) -> None:
        self.told = told
        self.retell()

    def action_stories(self) -> None:
        """What the customers went through."""
        self.app.push_screen(Stories(self.session))

    def action_replay(self) -> None:
        """The game, told again."""
        self.app.push_screen(Player(self.session.reel()))

    def action_review(self) -> None:
        """The decisions one by one, and play on from one of them."""
        if self._kept():
            self.app.push_screen(Reviewing(self.session))

    def action_again(self) -> None:
        """The game anew, or with a challenge."""
        if self._kept():
            offer(self, self.session.save_path, self.session.scenario)

    def _kept(self) -> bool:
        if not self.session.save_path:
            self.say(_("This game is not kept."), "warning")
        return bool(self.session.save_path)

    def action_report(self) -> None:
        """The lab report on this game."""
        if not self.session.save_path:
            self.say(_("This game is not kept, so there is no report on it."), "warning")
            return
        self.app.push_screen(LabReport(self.session.report(language(self))))

    def action_leave(self) -> None:
        """Back to the card, and out from there."""
        if self.shown == "card":
            self.app.exit()
        else:
            self.action_card()
