"""Draws the people of one game by Faker, once."""

from __future__ import annotations

from crmsim.scenarios.cast import Cast
from crmsim.scenarios.schema import Scenario


def draw_cast(scenario: Scenario, seed: int, language: str = "en") -> Cast:
    """Names, phones and addresses for everybody in a game."""
    return Cast(language)
