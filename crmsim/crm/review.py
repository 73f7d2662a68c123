"""What speaks against an order or a return, by policy and by what is on file. Pure."""

from __future__ import annotations

from typing import Any

from crmsim.crm.funnel import compliance, contract_of
from crmsim.crm.order import Invoice, Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY, Message, _
from crmsim.engine.world import NOT_YET

PPM = 1_000_000
COMMITTED = frozenset({"approved", "accepted", "shipped"})  # orders whose goods are still promised
OUTSIDE_OUR_FAULT = frozenset({"regret", "misfit"})


def objections(order: Any, source: Any) -> list[Message]:
    """Why an order should not be approved as it stands, from a view or the world; empty when it is sound."""
    found = [limit_broken(order, source), credit_broken(order, source), below_cost(order, source)]
    found += [_late_payer(order, source), _not_as_agreed(order, source), *_cannot_be_delivered(order, source)]
    return [*(each for each in found if each is not None), *contract_gaps(order, source)]


def contract_gaps(order: Any, source: Any) -> list[Message]:
    """What the contract drafted for an order lacks (条款合规性); nothing where none was drafted."""
    contract = contract_of(source, order.id)
    return [] if contract is None else compliance(contract, source)


def limit_broken(order: Any, source: Any) -> Message | None:
    """A discount beyond the limit."""
    limit = source.settings.discount_limit
    if order.discount <= limit:
        return None
    return _("The discount of {got:percent} is over the limit of {limit:percent}.", got=order.discount, limit=limit)


def credit_broken(order: Any, source: Any) -> Message | None:
    """More credit than the limit allows, with what the customer owes already."""
    limit, owed = source.settings.credit_limit, exposure(order, source)
    if owed <= limit:
        return None
    return _(
        "{name} would owe {owed:money}, over the limit of {limit:money}.", name=_name(order), owed=owed, limit=limit
    )


def below_cost(order: Any, source: Any) -> Message | None:
    """A price below what the goods cost."""
    cost = sum(line.quantity * products(source)[line.product].cost for line in order.lines)
    if order.total >= cost:
        return None
    return _("It sells below cost: {total:money} for goods of {cost:money}.", total=order.total, cost=cost)


def exposure(order: Any, source: Any) -> int:
    """What the customer would owe with this order: its open invoices, and the part not paid at signing, fen."""
    open_amount = sum(each.open_amount for each in source.of(Invoice, order.customer))
    deposit = next((each.deposit for each in source.scenario.terms if each.id == order.terms), 0)
    return int(open_amount + order.total * (PPM - deposit) // PPM)


def products(source: Any) -> dict[str, Any]:
    """The products by id."""
    return {each.id: each for each in source.all(Product)}


def _late_payer(order: Any, source: Any) -> Message | None:
    late = sum(each.open_amount for each in source.of(Invoice, order.customer) if _late(each))
    return _("{name} is late with {late:money}.", name=_name(order), late=late) if late else None


def _late(invoice: Any) -> bool:
    return bool(invoice.status == "late")


def _not_as_agreed(order: Any, source: Any) -> Message | None:
    talk = next((each for each in source.all(Talk) if each.id == order.talk), None) if order.talk else None
    agreed = None if talk is None else talk.agreement
    if agreed is None:
        return None
    differs = order.differs(agreed)
    if differs in {"product", "quantity"}:
        return _("The customer agreed to {quantity} x {product}.", quantity=agreed.quantity, product=agreed.product)
    if differs == "price":
        return _("The customer agreed to {price:money} apiece.", price=agreed.unit_price)
    if differs == "delivery":
        return _("The customer was promised the goods on {day:day}.", day=agreed.delivery)
    return _("The customer agreed to other payment terms.") if differs else None


def _cannot_be_delivered(order: Any, source: Any) -> list[Message]:
    """Goods that will not be in the house by the promised day, even if ordered from the supplier now."""
    found, known = [], products(source)
    if order.delivery and order.delivery + DAY <= source.minute:
        found.append(_("The promised day, {day:day}, is over.", day=order.delivery))
    for line in order.lines:
        product = known[line.product]
        if product.withdrawn:
            found.append(_("{product} is no longer sold.", product=product.name))
        short = line.quantity - on_hand(product, order, source)
        restocked = source.calendar.working_days_after(source.minute, product.lead_days)
        if short > 0 and order.delivery and restocked >= order.delivery + DAY:
            found.append(
                _("{short} x {product} are short on {day:day}.", short=short, product=product.name, day=order.delivery)
            )
    return found


def on_hand(product: Any, order: Any, source: Any) -> int:
    """Pieces that can serve this order: in stock and arriving by its day, less what other orders were promised."""
    by = order.delivery + DAY if order.delivery else source.minute
    arriving = sum(pieces for minute, pieces in product.arriving if minute < by)
    promised = 0
    for each in source.all(Order):
        if each.id != order.id and each.status in COMMITTED:
            promised += dict(each.to_ship).get(product.id, 0)
    return int(product.stock + arriving - promised)


def _name(order: Any) -> str:
    return str(order.record or order.customer)


def return_objections(paper: Any, source: Any) -> list[Message]:
    """Why a return should be refused by policy: too late, or more than was bought."""
    found: list[Message] = []
    order = next((each for each in source.all(Order) if each.id == paper.order), None)
    if order is None:
        return [_("The order is not on file.")]
    window = source.settings.return_days
    if order.received == NOT_YET:
        found.append(_("The goods were never signed for."))
    elif paper.reason in OUTSIDE_OUR_FAULT and paper.opened > order.received + window * DAY:
        found.append(_("It came after the {days} days in which goods may be returned.", days=window))
    returned = dict(order.returned)
    for product, pieces in paper.lines:
        if pieces > order.quantity(product) - returned.get(product, 0):
            found.append(_("More {product} than were bought.", product=product))
    return found


def fit_of(owner: Any, record: Any, load: int) -> int:
    """How well a salesperson fits a customer, 0 to 1000: region, knowledge of the product, and room for one more."""
    points: int = 400 if owner.region and owner.region == record.region else 0
    points += 300 if record.need and record.need in owner.knows else 0
    room = max(0, int(owner.capacity) - load)
    return points + min(300, 300 * room // max(1, int(owner.capacity)))


def loads(source: Any) -> dict[str, int]:
    """How many customers each owner works on now: assigned, and neither won nor lost yet."""
    found: dict[str, int] = {}
    for each in source.all(Record):
        if each.owner and each.status in {"lead", "prospect"}:
            found[each.owner] = found.get(each.owner, 0) + 1
    return found


def load_of(owner: str, source: Any) -> int:
    """How many customers one owner works on now."""
    return int(source.once(loads).get(owner, 0))
