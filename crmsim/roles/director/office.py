"""The director's company management: settings and staff (DIR-1, DIR-2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from crmsim.crm.company import DIRECTOR, STAFF, Company, CompanyView, Settings, Staff, WebPage
from crmsim.crm.facts import SettingsChanged, StaffAdded, StaffChanged, StaffGivenNotice
from crmsim.crm.product import Product
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table
from crmsim.engine.fields import Choice, Money, Option, Percent, Pick, Several, Text, Whole
from crmsim.engine.words import N_, _
from crmsim.roles.company_front import StaffLeaves
from crmsim.roles.everyone.pages import roles_of

SETTINGS_MENU = N_("Company management/Company settings")
STAFF_MENU = N_("Company management/Staff")
KEEP = -1  # a number left as it is


def _now(name: str) -> Any:
    """Starts a field at the present setting."""
    return lambda view, filled: getattr(view.settings, name)


def _regions(view: Any, filled: Any) -> Iterable[Option]:
    return [Option(each.id, each.name) for each in view.scenario.regions]


class ChangeSettings(Action, frozen=True):
    """Change the company's settings, one or several at once; what is left empty stays as it is."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Change the settings")
    menu = SETTINGS_MENU
    teach = N_("Policies bind sales and service: an order beyond a limit needs your exception.")
    name: Annotated[str, Text(N_("Company name"), most=60)] = ""
    profile: Annotated[str, Text(N_("Company profile"), most=500, long=True)] = ""
    regions: Annotated[tuple[str, ...], Several(N_("Regions served"), words=_regions)] = ()
    discount_limit: Annotated[int, Percent(N_("Discount limit"), start=_now("discount_limit"))] = KEEP
    credit_limit: Annotated[int, Money(N_("Credit limit"), start=_now("credit_limit"))] = KEEP
    return_days: Annotated[int, Whole(N_("Days to return goods"), high=365, start=_now("return_days"))] = KEEP
    first_contact_minutes: Annotated[
        int, Whole(N_("Minutes to the first contact"), low=1, high=100_000, start=_now("first_contact_minutes"))
    ] = KEEP
    first_answer_minutes: Annotated[
        int, Whole(N_("Working minutes to the first answer"), low=1, high=100_000, start=_now("first_answer_minutes"))
    ] = KEEP
    terms: Annotated[
        tuple[str, ...],
        Several(
            N_("Payment terms"),
            words=lambda view, filled: [Option(each.id, each.name) for each in view.scenario.terms],
        ),
    ] = ()

    def changes(self, settings: Any) -> dict[str, Any]:
        """What would be different afterwards."""
        asked = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: value for name, value in asked.items() if value not in ("", (), KEEP)}
        return {name: value for name, value in given.items() if getattr(settings, name) != value}

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing to change."""
        return None if self.changes(view.settings) else _("Nothing would change.")

    def apply(self, world: Company, turn: Turn) -> None:
        """The settings hold from now on."""
        settings = world.settings
        for name, value in self.changes(settings).items():
            setattr(settings, name, value)
            world.record(SettingsChanged(what=name))
        if self.name or self.profile:
            _introduce(world, turn.minute)


def _introduce(world: Company, minute: int) -> None:
    """The website's first page says who the company is: name and profile as they are set now."""
    page = next(iter(world.all(WebPage)), None)
    if page is not None:
        page.title, page.text, page.since = world.settings.name, world.settings.profile, minute


def _roles(view: Any, filled: Any) -> Iterable[Option]:
    return [Option(each, _("{role:role}", role=each)) for each in STAFF if each != DIRECTOR]


def _products(view: Any, filled: Any) -> Iterable[Option]:
    return [Option(each.id, each.name) for each in view.all(Product) if not each.withdrawn]


def _may_change(row: Any, view: Any, filled: Any) -> bool:
    return bool(row.active and DIRECTOR not in row.roles)


