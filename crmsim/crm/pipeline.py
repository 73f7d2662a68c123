"""What the file says of an opportunity: its chance, its risk, where it sticks, and what to do. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import Any

from crmsim.crm.opportunity import Opportunity
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, N_, Message, Words, _

PPM = 1_000_000
WON, LOST = "won", "lost"
WRITTEN = ("submitted", "rejected", "approved", *SIGNED)
TOOL = "opportunities"
LEVELS = (("low", N_("low")), ("medium", N_("medium")), ("high", N_("high")))
ADVICE = (
    ("instalments", N_("payment by instalments")),
    ("extra", N_("value-added pack")),
    ("decider", N_("meet the decider")),
)
# how ids are called where facts show them by name
WORDS = (
    N_("instalments"), N_("extra"), N_("decider"), N_("contacted"), N_("needs"), N_("proposal"), N_("negotiation"),
    N_("won"), N_("lost"), N_("fit"), N_("trust"), N_("unknown"),
)  # fmt: skip
FACTORS = (
    ("needs", N_("needs understood")),
    ("price", N_("good price")),
    ("trust", N_("trust won")),
    ("speed", N_("quick answers")),
    ("product", N_("the product fits")),
    ("decider", N_("the decider was met")),
)


@dataclass(frozen=True)
class Deal:
    """An opportunity with what lies on file about it: the record, the talks since shortly before, the orders."""

    opportunity: Any
    record: Any
    talks: tuple[Any, ...]
    orders: tuple[Any, ...]
    regular: bool  # bought before it was opened

    @property
    def id(self) -> str:
        """The opportunity's number."""
        return str(self.opportunity.id)

    @property
    def title(self) -> Words:
        """The opportunity's name."""
        name: Words = self.opportunity.title
        return name

    @property
    def last(self) -> Any:
        """The latest talk; None when there was none."""
        return self.talks[-1] if self.talks else None

    @property
    def last_contact(self) -> int:
        """When the company last spoke with the customer, or tried to."""
        return int(max((max(each.started, each.answered) for each in self.talks), default=self.opportunity.opened))

    def status_of_order(self, *statuses: str) -> Any:
        """The first order with one of these statuses; None when there is none."""
        return next((each for each in self.orders if each.status in statuses), None)


def deals(source: Any, owner: str = "", open_only: bool = False) -> list[Deal]:
    """The opportunities of an owner (all for ""), each with its papers, from a view or the world."""
    found = [each for each in source.all(Opportunity) if not owner or each.owner == owner]
    return _with_papers(source, [each for each in found if each.is_open] if open_only else found)


def deal_from(source: Any, opportunity: Any) -> Deal:
    """An opportunity with its papers, also one that is not opened yet."""
    return _with_papers(source, [opportunity])[0]


def deal_of(source: Any, opportunity: str) -> Deal | None:
    """One opportunity by its number, with its papers."""
    return next((deal_from(source, each) for each in source.all(Opportunity) if each.id == opportunity), None)


def _with_papers(source: Any, found: list[Any]) -> list[Deal]:
    if not found:
        return []
    wanted = {each.record: None for each in found}
    records = {each.id: each for each in source.all(Record) if each.id in wanted}
    by_customer = {each.customer: each.id for each in records.values() if each.customer}
    talks: dict[str, list[Any]] = {}
    for talk in source.all(Talk):
        record = talk.record or by_customer.get(talk.customer, "")
        if record in wanted:
            talks.setdefault(record, []).append(talk)
    orders: dict[str, list[Any]] = {}
    for order in source.all(Order):
        if order.record in wanted:
            orders.setdefault(order.record, []).append(order)
    return [_deal(each, records.get(each.record), talks, orders) for each in found]


