"""How bots plan: opportunities kept and followed up, plans, targets, coaching. A novice does none of it."""

from __future__ import annotations

from crmsim.bots.policy import Bot, answers
from crmsim.crm.company import CompanyView
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.pipeline import deal_from
from crmsim.engine.action import Action, offered
from crmsim.engine.desk import Waiting
from crmsim.roles.pipeline import (
    DraftContract,
    FollowAdvice,
    FollowUp,
    LoseOpportunity,
    MoveStage,
    OpenOpportunity,
    WinOpportunity,
)

MOST_CALLS = 3
WORTH = 3_000_000  # amount in fen from which a deal is worth money to save it
HANDOVER = "Installed as ordered; please call once in the first week."


@answers(OpenOpportunity, MoveStage, LoseOpportunity, DraftContract)
def keep(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """As the file shows; not at all by a hand that forgets."""
    return next(offered(paper.action, view, paper.filled), None) if bot.habits.follows_up else None


@answers(FollowUp)
def follow_up(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """When the date has come; a customer who declines is left alone for this deal."""
    row = view.get(Opportunity, paper.filled["opportunity"])
    if row is None or not bot.habits.follows_up:
        return None
    own = [each for each in deal_from(view, row).talks if not each.by_customer and each.seat == view.seat.id]
    return FollowUp(**paper.filled) if len(own) < MOST_CALLS else None


@answers(FollowAdvice)
def save(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Only an expert spends on a deal, and only on a large one."""
    row = view.get(Opportunity, paper.filled["opportunity"])
    worth = row is not None and row.amount >= WORTH
    return FollowAdvice(**paper.filled) if bot.habits.foresees and worth else None


@answers(WinOpportunity)
def win(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """With a note for service."""
    if not bot.habits.follows_up:
        return None
    return WinOpportunity(opportunity=paper.filled["opportunity"], factors=("needs",), handover=HANDOVER)
