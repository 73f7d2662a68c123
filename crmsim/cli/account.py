"""The days of a demo, told as they happen: what mattered, one line each, and the rest as counts."""

from __future__ import annotations

from typing import Any

from crmsim.cli.speech import say
from crmsim.crm.naming import sentence_of
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, _

# What a reader of a whole month wants to see line by line; everything else is counted.
TOLD = (
    "PromotionOpened", "AdLaunched", "OrderApproved", "OrderRejected", "ContractAccepted", "ContractDeclined",
    "ReturnRequested", "ReturnApproved", "ReturnRefused", "PaymentLate", "FeedbackGiven", "TalkMissed",
    "CustomerLeft", "CustomerReturned", "CashRanOut", "PlanReviewed", "OpportunityLost",
)  # fmt: skip
MOST_LINES = 12


class Account:
    """Listens to a game and prints its days."""

    def __init__(self, game: Any) -> None:
        from rich.console import Console

        self.game = game
        self.console = Console(highlight=False, soft_wrap=True)
        self._day = 0
        self._lines = 0
        self._counts: dict[str, int] = {}
        self._teller = next(each.id for each in game.scenario.seats if "director" in each.roles)

    def hear(self, fact: Fact) -> None:
        """A fact came true."""
        name = type(fact).__name__
        self._counts[name] = self._counts.get(name, 0) + 1
        if name not in TOLD or self._lines >= MOST_LINES:
            return
        self._heading(fact.minute)
        self._lines += 1
        line = _("{at:clock}  {what}", at=fact.minute, what=sentence_of(self.game.view(self._teller), fact))
        self.console.print(f"  {say(line)}", markup=False)

    def end_day(self) -> None:
        """The day is over: one line with its counts."""
        if self._counts:
            self._heading(self.game.minute - 1)
            said, came = self._counts.get("MoveMade", 0), self._counts.get("CustomerArrived", 0)
            written = self._counts.get("CustomerRecorded", 0)
            line = _(
                "new customers: {came}, records: {written}, sentences said: {said}",
                came=came,
                written=written,
                said=said,
            )
            self.console.print(f"  {say(line)}", markup=False, style="dim")
        self._counts, self._lines = {}, 0

    def _heading(self, minute: int) -> None:
        day = minute // DAY + 1
        if day != self._day:
            self._day = day
            self.console.print(say(_("{when:day}", when=minute)), markup=False, style="bold")
