"""How reports count: over words of the scenario, over days, over people; shares, means and medians in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crmsim.crm.company import usual_word
from crmsim.crm.report import Row
from crmsim.engine.words import DAY, Words, _

PPM = 1_000_000
MOST_STEPS = 12  # points along a trend: more days than this are put together


def share(part: int, whole: int) -> int | None:
    """A part of a whole in ppm; None of nothing."""
    return part * PPM // whole if whole else None


def mean(values: Iterable[int]) -> int | None:
    """The mean, rounded down; None of nothing."""
    found = list(values)
    return sum(found) // len(found) if found else None


def median(values: Iterable[int]) -> int | None:
    """The lower median; None of nothing."""
    found = sorted(values)
    return found[(len(found) - 1) // 2] if found else None


def by_word(found: Iterable[str], known: Iterable[Any], dictionary: str) -> Iterator[Row]:
    """How often each word of the scenario occurs, in the scenario's order; then what has no word or none at all."""
    counts: dict[str, int] = {}
    for each in found:
        counts[each] = counts.get(each, 0) + 1
    for word in known:
        number = counts.pop(word.id, 0)
        if number:
            yield Row(word.name, (number,))
    empty = counts.pop("", 0)
    for word, number in counts.items():
        yield Row(usual_word(dictionary, word), (number,))
    if empty:
        yield Row(_("not stated"), (empty,))


def periods(view: Any, first: int = 0) -> list[tuple[Words, int, int]]:
    """The game so far in at most a dozen equal steps of whole days: label, first minute, end."""
    days = view.minute // DAY - first // DAY + 1
    length = max(1, -(-days // MOST_STEPS)) * DAY
    start = first // DAY * DAY
    found: list[tuple[Words, int, int]] = []
    while start <= view.minute:
        label = _("{when:day}", when=start)
        found.append((label, start, start + length))
        start += length
    return found


def people(view: Any, *roles: str) -> list[tuple[str, Words]]:
    """The company's people of these roles: their seat and name."""
    return [(each.id, each.name or each.id) for each in view.seats() if set(roles) & set(each.roles)]