Colleague = Annotated[str, Pick(N_("Colleague"), entity=Staff, where=_may_change, show=lambda row: row.name or row.id)]
Roles = Annotated[tuple[str, ...], Several(N_("Roles"), words=_roles)]
Region = Annotated[str, Choice(N_("Region"), words=_regions, walk=False, optional=True)]
Knows = Annotated[tuple[str, ...], Several(N_("Products known well"), words=_products)]


class AddStaff(Action, frozen=True):
    """Hire a colleague: it costs at once, and a wage every working day."""

    roles = (DIRECTOR,)
    minutes = 30
    label = N_("Add a colleague")
    menu = STAFF_MENU
    confirm = True
    name: Annotated[str, Text(N_("Name"), least=1, most=40)]
    role: Annotated[str, Choice(N_("Role"), words=_roles, walk=False)]
    region: Region = ""
    capacity: Annotated[int, Whole(N_("Customers at once"), low=1, high=500)] = 20
    knows: Knows = ()
    wage: Annotated[int, Money(N_("Wage a day"), start=lambda view, filled: view.scenario.staffing.wage)] = KEEP

    def spends(self, view: Any) -> int:
        """What finding somebody costs."""
        return int(view.scenario.staffing.hire_cost)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The company is full, cannot pay, or offers too little."""
        staffing = view.scenario.staffing
        if sum(1 for each in view.all(Staff) if each.active) >= staffing.most:
            return _("The company has no more than {most} seats.", most=staffing.most)
        if self.wage != KEEP and self.wage < staffing.least_wage:
            return _("Nobody works here for less than {least:money} a day.", least=staffing.least_wage)
        if view.balance("cash") < self.spends(view):
            return _("Hiring costs {cost:money}; the company has {cash:money}.", cost=self.spends(view),
                     cash=view.balance("cash"))  # fmt: skip
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """A new seat is open."""
        staffing = world.scenario.staffing
        number = 1 + sum(1 for each in world.all(Staff) if self.role in each.roles)
        while f"{self.role}-{number}" in world.seats:
            number += 1
        wage = staffing.wage if self.wage == KEEP else self.wage
        staff = world.add(
            Staff(
                f"{self.role}-{number}",
                roles=(self.role,),
                name=self.name,
                region=self.region,
                capacity=self.capacity,
                knows=self.knows,
                wage=wage,
                since=turn.minute,
            )
        )
        world.ledger.move(turn.minute, f"hiring {staff.id}", self.spends(world), "cash", "wages")
        world.record(StaffAdded(staff=staff.id))


class ChangeStaff(Action, frozen=True):
    """Change a colleague's roles, region, load, knowledge or wage; what is left empty stays as it is."""

    roles = (DIRECTOR,)
    minutes = 10
    label = N_("Change duties")
    menu = STAFF_MENU
    staff: Colleague
    duties: Roles = ()
    region: Region = ""
    capacity: Annotated[int, Whole(N_("Customers at once"), low=1, high=500)] = KEEP
    knows: Knows = ()
    wage: Annotated[int, Money(N_("Wage a day"))] = KEEP

    def changes(self, staff: Any) -> dict[str, Any]:
        """What would be different afterwards."""
        asked = {"roles": self.duties, "region": self.region, "capacity": self.capacity, "knows": self.knows,
                 "wage": self.wage}  # fmt: skip
        return {
            name: value
            for name, value in asked.items()
            if value not in ("", (), KEEP) and getattr(staff, name) != value
        }

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nothing to change, or a wage that nobody takes."""
        least = view.scenario.staffing.least_wage
        if self.wage != KEEP and self.wage < least:
            return _("Nobody works here for less than {least:money} a day.", least=least)
        staff = view.get(Staff, self.staff)
        return None if staff is not None and self.changes(staff) else _("Nothing would change.")

    def apply(self, world: Company, turn: Turn) -> None:
        """The duties hold from now on."""
        staff = world.get(Staff, self.staff)
        for name, value in self.changes(staff).items():
            setattr(staff, name, value)
        world.record(StaffChanged(staff=staff.id))


class DismissStaff(Action, frozen=True):
    """Give a colleague notice: severance is paid now, the colleague leaves when the notice runs out."""

    roles = (DIRECTOR,)
    minutes = 30
    label = N_("Dismiss")
    menu = STAFF_MENU
    confirm = True
    staff: Annotated[
        str,
        Pick(
            N_("Colleague"),
            entity=Staff,
            where=lambda row, view, filled: _may_change(row, view, filled) and not row.leaves,
            show=lambda row: row.name or row.id,
            nothing=_("Nobody can be dismissed now."),
        ),
    ]

    def spends(self, view: Any) -> int:
        """The severance."""
        return int(view.get(Staff, self.staff).wage) * int(view.scenario.staffing.severance_days)

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A role would stand empty, or the severance cannot be paid."""
        staff = view.get(Staff, self.staff)
        assert staff is not None
        for role in staff.roles:
            others = [each for each in view.all(Staff) if role in each.roles and each.active and not each.leaves]
            if len(others) <= 1:
                return _("{name} is the last in {role:role}; hire first.", name=staff.name or staff.id, role=role)
        cost = self.spends(view)
        if view.balance("cash") < cost:
            return _("The severance is {cost:money}; the company has {cash:money}.", cost=cost,
                     cash=view.balance("cash"))  # fmt: skip
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """Severance is paid; the company's clock closes the seat when the notice has run out."""
        staff, staffing = world.get(Staff, self.staff), world.scenario.staffing
        cost = self.spends(world)
        if cost:
            world.ledger.move(turn.minute, f"severance {staff.id}", cost, "cash", "wages")
        staff.leaves = world.calendar.working_days_after(turn.minute, staffing.notice_days)
        world.due(staff.leaves, StaffLeaves(staff=staff.id))
        world.record(StaffGivenNotice(staff=staff.id, when=staff.leaves))


