"""Contracts: drafted for an order before its review, checked against it, and followed to the payment (OPP-4)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, SALES, SERVICE, Company
from crmsim.crm.facts import ContractDrafted
from crmsim.crm.funnel import STEPS, compliance, contract_of, progress
from crmsim.crm.naming import together, whose
from crmsim.crm.opportunity import Contract
from crmsim.crm.order import Order
from crmsim.crm.pipeline import TOOL
from crmsim.engine.action import Action, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Date, Filled, Money, Option, Pick, Several
from crmsim.engine.words import DAY, N_, Words, _

MENU = N_("Sales management/Contracts")
UNSIGNED = ("submitted", "rejected", "approved")


def _order(view: Any, filled: Filled) -> Any:
    return view.get(Order, filled.get("order", ""))


def _end(view: Any, filled: Filled) -> int:
    order = _order(view, filled)
    start = view.minute if order is None else max(view.minute, order.delivery)
    return int(start + view.scenario.pipeline.term_days * DAY)


def _amount(view: Any, filled: Filled) -> int:
    order = _order(view, filled)
    return 0 if order is None else int(order.total)


def _clauses(view: Any, filled: Filled) -> list[Option]:
    return [Option(each.id, each.name) for each in view.scenario.pipeline.clauses]


class DraftContract(Action, frozen=True, kw_only=True):
    """Draft the contract of an order before the customer signs: its term, amount and clauses. The check shows what
    it lacks; drafting again replaces it."""

    roles = (SALES,)
    minutes = 15
    label = N_("Draft the contract")
    menu = MENU
    tool = TOOL
    teach = N_("A contract without gaps is trusted more, and paid in time by more.")
    order: Annotated[
        str,
        Pick(
            N_("Order"),
            entity=Order,
            where=lambda row, view, filled: row.owner == view.seat.id and row.status in UNSIGNED,
            nothing=_("No order of yours waits for its contract."),
        ),
    ]
    start: Annotated[int, Date(N_("Begins"))]
    end: Annotated[int, Date(N_("Ends"), start=_end, far=800)]
    amount: Annotated[int, Money(N_("Amount"), low=1, start=_amount)]
    clauses: Annotated[tuple[str, ...], Several(N_("Clauses"), words=_clauses)]

    def apply(self, world: Company, turn: Turn) -> None:
        """The paper lies with the order; what it lacks is shown to whoever reviews."""
        order, old = world.get(Order, self.order), contract_of(world, self.order)
        paper = old or world.add(
            Contract(world.new_id(Contract), order=order.id, customer=order.customer, owner=order.owner, drafts=0)
        )
        paper.start, paper.end, paper.amount, paper.clauses = self.start, self.end, self.amount, self.clauses
        paper.drafted, paper.drafts = turn.minute, paper.drafts + 1
        gaps = len(compliance(paper, world))
        world.record(
            ContractDrafted(contract=paper.id, order=order.id, owner=order.owner, customer=order.customer, gaps=gaps)
        )


def _progress(row: Any, view: Any) -> Words:
    done = progress(row, view)
    return _("{step:label} ({done} of {all})", step=STEPS[done], done=str(done + 1), all=str(len(STEPS)))


def _clause_names(row: Any, view: Any) -> Words:
    names = {each.id: each.name for each in view.scenario.pipeline.clauses}
    words: Words = ""
    for each in row.clauses:
        words = _("{some}, {more}", some=words, more=names.get(each, each)) if words else names.get(each, each)
    return words


def _gaps(row: Any, view: Any) -> Words:
    gaps = compliance(row, view)
    return together(gaps) or _("in order")


def _waits(row: Any, view: Any) -> Waiting | None:
    """A gap is mended before the director sees it."""
    order = view.get(Order, row.order)
    if order is None or row.owner != view.seat.id or order.status not in {"submitted", "rejected"}:
        return None
    gaps = compliance(row, view)
    if not gaps:
        return None
    due = order.submitted + view.scenario.office.review_minutes
    every = tuple(each.id for each in view.scenario.pipeline.clauses)
    filled = {"order": order.id, "amount": order.total, "clauses": every, "end": _end(view, {"order": order.id})}
    why = _("{gaps}", gaps=together(gaps))
    return Waiting(whose(view, row), row.drafted, due, why, DraftContract, filled, weight=12)


CONTRACTS = Table(
    "contracts", N_("Contracts"), MENU, (SALES, DIRECTOR, SERVICE),
    rows=lambda view: view.all(Contract),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Order"), lambda row, view: row.order),
        Column(N_("Owner"), lambda row, view: row.owner, "name"),
        Column(N_("Amount"), lambda row, view: row.amount, "money"),
        Column(N_("Begins"), lambda row, view: row.start, "day"),
        Column(N_("Ends"), lambda row, view: row.end, "day"),
        Column(N_("Clauses"), _clause_names),
        Column(N_("Compliance"), _gaps),
        Column(N_("Progress"), _progress),
    ),
    actions=((DraftContract, ""),),
    waits=_waits,
    empty=N_("No contract was drafted yet: draft one for a submitted order."),
    tool=TOOL,
)  # fmt: skip
