"""Reports of deals (steps, cycle, trend) and of customers' worth (contribution, repurchase, concentration)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.analysis.counting import median, people, periods, share
from crmsim.crm.analysis.customers import files
from crmsim.crm.order import SIGNED, Invoice, Order
from crmsim.crm.product import Product
from crmsim.crm.report import Figure, Report, Row
from crmsim.crm.talk import Talk
from crmsim.crm.target import signed_by
from crmsim.engine.words import N_, Words, _

SELLERS = ("director", "instructor", "sales")
MOST_SHOWN = 10  # customers listed by name
OFFERED = ("quote", "discount", "present")


def _funnel(view: Any) -> Iterator[Row]:
    """How many customers came so far in this game on the way from a first word to a paid bill."""
    spoke, told, offered = dict[str, None](), dict[str, None](), dict[str, None]()
    for talk in view.all(Talk):
        if talk.customer and talk.answered >= 0:
            spoke[talk.customer] = None
            if talk.told("need") is not None:
                told[talk.customer] = None
            if talk.agreement is not None or any(say.move in OFFERED and say.product for say in talk.says):
                offered[talk.customer] = None
    orders = {each.id: each.customer for each in view.all(Order) if each.status in SIGNED and each.answered >= 0}
    signed = dict.fromkeys(orders.values())
    paid = {each.customer: None for each in view.all(Invoice) if each.status == "paid" and each.order in orders}
    steps = (spoke, told, offered, signed, paid)
    for index, label in enumerate(STEPS):  # whoever came further has also come this far
        reached = {id for step in steps[index:] for id in step}
        yield Row(_(label), (len(reached),))


STEPS = (N_("spoken with"), N_("need known"), N_("offer made"), N_("contract signed"), N_("paid"))


def _cycle(view: Any) -> Iterator[Row]:
    took = {seat: [] for seat, _name in people(view, "sales")}  # type: dict[str, list[int]]
    for owner, days in cycles(view):
        took.setdefault(owner, []).append(days)
    for seat, name in people(view, "sales"):
        yield Row(name, (median(took[seat]),))


def cycles(view: Any) -> list[tuple[str, int]]:
    """For each customer whose first contact was in this game, who signed it first, and the minutes until then."""
    contact = {each.id: each.first_contact for each in files(view) if each.first_contact >= 0}
    first: dict[str, Order] = {}
    for each in view.all(Order):
        if each.status in SIGNED and each.answered >= 0 and each.record in contact:
            first[each.record] = min(first.get(each.record, each), each, key=lambda order: order.answered)
    return [(each.owner, max(0, each.answered - contact[record])) for record, each in first.items()]


def _signed_by_day(view: Any) -> Iterator[Row]:
    signed = [(each.answered, each.total) for each in view.all(Order) if each.status in SIGNED and each.answered >= 0]
    for label, start, end in periods(view):
        yield Row(label, (sum(total for minute, total in signed if start <= minute < end),))


def worth(view: Any) -> list[tuple[Words, int, int]]:
    """Customers with signed orders: name, sales and contribution (sales less cost of goods), the largest first."""
    costs = {each.id: each.cost for each in view.all(Product)}
    named = {each.id: each.title for each in files(view)}
    found: dict[str, list[Any]] = {}
    for order in view.all(Order):
        if order.status in SIGNED:
            sums = found.setdefault(order.customer or order.record, [named.get(order.record, order.record), 0, 0])
            sums[1] += order.total
            sums[2] += order.total - sum(line.quantity * costs.get(line.product, 0) for line in order.lines)
    return sorted(((name, sales, margin) for name, sales, margin in found.values()), key=lambda each: -each[1])


def _contribution(view: Any) -> Iterator[Row]:
    for name, sales, margin in worth(view)[:MOST_SHOWN]:
        yield Row(name, (sales, margin))


def _concentration(view: Any) -> Iterator[Row]:
    sales = [each[1] for each in worth(view)]
    total, so_far = sum(sales), 0
    for number, each in enumerate(sales[:MOST_SHOWN], 1):
        so_far += each
        yield Row(_("top {n}", n=number), (share(so_far, total),))


def repurchase(view: Any) -> int | None:
    """Of the customers that signed an order, the share that signed another; ppm."""
    times: dict[str, int] = {}
    for each in view.all(Order):
        if each.status in SIGNED:
            times[each.customer or each.record] = times.get(each.customer or each.record, 0) + 1
    return share(sum(number > 1 for number in times.values()), len(times))


def top_fifth(view: Any) -> int | None:
    """The share of sales that the largest fifth of the buyers brings; ppm."""
    sales = [each[1] for each in worth(view)]
    return share(sum(sales[: -(-len(sales) // 5)]), sum(sales))


def signed_share(view: Any) -> int | None:
    """Of the customers spoken with in this game, the share that signed; ppm."""
    steps = [row.values[0] or 0 for row in _funnel(view)]
    return share(steps[3], steps[0])


def overdue(view: Any) -> int:
    """What customers owe past its day, fen."""
    return sum(each.open_amount for each in view.all(Invoice) if each.open_amount > 0 and each.due < view.minute)


FIGURES = (
    Figure("sales", N_("Signed sales"), N_("The amounts of the orders that customers signed in this game."),
           lambda view: signed_by(view, ""), "money"),
    Figure("signed-share", N_("Signed of those spoken with"),
           N_("Customers who signed a contract in this game over those spoken with in it."), signed_share, "percent"),
    Figure("cycle", N_("Sales cycle"),
           N_("Median time from a new customer's first contact in this game to its first signed contract."),
           lambda view: median(days for _owner, days in cycles(view)), "span"),
)  # fmt: skip
VALUE = (
    Figure("repurchase", N_("Repurchase rate"),
           N_("Customers with two signed orders or more over all that signed one."),
           repurchase, "percent"),
    Figure("top-fifth", N_("Concentration"),
           N_("The share of signed sales that the largest fifth of the buyers brings."),
           top_fifth, "percent"),
    Figure("overdue", N_("Overdue"), N_("What customers owe on invoices past their day."), overdue, "money"),
)  # fmt: skip

REPORTS = (
    Report("report-funnel", N_("From first word to payment"),
           N_("How far customers came in this game, from first talk to paid invoice. A step counts all beyond it."),
           "funnel", N_("Stage"), (N_("Customers"),), _funnel, roles=SELLERS, figures=FIGURES),
    Report("report-cycle", N_("Sales cycle"),
           N_("By salesperson: the median time from a new customer's first contact to its first signed contract."),
           "hbar", N_("Salesperson"), (N_("Median"),), _cycle, "span", SELLERS),
    Report("report-sales", N_("Sales trend"), N_("The amounts of contracts by the day on which they were signed."),
           "line", N_("Day"), (N_("Signed"),), _signed_by_day, "money", SELLERS),
    Report("report-value", N_("Customer value"),
           N_("The ten customers with the largest signed sales: sales, and contribution (sales less cost of goods)."),
           "hbar", N_("Customer"), (N_("Sales"), N_("Contribution")), _contribution, "money", SELLERS, VALUE),
    Report("report-concentration", N_("Concentration of sales"),
           N_("The share of all signed sales that the largest buyers bring, added up from the largest on."),
           "line", N_("Buyers"), (N_("Share of sales"),), _concentration, "percent", SELLERS),
)  # fmt: skip
