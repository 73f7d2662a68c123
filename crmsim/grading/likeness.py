"""Likeness between hand-ins: passages that two journals share, listed for a person to look at, never a penalty.

Verbs alone find nothing, since all follow one flow: compared are runs of four actions with their papers and quantities,
and runs of five words of what was said. What many of a class share is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

import msgspec

from crmsim.crm.naming import word_of
from crmsim.engine.action import fields_of, label_of
from crmsim.engine.errors import StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Words, _, render, time
from crmsim.game import Entry, Header
from crmsim.game.journal import ABOUT_THE_GAME
from crmsim.scenarios.loader import scenario_from_text
from crmsim.scenarios.schema import Scenario

PPM = 1_000_000
ACTIONS, WORDS = 4, 5  # in a row
COMMON = 3  # shared by more than a third of the class (and more than this many) says nothing
LEAST = 250_000  # from which on a pair is listed
SHOWN = 3
Gram = tuple[str, ...]


class Traces(msgspec.Struct, frozen=True):
    """What a hand-in leaves to compare: each run with the entries at which it first stands."""

    name: str
    student: str
    actions: dict[Gram, int]
    words: dict[Gram, int]
    entries: tuple[Entry, ...]
    scenario: str  # its text, which names moves and goods


class Pair(msgspec.Struct, frozen=True):
    """Two hand-ins: the shares of the smaller one's runs that both have, and passages side by side."""

    one: str
    two: str
    actions: int
    words: int
    passages: tuple[tuple[str, str], ...]


def traces(name: str, header: Header, entries: Sequence[Entry]) -> Traces:
    """The runs of a journal; of people's entries, where there are any."""
    done = [each for each in entries if not isinstance(each.action, ABOUT_THE_GAME)]
    mine = [each for each in done if not each.by.startswith("bot:")] or done
    spoken = [each for each in mine if hasattr(each.action, "talk")]
    said = [(token, each.number) for each in spoken for token in _tokens(str(getattr(each.action, "text", "")))]
    signs = [(_sign(each.action), each.number) for each in mine]
    return Traces(name, header.student, _runs(signs, ACTIONS), _runs(said, WORDS), tuple(mine), header.scenario_text)


def _sign(action: Any) -> str:
    """An action with the papers and quantities that it names, without its free words."""
    return " ".join((type(action).__name__, *_values(action)))


def _values(action: Any) -> Iterator[str]:
    for name in action.__struct_fields__:
        value = getattr(action, name)
        if isinstance(value, int | tuple) or (isinstance(value, str) and len(value) <= 24 and " " not in value):
            yield str(value)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", text.lower())


def _runs(items: list[tuple[str, int]], length: int) -> dict[Gram, int]:
    found: dict[Gram, int] = {}
    for at in range(len(items) - length + 1):
        found.setdefault(tuple(item for item, _number in items[at : at + length]), items[at][1])
    return found


def likeness(all_traces: Sequence[Traces], language: str = "en") -> list[Pair]:
    """The pairs that are much alike, most alike first; their passages in the words of a language."""
    actions = _rare([each.actions for each in all_traces])
    words = _rare([each.words for each in all_traces])
    found = []
    for one, two in combinations(range(len(all_traces)), 2):
        shares = _share(actions[one], actions[two]), _share(words[one], words[two])
        if max(shares) >= LEAST:
            both = actions[one] & actions[two], words[one] & words[two]
            passages = tuple(_passages(all_traces[one], all_traces[two], *both, language))
            found.append(Pair(all_traces[one].name, all_traces[two].name, *shares, passages))
    return sorted(found, key=lambda each: (-max(each.actions, each.words), each.one, each.two))


def _rare(sets: Iterable[dict[Gram, int]]) -> list[frozenset[Gram]]:
    """Each hand-in's runs without those that much of the class shares."""
    counts: dict[Gram, int] = {}
    listed = list(sets)
    for each in listed:
        for gram in each:
            counts[gram] = counts.get(gram, 0) + 1
    most = max(COMMON, len(listed) // 3)
    return [frozenset(gram for gram in each if counts[gram] <= most) for each in listed]


def _share(one: frozenset[Gram], two: frozenset[Gram]) -> int:
    smaller = min(len(one), len(two))
    return len(one & two) * PPM // smaller if smaller >= ACTIONS else 0


def _passages(
    one: Traces, two: Traces, actions: frozenset[Gram], words: frozenset[Gram], language: str
) -> Iterator[tuple[str, str]]:
    """The first few shared runs, as they stand in both."""
    said = [(one.words[each], two.words[each]) for each in words]
    done = [(one.actions[each], two.actions[each]) for each in actions]
    for first, second in sorted(dict.fromkeys(said or done))[:SHOWN]:
        run = 1 if said else ACTIONS
        yield _quote(one, first, run, language), _quote(two, second, run, language)


def _quote(traces: Traces, number: int, run: int, language: str) -> str:
    """When it was, and what was said, or what was done in a row."""
    at = next(at for at, each in enumerate(traces.entries) if each.number == number)
    run_of_entries = traces.entries[at : at + run]
    quoted = (getattr(each.action, "text", "") or _done(each.action, traces.scenario, language)
              for each in run_of_entries)  # fmt: skip
    return f"{time(traces.entries[at].minute, language)} " + "; ".join(safe_text(each, 160) for each in quoted)


def _done(action: Any, scenario: str, language: str) -> str:
    """An action with what was chosen, by the names that the scenario gives; papers by their numbers."""
    kind: Any = type(action)
    names = _scenario(scenario)
    words: list[Words] = [_("{action:label}", action=label_of(kind))]
    for name, field in fields_of(kind).items():
        chosen = getattr(action, name)
        if chosen and chosen != field.default:
            words += [
                word_of(names, each) if names and isinstance(each, str) else str(each) for each in _single(chosen)
            ]
    return " ".join(render(each, language) for each in words)


def _single(chosen: Any) -> Iterator[Any]:
    """What was chosen, one by one: lines of goods with their pieces, several things."""
    if isinstance(chosen, tuple):
        for each in chosen:
            yield from _single(each)
    else:
        yield chosen


@lru_cache(maxsize=8)
def _scenario(text: str) -> Scenario | None:
    """None where a hand-in brings one that cannot be read: what was done in it is told by its ids."""
    try:
        return scenario_from_text(text)
    except StoreError:
        return None
