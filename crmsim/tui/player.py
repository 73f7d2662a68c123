"""The replay player: play, pause, speed, wind by the hour or the day, jump to a fact, follow a customer or a seat."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, N_, Words, _, clock, time
from crmsim.tui.foot import Foot
from crmsim.tui.jump import Jump
from crmsim.tui.moments import Told, told
from crmsim.tui.offer import Offer
from crmsim.tui.reel import Reel
from crmsim.tui.room import Room
from crmsim.tui.scrub import Scrub
from crmsim.tui.speech import dates, language, tell

FRAME = 0.25  # seconds of real time between two pictures
SPEEDS = (5, 15, 60, 240)  # game minutes a picture
SHOWN = 60
NAME = 20  # cells of a colleague's name


class Player(Room):
    """Shows a reel. It changes nothing in any game."""

    BINDINGS = [
        Binding("space", "play", N_("Play or pause")),
        Binding("plus", "speed", N_("Speed")),
        Binding("left", "wind(-60)", N_("Hour back"), show=False),
        Binding("right", "wind(60)", N_("Hour on"), show=False),
        Binding("left_square_bracket,pageup", "day(-1)", N_("Day back"), key_display="["),
        Binding("right_square_bracket,pagedown", "day(1)", N_("Day on"), key_display="]"),
        Binding("home", "start", N_("To the beginning"), show=False),
        Binding("end", "finish", N_("To the end"), show=False),
        Binding("j", "jump", N_("Jump to")),
        Binding("f", "follow", N_("Follow")),
        Binding("escape,q", "leave", N_("Leave")),
    ]

    def __init__(self, reel: Reel, alone: bool = False) -> None:
        super().__init__()
        self.reel, self.alone = reel, alone
        self.playing, self.speed, self.followed = False, 1, ""

    def compose(self) -> ComposeResult:
        """The time above, what happened left, how things stood right."""
        yield Scrub()
        with Horizontal(id="player"):
            with VerticalScroll(id="happened", can_focus=False):
                yield Static(id="events", markup=False)
            with VerticalScroll(id="standing", can_focus=False):
                yield Static(id="stood", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The first minute."""
        self.look()
        self.set_interval(FRAME, self._frame)

    def retell(self) -> None:
        """In the new language."""
        self.look()

    def _frame(self) -> None:
        if self.playing and self.app.screen is self:
            self.action_wind(SPEEDS[self.speed])
            if self.reel.minute >= self.reel.end:
                self.playing = False
                self.look()

    def look(self) -> None:
        """Show the minute."""
        self.query_one(Scrub).show(self.reel, self.playing, SPEEDS[self.speed])
        facts, lang = self.reel.told(self.followed)[-SHOWN:], language(self)
        lines = []
        for at, fact in enumerate(facts):
            newest = at == len(facts) - 1
            words = Text(tell(self, self.reel.sentence(fact)), "" if newest else "dim")
            lines.append((time(fact.minute, lang), words))
        if not lines:
            lines = [("", Text(tell(self, _("Nothing yet.")), "dim italic"))]
        place = self.query_one("#happened")
        name = next((each for id, each in self._followable() if id == self.followed), "") if self.followed else ""
        place.border_title = Text(tell(self, name or _("What happened")))
        self.query_one("#events", Static).update(told(lines))
        place.scroll_end(animate=False)
        self.query_one("#standing").border_title = Text(tell(self, _("How things stood")))
        self.query_one("#stood", Static).update(self._story() if self.reel.story(self.followed) else self._standing())

    def _standing(self) -> Group:
        """The company's figures, and below each desk; their columns have nothing to do with each other."""
        figures, grid = (Grid.grid(expand=True, padding=(0, 1, 0, 0)) for _part in range(2))
        figures.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        figures.add_column(justify="right", no_wrap=True)
        grid.add_column(no_wrap=True, overflow="ellipsis", max_width=NAME)  # a name is told whole, beside it what fits
        grid.add_column(ratio=1, justify="right")
        for name, value in self.reel.figures():
            figures.add_row(Text(tell(self, name), "dim"), Text(value, "bold"))
        for who, holder, papers, busy in self.reel.desks():
            line = Text(tell(self, who), "" if holder.startswith("bot:") else "bold")
            state = tell(self, _("To do {count}", count=papers))
            if busy > self.reel.minute:
                state += tell(self, _(", busy until {when}", when=clock(busy)))
            grid.add_row(line, Text(state, "dim"))
        return Group(figures, Text(""), grid)

    def _story(self) -> Told:
        lang, known, story = language(self), dates(self), self.reel.story(self.followed)
        return told((time(minute, lang, known), Text(tell(self, words))) for minute, words in story)

    # -- keys

    def action_play(self) -> None:
        """Play on, or stand."""
        self.playing = not self.playing
        if self.playing and self.reel.minute >= self.reel.end:
            self.reel.wind(self.reel.first)
        self.look()

    def action_speed(self) -> None:
        """The next speed, from the fastest back to the slowest."""
        self.speed = (self.speed + 1) % len(SPEEDS)
        self.look()

    def action_wind(self, minutes: int) -> None:
        """Some minutes on or back; nights are skipped."""
        target = self.reel.minute + minutes
        if minutes > 0:
            target = max(target, self.reel.opens(target))
        self.reel.wind(target)
        self.look()

    def action_day(self, days: int) -> None:
        """The morning of another day."""
        self.reel.wind(self.reel.opens((self.reel.minute // DAY + days) * DAY))
        self.look()

    def action_start(self) -> None:
        """The first minute."""
        self.reel.wind(self.reel.first)
        self.look()

    def action_finish(self) -> None:
        """The last minute."""
        self.reel.wind(self.reel.end)
        self.look()

    def action_jump(self) -> None:
        """To a fact, found by its words."""

        def go(fact: Fact | None) -> None:
            if fact is not None:
                self.playing = False
                self.reel.wind(fact.minute)
                self.look()

        self.app.push_screen(Jump(self.reel, self.followed), go)

    def _followable(self) -> list[tuple[str, Words]]:
        return [("", _("everything")), *self.reel.seats, *self.reel.customers]

    def action_follow(self) -> None:
        """One seat or one customer, or everything again."""
        found = self._followable()

        def follow(at: int | None) -> None:
            if at is not None:
                self.followed = found[at][0]
                self.look()

        self.app.push_screen(Offer(_("Whom do you want to follow?"), [(name, None) for _id, name in found]), follow)

    def action_leave(self) -> None:
        """Back to where one came from."""
        if self.alone:
            self.app.exit()
        else:
            self.app.pop_screen()
