"""How a finished game is reviewed, as numbers of a scenario: how far ahead, how often, and what counts as a mistake."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crmsim.scenarios.parts import Count, Days, Fen, Part, Ppm


class ReviewPart(Part):
    """The review of decisions. Thresholds are shares of what was at stake, a mean order at most."""

    decisions: Count = 30  # a seat's weightiest are played on, the others are marked by policy alone
    days: Days = 5  # working days ahead
    resamples: Annotated[int, Field(ge=2, le=16, strict=True)] = 4  # of luck
    doubtful: Annotated[int, Field(ge=2, le=16, strict=True)] = 12  # ... where policy frowns and luck decides
    others: Annotated[int, Field(ge=0, le=20, strict=True)] = 5  # candidates besides the expert's action
    satisfaction: Fen = 300_000  # what a customer who is wholly satisfied is worth over one who is not at all (guess)
    trust: Fen = 300_000  # what one who trusts the company wholly will bring over one who does not at all (guess)
    minute: Fen = 150  # what a working minute spent on a customer is worth: somebody else waits meanwhile (guess)
    inaccuracy: Ppm = 5_000
    mistake: Ppm = 25_000
    blunder: Ppm = 150_000
