"""The director's publicity: adverts, activities and what they brought (DIR-4, DIR-5, DIR-6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from crmsim.crm.campaign import Advert, Promotion, fair_day
from crmsim.crm.company import DIRECTOR, STAFF, Company, CompanyView, Staff, word
from crmsim.crm.facts import AdEnded, PublicitySummarised
from crmsim.crm.naming import colleague, joined, name_of
from crmsim.crm.product import Product
from crmsim.crm.publicity import committed, days_of, publicity
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Idea, Table
from crmsim.engine.fields import Choice, Date, Money, Option, Percent, Pick, Several, Text
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.roles.company_front import LaunchAdvert, OpenPromotion

ADVERTS_MENU = N_("Publicity/Ad planning")
PROMOTIONS_MENU = N_("Publicity/Promotion activities")
SUMMARY_MENU = N_("Publicity/Publicity summary")

ProductOrNone = Annotated[
    str, Pick(N_("Product"), entity=Product, where=lambda row, view, filled: not row.withdrawn, optional=True)
]


def _medium(view: Any, id: str) -> Any:
    return next((each for each in view.scenario.media if each.id == id), None)


def _least(view: Any, filled: Any) -> int:
    medium = _medium(view, filled.get("medium", ""))
    return 0 if medium is None else int(medium.daily_minimum)


class PlanAdvert(Action, frozen=True):
    """Plan an advert: it starts by itself on its first day, and each day costs its budget."""

    roles = (DIRECTOR,)
    minutes = 30
    label = N_("Plan an advert")
    menu = ADVERTS_MENU
    teach = N_("More money a day reaches more people, but less and less; what follows fades after the end.")
    medium: Annotated[
        str,
        Choice(N_("Medium"), words=lambda view, filled: [Option(each.id, each.name) for each in view.scenario.media]),
    ]
    budget: Annotated[int, Money(N_("Budget a day"), low=1, start=_least)]
    start: Annotated[int, Date(N_("First day"))]
    end: Annotated[int, Date(N_("Last day"), start=lambda view, filled: filled.get("start", view.minute) + 4 * DAY)]
    product: ProductOrNone = ""
    message: Annotated[
        str,
        Choice(
            N_("What it stresses"),
            words=lambda view, filled: [Option(each.id, each.name) for each in view.scenario.attributes],
            walk=False,
            optional=True,
        ),
    ] = ""
    slogan: Annotated[str, Text(N_("Slogan"), most=80)] = ""

    def spends(self, view: Any) -> int:
        """All its days."""
        return self.budget * max(0, days_of(self.start, self.end))

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The days run backwards, the medium wants more, or the company cannot pay for all of it."""
        if self.end < self.start:
            return _("The last day lies before the first.")
        medium, least = _medium(view, self.medium), _least(view, {"medium": self.medium})
        if self.budget < least:
            return _("{medium} takes no less than {least:money} a day.", medium=medium.name, least=least)
        cost = self.spends(view)
        free = view.balance("cash") - committed(view.all(Advert))
        if cost > free:
            return _("All days together cost {cost:money}; {free:money} is not yet spoken for.", cost=cost, free=free)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is planned; the company's clock launches it."""
        advert = world.add(
            Advert(
                world.new_id(Advert),
                medium=self.medium,
                product=self.product,
                budget=self.budget,
                start=self.start,
                end=self.end,
                message=self.message,
                slogan=self.slogan,
            )
        )
        world.due(max(self.start, turn.minute), LaunchAdvert(advert=advert.id))


class StopAdvert(Action, frozen=True):
    """Stop a planned or running advert: no further day is charged."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Stop an advert")
    menu = ADVERTS_MENU
    advert: Annotated[
        str,
        Pick(
            N_("Advert"),
            entity=Advert,
            where=lambda row, view, filled: row.status in {"planned", "running"},
            nothing=_("No advert is planned or running."),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is off the air."""
        advert = world.get(Advert, self.advert)
        ran, advert.status = advert.status == "running", "stopped"
        if ran:
            world.record(AdEnded(advert=advert.id))


