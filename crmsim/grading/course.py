"""The course of a game, read once more with a marker's pen: facts, entries and judgements, by seat and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from crmsim.crm.company import CUSTOMER, INSTRUCTOR, Playable, Staff
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerAssigned, DayStarted
from crmsim.crm.record import Record
from crmsim.engine.action import Judgement, Turn
from crmsim.engine.errors import BadInput
from crmsim.engine.facts import Fact
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.game import Entry, Game, Header
from crmsim.game.journal import ABOUT_THE_GAME, CLOCK_SEAT, Voided
from crmsim.game.replay import begin, uncollected

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
OVER = _("The game is not over. Play on, or end it for good with: crmsim end FILE")


class Broken(BadInput):
    """A journal that cannot be told beyond an entry."""

    def __init__(self, message: Message, entry: int) -> None:
        super().__init__(message)
        self.entry = entry


class Brief(NamedTuple):
    """What a customer played by a person was after: the product, how many, fen it could spend, the last day, and what
    the cheapest known rival asks for all of it (0: none)."""

    product: str
    quantity: int
    budget: int
    deadline: int
    rival: int
    since: int


class Course:
    """A game told again. `judgements` are those of each entry by its action, on the world just before it."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.judgements: list[tuple[Entry, Judgement]] = []
        self.briefs: dict[tuple[str, int], Brief] = {}
        self.felt: dict[int, int] = {}  # fact number of a feedback -> satisfaction when it was given, ppm
        self._made: dict[int, tuple[int, ...]] = {}
        self._index: dict[tuple[type[Fact], str], dict[Any, list[Any]]] = {}
        self._indexed = 0  # of how many facts
        self._found: dict[Any, Sequence[Any]] = {}
        self._found_at = (-1, -1)

    @property
    def world(self) -> Any:
        """The truth, as it is at the end."""
        return self.game.world

    @property
    def facts(self) -> list[Fact]:
        """Everything that came true."""
        return self.game.facts

    @property
    def last(self) -> int:
        """The minute up to which handling is graded."""
        return self.game.minute

    # -- reading

    def mark(self, entry: Entry) -> None:
        """Judge an entry on the world just before it is carried out."""
        world = self.game.world
        for each in entry.action.judge(world, Turn(entry.seat, world.minute, entry.number)):
            self.judgements.append((entry, each))
        if world.deputies:
            self.note_briefs()

    def carried_out(self, entry: Entry, before: int) -> None:
        """Remember which facts an entry made, and what the customers felt who spoke in it."""
        world = self.game.world
        self._made[entry.number] = tuple(range(before, len(world.facts)))
        if CUSTOMER in world.seat(entry.seat).roles:
            for fact in world.facts[before:]:
                who = world.find(Customer, getattr(fact, "customer", ""))
                if who is not None:
                    self.felt[fact.number] = who.satisfaction

    def note_briefs(self) -> None:
        """Keep what the customers of people want now: a later need takes its place in the world."""
        for seat in self.world.all(Playable):
            for each in (self.world.get(Customer, id) for id in seat.customers if id in self.world.deputies):
                if each.wants:
                    rival = min((offer.price for offer in each.rivals), default=0)
                    key = (each.id, each.needs)
                    since = self.briefs[key].since if key in self.briefs else self.world.minute
                    self.briefs[key] = Brief(each.wants, each.quantity, each.budget, each.deadline, rival, since)

    # -- finding

    def all(self, kind: type[F]) -> list[F]:
        """The facts of a kind, in order."""
        return list(self.game.world.history.of(kind))

    def where(self, kind: type[F], **fields: Any) -> Sequence[F]:
        """The facts of a kind whose fields have these values, in order."""
        world = self.game.world
        if self._indexed != len(world.facts):
            self._index.clear()
            self._indexed = len(world.facts)
        (first, value), *rest = fields.items()
        index = self._index.get((kind, first))
        if index is None:
            index = self._index[kind, first] = {}
            for fact in world.history.of(kind):
                index.setdefault(getattr(fact, first), []).append(fact)
        found = index.get(value, [])
        for name, wanted in rest if found else ():
            found = [each for each in found if getattr(each, name) == wanted]
        return found

    def first(self, kind: type[F], since: int = -1, **fields: Any) -> F | None:
        """The first such fact whose number is at least `since`, or None."""
        for each in self.where(kind, **fields):
            if each.number >= since:
                return each
        return None

    def once(self, find: Callable[[Course, str], Iterable[T]], seat: str) -> Sequence[T]:
        """What is found for a seat, gone through once for all criteria that ask, for as long as nothing happens."""
        world = self.game.world
        at = world.version, world.minute
        if self._found_at != at:
            self._found.clear()
            self._found_at = at
        found = self._found.get((find, seat))
        if found is None:
            found = self._found[find, seat] = tuple(find(self, seat))
        return found

    def judged(self, criterion: str, seat: str) -> Iterator[tuple[Entry, Judgement]]:
        """The judgements of a seat's decisions under a criterion."""
        return ((entry, each) for entry, each in self.judgements if each.criterion == criterion and entry.seat == seat)

    def proof(self, entry: Entry, *more: int) -> tuple[int, ...]:
        """The facts that show a decision: those given, and those that it made."""
        return tuple(dict.fromkeys((*more, *self._made.get(entry.number, ())[:2])))

    def decision(self, fact: Fact, criterion: str) -> Judgement | None:
        """How the decision that made a fact was judged under a criterion."""
        for entry, judgement in self.judgements:
            if judgement.criterion == criterion and fact.number in self._made.get(entry.number, ()):
                return judgement
        return None

    def owner_at(self, customer: str, minute: int) -> str:
        """Who owned a customer at a minute, by its assignments; "" when nobody."""
        found = [each for each in self.where(CustomerAssigned, customer=customer) if each.minute <= minute]
        if found:
            return found[-1].owner
        record = self.record_of(customer)
        later = self.first(CustomerAssigned, customer=customer)
        return later.before if later is not None else record.owner if record is not None else ""

    @property
    def records(self) -> list[Record]:
        """All files, as they are at the end."""
        return list(self.world.all(Record))

    def record_of(self, customer: str) -> Record | None:
        """The file of a customer as it is at the end, or None."""
        return next(iter(self.world.of(Record, customer)), None) if customer else None

    def stood(self, record: Record, field: str, minute: int) -> Any:
        """What a field of a file said at the beginning of a minute: what was written over since, else what it says."""
        since = [old for at, _by, name, old, _new in record.history if name == field and at >= minute]
        return since[0] if since else getattr(record, field)

    def name(self, customer: str) -> str:
        """What a customer is called."""
        found = self.world.find(Customer, customer)
        return str(found.name or found.contact) if found is not None else customer

    def paper(self, paper: Any) -> Message:
        """A paper as people speak of it: whose it is, and its number."""
        return _("{who} · {paper}", who=self.name(paper.customer), paper=paper.id)

    def roles(self, seat: str) -> tuple[str, ...]:
        """The roles of a seat."""
        roles: tuple[str, ...] = self.world.seat(seat).roles
        return roles

    def alone(self, seat: str, role: str) -> bool:
        """Whether nobody else in the company holds this role."""
        return not any(role in each.roles and each.id != seat for each in self.world.all(Staff))

    @property
    def opening(self) -> DayStarted:
        """The fact that shows what lay on the desks when the game began."""
        return self.all(DayStarted)[0]

    def waited(self, start: int, end: int | None = None) -> int:
        """Working minutes from start to end (to the last minute when it never came)."""
        minutes: int = self.world.calendar.between(start, self.last if end is None else end)
        return minutes


