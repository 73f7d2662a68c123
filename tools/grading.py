"""Writes docs/grading.md: the criteria, how hands of known skill stand, and what the grades were shown to measure.

python -m tools.grading [SEEDS]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from crmsim.grading.criteria import CRITERIA
from crmsim.grading.distribution import Shown
from crmsim.grading.selftest.card import SCENARIO, SEEDS, Section, card
from crmsim.scenarios.loader import load_scenario

DOCUMENT = Path(__file__).parents[1] / "docs" / "grading.md"
ORDER = """An expert stands above a competent hand, that above a novice; below them stand chance and three hands that
play for points, and below these who does nothing. Such a hand ranks where its vice can be exercised: who writes empty
words, in every seat; who gives the limit at once, where prices are named (sales, the booth); who approves whatever lies
there, at the director's desk (elsewhere forms come filled in rightly, and to take them as they are is no vice). A
competent hand has to stand above all three in every seat."""
HEAD = """# How handling is graded, and how the grading is tested

Written by `make grading` ({seeds} seeds of {scenario}); do not edit. Every figure is measured on played games;
where one falls short it says **no**, and the wanted figure stays. Single changes and planted blunders take many plays
and are looked at on fewer seeds: each line says on how many cases. The rubric is fitted by
`python -m crmsim.grading.anchoring`, which also records how the hands stand, so that a grade's page can show them
beside a person's score.

## What a grade is
Only occasions that the world made count; one act serves one occasion; fewer than five occasions of a kind (two where
chance has little part: returns, plans, parcels, a prospector's days, help for desks that fall behind) are not scored,
and their weight goes to the others; where less than an eighth of a seat's weight is left, there is no score. What is
well handled differs between a booth and a letter box: each role has its own thresholds (`scales` in the rubric), and
what a scenario or an instructor writes as `none` and `full` stands above them. Waiting is counted in working time. A
seat's score is its handling alone. What the company came to stands beside it (an instructor takes at most 30%), half
of it what the customers are worth three months later.

**Hand-offs.** Late is charged to who let it lie: waiting for an owner and for a signature to the director (a
parcel that came late for it halves that line), a file to the front desk, an order to the seller who agreed it, the
first check of a return to service. Shipping late is not counted where the contract was signed too late or the
house was empty.

| criterion | of | weight | claim |
|---|---|---|---|
"""
FOOT = """
## What is not known
- Whether these marks agree with those of teachers has not been measured on people, nor has learning.
- The hands were written by the authors of the criteria. That companies of random habits please and earn more the
  higher they are graded speaks against a closed circle, and so does that three hands written from the student guide
  alone are told apart, the diligent (66 of 100) from the hasty (60) and that from the careless (34, three seeds,
  `tests/validation/test_grading.py`).
- The scales are fitted to the hands of seeds 1 to 25 and measured on seeds 1 to 50, half of which nobody looked at
  before. Seeds differ: a promoter's competent hand lands five points higher on the second half than on the first, so
  the fit aims at the middle of each band. It lands closer to the middle where means weigh more still, and tells the
  hands apart less well (`sales.matches_agreement` 0.34 instead of 0.7), since steep scales stretch luck.
- A sound order that is sent back mostly comes back to life on the same day: what it costs is an hour and a half of the
  company's work, seldom a contract. The review calls it a mistake for that, and because policy does.
- Criteria that came up too seldom in these games are not in the table; those that all hands fulfil who get that
  far show no discrimination.
- Few returns in this month are against policy: who approves them all earns `director.returns` in full.
- Reference for publicity is break-even: what adverts and booths cost against the margin that they brought.
"""


def page(sections: Sequence[Section], hands: Sequence[Shown], seeds: int) -> str:
    """The whole document."""
    lines = [
        HEAD.format(seeds=seeds, scenario=SCENARIO).rstrip(),
        *_criteria(),
        "",
        "## How hands of known skill stand",
    ]
    lines += ["", "Each hand in each role among competent colleagues: mean score, and the range over the seeds.", ""]
    lines += [*_hands(hands), "", "## How the grading is tested"]
    for section in sections:
        lines += ["", f"### {section.title}", ""]
        lines += [ORDER, ""] if section.checks[0].id.startswith("order.") else []
        lines += ["| check | wanted | found | holds |", "|---|---|---|---|"]
        for each in section.checks:
            name = each.id.split(".", 1)[1]
            what = name if each.id.startswith(("criterion.", "planted.", "text.")) else f"{each.what} ({name})"
            lines.append(f"| {what} | {each.wanted} | {each.found} | {'yes' if each.holds else '**no**'} |")
    return "\n".join(lines) + "\n" + FOOT


def _criteria() -> Iterator[str]:
    rubric = load_scenario(SCENARIO).rubric
    for each in CRITERIA.values():
        weight = rubric[each.id].weight if each.id in rubric else each.weight
        yield f"| {each.label} (`{each.id}`) | {', '.join(each.roles)} | {weight} | {each.claim} |"


def _hands(hands: Sequence[Shown]) -> Iterator[str]:
    names = list(dict.fromkeys(each.hand for each in hands))
    yield f"| role | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for role in dict.fromkeys(each.role for each in hands):
        cells = []
        for name in names:
            found = next((each for each in hands if each.hand == name and each.role == role), None)
            low, high = (found.scores[0], found.scores[-1]) if found is not None else (0, 0)
            cells.append("-" if found is None else f"{found.mean / 100:.0f} ({low / 100:.0f}-{high / 100:.0f})")
        yield f"| {role} | {' | '.join(cells)} |"


def main(arguments: Sequence[str]) -> int:
    """Measure, write the document, print it; 1 when a check does not hold."""
    seeds = int(arguments[0]) if arguments else SEEDS

    def tell(done: int, of: int) -> None:
        sys.stderr.write(f"\r{done} / {of} companies ")

    sections, hands = card(range(1, seeds + 1), tell)
    text = page(sections, hands, seeds)
    DOCUMENT.write_text(text, encoding="utf-8", newline="\n")
    print(text)
    missing = [each.id for section in sections for each in section.checks if not each.holds]
    print(f"{DOCUMENT}: {len(missing)} checks do not hold", *missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
