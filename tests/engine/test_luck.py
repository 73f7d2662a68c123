"""Chance is a pure function of its key, evenly spread, and nobody's draw moves anybody else's."""

from __future__ import annotations

from statistics import mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmsim.engine.luck import PPM, Luck

KEYS = st.tuples(st.text(max_size=8), st.text(max_size=8), st.integers(0, 99))


@pytest.mark.covers("GAME-7")
@given(st.integers(0, 2**32), KEYS, KEYS)
def test_a_draw_depends_on_its_key_alone(seed: int, key: tuple[str, str, int], other: tuple[str, str, int]) -> None:
    luck = Luck(seed)
    first = luck.bits(*key)
    luck.bits(*other)
    assert luck.bits(*key) == first == Luck(seed).bits(*key)


def test_the_same_on_every_machine() -> None:
    """Golden draws: changed, they change every game ever played."""
    luck = Luck(7)
    assert [luck.below(1000, "p1", "need", n) for n in range(6)] == [840, 115, 911, 765, 657, 17]
    assert Luck(7, salt=1).bits("p1", "need") != luck.bits("p1", "need")


@given(st.integers(1, 10**6), KEYS)
def test_below_stays_below(limit: int, key: tuple[str, str, int]) -> None:
    assert 0 <= Luck(1).below(limit, *key) < limit


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6).filter(any), KEYS)
def test_what_weighs_nothing_is_never_drawn(weights: list[int], key: tuple[str, str, int]) -> None:
    assert weights[Luck(3).weighted(weights, *key)] > 0


def test_draws_are_distributed_as_they_say() -> None:
    luck, many = Luck(11), 20_000
    assert mean(luck.unit("u", "x", n) for n in range(many)) == pytest.approx(0.5, abs=0.01)
    normals = [luck.normal("u", "n", n) for n in range(many)]
    assert (mean(normals), pstdev(normals)) == (pytest.approx(0, abs=0.03), pytest.approx(1, abs=0.03))
    assert sum(luck.chance(200_000, "u", "c", n) for n in range(many)) / many == pytest.approx(0.2, abs=0.01)
    assert mean(luck.exponential(500, "u", "e", n) for n in range(many)) == pytest.approx(500, rel=0.03)
    assert mean(luck.gumbel("u", "g", n) for n in range(many)) == pytest.approx(0.5772, abs=0.03)
    assert mean(luck.gamma(0.553, "u", "k", n) for n in range(6000)) == pytest.approx(0.553, rel=0.06)
    assert mean(luck.beta(0.793, 2.426, "u", "b", n) for n in range(6000)) == pytest.approx(0.2463, rel=0.06)
    assert type(luck.lognormal(100 * PPM, 500_000, "u", "l")) is int
