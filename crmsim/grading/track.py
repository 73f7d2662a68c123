"""A customer's story as a line along the days, for a terminal: a sign for each step, by whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions
from rich.text import Text

from crmsim.engine.words import DAY, _, render
from crmsim.grading.stories import COMPANY, KINDS, LOST, MOOD, OWN, RIVAL, Story

SIGNS = {OWN: "●", COMPANY: "·", RIVAL: "◆", MOOD: "○", LOST: "✗"}
PLAIN = {OWN: "*", COMPANY: ".", RIVAL: "$", MOOD: "o", LOST: "x"}
COLOURS = {OWN: "cyan", COMPANY: "default", RIVAL: "yellow", MOOD: "magenta", LOST: "red"}
FIRST = (LOST, RIVAL, OWN, MOOD, COMPANY)  # which of several at one place is shown
GAP = 2


def sign(kind: str, colours: Mapping[str, str] = COLOURS, *, ascii: bool = False) -> Text:
    """What stands for a step of this kind."""
    return Text((PLAIN if ascii else SIGNS)[kind], colours[kind])


@dataclass(frozen=True)
class Track:
    """From the first day of the game until its last: what happened when, the days below, and what the signs mean."""

    story: Story
    last: int  # the game's last minute
    language: str
    colours: Mapping[str, str]
    ascii: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> list[Text]:
        width, days = max(10, options.max_width), max(1, -(-self.last // DAY))
        at: dict[int, str] = {}
        for step in sorted(self.story.steps, key=lambda each: -FIRST.index(each.kind)):
            at[min(width - 1, width * max(0, step.minute) // (days * DAY))] = step.kind
        line = Text(no_wrap=True)
        for cell in range(width):
            line.append_text(
                sign(at[cell], self.colours, ascii=self.ascii)
                if cell in at
                else Text("-" if self.ascii else "─", "dim")
            )
        return [line, Text(_ruler(width, days), "dim", no_wrap=True), self._key()]

    def _key(self) -> Text:
        there = [kind for kind in KINDS if any(each.kind == kind for each in self.story.steps)]
        words = (
            Text.assemble(sign(kind, self.colours, ascii=self.ascii),
                          f" {render(_('{kind:label}', kind=kind), self.language)}")
            for kind in there
        )  # fmt: skip
        return Text("  ").join(words)


def _ruler(width: int, days: int) -> str:
    """The days' numbers, as many as there is room for, each where its day begins."""
    steps = (1, 2, 5, 10, 20, 50, 100, 500)
    step = next((each for each in steps if width * each // days > len(str(days)) + GAP), days)
    ruler = [" "] * width
    for day in range(1, days + 1, step):
        start, number = width * (day - 1) // days, str(day)
        if start + len(number) <= width:
            ruler[start : start + len(number)] = number
    return "".join(ruler).rstrip()