def fair_or_today(view: Any, day: str) -> int:
    """A day of the exhibition, or today when that is later."""
    return max(int(view.minute), fair_day(view, getattr(view.scenario.fair, day)))


def _booth_staff(view: Any, filled: Any) -> Iterable[Option]:
    return [
        Option(each.id, colleague(each)) for each in view.all(Staff) if each.active and set(each.roles) & set(STAFF[1:])
    ]


class PlanPromotion(Action, frozen=True):
    """Open an activity with a booth at the exhibition: an offer, its days, and who stands there."""

    roles = (DIRECTOR,)
    minutes = 30
    label = N_("Open an activity")
    menu = PROMOTIONS_MENU
    confirm = True
    teach = N_("Whoever stands at the booth is missed elsewhere; visitors come in clusters.")
    name: Annotated[str, Text(N_("Name"), least=1, most=60)]
    offer: Annotated[
        int,
        Percent(N_("Offer at the booth"), high=500_000, start=lambda view, filled: view.settings.discount_limit // 2),
    ]
    start: Annotated[
        int,
        Date(
            N_("First day"), start=lambda view, filled: max(view.minute, fair_day(view, view.scenario.fair.first_day))
        ),
    ]
    end: Annotated[
        int,
        Date(N_("Last day"), start=lambda view, filled: fair_or_today(view, "last_day")),
    ]
    staff: Annotated[tuple[str, ...], Several(N_("Booth staff"), words=_booth_staff)] = ()
    product: ProductOrNone = ""

    def spends(self, view: Any) -> int:
        """The rent of the booth."""
        return int(view.scenario.fair.booth_cost)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """There is no fair on those days, or the booth cannot be paid."""
        fair = view.scenario.fair
        if not fair.first_day:
            return _("No exhibition is held in these days.")
        if self.end < self.start:
            return _("The last day lies before the first.")
        opens, closes = fair_day(view, fair.first_day), fair_day(view, fair.last_day)
        if self.start < opens or self.end > closes:
            return _("The exhibition is open from {opens:day} to {closes:day}.", opens=opens, closes=closes)
        if any(each.status != "over" and each.start <= self.end and each.end >= self.start
               for each in view.all(Promotion)):  # fmt: skip
            return _("The company has a booth on those days already.")
        limit = view.settings.discount_limit
        if self.offer > limit:
            return _("An offer binds like a discount: the limit is {limit:percent}.", limit=limit)
        cash = view.balance("cash")
        if self.spends(view) > cash:
            return _("The booth costs {cost:money}; the company has {cash:money}.", cost=self.spends(view), cash=cash)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The booth is rented; the company's clock opens it."""
        cost = self.spends(world)
        staff = self.staff or tuple(each.id for each in world.staff("promoter"))
        promotion = world.add(
            Promotion(
                world.new_id(Promotion),
                name=self.name,
                product=self.product,
                offer=self.offer,
                start=self.start,
                end=self.end,
                staff=staff,
                cost=cost,
            )
        )
        if cost:
            world.ledger.move(turn.minute, f"booth {promotion.id}", cost, "cash", "booths")
        world.due(max(self.start, turn.minute), OpenPromotion(promotion=promotion.id))


class ReadSummary(Action, frozen=True):
    """Read what every advert and activity cost and brought."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Read the summary")
    menu = SUMMARY_MENU
    teach = N_("Spend again where a yuan brought more than a yuan; a medium that brings nobody is stopped.")

    def refuse(self, view: CompanyView) -> Refusal | None:
        """There is nothing to sum up."""
        if any(True for _each in view.all(Advert)) or any(True for _each in view.all(Promotion)):
            return None
        return _("There has been no advert and no activity yet.")

    def apply(self, world: Company, turn: Turn) -> None:
        """It is known to have been read."""
        world.record(PublicitySummarised())


def medium_name(row: Any, view: Any) -> Words:
    """The medium by its name, or the fair."""
    medium = _medium(view, row.medium if hasattr(row, "medium") else row.source)
    name: Words = medium.name if medium is not None else word(view.scenario, "sources", row.source)
    return name


def _product_name(row: Any, view: Any) -> Words:
    product = view.get(Product, row.product)
    name: Words = "" if product is None else product.name
    return name


def _no_advert(view: Any) -> Idea | None:
    """Nobody hears of a company that does not advertise."""
    if any(each.status in {"planned", "running"} for each in view.all(Advert)):
        return None
    return Idea(_("No advert is planned or running: few hear of the company."), PlanAdvert, soon=not _no_booth(view))


def _no_booth(view: Any) -> Idea | None:
    """An exhibition ahead, and no booth yet."""
    fair = view.scenario.fair
    closes = fair_day(view, fair.last_day) if fair.first_day else 0
    if closes < view.minute // DAY * DAY or not closes or any(each.status != "over" for each in view.all(Promotion)):
        return None
    why = _("The exhibition is open from {opens:day} to {closes:day}, and no booth is rented.",
            opens=fair_day(view, fair.first_day), closes=closes)  # fmt: skip
    return Idea(why, PlanPromotion, soon=True)


_STATUS = Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status))
_DAYS = (
    Column(N_("First day"), lambda row, view: row.start, "day"),
    Column(N_("Last day"), lambda row, view: row.end, "day"),
)

ADVERTS = Table(
    "director-adverts", N_("Ad planning"), ADVERTS_MENU, (DIRECTOR,),
    rows=lambda view: view.all(Advert),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Medium"), medium_name),
        Column(N_("Product"), _product_name),
        Column(N_("Budget a day"), lambda row, view: row.budget, "money"),
        *_DAYS,
        Column(N_("Spent"), lambda row, view: row.spent, "money"),
        _STATUS,
        Column(N_("Slogan"), lambda row, view: row.slogan),
    ),
    actions=((PlanAdvert, ""), (StopAdvert, "advert")),
    empty=N_("No advert yet: plan one, so that people hear of the company."),
    idle=_no_advert,
)  # fmt: skip
PROMOTIONS = Table(
    "director-promotions", N_("Promotion activities"), PROMOTIONS_MENU, (DIRECTOR,),
    rows=lambda view: view.all(Promotion),
    columns=(
        Column(N_("Name"), lambda row, view: row.name),
        Column(N_("Product"), _product_name),
        Column(N_("Offer at the booth"), lambda row, view: row.offer, "percent"),
        *_DAYS,
        Column(N_("Booth staff"), lambda row, view: joined(name_of(view, each) for each in row.staff)),
        Column(N_("Cost"), lambda row, view: row.cost, "money"),
        _STATUS,
    ),
    actions=((PlanPromotion, ""),),
    empty=N_("No activity yet: open one with a booth while the exhibition lasts."),
    idle=_no_booth,
)  # fmt: skip
SUMMARY = Table(
    "director-publicity", N_("Publicity summary"), SUMMARY_MENU, (DIRECTOR,),
    rows=publicity,
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Medium"), medium_name),
        Column(N_("Cost"), lambda row, view: row.cost, "money"),
        Column(N_("Reached"), lambda row, view: row.reach),
        Column(N_("Leads"), lambda row, view: row.leads),
        Column(N_("Cost of a lead"), lambda row, view: row.cost_per_lead if row.leads else None, "money"),
        Column(N_("Orders"), lambda row, view: row.orders),
        Column(N_("Sales"), lambda row, view: row.sales, "money"),
        Column(N_("Return on spend"), lambda row, view: row.returned if row.cost else None, "percent"),
        _STATUS,
    ),
    actions=((ReadSummary, ""),),
    empty=N_("No advert and no activity yet."),
)  # fmt: skip

STATUS_WORDS = (N_("planned"), N_("running"), N_("over"), N_("stopped"), N_("open"))

actions: tuple[type[Action], ...] = (PlanAdvert, StopAdvert, PlanPromotion, ReadSummary)
tables: tuple[Table, ...] = (ADVERTS, PROMOTIONS, SUMMARY)
