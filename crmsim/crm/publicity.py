"""What publicity brought: every advert and activity with its cost, reach, leads, orders and return (DIR-6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.product import Product
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, Words

FAIR = "fair"  # the source of those who came to a booth
PPM = 1_000_000


@dataclass(frozen=True)
class Outcome:
    """One advert or activity in figures; money in fen, `returned` the margin earned for a fen spent, in ppm."""

    id: str
    kind: str  # advert or activity
    title: Words
    source: str  # a medium, or the fair
    status: str
    start: int
    cost: int
    reach: int
    leads: int
    orders: int
    sales: int
    margin: int

    @property
    def returned(self) -> int:
        """Return on spend: what of the spend came back as margin beyond it, in ppm; -100% when nothing did."""
        return 0 if self.cost <= 0 else (self.margin - self.cost) * PPM // self.cost

    @property
    def cost_per_lead(self) -> int:
        """Fen for one lead; 0 while there is none."""
        return self.cost // self.leads if self.leads else 0


def publicity(source: Any) -> list[Outcome]:
    """The summary over all adverts and activities, from a view or the world, in the order they were planned."""
    leads = credited(source)
    costs = {each.id: each.cost for each in source.all(Product)}
    orders: dict[str, list[Any]] = {}
    for order in source.all(Order):
        if order.status in SIGNED:
            orders.setdefault(order.customer, []).append(order)
    found = [
        _outcome(advert, "advert", advert.medium, advert.spent, advert.reached, leads, orders, costs)
        for advert in source.all(Advert)
    ]
    return found + [
        _outcome(each, "activity", FAIR, each.cost, each.visitors, leads, orders, costs)
        for each in source.all(Promotion)
    ]


def credited(source: Any) -> dict[str, dict[str, int]]:
    """For each advert and activity, the customers whom it brought and when they came.

    A customer who names a medium is credited to the advert in that medium that ran last before the first contact.
    """
    plans = [(each.medium, each.start, each.id, each.status) for each in source.all(Advert)]
    plans += [(FAIR, each.start, each.id, each.status) for each in source.all(Promotion)]
    brought: dict[str, dict[str, int]] = {id: {} for _source, _start, id, _status in plans}
    seen: dict[str, None] = {}
    for talk in source.all(Talk):
        if not talk.by_customer or not talk.customer or talk.customer in seen:
            continue
        seen[talk.customer] = None
        ran = [(start, id) for medium, start, id, status in plans if _could(talk, medium, start, status)]
        if ran:
            brought[max(ran)[1]][talk.customer] = talk.started
    return brought


def _could(talk: Any, medium: str, start: int, status: str) -> bool:
    return bool(talk.source == medium and start // DAY <= talk.started // DAY and status != "planned")


def _outcome(
    each: Any,
    kind: str,
    source: str,
    cost: int,
    reach: int,
    leads: dict[str, dict[str, int]],
    orders: dict[str, list[Any]],
    costs: dict[str, int],
) -> Outcome:
    mine = leads[each.id]
    signed = [order for id, came in mine.items() for order in orders.get(id, ()) if order.submitted >= came]
    sales = sum(order.total for order in signed)
    margin = sales - sum(line.quantity * costs.get(line.product, 0) for order in signed for line in order.lines)
    return Outcome(
        each.id, kind, each.title, source, each.status, each.start, cost, reach, len(mine), len(signed), sales, margin
    )


def committed(adverts: Iterable[Any]) -> int:
    """What planned and running adverts will still cost, fen."""
    total = 0
    for each in adverts:
        if each.status in {"planned", "running"}:
            total += max(0, each.budget * days_of(each.start, each.end) - each.spent)
    return total


def days_of(start: int, end: int) -> int:
    """How many days lie from the day of `start` to the day of `end`, both included."""
    return max(0, end // DAY - start // DAY + 1)
