"""How a row is measured: work and yardstick in turns, the ratio of their medians, beside its floor and its goal.

Machines differ and are shared, so no absolute figure means anything; what is measured in turns shares its weather.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median

import simpy

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Scale:
    """How large a run is: rounds of each row, customers, days lived, and whether the largest world is tried, too."""

    rounds: int = 5
    customers: int = 1000
    working_days: int = 64  # ninety days of the calendar
    large: bool = False


TINY = Scale(rounds=1, customers=30, working_days=3)
Pair = tuple[float, float]  # what the work took and what the yardstick took, in one unit


@dataclass(frozen=True)
class Row:
    """A row of the table. `value` makes the figure from the medians of work and yardstick."""

    name: str
    yardstick: str
    rounds: Callable[[Scale], Iterator[Pair]]
    floor: float
    goal: float
    unit: str = "x"
    more: bool = False  # whether more is better
    value: Callable[[float, float], float] = lambda work, yardstick: work / yardstick


@dataclass(frozen=True)
class Figure:
    """What a row came to: medians of work and yardstick in its unit, the figure and whether the floor holds."""

    row: Row
    work: float
    yardstick: float
    value: float

    @property
    def holds(self) -> bool:
        """Whether the floor holds."""
        return self.value >= self.row.floor if self.row.more else self.value <= self.row.floor

    def as_record(self) -> dict[str, object]:
        """The figure as plain JSON values."""
        return {
            "work": self.row.name, "yardstick": self.row.yardstick, "value": self.value, "unit": self.row.unit,
            "floor": self.row.floor, "goal": self.row.goal, "holds": self.holds,
            "measured": self.work, "yardstick_measured": self.yardstick,
        }  # fmt: skip


def measure(row: Row, scale: Scale) -> Figure:
    """Measure a row: as many rounds as the scale says, medians of each side."""
    pairs = list(row.rounds(scale))
    work, yardstick = median(each[0] for each in pairs), median(each[1] for each in pairs)
    return Figure(row, work, yardstick, row.value(work, yardstick))


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def timeouts(events: int, processes: int = 1000) -> float:
    """CPU seconds of so many bare SimPy timeouts, spread over generators."""
    each = max(1, events // processes)
    environment = simpy.Environment()

    def live() -> Generator[simpy.Event, None, None]:
        for number in range(each):
            yield environment.timeout(1 + number % 7)

    for _each in range(processes):
        environment.process(live())
    return cpu(environment.run) * events / (each * processes)


@cache
def environment(*arguments: str) -> dict[str, str]:
    """With bytecode kept, as an installed program has it; run once before, so that all of it is there."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=kept)
    return kept


def program(*arguments: str) -> float:
    """Processor seconds of a Python program from its start to its end; where the system does not tell, of the clock."""
    kept = environment(*arguments)
    began, before = time.perf_counter(), _spent()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=kept)
    return _spent() - before or time.perf_counter() - began


def _spent() -> float:
    """Processor seconds of all programs that were started here and have ended."""
    if resource is None:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
