"""What running the office costs, as numbers of a scenario. Every default is a guess unless its source is named."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crmsim.scenarios.parts import Count, Days, Fen, Id, Named, Part, Ppm


class StaffingPart(Part):
    """Hiring and dismissing (DIR-2). Wages are fen a working day."""

    hire_cost: Fen = 80_000  # advertising the post and training
    wage: Fen = 30_000  # suggested for a new colleague
    least_wage: Fen = 15_000
    notice_days: Days = 3  # working days between the notice and the leaving
    severance_days: Days = 5  # days' wages paid at the notice
    most: Count = 30  # seats of the company


class ListPart(Part):
    """A bought list of contacts (PRS-1): some of its entries are stale and lead to nobody."""

    id: Id
    name: Named
    price: Fen = 100_000
    entries: Annotated[int, Field(ge=1, le=500, strict=True)] = 10
    stale: Ppm = 400_000


class ChoicePart(Part):
    """A word that a field may hold."""

    id: Id
    name: Named


class RecordFieldPart(Part):
    """A field that the scenario adds to customers' files (REG-1): text, or one of some words."""

    id: Id
    name: Named
    options: tuple[ChoicePart, ...] = ()
    most: Annotated[int, Field(ge=1, le=500, strict=True)] = 200  # characters of a text


class BackOfficePart(Part):
    """Lengths and limits of the director's papers."""

    review_minutes: Count = 480  # calendar minutes in which a submitted order or an endorsed return is expected back
    pool_minutes: Count = 480  # calendar minutes in which a new customer is expected to get an owner
    record_minutes: Count = 1440  # calendar minutes from first contact to the entry of a customer (REG-7: 24 h)
    far_minutes: Count = 20  # what an invitation takes longer when the customer is not of the owner's region
    overstep: Ppm = 50_000  # how far past the discount limit an exception can still be sound
    back_days: Days = 2  # working days until approved returns are back in the house
    refund_days: Days = 1  # from the goods' coming back to the refund
