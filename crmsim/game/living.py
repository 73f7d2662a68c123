"""How a world lives through its minutes: customers and programs act, days begin and end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from crmsim.crm.company import CLOCK, CUSTOMER, Company, CompanyView
from crmsim.crm.facts import DayStarted, GameEnded, StaffAdded
from crmsim.engine.action import Action, LegalActions, Turn, apply, refusal
from crmsim.engine.facts import Fact
from crmsim.engine.view import hearers
from crmsim.engine.words import DAY
from crmsim.game.crew import BOT, NEVER, Crew, Player
from crmsim.game.journal import Entry
from crmsim.market import Market
from crmsim.roles.automating import watch


class Keeper(Protocol):
    """Where entries go before they are acknowledged, and daily digests after each day."""

    @property
    def name(self) -> str:
        """What a person knows the keeper by: the path of the save."""
        ...

    @property
    def trouble(self) -> Exception | None:
        """Why what was done last is not kept; None while all of it is."""
        ...

    def entry(self, entry: Entry) -> None:
        """Keep an entry; when this returns, a person's entry is durable. StoreError: it was not kept."""
        ...

    def day(self, day: int, digest: str, entities: dict[str, str]) -> None:
        """Keep the digests of a day that is over. Never fails: what cannot be written waits for the next entry."""
        ...


class ActFailed(Exception):
    """What a simulated party did could not be carried out: a mistake in the program. `act` is its place among all."""

    def __init__(self, act: int, action: Action) -> None:
        super().__init__(act)
        self.act, self.action = act, action


class Living(ABC):
    """A world with its market and its crew, and the one loop by which time passes, in play as in replay."""

    world: Company
    market: Market
    crew: Crew
    keeper: Keeper | None
    holders: dict[str, str]
    end_minute: int
    day_digests: list[str]
    digests: bool = True  # whether each day's is taken; a game that is told to be marked, or tried out, needs none
    listeners: list[Callable[[Fact], None]]  # clients that want to hear every fact
    watched: tuple[str, ...] = ()  # seats for whose sake time stops when they are told something
    stop_minute: int = NEVER
    acts: int  # how often simulated parties were about to act
    struck: frozenset[int]  # which of these times are left out, because they failed before

    @abstractmethod
    def legal_actions(self, seat: str) -> LegalActions:
        """What a seat may do now."""

    @abstractmethod
    def apply_for_bot(self, seat: str, action: Action) -> None:
        """Do what a program chose."""

    @abstractmethod
    def strike_out(self, failure: ActFailed) -> None:
        """Make the world anew without what failed, as far as this minute; what cannot be made anew is raised."""

    def digest(self) -> str:
        """A digest of the world, the same on every platform for the same play."""
        return self.world.digest()

    @property
    def minute(self) -> int:
        """Now, in minutes since midnight of day one."""
        return self.world.minute

    @property
    def day(self) -> int:
        """Today's number, from one."""
        return self.minute // DAY + 1

    @property
    def ended(self) -> bool:
        """Whether the game is over."""
        return self.world.ended

    @property
    def facts(self) -> list[Fact]:
        """Everything that came true so far."""
        return self.world.facts

    @property
    def players(self) -> dict[str, Player]:
        """The programs that hold seats."""
        return self.crew.players

    def attach(self, world: Company) -> None:
        """Give a world its market and its listeners."""
        self.world = world
        self.market = Market(world, self.act)
        world.subscribers.append(partial(watch, world))
        world.agenda.on_wake = self._wake
        world.subscribers.append(self._hear)

    def live_to(self, target: int) -> None:
        """Live through everything before `target`; what is due at it stays for later.

        Without an entry: the next entry's minute, or `advance_to` now, tells the journal.
        """
        while self.minute < min(target, self.stop_minute, self.end_minute) and not self.ended:
            try:
                self._live_on(target)
            except ActFailed as failure:
                self.strike_out(failure)

    def _live_on(self, target: int) -> None:
        while not self.ended:
            agenda = self.world.agenda  # fetched anew each time: striking out an entry makes another world
            now, bound = agenda.minute, min(target, self.stop_minute, self.end_minute)
            if now >= bound:
                return
            midnight = (now // DAY + 1) * DAY
            stop = min(bound, midnight)
            event, player = agenda.peek(), self.crew.next
            if player < stop and player <= event:
                agenda.run_to(player)
                self.crew.act(self.world, self.legal_actions, self.apply_for_bot)
            elif event < stop and (self.crew.players or self.watched):  # each minute may call somebody
                agenda.run_one_minute()
            else:
                agenda.run_to(stop)
                if stop == midnight:
                    self._end_day()

    def next_event(self) -> int:
        """The earliest minute at which a customer, the company's clock or a program has something to do."""
        return int(min(self.world.agenda.peek(), self.crew.next, NEVER))

    def free_from(self, seat: str, minute: int) -> int:
        """The first minute from `minute` on at which a seat may act: not busy, and the company open (for staff)."""
        found = self.world.seat(seat)
        minute = max(minute, found.busy_until)
        return minute if CUSTOMER in found.roles else self.world.calendar.next_open(minute)

    def _hear(self, fact: Fact) -> None:
        self.crew.hear(self.world, fact)
        if isinstance(fact, StaffAdded):
            bots = (each for each in self.holders.values() if each.startswith(BOT))
            self.holders[fact.staff] = next(bots, BOT + "competent")
        for listener in self.listeners:
            listener(fact)
        if self.watched:
            for seat in hearers(self.world, fact):
                if seat in self.watched:
                    self.stop_minute = min(self.stop_minute, self.free_from(seat, self.minute + 1))

    def _wake(self, subject: Any) -> None:
        if isinstance(subject, str):
            self.market.wake(subject)
        else:
            self.act(CLOCK, subject)

    def _end_day(self) -> None:
        day = self.minute // DAY
        if self.digests:
            self.day_digests.append(self.digest())
            if self.keeper is not None:
                self.keeper.day(day, self.day_digests[-1], self.world.entity_digests())
        if self.minute >= self.end_minute:
            self.finish()
        else:
            self.start_day()

    def start_day(self) -> None:
        """Tell everybody that a working day begins."""
        day = self.minute // DAY + 1
        if self.world.calendar.works_on(day):
            self.world.actor = CLOCK
            self.world.record(DayStarted(day=day))

    def finish(self) -> None:
        """The game is over: everything is refused, and everything may be seen."""
        if not self.world.ended:
            self.world.actor = CLOCK
            self.world.record(GameEnded())
            self.world.ended = True

    def take(self, seat: str, holder: str) -> None:
        """A person or a bot holds a seat from now on; customers that are played no longer move by themselves."""
        self.holders[seat] = holder
        for customer in getattr(self.world.seat(seat), "customers", ()):
            self.world.deputies[customer] = seat

    def act(self, seat: str, action: Action) -> bool:
        """A simulated party acts: refused, applied and recorded like anyone, but not journalled, since it follows."""
        self.acts += 1
        if self.acts in self.struck:
            return False
        try:
            if refusal(action, CompanyView(self.world, seat), mind_the_clock=False) is not None:
                return False
            apply(action, self.world, Turn(seat, self.minute))
        except Exception as error:
            raise ActFailed(self.acts, action) from error
        return True
