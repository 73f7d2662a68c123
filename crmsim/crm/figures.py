"""The figures by which a company is compared: one small definition each, used wherever the figure appears."""

from __future__ import annotations

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.facts import ContractAccepted, CustomerArrived, TalkDeclined
from crmsim.crm.service import ServiceRequest

# What lowers or raises the operating result; capital, stock and cash do not.
RESULT = (
    "sales", "cost_of_goods", "advertising", "booths", "wages", "delivery", "refunds", "service_cost", "bad_debt",
)  # fmt: skip


def operating_profit(world: Company) -> int:
    """Sales less cost of goods, advertising, booths, wages, delivery, refunds, service and bad debts; fen."""
    return -sum(world.ledger.balance(account) for account in RESULT)


def sales(world: Company) -> int:
    """What was sold and billed, fen."""
    return -world.ledger.balance("sales")


def contacts(world: Company) -> tuple[str, ...]:
    """The customers that made contact, in the order they came."""
    return tuple(dict.fromkeys(fact.customer for fact in world.history.of(CustomerArrived)))


def buyers(world: Company) -> tuple[str, ...]:
    """The customers that accepted a contract, in the order they did."""
    return tuple(dict.fromkeys(fact.customer for fact in world.history.of(ContractAccepted)))


def orders(world: Company) -> int:
    """Contracts that customers accepted."""
    return len(world.history.of(ContractAccepted))


def dealt_with(world: Company) -> dict[str, None]:
    """The customers that the company had to do with: they made contact, bought, asked for help or were disturbed."""
    helped = (each.customer for each in world.all(ServiceRequest))
    disturbed = (fact.customer for fact in world.history.of(TalkDeclined))
    return dict.fromkeys((*contacts(world), *buyers(world), *helped, *disturbed))


def satisfaction(world: Company) -> int:
    """Mean satisfaction of the customers that the company had to do with, ppm; 0 when there are none."""
    met = dealt_with(world)
    felt = [each.satisfaction for each in world.all(Customer) if each.id in met]
    return sum(felt) // len(felt) if felt else 0


def conversion(world: Company) -> int:
    """The share of customers that made contact and accepted a contract, ppm."""
    came, bought = contacts(world), dict.fromkeys(buyers(world))
    return sum(each in bought for each in came) * 1_000_000 // len(came) if came else 0


def figures(world: Company) -> dict[str, int]:
    """All of them, by name."""
    return {
        "operating_profit": operating_profit(world),
        "satisfaction": satisfaction(world),
        "customers": len(buyers(world)),
        "orders": orders(world),
        "conversion": conversion(world),
        "contacts": len(contacts(world)),
    }
