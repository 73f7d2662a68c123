"""The questions of a lab report, as data of a scenario: tier A recomputed, B by citations, C suggested only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from crmsim.scenarios.parts import Count, Id, Named, Part, Ppm


class QuestionPart(Part):
    """A question. A: a figure of the own game; B: causes or a choice, with facts cited; C: free words."""

    id: Id
    tier: Literal["A", "B", "C"]
    marks: Annotated[int, Field(ge=1, le=100, strict=True)]
    text: Named
    figure: str = ""  # A, and B's choice: which figure of the journal answers it
    about: str = ""  # what the figure is about: a channel, a reason
    unit: Literal["", "count", "percent", "money", "minutes"] = ""
    tolerance: Ppm = 10_000  # of the right value
    carry: tuple[Id, ...] = ()  # two earlier questions whose ratio this is: a right method on a wrong value counts
    causes: Count = 0  # B: how many causes with citations
    least: Count = 0  # C: characters
    most: Count = 0
    themes: tuple[tuple[str, ...], ...] = ()  # C: groups of words, one of each group is looked for
    section: Literal["", "analysis", "summary"] = ""  # B, C: where the answer stands in the archived report

    @property
    def place(self) -> str:
        """The section of the archived report in which the answer stands."""
        return self.section or {"A": "data", "B": "analysis", "C": "summary"}[self.tier]


class ReportPart(Part):
    """A lab report's own data: its purpose and its questions."""

    title: Named = ""
    purpose: Named = ""
    content: Named = ""
    carried: Ppm = 700_000  # of the marks, for a right method on an earlier wrong value
    wrong_unit: Ppm = 500_000  # of the marks, for the right value in another unit
    questions: tuple[QuestionPart, ...] = ()
