"""The whole card: every check of the grading with its figure, and how the hands stand. Printed in the docs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from crmsim.grading.distribution import Shown, shown
from crmsim.grading.selftest.changes import changes
from crmsim.grading.selftest.hands import HANDS
from crmsim.grading.selftest.ladder import Check, criteria, ladder, random_habits, reliability, worth
from crmsim.grading.selftest.planted import planted
from crmsim.grading.selftest.played import Job, one_by_one, played, results
from crmsim.grading.selftest.texts import texts
from crmsim.scenarios.loader import load_scenario, scenario_of
from crmsim.scenarios.schema import Scenario

SCENARIO = "first_month"
SEEDS = 20
COMPANIES, MOST, FIRST = 10, 200, 1001  # companies of chance for each seed, at most, and the seed of the first
DAYS = 6  # of the short game in which single changes and planted blunders are looked at
FEW, SOME = 3, 10  # seeds at most of what takes many plays
Progress = Callable[[int, int], None]


class Section(msgspec.Struct, frozen=True):
    """A part of the card."""

    title: str
    checks: tuple[Check, ...]


def chosen_seeds() -> tuple[int, ...]:
    """The fixed seeds: twenty, or as many as CRMSIM_SEEDS says."""
    return tuple(range(1, int(os.environ.get("CRMSIM_SEEDS", str(SEEDS))) + 1))


@cache
def short(days: int = DAYS) -> Scenario:
    """The first month cut down to its first days."""
    data = load_scenario(SCENARIO).model_dump(mode="json")
    data["calendar"]["days"] = days
    data["events"], data["acts"] = (), ()
    return scenario_of(data)


def hands(seeds: Sequence[int], progress: Progress | None = None) -> tuple[list[Section], list[Shown]]:
    """The eight hands in each role: order, reliability, single criteria; and how they stand."""
    scenario = load_scenario(SCENARIO)
    found = one_by_one(scenario, HANDS, seeds, progress=progress)
    parts = (
        ("Order of the hands", ladder(found)),
        ("Reliability", reliability(found, scenario.rubric)),
        ("Each criterion", criteria(found, scenario.rubric)),
    )
    return [Section(title, tuple(checks)) for title, checks in parts], shown(found)


def chance(seeds: Sequence[int], progress: Progress | None = None) -> Section:
    """Companies of random habits: is handling worth anything."""
    numbers = range(min(MOST, COMPANIES * len(seeds)))
    jobs: list[Job] = [(f"chance {each}", random_habits(each), FIRST + each) for each in numbers]
    found = results(load_scenario(SCENARIO), jobs, progress=progress)
    return Section("What handling is worth: companies of random habits", tuple(worth(found)))


def tricks(seeds: Sequence[int]) -> Section:
    """Plays told again with something changed, and reports that are no answers."""
    found = [*changes(short(), seeds[:FEW]), *texts(played(short(), "novice", seeds[0]))]
    return Section("Tricks and fairness", tuple(found))


def review(seeds: Sequence[int]) -> Section:
    """Planted blunders."""
    return Section("The review: planted blunders marked mistake or worse", tuple(planted(short(), seeds[:SOME])))


def card(seeds: Sequence[int], progress: Progress | None = None) -> tuple[list[Section], list[Shown]]:
    """Everything, on these seeds."""
    sections, stand = hands(seeds, progress)
    return [*sections, chance(seeds, progress), tricks(seeds), review(seeds)], stand
