"""How customers choose: by a logit whose coefficients can be found again in the choices."""

from __future__ import annotations

import math

import pytest

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer, RivalOffer
from crmsim.crm.founding import found
from crmsim.market.choosing import Offer, fit, ours, weigh
from crmsim.market.life import Market
from crmsim.scenarios.cast import Cast
from tests.scenes import tiny

pytestmark = pytest.mark.covers("GAME-2", "CUS-3")
PPM = 1_000_000


def market_of(seed: int = 1) -> Market:
    world: Company = found(tiny(), Cast(), seed)
    return Market(world, lambda seat, action: False)


def buyer(market: Market, number: int, **traits: object) -> Customer:
    customer = Customer(f"p{number}", segment="shops", wants="pump", quantity=2, budget=1_000_000, deadline=8 * 1440)
    customer.weights = {"power": 600_000, "quiet": 400_000}
    customer.trust, customer.needs = 450_000, 1
    acme = RivalOffer("acme", 196_000, fit(customer.weights, {"power": 600_000, "quiet": 600_000}, taste(market)))
    customer.rivals = (acme,) if number % 2 else ()
    for name, value in traits.items():
        setattr(customer, name, value)
    return customer


def taste(market: Market):  # type: ignore[no-untyped-def]
    return market.world.scenario.market.choice


def share(market: Market, price: int, people: int = 1500, **traits: object) -> float:
    """The share who take two pumps at a price."""
    yes = sum(weigh(market, buyer(market, n, **traits), Offer("pump", 2, price)).yes for n in range(people))
    return yes / people


def test_own_price_elasticity_is_that_of_real_markets() -> None:
    """Row 19: between -1.5 and -4 around the base price (Bijmolt et al. 2005: -2.62)."""
    market = market_of()
    low, high = share(market, 92_000, 4000), share(market, 108_000, 4000)
    elasticity = math.log(high / low) / math.log(108 / 92)
    assert -4 < elasticity < -1.5


def test_a_logit_finds_the_price_coefficient_again() -> None:
    """Two prices, no rivals: the difference in log odds over the difference in log price is the coefficient."""
    market = market_of()
    a, b = (share(market, price, 6000, rivals=()) for price in (90_000, 115_000))
    odds = math.log(b / (1 - b)) - math.log(a / (1 - a))
    truth = -2.6 * taste(market).price_scale / PPM * math.log(115 / 90)
    error = math.sqrt(sum(1 / (6000 * s * (1 - s)) for s in (a, b)))
    assert abs(odds - truth) < 3 * error


def test_shares_follow_the_logit() -> None:
    market = market_of()
    someone = buyer(market, 2)
    utility = sum(ours(market, someone, Offer("pump", 2, 100_000)).values())
    expected = math.exp(utility) / (1 + math.exp(utility))
    assert share(market, 100_000, 4000, rivals=()) == pytest.approx(expected, abs=0.025)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"trust": 700_000}, {"trust": 200_000}),
        ({"budget": 400_000}, {"budget": 150_000}),
        ({"wants": "pump"}, {"wants": "filter"}),
        ({"expected_discount": 0}, {"expected_discount": 200_000}),
        ({"rivals": ()}, {"rivals": (RivalOffer("acme", 150_000, 900_000),)}),
        (
            {"rivals": (RivalOffer("acme", 150_000, 900_000, 10**9),)},
            {"rivals": (RivalOffer("acme", 150_000, 900_000),)},
        ),
    ],
)
def test_what_makes_a_customer_say_yes(better: dict[str, object], worse: dict[str, object]) -> None:
    market = market_of()
    assert share(market, 100_000, 500, **better) > share(market, 100_000, 500, **worse) + 0.05


def test_a_late_date_hard_terms_and_a_wrong_number_count_against_an_offer() -> None:
    market = market_of()

    def yes(**offer: object) -> int:
        whole = {"product": "pump", "quantity": 2, "unit_price": 100_000, **offer}
        return sum(weigh(market, buyer(market, n), Offer(**whole)).yes for n in range(500))  # type: ignore[arg-type]

    assert yes(delivery=10 * 1440) > yes(delivery=20 * 1440) + 25
    assert yes(terms="net5") > yes(terms="deposit30")
    assert yes() > yes(quantity=5) + 25


def test_the_same_offer_meets_the_same_luck_and_another_attempt_other_luck() -> None:
    market, again = market_of(), market_of()
    offer = Offer("pump", 2, 104_000)
    first = [weigh(market, buyer(market, n), offer) for n in range(200)]
    assert first == [weigh(again, buyer(again, n), offer) for n in range(200)]
    assert first != [weigh(market, buyer(market, n), offer, 1) for n in range(200)]
    assert first != [weigh(other, buyer(other, n), offer) for other in [market_of(2)] for n in range(200)]


def test_the_reason_names_what_tipped_it() -> None:
    market = market_of()

    def reasons(offer: Offer, **traits: object) -> list[str]:
        said = [weigh(market, buyer(market, n, **traits), offer) for n in range(300)]
        no = [each.reason for each in said if not each.yes]
        return sorted(dict.fromkeys(no), key=lambda each: -no.count(each))

    assert reasons(Offer("pump", 2, 160_000))[0] == "price"
    assert reasons(Offer("pump", 2, 100_000), budget=100_000)[0] == "budget"
    assert reasons(Offer("pump", 2, 100_000, delivery=30 * 1440))[0] == "delivery"
    assert reasons(Offer("pump", 2, 100_000), trust=0)[0] == "trust"
    dear = weigh(market, buyer(market, 2), Offer("pump", 2, 900_000))
    assert (dear.yes, dear.winner, str(dear.why)) == (False, "nothing", "pump is too dear for us.")
    cheap = RivalOffer("acme", 20_000, 2_000_000)
    lost = weigh(market, buyer(market, 2, rivals=(cheap,)), Offer("pump", 2, 100_000))
    assert (lost.winner, str(lost.why)) == ("acme", "Acme asks less.")
