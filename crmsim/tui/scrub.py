"""The head of the replay player: what is played, the time, and the whole game as a line with a mark in it."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.widget import Widget

from crmsim.engine.words import _, time
from crmsim.tui.reel import Reel
from crmsim.tui.speech import language, tell


class Scrub(Widget):
    """Two lines; a click winds there."""

    def __init__(self) -> None:
        super().__init__(id="scrub")
        self.reel: Reel | None = None
        self.playing, self.speed = False, 0

    def show(self, reel: Reel, playing: bool, speed: int) -> None:
        """This reel at its minute."""
        self.reel, self.playing, self.speed = reel, playing, speed
        self.refresh()

    def render(self) -> Text:
        """Title and time; the line."""
        if self.reel is None:
            return Text("")
        reel, colours, width = self.reel, self.app.theme_variables, self.size.width
        head = Text(f" {tell(self, reel.scenario.meta.title)}  ", "bold", no_wrap=True)
        head.append(time(reel.minute, language(self)), f"bold {colours['warning']}")
        sign = "▶" if self.playing else "‖"
        head.append(f"  {sign} ", colours["accent"])
        head.append(tell(self, _("{minutes} min a step", minutes=self.speed)), "dim")
        whole = max(1, width - 2)
        done = whole * (reel.minute - reel.first) // max(1, reel.end - reel.first)
        line = Text.assemble("\n ", ("━" * done, colours["accent"]), ("●", "bold"), ("─" * (whole - done - 1), "dim"))
        return head + line

    def on_click(self, event: events.Click) -> None:
        """Wind to where the line was clicked."""
        if self.reel is not None and event.y == 1:
            share = max(0, event.x - 1)
            self.reel.wind(self.reel.first + (self.reel.end - self.reel.first) * share // max(1, self.size.width - 2))
            self.screen.look()  # type: ignore[attr-defined]
