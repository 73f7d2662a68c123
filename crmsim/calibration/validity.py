"""The published facts about customers that the simulated ones must show, each declared once, and their measure.

Numbers are those of the sources; a band holds when the figure pooled over the seeds lies in it and four seeds in five
do by themselves. What is rare (`pooled`) is judged on the pooled figure alone.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import correlation, fmean, median, stdev, variance

from crmsim.calibration.evidence import evidence, gather, pooled
from crmsim.calibration.trials import ANSWERS, CALIBRATION, CAMPAIGN, PRICES, Evidence
from crmsim.engine.words import N_

SEEDS = 20
MANY = math.inf
DAYS = N_("days")


@dataclass(frozen=True)
class Row:
    """A published fact: what is measured, in which band it must lie, whose finding it is, and on which experiment."""

    id: str
    fact: str
    band: tuple[float, float]
    unit: str
    source: str
    measure: Callable[[Evidence], float]
    scenario: str
    pooled: bool = False  # too rare to be judged on single seeds

    def holds_for(self, figure: float) -> bool:
        """Whether a figure lies in the band."""
        return self.band[0] <= figure <= self.band[1]


@dataclass(frozen=True)
class Measured:
    """A row on some seeds: the figure pooled over them, and each seed's own."""

    row: Row
    figure: float
    single: tuple[float, ...]

    @cached_property
    def inside(self) -> int:
        """How many seeds lie in the band by themselves."""
        return sum(map(self.row.holds_for, self.single))

    @property
    def holds(self) -> bool:
        """The pooled figure lies in the band and, but for rare things, four seeds in five do (16 of 20, 2 of 3)."""
        enough = self.row.pooled or self.inside >= len(self.single) * 4 // 5
        return self.row.holds_for(self.figure) and enough


def chosen_seeds() -> tuple[int, ...]:
    """The fixed seeds: twenty, or as many as CRMSIM_SEEDS says."""
    return tuple(range(1, int(os.environ.get("CRMSIM_SEEDS", str(SEEDS))) + 1))


def measure(row: Row, seeds: Sequence[int]) -> Measured:
    """A row's figure on these seeds."""
    games = evidence(row.scenario, seeds)
    return Measured(row, row.measure(pooled(games)), tuple(row.measure(each) for each in games))


def card(seeds: Sequence[int]) -> list[Measured]:
    """All rows on these seeds."""
    gather(dict.fromkeys(row.scenario for row in ROWS), seeds)
    return [measure(row, seeds) for row in ROWS]


# -- how a card is written


def written(row: Row, figure: float) -> str:
    """A figure in the row's unit: "57.9%", "6.4x", "179"."""
    if math.isinf(figure) or math.isnan(figure):
        return "-"
    if row.unit == "%":
        return f"{figure * 100:.1f}%"
    return f"{figure:.0f}" if row.unit == DAYS else f"{round(figure, 3):.4g}{row.unit}"


def written_band(row: Row) -> str:
    """The band from least to most."""
    low, high = row.band
    return f">= {written(row, low)}" if high == MANY else f"{written(row, low)} .. {written(row, high)}"


# -- measures: who comes again, when, for how much

WEEK_39 = CALIBRATION


def _repeats(games: Evidence) -> list[int]:
    """Each customer's repeat orders in the first 39 weeks."""
    return [sum(minute <= WEEK_39 for minute in buys[2::2]) for buys in games["buys"]]


def _share(games: Evidence, least: int, most: float) -> float:
    counts = _repeats(games)
    return float(sum(least <= each <= most for each in counts) / len(counts))


def _next_by_past(games: Evidence) -> list[float]:
    """Mean orders of weeks 40 to 78 by orders repeated before: 0, 1, ... 6, and 7 or more."""
    groups: list[list[int]] = [[] for _past in range(8)]
    for buys, past in zip(games["buys"], _repeats(games), strict=True):
        groups[min(past, 7)].append(sum(minute > WEEK_39 for minute in buys[::2]))
    return [fmean(each) if each else math.nan for each in groups]


def _rising(games: Evidence) -> float:
    """Rank correlation of past and future; 1 when each group buys more than the one before."""
    future = _next_by_past(games)
    known = [(past, each) for past, each in enumerate(future) if not math.isnan(each)]
    order = sorted(each for _past, each in known)
    return correlation([float(past) for past, _each in known], [float(order.index(each)) for _past, each in known])


def _regression(games: Evidence) -> float:
    """The highest ratio of future to past orders among those with two or more; 7 stands for 7 and more."""
    future = _next_by_past(games)
    return max(float(each / past) for past, each in enumerate(future) if past >= 2 and not math.isnan(each))


def _one_timers(games: Evidence) -> float:
    return sum(1.0 for buys in games["buys"] if len(buys) == 2) / len(games["buys"])


