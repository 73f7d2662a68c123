"""What the company's handling came to: its figures and the three months after, between a novice's and an expert's.

Luck is taken out by playing the same customers twice more: all seats held by novices, and all by experts. Those two
runs are kept under the game's own folder, by engine, bots, scenario and seed. This is never part of a seat's score;
`crmsim grade --outcome` prints it beside the handling, since it takes some seconds the first time.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import msgspec

from crmsim.bots import REFERENCE, crew, played_on
from crmsim.bots.habits import BY_LEVEL
from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    ContractAccepted,
    CustomerLeft,
    CustomerReturned,
    DebtWrittenOff,
    PaymentLate,
    PaymentMade,
    Recommended,
)
from crmsim.crm.figures import operating_profit, satisfaction
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.product import Product
from crmsim.engine.words import Message, Words, _
from crmsim.game import Game
from crmsim.game.journal import ENGINE
from crmsim.grading.course import Course
from crmsim.scenarios.loader import scenario_hash
from crmsim.store.folders import home

AS_NOVICE, AS_EXPERT = 550, 900  # what a result like theirs is worth, of 1000
YEAR, PPM = 365 * 1440, 1_000_000
HALF, QUARTER = 2, 1  # equity weighs as much as profit and satisfaction together
NAMED = 4


class Outcome(msgspec.Struct, frozen=True):
    """The team's result. `score` runs from 0 to 1000, None before the scenario's least days. Figures: fen and ppm.

    `equity` is what the customers, as they stand after the epilogue, can be expected to bring in a year.
    """

    score: int | None
    own: dict[str, int]
    novice: dict[str, int]
    expert: dict[str, int]
    epilogue: tuple[Message, ...]


def outcome(course: Course) -> Outcome:
    """The result of a game that is over, set between those of a novice and an expert company on the same customers."""
    game = course.game
    own, later = result_of(game)
    days = game.world.calendar.between(game.first_minute, game.minute) // max(1, game.world.calendar.minutes_a_day)
    told = epilogue(game, later)
    if days < game.scenario.least_days:
        return Outcome(None, own, {}, {}, told)
    novice, expert = _reference(game, "novice"), _reference(game, "expert")
    parts = ((HALF, "equity"), (QUARTER, "operating_profit"), (QUARTER, "satisfaction"))
    points = sum(weight * _between(own[name], novice[name], expert[name]) for weight, name in parts)
    return Outcome(points // sum(weight for weight, _name in parts), own, novice, expert, told)


def _between(own: int, novice: int, expert: int) -> int:
    """A figure's place between the two companies, 0 to 1000."""
    if expert <= novice:  # on these customers the difference was luck
        return AS_EXPERT if own >= expert else AS_NOVICE
    return min(1000, max(0, AS_NOVICE + (AS_EXPERT - AS_NOVICE) * (own - novice) // (expert - novice)))


def result_of(game: Game) -> tuple[dict[str, int], Game]:
    """A finished game's figures, with what its customers brought afterwards; and the game played on."""
    later = played_on(game)
    own = {
        "operating_profit": operating_profit(game.world),
        "satisfaction": satisfaction(game.world),
        "equity": equity(later.world),
    }
    return own, later


def equity(world: Company) -> int:
    """A year's margin of those who buy from the company: their orders' mean margin, as often as they need something,
    by the share of satisfaction; nothing for those who have turned away. Fen."""
    margins: dict[str, list[int]] = {}
    costs = {each.id: each.cost for each in world.all(Product)}
    for order in world.all(Order):
        if order.status in SIGNED:
            cost = sum(line.quantity * costs.get(line.product, 0) for line in order.lines)
            margins.setdefault(order.customer, []).append(order.total - cost)
    total = 0
    for customer in world.all(Customer):
        signed = margins.get(customer.id)
        if signed and customer.stage != "left" and customer.rate:
            total += sum(signed) // len(signed) * YEAR // customer.rate * customer.satisfaction // PPM
    return total


def _reference(game: Game, level: str) -> dict[str, int]:
    path = _kept(game, level)
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, int])
    except (OSError, msgspec.MsgspecError):
        pass
    seats = [each.id for each in game.scenario.seats]
    other = Game(game.scenario, game.seed, cast=game.cast, players=crew(game.scenario, level, seats))
    other.run_to_end()
    found, _later = result_of(other)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode(found))
    except OSError:
        pass  # it is only computed again next time
    return found


def _kept(game: Game, level: str) -> Path:
    bots = blake2b(repr((BY_LEVEL, REFERENCE)).encode(), digest_size=4).hexdigest()
    return home() / "companies" / f"{ENGINE}-{bots}-{scenario_hash(game.scenario)}-{game.seed}-{level}.json"


# -- three months later (GAME-14)


def epilogue(game: Game, later: Game) -> tuple[Message, ...]:
    """Who paid, who came back, who recommended the company, and who left, in the time after the game."""
    since = list(later.facts[len(game.facts) :])
    owed = {each.invoice: each.amount for each in game.facts if isinstance(each, PaymentLate)}
    paid = [each for each in since if isinstance(each, PaymentMade) and each.invoice in owed and each.whole]
    lost = [each for each in since if isinstance(each, DebtWrittenOff)]
    bought = _names(later, [each.customer for each in since if isinstance(each, ContractAccepted)])
    back = _names(later, [each.customer for each in since if isinstance(each, CustomerReturned)])
    told = [each for each in since if isinstance(each, Recommended)]
    left = _names(later, [each.customer for each in since if isinstance(each, CustomerLeft)])
    days = (later.minute - game.minute) // 1440
    sums = (sum(each.amount for each in lost), sum(each.kind for each in told), sum(not each.kind for each in told))
    return (
        _("{days} days later:", days=days),
        _("Late bills that were paid in the end: {count}; {lost:money} never came.", count=len(paid), lost=sums[0])
        if owed or lost
        else _("No bill was left unpaid."),
        _("Customers who signed again or for the first time: {count} ({names}).", count=len(bought), names=_few(bought))
        if bought
        else _("Nobody signed another contract."),
        *([_("{count} who had been silent came back: {names}.", count=len(back), names=_few(back))] if back else []),
        _("{kind} spoke well of the company to others, {unkind} warned them of it.", kind=sums[1], unkind=sums[2])
        if told
        else _("Nobody spoke of the company to others."),
        _("{count} turned away for good: {names}.", count=len(left), names=_few(left))
        if left
        else _("Nobody turned away."),
    )


def _names(game: Game, customers: list[str]) -> list[str]:
    found = [game.world.find(Customer, each) for each in dict.fromkeys(customers)]
    return [each.name or each.contact for each in found if each is not None]


def _few(names: list[str]) -> Words:
    few: Words = names[0]
    for each in names[1:NAMED]:
        few = _("{names}, {another}", names=few, another=each)
    return _("{names} and {more} more", names=few, more=len(names) - NAMED) if len(names) > NAMED else few
