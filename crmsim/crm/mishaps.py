"""What goes wrong in a company's life, declared once: the fact that says so, its cost, how it is felt, what follows.

Who learns of a mishap is what its fact tells. tests/flows/test_mishaps.py plays every row.
"""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm import facts
from crmsim.engine.facts import Fact
from crmsim.engine.words import N_


@dataclass(frozen=True)
class Mishap:
    """One row. `costs` are the accounts that it moves; `felt` and `trust` say whether the customer loses by it."""

    id: str
    fact: type[Fact]
    follows: str  # English source
    costs: tuple[str, ...] = ()
    felt: bool = False
    trust: bool = False


RETURN_OVER = N_("The return is over; the customer reads the reason and may complain.")
MISHAPS = (
    Mishap("rejected_order", facts.OrderRejected, N_("It lies with its owner again, to be mended and sent once more.")),
    Mishap(
        "contract_declined", facts.ContractDeclined, felt=True, trust=True,
        follows=N_("The customer goes on weighing; a better contract may come, or it looks elsewhere."),
    ),
    Mishap("contract_unanswered", facts.OrderCancelled, N_("The contract lapses, and its goods are free for others.")),
    Mishap(
        "order_cancelled", facts.OrderCancelled,
        N_("Nothing may be shipped any more; a paid deposit goes back."), costs=("sales",),
    ),
    Mishap(
        "shortage", facts.MarketShifted, N_("What is not in stock cannot be shipped until it has been ordered."),
        costs=("stock",),
    ),
    Mishap(
        "late_delivery", facts.DeliveryLate, felt=True, trust=True,
        follows=N_("The customer may complain or cancel, and its next need comes later."),
    ),
    Mishap(
        "damaged_goods", facts.GoodsRefused, N_("The goods are lost and must be sent once more."), felt=True,
        trust=True,
    ),
    Mishap("goods_unsigned", facts.GoodsReceived, N_("After some days they count as received and are billed.")),
    Mishap(
        "nobody_answered", facts.TalkMissed, felt=True, trust=True,
        follows=N_("The customer tries once more or goes elsewhere."),
    ),
    Mishap(
        "invitation_declined", facts.TalkDeclined, felt=True, trust=True,
        follows=N_("The customer is annoyed a little, and hears less well the next time."),
    ),
    Mishap("invitation_lapsed", facts.TalkMissed, N_("The talk is over before it began; one may invite again.")),
    Mishap("late_payment", facts.PaymentLate, N_("The owner may remind; the money comes later, or never.")),
    Mishap(
        "never_paid", facts.DebtWrittenOff, costs=("bad_debt",),
        follows=N_("The debt is a loss, but for an insurer's share where nothing spoke against the order."),
    ),
    Mishap(
        "wrong_remedy", facts.ServiceReopened, felt=True, trust=True,
        follows=N_("The request is open again, and its clock runs anew."),
    ),
    Mishap(
        "return_refused_first", facts.ReturnRefused, felt=True, trust=True,
        follows=RETURN_OVER,
    ),
    Mishap(
        "return_refused_final", facts.ReturnRefused, felt=True, trust=True,
        follows=RETURN_OVER,
    ),
    Mishap(
        "request_overdue", facts.RequestOverdue, felt=True, trust=True,
        follows=N_("The customer waits on, angrier; agent and director see it marked."),
    ),
    Mishap("task_overdue", facts.TaskOverdue, N_("The task is the director's matter as well, until it is done.")),
    Mishap(
        "step_missed", facts.NextStepAgreed, felt=True, trust=True,
        follows=N_("The day passes without a call; the customer remembers the broken word."),
    ),
    Mishap(
        "neglected", facts.CustomerNeglected, felt=True, trust=True,
        follows=N_("Who buys for much and never hears from the company comes again later, or not at all."),
    ),
    Mishap("plan_lapsed", facts.PlanLapsed, N_("Nobody checked in: the plan is over and nothing was spent.")),
    Mishap(
        "out_of_cash", facts.CashRanOut, N_("Play goes on in debt; what must be paid in advance is refused."),
        costs=("wages",),
    ),
)  # fmt: skip