def _top_fifth(games: Evidence) -> float:
    spent = sorted((sum(buys[1::2]) for buys in games["buys"]), reverse=True)
    return float(sum(spent[: len(spent) // 5]) / sum(spent))


def _skew(games: Evidence) -> float:
    values = [value for buys in games["buys"] for value in buys[1::2]]
    return float(median(values)) / fmean(values)


def _often_and_much(games: Evidence) -> float:
    often = [len(buys) / 2 for buys in games["buys"]]
    return abs(correlation(often, [fmean(buys[1::2]) for buys in games["buys"]]))


def _gaps(games: Evidence) -> float:
    gaps = [b - a for buys in games["buys"] for a, b in pairwise(buys[::2])]
    return float(stdev(gaps)) / fmean(gaps)


# -- measures: waiting, prices, adverts


def _colder(games: Evidence, group: int) -> float:
    """How many times likelier those answered within the hour stay than another group."""
    stay = [1 - sum(games[f"lost{n}"]) / sum(games[f"greeted{n}"]) for n in (0, group)]
    return stay[0] / stay[1] if stay[1] else math.inf


def _elasticity(games: Evidence) -> float:
    low, high = PRICES[0], PRICES[-1]
    return math.log(sum(games[f"signed{high}"]) / sum(games[f"signed{low}"])) / math.log(high / low)


def _long_run(games: Evidence) -> float:
    """Everybody whom a campaign brought, over those of its own days."""
    within = [day for day in games["days"] if day < CAMPAIGN]
    return len(games["days"]) / len(within)


def _gone(games: Evidence) -> float:
    """Days after a campaign's end until nine tenths of those whom it brought have come."""
    days = sorted(games["days"])
    return float(days[len(days) * 9 // 10] - CAMPAIGN)


# -- measures: help, failures, returns, money


def _bad_news(games: Evidence) -> float:
    """How much a late answer costs, over how much an early one earns, for the same number of minutes."""
    early, middle, late = (fmean(games[f"scores{wait}"]) for wait in ANSWERS)
    loss, gain = (middle - late) / (ANSWERS[2] - ANSWERS[1]), (early - middle) / (ANSWERS[1] - ANSWERS[0])
    return loss / gain


def _ratio(over: str, under: str) -> Callable[[Evidence], float]:
    def figure(games: Evidence) -> float:
        whole = sum(games[under])
        return sum(games[over]) / whole if whole else math.inf

    return figure


def _later(games: Evidence) -> float:
    return sum(games["late"]) / sum(games["in_time"]) - 1


CDNOW = "CDNOW"
ROWS: tuple[Row, ...] = (
    Row("1", N_("Never come back within 39 weeks"), (0.579, 0.615), "%", CDNOW,
        lambda games: _share(games, 0, 0), "cohort"),
    Row("2", N_("Mean repeat orders in 39 weeks"), (0.985, 1.147), "", CDNOW,
        lambda games: fmean(_repeats(games)), "cohort"),
    Row("3a", N_("Come back once"), (0.180, 0.210), "%", CDNOW, lambda games: _share(games, 1, 1), "cohort"),
    Row("3b", N_("Come back seven times or more"), (0.023, 0.038), "%", CDNOW,
        lambda games: _share(games, 7, MANY), "cohort"),
    Row("4", N_("Variance of repeat orders (their mean, were it chance)"), (3.99, 6.52), "", CDNOW,
        lambda games: variance(_repeats(games)), "cohort"),
    Row("7a", N_("The future rises with the past: rank correlation"), (0.9, 1.0), "", CDNOW, _rising, "cohort"),
    Row("7b", N_("Future over past orders of those with two or more, at most"), (0.0, 1.0), "", CDNOW,
        _regression, "cohort"),
    Row("8", N_("Still bought only once after 78 weeks"), (0.45, 0.58), "%", CDNOW, _one_timers, "cohort"),
    Row("9", N_("Revenue from the best fifth of customers"), (0.60, 0.75), "%", "McCarthy & Winer", _top_fifth,
        "cohort", pooled=True),
    Row("10a", N_("Order value: median over mean"), (0.65, 0.85), "", CDNOW, _skew, "cohort"),
    Row("10b", N_("Order value and frequency: correlation"), (0.0, 0.2), "", CDNOW, _often_and_much, "cohort"),
    Row("11", N_("Gaps between orders: standard deviation over mean"), (1.0, MANY), "", CDNOW, _gaps, "cohort"),
    Row("12a", N_("Still interested: answered within 1 h over 1-2 h"), (3, 10), "x", "Oldroyd et al. 2011",
        lambda games: _colder(games, 1), "waiting", pooled=True),
    Row("12b", N_("Still interested: answered within 1 h over a day or more"), (20, 100), "x", "Oldroyd et al. 2011",
        lambda games: _colder(games, 2), "waiting", pooled=True),
    Row("19", N_("Own-price elasticity around the base price"), (-4.0, -1.5), "", "Bijmolt et al. 2005",
        _elasticity, "prices"),
    Row("20a", N_("Advertising: long-run over short-run effect of a quarter"), (1.5, 3.0), "x",
        "Sethuraman et al. 2011", _long_run, "adverts"),
    Row("20b", N_("Advertising: days after the end until 90% of the effect has come"), (0, 274), DAYS,
        "Leone 1995", _gone, "adverts"),
    Row("22", N_("A loss of satisfaction over a gain, for the same minutes"), (1.3, 3.0), "x", "Mittal et al. 1998",
        _bad_news, "failing"),
    Row("23a", N_("Buy again: failed and mended well over never failed"), (0.9, 1.0), "x", "de Matos et al. 2007",
        _ratio("again1000000", "again0"), "again"),
    Row("23b", N_("Praise to friends: failed and mended well over never failed"), (0.0, 1.0), "x",
        "de Matos et al. 2007", _ratio("praised1000000", "praised0"), "again"),
    Row("25", N_("Next order after a late delivery comes later by"), (0.03, 0.15), "%", "Amorim et al. 2025",
        _later, "late"),
    Row("26a", N_("Sales that come back"), (0.08, 0.20), "%", "NRF", _ratio("returns", "sales"), "selling",
        pooled=True),
    Row("26b", N_("Returns that are fraud"), (0.02, 0.20), "%", "NRF", _ratio("frauds", "returns"), "selling",
        pooled=True),
    Row("27a", N_("Invoices paid late"), (0.35, 0.55), "%", "Atradius", _ratio("late", "invoices"), "selling"),
    Row("27b", N_("Invoices never paid"), (0.005, 0.03), "%", "Atradius", _ratio("bad", "invoices"), "selling"),
)  # fmt: skip
