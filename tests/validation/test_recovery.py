"""Models fitted to what simulated customers did find the numbers by which they did it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest

from crmsim.calibration.evidence import evidence
from crmsim.calibration.shop import PROMPT, Shop, shop
from crmsim.calibration.trials import CALIBRATION, WEEK
from crmsim.calibration.validity import chosen_seeds
from crmsim.market.choosing import NOTHING, OURS, PPM, Offer, weigh
from crmsim.market.needs import arise

pytestmark = [pytest.mark.validation, pytest.mark.usefixtures("kept_evidence"), pytest.mark.covers("GAME-2")]
Vector = list[float]
Matrix = list[Vector]


def solve(matrix: Matrix, right: Vector) -> Vector:
    """Gauss with pivots."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for n in range(size):
        best = max(range(n, size), key=lambda each: abs(rows[each][n]))
        rows[n], rows[best] = rows[best], rows[n]
        for other in range(size):
            if other != n:
                share = rows[other][n] / rows[n][n]
                rows[other] = [a - share * b for a, b in zip(rows[other], rows[n], strict=True)]
    return [rows[n][size] / rows[n][n] for n in range(size)]


def errors(information: Matrix) -> Vector:
    """Standard errors: roots of the inverse's diagonal."""
    size = len(information)
    columns = [solve(information, [float(n == m) for m in range(size)]) for n in range(size)]
    return [math.sqrt(columns[n][n]) for n in range(size)]


# -- how they choose: a multinomial logit

COEFFICIENTS = ("price", "fit", "trust", "nothing")
IDLE = -0.4  # true utility of buying nothing
Choice = tuple[list[Vector], int]  # the attributes of each alternative, and which was taken


