"""Prints how fast the game is, row by row. A slow row is a figure, never a failure."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks import (
    chance,
    copying,
    durable,
    grades,
    importing,
    living,
    month,
    retelling,
    reviewing,
    starting,
    terminal,
    waiting,
)
from benchmarks.measure import TINY, Figure, Row, Scale, measure

ROWS: tuple[Row, ...] = tuple(
    row
    for module in (
        living,
        waiting,
        chance,
        retelling,
        copying,
        grades,
        importing,
        reviewing,
        month,
        durable,
        starting,
        terminal,
    )
    for row in module.ROWS
)


def main(arguments: list[str] | None = None) -> int:
    """Measure the rows asked for and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", help="words of the rows to measure; all without")
    parser.add_argument("--json", action="store_true", help="one JSON list")
    parser.add_argument("--large", action="store_true", help="with 100,000 customers, too (minutes)")
    parser.add_argument("--tiny", action="store_true", help="only whether every row runs; the figures mean nothing")
    asked = parser.parse_args(arguments)
    scale = TINY if asked.tiny else Scale(large=asked.large)
    rows = [*ROWS, *(living.LARGE if asked.large else ())]
    rows = [row for row in rows if not asked.only or any(word in row.name for word in asked.only)]
    found = []
    for row in rows:
        figure = measure(row, scale)
        found.append(figure)
        if not asked.json:
            print(line(figure), flush=True)
    if asked.json:
        json.dump([each.as_record() for each in found], sys.stdout, indent=1)
        print()
    return 0


def line(figure: Figure) -> str:
    """A figure as a line: what it is, floor and goal, and whether the floor holds."""
    row = figure.row
    better = ">=" if row.more else "<="
    return (
        f"{row.name:<64} {short(figure.value):>8} {row.unit:<9} floor {better} {short(row.floor):<6}"
        f" goal {short(row.goal):<6} {'holds' if figure.holds else 'MISSED'}  (beside {row.yardstick})"
    )


def short(value: float) -> str:
    """A figure in three digits, with k and M."""
    for least, mark in ((1e6, "M"), (1e4, "k")):
        if value >= least:
            return f"{value / (1e6 if mark == 'M' else 1e3):.3g}{mark}"
    return f"{value:.3g}"


if __name__ == "__main__":
    raise SystemExit(main())
