"""The first message of whoever writes: a subject and a letter, from the scenario's bank of lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crmsim.crm.company import Company
from crmsim.crm.moves import line, line_name, own_words
from crmsim.crm.talk import Talk
from crmsim.engine.fields import Filled, Text
from crmsim.engine.words import Message, Words, _

PARTS = ("subject", "letter")  # the n-th letter goes with the n-th subject
NAME = re.compile(r"([\w-]+)/([\w-]*)/\d{1,6}", re.ASCII)


@dataclass(frozen=True)
class Lines(Text):
    """Names of lines of the bank, "reply/temper/number", as the simulated customers speak."""

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Only what stands in the bank can be said."""
        problem = super().refuse(view, filled, value)
        bank = view.scenario.lines
        for each in value.split() if problem is None else ():
            if not any(part in bank for part in _parts(each)):
                return _("no such line")
        return problem


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """The parts of the bank in which a line of this name stands; none for what is no name."""
    found = NAME.fullmatch(name)
    return () if found is None else (found[1], f"{found[1]}/{found[2]}")


def written_lines(world: Company, about: str, who: str, number: int = 0, temper: str = "") -> str:
    """The names of the lines in which somebody writes about something; "" where the bank has none.

    Leads and what is no lead write alike, so that a message has to be read to be told apart.
    """
    bank, luck = world.scenario.lines, world.luck
    answer = luck.below(10_000, who, f"writes {about}", number)
    frame = luck.below(10_000, who, f"writes {about} in", number)
    names = [line_name(bank, f"{part}_{about}", temper, answer, frame) for part in PARTS]
    return " ".join(names) if all(names) else ""


def as_written(world: Company, talk: Talk, lines: str) -> tuple[Words, Words]:
    """Subject and letter as they are read."""
    said = [own_words(world, talk, line(world.scenario.lines, each)) for each in lines.split()]
    return said[0] if said else "", said[1] if said[1:] else ""
