"""Keyed chance: a draw is a pure function of the seed, the entity, the purpose and the attempt.

What one player does never changes the luck of a customer they do not touch, so two students with one seed meet
the same customers. Results are whole numbers; floats appear only inside a calculation and are rounded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from hashlib import blake2b
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
PPM = 1_000_000
_NORMAL = NormalDist()
_SCALE = 1 << 53


class Luck:
    """The luck of one game. `salt` gives other luck to the same world (the resamples of a review)."""

    __slots__ = ("seed", "salt", "_start")

    def __init__(self, seed: int, salt: int = 0) -> None:
        self.seed, self.salt = seed, salt
        self._start = blake2b(f"crmsim {seed} {salt}".encode(), digest_size=8)

    def bits(self, entity: str, purpose: str, attempt: int = 0) -> int:
        """64 bits for one draw."""
        state = self._start.copy()
        state.update(f"\0{entity}\0{purpose}\0{attempt}".encode())
        return int.from_bytes(state.digest(), "little")

    def below(self, limit: int, entity: str, purpose: str, attempt: int = 0) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return self.bits(entity, purpose, attempt) * limit >> 64

    def between(self, low: int, high: int, entity: str, purpose: str, attempt: int = 0) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1, entity, purpose, attempt)

    def chance(self, ppm: int, entity: str, purpose: str, attempt: int = 0) -> bool:
        """True with a probability of `ppm` parts per million."""
        return self.below(PPM, entity, purpose, attempt) < ppm

    def pick(self, choices: Sequence[T], entity: str, purpose: str, attempt: int = 0) -> T:
        """One of the choices, all equally likely."""
        return choices[self.below(len(choices), entity, purpose, attempt)]

    def weighted(self, weights: Sequence[int], entity: str, purpose: str, attempt: int = 0) -> int:
        """An index, likely in proportion to its weight."""
        point = self.below(max(1, sum(weights)), entity, purpose, attempt)
        for index, weight in enumerate(weights):
            point -= weight
            if point < 0:
                return index
        return len(weights) - 1

    def unit(self, entity: str, purpose: str, attempt: int = 0) -> float:
        """A float strictly between 0 and 1, for use inside one calculation."""
        return ((self.bits(entity, purpose, attempt) >> 11) + 0.5) / _SCALE

    def normal(self, entity: str, purpose: str, attempt: int = 0) -> float:
        """A standard normal draw."""
        return _NORMAL.inv_cdf(self.unit(entity, purpose, attempt))

    def lognormal(self, median: int, sigma_ppm: int, entity: str, purpose: str, attempt: int = 0) -> int:
        """A whole number around `median` with the given log standard deviation (ppm)."""
        return round(median * math.exp(self.normal(entity, purpose, attempt) * sigma_ppm / PPM))

    def exponential(self, mean: int, entity: str, purpose: str, attempt: int = 0) -> int:
        """A whole waiting time with the given mean, at least 1."""
        return max(1, round(-mean * math.log(self.unit(entity, purpose, attempt))))

    def gumbel(self, entity: str, purpose: str, attempt: int = 0) -> float:
        """A standard Gumbel draw: the unobserved part of a utility in a logit choice."""
        return -math.log(-math.log(self.unit(entity, purpose, attempt)))

    def gamma(self, shape: float, entity: str, purpose: str, attempt: int = 0) -> float:
        """A gamma draw with unit scale (Marsaglia & Tsang 2000; shapes below 1 by their boost)."""
        if shape < 1:
            boost: float = self.unit(entity, purpose + "/boost", attempt) ** (1 / shape)
            return self.gamma(shape + 1, entity, purpose, attempt) * boost
        d = shape - 1 / 3
        c = 1 / math.sqrt(9 * d)
        for n in range(1000):
            x = self.normal(entity, f"{purpose}/{attempt}/x", n)
            v = (1 + c * x) ** 3
            if v > 0 and math.log(
                self.unit(entity, f"{purpose}/{attempt}/u", n)
            ) < x * x / 2 + d - d * v + d * math.log(v):
                return d * v
        return d

    def beta(self, a: float, b: float, entity: str, purpose: str, attempt: int = 0) -> float:
        """A beta draw, from two gammas."""
        x = self.gamma(a, entity, purpose + "/a", attempt)
        return x / (x + self.gamma(b, entity, purpose + "/b", attempt))
