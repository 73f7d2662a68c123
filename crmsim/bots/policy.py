"""One policy for every seat: take the most pressing paper, know what to do with it, else do something useful.

A bot sees what a person in its seat sees, uses the same actions, and remembers nothing but the view.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from crmsim.bots.habits import BY_LEVEL, COMPETENT, Habits
from crmsim.bots.minding import minding
from crmsim.crm.company import CompanyView
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, LegalActions, offered, refusal
from crmsim.engine.desk import Waiting, to_do
from crmsim.engine.luck import Luck
from crmsim.roles import TABLES

Answer = Callable[["Bot", CompanyView, Waiting], Action | None]
Initiative = Callable[["Bot", CompanyView], Action | None]
ANSWERS: dict[type[Action], Answer] = {}
INITIATIVES: dict[str, list[Initiative]] = {}
FOLLOWING: dict[type[Action], None] = {}  # what keeps until nobody is on the line
PLEASED = 4  # of a customer's patience, the part within which a first word pleases
FEW = 120  # combinations that a random hand looks at


def answers(*kinds: type[Action], follows: bool = False) -> Callable[[Answer], Answer]:
    """Declare how a bot answers a paper whose next step is one of these actions, and whether it follows up."""

    def declare(answer: Answer) -> Answer:
        ANSWERS.update(dict.fromkeys(kinds, answer))
        FOLLOWING.update(dict.fromkeys(kinds if follows else ()))
        return answer

    return declare


def initiative(role: str) -> Callable[[Initiative], Initiative]:
    """Declare something that a seat of this role does by itself when no paper waits."""

    def declare(act: Initiative) -> Initiative:
        INITIATIVES.setdefault(role, []).append(act)
        return act

    return declare


class Idle:
    """Sits in a seat and does nothing."""

    level, rest = "idle", 0

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """Nothing."""
        return None


class Random:
    """Does anything that is legal, without sense."""

    level, rest = "random", 45

    def __init__(self, luck: int = 0) -> None:
        self.luck = Luck(luck)

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """One of the first few combinations of one of the actions, if it is legal now."""
        seat, minute = view.seat.id, view.minute
        for attempt in range(6):
            kind = self.luck.pick(legal.actions, seat, f"kind/{minute}", attempt)
            found = list(islice(offered(kind, view), FEW))
            if found:
                action = self.luck.pick(found, seat, f"choice/{minute}", attempt)
                if refusal(action, view) is None:
                    return action
        return None


def _pleased_by(paper: Waiting, view: CompanyView) -> int:
    """Until when a paper should be taken: a first word pleases only within a part of what the customer would wait."""
    talk = view.get(Talk, paper.filled.get("talk", ""))
    if talk is None or talk.status != "waiting" or not paper.due:
        return paper.due or 10**9
    return paper.since + (paper.due - paper.since) // PLEASED


def _on_the_line(view: CompanyView) -> bool:
    """Whether a customer at this seat's telephone, chat or booth waits for its next word."""
    live = {each.id: None for each in view.scenario.channels if each.live}
    return any(each.seat == view.seat.id and each.waits and each.channel in live for each in view.all(Talk))


class Bot:
    """A hand with habits."""

    def __init__(self, level: str = "competent", habits: Habits | None = None) -> None:
        self.level = level
        self.own = habits if habits is not None else BY_LEVEL.get(level, COMPETENT)
        self.habits = self.own  # with what it was coached on lately
        self.rest = self.own.rest  # working minutes it pauses after each act
        self._met: dict[str, list[Talk]] | None = None

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """The next step of the most pressing paper that it knows how to take, else an initiative, else nothing."""
        self._met, self.habits = None, minding(self.own, view)
        self.rest = self.habits.rest
        papers = to_do(view, TABLES)
        if not self.habits.by_urgency:
            papers.sort(key=lambda paper: paper.since)
        elif self.habits.reads:
            papers.sort(key=lambda paper: _pleased_by(paper, view))
        kept = FOLLOWING if self.habits.attends and self.habits.follows_up and _on_the_line(view) else {}
        for paper in papers:
            if paper.action in kept:
                continue  # whoever is spoken with comes before a note about another, or a call to one
            action = self._answer(view, paper)
            if action is not None and refusal(action, view) is None:
                return action
        for role in view.seat.roles:
            for act in INITIATIVES.get(role, ()):
                action = act(self, view)
                if action is not None and refusal(action, view) is None:
                    return action
        return None

    def talks(self, view: CompanyView, record: Any) -> list[Talk]:
        """The talks with the customer of a record that this seat may see; gathered once for each choice."""
        if self._met is None:
            self._met = {}
            for each in view.all(Talk):
                self._met.setdefault(each.customer, []).append(each)
                if each.record != each.customer:
                    self._met.setdefault(each.record, []).append(each)
        if not record.customer:
            return self._met.get(record.id, [])
        mine = self._met.get(record.customer, [])
        return mine or self._met.get(record.id, [])

    def _answer(self, view: CompanyView, paper: Waiting) -> Action | None:
        known = ANSWERS.get(paper.action)
        if known is not None:
            return known(self, view, paper)
        return next(offered(paper.action, view, paper.filled), None)
