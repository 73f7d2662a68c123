"""What the papers tell of each file. The clock asks several times a day: only what changed since is read again."""

from __future__ import annotations

from crmsim.crm.care import Care
from crmsim.crm.classes import kept_worth
from crmsim.crm.company import Company
from crmsim.crm.order import SIGNED, Invoice, Order
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.crm.task import FollowUp
from crmsim.engine.news import News
from crmsim.engine.words import DAY

SERIOUS = ("quantity", "budget", "deadline")  # whoever tells one of these means it


class Papers:
    """What talks, letters and orders say of each file, by its number."""

    def __init__(self, world: Company) -> None:
        self._world = world
        self._begin()

    def _begin(self) -> None:
        self._news = {kind: News(self._world, kind) for kind in (Record, Talk, Care, FollowUp, Invoice, Order)}
        self._orders: dict[str, dict[str, Order]] = {}  # of each file, in the order they came
        self._filed: dict[str, str] = {}  # talk -> the file that it was read for
        self.files = {each.customer: each.id for each in self._news[Record].rows() if each.customer}
        self.last: dict[str, int] = {}  # when the company last spoke or wrote to the customer, or tried to
        self.heard: dict[str, int] = {}  # when the customer last spoke
        self.serious: dict[str, None] = {}  # whose customer said something serious
        self.promised: dict[str, Talk] = {}  # talks after which somebody was to come back, or who was not reached
        self.signed: dict[str, int] = {}  # when an order was last signed
        self.worth: dict[str, int] = {}  # what the signed orders are worth, returned goods taken off, fen
        self.served: dict[str, int] = {}  # when the customer last had to do with an order of its own

    def read(self) -> Papers:
        """Read what is new; all of it when something has gone over to another file."""
        if not self._read():
            self._begin()
            self._read()
        return self

    def _read(self) -> bool:
        talks = {each.id: each for each in self._news[Talk].rows()}
        for record in self._news[Record].rows():
            if record.customer and self.files.setdefault(record.customer, record.id) != record.id:
                return False
            talks |= {each.id: each for each in self._world.of(Talk, record.customer) if each.id not in self._filed}
        for talk in talks.values():
            file = talk.record or self.files.get(talk.customer, "")
            if self._filed.get(talk.id, file) != file:
                return False
            if file:
                self._filed[talk.id] = file
                self._read_talk(talk, file)
        for each in (*self._news[Care].rows(), *self._news[FollowUp].rows()):
            self._tried(each.record, each.minute)
        for bill in self._news[Invoice].rows():
            if bill.reminders:
                self._tried(self.files.get(bill.customer, ""), bill.reminders[-1])
        self._read_orders(self._news[Order].rows())
        return True

    def _read_talk(self, talk: Talk, file: str) -> None:
        end = talk.says[-1].minute if talk.says else talk.answered
        tried = talk.answered if talk.by_customer else max(talk.answered, talk.started)
        if tried >= 0:
            self._tried(file, max(tried, end))
        if talk.answered >= 0:
            self.heard[file] = max(end, self.heard.get(file, -1))
            if talk.agreement is not None or any(each.topic in SERIOUS for each in talk.revealed):
                self.serious[file] = None
        if talk.next_step or (talk.status == "missed" and not talk.by_customer):
            self.promised[talk.id] = talk

    def _tried(self, file: str, minute: int) -> None:
        if file and minute > self.last.get(file, -1):
            self.last[file] = minute

    def _read_orders(self, orders: list[Order]) -> None:
        """What the orders of a file come to, of each file of which one is new or changed."""
        for each in orders:
            self._orders.setdefault(each.record, {})[each.id] = each
        for file in dict.fromkeys(each.record for each in orders):
            known = self._orders[file].values()
            signed = [each for each in known if each.status in SIGNED]
            self.served[file] = max(-1, *(max(each.submitted, each.answered, each.received) for each in known))
            if signed:
                self.signed[file], self.worth[file] = signed[-1].answered, sum(map(kept_worth, signed))
            elif file in self.signed:
                del self.signed[file], self.worth[file]

    def unkept(self, days: int) -> set[str]:
        """Files whose customer was to be spoken with by an agreed day, and nobody has answered for `days` since."""
        late, found = self._world.minute - (1 + days) * DAY, set()
        for talk in self.promised.values():
            file = self._filed.get(talk.id, "")
            agreed = talk.next_step and late >= talk.next_step // DAY * DAY
            unheard = talk.status == "missed" and not talk.by_customer
            end = talk.says[-1].minute if talk.says else -1
            if (agreed or unheard) and self.last.get(file, -1) <= max(talk.started, talk.answered, end):
                found.add(file)
        return found


def papers(world: Company) -> Papers:
    """What the papers of a world tell by now."""
    kept: Papers | None = world.sights.get(Papers)
    if kept is None:
        kept = world.sights[Papers] = Papers(world)
    return kept.read()
