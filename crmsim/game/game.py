"""One play: the driver that lets time pass, lets seats act, and writes the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crmsim.crm.company import INSTRUCTOR, Company, CompanyView
from crmsim.crm.founding import found
from crmsim.engine.action import Action, LegalActions, Refusal, Turn, apply, label_of, refusal
from crmsim.engine.desk import to_do
from crmsim.engine.errors import ActionFailed, BadInput, IllegalAction
from crmsim.engine.facts import Fact
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, _
from crmsim.game.crew import BOT, NEVER, Crew, Player
from crmsim.game.journal import (
    CLOCK_SEAT,
    Entry,
    GameStopped,
    Header,
    IntentionSet,
    SeatTaken,
    TimePassed,
    Voided,
)  # fmt: skip
from crmsim.game.living import ActFailed, Keeper, Living
from crmsim.market import populate
from crmsim.roles import ACTIONS, TABLES
from crmsim.roles.company import open_books
from crmsim.roles.everyone import open_sheet
from crmsim.roles.following import open_office
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.schema import Scenario

HOUR = 60


def _whole(number: int) -> int:
    """A seed or a minute: a fraction of one would enter the world and be told by no journal."""
    if type(number) is not int:
        raise BadInput(_("Expected a whole number, got {got}.", got=safe_text(repr(number), 40)))
    return number


class Game(Living):
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
        if cast is None:  # a game that is told again brings its own, and need not wait for all the names there are
            from crmsim.scenarios.casting import draw_cast

            cast = draw_cast(scenario, seed)
        self.scenario, self.seed, self.pace, self.student = scenario, _whole(seed), pace, student
        self.practice = False
        self.repeatable = True  # a copy with other luck or more days cannot be told by its journal
        self.cast = cast
        bots = {seat: f"{BOT}{player.level}" for seat, player in (players or {}).items()}
        self.first_holders = bots | dict(holders or {})
        self.keeper = keeper
        self.journal: list[Entry] = []
        self.day_digests = []
        self.slips: list[tuple[str, Action, Refusal]] = []  # what bots chose and were refused: their mistakes
        self.listeners = []
        self.failed: list[ActionFailed] = []  # what simulated parties could not carry out, for whoever is to be told
        self._ids: dict[tuple[str, str], tuple[Fact, ...]] = {}
        self._begin()
        self.crew = Crew(players or {}, self.minute)

    def _begin(self) -> None:
        self.holders, self.acts, self.struck = {}, 0, frozenset()
        world = found(self.scenario, self.cast, self.seed)
        self.first_minute = world.minute
        last_day = world.calendar.working_days_after(world.minute, self.scenario.calendar.days - 1) // DAY
        self.end_minute = (last_day + 1) * DAY
        self.crew = Crew({}, world.minute)
        self.attach(world)
        populate(world, self.cast)
        open_books(world)
        open_office(world)
        open_sheet(world)
        for seat, holder in self.first_holders.items():
            self.take(seat, holder)
        self.start_day()

    # -- looking

    def view(self, seat: str) -> CompanyView:
        """What a seat may see."""
        if seat not in self.world.seats and seat != INSTRUCTOR:
            raise IllegalAction(_("There is no seat {seat}.", seat=seat))
        return CompanyView(self.world, seat)

    def legal_actions(self, seat: str) -> LegalActions:
        """What a seat may do now."""
        return LegalActions(self.view(seat), ACTIONS)

    def refusal(self, seat: str, action: Action) -> Refusal | None:
        """Why a seat may not do this now; None when it may."""
        if not isinstance(action, Action):
            raise BadInput(_("{got} is no action.", got=safe_text(repr(action), 60)))
        return refusal(action, self.view(seat))

    def free_minute(self, *seats: str, since: int = 0) -> int:
        """The first minute, not before now or `since`, at which one of the seats may act."""
        return min(self.free_from(seat, max(since, self.minute)) for seat in seats)

    # -- acting

    def apply(self, seat: str, action: Action, *, id: str | None = None) -> tuple[Fact, ...]:
        """Do an action: kept first, then carried out. Returns the facts that it made.

        The same `id` of a seat twice has one effect and the same answer. IllegalAction when refused, nothing
        changed. ActionFailed when the program itself failed: the entry is struck out, and play goes on.
        """
        if id and (seat, id) in self._ids:
            return self._ids[seat, id]
        why = self.refusal(seat, action)
        if why is not None:
            raise IllegalAction(why)
        by = self.holders.get(seat, INSTRUCTOR if seat == INSTRUCTOR else "person")
        return self._enter(seat, by, action, id or "")

    def _enter(self, seat: str, by: str, action: Action, id: str = "") -> tuple[Fact, ...]:
        entry = Entry(len(self.journal), self.minute, seat, by, action, id)
        if self.keeper is not None:
            self.keeper.entry(entry)
        self.journal.append(entry)
        try:
            return self._carry_out(entry)
        except Exception as error:
            self._strike(Voided(entry=entry.number))
            raise self._mistake(action, error) from error

    def _mistake(self, action: Action, error: BaseException) -> ActionFailed:
        return ActionFailed(
            _(
                "A mistake in the program: {action:label} could not be carried out ({cause}). It was struck out, "
                "nothing changed, and you can go on. The game is kept in: {save}",
                action=label_of(type(action)),
                cause=f"{type(error).__name__}: {error}",
                save=self.keeper.name if self.keeper is not None else "-",
            )
        )

    def _carry_out(self, entry: Entry) -> tuple[Fact, ...]:
        before = len(self.facts)
        action, world = entry.action, self.world
        if isinstance(action, SeatTaken):
            self.take(action.seat, action.holder)
        elif isinstance(action, GameStopped):
            self.finish()
        elif isinstance(action, Voided):
            self.struck = self.struck | {action.act}
        elif not isinstance(action, TimePassed | IntentionSet):
            cost = action.cost(world)
            apply(action, world, Turn(entry.seat, self.minute, entry.number))
            seat = world.seats.get(entry.seat)
            if cost and seat is not None and (self.pace == "turn" or entry.by.startswith(BOT)):
                seat.busy_until = world.calendar.next_open(world.calendar.after(self.minute, cost))
        facts = tuple(self.facts[before:])
        if entry.id:
            self._ids[entry.seat, entry.id] = facts
        return facts

    def strike_out(self, failure: ActFailed) -> None:
        """A simulated party's action is left out from now on, as a person's would be: this entry comes before it."""
        cause = failure.__cause__ or failure
        if not self.repeatable:
            raise cause
        self._strike(Voided(act=failure.act))
        self.failed.append(self._mistake(failure.action, cause))

    def _strike(self, what: Voided) -> None:
        """Make the world anew without what could not be carried out."""
        voided = Entry(len(self.journal), self.minute, CLOCK_SEAT, CLOCK_SEAT, what)
        if self.keeper is not None:
            self.keeper.entry(voided)
        entries, crew, keeper, listeners = [*self.journal, voided], self.crew, self.keeper, self.listeners
        waiting = self.watched, self.stop_minute  # who waits is told nothing of what is only told again
        self.keeper, self.listeners, self.journal, self.day_digests, self._ids = None, [], [], [], {}
        self.watched, self.stop_minute = (), NEVER
        try:
            self._begin()
            self.repeat(entries)
        finally:
            self.crew, self.keeper, self.listeners = crew, keeper, listeners
            self.watched, self.stop_minute = waiting

    def repeat(self, entries: Sequence[Entry], until: int | None = None) -> None:
        """Go through a journal again: to its end, or as far as minute `until`."""
        struck = {each.action.entry for each in entries if isinstance(each.action, Voided)}
        for entry in entries:
            if until is not None and entry.minute > until:
                break
            self.repeat_one(entry, struck)
        if until is not None:
            self.live_to(min(until, self.end_minute))

    def repeat_one(self, entry: Entry, struck: Collection[int] = ()) -> None:
        """Carry out an entry of a journal that is gone through again; those struck out are only listed."""
        self.live_to(entry.minute)
        self.journal.append(entry)
        if entry.number not in struck:
            self._carry_out(entry)

    def take_seat(self, seat: str, holder: str, player: Player | None = None) -> None:
        """Let a seat change its holder: a student id, or "bot:level" with the bot itself."""
        self.view(seat)
        self._enter(CLOCK_SEAT, CLOCK_SEAT, SeatTaken(seat=seat, holder=holder))
        self.crew.join(seat, player, self.minute)

    def intend(self, seat: str, text: str) -> None:
        """Keep what the holder of a seat means to do from now on, in its own words."""
        self.view(seat)
        self._enter(CLOCK_SEAT, CLOCK_SEAT, IntentionSet(seat=seat, text=text))

    def intention(self, *seats: str) -> str:
        """What the holder of these seats last meant to do; "" when nothing."""
        said = (each.action for each in reversed(self.journal) if isinstance(each.action, IntentionSet))
        return next((each.text for each in said if each.seat in seats), "")

    # -- time

    def advance(self, minutes: int) -> None:
        """Let `minutes` pass; customers and bots live meanwhile. What happens at the last minute stays for later."""
        self.advance_to(self.minute + max(0, _whole(minutes)))

    def advance_to(self, minute: int) -> None:
        """Let time pass until `minute` (at most the end of the game).

        A wait is an entry of the journal; in live pace, where time passes by itself, each hour is one.
        """
        self.live_to(min(_whole(minute), self.end_minute))
        if self.pace == "turn" or self.minute // HOUR > self._last_entered // HOUR or self.minute >= self.end_minute:
            self.mark_time()

    def mark_time(self) -> None:
        """Enter the present minute in the journal, unless its last entry stands there already (on leaving)."""
        if self.minute > self._last_entered:
            self._enter(CLOCK_SEAT, CLOCK_SEAT, TimePassed())

    @property
    def _last_entered(self) -> int:
        return self.journal[-1].minute if self.journal else self.first_minute

    def wait(self, *seats: str) -> None:
        """Let time pass until something is told to one of these seats and it is free, or a time limit of its work."""
        limits = [paper.due for seat in seats for paper in to_do(self.view(seat), TABLES) if paper.due > self.minute]
        self.watched, self.stop_minute = seats, NEVER
        try:
            self.advance_to(min(limits, default=self.end_minute))
        finally:
            self.watched, self.stop_minute = (), NEVER

    def run_to_end(self) -> None:
        """Let the whole game pass."""
        self.advance_to(self.end_minute)

    def apply_for_bot(self, seat: str, action: Action) -> None:
        """Do what a program chose; what is refused is its slip and changes nothing."""
        try:
            self.apply(seat, action)
        except IllegalAction as error:
            self.slips.append((seat, action, error.message))

    def end(self) -> None:
        """End the game for good: from now on everything is refused, and everything may be seen."""
        if not self.ended:
            self._enter(CLOCK_SEAT, CLOCK_SEAT, GameStopped())

    # -- copies

    def fork(self, players: dict[str, Player] | None = None, salt: int | None = None, days: int = 0) -> Game:
        """An independent copy: practice with other players, other future luck (`salt`), or `days` beyond the end."""
        other = object.__new__(Game)
        other.__dict__.update(self.__dict__)
        other.keeper, other.practice, other.listeners, other.slips, other.failed = None, True, [], [], []
        other.journal, other.day_digests = list(self.journal), list(self.day_digests)
        other.holders, other._ids = dict(self.holders), dict(self._ids)
        other.end_minute = self.end_minute + days * DAY
        other.repeatable = self.repeatable and salt is None and not days
        world = self.world.copy(salt)
        assert isinstance(world, Company)
        other.crew = Crew(dict(players or {}), world.minute)
        other.attach(world)
        if self.ended and days:
            world.ended = False
            other.start_day()
        return other

    def header(self) -> Header:
        """What this game is played with, for its save file."""
        from crmsim.scenarios.loader import scenario_text, text_hash

        text = scenario_text(self.scenario)
        return Header(
            scenario=self.scenario.meta.id,
            scenario_hash=text_hash(text),
            scenario_text=text,
            seed=self.seed,
            cast=self.cast,
            holders=self.first_holders,
            student=self.student,
            pace=self.pace,
            practice=self.practice,
        )  # fmt: skip
