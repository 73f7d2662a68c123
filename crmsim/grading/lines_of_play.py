"""What follows from a decision: each candidate is played on by reference bots against the very same customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import comb, isqrt
from typing import Any

import msgspec

from crmsim.bots import REFERENCE
from crmsim.bots.policy import Bot
from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    CustomerLeft,
    DealAgreed,
    DeliveryLate,
    OrderRejected,
    PaymentMade,
    ReturnRefused,
    ServiceReopened,
    ServiceResolved,
    TalkDeclined,
    TalkMissed,
)
from crmsim.crm.figures import operating_profit
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.engine.action import Action, Turn, offered, refusal
from crmsim.engine.errors import ActionFailed, IllegalAction
from crmsim.engine.facts import Fact
from crmsim.game import Game
from crmsim.grading.criterion import FULL
from crmsim.grading.decisions import EXPERT, Decision, alike
from crmsim.grading.focus import branch, chosen, chosen_instead
from crmsim.scenarios.reviewing import ReviewPart

PPM = 1_000_000
COMPANY_OTHERS = 2
FROWNED = 600  # points below which policy calls a decision a mistake
LOOKED_AT = 60  # combinations of an action's choices that are judged
STUDENT_T = (6314, 2920, 2353, 2132, 2015, 1943, 1895, 1860, 1833, 1812, 1796, 1782, 1771, 1761, 1753)
# thousandths: 95% one-sided, by degrees of freedom from one on
SURE = 16  # one in so many is the most that luck may have part in a sign
TELLING: tuple[type[Fact], ...] = (
    DealAgreed, ContractAccepted, ContractDeclined, OrderRejected, PaymentMade, DeliveryLate, ServiceResolved,
    ServiceReopened, ReturnRefused, TalkDeclined, TalkMissed, CustomerLeft,
)  # fmt: skip


class Worth(msgspec.Struct, frozen=True):
    """What a line came to: money in fen, the customers' satisfaction, summed up, in ppm, the company's working
    minutes that it took, and the customers' trust, in ppm, from which later business comes."""

    fen: int
    satisfaction: int
    minutes: int = 0
    trust: int = 0


