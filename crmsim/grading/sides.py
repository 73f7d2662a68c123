"""Own grades side by side: by hand (手工CRM成绩) and with the CRM (实战CRM成绩), so that the difference can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from rich.table import Table

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, Words, _, render, translate
from crmsim.grading.report import Report, SeatReport
from crmsim.store.folders import SUFFIX, saves

Values = tuple[int | None, int | None, int | None]  # by hand, with the CRM, the difference: 0 to 1000


class Side(msgspec.Struct, frozen=True):
    """A student's two grades in a role of a scenario; on one seed where both were played on one."""

    student: str
    scenario: str
    title: Any
    role: str
    hand: SeatReport | None
    crm: SeatReport | None
    seeds: tuple[int, ...]

    def rows(self) -> Iterator[tuple[str, Values]]:
        """The score, then every criterion that was scored on either side; in too short a game, whatever came up."""
        yield N_("score"), _both(_score(self.hand), _score(self.crm))
        means = [
            {each.id: each.mean for each in seat.verdicts if each.possible or (seat.score is None and each.occasions)}
            if seat is not None
            else {}
            for seat in (self.hand, self.crm)
        ]
        labels = {each.id: each.label for seat in (self.hand, self.crm) if seat is not None for each in seat.verdicts}
        for id, label in labels.items():
            if id in means[0] or id in means[1]:
                yield label, _both(means[0].get(id), means[1].get(id))

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """Both grades as plain values, of 100."""
        return {
            "student": self.student, "scenario": self.scenario, "role": self.role, "seeds": list(self.seeds),
            "rows": [
                {"name": _name(label, language), "manual": _tenth(values[0]), "crm": _tenth(values[1]),
                 "difference": _tenth(values[2])}
                for label, values in self.rows()
            ],
        }  # fmt: skip


def _tenth(value: int | None) -> float | None:
    return None if value is None else value / 10


def _score(seat: SeatReport | None) -> int | None:
    return None if seat is None or seat.score is None else round(round(seat.score / 100, 1) * 10)


def _both(hand: int | None, crm: int | None) -> Values:
    return hand, crm, crm - hand if hand is not None and crm is not None else None


def _name(label: str, language: str) -> str:
    return render(_("{word:label}", word=label), language)


def pairs(reports: Iterable[Report]) -> list[Side]:
    """The two sides of every student, scenario and role in these games; practice and challenges are left out."""
    games: dict[tuple[str, str, str], dict[bool, list[tuple[Report, SeatReport]]]] = {}
    for report in reports:
        challenged = len(report.challenges) > report.by_hand  # to be played by hand is a variant, too
        for seat in report.seats if not (report.practice or challenged) else ():
            if seat.person:
                key = (report.student, report.scenario, seat.roles[0])
                games.setdefault(key, {}).setdefault(report.by_hand, []).append((report, seat))
    found = []
    for (student, scenario, role), kinds in sorted(games.items()):
        hands, crms = kinds.get(True, []), kinds.get(False, [])
        same = [(one, two) for one in hands for two in crms if one[0].seed == two[0].seed]
        hand, crm = same[0] if same else (_best(hands), _best(crms))
        shown = [each[0] for each in (hand, crm) if each is not None]
        seeds = tuple(dict.fromkeys(each.seed for each in shown))
        found.append(
            Side(student, scenario, shown[0].title, role, hand and hand[1], crm and crm[1], seeds)
        )  # fmt: skip
    return found


def _best(games: list[tuple[Report, SeatReport]]) -> tuple[Report, SeatReport] | None:
    return max(games, key=lambda each: each[1].score or 0, default=None)


def sides(student: str = "") -> list[Side]:
    """The sides of all finished games in the saves folder; those that cannot be graded are left out."""
    from crmsim.grading import grade_save

    reports = []
    for path in sorted(saves().glob(f"*{SUFFIX}")):
        try:
            reports.append(grade_save(path))
        except CrmsimError:
            continue
    return [each for each in pairs(reports) if not student or each.student == student]


def table(side: Side, language: str) -> Table:
    """Both grades as a table for a terminal."""
    title: Words = _("By hand and with the CRM, {role:role}", role=side.role)
    grid = Table(title=render(title, language), title_justify="left", title_style="bold", box=None, padding=(0, 1))
    grid.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    for name in (N_("by hand"), N_("CRM"), N_("difference")):
        grid.add_column(translate(name, language), justify="right")
    for label, values in side.rows():
        shown = ["–" if each is None else f"{each / 10:.1f}" for each in values]
        style = "" if not values[2] else "green" if values[2] > 0 else "red"
        grid.add_row(_name(label, language), *shown, style=style)
    return grid
