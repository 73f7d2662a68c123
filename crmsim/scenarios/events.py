"""What a scenario brings to everybody: the fair, surveys to be used, things that happen on a day, classic cases."""

from __future__ import annotations

from typing import Literal

from crmsim.engine.words import Bilingual
from crmsim.scenarios.parts import Count, Days, Fen, Id, Named, Part, Shift, TimeOfDay


class FairPart(Part):
    """The exhibition: on which working days visitors pass the booth, and in what clusters."""

    name: Named = Bilingual("Trade fair", "展销会")
    first_day: Days = 0  # 0: there is no fair
    last_day: Days = 0
    booth_cost: Fen = 300_000
    cluster: Count = 3


class SurveyPart(Part):
    """A survey template: what is asked, each on a scale from 1 to 5 or 0 to 10."""

    id: Id
    name: Named
    questions: tuple[Named, ...]
    scale: Literal[5, 10] = 5


class EventPart(Part):
    """Something that happens to everyone at a minute: a rival's price cut, a shortage, a wave of complaints."""

    day: Days
    at: TimeOfDay = "09:00"
    kind: Literal["rival_price", "shortage", "letter", "demand", "fault_wave"]
    title: Named
    product: str = ""
    amount: Shift = 0  # ppm of price for rival_price and demand, pieces for shortage


class CasePart(Part):
    """A classic case of the resource centre, in Markdown."""

    id: Id
    title: Named
    text: Named
