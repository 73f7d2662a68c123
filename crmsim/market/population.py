"""The people of the market, drawn once by keyed luck from the scenario's segments."""

from __future__ import annotations

import math

from crmsim.crm.climate import Climate
from crmsim.crm.company import Company, Playable
from crmsim.crm.customer import Customer, Plan
from crmsim.engine.luck import PPM
from crmsim.market.book import open_book
from crmsim.market.strangers import schedule_events, schedule_strangers
from crmsim.market.traits import rest_between, scale_of
from crmsim.scenarios.cast import Cast, Person
from crmsim.scenarios.people import SegmentPart

SIZES = ("small", "medium", "large")


def populate(world: Company, cast: Cast) -> None:
    """Draw the customers and lay out their first plans, the company's book, the strangers and the events."""
    world.add(Climate("climate"))
    people = [draw_customer(world, cast, number) for number in range(world.scenario.market.size)]
    booked = people[len(people) - min(len(people), world.scenario.book.customers) :]
    played = _portfolios(world, people[: len(people) - len(booked)])
    fresh = people[: len(people) - len(booked)]
    early = [each.id for each in fresh if each.id not in played][: world.scenario.book.messages]
    for customer in fresh:
        minute = played.get(customer.id, _first_need(world, customer))
        customer.plans = (Plan(world.minute + 1 if customer.id in early else minute, "need"),)
    open_book(world, booked)
    for customer in people:
        if customer.plans:
            world.agenda.wake_at(customer.id, customer.plans[0].minute)
    schedule_strangers(world, cast)
    schedule_events(world)


def draw_customer(world: Company, cast: Cast, number: int) -> Customer:
    """The customer with this number (from 0): its segment, its person and its traits."""
    luck, scenario = world.luck, world.scenario
    id = world.new_id(Customer)
    segments = scenario.segments
    segment = segments[luck.weighted([each.share for each in segments], id, "segment")]
    person = cast.customers[number] if number < len(cast.customers) else _nobody(id, number)
    customer = world.add(Customer(id, segment=segment.id, type=segment.kind))
    customer.name, customer.contact = person.company or person.name, person.name
    customer.position, customer.phone, customer.email = person.position, person.phone, person.email
    _draw_place(world, customer, segment)
    _draw_mind(world, customer, segment)
    _draw_rates(world, customer, segment)
    if luck.chance(scenario.market.aware, id, "aware"):
        _knows(world, customer, segment)
    return customer


def _knows(world: Company, customer: Customer, segment: SegmentPart) -> None:
    """It heard of the company some time before the game."""
    customer.aware, customer.source = 0, _old_source(world, customer, segment)
    quality = world.scenario.market.arriving.quality.get(customer.source, 0)
    customer.trust = min(PPM, max(0, customer.trust + quality))


def _nobody(id: str, number: int) -> Person:
    return Person(name=id, phone=f"139{number + 1:08d}", email=f"{id}@example.com")


def _draw_place(world: Company, customer: Customer, segment: SegmentPart) -> None:
    luck, scenario, id = world.luck, world.scenario, customer.id
    regions = [each.id for each in scenario.regions]
    industries = list(segment.industries) or [each.id for each in scenario.industries]
    customer.region = luck.pick(regions, id, "region") if regions else ""
    customer.industry = luck.pick(industries, id, "industry") if industries else ""
    sizes = [each.id for each in scenario.dictionaries.get("sizes", ())] or list(SIZES)
    if customer.type != "person":
        share = 0.5 * (1 + math.erf(scale_of(world, customer) / math.sqrt(2)))  # its rank among its kind
        customer.size = sizes[min(len(sizes) - 1, int(share * len(sizes)))]