def choices(seed: int) -> tuple[list[Choice], Vector]:
    """What 500 customers took of our offer at many prices, two rivals' and nothing; and the true coefficients."""
    ways = (("acme", 950_000, 900_000, 300_000), ("best", 1_050_000, 200_000, 800_000))
    rivals = [
        {"id": id, "name": id, "price": price, "presence": PPM, "attributes": {"power": power, "quiet": quiet}}
        for id, price, power, quiet in ways
    ]
    market = {"size": 500, "wanting": 0, "buying": PROMPT, "walk_away": round(IDLE * PPM)}
    kind = {"budget": 5_000_000, "weights": {"power": 500_000, "quiet": 500_000}}
    house = Shop(shop(days=5, segment=kind, market=market, rivals=rivals), seed)
    game, taste, found = house.game, house.game.scenario.market.choice, []
    luck, attributes = game.world.luck, {each.id: each.attributes for each in game.scenario.rivals}
    attributes["ours"] = game.scenario.products[0].attributes
    base = game.scenario.products[0].price
    for customer in house.customers:
        arise(game.market, customer)
        customer.trust = luck.between(0, PPM, customer.id, "test trust")
        customer.rivals = tuple(type(each)(each.rival, each.price, each.fit, 0) for each in customer.rivals)
        asked = luck.between(base * 7 // 10, base * 13 // 10, customer.id, "test price")
        known = {each.rival: each.price // customer.quantity for each in customer.rivals} | {OURS: asked}
        names = [OURS, "acme", "best", NOTHING]
        rows = []
        for name in names[:3]:
            good = attributes[name]
            whole = sum(customer.weights.values())
            fit = sum(weight * good[each] for each, weight in customer.weights.items()) / whole / PPM - 0.5
            trust = (customer.trust if name == OURS else taste.rival_trust) - taste.neutral_trust
            rows.append([-customer.sensitivity / PPM * math.log(known[name] / base), fit, trust / PPM, 0.0])
        rows.append([0.0, 0.0, 0.0, 1.0])
        taken = weigh(game.market, customer, Offer("pump", customer.quantity, asked)).winner
        found.append((rows, names.index(taken)))
    return found, [taste.price_scale / PPM, taste.fit / PPM, taste.trust / PPM, IDLE]


def logit(cases: Sequence[Choice]) -> tuple[Vector, Vector]:
    """Maximum likelihood by Newton's method: coefficients and standard errors."""
    size = len(cases[0][0][0])
    beta = [0.0] * size
    for _step in range(25):
        score, information = [0.0] * size, [[0.0] * size for _n in range(size)]
        for rows, taken in cases:
            weights = [math.exp(sum(b * x for b, x in zip(beta, row, strict=True))) for row in rows]
            shares = [each / sum(weights) for each in weights]
            mean = [sum(p * row[n] for p, row in zip(shares, rows, strict=True)) for n in range(size)]
            for n in range(size):
                score[n] += rows[taken][n] - mean[n]
                for m in range(size):
                    spread = zip(shares, rows, strict=True)
                    information[n][m] += sum(p * (row[n] - mean[n]) * (row[m] - mean[m]) for p, row in spread)
        move = solve(information, score)
        beta = [b + d for b, d in zip(beta, move, strict=True)]
        if max(map(abs, move)) < 1e-8:
            break
    return beta, errors(information)


def test_a_logit_fitted_to_choices_finds_the_coefficients_by_which_they_were_made() -> None:
    seeds = chosen_seeds()
    inside = dict.fromkeys(COEFFICIENTS, 0)
    for seed in seeds:
        cases, true = choices(seed)
        assert all(any(taken == n for _rows, taken in cases) for n in range(4))
        beta, error = logit(cases)
        for name, b, e, t in zip(COEFFICIENTS, beta, error, true, strict=True):
            inside[name] += abs(b - t) <= 1.96 * e
    assert all(count >= len(seeds) * 19 // 20 for count in inside.values()), inside


# -- how they come again: BG/NBD

TRUE = (0.243, 30 / 7, 0.793, 2.426)  # r, alpha in weeks, a, b: rows 5 and the schema's defaults


def bg_nbd(buyers: Sequence[tuple[int, float, float]]) -> Callable[[Sequence[float]], float]:
    """The log-likelihood of r, alpha, a, b (Fader, Hardie & Lee 2005) for (repeats, last, length) in weeks."""

    def likelihood(logs: Sequence[float]) -> float:
        r, alpha, a, b = map(math.exp, logs)
        lg, fixed, total = math.lgamma, r * logs[1] - math.lgamma(r), 0.0
        beta = lg(a + b) - lg(b)
        for x, last, length in buyers:
            alive = -(r + x) * math.log(alpha + length)
            if x:
                gone = math.log(a / (b + x - 1)) - (r + x) * math.log(alpha + last)
                top = max(alive, gone)
                alive = top + math.log(math.exp(alive - top) + math.exp(gone - top))
            total += lg(r + x) + fixed + beta + lg(b + x) - lg(a + b + x) + alive
        return total

    return likelihood


def climb(of: Callable[[Sequence[float]], float], start: Sequence[float]) -> tuple[Vector, Matrix]:
    """A maximum by damped Newton steps on numeric derivatives, and the information there."""
    here, step, size = list(start), 1e-3, len(start)

    def at(*moves: tuple[int, float]) -> float:
        point = list(here)
        for n, by in moves:
            point[n] += by
        return of(point)

    for _round in range(30):
        middle = of(here)
        plus, minus = [at((n, step)) for n in range(size)], [at((n, -step)) for n in range(size)]
        score = [(p - m) / (2 * step) for p, m in zip(plus, minus, strict=True)]
        info = [[0.0] * size for _n in range(size)]
        for n in range(size):
            info[n][n] = -(plus[n] - 2 * middle + minus[n]) / step**2
            for m in range(n):
                both = at((n, step), (m, step)) + at((n, -step), (m, -step))
                info[n][m] = info[m][n] = -(both - plus[n] - plus[m] - minus[n] - minus[m] + 2 * middle) / (2 * step**2)
        move = solve([[v + (n == m) * 1.0 for m, v in enumerate(line)] for n, line in enumerate(info)], score)
        longest = max(map(abs, move))
        move = [each * min(1.0, 0.5 / longest) for each in move]
        while longest > 1e-4 and of([h + m for h, m in zip(here, move, strict=True)]) < middle:
            move, longest = [each / 2 for each in move], longest / 2
        here = [h + m for h, m in zip(here, move, strict=True)]
        if max(map(abs, move)) < 1e-3:
            break
    return here, info


def test_bg_nbd_fitted_to_purchases_finds_the_published_parameters() -> None:
    """Row 5: within three standard errors, on each of three cohorts of CDNOW's size."""
    for games in evidence("cohort", chosen_seeds()[:3]):
        buyers = []
        for buys in games["buys"]:
            minutes = [each for each in buys[::2] if each <= CALIBRATION]
            first = minutes[0]
            buyers.append((len(minutes) - 1, (minutes[-1] - first) / WEEK, (CALIBRATION - first) / WEEK))
        logs, info = climb(bg_nbd(buyers), [math.log(each) for each in (0.4, 5.0, 1.0, 3.0)])
        for name, found, error, true in zip(("r", "alpha", "a", "b"), logs, errors(info), TRUE, strict=True):
            assert abs(found - math.log(true)) < 3 * error, (name, math.exp(found), true, error)
            assert error < 0.5, (name, error)  # and closely enough to mean something
