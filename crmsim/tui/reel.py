"""A game told again, to look at: wound to any minute, on copies kept of each day. No other module holds that game."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crmsim.crm.company import INSTRUCTOR, STAFF
from crmsim.crm.customer import Customer
from crmsim.crm.figures import figures, sales
from crmsim.crm.naming import name_of, sentence_of
from crmsim.crm.report import shown
from crmsim.engine.desk import to_do
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, Message, Words, _, percent
from crmsim.game import Entry, Game, Header
from crmsim.game.crew import BOT
from crmsim.game.journal import Voided
from crmsim.game.replay import begin, replay_entries
from crmsim.roles import TABLES


def came_to(game: Game) -> list[tuple[Message, str]]:
    """What a company has come to, in figures that everybody in it may know."""
    found, cash = figures(game.world), game.world.ledger.balance("cash")
    return [
        (_("Made contact"), str(found["contacts"])),
        (_("Orders"), str(found["orders"])),
        (_("Conversion"), percent(found["conversion"])),
        (_("Sales"), shown(sales(game.world), "money", "", short=True)),
        (_("Cash"), shown(cash, "money", "", short=True)),
    ]


class Reel:
    """A journal, wound forward and back. What may be seen of it is what its people were told, or all after the end."""

    def __init__(self, header: Header, entries: Sequence[Entry]) -> None:
        self.entries = list(entries)
        self._struck = {each.action.entry for each in self.entries if isinstance(each.action, Voided)}
        self._last = replay_entries(header, self.entries)
        self.facts = self._visible()
        self._game, self._next = begin(header), 0
        self._kept: list[tuple[int, int, Game]] = [(self._game.minute, 0, self._game.fork())]
        self.first, self.end = self._game.minute, max(self._last.minute, self._game.minute + 1)

    def _visible(self) -> list[Fact]:
        """Everything after the end; before it, what was told to seats that people hold (or to anyone in a demo)."""
        game = self._last
        if game.ended:
            return list(game.facts)
        people = [seat for seat, holder in game.holders.items() if not holder.startswith(BOT)]
        seats = people or list(game.holders)
        heard = {fact.number: fact for seat in seats for fact in game.view(seat).heard()}
        return [heard[number] for number in sorted(heard)]

    # -- winding

    @property
    def minute(self) -> int:
        """The minute that is shown."""
        return self._game.minute

    @property
    def scenario(self) -> Any:
        """What was played."""
        return self._last.scenario

    def wind(self, minute: int) -> None:
        """Show another minute."""
        minute = min(max(minute, self.first), self.end)
        if minute < self._game.minute:
            _at, number, kept = next(each for each in reversed(self._kept) if each[0] <= minute)
            self._game, self._next = kept.fork(), number
        while self._game.minute < minute:
            if not self._forward(min(minute, (self._game.minute // DAY + 1) * DAY)):
                break

    def _forward(self, minute: int) -> bool:
        """On to a minute of the same day; whether any time passed (none does after the end)."""
        before = self._game.minute
        while self._next < len(self.entries) and self.entries[self._next].minute <= minute:
            self._game.repeat_one(self.entries[self._next], self._struck)
            self._next += 1
        self._game.live_to(minute)
        if self._game.minute // DAY > self._kept[-1][0] // DAY:
            self._kept.append((self._game.minute, self._next, self._game.fork()))
        return self._game.minute > before

    def opens(self, minute: int) -> int:
        """The first working minute from a minute on."""
        return int(self._game.world.calendar.next_open(max(minute, 0)))

    # -- what is seen

    @property
    def seats(self) -> list[tuple[str, Words]]:
        """The company's seats, each with its holder's name."""
        view = self._last.view(INSTRUCTOR)
        return [(each.id, each.name or each.id) for each in view.seats() if set(each.roles) & set(STAFF)]

    @property
    def customers(self) -> list[tuple[str, Words]]:
        """The customers that may be followed: everybody after the end, else who is on file."""
        view = self._last.view(INSTRUCTOR)
        if self._last.ended:
            known = {getattr(each, "customer", "") for each in self.facts}
            return [(each.id, each.name or each.contact) for each in view.all(Customer) if each.id in known]
        found = {getattr(each, "customer", "") for each in self.facts} - {""}
        return [(id, name_of(view, id)) for id in sorted(found)]

    def told(self, follow: str = "") -> list[Fact]:
        """The facts until now, all or those about one customer or seat."""
        now = self._game.minute
        return [each for each in self.facts if each.minute <= now and (not follow or _about(each, follow))]

    def sentence(self, fact: Fact) -> Message:
        """A fact, in names."""
        return sentence_of(self._last.view(INSTRUCTOR), fact)

    def desks(self) -> list[tuple[Words, str, int, int]]:
        """Each seat's name, its holder, how many papers wait there, and until when it is busy."""
        found = []
        for seat, name in self.seats:
            if seat in self._game.world.seats:
                view = self._game.view(seat)
                papers = len(to_do(view, TABLES))
                found.append((name, self._game.holders.get(seat, ""), papers, view.seat.busy_until))
        return found

    def figures(self) -> list[tuple[Message, str]]:
        """What the company had come to by then."""
        return came_to(self._game)

    def story(self, customer: str) -> list[tuple[int, Message]]:
        """What a customer went through until now, in its own terms; only after the end."""
        found = self._last.world.find(Customer, customer) if self._last.ended else None
        return (
            [] if found is None else [(each.minute, each.words) for each in found.story if each.minute <= self.minute]
        )


def _about(fact: Fact, id: str) -> bool:
    return any(getattr(fact, name) == id for name in fact.__struct_fields__)