SETTINGS = Table(
    "director-settings", N_("Company settings"), SETTINGS_MENU, (DIRECTOR,),
    rows=lambda view: view.all(Settings),
    columns=(
        Column(N_("Company name"), lambda row, view: row.name),
        Column(N_("Discount limit"), lambda row, view: row.discount_limit, "percent"),
        Column(N_("Credit limit"), lambda row, view: row.credit_limit, "money"),
        Column(N_("Days to return goods"), lambda row, view: row.return_days),
        Column(N_("First contact within"), lambda row, view: row.first_contact_minutes, "span"),
        Column(N_("First answer within"), lambda row, view: row.first_answer_minutes, "span"),
        Column(N_("Company profile"), lambda row, view: row.profile),
    ),
    actions=((ChangeSettings, ""),),
)  # fmt: skip
STAFF_TABLE = Table(
    "director-staff", N_("Staff"), STAFF_MENU, (DIRECTOR,),
    rows=lambda view: view.all(Staff),
    columns=(
        Column(N_("Name"), lambda row, view: row.name or row.id),
        Column(N_("Roles"), roles_of),
        Column(N_("Region"), lambda row, view: row.region, "name"),
        Column(N_("Customers at once"), lambda row, view: row.capacity),
        Column(N_("Wage a day"), lambda row, view: row.wage, "money"),
        Column(N_("Leaves"), lambda row, view: row.leaves or None, "day"),
        Column(N_("At work"), lambda row, view: _("yes") if row.active else _("no")),
    ),
    actions=((AddStaff, ""), (ChangeStaff, "staff"), (DismissStaff, "staff")),
)  # fmt: skip

actions: tuple[type[Action], ...] = (ChangeSettings, AddStaff, ChangeStaff, DismissStaff)
tables: tuple[Table, ...] = (SETTINGS, STAFF_TABLE)
