"""The drawings of a grade's page: inline SVG in words and numbers that a screen reader can read, black on paper too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from crmsim.engine.words import DAY

COLOURS = {"excellent": "#2e7d4f", "good": "#1f7a8c", "satisfactory": "#b7791f", "to be improved": "#b23a48"}
SOFT, LINE, INK = "#6b7280", "#d9dde5", "#1f2430"
HAND_COLOURS = {"novice": "#b7791f", "competent": "#1f7a8c", "expert": "#2e7d4f"}
KIND_COLOURS = {
    "own words": "#1f7a8c",
    "company": "#6b7280",
    "rival": "#b7791f",
    "mood": "#8a5aa8",
    "lost for good": "#b23a48",
}
GROUND, EARNING = "#eef0f4", "#cfd6e1"
WIDE, TALL, LEFT, BELOW = 640, 150, 34, 20
FULL = 1000


def dial(score: int | None, colour: str) -> str:
    """A score as a ring."""
    share = 0.0 if score is None else score / 100
    text = "–" if score is None else f"{score / 100:.1f}"
    return (
        f'<svg width="72" height="72" viewBox="0 0 36 36" role="img" aria-label="{text}">'
        f'<circle cx="18" cy="18" r="15.9" fill="none" stroke="#e6e9ef" stroke-width="3.4"/>'
        f'<circle cx="18" cy="18" r="15.9" fill="none" stroke="{colour}" '
        f'stroke-width="3.4" stroke-dasharray="{share:.1f} 100" transform="rotate(-90 18 18)"/>'
        f'<text x="18" y="21.5" text-anchor="middle" font-size="9.5" fill="{colour}">{text}</text></svg>'
    )


def bar(mean: int, colour: str, hands: dict[str, int], words: dict[str, str], scale: tuple[int, int]) -> str:
    """Handling from 0 to 1000 as a bar, on a ground that is darker where points are earned, with a tick where each of
    the hands stands."""
    none, full = (each // 5 for each in scale)
    ticks = "".join(
        f'<path d="M{tick_at(value)} 0v16" stroke="{HAND_COLOURS[name]}" stroke-width="2.4">'
        f"<title>{words[name]} {value / 10:.0f}</title></path>"
        for name, value in hands.items()
    )
    return (
        f'<svg class="bar" viewBox="0 0 200 16" role="img" aria-label="{mean / 10:.0f}">'
        f'<rect y="3" width="200" height="10" rx="2" fill="{GROUND}"/>'
        f'<rect x="{none}" y="1" width="{full - none}" height="14" rx="2" fill="{EARNING}"/>'
        f'<rect y="4" width="{mean // 5}" height="8" rx="2" fill="{colour}"/>{ticks}</svg>'
    )


def tick_at(value: int) -> int:
    """Where a value of 0 to 1000 stands on a bar."""
    return min(199, max(1, value // 5))


def strip(score: int, hands: Sequence[tuple[str, Sequence[int]]], yours: str, words: dict[str, str]) -> str:
    """One's score among those of the bots: a line for each hand from its worst to its best seed, a dot at the mean."""
    rows, step = [], 18
    tall = step * (len(hands) + 1) + BELOW
    for at, (name, scores) in enumerate(hands):
        y, mean = step * at + 12, sum(scores) // max(1, len(scores))
        x1, x2 = _along(min(scores)), _along(max(scores))
        rows.append(
            f'<text x="96" y="{y + 4}" text-anchor="end" class="t">{words[name]}</text>'
            f'<path d="M{x1} {y}H{x2}" stroke="{SOFT}" stroke-width="3" stroke-linecap="round"/>'
            f'<circle cx="{_along(mean)}" cy="{y}" r="4.5" fill="{INK}">'
            f"<title>{words[name]} {mean / 100:.0f}</title></circle>"
        )
    x, bottom = _along(score), tall - BELOW
    ticks = "".join(
        f'<path d="M{_along(at * 100)} 4V{bottom}" stroke="{LINE}"/>'
        f'<text x="{_along(at * 100)}" y="{tall - 4}" text-anchor="middle" class="t">{at}</text>'
        for at in range(0, 101, 20)
    )
    own = (
        f'<path d="M{x} 0V{bottom}" stroke="#b23a48" stroke-width="2"/>'
        f'<text x="{x}" y="{bottom - 3}" text-anchor="{"end" if score > 8000 else "start"}" class="own"'
        f' dx="{-5 if score > 8000 else 5}">{escape(yours)} {score / 100:.0f}</text>'
    )
    return f'<svg class="wide" viewBox="0 0 {WIDE} {tall}" role="img">{ticks}{"".join(rows)}{own}</svg>'


