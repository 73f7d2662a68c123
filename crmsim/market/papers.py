"""The papers of the opening book: past orders, open debts, parcels under way, returns, requests, orders to review."""

from __future__ import annotations

from crmsim.crm.company import SERVICE, Company
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.order import Invoice, Order, Shipment
from crmsim.crm.record import Record
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.talk import Agreement, Talk
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY, _
from crmsim.market.needs import round_sum
from crmsim.roles.company import DeliverGoods, MarkAnswerLate, MarkDeliveryLate, MarkPaymentLate, WriteOffDebt


def workday(world: Company, day: int) -> int:
    """This day (0 is day one, earlier ones are negative), or the last working one before it."""
    for _each in range(7):
        if world.calendar.works_on(day + 1):
            break
        day -= 1
    return day


def office_hour(world: Company, customer: Customer, day: int, purpose: str) -> int:
    """A minute of a day's working hours."""
    opens, closes = world.calendar.hours[0][0], world.calendar.hours[-1][1]
    return day * DAY + world.luck.between(opens, closes - 30, customer.id, purpose, -day)


def usual_terms(world: Company, customer: Customer) -> tuple[str, int]:
    """The usual payment terms of a customer, and their days; never those with a deposit."""
    usual = [each for each in world.scenario.terms if each.id in world.settings.terms and not each.deposit]
    if not usual:
        return "", 5
    chosen = world.luck.pick(usual, customer.id, "usual terms")
    return chosen.id, chosen.days


def record_of(world: Company, customer: Customer) -> Record:
    """The record of one of the book's customers."""
    return world.of(Record, customer.id)[0]


