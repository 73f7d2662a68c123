"""The prospector: customers added earlier, and bought lists (PRS-1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from crmsim.crm.company import PROSPECTOR, Company, CompanyView, word
from crmsim.crm.customer import Customer
from crmsim.crm.facts import ListBought
from crmsim.crm.record import Record, number_of
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Idea, Table
from crmsim.engine.fields import Choice, Option
from crmsim.engine.words import N_, _
from crmsim.roles.inviting import InviteToTalk, may_invite

MENU = N_("Find customers/Earlier customers")


def _lists(view: Any, filled: Any) -> Iterable[Option]:
    held = {row.bought: None for row in view.all(Record)}
    return [
        Option(each.id, _("{name}, {price:money}", name=each.name, price=each.price))
        for each in view.scenario.lists
        if each.id not in held
    ]


class BuyList(Action, frozen=True):
    """Buy a list of contacts: their names stand on file at once, and some lead to nobody."""

    roles = (PROSPECTOR,)
    minutes = 15
    label = N_("Buy a list")
    menu = MENU
    confirm = True
    teach = N_("A bought list is cheap by the name and dear by the order: many on it need nothing or are gone.")
    list: Annotated[str, Choice(N_("List"), words=_lists, nothing=_("No list is on offer that you have not bought."))]

    def spends(self, view: Any) -> int:
        """The price of the list."""
        return int(view.scenario.find("lists", self.list).price)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The company cannot pay for it."""
        price, cash = self.spends(view), view.balance("cash")
        return (
            _("The list costs {price:money}; the company has {cash:money}.", price=price, cash=cash)
            if price > cash
            else None
        )

    def apply(self, world: Company, turn: Turn) -> None:
        """It is paid; its entries are files of nobody's yet."""
        part = world.scenario.find("lists", self.list)
        if part.price:
            world.ledger.move(turn.minute, f"list {part.id}", part.price, "cash", "advertising")
        filed = {row.customer: None for row in world.all(Record)}
        free = [each for each in world.all(Customer) if each.id not in filed]
        free.sort(key=lambda each: world.luck.bits(each.id, f"list {part.id}"))
        entries = free[: part.entries]
        for each in entries:
            stale = world.luck.chance(part.stale, each.id, f"stale {part.id}")
            _enter(world, turn, each, part.id, stale)
        world.record(ListBought(seat=turn.seat, list=part.id, entries=len(entries), price=part.price))


def _enter(world: Company, turn: Turn, customer: Customer, source: str, stale: bool) -> None:
    """A file as the list has it; a stale one has an old number and leads to nobody."""
    world.add(
        Record(
            world.new_id(Record), customer="" if stale else customer.id, name=customer.name,
            contact=customer.contact, phone="" if stale else customer.phone, email="" if stale else customer.email,
            type=customer.type, region=customer.region, source="import", channel="list", bought=source,
            first_contact=turn.minute, recorded=turn.minute, recorded_by=turn.seat,
        )
    )  # fmt: skip


def _unowned(view: CompanyView) -> Iterable[Record]:
    return (row for row in view.all(Record) if not row.owner)


def _last_talk(row: Any, view: Any) -> int | None:
    return max((each.started for each in view.all(Talk) if each.record == row.id), default=None)


def _idle(view: CompanyView) -> Idea | None:
    """Whom to disturb is the seat's to choose: only that there is a choice is said."""
    count = sum(1 for each in _unowned(view) if may_invite(each, view))
    why = _("On file and nobody's: {count}. See whom to invite; it is worth it where a need is near.", count=count)
    return Idea(why) if count else None


EARLIER = Table(
    "earlier-customers", N_("Earlier customers"), MENU, (PROSPECTOR,),
    rows=_unowned,
    columns=(
        Column(N_("Number"), number_of),
        Column(N_("Customer"), lambda row, view: row.title),
        Column(N_("Source"), lambda row, view: word(view.scenario, "sources", row.source)),
        Column(N_("First contact"), lambda row, view: row.first_contact, "time"),
        Column(N_("Last talk"), _last_talk, "time"),
    ),
    actions=((InviteToTalk, "record"), (BuyList, "")),
    empty=N_("No customer without an owner is on file."),
    idle=_idle,
)  # fmt: skip

actions: tuple[type[Action], ...] = (BuyList,)
tables: tuple[Table, ...] = (EARLIER,)