def _along(hundredths: int) -> int:
    """Where a score of 0 to 10,000 stands between the margins of a strip."""
    return 104 + hundredths * (WIDE - 120) // 10_000


def over_time(days: Sequence[tuple[int, int, int]], last: int, label: str) -> str:
    """Handling by day (day, mean of 0 to 1000, occasions): a dot a day, as large as there was work, and a line."""
    if not days:
        return ""
    most = max(count for _day, _mean, count in days)
    spots = [(_day_at(day, last), _height(mean), count) for day, mean, count in days]
    line = " ".join(f"{x},{y}" for x, y, _count in spots)
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="{2 + 5 * count // most}" fill="#1f7a8c"><title>{day}: {mean / 10:.0f} ({count})'
        f"</title></circle>"
        for (x, y, count), (day, mean, _n) in zip(spots, days, strict=True)
    )
    grid = "".join(
        f'<path d="M{LEFT} {_height(at)}H{WIDE - 8}" stroke="{LINE}"/>'
        f'<text x="{LEFT - 6}" y="{_height(at) + 4}" text-anchor="end" class="t">{at // 10}</text>'
        for at in (0, 250, 500, 750, 1000)
    )
    names = "".join(
        f'<text x="{_day_at(day, last)}" y="{TALL - 4}" text-anchor="middle" class="t">{day}</text>'
        for day in range(1, last + 1)
        if last <= 12 or day % 5 == 0 or day == 1
    )
    return (
        f'<svg class="wide" viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{escape(label)}">{grid}{names}'
        f'<polyline points="{line}" fill="none" stroke="#1f7a8c" stroke-width="1.5"/>{dots}</svg>'
    )


def _day_at(day: int, last: int) -> int:
    return LEFT + 10 + (WIDE - LEFT - 30) * (day - 1) // max(1, last - 1)


def _height(mean: int) -> int:
    return 8 + (TALL - BELOW - 16) * (FULL - mean) // FULL


def between(own: int, low: int, high: int) -> str:
    """A figure among those of novices and experts on the same customers: a mark on a line between the two."""
    least, most = min(own, low, high), max(own, low, high)
    span = max(1, most - least)

    def at(value: int) -> int:
        return 10 + 180 * (value - least) // span

    return (
        f'<svg class="bar" viewBox="0 0 200 16" role="img"><path d="M10 8H190" stroke="{LINE}" stroke-width="3"/>'
        f'<path d="M{at(low)} 2v12" stroke="{HAND_COLOURS["novice"]}" stroke-width="3"/>'
        f'<path d="M{at(high)} 2v12" stroke="{HAND_COLOURS["expert"]}" stroke-width="3"/>'
        f'<circle cx="{at(own)}" cy="8" r="5" fill="#b23a48"/></svg>'
    )


def timeline(steps: Iterable[tuple[int, str]], last: int, words: str) -> str:
    """A customer's story along the days: a sign for each step (minute, kind), each kind with a shape of its own, since
    paper may have no colours."""
    days = max(1, -(-last // DAY))
    every = next(each for each in (1, 2, 5, 10, 20, 50, 100, 500) if 628 * each // days >= 20)
    ruler = "".join(
        f'<path d="M{6 + 628 * day // days} 7V13" stroke="{LINE}"/>'
        f'<text class="t" x="{6 + 628 * day // days + 2}" y="30">{day + 1}</text>'
        for day in range(0, days, every)
    )
    signs = "".join(_drawn(kind, 6 + 628 * minute // (days * DAY)) for minute, kind in steps)
    return (
        f'<svg class="wide" viewBox="0 0 {WIDE} 32" role="img" aria-label="{escape(words)}">'
        f'<path d="M6 10H634" stroke="{LINE}"/>{ruler}{signs}</svg>'
    )


def sign(kind: str) -> str:
    """What stands for a step of this kind, for a key."""
    return f'<svg viewBox="3 3 14 14" aria-hidden="true">{_drawn(kind, 10)}</svg>'


def _drawn(kind: str, x: int) -> str:
    colour = KIND_COLOURS[kind]
    if kind == "lost for good":
        return f'<path d="M{x - 4} 6l8 8m0-8l-8 8" stroke="{colour}" stroke-width="2.2"/>'
    if kind == "rival":
        return f'<path d="M{x} 5l5 5-5 5-5-5z" fill="{colour}"/>'
    if kind == "mood":
        return f'<circle cx="{x}" cy="10" r="3.2" fill="#fff" stroke="{colour}" stroke-width="1.6"/>'
    return f'<circle cx="{x}" cy="10" r="{"3.6" if kind == "own words" else "2"}" fill="{colour}"/>'