class Line(msgspec.Struct, frozen=True):
    """A candidate (None: let it lie) with its worth under each resample, and what happened to the customers."""

    action: Any
    worths: tuple[Worth, ...]
    told: tuple[Fact, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """The played line and the best of the others. `differences` are best less played by resample, in fen; `outcomes`
    are the same without the working minutes."""

    played: Line
    best: Line
    differences: tuple[int, ...]
    outcomes: tuple[int, ...]

    @property
    def mean(self) -> int:
        """The mean difference, fen; negative when what was played is best."""
        return _mean(self.differences)

    @property
    def spread(self) -> int:
        """Half the width of the interval in which the difference lies, fen."""
        return _spread(self.differences)

    @property
    def sure(self) -> bool:
        """Whether the interval of the loss excludes zero: that of its mean, or that of its median (the sign test).

        Losses are often the same small sum in each resample and a lost contract in one; the mean's interval then
        includes zero though no resample does.
        """
        return self.mean > 0 and (self.mean > self.spread or _signs(self.differences))

    @property
    def acquitted(self) -> bool:
        """Whether play shows for sure that what was done came to more than any other candidate: by its mean and by
        its signs, since one great contract moves a mean, and time apart, since a customer who is lost sooner saves
        some."""
        gains = [-each for each in self.outcomes]
        return _mean(gains) > _spread(gains) and _signs(gains)


def _mean(differences: Sequence[int]) -> int:
    return sum(differences) // max(1, len(differences))


def _spread(differences: Sequence[int]) -> int:
    count = len(differences)
    if count < 2:
        return 0
    off = sum((each - _mean(differences)) ** 2 for each in differences)
    width = STUDENT_T[min(count - 1, len(STUDENT_T)) - 1]
    return isqrt(off // (count - 1) * 1_000_000 // count) * width // 1_000_000


def _signs(differences: Sequence[int]) -> bool:
    """Whether so many are above zero that luck would seldom do it."""
    count = len(differences)
    by_chance = sum(comb(count, each) for each in range(count - sum(each > 0 for each in differences) + 1))
    return bool(by_chance * SURE <= 2**count)


def candidates(game: Game, decision: Decision) -> list[Action | None]:
    """The expert's action first, then the reference's, then others of the same kind, the better judged ones first.

    A decision about the whole company, which takes far longer to play on, is set against leaving it and one other.
    """
    found: list[Action | None] = []
    view, focus = game.view(decision.seat), frozenset(decision.customers)

    def take(action: Action | None) -> None:
        if action is None or any(each is not None and alike(action, each) for each in (*found, decision.action)):
            return
        if refusal(action, view) is None:
            found.append(action)

    if decision.action is None:
        take(chosen(Bot(EXPERT), game.world, decision.seat, focus))
        return found
    most = 1 + game.scenario.review.others
    if not focus:
        most = min(most, COMPANY_OTHERS)
        found.append(None)
    else:
        take(decision.expert)
        take(chosen_instead(Bot(REFERENCE), game.world, decision.seat, focus, decision.action))
    for other in _judged(game, decision):
        if len(found) >= most:
            break
        take(other)
    return found


def _judged(game: Game, decision: Decision) -> list[Action]:
    """Other choices for the same paper, by what policy says of them."""
    played, view = decision.action, game.view(decision.seat)
    filled = {name: getattr(played, name) for name in played.__struct_fields__[:1]}
    turn = Turn(decision.seat, game.minute)
    looked = [each for each in islice(offered(type(played), view, filled), LOOKED_AT) if refusal(each, view) is None]
    return sorted(
        looked, key=lambda each: -min((judged.points for judged in each.judge(game.world, turn)), default=FULL)
    )


def played_on(
    game: Game, decision: Decision, action: Action | None, salt: int
) -> tuple[Worth, tuple[Fact, ...]] | None:
    """What an action comes to after the review's days; None when it cannot be done."""
    focus = frozenset(decision.customers)
    until = game.world.calendar.working_days_after(game.minute, game.scenario.review.days)
    idle = (decision.seat, min(decision.until, until)) if action is None and focus else ("", 0)
    other = branch(game, focus, salt, until, idle=idle)
    before = len(other.facts)
    if action is not None:
        try:
            other.apply(decision.seat, action)
        except (IllegalAction, ActionFailed):
            return None
        if decision.seat in other.crew.due:
            other.crew.due[decision.seat] = max(game.minute + 1, other.world.seat(decision.seat).busy_until)
    other.live_to(until)
    told = tuple(
        each for each in other.facts[before:] if isinstance(each, TELLING) and getattr(each, "customer", "") in focus
    )
    found = worth(other, decision.customers)
    if not focus:  # the whole company works all day in every line
        return found, told
    minutes = sum(each.action.cost(other.world) for each in other.journal[len(game.journal) :])
    return Worth(found.fen, found.satisfaction, minutes, found.trust), told


def worth(game: Game, customers: Sequence[str]) -> Worth:
    """The operating profit, with the margin of what is signed and not yet there; and what the customers feel."""
    world = game.world
    pending = 0
    for order in world.all(Order):
        if order.status in {"accepted", "shipped"}:
            arrived = order.worth(order.arrived) - order.worth(order.returned)
            cost = sum(number * world.get(Product, id).cost for id, number in order.to_ship)
            pending += order.total - max(0, arrived) - cost
    who = [world.find(Customer, id) for id in customers] if customers else list(world.all(Customer))
    here = [each for each in who if each is not None and each.stage != "left"]
    felt, trust = sum(each.satisfaction for each in here), sum(each.trust for each in here)
    return Worth(operating_profit(world) + pending, felt, 0, trust)


def compare(game: Game, decision: Decision) -> Found | None:
    """Weigh a decision against its candidates.

    Two resamples choose the best of the others; only it and what was played get the rest, so that the choice is not
    praised for its own luck alone. Where policy frowns and luck still decides, more resamples are played. None when
    there is nothing to compare with.
    """
    rules = game.scenario.review
    if decision.action is None:  # whatever else the seat was busy with, the paper could have been taken up
        game = game.fork()
        game.world.seat(decision.seat).busy_until = game.minute
    salts = range(1, rules.resamples + 1)
    few, rest = salts[: max(1, rules.resamples // 2)], salts[max(1, rules.resamples // 2) :]
    others = [line for each in candidates(game, decision) if (line := _line(game, decision, each, few)) is not None]
    played = _line(game, decision, decision.action, few)
    if played is None or not others:
        return None
    best = max(others, key=lambda line: sum(value(each, rules) for each in line.worths))
    played, best = _more(game, decision, played, rest), _more(game, decision, best, rest)
    found = _found(played, best, rules)
    if decision.points is not None and decision.points < FROWNED and not found.sure:
        again = range(rules.resamples + 1, max(rules.resamples, rules.doubtful) + 1)
        found = _found(_more(game, decision, played, again), _more(game, decision, best, again), rules)
    return found


def _found(played: Line, best: Line, rules: ReviewPart) -> Found:
    pairs = list(zip(best.worths, played.worths, strict=True))
    whole = tuple(value(one, rules) - value(two, rules) for one, two in pairs)
    time = (rules.minute * (one.minutes - two.minutes) for one, two in pairs)
    return Found(played, best, whole, tuple(each + saved for each, saved in zip(whole, time, strict=True)))


def value(worth: Worth, rules: ReviewPart) -> int:
    """Money, satisfaction, trust and time as one sum, fen."""
    felt = worth.satisfaction * rules.satisfaction + worth.trust * rules.trust
    return worth.fen + felt // PPM - worth.minutes * rules.minute


def _line(game: Game, decision: Decision, action: Action | None, salts: Sequence[int]) -> Line | None:
    found = list(_worths(game, decision, action, salts))
    return Line(action, tuple(each for each, _told in found), found[0][1]) if len(found) == len(salts) else None


def _worths(
    game: Game, decision: Decision, action: Action | None, salts: Sequence[int]
) -> Iterator[tuple[Worth, tuple[Fact, ...]]]:
    for salt in salts:
        found = played_on(game, decision, action, salt)
        if found is None:
            return
        yield found


def _more(game: Game, decision: Decision, line: Line, salts: Sequence[int]) -> Line:
    added = tuple(each for each, _told in _worths(game, decision, line.action, salts))
    return Line(line.action, (*line.worths, *added), line.told)
