"""Each fact that the flows name comes about in one of three declared runs of first_month."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.calibration.validity import chosen_seeds
from crmsim.crm import facts
from crmsim.crm.order import Order
from crmsim.engine.facts import Fact
from crmsim.game import Game
from crmsim.roles.director import ReviewOrder, ReviewReturn
from crmsim.roles.instructor import InjectEvent
from tests.flows.playing import first_month

NAMED = (
    "CustomerArrived", "TalkOpened", "NeedRevealed", "ContactRevealed", "CustomerRecorded", "CustomerAssigned",
    "OrderSubmitted", "OrderApproved", "OrderRejected", "ContractAccepted", "ContractDeclined", "GoodsShipped",
    "GoodsReceived", "PaymentMade", "PaymentLate", "ServiceRequested", "ServiceAnswered", "ServiceResolved",
    "FeedbackGiven", "ReturnRequested", "ReturnEndorsed", "ReturnApproved", "ReturnRefused", "RefundPaid",
    "SurveyDesigned", "SurveyAssigned", "SurveyIssued", "SurveyAnswered", "AdLaunched", "PromotionOpened",
    "PlanSubmitted", "PlanReviewed", "PlanExecuted", "PlanReported", "TaskCreated", "TaskDone", "TaskOverdue",
    "OpportunityOpened", "StageMoved", "OpportunityWon", "OpportunityLost", "CustomerLeft", "CustomerReturned",
)  # fmt: skip
# which run shows it; all that is not named is shown by the competent company
MISHAP = ("OrderRejected", "ContractDeclined", "ReturnRequested", "ReturnRefused")
ENOUGH = 0.9  # of the seeds


class Harsh:
    """A director's chair in which every paper is refused once: the scripted mishap, on top of a bot's own work."""

    level = "competent"

    def __init__(self, bot: Any) -> None:
        self.bot = bot

    @property
    def rest(self) -> int:
        return int(self.bot.rest)

    def choose(self, view: Any, legal: Any) -> Any:
        """What the bot would do; but what it approves is sent back or refused, the first time."""
        action = self.bot.choose(view, legal)
        if isinstance(action, ReviewOrder) and action.decision == "approve":
            heard = any(isinstance(each, facts.OrderRejected) and each.order == action.order for each in view.heard())
            order = next(each for each in view.all(Order) if each.id == action.order)
            if not heard and not order.revision:
                return ReviewOrder(order=action.order, decision="reject", reason="Once more, please.")
        if isinstance(action, ReviewReturn) and action.decision == "approve":
            return ReviewReturn(return_=action.return_, decision="refuse", reason="Not this month.")
        return action


def declared(run: str, seed: int) -> Game:
    """All competent, all novice, or a bad batch under a harsh director."""
    scenario = first_month()
    level = "novice" if run == "novice" else "competent"
    players = crew(scenario, level, [each.id for each in scenario.seats])
    if run == "mishap":
        players["director"] = Harsh(players["director"])
    game = Game(scenario, seed, players=players)
    if run == "mishap":
        game.apply("instructor", InjectEvent(event="fault_wave", title="A bad batch was sold.", share=2_000_000))
    game.run_to_end()
    return game


def run_of(name: str) -> str:
    return "mishap" if name in MISHAP else "competent"


def kinds(game: Game) -> set[str]:
    return {type(each).__name__ for each in game.facts}


@pytest.fixture(scope="module")
def told(competent: Game) -> dict[str, set[str]]:
    """The kinds of fact of each run, on one seed."""
    return {"competent": kinds(competent), "mishap": kinds(declared("mishap", 2))}


@pytest.mark.covers("FLO-2", "FLO-5", "FLO-6", "FLO-9", "GAME-2")
@pytest.mark.parametrize("name", NAMED)
def test_a_named_fact_comes_about_in_its_run(name: str, told: dict[str, set[str]]) -> None:
    kind = getattr(facts, name)
    assert issubclass(kind, Fact) and name in told[run_of(name)]


@pytest.mark.validation
@pytest.mark.covers("FLO-2", "FLO-5", "FLO-6", "FLO-9", "GAME-2")
def test_each_comes_about_on_nearly_every_seed() -> None:
    seeds = chosen_seeds()
    shown = {run: [kinds(declared(run, seed)) for seed in seeds] for run in ("competent", "novice", "mishap")}
    share = {name: max(sum(name in each for each in shown[run]) for run in shown) / len(seeds) for name in NAMED}
    assert {name: part for name, part in share.items() if part < ENOUGH} == {}
