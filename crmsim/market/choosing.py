"""How a customer decides: a choice among our offer, the rival offers it knows, and nothing.

A multinomial logit: each alternative has a utility of fit, price, trust, delivery and terms, and a Gumbel draw keyed by
the customer and its need, so that the same offer meets the same luck whoever makes it. Numbers are floats inside one
weighing only; what comes out is whole.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from crmsim.crm.customer import Customer, RivalOffer
from crmsim.crm.product import Product
from crmsim.engine.words import DAY, N_, Message
from crmsim.scenarios.conduct import ChoicePart

if TYPE_CHECKING:
    from crmsim.market.life import Market

PPM = 1_000_000
OURS, NOTHING = "ours", "nothing"
Terms = dict[str, float]  # the parts of a utility by name


class Offer(msgspec.Struct, frozen=True):
    """What is on the table: one product, how many, the price of one in fen after discount, the promised day (the minute
    at which it begins, 0 for as soon as possible) and the payment terms."""

    product: str
    quantity: int
    unit_price: int
    delivery: int = 0
    terms: str = ""

    @property
    def total(self) -> int:
        """The whole price, fen."""
        return self.quantity * self.unit_price


class Choice(msgspec.Struct, frozen=True):
    """How a customer decided: whether for us, what won ("ours", a rival's id, "nothing"), the part that tipped it, and
    why in its own words. `margin` is how far (utility, ppm) we are ahead of the next, or behind the winner."""

    yes: bool
    winner: str
    reason: str
    why: Message
    margin: int = 0


def weigh(market: Market, customer: Customer, offer: Offer, attempt: int = 0) -> Choice:
    """Choose among our offer, the rival offers known by now, and nothing. Draws nothing twice: pure."""
    known = [each for each in customer.rivals if each.known_from <= market.world.minute]
    parts: dict[str, Terms] = {OURS: ours(market, customer, offer)}
    for each in known:
        parts[each.rival] = _rivals(market, customer, offer, each)
    parts[NOTHING] = {"idle": market.world.scenario.market.walk_away / PPM}
    totals: dict[str, float] = {}
    for name, terms in parts.items():
        luck = market.world.luck.gumbel(customer.id, f"choose/{customer.needs}/{name}", attempt)
        totals[name] = sum(terms.values()) + luck
    winner = max(totals, key=lambda name: totals[name])
    other = max((name for name in totals if name != winner), key=lambda name: totals[name])
    against = other if winner == OURS else winner
    reason = _weighty(parts[OURS], parts[against], winner == OURS)
    margin = totals[winner] - totals[other if winner == OURS else OURS]
    why = _say(market, offer, winner, reason, against)
    return Choice(winner == OURS, winner, reason, why, round(margin * PPM))


def ours(market: Market, customer: Customer, offer: Offer) -> Terms:
    """The parts of the utility of our offer."""
    scenario, taste = market.world.scenario, market.world.scenario.market.choice
    product = scenario.find("products", offer.product)
    terms = {
        "fit": fit(customer.weights, product.attributes, taste) / PPM + _misfit(market, customer, offer, taste),
        "price": _price(market, customer, offer.unit_price, offer.product, taste),
        "budget": _over_budget(customer, offer, taste),
        "trust": taste.trust * (customer.trust - taste.neutral_trust) / PPM**2,
        "delivery": _delivery(market, customer, offer, taste),
    }
    if offer.terms:
        asked = scenario.find("terms", offer.terms)
        terms["terms"] = (taste.credit_day * asked.days - taste.deposit * asked.deposit // PPM) / PPM
    return terms


def fit(weights: dict[str, int], attributes: dict[str, int], taste: ChoicePart) -> int:
    """The utility (ppm) of attributes to someone with these weights: 0 for a middling product."""
    whole = sum(weights.values())
    if not whole:
        return 0
    mean = sum(weight * attributes.get(name, PPM // 2) for name, weight in weights.items()) // whole
    return taste.fit * (mean - PPM // 2) // PPM


def reference_price(market: Market, customer: Customer, product: str) -> int:
    """What the customer holds to be the usual price of one, fen: less where discounts came unasked."""
    base: int = market.world.get(Product, product).base_price
    return max(1, base * (PPM - customer.expected_discount) // PPM)


def needed_by(market: Market, customer: Customer) -> int:
    """The minute by which the goods must be there to serve their purpose; 0 when the customer has no date."""
    if not customer.deadline:
        return 0
    return customer.deadline + market.world.scenario.market.choice.slack_days * DAY


def days_late(market: Market, customer: Customer, delivery: int) -> int:
    """How many days after the needed date a promised day lies; 0 when in time or open."""
    needed = needed_by(market, customer)
    return max(0, delivery // DAY - needed // DAY) if needed and delivery else 0


def _price(market: Market, customer: Customer, price: int, product: str, taste: ChoicePart) -> float:
    weight = customer.sensitivity * taste.price_scale / PPM**2
    return -weight * math.log(max(1, price) / reference_price(market, customer, product))


def _over_budget(customer: Customer, offer: Offer, taste: ChoicePart) -> float:
    if not customer.budget:
        return 0.0
    return -taste.over_budget / PPM * max(0.0, offer.total / customer.budget - 1)


def _delivery(market: Market, customer: Customer, offer: Offer, taste: ChoicePart) -> float:
    late = days_late(market, customer, offer.delivery)
    if late:
        return -min(taste.late_most, taste.late_day * late) / PPM
    # a date in time is worth as much as the promise is believed
    return taste.in_time * customer.trust / PPM**2 if offer.delivery and customer.deadline else 0.0


def _misfit(market: Market, customer: Customer, offer: Offer, taste: ChoicePart) -> float:
    """Another product than the wanted one, or fewer than needed."""
    loss = 0.0
    if customer.wants and offer.product != customer.wants:
        find = market.world.scenario.find
        same = find("products", offer.product).category == find("products", customer.wants).category
        loss -= (taste.substitute if same else taste.stranger) / PPM
    if customer.quantity and offer.quantity != customer.quantity:
        loss -= abs(math.log(offer.quantity / customer.quantity))
    return loss


def _rivals(market: Market, customer: Customer, offer: Offer, rival: RivalOffer) -> Terms:
    taste = market.world.scenario.market.choice
    product = customer.wants or offer.product
    price = rival.price // max(1, customer.quantity or offer.quantity)
    return {
        "fit": rival.fit / PPM,
        "price": _price(market, customer, price, product, taste),
        "trust": taste.trust * (taste.rival_trust - taste.neutral_trust) / PPM**2,
    }


def _weighty(mine: Terms, other: Terms, yes: bool) -> str:
    """The part that spoke most for the winner; "hunch" when nothing but luck did."""
    sign = 1 if yes else -1
    names = [*mine, *(name for name in other if name not in mine)]
    gaps = {name: sign * (mine.get(name, 0.0) - other.get(name, 0.0)) for name in names}
    best = max(gaps, key=lambda name: gaps[name])
    return best if gaps[best] > 0.05 and sum(gaps.values()) > 0 else "hunch"


YES = {
    "fit": N_("{product} is what we need."),
    "price": N_("The price of {product} is right."),
    "trust": N_("I trust these people."),
    "delivery": N_("It will be here in time, I believe."),
    "terms": N_("The payment terms suit us."),
    "budget": N_("It is within what we can spend."),
    "idle": N_("Something has to be done, and this will do."),
    "hunch": N_("I had my doubts, but I have a good feeling about {product}."),
}
TO_RIVAL = {
    "fit": N_("What {rival} offers suits us better."),
    "price": N_("{rival} asks less."),
    "trust": N_("I have more faith in {rival}."),
    "delivery": N_("{rival} delivers sooner."),
    "terms": N_("{rival} does not press for money."),
    "budget": N_("{rival} stays within our budget."),
    "hunch": N_("It was close, but {rival} feels right."),
}
TO_NOTHING = {
    "fit": N_("{product} is not what we need."),
    "price": N_("{product} is too dear for us."),
    "trust": N_("I do not trust them enough yet."),
    "delivery": N_("It would come too late."),
    "terms": N_("The payment terms do not suit us."),
    "budget": N_("We cannot spend that much."),
    "idle": N_("We can do without for now."),
    "hunch": N_("It was a fair offer, but we let it be."),
}


def _say(market: Market, offer: Offer, winner: str, reason: str, against: str) -> Message:
    scenario = market.world.scenario
    product = scenario.find("products", offer.product).name
    if winner == OURS:
        return Message(YES[reason], {"product": product})
    if winner == NOTHING:
        return Message(TO_NOTHING[reason], {"product": product})
    rivals = {each.id: each.name for each in scenario.rivals}
    lines = TO_RIVAL if reason in TO_RIVAL else {reason: TO_RIVAL["hunch"]}
    return Message(lines[reason], {"rival": rivals.get(against, against)})
