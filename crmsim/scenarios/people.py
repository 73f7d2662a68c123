"""What a scenario says of the people in its market. Every default names its source or is called a guess.

Shares, weights and elasticities are parts per million (ppm); money is fen; lengths are minutes or days by name.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crmsim.engine.words import Bilingual
from crmsim.scenarios.arrival import ArrivingPart, TalkingPart
from crmsim.scenarios.conduct import BuyingPart, ChoicePart, UsingPart
from crmsim.scenarios.parts import Count, Id, Named, Part, Ppm, Shift, Some

# Below a twentieth, a gamma draw is too often nothing at all to be a share of anything.
Shape = Annotated[int, Field(ge=50_000, le=1_000_000_000, strict=True)]


class RivalPart(Part):
    """A competitor: what it asks compared with us and how good it is."""

    id: Id
    name: Named = Bilingual("a rival", "同行")
    price: Annotated[int, Field(ge=0, le=3_000_000, strict=True)] = 950_000  # of our list price
    attributes: dict[Id, Ppm] = {}
    presence: Ppm = 300_000  # share of customers who hold or get its offer


class SegmentPart(Part):
    """A kind of customer: how its members differ, as medians with log standard deviations, and shares."""

    id: Id
    name: Named
    share: Ppm = 1_000_000
    kind: Id = "company"  # a word of dictionaries.types
    industries: tuple[Id, ...] = ()
    products: dict[Id, Count] = {}  # what they need, by weight
    quantity: Annotated[int, Field(ge=1, le=100_000)] = 2
    quantity_sigma: Ppm = 500_000
    budget: Annotated[int, Field(ge=0, le=5_000_000)] = 1_100_000  # of list price, median
    budget_sigma: Ppm = 200_000
    weights: dict[Id, Ppm] = {}  # over product attributes
    sensitivity: Annotated[int, Field(ge=0, le=20_000_000)] = 2_600_000  # price elasticity, Bijmolt et al. 2005: 2.62
    urgency_days: Count = 8  # median days from need to decision
    patience_moves: Count = 8  # median moves in one talk (play.md: 5 to 9)
    reticence: Ppm = 450_000  # median trust wanted before it tells
    habits: dict[Id, Ppm] = {}  # share that follows each medium; "fair", "web" and "friends" count too
    channels: dict[Id, Count] = {}  # preferred channels by weight
    tempers: dict[Id, Count] = {"plain": 1}
    alone: Ppm = 500_000  # decides alone; the others ask a boss or a committee
    shades: Ppm = 250_000  # names a lower budget than it has
    late: Ppm = 450_000  # share of invoices paid late (Atradius: 47%)
    never: Ppm = 13_000  # never paid (Atradius: 1.3%)
    faults: Ppm = 250_000  # purchases that need service (guess)
    returns: Ppm = 120_000  # purchases sent back (NRF: 14.5-16.6%)
    fraud: Ppm = 100_000  # of returns (NRF: about 10%)
    complains: Ppm = 40_000  # of the dissatisfied who say so (TARP: 4%)
    surveys: Ppm = 300_000  # answers a survey at neutral relation
    rate_r: Shape = 243_000  # buying rate gamma shape (BG/NBD on CDNOW)
    rate_alpha_days: Some = 30  # its scale in days (CDNOW: 4.414 weeks)
    drop_a: Shape = 793_000  # dropout beta (CDNOW)
    drop_b: Shape = 2_426_000


class MarketPart(Part):
    """The market as a whole."""

    size: Annotated[int, Field(ge=1, le=200_000)] = 150
    need_days: Count = 20  # days over which first needs arise
    need_minutes: Count = 0  # working minutes over which they arise, in place of the days; 0: the days count
    aware: Ppm = 250_000  # share that knows the company before the game
    wanting: Ppm = 800_000  # share that has a first need within need_days
    cooling_minutes: Count = (
        1440  # working minutes in which waiting interest falls to about a third (guess; row 12 has its own)
    )
    retry: Ppm = 400_000  # tries once more after no answer
    loss_aversion: Annotated[int, Field(ge=1, le=10)] = 2  # Mittal, Ross & Baldasare 1998: 1.3 to 3
    mouth: Ppm = 300_000  # a pleased customer tells someone
    mouth_bad: Ppm = 600_000  # a wronged one does
    junk: Ppm = 250_000  # share of messages that are no leads (play.md: a quarter)
    walk_away: Shift = 0  # utility of buying nothing, ppm
    arriving: ArrivingPart = ArrivingPart.model_construct()
    talking: TalkingPart = TalkingPart.model_construct()
    choice: ChoicePart = ChoicePart.model_construct()
    buying: BuyingPart = BuyingPart.model_construct()
    using: UsingPart = UsingPart.model_construct()
