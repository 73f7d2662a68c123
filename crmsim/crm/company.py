"""The company: its world, its view, its settings and its staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crmsim.crm.purposes import CUSTOMER as CUSTOMER
from crmsim.crm.purposes import INSTRUCTOR as INSTRUCTOR
from crmsim.engine.view import View
from crmsim.engine.words import Bilingual, Words
from crmsim.engine.world import Entity, Seat, Seen, World, seen
from crmsim.scenarios.schema import Scenario

DIRECTOR, PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE, COMPANY = (
    "director", "promoter", "reception", "prospector", "sales", "service", "company",
)  # fmt: skip
STAFF = (DIRECTOR, PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
CLOCK = "company"  # the seat of the company's own clock: what falls due by itself


class Company(World):
    """The world of one game, with its scenario and settings."""

    scenario: Scenario
    language = "en"  # in which the company's people have their names, and its programs write

    @property
    def settings(self) -> Settings:
        """The director's settings (DIR-1)."""
        return self.get(Settings, "settings")

    def role_of(self, id: str) -> str:
        """The company's clock acts as itself; whoever else has no seat is a customer."""
        return id if id in (CLOCK, INSTRUCTOR) else CUSTOMER

    def staff(self, role: str) -> list[Staff]:
        """The active staff of a role, in the order they came."""
        return [each for each in self.all(Staff) if role in each.roles and each.active]


class CompanyView(View):
    """A view with the company's own names."""

    _world: Company

    @property
    def scenario(self) -> Scenario:
        """The scenario's public data."""
        return self._world.scenario

    @property
    def settings(self) -> Settings:
        """The settings as this seat sees them."""
        found = self.get(Settings, "settings")
        assert found is not None
        return found

    @property
    def language(self) -> str:
        """The language in which the company's people write: that of their names."""
        return self._world.language


def within(seat: Seat, *owners: str, team: bool = True) -> Seen | None:
    """How near a member of the company is: own for the owners and the director, team or nothing for the others."""
    if seat.id in owners or DIRECTOR in seat.roles or CLOCK == seat.id or INSTRUCTOR in seat.roles:
        return Seen.OWN
    if CUSTOMER in seat.roles:
        return None
    return Seen.TEAM if team else None


def plays(world: World, seat: Seat, customer: str) -> bool:
    """Whether a seat is, or stands for, this customer."""
    return seat.id == customer or customer in getattr(seat, "customers", ())


def shared(world: World, seat: Seat, customer: str, *owners: str, team: bool = True) -> Seen | None:
    """How near a seat is to a customer's paper: the customer's its own, the company's as `within`."""
    if CUSTOMER in seat.roles:
        return Seen.OWN if plays(world, seat, customer) else None
    return within(seat, *owners, team=team)


@dataclass(slots=True)
class Settings(Entity):
    """What the director sets for the company (DIR-1)."""

    prefix = "settings"
    name: Words = ""
    profile: Words = ""
    regions: tuple[str, ...] = ()
    discount_limit: int = 100_000
    credit_limit: int = 0
    return_days: int = 7
    first_contact_minutes: int = 1440
    first_answer_minutes: int = 120
    terms: tuple[str, ...] = ()
    cash_ran_out: int = seen(Seen.AFTER, -1)  # the minute at which the company first could not pay

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Everybody in the company; customers see it too (the information platform)."""
        return Seen.ALL


@dataclass(slots=True)
class Staff(Seat):
    """A seat of the company (DIR-2)."""

    prefix = "staff"
    region: str = ""
    capacity: int = 20
    knows: tuple[str, ...] = ()
    wage: int = seen(Seen.OWN, 0)
    since: int = 0
    leaves: int = 0  # the minute at which a notice runs out; 0 when none was given
    coached: tuple[tuple[str, int], ...] = ()  # (habit, until which minute it is minded better)

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Everybody may know who works where; the wage is the director's and its own."""
        return Seen.OWN if seat.id == self.id or {DIRECTOR, INSTRUCTOR, COMPANY} & set(seat.roles) else Seen.ALL


@dataclass(slots=True)
class Playable(Seat):
    """A seat for a person who plays customers: a portfolio of them, one brief each."""

    prefix = "customer-"
    customers: tuple[str, ...] = seen(Seen.OWN, ())

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Only itself."""
        return Seen.OWN if seat.id == self.id else None


@dataclass(slots=True)
class WebPage(Entity):
    """A page or a piece of news on the company's website (DIR-7)."""

    prefix = "W"
    title: Words = ""
    text: Words = ""
    products: tuple[str, ...] = ()
    news: bool = False
    shown: bool = True
    since: int = 0

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Visitors see what is shown; the company sees all."""
        return Seen.ALL if self.shown or CUSTOMER not in seat.roles else None


def word(scenario: Any, dictionary: str, id: str) -> Words:
    """The name of a dictionary's word; the usual one where the scenario has no such word, else its id."""
    for each in scenario.dictionaries.get(dictionary, ()):
        if each.id == id:
            name: Words = each.name
            return name
    return usual_word(dictionary, id) if id else id


def usual_word(dictionary: str, id: str) -> Words:
    """What a word is called by default: the program writes some, customers give theirs, whatever a scenario lists."""
    from crmsim.scenarios.merging import usual_names

    name = usual_names(dictionary).get(id)
    return id if name is None else Bilingual(name["en"], name["zh"])
