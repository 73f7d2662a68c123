"""Market studies: what is really so in the market, as a sample of people would tell it (DIR-16)."""

from __future__ import annotations

import math

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.plan import Estimate, Study
from crmsim.engine.words import Words, _

PPM = 1_000_000
CONFIDENT = 1.96  # standard errors in half a 95% interval

Truth = list[tuple[Words, int, int]]  # what, the true value in ppm, the spread of one answer in ppm


def answer(world: Company, study: Study) -> tuple[Estimate, ...]:
    """The figures of a study: the truth with a sampling error that only the game's luck knows."""
    people = max(1, min(study.asked, sum(1 for _each in world.all(Customer))))
    found = []
    for number, (what, value, spread) in enumerate(TRUTHS[study.subject](world, study.about)):
        error = spread / math.sqrt(people)
        drawn = round(value + error * world.luck.normal(study.id, f"study {study.subject} {study.about}", number))
        found.append(Estimate(what, max(0, drawn), round(CONFIDENT * error)))
    return tuple(found)


def _share(hits: int, all_of: int) -> tuple[int, int]:
    """A share and the spread of one yes-or-no answer, ppm."""
    share = hits / all_of if all_of else 0.0
    return round(share * PPM), round(math.sqrt(share * (1 - share)) * PPM)


def of_segment(world: Company, about: str) -> Truth:
    """A segment: how many of it know us and need something now, what they care for and what a discount would win."""
    people = [each for each in world.all(Customer) if each.segment == about]
    count = len(people)
    know = _share(sum(1 for each in people if each.aware >= 0), count)
    need = _share(sum(1 for each in people if each.wants), count)
    size = _share(count, sum(1 for _each in world.all(Customer)))
    found: Truth = [
        (_("share of the market"), *size),
        (_("know the company"), *know),
        (_("need something now"), *need),
    ]
    for each in world.scenario.attributes:
        weights = [one.weights.get(each.id, 0) for one in people]
        mean = sum(weights) // count if count else 0
        spread = math.sqrt(sum((one - mean) ** 2 for one in weights) / count) if count else 0
        found.append((_("weight of {attribute}", attribute=each.name), mean, round(spread)))
    return found


def of_medium(world: Company, about: str) -> Truth:
    """A medium: who follows it, segment by segment."""
    people = list(world.all(Customer))
    habits = {each.id: each.habits.get(about, 0) for each in world.scenario.segments}
    every = sum(habits.get(each.segment, 0) for each in people) // max(1, len(people))
    found: Truth = [(_("follow it, of everybody"), every, _spread(every))]
    for each in world.scenario.segments:
        found.append((_("follow it, of {segment}", segment=each.name), habits[each.id], _spread(habits[each.id])))
    return found


def of_rivals(world: Company, about: str) -> Truth:
    """A rival: among how many it is in the running, and what it asks compared with our list price."""
    in_need = [each for each in world.all(Customer) if each.wants]
    held = [(each, offer) for each in in_need for offer in each.rivals if offer.rival == about]
    among = _share(len(held), len(in_need))
    asks = [
        offer.price * PPM // max(1, world.scenario.find("products", each.wants).price * each.quantity)
        for each, offer in held
    ]
    rival = world.scenario.find("rivals", about)
    mean = sum(asks) // len(asks) if asks else rival.price
    spread = round(math.sqrt(sum((one - mean) ** 2 for one in asks) / len(asks))) if asks else 60_000
    return [(_("is in the running"), *among), (_("asks, of our list price"), mean, spread)]


def _spread(ppm: int) -> int:
    return round(math.sqrt(ppm / PPM * (1 - ppm / PPM)) * PPM)


TRUTHS = {"segment": of_segment, "medium": of_medium, "rivals": of_rivals}
