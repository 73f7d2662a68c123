"""What follows from who a customer is: the same whenever it is asked, whatever is played."""

from __future__ import annotations

import math

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.product import Product
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY
from crmsim.scenarios.people import SegmentPart

OWN_SHARE = 0.8  # of the spread of quantities lies between customers, the rest between a customer's needs


def scale_of(world: Company, customer: Customer) -> float:
    """How large this customer is among its kind: a standard normal that all its quantities share."""
    return world.luck.normal(customer.id, "scale")


def product_of(world: Company, customer: Customer, number: int) -> Product:
    """The product of a customer's need with this number."""
    segment = world.scenario.find("segments", customer.segment)
    weights = {id: weight for id, weight in segment.products.items() if weight > 0}
    if not weights:
        weights = {each.id: 1 for each in world.scenario.products}
    chosen = list(weights)[world.luck.weighted(list(weights.values()), customer.id, "product", number)]
    return world.get(Product, chosen)


def quantity_of(world: Company, customer: Customer, number: int) -> int:
    """How many are needed at the need with this number: large customers need more each time."""
    segment: SegmentPart = world.scenario.find("segments", customer.segment)
    own = world.luck.normal(customer.id, "quantity", number)
    z = OWN_SHARE * scale_of(world, customer) + math.sqrt(1 - OWN_SHARE**2) * own
    return max(1, round(segment.quantity * math.exp(segment.quantity_sigma / PPM * z)))


def rest_between(days: int, rate: float) -> int:
    """Mean minutes between needs for a rate in units of one in `days`; at most three hundred years."""
    return min(300 * 365 * DAY, round(days * DAY / max(rate, 1e-9)))
