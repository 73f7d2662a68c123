"""The company as a scenario has it on day one."""

from __future__ import annotations

from crmsim.crm.automation import Rule
from crmsim.crm.company import CUSTOMER, INSTRUCTOR, Company, Playable, Settings, Staff, WebPage
from crmsim.crm.knowledge import Article, Template
from crmsim.crm.product import Product
from crmsim.crm.purposes import customer_seats
from crmsim.engine.luck import Luck
from crmsim.engine.world import Seat
from crmsim.scenarios.cast import Cast
from crmsim.scenarios.schema import Scenario


def found(scenario: Scenario, cast: Cast, seed: int) -> Company:
    """A new world: settings, staff, products, cash and stock; no customers yet."""
    calendar = scenario.calendar.working()
    world = Company(scenario, Luck(seed), calendar, calendar.next_open(0))
    world.language = cast.language
    _lay_down(world, scenario)
    _seat(world, scenario, cast)
    _stock(world, scenario)
    _equip(world, scenario)
    return world


def _lay_down(world: Company, scenario: Scenario) -> None:
    """The settings of day one."""
    policies = scenario.policies
    world.add(
        Settings(
            "settings",
            name=scenario.company.name,
            profile=scenario.company.profile,
            regions=tuple(each.id for each in scenario.regions),
            discount_limit=policies.discount_limit,
            credit_limit=policies.credit_limit,
            return_days=policies.return_days,
            first_contact_minutes=policies.first_contact_minutes,
            first_answer_minutes=policies.first_answer_minutes,
            terms=policies.payment_terms or tuple(each.id for each in scenario.terms),
        )
    )


def _seat(world: Company, scenario: Scenario, cast: Cast) -> None:
    """The staff, the seats for people who play customers, and the instructor."""
    for number, seat in enumerate(scenario.seats):
        name = seat.name or (cast.staff[number].name if number < len(cast.staff) else seat.id)
        world.add(
            Staff(
                seat.id,
                roles=seat.roles,
                name=name,
                region=seat.region,
                capacity=seat.capacity,
                knows=seat.knows,
                wage=seat.wage,
            )
        )
    for customer in customer_seats(scenario.playable_customers):
        world.add(Playable(customer, roles=(CUSTOMER,)))
    world.add(Seat(INSTRUCTOR, roles=(INSTRUCTOR,), name=scenario.meta.author))


def _stock(world: Company, scenario: Scenario) -> None:
    """Products, the website's first page, cash and stock."""
    for each in scenario.products:
        world.add(
            Product(
                each.id,
                name=each.name,
                category=each.category,
                price=each.price,
                cost=each.cost,
                stock=each.stock if each.listed else 0,
                lead_days=each.lead_days,
                base_price=each.price,
                withdrawn=not each.listed,
            )
        )
    shown = tuple(each.id for each in scenario.products if each.listed)
    company = scenario.company
    world.add(WebPage(world.new_id(WebPage), title=company.name, text=company.profile, products=shown))
    worth = sum(each.cost * each.stock for each in scenario.products if each.listed)
    start = scenario.company.cash
    world.ledger.post(world.minute, "opening", (("cash", start), ("stock", worth), ("capital", -start - worth)))


def _equip(world: Company, scenario: Scenario) -> None:
    """The office's tools as the scenario gives them: rules, words to be used again, knowledge."""
    for rule in scenario.rules:
        parts = rule.model_dump(exclude={"id", "when", "title", "text"})
        conditions = tuple((each.field, each.comparison, each.value) for each in rule.when)
        world.add(Rule(world.new_id(Rule), title=rule.title, text=rule.text, conditions=conditions, **parts))
    for each in scenario.templates:
        parts = {"kind": each.kind, "move": each.move, "text": each.text}
        world.add(Template(world.new_id(Template), name=each.title, **parts))
    for one in scenario.articles:
        parts = one.model_dump(exclude={"id", "title", "text"})
        world.add(Article(world.new_id(Article), name=one.title, text=one.text, **parts))
