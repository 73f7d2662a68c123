"""What moves the customers: they hear facts, make plans, and wake at their own next moment.

A customer's life is told in chapters (arriving, talking, buying, using). Each chapter declares two tables: `hears`,
what a fact makes a customer plan, and `plans`, what it does when a plan's minute has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer, Moment, Plan
from crmsim.engine.action import Action
from crmsim.engine.facts import Fact
from crmsim.engine.words import Message
from crmsim.market.moments import rows_of

Hearing = Callable[["Market", "Fact"], None]
Doing = Callable[["Market", Customer, Plan], None]


class Market:
    """Everyone in the market. It keeps no state of its own, so that a world can be copied."""

    def __init__(self, world: Company, act: Callable[[str, Action], bool]) -> None:
        self.world, self._act = world, act
        rows_of(world.scenario)  # a talk must not be the first to find that a scenario names what there is not
        world.subscribers.append(self.hear)

    def hear(self, fact: Fact) -> None:
        """A fact came true; whom it concerns makes a plan, for the next minute at the earliest."""
        for heard in HEARS.get(type(fact), ()):
            heard(self, fact)

    def wake(self, id: str) -> None:
        """A customer's moment has come: it does what it planned for now, unless a person plays it."""
        customer = self.world.find(Customer, id)
        if customer is None:
            return
        now = self.world.minute
        due = [plan for plan in customer.plans if plan.minute <= now]
        customer.plans = tuple(plan for plan in customer.plans if plan.minute > now)
        for plan in due:
            if id not in self.world.deputies or plan.what in BY_NATURE:
                PLANS[plan.what](self, customer, plan)
        self._arm(customer)

    def act(self, customer: Customer, action: Action) -> bool:
        """The customer does something, as a person in its place would; False when it was refused."""
        return self._act(customer.id, action)

    def plan(self, customer: Customer, minute: int, what: str, about: str = "", attempt: int = 0) -> None:
        """The customer means to do something at a minute (the next one at the earliest)."""
        plan = Plan(max(minute, self.world.minute + 1), what, about, attempt)
        customer.plans = tuple(sorted((*customer.plans, plan)))
        self._arm(customer)

    def drop(self, customer: Customer, what: str, about: str | None = None) -> None:
        """The customer gives up a plan (of every paper when `about` is None)."""
        kept = [plan for plan in customer.plans if plan.what != what or (about is not None and plan.about != about)]
        if len(kept) < len(customer.plans):
            customer.plans = tuple(kept)
        self._arm(customer)

    def tell(self, customer: Customer, words: Message) -> None:
        """Add a step to the customer's own story."""
        customer.story = (*customer.story, Moment(self.world.minute, words))

    def customers(self) -> Iterator[Customer]:
        """Everybody, in the order they were drawn."""
        return self.world.all(Customer)

    def of(self, id: str) -> Customer | None:
        """The customer with this id; None for strangers and records with nobody behind them."""
        return self.world.find(Customer, id)

    def _arm(self, customer: Customer) -> None:
        plans = customer.plans
        if plans:
            self.world.agenda.wake_at(customer.id, plans[0].minute)
        else:
            self.world.agenda.sleep(customer.id)


def _gather() -> None:
    from crmsim.market import arriving, buying, caring, heeding, planned, talking, using

    for chapter in (arriving, talking, buying, using, planned, caring, heeding):
        for fact, heard in chapter.hears.items():
            HEARS.setdefault(fact, []).append(heard)
        PLANS.update(chapter.plans)
        BY_NATURE.update(chapter.by_nature)


HEARS: dict[type[Fact], list[Hearing]] = {}
PLANS: dict[str, Doing] = {}
BY_NATURE: dict[str, None] = {}  # plans that happen to a customer also when a person plays it (a need arises)
_gather()
