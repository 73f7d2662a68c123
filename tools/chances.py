"""Fits the chance of winning to played games and writes docs/chances.md. Usage: python -m tools.chances [--fit].

Without --fit the weights stay, and are held against 200 games. With it they are fitted to these games and written into
crmsim/scenarios/pipeline.py; what the document then says is measured by halves: weights fitted to one half of the games
judge the other. One game takes a second or two of one core; `--games 20` is quick and says little.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from crmsim.calibration.chances import Case, bands, by_weights, cases, fit
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.pipeline import ChancePart
from crmsim.scenarios.schema import Scenario

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "chances.md"
DECLARED = ROOT / "crmsim" / "scenarios" / "pipeline.py"
SCENARIO = "first_month"
FIRST = 1001  # the first seed
HEAD = """# The chance of winning, held against what became of the deals

Written by `python -m tools.chances`; do not edit. An opportunity's file says how likely it is to be won: a logistic of
what is on file, each part with its reason (`crmsim/crm/pipeline.py`). Below, each time that a deal was opened or moved
in {games} games of {scenario} (played by competent, expert and novice hands side by side, as in a class) is counted by
the chance that was shown then.
{how}

| chance shown | times | deals won | share won | wanted |
|---|---|---|---|---|
"""


Games = dict[int, list[Case]]  # by seed
STAND = "The weights were fitted to other games."
HALVES = "Each half of the games is judged by weights fitted to the other; the game's own are fitted to all of them."


def played(scenario: Scenario, games: int) -> Games:
    """The cases of so many games."""
    found: Games = {}
    for seed in range(FIRST, FIRST + games):
        found[seed] = cases(scenario, seed)
        print(f"seed {seed}: {len(found[seed])} cases", flush=True)
    return found


def by_halves(found: Games, part: ChancePart) -> list[tuple[int, bool]]:
    """The chance of each case by weights that were fitted to the other half of the games, and what became of it."""
    halves = [[case for seed, mine in found.items() if seed % 2 == odd for case in mine] for odd in (0, 1)]
    return [
        (by_weights(case, weights), case.won)
        for mine, other in (halves, halves[::-1])
        for weights in [fit(other, part)]
        for case in mine
    ]


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


def told(given: list[tuple[int, bool]], games: int, how: str) -> str:
    """The document."""
    text = HEAD.format(games=games, scenario=SCENARIO, how=how)
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
    write(played(scenario, asked.games), scenario.pipeline.chance, asked.fit)
    return 0


def write(found: Games, part: ChancePart, anew: bool) -> None:
    """The document of these games, and the weights where they are to be fitted anew."""
    every = [case for mine in found.values() for case in mine]
    if anew:
        declare(fit(every, part))
    given = by_halves(found, part) if anew else [(each.shown, each.won) for each in every]
    text = told(given, len(found), HALVES if anew else STAND)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    raise SystemExit(main())
