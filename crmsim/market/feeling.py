"""What a customer feels of what happened, against what was promised."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer
from crmsim.engine.words import Message

if TYPE_CHECKING:
    from crmsim.market.life import Market

PPM = 1_000_000


def feel(market: Market, customer: Customer, dimension: str, surprise: int, words: Message) -> None:
    """Move satisfaction by a surprise (ppm, from -1 to 1 of what can happen) in a dimension: product, promise, response
    or fairness. Losses weigh more than gains, and both tell less the larger they are (Mittal & others 1998)."""
    goodwill(customer, change(market, dimension, surprise))
    market.tell(customer, words)


def treated(market: Market, customer: Customer, change: int) -> None:
    """How one is spoken to: what a move wins or loses in trust (ppm) is felt, too, and a loss more than a gain."""
    people = market.world.scenario.market
    weight = people.using.treatment * (people.loss_aversion if change < 0 else 1)
    customer.satisfaction = within(customer.satisfaction + change * weight // PPM)


def goodwill(customer: Customer, amount: int) -> None:
    """Satisfaction won or lost outright, ppm; trust follows half way."""
    customer.satisfaction = within(customer.satisfaction + amount)
    customer.trust = within(customer.trust + amount // 2)


def change(market: Market, dimension: str, surprise: int) -> int:
    """By how much a surprise in a dimension moves satisfaction, ppm."""
    people = market.world.scenario.market
    weight: int = getattr(people.using, dimension)
    size = (abs(surprise) / PPM) ** (people.using.diminishing / PPM)
    loss = people.loss_aversion if surprise < 0 else 1
    return round(math.copysign(size * loss, surprise) * weight * people.using.step / PPM)


def lift(customer: Customer, amount: int) -> None:
    """A recovery lifts what is felt, but neither coming again nor what is told to friends (de Matos et al. 2007)."""
    before = customer.satisfaction
    customer.satisfaction = within(before + amount)
    customer.recovered += customer.satisfaction - before


def recovery(market: Market, took: int) -> int:
    """What being put right is worth after so many working minutes: the sooner the more, nothing when it took long."""
    using = market.world.scenario.market.using
    return using.recovery * max(0, PPM - took * PPM // (4 * max(1, using.patience_minutes))) // PPM


def loyalty(customer: Customer) -> int:
    """The satisfaction that counts for coming again and for word of mouth, ppm."""
    return within(customer.satisfaction - customer.recovered)


def within(level: int) -> int:
    """A level kept between nothing and all."""
    return max(0, min(PPM, level))
