"""What moves the customers: they hear facts, and wake at their own next moment."""

from __future__ import annotations

from collections.abc import Callable

from crmsim.crm.company import Company
from crmsim.engine.action import Action
from crmsim.engine.facts import Fact


class Market:
    """Everyone in the market. It keeps no state of its own, so that a world can be copied."""

    def __init__(self, world: Company, act: Callable[[str, Action], bool]) -> None:
        self.world, self.act = world, act
        world.subscribers.append(self.hear)

    def hear(self, fact: Fact) -> None:
        """A fact came true; whom it concerns makes a plan, for the next minute at the earliest."""

    def wake(self, customer: str) -> None:
        """A customer's moment has come."""
