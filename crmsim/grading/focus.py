"""A copy of a game in which only some customers live on, so that a decision about them can be weighed by itself.

Reference bots hold the seats and see only these customers' papers; everybody else stands still in every branch. What
another customer lost by waiting meanwhile is no part of the difference: it is a decision of its own.
"""

from __future__ import annotations

from typing import Any, TypeVar

from crmsim.bots import REFERENCE, bot
from crmsim.bots.policy import Bot
from crmsim.crm.company import CompanyView, Staff
from crmsim.engine.action import Action, LegalActions, refusal
from crmsim.engine.desk import to_do
from crmsim.engine.words import DAY
from crmsim.engine.world import Entity, Seen
from crmsim.game import Game, Player
from crmsim.grading.touching import owner_of, touched
from crmsim.roles import ACTIONS, TABLES
from crmsim.roles.director import RestockProduct

E = TypeVar("E", bound=Entity)


class FocusedView(CompanyView):
    """What a seat may see of some customers; company matters are all there."""

    __slots__ = ("focus",)

    def __init__(self, world: Any, seat: str, focus: frozenset[str]) -> None:
        super().__init__(world, seat)
        self.focus = focus

    def lists(self, row: Entity) -> Seen | None:
        """Only rows about one of these customers, or about none."""
        return self.reach(row) if self._near(row) else None

    def get(self, kind: type[E], id: str) -> E | None:
        """One row, whomever it is about."""
        return self._look_up(kind, id)

    def _standpoint(self) -> tuple[Any, ...] | None:
        key = super()._standpoint()
        return None if key is None else (*key, self.focus)

    def _near(self, row: Any) -> bool:
        if not hasattr(row, "customer"):
            return True
        return row.customer in self.focus or row.id in self.focus or owner_of(self._world, row) in self.focus


class Focused:
    """A bot that minds only some customers. `idle` until a minute: it lets them wait that long."""

    def __init__(self, inner: Player, focus: frozenset[str], idle: int = 0) -> None:
        self.inner, self.focus, self.idle = inner, focus, idle
        self.level, self.rest = inner.level, inner.rest

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """What the bot would do about them; of the rest of the business only what they may need, goods."""
        if view.minute < self.idle:
            return None
        found = chosen(self.inner, view._world, view.seat.id, self.focus)
        if found is None or isinstance(found, RestockProduct) or self.focus & set(touched(view._world, found)):
            return found
        return None


def chosen(player: Player, world: Any, seat: str, focus: frozenset[str]) -> Action | None:
    """What a bot would do in a seat now, minding only some customers (all, when there are none)."""
    view = FocusedView(world, seat, focus) if focus else CompanyView(world, seat)
    return player.choose(view, LegalActions(view, ACTIONS))


def chosen_instead(player: Bot, world: Any, seat: str, focus: frozenset[str], played: Action) -> Action | None:
    """What a bot would do with the very paper that was taken up; with another of these customers, if it is none."""
    view = FocusedView(world, seat, focus)
    first = player.choose(view, LegalActions(view, ACTIONS))
    paper = next(iter(_values(played)), "")
    if first is None or paper in _values(first):
        return first
    for each in to_do(view, TABLES):
        if paper in each.filled.values():
            found = player._answer(view, each)
            if found is not None and refusal(found, view) is None:
                return found
    return first


def _values(action: Action) -> list[Any]:
    return [getattr(action, name) for name in action.__struct_fields__]


def branch(game: Game, focus: frozenset[str], salt: int, until: int, *, idle: tuple[str, int] = ("", 0)) -> Game:
    """A copy with other luck, held by reference bots. `idle`: a seat that lets these customers wait until a minute."""
    players: dict[str, Player] = {}
    for seat in game.world.all(Staff):
        if seat.active:
            own: Player = bot(REFERENCE)
            waits = idle[1] if seat.id == idle[0] else 0
            players[seat.id] = Focused(own, focus, waits) if focus else own
    extra = max(0, -(-(until - game.end_minute) // DAY)) + 1
    other = game.fork(players, salt=salt, days=extra)
    other.world.deputies.clear()
    if focus:
        _quiet(other, focus)
    return other


def _quiet(game: Game, focus: frozenset[str]) -> None:
    """Nobody but these customers wakes, and nothing falls due that is about others alone."""
    wake = game.world.agenda.on_wake
    assert wake is not None

    def only(subject: Any) -> None:
        who = {subject} if isinstance(subject, str) else set(touched(game.world, subject))
        if not who or who & focus:
            wake(subject)

    game.world.agenda.on_wake = only
