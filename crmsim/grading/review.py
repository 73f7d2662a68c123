"""The review of a finished game, decision by decision, as in chess: what was done, what was better, and by how much.

The weightiest decisions are played on (see lines_of_play); the others are marked by policy alone and say so. It is no
part of the grade. The same game gives the same review.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from crmsim.crm.company import INSTRUCTOR, Staff
from crmsim.crm.naming import joined
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, UNDATED, Dates, Message, Say, Words, _, render
from crmsim.game import Entry, Game, Header
from crmsim.game.journal import Voided
from crmsim.game.replay import begin
from crmsim.grading.course import finished
from crmsim.grading.criterion import FULL
from crmsim.grading.decisions import Decision, decisions_of, mean_order, weightiest
from crmsim.grading.lines_of_play import PPM, Found, Line, compare
from crmsim.grading.wording import words_of
from crmsim.grading.workers import Progress, processes, share_out
from crmsim.scenarios.reviewing import ReviewPart

MARKS = (N_("best"), N_("good"), N_("inaccuracy"), N_("mistake"), N_("blunder"))
BY_POINTS = ((800, "good"), (600, "inaccuracy"), (300, "mistake"), (0, "blunder"))
TOLD = 3
LEAST_STAKE = 5  # losses are held against what was at stake: from a fifth of a mean order to a whole one


class Better(msgspec.Struct, frozen=True):
    """The better line: the action, in words, and what followed from it and from what was played."""

    action: Any
    words: Words
    then: tuple[Message, ...]
    instead: tuple[Message, ...]


class Marked(msgspec.Struct, frozen=True):
    """A decision with its mark. `played` says that it was played on; else `mark` rests on policy alone.

    `fen` and `satisfaction` (ppm) are what the better line brought more; `spread` is half the interval, fen.
    """

    entry: int
    minute: int
    action: Any
    words: Words
    mark: str
    played: bool
    fen: int
    satisfaction: int
    spread: int
    total: int
    better: Better | None
    why: Message | None
    doubtful: bool = False  # played on, and luck decided: the mark is policy's


def reasons_of(marked: Marked) -> Iterator[Message]:
    """Why a decision has its mark, and what it cost where it was played on, a sentence each."""
    if marked.why is not None:
        yield marked.why
    if not marked.played:
        yield _("Marked by policy alone; it was not played on.")
        return
    yield cost_of(marked)
    if marked.doubtful and marked.total > 0:
        yield _("Luck decides whether it cost anything; by policy it was wrong.")


def cost_of(marked: Marked) -> Message:
    """What a decision that was played on cost, in words: all told, and how much of it money and satisfaction are."""
    if marked.total <= 0:
        if marked.doubtful:
            return _("By policy it was wrong; played on, nothing was lost by it.")
        return _("Played on, nothing was lost by it.")
    parts = []
    if marked.fen > 0:
        parts.append(_("{amount:money} less in money", amount=marked.fen))
    elif marked.fen < 0:
        parts.append(_("{amount:money} more in money", amount=-marked.fen))
    if marked.satisfaction > 0:
        parts.append(_("satisfaction {felt:percent} less", felt=marked.satisfaction))
    if not parts:
        parts.append(_("trust and working time"))
    return _("About {amount:money} lost all told, give or take {spread:money}: {parts}.",
             amount=marked.total, spread=marked.spread, parts=joined(parts))  # fmt: skip


class Review(msgspec.Struct, frozen=True):
    """A seat's decisions, in order."""

    seat: str
    decisions: tuple[Marked, ...]


class Walker:
    """A game told forward from decision to decision."""

    def __init__(self, header: Header, entries: Sequence[Entry]) -> None:
        self.entries, self.header = entries, header
        self.struck = {each.action.entry for each in entries if isinstance(each.action, Voided)}
        self._start()

    def _start(self) -> None:
        self.game, self.next = begin(self.header), 0
        self.game.digests = False

    def compare(self, decision: Decision) -> Found | None:
        """Weigh a decision at its very moment."""
        if decision.entry < self.next or decision.minute < self.game.minute:
            self._start()
        while self.next < len(self.entries) and self.entries[self.next].number < decision.entry:
            self.game.repeat_one(self.entries[self.next], self.struck)
            self.next += 1
        self.game.live_to(decision.minute)
        return compare(self.game, decision)


_walkers: list[Walker] = []  # of a working process: its own


def _sit_down(header: Header, entries: Sequence[Entry]) -> None:
    _walkers[:] = [Walker(header, entries)]


def _work(decision: Decision) -> Found | None:
    return _walkers[0].compare(decision)


def review(
    header: Header,
    entries: Sequence[Entry],
    seats: Sequence[str] = (),
    *,
    jobs: int = 0,
    progress: Progress | None = None,
) -> list[Review]:
    """The reviews of some seats (else of those held by people, else of all). BadInput when the game is not over."""
    game = finished(header, entries).game
    chosen = _seats(game, seats)
    unit, most = mean_order(game), game.scenario.review.decisions
    found = decisions_of(begin(header), entries, chosen, unit)
    weighty = [each for seat in chosen for each in weightiest(found[seat], most)]
    weighty.sort(key=lambda each: (each.minute, each.entry))
    compared = dict(zip(map(_key, weighty), _compared(header, entries, weighty, jobs, progress), strict=True))
    view = game.view(INSTRUCTOR)  # it is over: who a customer was may be told, whoever owned it last
    return [
        Review(seat, tuple(marked(game, view, each, compared.get(_key(each)), unit) for each in found[seat]
                           if each.action is not None or compared.get(_key(each)) is not None))
        for seat in chosen
    ]  # fmt: skip


def _key(decision: Decision) -> tuple[int, str, bool, tuple[str, ...]]:
    return decision.entry, decision.seat, decision.action is None, decision.customers