def _draw_mind(world: Company, customer: Customer, segment: SegmentPart) -> None:
    luck, scenario, id = world.luck, world.scenario, customer.id
    tempers = segment.tempers or {"plain": 1}
    customer.temper = list(tempers)[luck.weighted(list(tempers.values()), id, "temper")]
    weights = segment.weights or {each.id: PPM for each in scenario.attributes}
    drawn = {name: luck.lognormal(weight, 400_000, id, f"weight {name}") for name, weight in weights.items()}
    whole = max(1, sum(drawn.values()))
    customer.weights = {name: weight * PPM // whole for name, weight in drawn.items()}
    customer.sensitivity = luck.lognormal(segment.sensitivity, 300_000, id, "sensitivity")
    spread = round(luck.normal(id, "reticence") * 150_000)
    customer.reticence = min(900_000, max(50_000, segment.reticence + spread))
    customer.patience_moves = max(3, luck.lognormal(segment.patience_moves, 200_000, id, "moves"))
    customer.trust = min(600_000, max(100_000, 300_000 + round(luck.normal(id, "trust") * 60_000)))
    customer.channels = _channels(world, customer, segment)
    if not luck.chance(segment.alone, id, "alone"):
        committee = customer.type != "person" and luck.chance(350_000, id, "committee")
        customer.decision = "committee" if committee else "boss"
    customer.shades = luck.chance(segment.shades, id, "shades")


def _channels(world: Company, customer: Customer, segment: SegmentPart) -> tuple[str, ...]:
    """All channels it uses, preferred first: a race in which a heavier weight is likelier to come in early."""
    scenario = world.scenario
    weights = segment.channels or {
        each.id: each.hears_of for each in scenario.channels if each.id not in {"booth", "visit"}
    }
    known = [each.id for each in scenario.channels] or list(weights)
    runs = [
        (-math.log(world.luck.unit(customer.id, f"channel {name}")) / weight, name)
        for name, weight in weights.items()
        if weight and name in known
    ]
    return tuple(name for _time, name in sorted(runs))


def _draw_rates(world: Company, customer: Customer, segment: SegmentPart) -> None:
    """Buying rate and dropout as in BG/NBD: a gamma and a beta across customers."""
    luck, id = world.luck, customer.id
    rate = luck.gamma(segment.rate_r / PPM, id, "rate")
    customer.rate = rest_between(segment.rate_alpha_days, rate)
    customer.dropout = round(luck.beta(segment.drop_a / PPM, segment.drop_b / PPM, id, "dropout") * PPM)


def _old_source(world: Company, customer: Customer, segment: SegmentPart) -> str:
    sources = {"friends": 200_000, "web": 200_000, **segment.habits}
    sources.pop("fair", None)
    return list(sources)[world.luck.weighted(list(sources.values()), customer.id, "old source")]


def _first_need(world: Company, customer: Customer) -> int:
    market, calendar, luck = world.scenario.market, world.calendar, world.luck
    season = market.need_minutes or max(1, market.need_days) * calendar.minutes_a_day
    if luck.chance(market.wanting, customer.id, "wanting"):
        return calendar.after(world.minute, 1 + luck.below(season, customer.id, "first need"))
    later = season + luck.exponential(3 * season, customer.id, "later need")
    return calendar.after(world.minute, min(later, 1000 * calendar.minutes_a_day))


def _portfolios(world: Company, people: list[Customer]) -> dict[str, int]:
    """Give each playable seat its customers; their needs arise one after the other, from the first hours on."""
    scenario, calendar = world.scenario, world.calendar
    found: dict[str, int] = {}
    waiting = iter(people)
    season = min(scenario.market.need_days, scenario.calendar.days) * calendar.minutes_a_day
    span = (scenario.market.need_minutes or season) * 7 // 10
    for seat in world.all(Playable):
        mine = [each for _brief, each in zip(range(scenario.briefs), waiting, strict=False)]
        seat.customers = tuple(each.id for each in mine)
        for number, customer in enumerate(mine):
            jitter = world.luck.below(60, customer.id, "brief")
            found[customer.id] = calendar.after(world.minute, 5 + jitter + number * span // scenario.briefs)
            if customer.aware < 0:
                _knows(world, customer, scenario.find("segments", customer.segment))
    return found
