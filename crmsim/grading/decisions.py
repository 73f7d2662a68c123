"""The decisions of a seat, found in the journal, and which of them weigh most.

A decision is an entry of the journal, or a paper left lying past its time. Its weight is what is at stake with the
customers it is about, more when policy frowns on it or an expert would have done something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from crmsim.bots import REFERENCE
from crmsim.bots.policy import Bot
from crmsim.crm.company import Staff
from crmsim.crm.customer import Customer
from crmsim.crm.order import SIGNED, Invoice, Order
from crmsim.crm.product import Product
from crmsim.engine.action import Action, Judgement, Turn, fields_of, label_of
from crmsim.engine.amounts import Money
from crmsim.engine.desk import Waiting, to_do
from crmsim.engine.words import DAY, Words, _
from crmsim.game import Entry, Game
from crmsim.game.journal import ABOUT_THE_GAME, Voided
from crmsim.grading.criterion import FULL
from crmsim.grading.focus import chosen_instead
from crmsim.grading.touching import touched
from crmsim.roles import TABLES

EXPERT = "expert"
MOST_COMPANY = 8  # decisions about no one customer that are played on: each takes the whole company
WEEK = 5  # working days
PATIENCE = 480  # working minutes after which a paper without a limit of its own was left lying


class Decision(msgspec.Struct, frozen=True):
    """What a seat decided at an entry. `action` is None for a paper left lying: `what` it is, and
    `until` when it lay.

    `points` is the worst judgement, 0 to 1000, None when policy says nothing; `same` whether an expert or the
    reference would have done it, too.
    """

    entry: int
    minute: int
    seat: str
    action: Any
    expert: Any
    customers: tuple[str, ...]
    weight: int
    points: int | None
    same: bool
    judged: tuple[Judgement, ...] = ()
    until: int = 0
    what: Words = ""
    stake: int = 0  # fen


def decisions_of(game: Game, entries: Sequence[Entry], seats: Sequence[str], unit: int) -> dict[str, list[Decision]]:
    """Tells a game from its first minute and gathers some seats' decisions, in order. `unit`: a mean order, fen."""
    found: dict[str, list[Decision]] = {seat: [] for seat in seats}
    desks = {seat: _Desk(seat) for seat in seats}
    struck = {each.action.entry for each in entries if isinstance(each.action, Voided)}
    for entry in entries:
        for night in _nights(game, entry.minute):
            game.live_to(night)
            for desk in desks.values():
                desk.look(game, entry.number, unit)
        game.live_to(entry.minute)
        if entry.seat in found and entry.number not in struck and not isinstance(entry.action, ABOUT_THE_GAME):
            found[entry.seat].append(_decision(game, entry, unit))
        game.repeat_one(entry, struck)
    for seat, desk in desks.items():
        found[seat] = sorted((*found[seat], *desk.left(game)), key=lambda each: (each.minute, each.entry))
    return found


