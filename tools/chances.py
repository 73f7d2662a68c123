"""Fits the chance of winning to played games and writes docs/chances.md. Usage: python -m tools.chances [--fit].

Without --fit the weights stay, and are only held against games: 200 of them, seeds that no fit has seen. With it they
are fitted to another hundred games first, and written into crmsim/scenarios/pipeline.py. One game takes a second or
two of one core; `--games 20` is quick and says little.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from crmsim.calibration.chances import Case, bands, by_weights, cases, fit
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.schema import Scenario

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "chances.md"
DECLARED = ROOT / "crmsim" / "scenarios" / "pipeline.py"
SCENARIO = "first_month"
FITTED, TESTED = 1, 1001  # the first seeds of the games that are fitted to, and of those that are held against
HEAD = """# The chance of winning, held against what became of the deals

Written by `python -m tools.chances`; do not edit. An opportunity's file says how likely it is to be won: a logistic of
what is on file, each part with its reason (`crmsim/crm/pipeline.py`). Below, each time that a deal was opened or moved
in {games} games of {scenario} (seeds {first} to {last}, played by competent, expert and novice hands side by side, as
in a class; the weights were fitted to other seeds) is counted by the chance that was shown then.

| chance shown | times | deals won | share won | wanted |
|---|---|---|---|---|
"""


def played(scenario: Scenario, first: int, games: int) -> list[Case]:
    """The cases of so many games."""
    found: list[Case] = []
    for seed in range(first, first + games):
        found += cases(scenario, seed)
        if seed % 20 == 0:
            print(f"seed {seed}: {len(found)} cases", flush=True)
    return found


def declare(weights: dict[str, int]) -> None:
    """Write the weights where they are declared."""
    text = DECLARED.read_text(encoding="utf-8")
    for name, value in weights.items():
        written = f"{value:_}"
        if name.startswith("stages."):
            stage = name.removeprefix("stages.")
            text = re.sub(rf'("{stage}": )-?[\d_]+(?=[,}}])', rf"\g<1>{written}", text, count=1)
        else:
            text = re.sub(rf"(\n    {name}: Weight = )-?[\d_]+", rf"\g<1>{written}", text, count=1)
    DECLARED.write_text(text, encoding="utf-8")


def told(given: list[tuple[int, bool]], games: int) -> str:
    """The document."""
    text = HEAD.format(games=games, scenario=SCENARIO, first=TESTED, last=TESTED + games - 1)
    for low, high, times, won in bands(given):
        share = f"{won * 100 // times}%" if times else "-"
        wanted = f"about {low // 10_000}-{high // 10_000}%"
        text += f"| {low // 10_000}-{high // 10_000}% | {times} | {won} | {share} | {wanted} |\n"
    return text


def main(arguments: list[str] | None = None) -> int:
    """Fit, if asked to, and measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.chances", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the weights first")
    parser.add_argument("--games", type=int, default=200, help="games to hold the chances against (200)")
    asked = parser.parse_args(arguments)
    scenario = load_scenario(SCENARIO)
    weights: dict[str, int] = {}
    if asked.fit:
        weights = fit(played(scenario, FITTED, asked.games // 2), scenario.pipeline.chance)
        declare(weights)
        print("\n".join(f"{name} {value:_}" for name, value in weights.items()))
    found = played(scenario, TESTED, asked.games)
    given = [(by_weights(each, weights) if weights else each.shown, each.won) for each in found]
    DOCUMENT.write_text(told(given, asked.games), encoding="utf-8")
    print(told(given, asked.games))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
