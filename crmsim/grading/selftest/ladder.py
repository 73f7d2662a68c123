"""The checks that need companies: order of the hands, reliability, single criteria, and what handling is worth."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from statistics import correlation, fmean

import msgspec

from crmsim.bots.habits import SWITCHES, Habits
from crmsim.grading.criteria import CRITERIA
from crmsim.grading.criterion import scaled
from crmsim.grading.report import Rubric
from crmsim.grading.selftest.figures import alpha, auc, discrimination, icc
from crmsim.grading.selftest.hands import GAMING, HANDS, LADDER, low_hands
from crmsim.grading.selftest.played import Result, SeatResult

LEAST_AUC, LEAST_ABOVE, LEAST_ICC, LEAST_ALPHA = 0.90, 0.95, 0.75, 0.70
LEAST_DISCRIMINATION, FEWEST_CRITERIA = 0.20, 10
EARNED, EXTREMES = 600, (0.05, 0.95)
LEAST_WORTH = 0.5
BANDS = {"novice": (50, 62), "competent": (72, 80), "expert": (88, 95)}  # of 100; 60 passes
SELDOM = 8  # a criterion that came up in fewer than one case in so many is not judged
RESTS = (0, 12, 25)
PURE = ("hasty", "thorough", "rest", "attends", "wakes")  # not among habits that are good or bad by themselves


class Check(msgspec.Struct, frozen=True):
    """One figure of the card: what is measured, what is wanted, what was found, and whether that will do."""

    id: str
    what: str
    wanted: str
    found: str
    holds: bool


def roles_of(results: Sequence[Result]) -> list[str]:
    """The roles that were graded, in the order of the seats."""
    return list(dict.fromkeys(seat.role for each in results for seat in each.seats))


def by_hand(results: Sequence[Result], role: str) -> dict[str, list[float]]:
    """A role's scores by hand, in the order of the seeds."""
    found: dict[str, list[float]] = {}
    for each in sorted(results, key=lambda one: one.seed):
        found.setdefault(each.hand, []).append(each.role(role))
    return found


def ladder(results: Sequence[Result]) -> list[Check]:
    """Mean order, neighbours and gaming hands, each role by itself."""
    found = []
    for role in roles_of(results):
        scores = by_hand(results, role)
        low = low_hands(role)
        hands = (*LADDER, *low, "idle")
        means = {each: fmean(scores[each]) for each in hands}
        pairs = [*pairwise(LADDER), *((LADDER[-1], each) for each in low), *((each, "idle") for each in low)]
        shown = " > ".join(f"{each} {means[each]:.0f}" for each in sorted(hands, key=lambda one: -means[one]))
        right = all(means[a] > means[b] for a, b in pairs)
        found.append(Check(f"order.{role}", "Mean order of the hands", "as designed", shown, right))
        worst = min(pairs, key=lambda pair: auc(scores[pair[0]], scores[pair[1]]))
        area = auc(scores[worst[0]], scores[worst[1]])
        found.append(Check(f"auc.{role}", "AUC of neighbours, the least", f">= {LEAST_AUC:.2f}",
                           f"{area:.2f} ({worst[0]}/{worst[1]})", area >= LEAST_AUC))  # fmt: skip
        found.append(_band(role, means))
        best = [max(scores[each][n] for each in GAMING) for n in range(len(scores["competent"]))]
        above = fmean(a > b for a, b in zip(scores["competent"], best, strict=True))
        found.append(Check(f"gaming.{role}", "Competent above every gaming hand", f">= {LEAST_ABOVE:.0%}",
                           f"{above:.0%}", above >= LEAST_ABOVE))  # fmt: skip
    return found


def _band(role: str, means: dict[str, float]) -> Check:
    """Whether the means of a role's hands lie where they were meant to."""
    wanted = ", ".join(f"{each} {low}-{high}" for each, (low, high) in BANDS.items())
    shown = ", ".join(f"{each} {means[each]:.1f}" for each in BANDS)
    right = all(low <= means[each] <= high for each, (low, high) in BANDS.items())
    return Check(f"band.{role}", "Where the means of the hands lie", wanted, shown, right)