def _nights(game: Game, minute: int) -> Iterator[int]:
    """The last minutes of the days that pass before `minute`."""
    return (day * DAY - 1 for day in range(game.day, minute // DAY + 1) if day * DAY - 1 > game.minute)


def _decision(game: Game, entry: Entry, unit: int) -> Decision:
    action: Action = entry.action
    customers = touched(game.world, action)
    judged = action.judge(game.world, Turn(entry.seat, game.minute, entry.number))
    points = min((each.points for each in judged), default=None)
    expert = None
    if customers:
        expert = chosen_instead(Bot(EXPERT), game.world, entry.seat, frozenset(customers), action)
    same = expert is not None and alike(expert, action)
    if customers and not same:  # as good as the reference is good enough
        usual = chosen_instead(Bot(REFERENCE), game.world, entry.seat, frozenset(customers), action)
        same = usual is not None and alike(usual, action)
    wrong = 0 if points is None else FULL - points
    worth = stake(game, customers, unit) if customers else spent_on(action)
    weight = worth * (FULL + 3 * wrong + (0 if same else FULL)) // FULL
    return Decision(
        entry.number, game.minute, entry.seat, action, expert, customers, weight, points, same, judged, stake=worth
    )


def alike(one: Action, other: Action) -> bool:
    """Whether two actions decide the same: free words make no difference."""
    if type(one) is not type(other):
        return False
    names = [name for name in one.__struct_fields__ if name not in {"text", "plea", "note"}]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def stake(game: Game, customers: Sequence[str], unit: int) -> int:
    """What is at stake with customers, fen: open orders and bills, or what is wanted."""
    world, total = game.world, 0
    for id in customers:
        orders = sum(each.total for each in world.of(Order, id) if each.status in {"submitted", "approved", "accepted"})
        bills = sum(each.open_amount for each in world.of(Invoice, id))
        who = world.find(Customer, id)
        wants = 0
        if who is not None:
            product = world.find(Product, who.wants)
            wants = who.quantity * product.price if product is not None else unit // 10
        total += max(orders, bills, wants)
    return total


def spent_on(action: Action) -> int:
    """What is at stake in a decision about no one customer, fen: the money it names."""
    fields = fields_of(type(action)).items()
    return sum(getattr(action, name) for name, field in fields if type(field.kind) is Money)


def mean_order(game: Game) -> int:
    """The size of an order, fen: the mean of what was signed for in a game that is over, else a price in the middle."""
    signed = [each.total for each in game.world.all(Order) if each.status in SIGNED]
    prices = sorted(each.price for each in game.scenario.products)
    return max(1, sum(signed) // len(signed) if signed else prices[len(prices) // 2])


class _Desk:
    """Which papers lie on a seat's desk in the evening, and for how long they have been overdue."""

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self.lying: dict[tuple[str, ...], Decision] = {}
        self.done: list[Decision] = []

    def look(self, game: Game, entry: int, unit: int) -> None:
        """The evening's papers: those that are overdue for the first time are noted, those that are gone are closed."""
        if not game.world.calendar.works_on(game.day) or game.world.find(Staff, self.seat) is None:
            return
        seen: dict[tuple[str, ...], Waiting] = {}
        for paper in to_do(game.view(self.seat), TABLES):
            who = touched(game.world, _as_action(paper))
            if who and _overdue(game, paper):
                seen[(paper.action.__name__, *who)] = paper
        for key in [each for each in self.lying if each not in seen]:
            self.done.append(msgspec.structs.replace(self.lying.pop(key), until=game.minute))
        start = game.world.calendar.next_open(game.minute + 1)
        for key, paper in seen.items():
            if key not in self.lying:
                weight = 2 * stake(game, key[1:], unit)
                self.lying[key] = Decision(
                    entry,
                    start,
                    self.seat,
                    None,
                    None,
                    key[1:],
                    weight,
                    None,
                    False,
                    what=_("{action:label}: {paper}", action=label_of(paper.action), paper=paper.what),
                    stake=weight // 2,
                )

    def left(self, game: Game) -> list[Decision]:
        """All that were left lying, with the minute until which they were."""
        end = game.minute if game.ended else game.end_minute  # a game may be ended before its last day
        ends = [msgspec.structs.replace(each, until=end) for each in self.lying.values()]
        whole = [each for each in (*self.done, *ends) if each.minute < each.until]
        return [msgspec.structs.replace(each, points=_of_lying(game, each)) for each in whole]


def _of_lying(game: Game, left: Decision) -> int:
    """What policy says of a paper left past its time: nothing of it is left after a week."""
    lay = game.world.calendar.between(left.minute, left.until)
    return max(0, FULL - FULL * lay // (WEEK * game.world.calendar.minutes_a_day))


def _overdue(game: Game, paper: Waiting) -> bool:
    if paper.due:
        return paper.due <= game.minute
    return bool(game.world.calendar.between(paper.since, game.minute) > PATIENCE)


class _AsAction(msgspec.Struct, frozen=True):
    """What a paper would fill in, so that its customers can be found like those of an action."""

    filled: tuple[Any, ...]


def _as_action(paper: Waiting) -> Any:
    return _AsAction(tuple(paper.filled.values()))


def weightiest(decisions: Sequence[Decision], most: int) -> list[Decision]:
    """The decisions that weigh most, back in their order."""
    ranked = sorted(decisions, key=lambda each: (-each.weight, each.minute, each.entry))
    company = [each for each in ranked if not each.customers][MOST_COMPANY:]
    kept = [each for each in ranked if each.customers or each not in company][:most]
    return sorted(kept, key=lambda each: (each.minute, each.entry))
