"""What moves an opportunity: following up, advice, winning with a hand-over, losing with a reason (OPP-2, OPP-3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.books import spend
from crmsim.crm.company import SALES, Company, CompanyView
from crmsim.crm.facts import AdviceFollowed, OpportunityLost, OpportunityWon
from crmsim.crm.opportunity import Opportunity, Tried
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.pipeline import ADVICE, FACTORS, LOST, PPM, TOOL, WON, deal_of
from crmsim.crm.record import Record
from crmsim.engine.action import Action, Judgement, Refusal, Turn, fields_of
from crmsim.engine.fields import Choice, Pick, Several, Text
from crmsim.engine.words import N_, _
from crmsim.roles.everyone.entries import words_of
from crmsim.roles.everyone.records import change
from crmsim.roles.inviting import Channel, InviteToTalk
from crmsim.roles.pipeline.opening import MENU, MyOpen, enter, my_open, shown_chance

NOTES_MOST = 500


def signed_order(view: Any, opportunity: Any) -> Any:
    """The signed order that an opportunity became; None when there is none."""
    taken = {each.order: None for each in view.all(Opportunity) if each.order}
    for order in view.all(Order):
        if order.record == opportunity.record and order.status in SIGNED and order.id not in taken:
            if order.answered >= opportunity.opened:
                return order
    return None


class FollowUp(Action, frozen=True, kw_only=True):
    """Invite the customer of an opportunity to talk about its next step."""

    roles = (SALES,)
    minutes = 6
    label = N_("Follow up")
    menu = MENU
    tool = TOOL
    opportunity: MyOpen
    channel: Channel

    def cost(self, world: Any) -> int:
        """Longer in a region that is not the owner's own."""
        row = world.find(Opportunity, self.opportunity)
        calling = InviteToTalk(record=row.record if row is not None else "", channel=self.channel)
        return super().cost(world) + calling.extra(world)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A talk with the customer is under way already."""
        row = view.get(Opportunity, self.opportunity)
        assert row is not None
        if any(each == row.record for each in _to_invite(view)):
            return None
        return _("A talk with this customer is under way, or it is no longer yours.")

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer is asked."""
        record = world.get(Opportunity, self.opportunity).record
        InviteToTalk(record=record, channel=self.channel).apply(world, turn)


def _to_invite(view: CompanyView) -> Iterator[str]:
    return (each.value for each in fields_of(InviteToTalk)["record"].kind.options(view, {}))


