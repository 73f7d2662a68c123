"""A game that was left, as people know it again: what was played, at which seat, how far, and when last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import localtime, strftime
from typing import Any

from rich.text import Text
from textual.dom import DOMNode

from crmsim.crm.purposes import INSTRUCTOR
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, Bilingual, Words, _
from crmsim.tui.speech import tell


@dataclass(frozen=True)
class Left:
    """The outside of a kept game."""

    title: Words
    company: Words
    roles: tuple[tuple[str, ...], ...]  # of each seat that a person held
    day: int
    days: int
    student: str
    when: str

    def seats(self, node: DOMNode) -> str:
        """Where the player sat."""
        held = self.roles or ((INSTRUCTOR,),)
        words: Words = ""
        for roles in held:
            seat = " + ".join(tell(node, _("{role:role}", role=role)) for role in roles)
            words = _("{some}, {more}", some=words, more=seat) if words else seat
        return tell(node, words)

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.day > self.days

    def short(self, node: DOMNode, width: int) -> Text:
        """For a narrow list: two lines, and no more."""
        first = Text(tell(node, self.title))
        seats = self.seats(node)
        far = _("over · {seats}", seats=seats) if self.over else _("day {day} · {seats}", day=self.day, seats=seats)
        second = Text(tell(node, far), "dim")
        for line in (first, second):
            line.truncate(max(4, width), overflow="ellipsis")
        return Text.assemble(first, "\n", second)

    def long(self, node: DOMNode) -> Text:
        """On one line: whose it is first, where it is told."""
        who = safe_text(self.student, 60)
        what = _("{title}, day {day} of {days}", title=self.title, day=self.day, days=self.days)
        if self.over:
            what = _("{title}, over", title=self.title)
        text = Text.assemble((f"{who}  " if who else "", "bold"), (tell(node, what), "bold"))
        return text.append(f"  {self.seats(node)}  {self.when}", "not bold dim")

    def whole(self, node: DOMNode, path: Path) -> Text:
        """Everything about it, down to the file."""
        text = Text.assemble((tell(node, self.title), "bold"), (f"  {tell(node, self.company)}\n", "dim"))
        at = _("{seats}. Day {day} of {days}.", seats=self.seats(node), day=self.day, days=self.days)
        if self.over:
            at = _("{seats}. The game is over.", seats=self.seats(node))
        last = _("Last played {when}.", when=self.when)
        text.append(f"{tell(node, at)}\n{tell(node, last)}\n")
        return text.append(tell(node, _("File: {file}", file=safe_text(path.name, 100))), "dim")


def look_into(path: Path) -> Left | None:
    """What can be told of a kept game without the game itself; None when it is none that can be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (body,) = connection.execute("SELECT body FROM header").fetchone()
            (minute,) = connection.execute("SELECT coalesce(max(minute), 0) FROM entry").fetchone()
        return _told(json.loads(body), minute, path.stat().st_mtime)
    except (sqlite3.Error, OSError, TypeError, ValueError, KeyError):
        return None


def look_into_all(paths: Iterable[Path]) -> dict[Path, Left]:
    """Those that can be read."""
    return {path: left for path in paths if (left := look_into(path)) is not None}


def named(node: DOMNode, left: Left | None, path: Path) -> Text:
    """One line of a list of games; a file that cannot be read keeps its name."""
    return left.long(node) if left is not None else Text(safe_text(path.stem, 100), "bold")


def _told(body: dict[str, Any], minute: int, played: float) -> Left:
    from crmsim.game.crew import BOT

    scenario = json.loads(body["scenario_text"])
    seats = {each["id"]: tuple(each["roles"]) for each in scenario["seats"]}
    held = [seat for seat, holder in body.get("holders", {}).items() if not holder.startswith(BOT)]
    return Left(
        title=_special(_named(scenario["meta"]["title"]), scenario, bool(body.get("practice"))),
        company=_named(scenario["company"]["name"]),
        roles=tuple(seats.get(seat, (seat.partition("-")[0],)) for seat in held),
        day=_working_day(scenario["calendar"], minute // DAY),
        days=int(scenario["calendar"]["days"]),
        student=str(body.get("student", "")),
        when=strftime("%Y-%m-%d %H:%M", localtime(played)),
    )


def _special(title: Words, scenario: dict[str, Any], practice: bool) -> Words:
    """The title with what is special about the game: practice, a challenge, by hand (see tui/again.py)."""
    chosen = scenario.get("variant", ())
    more = [_named(each["title"]) for each in scenario.get("variants", ()) if each["id"] in chosen]
    for each in [*more, *([_("practice")] if practice else [])]:
        title = _("{title} · {more}", title=title, more=each)
    return title


def _working_day(calendar: dict[str, Any], date: int) -> int:
    """Which working day of the game it is, as the clock counts them."""
    first = datetime.fromisoformat(calendar["first_date"]).weekday()
    closed = set(calendar["closed"])
    return max(1, sum((first + n) % 7 in calendar["weekdays"] and n + 1 not in closed for n in range(date + 1)))


def _named(words: Any) -> Words:
    return Bilingual(words["en"], words["zh"]) if isinstance(words, dict) else safe_text(str(words), 200)