@uncollected()
def read_course(header: Header, entries: Sequence[Entry]) -> Course:
    """Tell a game again and judge each entry on the world just before it; Broken at one that cannot stand there."""
    game = begin(header)
    game.digests = False
    course = Course(game)
    course.note_briefs()
    struck = {each.action.entry for each in entries if isinstance(each.action, Voided)}
    for number, entry in enumerate(entries):
        _in_place(game, number, entry)
        game.live_to(entry.minute)
        counts = number not in struck and not isinstance(entry.action, ABOUT_THE_GAME)
        if counts:
            _legal(game, entry)
            course.mark(entry)
        before = len(course.facts)
        game.repeat_one(entry, struck)
        if counts:
            course.carried_out(entry, before)
    return course


def finished(header: Header, entries: Sequence[Entry]) -> Course:
    """The course of a game that is over; BadInput when it is not."""
    course = read_course(header, entries)
    if not course.game.ended:
        raise BadInput(OVER)
    return course


def _in_place(game: Game, number: int, entry: Entry) -> None:
    """Whether an entry's number, minute and seat can be; only the clock tells of the game itself."""
    about = isinstance(entry.action, ABOUT_THE_GAME)
    known = entry.seat == CLOCK_SEAT if about else entry.seat in game.world.seats or entry.seat == INSTRUCTOR
    if entry.number != number:
        raise _broken(number, f"entry {entry.number} stands at place {number}")
    if not game.minute <= entry.minute <= game.end_minute:
        raise _broken(number, f"minute {entry.minute} cannot follow minute {game.minute}")
    if not known:
        raise _broken(number, f"{safe_text(entry.seat, 60)} has no say in {type(entry.action).__name__}")


def _legal(game: Game, entry: Entry) -> None:
    refused = game.refusal(entry.seat, entry.action)
    if refused is not None:
        raise _broken(entry.number, str(refused))


def _broken(entry: int, cause: str) -> Broken:
    return Broken(_("broken at entry {entry}: {cause}", entry=entry, cause=safe_text(cause, 200)), entry)