def _deal(each: Any, record: Any, talks: dict[str, list[Any]], orders: dict[str, list[Any]]) -> Deal:
    since, until = each.opened - 5 * DAY, each.settled if each.settled >= 0 else 10**12
    past = {order.talk: None for order in orders.get(each.record, ()) if order.submitted < each.opened - DAY}
    about = tuple(talk for talk in talks.get(each.record, ()) if since <= talk.started <= until and talk.id not in past)
    mine = [order for order in orders.get(each.record, ()) if each.opened - DAY <= order.submitted <= until]
    before = any(o.submitted < each.opened - DAY and o.status in SIGNED for o in orders.get(each.record, ()))
    return Deal(each, record, about, tuple(mine), before)


def stages(scenario: Any) -> list[str]:
    """The open stages of the funnel, in the order of the dictionary."""
    return [each.id for each in scenario.dictionaries.get("stages", ()) if each.id not in {WON, LOST}]


# -- chance and risk


REASONS = {  # why each thing on file speaks for a deal or against it; its weight stands under this name
    "agreed": _("the customer said yes"),
    "contract": _("the order is written"),
    "short": _("the budget falls short"),
    "enough": _("the budget covers it"),
    "rival": _("others are in the running"),
    "authority": _("somebody else decides"),
    "doubt": _("a doubt stands open"),
    "warm": _("the last talk was warm"),
    "cool": _("the last talk was cool"),
    "refused": _("asked for the order without a yes"),
    "regular": _("it bought before"),
    "stuck": _("it stays in its stage longer than usual"),
    "overdue": _("the close date has passed"),
}


def signs(deal: Deal, source: Any) -> dict[str, int]:
    """How many times each thing that says something of the chance is on file."""
    each, last = deal.opportunity, deal.last
    agreed = any(talk.agreement is not None for talk in deal.talks)
    mood = last.mood if last is not None else ""
    asked = any(say.move == "ask_order" and say.by != talk.customer for talk in deal.talks for say in talk.says)
    return {
        "agreed": int(agreed),
        "contract": int(deal.status_of_order(*WRITTEN) is not None),
        "short": int(each.match == "low"),
        "enough": int(each.match == "high"),
        "rival": len(each.competitors),
        "authority": int(each.chain not in {"", "alone"}),
        "doubt": int(last is not None and bool(last.objection)),
        "warm": int(mood in {"warm", "delighted"}),
        "cool": int(mood in {"angry", "cool"}),
        "refused": int(asked and not agreed),
        "regular": int(deal.regular),
        "stuck": int(is_stuck(deal, source)),
        "overdue": int(source.minute >= each.close + DAY),
    }


def grounds(deal: Deal, source: Any) -> list[tuple[int, Message]]:
    """What speaks for and against it, as far as it is on file: parts of a logit in ppm, each with its reason."""
    part = source.scenario.pipeline.chance
    found = [
        (part.base, _("a deal like any other")),
        (part.stages.get(deal.opportunity.stage, 0), _("the stage it has reached")),
    ]
    return found + [
        (getattr(part, name) * times, REASONS[name]) for name, times in signs(deal, source).items() if times
    ]


def chance(deal: Deal, source: Any) -> int:
    """The chance of winning, ppm: what was set by hand, else a logistic of the grounds on file.

    docs/chances.md holds it against what became of the deals.
    """
    if deal.opportunity.stage == WON:
        return PPM
    if deal.opportunity.stage == LOST:
        return 0
    if deal.opportunity.manual >= 0:
        return int(deal.opportunity.manual)
    total = sum(weight for weight, _why in grounds(deal, source))
    return round(PPM / (1 + math.exp(-total / PPM)))


def risk(ppm: int, scenario: Any) -> str:
    """low, medium or high, by the chance of winning."""
    part = scenario.pipeline
    return "low" if ppm >= part.low_risk else ("high" if ppm < part.high_risk else "medium")


