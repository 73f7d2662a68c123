"""The programs that hold seats: they wake when something is addressed to them, and never poll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from crmsim.crm.company import CompanyView
from crmsim.crm.facts import StaffAdded
from crmsim.engine.action import Action, LegalActions
from crmsim.engine.facts import Fact
from crmsim.engine.view import hearers
from crmsim.engine.words import DAY
from crmsim.engine.world import World

NEVER = 10**12
BOT = "bot:"


class Player(Protocol):
    """Whoever holds a seat by program: sees a view, knows what is legal, decides."""

    level: str
    rest: int  # working minutes it pauses after each act

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """The next action, or None to wait until something is addressed to this seat."""
        ...


class Crew:
    """Which seats are held by programs, and at which minute each means to look up."""

    def __init__(self, players: dict[str, Player], minute: int) -> None:
        self.players = players
        self.due = dict.fromkeys(players, minute)
        self._customers: dict[str, str] | None = None

    @property
    def next(self) -> int:
        """The earliest minute at which one of them looks up."""
        return min(self.due.values(), default=NEVER)

    def join(self, seat: str, player: Player | None, minute: int) -> None:
        """A program sits down from `minute` on, or (None) leaves the seat."""
        self.players.pop(seat, None)
        self.due.pop(seat, None)
        self._customers = None
        if player is not None:
            self.players[seat], self.due[seat] = player, minute

    def hear(self, world: World, fact: Fact) -> None:
        """Whoever is told of a fact looks up at the next minute at which it is free."""
        if not self.players:
            return
        if isinstance(fact, StaffAdded):
            self.join(fact.staff, self._alike(world, fact.staff), world.minute + 1)
        for seat in (*hearers(world, fact), self._playing(world).get(getattr(fact, "customer", ""), "")):
            if seat in self.players:
                due = max(world.minute + 1, world.seat(seat).busy_until)
                self.due[seat] = min(self.due.get(seat, NEVER), due + (self.players[seat].rest or 0))

    def _playing(self, world: World) -> dict[str, str]:
        """Which program plays a customer, by customer: it hears all that concerns its own."""
        if self._customers is None:
            seats = (world.seat(each) for each in self.players)
            self._customers = {each: seat.id for seat in seats for each in getattr(seat, "customers", ())}
        return self._customers

    def _alike(self, world: World, staff: str) -> Player:
        """Whoever does the same work already; programs remember nothing, so one may hold two seats."""
        roles = set(world.seat(staff).roles)
        same = (player for seat, player in self.players.items() if roles & set(world.seat(seat).roles))
        return next(same, next(iter(self.players.values())))

    def act(self, world: World, look: Callable[[str], LegalActions], do: Callable[[str, Action], None]) -> None:
        """Let everyone whose minute has come choose, in the order of the seats."""
        now, calendar = world.minute, world.calendar
        for seat in [each for each in self.players if self.due.get(each, NEVER) <= now]:
            del self.due[seat]
            free = max(calendar.next_open(now), world.seat(seat).busy_until)
            if free > now:
                self.due[seat] = free
                continue
            legal = look(seat)
            action = self.players[seat].choose(legal.view, legal)  # type: ignore[arg-type]
            if action is not None:
                do(seat, action)
                busy, rest = world.seat(seat).busy_until, self.players[seat].rest
                self.due[seat] = max(now + 1, calendar.after(busy, rest) if rest else busy)
            elif seat in self._playing(world).values():  # a need of one's own is told by nobody: look each morning
                self.due[seat] = calendar.next_open((now // DAY + 1) * DAY)
