"""The people of the market, drawn once by keyed luck from the scenario's segments."""

from __future__ import annotations

from crmsim.crm.company import Company
from crmsim.scenarios.cast import Cast


def populate(world: Company, cast: Cast) -> None:
    """Draw the customers and lay out their first plans."""
