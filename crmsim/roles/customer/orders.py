"""What customers do with contracts, parcels and invoices (CUS-3)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm import books
from crmsim.crm.company import Company, CompanyView
from crmsim.crm.facts import ContractAccepted, ContractDeclined, GoodsRefused
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.engine.action import Refusal, Turn
from crmsim.engine.fields import Choice, Filled, Money, Pick
from crmsim.engine.words import DAY, N_, _
from crmsim.roles.company import MarkDeliveryLate, call_off, charge, receive
from crmsim.roles.customer.own import PaperAction, mine, words_of

Contract = Annotated[
    str,
    Pick(N_("Contract"), entity=Order, where=mine("approved"), nothing=_("No contract waits for your answer.")),
]
Parcel = Annotated[
    str,
    Pick(N_("Parcel"), entity=Shipment, where=mine("delivered"), nothing=_("No parcel is at the door.")),
]
DECLINES = words_of("decline_reasons", "price", "quantity", "date", "terms", "late", "rival", "changed_mind", "other")
CANCELS = words_of("decline_reasons", "late", "rival", "changed_mind", "other")


class AcceptContract(PaperAction, frozen=True, kw_only=True):
    """Sign the contract that the company sent."""

    label = N_("Sign a contract")
    menu = N_("Contracts/View contracts")
    confirm = True
    teach = N_("Read the quantity, the price and the promised day before you sign.")
    order: Contract

    def apply(self, world: Company, turn: Turn) -> None:
        """The order stands; a deposit is billed, and the promise has its day."""
        order = world.get(Order, self.order)
        order.status, order.answered = "accepted", turn.minute
        world.record(ContractAccepted(order=order.id, owner=order.owner, customer=order.customer))
        share = {each.id: each.deposit for each in world.scenario.terms}.get(order.terms, 0)
        order.deposit = order.total * share // 1_000_000
        if order.deposit:
            charge(world, order, order.deposit, world.scenario.fulfilment.deposit_days, "deposit")
        promised = max(order.delivery, turn.minute // DAY * DAY)
        world.due(promised + DAY, MarkDeliveryLate(order=order.id))


class DeclineContract(PaperAction, frozen=True, kw_only=True):
    """Do not sign the contract, and say why."""

    label = N_("Decline a contract")
    menu = N_("Contracts/View contracts")
    order: Contract
    reason: Annotated[str, Choice(N_("Reason"), words=DECLINES)]

    def apply(self, world: Company, turn: Turn) -> None:
        """The order is over; its owner and the director hear the reason."""
        order = world.get(Order, self.order)
        order.status, order.answered, order.reason = "declined", turn.minute, self.reason
        world.record(
            ContractDeclined(order=order.id, owner=order.owner, customer=order.customer, reason=self.reason)
        )  # fmt: skip


class CancelOrder(PaperAction, frozen=True, kw_only=True):
    """Cancel an order of yours before anything of it was shipped."""

    label = N_("Cancel my order")
    menu = N_("Contracts/View contracts")
    confirm = True
    order: Annotated[
        str,
        Pick(
            N_("Order"),
            entity=Order,
            where=lambda row, view, filled: mine("approved", "accepted")(row, view, filled) and not row.shipped,
            nothing=_("There is no order that could still be cancelled."),
        ),
    ]
    reason: Annotated[str, Choice(N_("Reason"), words=CANCELS)]

    def apply(self, world: Company, turn: Turn) -> None:
        """Nothing will be sent; a paid deposit goes back."""
        call_off(world, world.get(Order, self.order), self.reason)


class SignForGoods(PaperAction, frozen=True, kw_only=True):
    """Sign for goods at the door: they are yours, and will be billed."""

    label = N_("Sign for goods")
    menu = N_("Contracts/Receipt")
    teach = N_("Look at the parcel first: damaged goods may be refused.")
    shipment: Parcel

    def apply(self, world: Company, turn: Turn) -> None:
        """The goods are the customer's; the invoice follows."""
        receive(world, world.get(Shipment, self.shipment))


class RefuseGoods(PaperAction, frozen=True, kw_only=True):
    """Refuse damaged goods at the door; the company must send sound ones."""

    label = N_("Refuse damaged goods")
    menu = N_("Contracts/Receipt")
    shipment: Parcel

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Sound goods are signed for; there is the return for second thoughts."""
        shipment = view.get(Shipment, self.shipment)
        if shipment is not None and shipment.condition != "damaged":
            return _("These goods are sound. Sign for them; you may ask for a return afterwards.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The goods are lost to the company and must be sent again."""
        shipment = world.get(Shipment, self.shipment)
        shipment.status = "refused"
        order = world.get(Order, shipment.order)
        back = dict(shipment.lines)
        left = tuple((product, number - back.get(product, 0)) for product, number in order.shipped)
        order.shipped = tuple((product, number) for product, number in left if number > 0)
        order.status = "shipped" if order.shipped else "accepted"
        world.record(
            GoodsRefused(order=order.id, shipment=shipment.id, owner=order.owner, customer=order.customer)
        )  # fmt: skip


def _still_owed(view: Any, filled: Filled) -> int:
    invoice = view.get(Invoice, filled.get("invoice", ""))
    return 0 if invoice is None else invoice.open_amount


class Pay(PaperAction, frozen=True, kw_only=True):
    """Pay an invoice, whole or in part."""

    label = N_("Pay")
    menu = N_("Contracts/Payment")
    confirm = True
    invoice: Annotated[
        str, Pick(N_("Invoice"), entity=Invoice, where=mine("open", "late"), nothing=_("You owe nothing."))
    ]
    amount: Annotated[int, Money(N_("Amount"), low=1, start=_still_owed)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Never more than is owed."""
        owed = _still_owed(view, {"invoice": self.invoice})
        if self.amount > owed:
            return _("Only {owed:money} is still owed.", owed=owed)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Cash against the debt."""
        books.collect(world, world.get(Invoice, self.invoice), self.amount)
