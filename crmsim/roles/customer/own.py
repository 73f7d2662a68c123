"""What every action of a customer shares: whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from crmsim.crm.company import CUSTOMER, Company, CompanyView, word
from crmsim.crm.customer import Customer
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.fields import Filled, Option, Pick
from crmsim.engine.words import N_, _

WHOSE = Pick(
    N_("Customer"),
    N_("Which of the customers you play."),
    entity=Customer,
    optional=True,
    needed=lambda view: len(played(view.seat)) > 1,
)


class CustomerAction(Action, frozen=True):
    """Something that a customer does. `customer` is one of those the seat is or plays; "" is itself."""

    roles = (CUSTOMER,)
    minutes = 5
    customer: Annotated[str, WHOSE] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A seat with several customers says for which it acts."""
        return refuse_whose(view, self.customer)

    def who(self, world: Company, turn: Turn) -> Customer:
        """The customer that acts."""
        return world.get(Customer, self.customer or played(world.seat(turn.seat))[0])


class PaperAction(CustomerAction, frozen=True):
    """Something that a customer does with a paper, which says whose it is: no form asks it again."""

    customer: Annotated[str, replace(WHOSE, asked=lambda filled: False)] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Whoever may choose the paper may act for its customer."""
        return None


def played(seat: Any) -> tuple[str, ...]:
    """The customers that a seat is or plays."""
    customers: tuple[str, ...] = getattr(seat, "customers", ()) or (seat.id,)
    return customers


def refuse_whose(view: CompanyView, customer: str) -> Refusal | None:
    """Why it is not clear, or not possible, for whom a seat acts."""
    mine = played(view.seat)
    if customer:
        return None
    if len(mine) > 1:
        return _("Say for which customer.")
    return None if view.get(Customer, mine[0]) is not None else _("This seat plays no customer yet.")


def mine(*statuses: str) -> Callable[[Any, Any, Filled], bool]:
    """Papers in one of these states, of the customer that was chosen, if one was."""

    def fits(row: Any, view: Any, filled: Filled) -> bool:
        return row.status in statuses and filled.get("customer", "") in {"", row.customer}

    return fits


def words_of(dictionary: str, *others: str) -> Callable[[Any, Filled], list[Option]]:
    """The words of a dictionary of the scenario, and a few that every scenario has."""

    def options(view: Any, filled: Filled) -> list[Option]:
        known = [each.id for each in view.scenario.dictionaries.get(dictionary, ())]
        known += [each for each in others if each not in known]
        return [Option(each, _named(view, dictionary, each)) for each in known]

    return options


def _named(view: Any, dictionary: str, id: str) -> Any:
    name = word(view.scenario, dictionary, id)
    return _("{word:label}", word=id) if name == id else name
