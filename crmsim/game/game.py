"""One play: the driver that lets time pass, lets seats act, and writes the journal."""

from __future__ import annotations

from typing import Any, Protocol

from crmsim.crm.company import CLOCK, Company, CompanyView
from crmsim.crm.facts import DayStarted, GameEnded
from crmsim.crm.founding import found
from crmsim.engine.action import Action, LegalActions, Refusal, Turn, apply, refusal
from crmsim.engine.errors import IllegalAction
from crmsim.engine.facts import Fact
from crmsim.engine.view import hearers
from crmsim.engine.words import DAY, _
from crmsim.game.journal import CLOCK_SEAT, Entry, Header, SeatTaken, TimePassed, Voided
from crmsim.market import Market, populate
from crmsim.roles import ACTIONS
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.schema import Scenario

NEVER = 10**12


class Player(Protocol):
    """Whoever holds a seat by program: sees a view, knows what is legal, decides."""

    level: str

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """The next action, or None to wait until something is addressed to this seat."""
        ...


class Keeper(Protocol):
    """Where entries go before they are acknowledged, and daily digests after each day."""

    def entry(self, entry: Entry) -> None:
        """Keep an entry; when this returns, a person's entry is durable."""
        ...

    def day(self, day: int, digest: str, entities: dict[str, str]) -> None:
        """Keep the digest of a day that is over."""
        ...


