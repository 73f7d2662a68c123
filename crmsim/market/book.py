"""The opening book: customers with a past, and the papers that lie on the desks on the first morning (GAME-13).

Written straight into the world, since it is the founding. What was sold and paid before day one is no income of this
game: old payments stand between each customer and what customers spent, open debts against capital.
"""

from __future__ import annotations

import math

from crmsim.crm.campaign import Advert
from crmsim.crm.company import PROSPECTOR, SALES, Company
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.record import Record
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY
from crmsim.market.papers import WRITE, add_plan, office_hour, record_of, usual_terms, workday
from crmsim.market.traits import product_of, quantity_of, rest_between

PAPERS = ("review", "parcel", "late", "owed", "return", "request")
PAST = (5, 3, 2, 1)  # weights of one, two, three, four past orders
YEARS = 3


def open_book(world: Company, people: list[Customer]) -> None:
    """Give these customers their history with the company; the last of them have been silent for long."""
    if not people:
        return
    dormant = min(world.scenario.book.dormant, len(people))
    active = people[: len(people) - dormant] or people
    sellers = [each.id for each in world.staff(SALES)] or [""]
    diggers = [each.id for each in world.staff(PROSPECTOR)]
    jobs: list[tuple[int, str, str]] = []
    for number, customer in enumerate(people):
        asleep = number >= len(people) - dormant
        jobs += [(day, customer.id, "past") for day in _past_days(world, customer, asleep)]
        _known(world, customer, sellers[number % len(sellers)], asleep)
        if asleep and diggers:
            _given_up(record_of(world, customer), diggers[number % len(diggers)])
    for number, paper in enumerate(_papers(world)):
        customer = active[number % len(active)]
        jobs.append((_day_of(world, customer, paper, number), customer.id, paper))
    for day, id, paper in sorted(jobs):
        customer = world.get(Customer, id)
        order = _order(world, customer, day)
        WRITE[paper](world, customer, order)
    for number, customer in enumerate(people):
        _lives_on(world, customer, asleep=number >= len(people) - dormant)
    _old_adverts(world)


def _papers(world: Company) -> list[str]:
    book = world.scenario.book
    late = min(book.late_receivables, book.receivables)
    counts = (book.orders_to_review, book.parcels_due, late, book.receivables - late, book.returns, book.open_requests)
    return [paper for paper, count in zip(PAPERS, counts, strict=True) for _each in range(count)]


def _past_days(world: Company, customer: Customer, asleep: bool) -> list[int]:
    """The days (before day one, negative) on which it ordered long ago."""
    luck, id = world.luck, customer.id
    number = 1 + luck.weighted(PAST, id, "past orders")
    last = luck.between(150, 300, id, "last order") if asleep else luck.between(25, 120, id, "last order")
    gaps = [luck.between(20, 150, id, "past gap", n) for n in range(number)]
    return [workday(world, -last - sum(gaps[:n])) for n in range(number)]


def _day_of(world: Company, customer: Customer, paper: str, number: int) -> int:
    """The day on which the order behind a paper was submitted."""
    luck, window = world.luck, max(1, world.settings.return_days - 3)
    days = max(2, usual_terms(world, customer)[1])
    back = {
        "review": 1,
        "parcel": 4,
        "late": days + 6 + luck.below(6, customer.id, "book late", number),
        "owed": 4 + luck.below(days - 1, customer.id, "book owed", number),
        "return": 4 + luck.below(window, customer.id, "book return", number),
        "request": 8 + luck.below(14, customer.id, "book request", number),
    }
    return workday(world, -back[paper])


# -- customers and what is on file about them


def _known(world: Company, customer: Customer, owner: str, asleep: bool) -> None:
    """The company knows it well: there is a record, kept by its owner."""
    first = workday(world, -world.luck.between(330, YEARS * 365, customer.id, "first contact"))
    minute = office_hour(world, customer, first, "first contact")
    customer.aware, customer.source = 0, customer.source or "friends"
    customer.trust = min(PPM, customer.trust + 150_000)
    spread = round(world.luck.normal(customer.id, "old satisfaction") * 80_000)
    customer.satisfaction = min(950_000, max(300_000, (640_000 if asleep else 740_000) + spread))
    customer.stage = "quiet" if asleep else "using"
    customer.told = {"contact": minute, "decision": minute}
    world.add(
        Record(
            world.new_id(Record), customer=customer.id, name=customer.name, industry=customer.industry,
            type=customer.type, contact=customer.contact, position=customer.position, phone=customer.phone,
            email=customer.email, region=customer.region, source=customer.source,
            channel=customer.channels[0] if customer.channels else "", first_contact=minute, status="won",
            decision=customer.decision, size=customer.size, owner=owner, assigned=minute, recorded_by=owner,
            recorded=minute,
        )
    )  # fmt: skip


def _given_up(record: Record, keeper: str) -> None:
    """Silent for so long that nobody looks after it; its file lies with the prospector, to be won back."""
    record.owner, record.assigned, record.status, record.recorded_by = "", 0, "lost", keeper


def _order(world: Company, customer: Customer, day: int) -> Order:
    """An order as it was submitted on a day, for what the customer needed then."""
    customer.needs += 1
    product = product_of(world, customer, customer.needs)
    quantity = quantity_of(world, customer, customer.needs)
    record = record_of(world, customer)
    record.need, record.quantity = product.id, quantity
    submitted = office_hour(world, customer, day, "submitted")
    discount = world.luck.pick((0, 0, 30_000, 50_000), customer.id, "old discount", customer.needs)
    return world.add(
        Order(
            world.new_id(Order), customer=customer.id, record=record.id, owner=record.owner,
            lines=(OrderLine(product.id, quantity, product.base_price),),
            discount=min(discount, world.settings.discount_limit), delivery=(day + 3) * DAY,
            terms=usual_terms(world, customer)[0], submitted=submitted,
        )
    )  # fmt: skip


def _lives_on(world: Company, customer: Customer, asleep: bool) -> None:
    """Who bought often needs again sooner (the gamma of BG/NBD, given its past); the silent will not for long."""
    segment = world.scenario.find("segments", customer.segment)
    shape = segment.rate_r / PPM + customer.needs
    rate = world.luck.gamma(shape, customer.id, "rate given past")
    customer.rate = rest_between(segment.rate_alpha_days + 180, rate)
    if not customer.wants:
        wait = world.luck.exponential(customer.rate, customer.id, "again", customer.needs)
        silent = 60 * DAY if asleep else DAY // 2
        add_plan(customer, Plan(world.calendar.next_open(world.minute + silent + wait), "need", "again"))


def _old_adverts(world: Company) -> None:
    """Last month's publicity, with the figures it had."""
    products = [each.id for each in world.scenario.products]
    for number, medium in enumerate(world.scenario.media[:2]):
        budget = max(medium.daily_minimum, medium.saturation // 3)
        start, days = workday(world, -28 + 10 * number), 7
        follow = sum(each.share * each.habits.get(medium.id, 0) // PPM for each in world.scenario.segments)
        share = follow / max(1, sum(each.share for each in world.scenario.segments))
        noticed = 1 - math.exp(-2 * math.log(2) / 10 * days * budget / max(1, budget + medium.saturation))
        reached = round(world.scenario.market.size * share * noticed)
        world.add(
            Advert(
                world.new_id(Advert), medium=medium.id, product=products[number % len(products)], budget=budget,
                start=start * DAY, end=(start + days - 1) * DAY, spent=days * budget, reached=reached,
                status="over",
            )
        )  # fmt: skip