class FollowAdvice(Action, frozen=True, kw_only=True):
    """Try what may save a deal: instalments where the budget is short, a pack where others offer, the decider where
    somebody else decides. What it brought is tracked."""

    roles = (SALES,)
    minutes = 30
    label = N_("Follow advice")
    menu = MENU
    tool = TOOL
    confirm = True
    opportunity: MyOpen
    advice: Annotated[str, Choice(N_("Advice"), words=ADVICE)]

    def spends(self, view: Any) -> int:
        """What the instalments or the pack cost the company."""
        part, amount = view.scenario.pipeline, view.get(Opportunity, self.opportunity).amount
        return int({"instalments": amount * part.instalment_cost // PPM, "extra": part.extra_cost}.get(self.advice, 0))

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It was tried before, or there is no money for it."""
        row = view.get(Opportunity, self.opportunity)
        assert row is not None
        if any(each.advice == self.advice for each in row.tried):
            return _("This was tried for this opportunity already.")
        if self.spends(view) > view.balance("cash"):
            return _("The company cannot pay for it now.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is paid and noted with the chance before it; the customer hears of it."""
        each = world.get(Opportunity, self.opportunity)
        cost, before = self.spends(world), shown_chance(world, each.id)
        spend(world, f"{self.advice} {each.id}", cost, "service_cost")
        each.tried = (*each.tried, Tried(turn.minute, self.advice, before, cost))
        world.record(
            AdviceFollowed(opportunity=each.id, owner=each.owner, customer=each.customer, advice=self.advice, cost=cost)
        )


class WinOpportunity(Action, frozen=True, kw_only=True):
    """Close an opportunity as won: the customer counts as won, and service gets a hand-over note on its file."""

    roles = (SALES,)
    minutes = 5
    label = N_("Won")
    menu = MENU
    tool = TOOL
    teach = N_("Say what made it succeed, and tell service what it must know.")
    opportunity: Annotated[
        str,
        Pick(
            N_("Opportunity"),
            entity=Opportunity,
            where=lambda row, view, filled: my_open(row, view, filled) and signed_order(view, row) is not None,
            nothing=_("No opportunity of yours has a signed contract yet."),
        ),
    ]
    factors: Annotated[tuple[str, ...], Several(N_("Success factors"), words=FACTORS)] = ()
    handover: Annotated[str, Text(N_("For service to know"), most=200, long=True)] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """The file says won; service finds the note with the customer."""
        each = world.get(Opportunity, self.opportunity)
        record, order = world.get(Record, each.record), signed_order(world, each)
        enter(each, WON, turn.minute)
        each.settled, each.order, each.factors = turn.minute, order.id, self.factors
        if record.status != "won":
            change(world, turn, record, "status", "won")
        if self.handover:
            notes = f"{record.notes} [{each.id}] {self.handover}".strip()
            change(world, turn, record, "notes", notes[-NOTES_MOST:])
        world.record(
            OpportunityWon(
                opportunity=each.id, owner=each.owner, customer=each.customer, record=record.id, order=order.id,
                amount=order.total,
            )
        )  # fmt: skip

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """A hand-over tells service something."""
        told = bool(self.handover.strip())
        why = _("Service was told what it must know.") if told else _("Service was told nothing.")
        return (Judgement("sales.handover", 1000 if told else 300, why),)


class LoseOpportunity(Action, frozen=True, kw_only=True):
    """Close an opportunity as lost, with the reason; what was learned helps the next one."""

    roles = (SALES,)
    minutes = 3
    label = N_("Lost")
    menu = MENU
    tool = TOOL
    opportunity: MyOpen
    reason: Annotated[str, Choice(N_("Reason of the loss"), words=words_of("lost_reasons"), walk=False)]
    lesson: Annotated[str, Text(N_("What we learned"), most=200)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A signed contract is no loss."""
        row = view.get(Opportunity, self.opportunity)
        if row is not None and signed_order(view, row) is not None:
            return _("The customer has signed: this opportunity is won.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It leaves the funnel; the customer stays on file."""
        each = world.get(Opportunity, self.opportunity)
        enter(each, LOST, turn.minute)
        each.settled, each.lost, each.lesson = turn.minute, self.reason, self.lesson
        world.record(OpportunityLost(opportunity=each.id, owner=each.owner, customer=each.customer, reason=self.reason))


def likely_reason(view: Any, opportunity: str) -> str:
    """The reason of a loss that the file suggests, a word of the dictionary; the last word when it says nothing."""
    known = [each.id for each in view.scenario.dictionaries.get("lost_reasons", ())]
    deal = deal_of(view, opportunity)
    guesses = ["unknown"]
    if deal is not None:
        row, objection = deal.opportunity, deal.last.objection if deal.last is not None else ""
        by_doubt = {"worth": "price", "cash": "price", "rival": "rival", "delivery": "late", "quality": "fit"}
        if objection in by_doubt:
            guesses.insert(0, by_doubt[objection])
        elif row.competitors:
            guesses.insert(0, "rival")
        elif row.match == "low":
            guesses.insert(0, "price")
        elif not deal.talks:
            guesses.insert(0, "late")
    return next((each for each in guesses if each in known), known[-1] if known else "")


__all__ = ["FollowAdvice", "FollowUp", "LoseOpportunity", "WinOpportunity", "likely_reason", "signed_order"]
