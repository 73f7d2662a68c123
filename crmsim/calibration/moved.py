"""Where a scenario moves its people away from a published fact, by intent: a luxury shop has another repeat rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmsim.calibration.trials import COOLING
from crmsim.scenarios.people import MarketPart, SegmentPart
from crmsim.scenarios.schema import Scenario

# which rows hang on which number of a segment, and of the market
SEGMENT = {
    "rate_r": "1-8, 11", "rate_alpha_days": "1-8, 11", "drop_a": "1-8", "drop_b": "1-8", "quantity_sigma": "9, 10",
    "sensitivity": "19", "returns": "26", "fraud": "26", "late": "27", "never": "27",
}  # fmt: skip
MARKET = {
    "cooling_minutes": "12", "arriving.cooling_power": "12", "arriving.cooling_floor": "12",
    "arriving.remember_days": "20", "choice.price_scale": "19", "loss_aversion": "22", "using.diminishing": "22",
    "using.recovery": "23", "using.goes": "23", "using.delay": "25",
}  # fmt: skip
OWN = {"quantity_sigma": 730_000, "cooling_minutes": COOLING}  # published, but not what the schema gives by default


@dataclass(frozen=True)
class Moved:
    """A number of a scenario that differs from the one that shows the facts of these rows."""

    where: str
    value: int
    published: int
    rows: str


def moved(scenario: Scenario) -> list[Moved]:
    """All of them, in order."""
    return [*_segments(scenario), *_market(scenario)]


def _segments(scenario: Scenario) -> Iterator[Moved]:
    for segment in scenario.segments:
        for name, rows in SEGMENT.items():
            value, usual = getattr(segment, name), OWN.get(name, SegmentPart.model_fields[name].default)
            if value != usual:
                yield Moved(f"segments.{segment.id}.{name}", value, usual, rows)


def _market(scenario: Scenario) -> Iterator[Moved]:
    for path, rows in MARKET.items():
        value, usual = _at(scenario.market, path), OWN.get(path, _at(MarketPart(), path))
        if value != usual:
            yield Moved(f"market.{path}", value, usual, rows)


def _at(part: MarketPart, path: str) -> int:
    found: object = part
    for name in path.split("."):
        found = getattr(found, name)
    assert isinstance(found, int)
    return found