class Game:
    """One play of a scenario. The only driver: people, bots, replay and forks all go through it."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 0,
        *,
        cast: Cast | None = None,
        players: dict[str, Player] | None = None,
        holders: dict[str, str] | None = None,
        keeper: Keeper | None = None,
        pace: str = "turn",
        student: str = "",
    ) -> None:
        from crmsim.scenarios.casting import draw_cast

        self.scenario, self.seed, self.pace, self.student = scenario, seed, pace, student
        self.cast = cast if cast is not None else draw_cast(scenario, seed)
        self.first_holders = dict(holders or {})
        self.keeper = keeper
        self.players = players or {}
        self.journal: list[Entry] = []
        self.day_digests: list[str] = []
        self._ids: dict[str, tuple[Fact, ...]] = {}
        self._begin()

    def _begin(self) -> None:
        self.holders: dict[str, str] = {}
        world = found(self.scenario, self.cast, self.seed)
        self.end_minute = (
            world.calendar.working_days_after(world.minute, self.scenario.calendar.days - 1) // DAY * DAY + DAY
        )
        self._attach(world)
        populate(world, self.cast)
        for seat, holder in self.first_holders.items():
            self._take(seat, holder)
        self._start_day()

    def _attach(self, world: Company) -> None:
        self.world = world
        self._bots: dict[str, int] = {}
        self.market = Market(world, self.act)
        world.agenda.on_wake = self._wake
        world.subscribers.append(self._hear)
        for seat in self.players:
            self._bots[seat] = world.minute

    # -- looking

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

    def view(self, seat: str) -> CompanyView:
        """What a seat may see."""
        if seat not in self.world.seats:
            raise IllegalAction(_("There is no seat {seat}.", seat=seat))
        return CompanyView(self.world, seat)

    def legal_actions(self, seat: str) -> LegalActions:
        """What a seat may do now."""
        return LegalActions(self.view(seat), ACTIONS)

    def refusal(self, seat: str, action: Action) -> Refusal | None:
        """Why a seat may not do this now; None when it may."""
        return refusal(action, self.view(seat), mind_the_clock=self.pace == "turn")

    def digest(self) -> str:
        """A digest of the world, the same on every platform for the same play."""
        return self.world.digest()

    # -- acting

    def apply(self, seat: str, action: Action, *, id: str | None = None) -> tuple[Fact, ...]:
        """Do an action: kept first, then carried out. Returns the facts that it made.

        The same `id` twice has one effect and the same answer. IllegalAction when refused, nothing changed.
        """
        if id is not None and id in self._ids:
            return self._ids[id]
        why = self.refusal(seat, action)
        if why is not None:
            raise IllegalAction(why)
        facts = self._enter(
            Entry(len(self.journal), self.minute, seat, self.holders.get(seat, "person"), action, id or "")
        )
        if id is not None:
            self._ids[id] = facts
        return facts

    def _enter(self, entry: Entry) -> tuple[Fact, ...]:
        if self.keeper is not None:
            self.keeper.entry(entry)
        self.journal.append(entry)
        return self._carry_out(entry)

    def _carry_out(self, entry: Entry) -> tuple[Fact, ...]:
        before = len(self.facts)
        action, world = entry.action, self.world
        if isinstance(action, SeatTaken):
            self._take(action.seat, action.holder)
        elif not isinstance(action, TimePassed | Voided):
            cost = action.cost(world)
            apply(action, world, Turn(entry.seat, self.minute, entry.number))
            if self.pace == "turn" and cost:
                world.seat(entry.seat).busy_until = world.calendar.next_open(world.calendar.after(self.minute, cost))
        return tuple(self.facts[before:])

    def _take(self, seat: str, holder: str) -> None:
        self.holders[seat] = holder
        person = not holder.startswith("bot:")
        for customer in getattr(self.world.seat(seat), "customers", ()):
            if person:
                self.world.deputies[customer] = seat
            else:
                self.world.deputies.pop(customer, None)

    def take_seat(self, seat: str, holder: str, player: Player | None = None) -> None:
        """Let a seat change its holder: a student id, or "bot:level" with the bot itself."""
        self.view(seat)
        self._enter(Entry(len(self.journal), self.minute, CLOCK_SEAT, holder, SeatTaken(seat=seat, holder=holder)))
        self.players.pop(seat, None)
        self._bots.pop(seat, None)
        if player is not None:
            self.players[seat] = player
            self._bots[seat] = self.minute

    def act(self, seat: str, action: Action) -> bool:
        """A simulated party acts: refused, applied and recorded like anyone, but not journalled, since it follows."""
        if refusal(action, CompanyView(self.world, seat), mind_the_clock=False) is not None:
            return False
        apply(action, self.world, Turn(seat, self.minute))
        return True

    # -- time

    def advance(self, minutes: int) -> None:
        """Let `minutes` pass; customers and bots live meanwhile. What happens at the last minute stays for later."""
        self.advance_to(self.minute + max(0, minutes))

    def advance_to(self, minute: int) -> None:
        """Let time pass until `minute` (at most the end of the game), and enter that in the journal."""
        self._live_to(min(minute, self.end_minute))
        if not self.journal or self.journal[-1].minute < self.minute or minute >= self.end_minute:
            self._enter(Entry(len(self.journal), self.minute, CLOCK_SEAT, CLOCK_SEAT, TimePassed()))

    def run_to_end(self) -> None:
        """Let the whole game pass."""
        self.advance_to(self.end_minute)

    def _live_to(self, target: int) -> None:
        agenda = self.world.agenda
        while self.minute < target:
            midnight = (self.minute // DAY + 1) * DAY
            stop = min(target, midnight)
            bots = min(self._bots.values(), default=NEVER)
            event = agenda.peek()
            if bots < stop and bots <= event:
                agenda.run_to(bots)
                self._let_bots_act()
            elif event < stop:
                agenda.run_one_minute()
            else:
                agenda.run_to(stop)
                if stop == midnight:
                    self._end_day()

    def _let_bots_act(self) -> None:
        calendar = self.world.calendar
        for seat in [each for each in self.players if self._bots.get(each, NEVER) <= self.minute]:
            del self._bots[seat]
            free = max(calendar.next_open(self.minute), self.world.seat(seat).busy_until)
            if free > self.minute:
                self._bots[seat] = free
                continue
            legal = self.legal_actions(seat)
            action = self.players[seat].choose(legal.view, legal)  # type: ignore[arg-type]
            if action is not None:
                self.apply(seat, action)
                self._bots[seat] = max(self.minute + 1, self.world.seat(seat).busy_until)

    def _hear(self, fact: Fact) -> None:
        if self.players:
            for seat in hearers(self.world, fact):
                if seat in self.players:
                    due = max(self.minute + 1, self.world.seat(seat).busy_until)
                    self._bots[seat] = min(self._bots.get(seat, NEVER), due)

    def _wake(self, subject: Any) -> None:
        if isinstance(subject, str):
            self.market.wake(subject)
        else:
            self.act(CLOCK, subject)

    def _end_day(self) -> None:
        day = self.minute // DAY
        self.day_digests.append(self.digest())
        if self.keeper is not None:
            self.keeper.day(day, self.day_digests[-1], self.world.entity_digests())
        if self.minute >= self.end_minute:
            self.end()
        else:
            self._start_day()

    def _start_day(self) -> None:
        day = self.minute // DAY + 1
        if self.world.calendar.works_on(day):
            self.world.actor = CLOCK
            self.world.record(DayStarted(day=day))

    def end(self) -> None:
        """End the game for good: from now on everything is refused, and everything may be seen."""
        if not self.world.ended:
            self.world.actor = CLOCK
            self.world.record(GameEnded())
            self.world.ended = True

    # -- copies

    def fork(self, players: dict[str, Player] | None = None, salt: int | None = None, days: int = 0) -> Game:
        """An independent copy that plays on with other players, other future luck (`salt`), or `days` beyond the end."""
        other = object.__new__(Game)
        other.__dict__.update(self.__dict__)
        other.keeper, other.players = None, dict(players or {})
        other.journal, other.day_digests = list(self.journal), list(self.day_digests)
        other.holders, other._ids = dict(self.holders), dict(self._ids)
        other.end_minute = self.end_minute + days * DAY
        world = self.world.copy(salt)
        assert isinstance(world, Company)
        world.ended = world.ended and not days
        other._attach(world)
        return other

    def header(self) -> Header:
        """What this game is played with, for its save file."""
        from crmsim.scenarios.loader import scenario_hash, scenario_text

        return Header(
            scenario=self.scenario.meta.id,
            scenario_hash=scenario_hash(self.scenario),
            scenario_text=scenario_text(self.scenario),
            seed=self.seed,
            cast=self.cast,
            holders=self.first_holders,
            student=self.student,
            pace=self.pace,
        )  # fmt: skip
