"""Which move typed words are likely meant as: by what they share with each move's name, sentences and cues.

Nothing is declared here: a scenario's moves and templates say, in both languages, how each move sounds. Pure, in whole
numbers, and the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from crmsim.engine.words import LANGUAGES, Words, render

WORD = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")
STOP = frozenset(
    re.split(
        r"\s+",
        """a an and any are as at be by can do for from give go have i if in is it let may me my of on or our shall so
        some that the there this to up us want was we what will with would you your
        吗 呢 啊 吧 的 了 是 在 我 您 你 们 一 下 这 那 有 请 就 也 都 还 给 可 以 能 么 想 要 和 到""",
    )
)
ENOUGH = 200_000  # ppm of the words typed that must speak for a move
APART = 1_150_000  # how much more than the next a move must have, ppm
NAMED = 2  # how much more a word of the name or a cue says than one of a sentence


class Saying(NamedTuple):
    """How a move sounds: its name and cues, and whole sentences."""

    names: tuple[Words, ...]
    sentences: tuple[Words, ...]


def likely(text: str, sayings: Mapping[str, Saying]) -> str:
    """The move that these words are likely meant as; "" when none is, or when two are as likely."""
    typed = sorted(set(_grams(text)))
    if not typed:
        return ""
    told = {move: (set(_grams_of(each.names)), set(_grams_of(each.sentences))) for move, each in sayings.items()}
    carried = {gram: sum(gram in names or gram in more for names, more in told.values()) for gram in typed}
    whole = sum(_weight(gram) for gram in typed)
    scores = {
        move: sum(_weight(gram) * ((gram in names) * NAMED + (gram in more)) // max(1, carried[gram]) for gram in typed)
        for move, (names, more) in told.items()
    }
    best, *others = sorted(scores, key=lambda move: -scores[move])
    second = scores[others[0]] if others else 0
    if scores[best] * 1_000_000 < whole * ENOUGH or scores[best] * 1_000_000 < second * APART:
        return ""
    return best


def sayings(scenario: Any, templates: Iterable[Any] = ()) -> dict[str, Saying]:
    """How each move of a scenario sounds, templates for it included."""
    texts: dict[str, list[Words]] = {each.id: list(each.says) for each in scenario.moves}
    for each in templates:
        if each.move in texts:
            texts[each.move].append(each.text)
    return {each.id: Saying((each.name, each.cues), tuple(texts[each.id])) for each in scenario.moves}


def _grams_of(words: Iterable[Words]) -> Iterator[str]:
    for each in words:
        for language in LANGUAGES:
            yield from _grams(re.sub(r"\{\w*\}", " ", render(each, language)))


def _grams(text: str) -> Iterator[str]:
    """English words by their stems, Chinese by pairs of characters and single ones; what says nothing is left out."""
    for run in WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if "\u4e00" <= run[0]:
            yield from (each for each in run if each not in STOP)
            yield from (one + two for one, two in pairwise(run) if {one, two} - STOP)
        elif run not in STOP:
            yield _stem(run)


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _weight(gram: str) -> int:
    """A pair of characters, or a word, says more than a single character."""
    return 1_000_000 if len(gram) > 1 else 300_000
