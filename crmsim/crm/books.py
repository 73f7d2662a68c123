"""The company's books: what actions enter when goods and money move. Amounts are fen.

Shipping: stock -> cost of goods. Bill: receivables and sales. Payment: cash against receivables, and the customer's
own account against what customers spent. All of it balances by construction.
"""

from __future__ import annotations

from crmsim.crm.company import Company
from crmsim.crm.facts import CashRanOut, InvoiceIssued, PaymentMade
from crmsim.crm.order import Invoice, Order
from crmsim.crm.product import Product
from crmsim.engine.words import DAY, Message, _
from crmsim.engine.world import NOT_YET

OWED = ("open", "late")


def standing(bill: Invoice) -> Message:
    """How an invoice stands, in the words of money."""
    return _("{status:label}", status="unpaid" if bill.status == "open" else bill.status)


def spend(world: Company, memo: str, amount: int, account: str) -> None:
    """Pay from cash for something; cash may run out, which is an event and not a crash."""
    if amount > 0:
        world.ledger.move(world.minute, memo, amount, "cash", account)
        mind_cash(world)


def mind_cash(world: Company) -> None:
    """Say once that the company cannot pay."""
    balance = world.ledger.balance("cash")
    if balance < 0 and world.settings.cash_ran_out < 0:
        world.settings.cash_ran_out = world.minute
        world.record(CashRanOut(balance=balance))


def take_from_stock(world: Company, memo: str, lines: tuple[tuple[str, int], ...]) -> None:
    """Goods leave the house at what they cost."""
    for id, number in lines:
        product = world.get(Product, id)
        product.stock -= number
        world.ledger.move(world.minute, memo, product.cost * number, "stock", "cost_of_goods")


def put_into_stock(world: Company, memo: str, lines: tuple[tuple[str, int], ...], account: str) -> None:
    """Sound goods come back into the house, in favour of an account (cost_of_goods)."""
    for id, number in lines:
        product = world.get(Product, id)
        product.stock += number
        world.ledger.move(world.minute, memo, product.cost * number, account, "stock")


def bill(world: Company, order: Order, amount: int, days: int, kind: str = "goods") -> Invoice:
    """Send an invoice, due at the end of the day `days` days from now."""
    due = (world.minute // DAY + days + 1) * DAY - 1
    invoice = world.add(
        Invoice(
            world.new_id(Invoice), order=order.id, customer=order.customer, owner=order.owner, amount=amount,
            issued=world.minute, due=due, kind=kind,
        )
    )  # fmt: skip
    world.ledger.move(world.minute, f"invoice {invoice.id}", amount, "sales", "receivables")
    world.record(
        InvoiceIssued(
            invoice=invoice.id, order=order.id, owner=order.owner, customer=order.customer, amount=amount, due=due
        )
    )  # fmt: skip
    return invoice


def collect(world: Company, invoice: Invoice, amount: int) -> None:
    """A customer's payment on an invoice, whole or in part."""
    purse = f"customer:{invoice.customer}"
    world.ledger.post(
        world.minute,
        f"payment {invoice.id}",
        (("cash", amount), ("receivables", -amount), (purse, -amount), ("spent", amount)),
    )
    invoice.paid += amount
    if invoice.open_amount == 0:
        invoice.status, invoice.settled = "paid", world.minute
    world.record(
        PaymentMade(
            invoice=invoice.id, owner=invoice.owner, customer=invoice.customer, amount=amount,
            whole=invoice.open_amount == 0, late=world.minute > invoice.due,
        )
    )  # fmt: skip


def result(order: Order, account: str) -> str:
    """Where what follows an order is booked: what was sold before day one was no income of this game, and its return is
    no loss of it; it goes against capital."""
    sold_before = order.received != NOT_YET and order.received < 0
    return "capital" if sold_before else account


def pay_back(world: Company, memo: str, customer: str, amount: int, account: str) -> None:
    """Money goes back to a customer, at the cost of an account (refunds, sales, service_cost)."""
    if amount > 0:
        moves = (("cash", -amount), (account, amount), (f"customer:{customer}", amount), ("spent", -amount))
        world.ledger.post(world.minute, memo, moves)
        mind_cash(world)


def credit(world: Company, order: Order, amount: int, account: str) -> int:
    """Take up to `amount` off what is still owed for an order, at the cost of an account; returns how much it took."""
    taken = 0
    for invoice in bills_of(world, order.id):
        part = min(amount - taken, invoice.open_amount)
        if part > 0 and invoice.status in OWED:
            world.ledger.move(world.minute, f"credit {invoice.id}", part, "receivables", account)
            invoice.credited += part
            taken += part
            if invoice.open_amount == 0:
                invoice.status = "paid" if invoice.paid else "credited"
                invoice.settled = world.minute
    return taken


def bills_of(world: Company, order: str) -> list[Invoice]:
    """The invoices of an order."""
    return [each for each in world.all(Invoice) if each.order == order]
