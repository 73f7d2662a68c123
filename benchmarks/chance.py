"""What a keyed draw costs."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from benchmarks.measure import Pair, Row, Scale, cpu
from crmsim.engine.luck import Luck


def _draws(scale: Scale) -> Iterator[Pair]:
    luck, number = Luck(1), 100 * scale.customers
    for _round in range(scale.rounds):
        draws = cpu(lambda: [luck.bits("p123", "need", each) for each in range(number)])
        yield draws, cpu(lambda: [blake2b(b"p123 need", digest_size=8).digest() for _each in range(number)])


ROWS = (Row("a keyed draw", "one blake2b", _draws, 2, 0.5),)
