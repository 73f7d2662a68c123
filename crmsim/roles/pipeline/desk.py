"""Opportunities on the desk: what each needs next and when, the funnel, and what advice did (OPP-1, OPP-2, OPP-5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.company import DIRECTOR, SALES, word
from crmsim.crm.funnel import advice_effects, funnel
from crmsim.crm.naming import joined, name_of
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.pipeline import (
    ADVICE,
    FACTORS,
    TOOL,
    Deal,
    advice,
    chance,
    deals,
    dwell,
    evident_stage,
    explained,
    hint,
    is_stuck,
    risk,
    stages,
)
from crmsim.crm.product import Product
from crmsim.crm.record import Record, number_of
from crmsim.crm.talk import Talk
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.words import DAY, N_, Message, Words, _
from crmsim.roles.pipeline.deals import (
    FollowAdvice,
    FollowUp,
    LoseOpportunity,
    WinOpportunity,
    likely_reason,
    signed_order,
)
from crmsim.roles.pipeline.opening import MENU, MoveStage, OpenOpportunity, ReviseOpportunity, is_promising
from crmsim.roles.pipeline.opening import stage_to_open_in as stage_to_open_in

GRACE = 2 * DAY  # after the close date, before a silent deal is asked to be closed


def _rows(view: Any) -> list[Deal]:
    return deals(view, "" if DIRECTOR in view.seat.roles else view.seat.id)


def next_step(deal: Deal, view: Any) -> Words:
    """What to do next, in words."""
    if not deal.opportunity.is_open:
        return ""
    found = advice(deal)
    if found and is_stuck(deal, view):
        return found[0][1]
    return hint(deal.opportunity.stage)


def _opportunity_waits(deal: Deal, view: Any) -> Waiting | None:
    row = deal.opportunity
    if not row.is_open or row.owner != view.seat.id:
        return None
    filled: dict[str, Any] = {"opportunity": row.id}
    order = signed_order(view, row)
    if order is not None:
        why = _("The contract is signed: hand the customer over to service.")
        return Waiting(row.title, order.answered, order.answered + 2 * DAY, why, WinOpportunity, filled, weight=4)
    under_way = any(each.status in {"invited", "open", "waiting"} for each in deal.talks)
    if under_way or deal.status_of_order("submitted", "rejected", "approved") is not None:
        return _moved(deal, view, filled)
    gone = deal.record is not None and deal.record.status == "lost"
    if gone or (view.minute > row.close + GRACE and view.minute > deal.last_contact + GRACE):
        why = _("The close date has passed without a contract: say why it was lost.")
        reason = likely_reason(view, row.id)
        return Waiting(row.title, row.close, row.close + 4 * DAY, why, LoseOpportunity, {**filled, "reason": reason})
    return _to_follow_up(deal, view, filled) or _moved(deal, view, filled)


def _moved(deal: Deal, view: Any, filled: dict[str, Any]) -> Waiting | None:
    """The file shows a later stage than the one it stands in."""
    shown, row = evident_stage(deal, view.scenario), deal.opportunity
    if shown == row.stage:
        return None
    why = _("The talks show a later stage: {stage}.", stage=word(view.scenario, "stages", shown))
    return Waiting(row.title, row.entered, 0, why, MoveStage, {**filled, "stage": shown})


def _to_follow_up(deal: Deal, view: Any, filled: dict[str, Any]) -> Waiting | None:
    """The close date is near, or the deal is stuck: speak with the customer, or try what may save it."""
    row, part = deal.opportunity, view.scenario.pipeline
    if view.minute < deal.last_contact + part.quiet_days * DAY:
        return None
    close = row.close // DAY * DAY
    ready = {**filled, "channel": _channel(deal, view)}
    if close - DAY <= view.minute < close + DAY:
        why = _("It is decided on {day:day}: {hint}", day=row.close, hint=hint(row.stage))
        return Waiting(row.title, close - DAY, close + DAY - 1, why, FollowUp, ready, weight=18)
    if not is_stuck(deal, view):
        return None
    since = deal.last_contact
    for name, why in advice(deal):
        return Waiting(row.title, since, close, why, FollowAdvice, {**filled, "advice": name}, weight=8)
    why = _(
        "It has been in this stage for {length:span} of work: {hint}", length=dwell(deal, view), hint=hint(row.stage)
    )
    return Waiting(row.title, since, close, why, FollowUp, ready, weight=8)


def _channel(deal: Deal, view: Any) -> str:
    known = [each.id for each in view.scenario.channels if each.id != "booth"]
    live = [each.id for each in view.scenario.channels if each.live and each.id in known]
    last = deal.last.channel if deal.last is not None else ""
    return str(last if last in live else (live or known)[0])


def _candidates(view: Any) -> Iterator[Any]:
    """Own customers who told of a need, without an open opportunity."""
    if not stages(view.scenario):
        return
    closed: dict[str, int] = {}
    for each in view.all(Opportunity):
        closed[each.record] = max(closed.get(each.record, -1), each.settled if each.settled >= 0 else 10**12)
    me, told = view.seat.id, view.once(_needs_told)
    for record in view.all(Record):
        if record.owner == me and record.need and record.status in {"lead", "prospect", "won"}:
            since = closed.get(record.id, -1)
            fresh = record.assigned if record.status != "won" else -1
            if since < 10**12 and max(fresh, told.get(record.id, -1)) > since:
                if is_promising(record, view):
                    yield record


def _needs_told(view: Any) -> dict[str, int]:
    """For each file, when the latest talk began in which its customer told of a need."""
    told: dict[str, int] = {}
    for talk in view.all(Talk):
        if talk.record and talk.told("need"):
            told[talk.record] = max(told.get(talk.record, -1), talk.started)
    return told


def _candidate_waits(record: Any, view: Any) -> Waiting | None:
    if record.status == "won" and record.deadline < view.minute:
        return None
    product = view.get(Product, record.need)
    if product is None or product.withdrawn:
        return None
    quantity = record.quantity or 1
    filled = {"record": record.id, "product": record.need, "quantity": quantity, "amount": product.price * quantity,
              "stage": stage_to_open_in(view, record)}  # fmt: skip
    why = _("{customer} told of a need: keep it as an opportunity.", customer=record.title)
    since = max(record.assigned, record.recorded)
    return Waiting(record.title, since, since + DAY // 2, why, OpenOpportunity, filled)


def _level(value: str) -> Message:
    return _("{level:label}", level=value) if value else _("unknown")


def _competitors(row: Any, view: Any) -> Words:
    return joined(name_of(view, each) for each in row.opportunity.competitors)


def _ending(row: Any, view: Any) -> Words:
    """Why it was lost, or what made it succeed."""
    each, names = row.opportunity, dict(FACTORS)
    if each.lost:
        return word(view.scenario, "lost_reasons", each.lost)
    return joined(_("{factor:label}", factor=names[factor]) for factor in each.factors)


OPPORTUNITIES = Table(
    "opportunities", N_("Opportunities"), MENU, (SALES, DIRECTOR),
    rows=_rows,
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Name"), lambda row, view: row.title),
        Column(N_("Owner"), lambda row, view: row.opportunity.owner, "name"),
        Column(N_("Amount"), lambda row, view: row.opportunity.amount, "money"),
        Column(N_("Close date"), lambda row, view: row.opportunity.close, "day"),
        Column(N_("Stage"), lambda row, view: word(view.scenario, "stages", row.opportunity.stage)),
        Column(N_("In this stage"), lambda row, view: dwell(row, view), "span"),
        Column(N_("Chance of winning"), lambda row, view: chance(row, view), "percent"),
        Column(N_("Risk"), lambda row, view: _level(risk(chance(row, view), view.scenario))),
        Column(N_("Budget match"), lambda row, view: _level(row.opportunity.match)),
        Column(N_("Urgency"), lambda row, view: _level(row.opportunity.urgency)),
        Column(N_("Next step"), next_step),
        Column(N_("Why this chance"), explained),
        Column(N_("Customer"), lambda row, view: row.opportunity.record, "name"),
        Column(N_("Product"), lambda row, view: row.opportunity.product, "name"),
        Column(N_("Competitors"), _competitors),
        Column(N_("Who decides"), lambda row, view: word(view.scenario, "decisions", row.opportunity.chain)),
        Column(N_("How it ended"), _ending),
    ),
    actions=(
        (FollowUp, "opportunity"), (MoveStage, "opportunity"), (FollowAdvice, "opportunity"),
        (ReviseOpportunity, "opportunity"), (WinOpportunity, "opportunity"), (LoseOpportunity, "opportunity"),
    ),
    waits=_opportunity_waits,
    pressing=lambda view: deals(view, view.seat.id, open_only=True),
    empty=N_("No opportunities yet: open one for a customer who told of a need."),
    tool=TOOL,
)  # fmt: skip
CANDIDATES = Table(
    "opportunity-candidates", N_("Possible opportunities"), N_("Sales management/Possible opportunities"), (SALES,),
    rows=_candidates,
    columns=(
        Column(N_("Number"), number_of),
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Quantity"), lambda row, view: row.quantity),
        Column(N_("Budget"), lambda row, view: row.budget or None, "money"),
        Column(N_("Deadline"), lambda row, view: row.deadline or None, "day"),
    ),
    actions=((OpenOpportunity, "record"),),
    waits=_candidate_waits,
    empty=N_("Every customer with a need has its opportunity."),
    tool=TOOL,
)  # fmt: skip
FUNNEL = Table(
    "funnel", N_("Sales funnel"), N_("Sales management/Sales funnel"), (SALES, DIRECTOR),
    rows=lambda view: funnel(view, "" if DIRECTOR in view.seat.roles else view.seat.id),
    columns=(
        Column(N_("Stage"), lambda row, view: row.label),
        Column(N_("Count"), lambda row, view: row.count),
        Column(N_("Amount"), lambda row, view: row.amount, "money"),
        Column(N_("Ever reached"), lambda row, view: row.reached),
        Column(N_("Went further"), lambda row, view: row.conversion, "percent"),
    ),
    tool=TOOL,
)  # fmt: skip
ADVICE_EFFECTS = Table(
    "advice-effects", N_("What advice did"), N_("Sales management/What advice did"), (SALES, DIRECTOR),
    rows=lambda view: list(advice_effects(view)),
    columns=(
        Column(N_("Advice"), lambda row, view: _("{advice:label}", advice=dict(ADVICE)[row.id])),
        Column(N_("Times"), lambda row, view: row.times),
        Column(N_("Chance before"), lambda row, view: row.before, "percent"),
        Column(N_("Settled"), lambda row, view: row.settled),
        Column(N_("Won"), lambda row, view: row.won, "percent"),
    ),
    tool=TOOL,
)  # fmt: skip
