"""Facts: Orders, goods and money."""

from __future__ import annotations

from crmsim.engine.facts import Fact


class OrderSubmitted(Fact):
    tells = ("director",)
    summary = "{owner} submitted order {order} ({amount:money})."
    order: str
    owner: str
    customer: str
    amount: int


class OrderApproved(Fact):
    tells = ("@owner", "@customer")
    summary = "Order {order} was approved."
    order: str
    owner: str
    customer: str


class OrderRejected(Fact):
    tells = ("@owner",)
    summary = "Order {order} was sent back: {reason}"
    order: str
    owner: str
    reason: str


class ContractAccepted(Fact):
    tells = ("@owner",)
    summary = "{customer} signed order {order}."
    order: str
    owner: str
    customer: str


class ContractDeclined(Fact):
    tells = ("@owner", "director")
    summary = "{customer} declined order {order}: {reason:label}."
    order: str
    owner: str
    customer: str
    reason: str


class OrderCancelled(Fact):
    tells = ("@owner", "director")
    summary = "Order {order} was cancelled: {reason:label}."
    order: str
    owner: str
    customer: str
    reason: str


class DepositRefunded(Fact):
    """A deposit goes back because the order was cancelled."""

    tells = ("@customer",)
    summary = "{amount:money} of deposit for {order} was paid back."
    order: str
    customer: str
    amount: int


class GoodsShipped(Fact):
    tells = ("@customer",)
    summary = "Goods of order {order} left the house."
    order: str
    shipment: str
    customer: str
    whole: bool


class DeliveryLate(Fact):
    """The promised day has passed and not all goods are there."""

    tells = ("@owner",)
    summary = "Order {order} is late."
    order: str
    owner: str
    customer: str


class GoodsDelivered(Fact):
    """The carrier stands at the customer's door."""

    tells = ("@customer",)
    summary = "Goods of order {order} arrived at the customer's."
    order: str
    shipment: str
    customer: str


class GoodsReceived(Fact):
    tells = ("@owner",)
    summary = "{customer} signed for the goods of {order}."
    order: str
    shipment: str
    owner: str
    customer: str


class GoodsRefused(Fact):
    tells = ("@owner", "service")
    summary = "{customer} refused damaged goods of {order}."
    order: str
    shipment: str
    owner: str
    customer: str


class InvoiceIssued(Fact):
    tells = ("@owner", "@customer")
    summary = "Invoice {invoice} over {amount:money}, due {due:day}."
    invoice: str
    order: str
    owner: str
    customer: str
    amount: int
    due: int


class PaymentMade(Fact):
    tells = ("@owner",)
    summary = "{customer} paid {amount:money} on {invoice}."
    invoice: str
    owner: str
    customer: str
    amount: int
    whole: bool
    late: bool


class PaymentLate(Fact):
    tells = ("@owner", "@customer")
    summary = "Invoice {invoice} is overdue ({amount:money})."
    invoice: str
    owner: str
    customer: str
    amount: int


class PaymentReminded(Fact):
    tells = ("@customer",)
    summary = "{seat} reminded {customer} of invoice {invoice}."
    invoice: str
    seat: str
    customer: str
    times: int


class DebtWrittenOff(Fact):
    tells = ("@owner", "director")
    summary = "Invoice {invoice} will never be paid: {amount:money} owed, {carried:money} paid by the insurer."
    invoice: str
    owner: str
    customer: str
    amount: int
    carried: int