def _seats(game: Game, seats: Sequence[str]) -> list[str]:
    staff = [each.id for each in game.world.all(Staff)]
    for seat in seats:
        if seat not in staff:
            raise BadInput(_("There is no seat {seat}. Seats: {known}.", seat=seat[:60], known=", ".join(staff)))
    people = [each for each in staff if not game.holders.get(each, "bot:").startswith("bot:")]
    return list(dict.fromkeys(seats)) or people or staff


def _compared(
    header: Header, entries: Sequence[Entry], weighty: list[Decision], jobs: int, progress: Progress | None
) -> Iterator[Found | None]:
    """The comparisons in order, by as many processes as there are processors."""
    return share_out(_work, weighty, processes(jobs, len(weighty)), died=lambda decision: None, progress=progress,
                     begin=_sit_down, args=(header, tuple(entries)))  # fmt: skip


# -- marks


def mark_of(decision: Decision, found: Found, rules: ReviewPart, unit: int) -> str:
    """The mark of a decision that was played on (see docs/decisions, 0007).

    Where policy has nothing against it, worse than good needs a loss whose interval excludes zero. What policy
    condemns is at least what policy says, a mistake at most, unless play acquits it: by a sure gain, or because
    nothing came of it under any luck (what little came of it under every luck is no excuse).
    """
    frowned = "good" if decision.points is None else by_points(decision.points)
    if decision.same or (frowned == "good" and not found.sure):
        return "best" if found.mean <= 0 and frowned == "good" else "good"
    if found.acquitted:
        return "good"
    base = max(unit // LEAST_STAKE, min(unit, decision.stake or unit))
    floor = "mistake" if frowned == "blunder" else frowned
    if not found.sure and max(map(abs, found.differences)) * PPM < base * rules.inaccuracy:
        return min(floor, "inaccuracy", key=MARKS.index)
    steps = (("blunder", rules.blunder), ("mistake", rules.mistake), ("inaccuracy", rules.inaccuracy))
    share = found.mean * PPM // base if found.sure else 0
    mark = next((mark for mark, least in steps if share >= least), "good")
    return max(mark, floor, key=MARKS.index)


def by_points(points: int) -> str:
    """The mark that policy alone gives."""
    return next(mark for least, mark in BY_POINTS if points >= least)


def marked(game: Game, view: Any, decision: Decision, found: Found | None, unit: int) -> Marked:
    """A decision with its mark and, where it was played on, what the better line brought."""
    worst = min(decision.judged, key=lambda each: each.points, default=None)
    why = worst.why if worst is not None and worst.points < FULL else None
    words = _lying(decision) if decision.action is None else words_of(view, decision.action)
    if found is None:
        mark = by_points(FULL if decision.points is None else decision.points)
        return Marked(decision.entry, decision.minute, decision.action, words, mark, False, 0, 0, 0, 0, None, why)
    count = len(found.differences)
    pairs = list(zip(found.best.worths, found.played.worths, strict=True))
    fen = sum(one.fen - two.fen for one, two in pairs) // count
    felt = sum(one.satisfaction - two.satisfaction for one, two in pairs) // count
    mark = mark_of(decision, found, game.scenario.review, unit)
    better = None if mark in {"best", "good"} else _better(view, found)
    doubtful = mark not in {"best", "good"} and not found.sure
    return Marked(decision.entry, decision.minute, decision.action, words, mark, True, fen, felt, found.spread,
                  found.mean, better, why, doubtful)  # fmt: skip


def _lying(decision: Decision) -> Message:
    length = decision.until - decision.minute
    return _("Leave it lying for {length:span}: {what}", length=length, what=decision.what)


def _better(view: Any, found: Found) -> Better:
    then, instead = _told(view, found.best, found.played), _told(view, found.played, found.best)
    return Better(found.best.action, words_of(view, found.best.action), then, instead)


def _told(view: Any, line: Line, other: Line) -> tuple[Message, ...]:
    """What happened in one line and not in the other, as sentences."""
    from crmsim.crm.naming import sentence_of

    known = [(type(each), getattr(each, "customer", "")) for each in other.told]
    fresh = [each for each in line.told if (type(each), getattr(each, "customer", "")) not in known]
    return tuple(_("{when:time} {what}", when=each.minute, what=sentence_of(view, each)) for each in fresh[:TOLD])


def as_json(found: Review, language: str = "en", dates: Dates = UNDATED) -> dict[str, Any]:
    """A review in the shape of `crmsim review --json` (interfaces)."""
    say = partial(render, language=language, dates=dates)
    return {"seat": found.seat, "decisions": [_decision_json(each, say) for each in found.decisions]}


def _decision_json(marked: Marked, say: Say) -> dict[str, Any]:
    return {
        "entry": marked.entry, "minute": marked.minute, "words": say(marked.words),
        "action": "Wait" if marked.action is None else type(marked.action).__name__,
        "fields": {} if marked.action is None else msgspec.to_builtins(marked.action),
        "mark": marked.mark, "by": "play" if marked.played else "judge", "doubtful": marked.doubtful,
        "regret": {"fen": marked.fen, "satisfaction": marked.satisfaction, "spread": marked.spread,
                   "total": marked.total},
        "better": None if marked.better is None else _better_json(marked.better, say),
        "why": None if marked.why is None else say(marked.why),
    }  # fmt: skip


def _better_json(better: Better, say: Say) -> dict[str, Any]:
    action = {} if better.action is None else msgspec.to_builtins(better.action)
    return {
        "action": action.pop("action", "Wait"), "fields": action, "words": say(better.words),
        "then": [say(each) for each in better.then],
        "instead": [say(each) for each in better.instead],
    }  # fmt: skip
