"""The moment at which a move is made: the conditions that the scenario's table of moments names.

Each is one sentence about the hidden customer, the talk so far, or the company's memory of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.doubts import ANSWERS, MEETS
from crmsim.crm.moves import ASKS, OFFERS, made, named_price, offer, record_of, remembered
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.crm.talk import Say, Talk
from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, _
from crmsim.scenarios.arrival import TalkingPart
from crmsim.scenarios.schema import MomentPart, Scenario

if TYPE_CHECKING:
    from crmsim.market.life import Market

PPM = 1_000_000
PRICE_DOUBTS = ("worth", "cash", "rival")


class Case:
    """One move of the company before one customer, with what the customer knows and feels."""

    def __init__(self, market: Market, customer: Customer, talk: Talk) -> None:
        self.market, self.customer, self.talk = market, customer, talk
        self.world: Company = market.world
        self.part: TalkingPart = market.world.scenario.market.talking
        self.say: Say = next(each for each in reversed(talk.says) if each.by != customer.id)
        self.topic: str = ASKS.get(self.say.move, "")

    @cached_property
    def record(self) -> Record | None:
        """The company's file of the customer."""
        found: Record | None = record_of(self.world, self.talk)
        return found

    @cached_property
    def doubt(self) -> str:
        """What holds this customer back from buying, this time; "" when nothing does."""
        return main_doubt(self.world, self.customer)

    @cached_property
    def price_doubt(self) -> str:
        """What a price objection of this customer is really about."""
        if self.doubt in PRICE_DOUBTS:
            return self.doubt
        own = PRICE_DOUBTS if self.customer.rivals else PRICE_DOUBTS[:2]
        return self.world.luck.pick(own, self.customer.id, "price doubt", self.customer.needs)

    @cached_property
    def wronged(self) -> bool:
        """Whether something real has to be put right."""
        if self.customer.annoyance > self.part.sore:
            return True
        requests = self.world.of(ServiceRequest, self.customer.id)
        return any(each.status in {"open", "answered"} for each in requests)

    def holds(self, condition: str) -> bool:
        """Whether a condition by name is true now; "!" before it negates."""
        if condition[0] == "!":
            return not CONDITIONS[condition[1:]](self)
        return CONDITIONS[condition](self)

    def again(self) -> bool:
        """The same move was made before in this talk, about the same product."""
        product = self.say.product if self.say.move in {"present", "quote"} else ""
        return made(self.talk, self.say.move, product) > 1

    def need_known(self) -> bool:
        """The company was told the need, here or within ten days."""
        return self.talk.told("need") is not None or remembered(self.customer, "need", self.world.minute)

    def told_company(self) -> bool:
        """A colleague was told this within ten days, and it was not said again here."""
        return self.talk.told(self.topic) is None and remembered(self.customer, self.topic, self.world.minute)

    def from_the_file(self) -> bool:
        """The file names the true need, and it was not told here: somebody has read it."""
        record = self.record
        return self.talk.told("need") is None and record is not None and record.need == self.customer.wants != ""

    def over_budget(self) -> bool:
        """The price named is more than the customer can spend."""
        return named_price(self.talk) * max(1, self.customer.quantity) > self.customer.budget > 0

    def waited_long(self) -> bool:
        """The customer waited more than half of its patience for the first answer."""
        talk = self.talk
        if not talk.by_customer or talk.answered < 0:
            return False
        channel = next((each for each in self.world.scenario.channels if each.id == talk.channel), None)
        patience = channel.patience_minutes if channel is not None else 480
        return self.world.calendar.between(talk.started, talk.answered) * 2 > patience

    def doubtful(self) -> bool:
        """What holds the customer back has not been met."""
        return self.doubt != "" and self.doubt not in self.talk.raised

    def fair_gift(self) -> bool:
        """A compensation in proportion to what was bought: up to a tenth of it, and not less than a token."""
        return 2_000 <= self.say.amount <= max(10_000, self.customer.spent // 10)

    def right_offer(self) -> bool:
        """What is on the table is what the customer wants."""
        last = offer(self.talk)
        return last is not None and last.product == self.customer.wants


DOUBTS = ("", "worth", "cash", "rival", "delivery", "quality", "authority")


def main_doubt(world: Company, customer: Customer) -> str:
    """What holds a customer back this time, drawn once a need from what it is."""
    hurried = 0 < customer.deadline - world.minute < 6 * DAY
    weights = (
        2, 3, 3, 4 if customer.rivals else 0, 4 if hurried else 2, 3, 4 if customer.decision != "alone" else 0,
    )  # fmt: skip
    return DOUBTS[world.luck.weighted(weights, customer.id, "doubt", customer.needs)]


CONDITIONS: dict[str, Callable[[Case], bool]] = {
    # the talk so far
    "greeted": lambda case: made(case.talk, "greet") > 0,
    "again": Case.again,
    "told_here": lambda case: case.talk.told(case.topic) is not None,
    "need_known": Case.need_known,
    "presented": lambda case: made(case.talk, "present", case.customer.wants) > 0,
    "quoted": lambda case: offer(case.talk) is not None,
    "value_given": lambda case: made(case.talk, "present", case.customer.wants) > 0 or offer(case.talk) is not None,
    "waited_long": Case.waited_long,
    "invited": lambda case: not case.talk.by_customer,
    # what the customer asked or objected
    "objecting": lambda case: case.talk.objection != "",
    "objecting_price": lambda case: case.talk.objection in PRICE_DOUBTS,
    "answers": lambda case: case.say.move in MEETS.get(case.talk.objection, ()),
    "asked_this": lambda case: case.say.move in ANSWERS.get(case.talk.asked, ()),
    # the company's memory
    "told_company": Case.told_company,
    "from_the_file": Case.from_the_file,
    # the offer
    "fits": lambda case: case.say.product == case.customer.wants != "",
    "right_offer": Case.right_offer,
    "over_budget": Case.over_budget,
    "over_list": lambda case: case.say.move in OFFERS and _over_list(case),
    # the customer
    "no_need": lambda case: case.customer.wants == "",
    "no_rival": lambda case: not case.customer.rivals,
    "open": lambda case: case.talk.trust >= case.customer.reticence,
    "near": lambda case: case.talk.trust >= case.customer.reticence - case.part.lesser,
    "tired": lambda case: case.talk.patience <= 2,
    "doubtful": Case.doubtful,
    "fault": lambda case: case.wronged,
    "fair_gift": Case.fair_gift,
    "plain": lambda case: case.customer.temper == "plain",
    "warm": lambda case: case.customer.temper == "warm",
    "brisk": lambda case: case.customer.temper == "brisk",
    "wary": lambda case: case.customer.temper == "wary",
    "formal": lambda case: case.customer.temper == "formal",
}


def _over_list(case: Case) -> bool:
    product = case.world.scenario.find("products", case.say.product)
    return bool(case.say.amount > product.price)


Conditions = tuple[tuple[Callable[[Case], bool], bool], ...]  # each with what it has to be
Rows = dict[str, list[tuple[MomentPart, Conditions]]]
_ROWS: dict[int, tuple[Scenario, Rows]] = {}


def rows_of(scenario: Scenario) -> Rows:
    """What each move does at which moment; BadInput for a condition that there is not."""
    kept = _ROWS.get(id(scenario))  # sameness: a cache by identity, checked; never enters the state
    if kept is None or kept[0] is not scenario:
        rows: Rows = {}
        for each in scenario.moments:
            for name in each.when:
                if name.removeprefix("!") not in CONDITIONS:
                    raise BadInput(_("No talk knows the condition {name}.", name=safe_text(name, 40)))
            when = tuple((CONDITIONS[name.removeprefix("!")], not name.startswith("!")) for name in each.when)
            rows.setdefault(each.move, []).append((each, when))
        kept = _ROWS[id(scenario)] = (scenario, rows)  # sameness: cache
    return kept[1]


NOTHING = MomentPart(move="none")


def moment(case: Case) -> MomentPart:
    """The first row of the table whose conditions hold for this move; a nod when none does."""
    for row, when in rows_of(case.world.scenario).get(case.say.move, ()):
        for condition, wanted in when:
            if condition(case) != wanted:
                break
        else:
            return row
    return NOTHING
