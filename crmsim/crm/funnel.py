"""Opportunities added up: the sales funnel (OPP-5), what advice did, and what contracts lack (OPP-4). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.crm.opportunity import Contract, Opportunity
from crmsim.crm.order import Invoice, Order
from crmsim.crm.pipeline import ADVICE, PPM, WON, stages
from crmsim.engine.words import DAY, N_, Message, Words, _


@dataclass(frozen=True)
class AdviceEffect:
    """What one kind of advice did: how often tried, the mean chance before, and the share won of those settled, ppm."""

    id: str
    times: int
    before: int
    settled: int
    won: int


def advice_effects(source: Any) -> Iterator[AdviceEffect]:
    """The tracked effect of each kind of advice."""
    for name, _label in ADVICE:
        cases = [(each, one) for each in source.all(Opportunity) for one in each.tried if one.advice == name]
        over = [each for each, _one in cases if not each.is_open]
        won = sum(1 for each in over if each.stage == WON)
        before = sum(one.before for _each, one in cases) // len(cases) if cases else 0
        yield AdviceEffect(name, len(cases), before, len(over), won * PPM // len(over) if over else 0)


@dataclass(frozen=True)
class FunnelRow:
    """A stage: what is in it now, how many ever reached it, and how many of those went further, -1 where none can."""

    id: str
    label: Words
    count: int
    amount: int
    reached: int
    onward: int

    @property
    def conversion(self) -> int | None:
        """The share of those that reached it that went further, ppm; None where nothing comes after."""
        return None if self.onward < 0 else self.onward * PPM // self.reached if self.reached else 0


def funnel(source: Any, owner: str = "") -> list[FunnelRow]:
    """Count and amount per stage, and the conversion from each stage to the next (OPP-5)."""
    words = source.scenario.dictionaries.get("stages", ())
    order = [*stages(source.scenario), WON]
    every = [each for each in source.all(Opportunity) if not owner or each.owner == owner]
    depth = {each.id: _deepest(each, order) for each in every}
    rows = []
    for word in words:
        here = [each for each in every if each.stage == word.id]
        place = order.index(word.id) if word.id in order else -1
        reached = sum(1 for each in every if depth[each.id] >= place) if place >= 0 else len(here)
        onward = sum(1 for each in every if depth[each.id] > place) if 0 <= place < len(order) - 1 else -1
        rows.append(FunnelRow(word.id, word.name, len(here), sum(each.amount for each in here), reached, onward))
    return rows


def _deepest(each: Any, order: list[str]) -> int:
    been = [order.index(name) for name in (each.stage, *(step[0] for step in each.steps)) if name in order]
    return max(been, default=0)


# -- contracts

STEPS = (
    N_("drafted"), N_("approved"), N_("signed"), N_("shipped"), N_("received"), N_("paid"),
)  # fmt: skip


def progress(contract: Any, source: Any) -> int:
    """How far a contract is: the number of the last step of `STEPS` that is done, from 0."""
    order = source.get(Order, contract.order)
    if order is None or order.status in {"submitted", "rejected", "declined", "cancelled"}:
        return 0
    done = {"approved": 1, "accepted": 2, "shipped": 3, "received": 4}[order.status]
    bills = [each for each in source.all(Invoice) if each.order == contract.order and each.kind == "goods"]
    return 5 if done == 4 and bills and all(each.status == "paid" for each in bills) else done


def compliance(contract: Any, source: Any) -> list[Message]:
    """What a contract lacks (条款合规性), by its order and the scenario's clauses; empty when it is in order."""
    order, part, found = source.get(Order, contract.order), source.scenario.pipeline, []
    if contract.end <= contract.start:
        found.append(_("The contract ends before it begins."))
    if order is not None and contract.amount != order.total:
        found.append(
            _("The amount is {got:money}, the order says {want:money}.", got=contract.amount, want=order.total)
        )
    if order is not None and not contract.start <= order.delivery < contract.end + DAY:
        found.append(_("The delivery day {day:day} lies outside its term.", day=order.delivery))
    for clause in part.clauses:
        if clause.required and clause.id not in contract.clauses:
            found.append(_("The clause {clause} is missing.", clause=clause.name))
    return found


def contract_of(source: Any, order: str) -> Any:
    """The contract drafted for an order; None when there is none."""
    return next((each for each in source.all(Contract) if each.order == order), None)
