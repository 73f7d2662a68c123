"""Suggested marks for free words: themes found, length, and the tricks that are no answer. Only ever a suggestion.

On fresh answers such a rubric agrees with teachers far less than on those it was written with (QWK 0.73 in English,
0.53 in Chinese on a small trial, hardly more than length alone), so the band is wide and a person decides.
"""

from __future__ import annotations

import re

import msgspec

from crmsim.engine.words import Message, _

PPM = 1_000_000
BAND = 250_000  # either side
TRICK = 150_000  # the most that a trick is suggested
COPIED = 5  # characters in a row that count as copied
MOST_COPIED, LEAST_FRESH, LEAST_SENTENCES = 500_000, 300_000, 2
NEGATED = re.compile(r"(?:\bnot\b|\bnever\b|n't\b|\bno\b|没有|并不|不是|并未|不)[^.。!！?？;；,，]{0,12}$", re.I)


class Suggestion(msgspec.Struct, frozen=True):
    """A share of the marks (ppm) with its band, the places in the text that speak for it, and why."""

    share: int
    band: tuple[int, int]
    spans: tuple[tuple[int, int], ...]
    why: Message


def suggest(
    text: str, asked: tuple[str, ...], least: int, most: int, themes: tuple[tuple[str, ...], ...]
) -> Suggestion:
    """What a person might give: themes touched, less when too short or long; next to nothing for tricks."""
    text = text.strip()
    spans = tuple(span for theme in themes if (span := _span(text, theme)) is not None)
    if not text:
        return Suggestion(0, (0, 0), (), _("Nothing was written."))
    trick = _trick(text, asked, themes)
    if trick is not None:
        return Suggestion(0, (0, TRICK), spans, trick)
    share = len(spans) * PPM // len(themes) if themes else PPM // 2
    if len(text) < least:
        share = share * len(text) // least
    elif most and len(text) > most:
        share = share * most // len(text)
    why = _("{found} of {all} themes were touched, in {length} characters.",
            found=len(spans), all=len(themes), length=len(text))  # fmt: skip
    return Suggestion(share, (max(0, share - BAND), min(PPM, share + BAND)), spans, why)


def _span(text: str, theme: tuple[str, ...]) -> tuple[int, int] | None:
    """Where a theme's word stands, unless it is denied there."""
    for word in theme:
        at = text.lower().find(word.lower())
        if at >= 0 and not NEGATED.search(text[:at]):
            return at, at + len(word)
    return None


def _trick(text: str, asked: tuple[str, ...], themes: tuple[tuple[str, ...], ...]) -> Message | None:
    if max((_overlap(text, each) for each in asked), default=0) > MOST_COPIED:
        return _("Most of it is the question.")
    grams = [text[at : at + COPIED] for at in range(max(1, len(text) - COPIED + 1))]
    if len(set(grams)) * PPM // len(grams) < LEAST_FRESH:
        return _("It repeats itself.")
    sentences = [each for each in re.split(r"[.。!！?？;；\n]+", text) if len(each.strip()) > COPIED]
    if len(sentences) < LEAST_SENTENCES:
        return _("It is a list of words or a single sentence, no argument.")
    words = sum(text.lower().count(word.lower()) * len(word) for theme in themes for word in theme)
    if words * 3 > len(text):
        return _("It is a list of words or a single sentence, no argument.")
    return None


def _overlap(text: str, asked: str) -> int:
    """The share of a text that stands in the question, ppm."""
    grams = [text[at : at + COPIED] for at in range(max(1, len(text) - COPIED + 1))]
    return sum(each in asked for each in grams) * PPM // len(grams)
