"""Blunders put into games on purpose: the review must find them, and spare what a reference would have done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from crmsim.bots import bot, crew
from crmsim.crm.company import CompanyView
from crmsim.crm.order import Order
from crmsim.crm.record import Record
from crmsim.crm.review import fit_of, load_of, objections
from crmsim.crm.service import ServiceRequest
from crmsim.engine.action import Action, LegalActions, refusal
from crmsim.game import Game, Player
from crmsim.game.replay import begin
from crmsim.grading.decisions import Decision, decisions_of, mean_order
from crmsim.grading.review import Marked, Walker, marked
from crmsim.grading.selftest.ladder import Check
from crmsim.roles.director import AssignCustomer, ReviewOrder
from crmsim.roles.director.pool import owners
from crmsim.roles.sales import SubmitOrder
from crmsim.scenarios.schema import Scenario

WHY = "I do not like it."
WORSE, WELL = frozenset({"mistake", "blunder"}), frozenset({"best", "good"})
LEAST_FOUND = 0.9
MISFIT = 600  # points of fit below which an owner is the wrong one
ENOUGH = 3  # blunders of a kind looked at in a game
DAYS = 4  # working days that a complaint lies
SAME = 6  # decisions equal to the reference that are looked at in a game
Spoil = Callable[[CompanyView, Action], Action | None]


class Saboteur:
    """A competent hand that once (or always) does something else."""

    level, rest = "competent", 0

    def __init__(self, spoil: Spoil, *, always: bool = False) -> None:
        self.inner: Player = bot("competent")
        self.spoil, self.always, self.done = spoil, always, 0

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """What the hand would do, spoilt where it can be."""
        action = self.inner.choose(view, legal)
        if action is None or (self.done and not self.always):
            return action
        other = self.spoil(view, action)
        if other is None or refusal(other, view) is not None:
            return action
        self.done += 1
        return other


def rejected(view: CompanyView, action: Action) -> Action | None:
    """An order against which nothing speaks is sent back, once; one that passes as an exception may well go back."""
    order = view.get(Order, action.order) if isinstance(action, ReviewOrder) and action.decision == "approve" else None
    if order is None or order.revision or objections(order, view):
        return None
    return ReviewOrder(order=order.id, decision="reject", reason=WHY)


def given_away(view: CompanyView, action: Action) -> Action | None:
    """The limit is given to somebody who agreed to the full price."""
    if isinstance(action, SubmitOrder) and action.discount == 0:
        return replace(action, discount=view.settings.discount_limit)
    return None


def misfit(view: CompanyView, action: Action) -> Action | None:
    """A customer whose region somebody looks after goes to whoever of another region fits it least."""
    if not isinstance(action, AssignCustomer):
        return None
    record = view.get(Record, action.record)
    assert record is not None
    far = [each for each in owners(view) if each.region != record.region]
    if len(far) == len(owners(view)):
        return None
    fits = [(fit_of(each, record, load_of(each.id, view)), each.id) for each in far]
    return AssignCustomer(record=action.record, owner=min(fits)[1])


def spoilt(scenario: Scenario, seat: str, spoil: Spoil, seed: int, *, always: bool = False) -> tuple[Game, int]:
    """A game of competent hands with a saboteur in a seat, and how often it struck."""
    players = crew(scenario, "competent", [each.id for each in scenario.seats])
    players[seat] = hand = Saboteur(spoil, always=always)
    game = Game(scenario, seed, players=players)
    game.run_to_end()
    return game, hand.done


def marks(game: Game, seat: str, fits: Callable[[Decision], bool], most: int) -> Iterator[Marked]:
    """The review of some decisions alone, each played on."""
    unit = mean_order(game)
    found = decisions_of(begin(game.header()), game.journal, [seat], unit)[seat]
    walker, looked = Walker(game.header(), game.journal), 0
    for each in filter(fits, found):
        if looked == most:
            return
        result = walker.compare(each)
        if result is not None:
            looked += 1
            yield marked(game, game.view(seat), each, result, unit)


def orders(scenario: Scenario, seed: int) -> list[Marked]:
    """Sound orders sent back."""
    game, _done = spoilt(scenario, "director", rejected, seed, always=True)
    return list(marks(game, "director", lambda each: getattr(each.action, "reason", "") == WHY, ENOUGH))


def discounts(scenario: Scenario, seed: int, seat: str = "sales-2") -> list[Marked]:
    """The limit given to somebody who would have bought without."""
    game, done = spoilt(scenario, seat, given_away, seed)
    limit = game.world.settings.discount_limit

    def fits(each: Decision) -> bool:
        return isinstance(each.action, SubmitOrder) and each.action.discount == limit and not each.same

    return list(marks(game, seat, fits, 1)) if done else []


def wrong_owners(scenario: Scenario, seed: int) -> list[Marked]:
    """Customers given to who fits them least, though their region has somebody."""
    game, _done = spoilt(scenario, "director", misfit, seed, always=True)
    regions = {each.id: each.region for each in owners(game.world)}

    def fits(each: Decision) -> bool:
        if not isinstance(each.action, AssignCustomer) or each.same:
            return False
        home = game.world.get(Record, each.action.record).region
        far = home in regions.values() and regions[each.action.owner] != home
        return far and each.points is not None and each.points < MISFIT

    return list(marks(game, "director", fits, ENOUGH))


def complaints(scenario: Scenario, seed: int) -> list[Marked]:
    """Requests for help that nobody took up, for most of a week."""
    players = crew(scenario, "competent", [each.id for each in scenario.seats if each.id != "service"])
    game = Game(scenario, seed, players=players)
    game.run_to_end()
    asked = {each.customer for each in game.world.all(ServiceRequest)}
    calendar = game.world.calendar

    def fits(each: Decision) -> bool:
        lay = calendar.between(each.minute, each.until)
        return each.action is None and lay >= DAYS * calendar.minutes_a_day and bool(asked & set(each.customers))

    return list(marks(game, "service", fits, ENOUGH))


PLANTS: dict[str, Callable[[Scenario, int], list[Marked]]] = {
    "a sound order sent back": orders,
    "the limit given to somebody who would have bought": discounts,
    "a complaint left for a week": complaints,
    "a customer given to the wrong region": wrong_owners,
}


def planted(scenario: Scenario, seeds: Sequence[int]) -> list[Check]:
    """How many planted blunders of each kind are marked as mistakes or worse, over some seeds."""
    checks = []
    for name, plant in PLANTS.items():
        found = [each.mark for seed in seeds for each in plant(scenario, seed)]
        hits = sum(each in WORSE for each in found)
        shown = f"{hits} / {len(found)}"
        checks.append(Check(f"planted.{name}", name, f">= {LEAST_FOUND:.0%}", shown,
                            bool(found) and hits >= LEAST_FOUND * len(found)))  # fmt: skip
    return [*checks, spared(scenario, seeds)]


def spared(scenario: Scenario, seeds: Sequence[int]) -> Check:
    """Decisions equal to the reference: none may be worse than good."""
    found = []
    for seed in seeds:
        game = Game(scenario, seed, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
        game.run_to_end()
        for seat in ("director", "sales-1"):
            found += [each.mark for each in marks(game, seat, lambda each: each.same, SAME)]
    wrong = sum(each not in WELL for each in found)
    return Check("planted.spared", "decisions equal to the reference, worse than good", "0",
                 f"{wrong} / {len(found)}", bool(found) and not wrong)  # fmt: skip
