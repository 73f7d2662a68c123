"""Care for customers on file: classes and partners, rewards, recommendations, cross-selling (REG-9, LOY)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm import books
from crmsim.crm.care import KINDS, Care, Programme, fits_next
from crmsim.crm.company import COMPANY, DIRECTOR, SALES, SERVICE, Company, CompanyView
from crmsim.crm.facts import CareGiven, CrossOffered, PartnerNamed, ReferralClosed, ReferralOpened, RewardPaid
from crmsim.crm.naming import name_of
from crmsim.crm.record import Record
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.fields import Choice, Filled, Money, Option, Pick, Several
from crmsim.engine.words import DAY, N_, _
from crmsim.roles.everyone.records import change

CARERS = (SALES, SERVICE)
MENU = N_("Customer management/Care and rewards")
CLASS_MENU = N_("Customer management/Classes")


def _cared_for(view: Any, filled: Filled) -> Iterator[Option]:
    own = SERVICE in view.seat.roles
    return (
        Option(each.id, each.title)
        for each in view.all(Record)
        if "phone" not in each.hidden and each.status != "lost" and (own or each.owner == view.seat.id)
    )


class GiveCare(Action, frozen=True, kw_only=True):
    """Send chosen customers a greeting, points, a gift or a special offer. It costs, and too much of it annoys."""

    roles = CARERS
    tool = "care"
    minutes = 3
    label = N_("Care for customers")
    menu = MENU
    teach = N_("A birthday is the best day for it; twice within a few days is once too often.")
    kind: Annotated[str, Choice(N_("Kind"), words=KINDS, walk=False)]
    records: Annotated[tuple[str, ...], Several(N_("Which customers"), words=_cared_for)]

    def cost(self, world: Any) -> int:
        """A letter more is a minute more for every third customer."""
        return super().cost(world) + len(self.records) // 3

    def refuse(self, view: CompanyView) -> Refusal | None:
        """No customer was chosen, or one of them got something today."""
        if not self.records:
            return _("Choose at least one customer.")
        today = view.minute // DAY
        for each in view.all(Care):
            if each.record in self.records and each.kind != "cross" and each.minute // DAY == today:
                return _("{record} was cared for today.", record=each.record)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Each customer gets it and feels it in its own way; the company pays."""
        part = world.scenario.care
        price = {"greeting": part.greeting_cost, "points": part.points_cost, "gift": part.gift_cost}.get(self.kind, 0)
        for id in self.records:
            record = world.get(Record, id)
            care = world.add(
                Care(
                    world.new_id(Care), record=id, customer=record.customer, seat=turn.seat, kind=self.kind,
                    minute=turn.minute, cost=price,
                )
            )  # fmt: skip
            books.spend(world, f"care {care.id}", price, "service_cost")
            world.record(
                CareGiven(
                    care=care.id, record=id, customer=record.customer, seat=turn.seat, kind=self.kind, cost=price
                )
            )  # fmt: skip


def _fitting(view: Any, filled: Filled) -> list[Option]:
    record = view.get(Record, filled.get("record", ""))
    return [] if record is None else [Option(id, name_of(view, id)) for id in fits_next(view, record)]


def may_cross(row: Any, view: Any, filled: Filled) -> bool:
    """Whether something fits what an own customer bought."""
    return bool(row.owner == view.seat.id and row.status == "won" and fits_next(view, row))


class OfferCross(Action, frozen=True, kw_only=True):
    """Write to a customer about what fits what it bought: it may find that it needs that, too."""

    roles = (SALES,)
    tool = "care"
    minutes = 4
    label = N_("Offer what fits")
    menu = MENU
    record: Annotated[
        str,
        Pick(N_("Customer"), entity=Record, where=may_cross, nothing=_("Nothing fits what your customers bought.")),
    ]
    product: Annotated[str, Choice(N_("Product"), words=_fitting)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The same was offered lately."""
        since = view.minute - view.scenario.care.cross_days * DAY
        if any(
            each.record == self.record and each.product == self.product and each.minute > since
            for each in view.all(Care)
        ):
            return _("This was offered to the customer lately.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer reads it."""
        record = world.get(Record, self.record)
        world.add(
            Care(
                world.new_id(Care), record=record.id, customer=record.customer, seat=turn.seat, kind="cross",
                minute=turn.minute, product=self.product,
            )
        )  # fmt: skip
        world.record(
            CrossOffered(record=record.id, customer=record.customer, seat=turn.seat, product=self.product)
        )  # fmt: skip


class NamePartner(Action, frozen=True, kw_only=True):
    """Make a customer of class A a strategic partner: it trusts the company more, and expects to be looked after."""

    roles = (DIRECTOR,)
    tool = "classes"
    minutes = 10
    label = N_("Name a strategic partner")
    menu = CLASS_MENU
    teach = N_("A partner whose care plan is not kept is disappointed: name no more than can be cared for.")
    record: Annotated[
        str,
        Pick(
            N_("Customer"),
            entity=Record,
            where=lambda row, view, filled: row.grade == "A" and not row.partner and bool(row.owner),
            nothing=_("No customer of class A could become a partner."),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer and its owner hear of it."""
        record = world.get(Record, self.record)
        change(world, turn, record, "partner", True)
        world.record(PartnerNamed(record=record.id, customer=record.customer, owner=record.owner))


def _running(row: Any, view: Any, filled: Filled) -> bool:
    return bool(row.closed < 0)


class OpenReferral(Action, frozen=True, kw_only=True):
    """Promise a reward to every customer who brings another one."""

    roles = (DIRECTOR,)
    tool = "care"
    minutes = 15
    label = N_("Open a referral programme")
    menu = MENU
    reward: Annotated[
        int, Money(N_("Reward"), low=100, high=1_000_000, start=lambda view, filled: view.scenario.care.reward)
    ]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """One at a time."""
        if any(each.closed < 0 for each in view.all(Programme)):
            return _("A referral programme is running already.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Pleased customers hear of it and speak to friends."""
        programme = world.add(Programme(world.new_id(Programme), reward=self.reward, opened=turn.minute))
        world.record(ReferralOpened(programme=programme.id, reward=self.reward))


class CloseReferral(Action, frozen=True, kw_only=True):
    """End the referral programme: from now on nobody is rewarded."""

    roles = (DIRECTOR,)
    tool = "care"
    minutes = 5
    label = N_("Close the referral programme")
    menu = MENU
    programme: Annotated[
        str, Pick(N_("Programme"), entity=Programme, where=_running, nothing=_("No programme is running."))
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is over."""
        world.get(Programme, self.programme).closed = turn.minute
        world.record(ReferralClosed(programme=self.programme))


class PayReward(Action, frozen=True, kw_only=True):
    """Somebody came who was recommended: whoever spoke to it gets the promised reward."""

    roles = (COMPANY,)
    minutes = 0
    programme: Annotated[str, Pick(N_("Programme"), entity=Programme, where=_running)]
    customer: str
    other: str

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Once for each newcomer."""
        programme = view.get(Programme, self.programme)
        if programme is None or any(other == self.other for _who, other in programme.paid):
            return _("This was rewarded before.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The money is spent like advertising."""
        programme = world.get(Programme, self.programme)
        programme.paid = (*programme.paid, (self.customer, self.other))
        books.spend(world, f"reward {self.customer}", programme.reward, "advertising")
        world.record(
            RewardPaid(programme=programme.id, customer=self.customer, other=self.other, amount=programme.reward)
        )  # fmt: skip


actions: tuple[type[Action], ...] = (GiveCare, OfferCross, NamePartner, OpenReferral, CloseReferral, PayReward)