def explained(deal: Deal, source: Any) -> Message:
    """The chance in words, term by term: where every deal starts, then what weighs most. Their sum is its logit."""
    if not deal.opportunity.is_open:
        return _("It is settled.")
    if deal.opportunity.manual >= 0:
        return _("Set by hand; the file is not asked.")
    start, *parts = grounds(deal, source)
    words = _term(*start)
    for weight, why in sorted((each for each in parts if each[0]), key=lambda each: -abs(each[0])):
        words = _("{some}; {more}", some=words, more=_term(weight, why))
    return words


def _term(weight: int, why: Message) -> Message:
    tenths = f"{'-' if weight < 0 else '+'}{abs(weight) // PPM}.{abs(weight) % PPM // 100_000}"
    return _("{why} ({weight})", why=why, weight=tenths)


def budget_match(budget: int, amount: int) -> str:
    """Whether a budget covers an amount: high, medium (within a tenth) or low; "" when nothing is known."""
    if not budget or not amount:
        return ""
    return "high" if budget >= amount else ("medium" if budget * 10 >= amount * 9 else "low")


def urgency_of(close: int, minute: int) -> str:
    """How soon the customer decides: high within three days, low after more than ten."""
    days = (close - minute) // DAY
    return "high" if days <= 3 else ("medium" if days <= 10 else "low")


# -- stages


def usual_stay(source: Any, stage: str) -> int:
    """The usual stay in a stage, working minutes: the median of this game, else the scenario's norm."""
    part = source.scenario.pipeline
    stays = [
        source.calendar.between(entered, left)
        for each in source.all(Opportunity)
        for name, entered, left in each.steps
        if name == stage
    ]
    norm = part.stage_days.get(stage, 3) * source.calendar.minutes_a_day
    return max(norm // 4, round(median(stays))) if len(stays) >= part.own_history else int(norm)


def dwell(deal: Deal, source: Any) -> int:
    """Working minutes in the present stage."""
    each = deal.opportunity
    return int(source.calendar.between(each.entered, each.settled if each.settled >= 0 else source.minute))


def is_stuck(deal: Deal, source: Any) -> bool:
    """Whether it has been in its stage much longer than usual."""
    if not deal.opportunity.is_open:
        return False
    usual = usual_stay(source, deal.opportunity.stage)
    return bool(dwell(deal, source) > usual * source.scenario.pipeline.stuck // PPM)


HINTS = {
    "contacted": N_("Ask what is needed, how many and by when."),
    "needs": N_("Name a price for what is needed."),
    "proposal": N_("Ask what still speaks against the offer, and answer it."),
    "negotiation": N_("Ask for the order, or agree when it will be decided."),
}


def hint(stage: str) -> Message:
    """The next thing to do in a stage."""
    return Message(HINTS.get(stage, HINTS["proposal"]), {})


def evident_stage(deal: Deal, scenario: Any) -> str:
    """The stage that the talks and papers on file show; the present one when they show nothing more."""
    known, names = stages(scenario), {say.move for talk in deal.talks for say in talk.says if say.by != talk.customer}
    asked = any(talk.agreement is not None for talk in deal.talks) or bool(names & {"discount", "ask_order"})
    need = deal.record is not None and deal.record.need and deal.record.quantity
    shown = "contacted"
    if asked or deal.orders:
        shown = "negotiation"
    elif "quote" in names:
        shown = "proposal"
    elif need or any(talk.told("need") for talk in deal.talks):
        shown = "needs"
    present = deal.opportunity.stage
    if shown not in known or present not in known:
        return str(present)
    return max(str(present), shown, key=known.index)


def advice(deal: Deal) -> list[tuple[str, Message]]:
    """What may save the deal and was not tried yet, each with its reason."""
    each, tried = deal.opportunity, {one.advice for one in deal.opportunity.tried}
    found = []
    if each.match == "low":
        found.append(("instalments", _("The budget falls short: offer payment by instalments.")))
    if each.competitors:
        found.append(("extra", _("Others are in the running: add a value-added pack.")))
    if each.chain not in {"", "alone"}:
        found.append(("decider", _("Somebody else decides: meet the decider.")))
    return [(name, why) for name, why in found if name not in tried]