def _delivered(world: Company, order: Order) -> Invoice:
    """The order went its way: approved, signed, shipped and received on the next working day, with an open invoice."""
    goods = tuple((line.product, line.quantity) for line in order.lines)
    order.reviewed, order.answered = order.submitted + 30, order.submitted + 120
    order.reviewer = next((each.id for each in world.staff("director")), "")
    order.status, order.shipped, order.arrived = "received", goods, goods
    day = order.submitted // DAY + 1
    while workday(world, day) != day:
        day += 1
    order.received = day * DAY + 600
    sent, there = order.submitted + 180, order.received - 20
    world.add(
        Shipment(
            world.new_id(Shipment), order=order.id, customer=order.customer, lines=goods, sent=sent, arrives=there,
            delivered=there, status="signed", condition="sound",
        )
    )  # fmt: skip
    customer = world.get(Customer, order.customer)
    customer.purchases += 1
    due = (order.received // DAY + usual_terms(world, customer)[1] + 1) * DAY - 1
    return world.add(
        Invoice(
            world.new_id(Invoice), order=order.id, customer=order.customer, owner=order.owner, amount=order.total,
            issued=order.received, due=due,
        )
    )  # fmt: skip


def _paid(world: Company, invoice: Invoice, minute: int) -> None:
    customer = world.get(Customer, invoice.customer)
    invoice.paid, invoice.status, invoice.settled = invoice.amount, "paid", min(minute, world.minute - 1)
    customer.spent += invoice.amount
    world.ledger.move(invoice.settled, f"payment {invoice.id}", invoice.amount, f"customer:{customer.id}", "spent")


# -- the papers


def _past(world: Company, customer: Customer, order: Order) -> None:
    """Long received and paid."""
    invoice = _delivered(world, order)
    _paid(world, invoice, invoice.issued + (invoice.due - invoice.issued) // 2)


def _owed(world: Company, customer: Customer, order: Order) -> None:
    """Received, not paid yet; paid in its time, or not."""
    invoice = _delivered(world, order)
    if invoice.due <= world.minute:
        invoice.due = world.minute // DAY * DAY + 2 * DAY - 1
    world.ledger.move(invoice.issued, f"invoice {invoice.id}", invoice.amount, "capital", "receivables")
    world.due(invoice.due + 1, MarkPaymentLate(invoice=invoice.id))
    _will_pay(world, customer, invoice)


def _late(world: Company, customer: Customer, order: Order) -> None:
    """Received, and overdue."""
    invoice = _delivered(world, order)
    invoice.due = min(invoice.due, workday(world, -1) * DAY - 1)
    invoice.status = "late"
    world.ledger.move(invoice.issued, f"invoice {invoice.id}", invoice.amount, "capital", "receivables")
    days = world.scenario.fulfilment.write_off_days
    world.due(max(world.minute + DAY, invoice.due + 1 + days * DAY), WriteOffDebt(invoice=invoice.id))
    _will_pay(world, customer, invoice)


def _will_pay(world: Company, customer: Customer, invoice: Invoice) -> None:
    """When it means to pay: in time, late, or never, by the discipline of its kind."""
    kind, luck = world.scenario.find("segments", customer.segment), world.luck
    number = len(world.of(Invoice, customer.id))
    draw = luck.below(PPM, customer.id, "discipline", number)
    if draw < kind.never:
        return
    start, median = max(invoice.due, world.minute), world.scenario.market.buying.late_days
    days = max(1, luck.lognormal(median, 700_000, customer.id, "overdue", number))
    minute = world.calendar.next_open(start + days * DAY)
    if invoice.status != "late" and draw >= kind.never + kind.late:
        minute = world.minute + 1 + luck.below(max(1, invoice.due - world.minute - 1), customer.id, "in time", number)
    add_plan(customer, Plan(minute, "pay", invoice.id, number))


def _review(world: Company, customer: Customer, order: Order) -> None:
    """Submitted yesterday from an agreed talk, not reviewed; every third gives more than the director allows."""
    customer.stage, (line,) = "ordered", order.lines
    number = sum(1 for each in world.all(Order) if each.status == "submitted")
    if number % 3 == 2:
        order.discount = world.settings.discount_limit + 30_000
    order.delivery = _coming_day(world, 3)
    _wants(world, customer, order)
    deal = Agreement(
        line.product, line.quantity, order.unit_price(line.product), order.delivery, order.terms, order.submitted - 20
    )
    talk = Talk(
        world.new_id(Talk), channel=record_of(world, customer).channel, customer=customer.id, who=customer.name,
        record=order.record, seat=order.owner, source=customer.source, started=order.submitted - 90,
        answered=order.submitted - 80, status="closed", ending="agreed", agreement=deal, turn="customer",
    )  # fmt: skip
    order.talk = world.add(talk).id


def _parcel(world: Company, customer: Customer, order: Order) -> None:
    """Signed and shipped; the carrier comes on the first days."""
    goods = tuple((line.product, line.quantity) for line in order.lines)
    order.reviewed, order.answered = order.submitted + 30, order.submitted + 200
    order.reviewer = next((each.id for each in world.staff("director")), "")
    order.status, order.shipped = "shipped", goods
    order.delivery = world.minute // DAY * DAY
    number = sum(1 for each in world.all(Shipment) if each.status == "under_way")
    arrives = world.calendar.after(world.minute, 60 + 45 * number)
    sent = workday(world, -1) * DAY + 960
    parcel = Shipment(
        world.new_id(Shipment), order=order.id, customer=customer.id, lines=goods, sent=sent, arrives=arrives
    )
    world.add(parcel)
    cost = sum(world.scenario.find("products", product).cost * count for product, count in goods)
    world.ledger.move(sent, f"shipment {parcel.id}", cost, "capital", "cost_of_goods")
    world.due(arrives, DeliverGoods(shipment=parcel.id))
    world.due(order.delivery + DAY, MarkDeliveryLate(order=order.id))
    customer.stage = "awaiting_goods"
    _wants(world, customer, order)


def _return(world: Company, customer: Customer, order: Order) -> None:
    """Paid, but wanted back: asked for yesterday, nobody has looked at it."""
    invoice = _delivered(world, order)
    _paid(world, invoice, invoice.issued + 60)
    number = sum(1 for _each in world.all(Return))
    truth = world.luck.pick(("misfit", "fault", "regret"), customer.id, "book truth", number)
    world.add(
        Return(
            world.new_id(Return), customer=customer.id, order=order.id, lines=((order.lines[0].product, 1),),
            reason=truth, truth=truth, agent=_agent(world, number), sound=truth != "fault",
            opened=office_hour(world, customer, workday(world, -1), "asked back"),
        )
    )  # fmt: skip


def _request(world: Company, customer: Customer, order: Order) -> None:
    """Something fails: asked for help late yesterday."""
    invoice = _delivered(world, order)
    _paid(world, invoice, (invoice.issued + invoice.due) // 2)
    luck, number = world.luck, sum(1 for _each in world.all(ServiceRequest))
    product = order.lines[0].product
    faults = world.scenario.find("products", product).faults
    weights = [each.weight for each in faults]
    fault = faults[luck.weighted(weights, customer.id, "book fault", number)] if faults else None
    opened = workday(world, -1) * DAY + 960 + luck.below(100, customer.id, "asked help", number)
    request = ServiceRequest(
        world.new_id(ServiceRequest), customer=customer.id, order=order.id, product=product,
        symptom=fault.symptom if fault else "", cause=fault.cause if fault else "", agent=_agent(world, number),
        opened=opened, severity=luck.between(250_000, 800_000, customer.id, "book severity", number),
        log=((opened, customer.id, _("asked for help")),),
    )  # fmt: skip
    world.add(request)
    limit = world.calendar.after(world.minute, max(1, world.settings.first_answer_minutes // 2))
    world.due(limit + 1, MarkAnswerLate(request=request.id))
    patience = world.scenario.market.using.patience_minutes
    add_plan(customer, Plan(world.calendar.after(world.minute, patience), "wait_for_help", request.id))


def _agent(world: Company, number: int) -> str:
    agents = [each.id for each in world.staff(SERVICE)]
    return agents[number % len(agents)] if agents else ""


def _coming_day(world: Company, days: int) -> int:
    return world.calendar.working_days_after(world.minute, days) // DAY * DAY


def _wants(world: Company, customer: Customer, order: Order) -> None:
    """The need behind an order that is still being served."""
    line = order.lines[0]
    customer.wants, customer.quantity, customer.needed_since = line.product, line.quantity, order.submitted - 5 * DAY
    customer.budget, customer.deadline = round_sum(order.list_total * 11 // 10), _coming_day(world, 5)


def add_plan(customer: Customer, plan: Plan) -> None:
    """The customer means to do something; its wake is armed when all are drawn."""
    customer.plans = tuple(sorted((*customer.plans, plan)))


WRITE = {
    "past": _past, "review": _review, "parcel": _parcel, "late": _late, "owed": _owed, "return": _return,
    "request": _request,
}  # fmt: skip