def reliability(results: Sequence[Result], rubric: Rubric) -> list[Check]:
    """ICC(2,1) with seeds as judges, and alpha over the criteria of roles that have ten or more."""
    found = []
    for role in roles_of(results):
        scores = by_hand(results, role)
        value = icc([scores[each] for each in HANDS])
        found.append(Check(f"icc.{role}", "ICC(2,1) over seeds", f">= {LEAST_ICC:.2f}", f"{value:.2f}",
                           value >= LEAST_ICC))  # fmt: skip
        items = [each for each in items_of(results, role, rubric).values() if len(each) >= len(results) // 4]
        if len(items) >= FEWEST_CRITERIA:
            value = alpha(items)
            found.append(Check(f"alpha.{role}", "Cronbach alpha over criteria", f">= {LEAST_ALPHA:.2f}",
                               f"{value:.2f} ({len(items)})", value >= LEAST_ALPHA))  # fmt: skip
    return found


def items_of(results: Sequence[Result], role: str, rubric: Rubric) -> dict[str, dict[int, float]]:
    """What each criterion of a role earned (0 to 1000 on the rubric's scale), by the number of the case."""
    found: dict[str, dict[int, float]] = {}
    for case, seat in enumerate(_cases(results, role)):
        for each in seat.criteria:
            if each.occasions >= CRITERIA[each.id].fewest:
                scale = rubric.get(each.id)
                earned = each.mean if scale is None else scaled(each.mean, *scale.thresholds(role))
                found.setdefault(each.id, {})[case] = float(earned)
    return found


def _cases(results: Sequence[Result], role: str) -> list[SeatResult]:
    return [seat for each in results for seat in each.seats if seat.role == role]


def criteria(results: Sequence[Result], rubric: Rubric) -> list[Check]:
    """Each criterion alone: does it go with the rest of the score, and is it neither given away nor out of reach."""
    found: dict[str, list[tuple[float, float]]] = {}
    for role in roles_of(results):
        items = items_of(results, role, rubric)
        for id, item in items.items():
            rest: dict[int, float] = {}
            for case in item:
                others = [other[case] for name, other in items.items() if name != id and case in other]
                if others:
                    rest[case] = fmean(others)
            value = discrimination(item, rest)
            everybody = len(_cases(results, role))
            share = sum(each >= EARNED for each in item.values()) / everybody
            if value is not None and len(item) * SELDOM >= everybody:
                found.setdefault(id, []).append((value, share))
    checks = []
    for id, values in sorted(found.items()):
        least = min(value for value, _share in values)
        mean, share = fmean(value for value, _share in values), fmean(share for _value, share in values)
        right = least >= 0 and mean >= LEAST_DISCRIMINATION and EXTREMES[0] <= share <= EXTREMES[1]
        checks.append(Check(f"criterion.{id}", "Discrimination, and who earns it",
                            f">= {LEAST_DISCRIMINATION:.2f}; 5-95%", f"{mean:.2f}; {share:.0%}", right))  # fmt: skip
    return checks


# -- handling and what comes of it


def random_habits(number: int) -> Habits:
    """The habits of the n-th company of chance: each good habit by the company's own skill, drawn evenly."""
    luck = Random(number)
    skill = luck.random()
    switched = {name: luck.random() < skill for name in SWITCHES if name not in PURE}
    return Habits(rest=luck.choice(RESTS), **switched)


def worth(results: Sequence[Result]) -> list[Check]:
    """Whether companies that are graded higher please more and earn more."""
    handling = [each.handling for each in results]
    found = []
    for name, what, figure in (
        ("satisfaction", "Handling and satisfaction: correlation", [float(each.satisfaction) for each in results]),
        ("profit", "Handling and profit: correlation", [float(each.profit) for each in results]),
    ):
        value = correlation(handling, figure)
        found.append(Check(f"worth.{name}", what, f">= {LEAST_WORTH:.2f}", f"{value:.2f} ({len(results)})",
                           value >= LEAST_WORTH))  # fmt: skip
    return found
