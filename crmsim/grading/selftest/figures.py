"""The statistics by which grades are judged: area under the curve, intraclass correlation, alpha, discrimination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import StatisticsError, correlation, fmean

Item = Mapping[int, float]  # a criterion's figure by case; cases in which it did not occur are missing
LEAST_PAIRS = 5


def auc(upper: Sequence[float], lower: Sequence[float]) -> float:
    """How often one of the first is above one of the second; a tie counts half."""
    won = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a in upper for b in lower)
    return won / (len(upper) * len(lower))


def icc(table: Sequence[Sequence[float]]) -> float:
    """ICC(2,1), two-way random, single measures (Shrout & Fleiss 1979): rows are targets, columns are judges."""
    rows, columns = len(table), len(table[0])
    mean = fmean(value for row in table for value in row)
    by_row, by_column = [fmean(row) for row in table], [fmean(column) for column in zip(*table, strict=True)]
    between = columns * sum((each - mean) ** 2 for each in by_row) / (rows - 1)
    judges = rows * sum((each - mean) ** 2 for each in by_column) / max(1, columns - 1)
    rest = sum(
        (value - by_row[r] - by_column[c] + mean) ** 2 for r, row in enumerate(table) for c, value in enumerate(row)
    )
    error = rest / max(1, (rows - 1) * (columns - 1))
    below = between + (columns - 1) * error + columns * (judges - error) / rows
    return (between - error) / below if below else 1.0


def alpha(items: Sequence[Item]) -> float:
    """Cronbach's alpha from covariances of the cases that two criteria share (some do not occur in a case)."""
    own = [covariance(each, each) for each in items]
    whole = sum(own) + 2 * sum(covariance(a, b) for n, a in enumerate(items) for b in items[n + 1 :])
    count = len(items)
    return count / (count - 1) * (1 - sum(own) / whole) if count > 1 and whole > 0 else 0.0


def covariance(one: Item, other: Item) -> float:
    """Of two criteria over the cases in which both occurred."""
    both = sorted(one.keys() & other.keys())
    if len(both) < LEAST_PAIRS:
        return 0.0
    first, second = [one[each] for each in both], [other[each] for each in both]
    middle = fmean(first), fmean(second)
    return sum((a - middle[0]) * (b - middle[1]) for a, b in zip(first, second, strict=True)) / (len(both) - 1)


def discrimination(item: Item, rest: Item) -> float | None:
    """The correlation of a criterion with the score of all others; None where too few cases can say."""
    both = sorted(item.keys() & rest.keys())
    if len(both) < LEAST_PAIRS:
        return None
    try:
        return correlation([item[each] for each in both], [rest[each] for each in both])
    except StatisticsError:  # everybody earned the same
        return 0.0
