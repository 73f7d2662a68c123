"""What falls due by itself in the front office: adverts, activities, deliveries of stock, notices that run out."""

from __future__ import annotations

from typing import Annotated

from crmsim.crm.campaign import Advert, Promotion
from crmsim.crm.company import CLOCK, SERVICE, Company, CompanyView, Staff
from crmsim.crm.facts import (
    AdEnded,
    AdLaunched,
    CashRanOut,
    PromotionEnded,
    PromotionOpened,
    RecordChanged,
    StaffDismissed,
    StockArrived,
)
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.service import Return, ServiceRequest
from crmsim.crm.survey import Questionnaire, Survey
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Table
from crmsim.engine.fields import Pick, Whole
from crmsim.engine.words import DAY, N_, _

PlannedAdvert = Annotated[
    str, Pick(N_("Advert"), entity=Advert, where=lambda row, view, filled: row.status == "planned")
]
RunningAdvert = Annotated[
    str, Pick(N_("Advert"), entity=Advert, where=lambda row, view, filled: row.status == "running")
]


class LaunchAdvert(Action, frozen=True):
    """An advert's first day has come: it runs, unless the company cannot pay."""

    roles = (CLOCK,)
    minutes = 0
    advert: PlannedAdvert

    def apply(self, world: Company, turn: Turn) -> None:
        """The advert runs and the first day is charged."""
        advert = world.get(Advert, self.advert)
        advert.status = "running"
        if charge(world, advert):
            world.record(
                AdLaunched(advert=advert.id, medium=advert.medium, product=advert.product, budget=advert.budget)
            )


class ChargeAdvert(Action, frozen=True):
    """Another day of a running advert is charged; after the last day it is over."""

    roles = (CLOCK,)
    minutes = 0
    advert: RunningAdvert

    def apply(self, world: Company, turn: Turn) -> None:
        """The day's budget is spent."""
        charge(world, world.get(Advert, self.advert))


class EndAdvert(Action, frozen=True):
    """The last day of an advert is over."""

    roles = (CLOCK,)
    minutes = 0
    advert: RunningAdvert

    def apply(self, world: Company, turn: Turn) -> None:
        """The advert is over."""
        advert = world.get(Advert, self.advert)
        advert.status = "over"
        world.record(AdEnded(advert=advert.id))


def charge(world: Company, advert: Advert) -> bool:
    """Charge today's budget and look ahead to tomorrow; an advert that cannot be paid is taken off."""
    now, cash = world.minute, world.ledger.balance("cash")
    if cash < advert.budget:
        advert.status = "stopped"
        world.record(CashRanOut(balance=cash))
        world.record(AdEnded(advert=advert.id))
        return False
    world.ledger.move(now, f"advert {advert.id}", advert.budget, "cash", "advertising")
    advert.spent += advert.budget
    tomorrow = (now // DAY + 1) * DAY
    if tomorrow <= advert.end:
        world.due(tomorrow, ChargeAdvert(advert=advert.id))
    else:
        world.due(tomorrow, EndAdvert(advert=advert.id))
    return True


class OpenPromotion(Action, frozen=True):
    """The first day of an activity has come: its booth opens."""

    roles = (CLOCK,)
    minutes = 0
    promotion: Annotated[
        str, Pick(N_("Activity"), entity=Promotion, where=lambda row, view, filled: row.status == "planned")
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """The booth is open until the end of its last day."""
        promotion = world.get(Promotion, self.promotion)
        promotion.status = "open"
        world.record(PromotionOpened(promotion=promotion.id))
        world.due(promotion.end + DAY, EndPromotion(promotion=promotion.id))


class EndPromotion(Action, frozen=True):
    """The last day of an activity is over."""

    roles = (CLOCK,)
    minutes = 0
    promotion: Annotated[
        str, Pick(N_("Activity"), entity=Promotion, where=lambda row, view, filled: row.status == "open")
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """The booth is taken down."""
        promotion = world.get(Promotion, self.promotion)
        promotion.status = "over"
        world.record(PromotionEnded(promotion=promotion.id))


class StockArrives(Action, frozen=True):
    """Goods ordered from the supplier are delivered."""

    roles = (CLOCK,)
    minutes = 0
    product: Annotated[str, Pick(N_("Product"), entity=Product)]
    quantity: Annotated[int, Whole(N_("Quantity"), low=1)]

    def apply(self, world: Company, turn: Turn) -> None:
        """They are in stock, and no longer on order."""
        product = world.get(Product, self.product)
        product.stock += self.quantity
        product.on_order = max(0, product.on_order - self.quantity)
        product.arriving = tuple(each for each in product.arriving if each[0] > turn.minute)
        world.record(StockArrived(product=product.id, quantity=self.quantity))


class StaffLeaves(Action, frozen=True):
    """A notice has run out: the colleague leaves, and what it looked after goes to others."""

    roles = (CLOCK,)
    minutes = 0
    staff: Annotated[str, Pick(N_("Colleague"), entity=Staff, where=lambda row, view, filled: row.active)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Only after a notice."""
        staff = view.get(Staff, self.staff)
        return None if staff is not None and staff.leaves else _("No notice was given.")

    def apply(self, world: Company, turn: Turn) -> None:
        """The seat is closed; its customers return to the pool, its papers go to a colleague."""
        leaver = world.get(Staff, self.staff)
        leaver.active = False
        world.record(StaffDismissed(staff=leaver.id))
        for record in world.all(Record):
            if record.owner == leaver.id:
                record.owner, record.assigned = "", 0
                record.history = (*record.history, (turn.minute, turn.seat, "owner", leaver.id, ""))
                world.record(RecordChanged(record=record.id, field="owner", old=leaver.id, new=""))
        _hand_over_talks(world, leaver)
        _hand_over_papers(world, leaver.id)


def _hand_over_talks(world: Company, leaver: Staff) -> None:
    desk = next(iter(leaver.roles), "")
    heir = next((each.id for each in world.staff(desk)), "")
    for talk in world.all(Talk):
        if talk.seat == leaver.id and talk.status in {"waiting", "invited", "open"}:
            talk.seat, talk.role = heir, talk.role or desk


def _hand_over_papers(world: Company, leaver: str) -> None:
    heir = next((each.id for each in world.staff(SERVICE)), "")
    for request in world.all(ServiceRequest):
        if request.agent == leaver and request.status not in {"resolved", "closed"}:
            request.agent = heir
    for paper in world.all(Return):
        if paper.agent == leaver and paper.status in {"requested", "endorsed", "approved"}:
            paper.agent = heir
    for survey in world.all(Survey):
        if survey.agent == leaver and survey.status != "read":
            survey.agent = heir
    for sheet in world.all(Questionnaire):
        if sheet.agent == leaver:
            sheet.agent = heir


actions: tuple[type[Action], ...] = (
    LaunchAdvert, ChargeAdvert, EndAdvert, OpenPromotion, EndPromotion, StockArrives, StaffLeaves,
)  # fmt: skip
tables: tuple[Table, ...] = ()
