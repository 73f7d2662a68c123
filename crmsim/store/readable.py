"""What makes the exported database readable: the days that minutes lie in, the words of columns, what each means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from crmsim.crm.order import Order
from crmsim.engine.words import DAY, N_, render, translate
from crmsim.game import Game
from crmsim.store.meanings import BELONGS, JSON_TEXT, meaning

Row = dict[str, Any]
READABLE: dict[str, tuple[tuple[str, ...], dict[str, type]]] = {  # their keys, and their other columns
    "days": (("date",), {"day": int, "minute": int, "works": bool}),
    "words": (("dictionary", "id"), {"english": str, "chinese": str}),
    "about": (("table_name", "column_name"), {"meaning": str, "type": str, "refers_to": str}),
}
ABOUT = {
    "accounts": N_("Customers' registrations with the self-service platform."),
    "adverts": N_("Adverts, with their medium, dates and cost."),
    "articles": N_("The knowledge base: a product's fault, its cause and what mends it."),
    "cares": N_("Greetings, points, gifts and offers given to customers."),
    "climate": N_("What changed in the market, such as a rival's price; known after the end."),
    "contracts": N_("Contracts drafted for orders: term, amount, clauses."),
    "customers": N_("The people of the market as they truly are; told after the end."),
    "customer_rivals": N_("What rivals offer a customer."),
    "customer_plans": N_("What a customer means to do next."),
    "customer_story": N_("What a customer went through, in its own words."),
    "decisions": N_("Decision notes: which figure is to go which way until when."),
    "feedback": N_("What customers said of the sale or the service, from 1 to 5."),
    "follow_ups": N_("Follow-up records: what was said with a customer, and what comes next."),
    "invoices": N_("What customers owe: deposits and goods."),
    "letters": N_("Letters between the people of the game."),
    "lookups": N_("Searches of customers in the knowledge base."),
    "marketing_plans": N_("Marketing plans: submitted, reviewed, executed, reported."),
    "monitoring_notes": N_("Notes of the director to colleagues about their handling."),
    "notices": N_("What an automation rule told a seat."),
    "opportunities": N_("Deals that may be won, with stage, amount and close date."),
    "opportunity_tried": N_("Advice that was followed for an opportunity."),
    "orders": N_("Orders with their terms, review and delivery."),
    "order_lines": N_("Lines of an order: a product, how many, the list price of one."),
    "playables": N_("Seats for people who play customers."),
    "products": N_("What the company sells."),
    "programmes": N_("Referral programmes: a reward for whoever brings a customer."),
    "promotions": N_("Promotion activities with a booth at the fair."),
    "questionnaires": N_("Customers' copies of a survey."),
    "records": N_("Customers' files, as the company wrote them."),
    "returns": N_("Goods that customers want to send back."),
    "rules": N_("Automation rules: trigger, condition, action."),
    "rule_runs": N_("The log of the rules: which did what to which paper, and why."),
    "service_requests": N_("What customers ask for help with."),
    "settings": N_("The director's settings of the company."),
    "sheets": N_("Forms of the form centre."),
    "sheet_questions": N_("The fields of a form."),
    "shipments": N_("Parcels on their way to customers."),
    "staff": N_("The seats of the company."),
    "studies": N_("Market studies that were commissioned."),
    "study_found": N_("The figures that a study found, each with its error."),
    "submissions": N_("Forms that were filled in."),
    "surveys": N_("Surveys: designed, assigned, issued."),
    "talks": N_("Conversations with customers and strangers."),
    "talk_says": N_("The turns of a talk."),
    "talk_revealed": N_("What customers told in a talk: the evidence for a file."),
    "targets": N_("Sales targets of the company and of people."),
    "tasks": N_("What is to be done by when, by hand or by rule."),
    "templates": N_("Scripts for talks and letters."),
    "web_pages": N_("Pages and news of the company's website."),
    "sheet_lines": N_("Lines of the sheet that a company without a CRM keeps by hand."),
    "record_changes": N_("Every change of a file: when, by whom, old and new."),
    "record_own_fields": N_("What files say in the fields that the scenario adds."),
    "record_labels": N_("Labels of a file."),
    "opportunity_stages": N_("The stages that an opportunity has left, with times."),
    "opportunity_factors": N_("What made a won opportunity succeed."),
    "shipment_lines": N_("What a parcel holds."),
    "return_lines": N_("What is to go back."),
    "invoice_reminders": N_("When a customer was reminded of an invoice."),
    "questionnaire_answers": N_("The score given to each question."),
    "submission_answers": N_("The answer to each field of a form."),
    "marketing_plan_prospects": N_("The files that came of a marketing plan."),
    "days": N_("The days of the calendar: a minute m lies in the day with minute <= m < minute + 1440."),
    "words": N_("The words that columns hold for types, statuses, stages, regions and so on, with their names."),
}
SECTIONS = ("regions", "industries", "channels", "media", "terms")  # parts of a scenario that work as dictionaries


def days(game: Game) -> list[Row]:
    """Each day from the oldest order to the last day of the game; day 1 is the first of the game."""
    calendar, start = game.world.calendar, date.fromisoformat(game.scenario.calendar.first_date)
    oldest = min((each.submitted for each in game.world.all(Order)), default=0)
    return [
        {"date": str(start + timedelta(days=day)), "day": day + 1, "minute": day * DAY,
         "works": calendar.works_on(day + 1)}
        for day in range(min(0, oldest) // DAY, game.end_minute // DAY)
    ]  # fmt: skip


def words(game: Game) -> list[Row]:
    """Every word of the scenario's dictionaries, and of the sections that work as such."""
    scenario = game.scenario
    sections = {name: getattr(scenario, name) for name in SECTIONS}
    return [
        {"dictionary": name, "id": word.id, "english": render(word.name, "en"), "chinese": render(word.name, "zh")}
        for name, known in (scenario.dictionaries | sections).items()
        for word in known
    ]


def about(plans: Iterable[Any], language: str) -> list[Row]:
    """What every table and column means."""
    told = []
    for plan in plans:
        told.append(_line(plan.name, "", translate(ABOUT.get(plan.name, ""), language)))
        for part in plan.parts:
            source = JSON_TEXT if part.listed else meaning(plan.name, part.field or part.name)
            source = source or (BELONGS if part.refers else "")
            told.append(_line(plan.name, part.name, translate(source, language), part.type, part.refers))
    for name in ("days", "words"):
        told.append(_line(name, "", translate(ABOUT[name], language)))
        keys, others = READABLE[name]
        for column, kept in {**dict.fromkeys(keys, str), **others}.items():
            told.append(_line(name, column, translate(meaning(name, column), language), kept))
    return told


def _line(table: str, column: str, words: str, kept: type | None = None, refers: str = "") -> Row:
    kind = {int: "INTEGER", bool: "BOOLEAN", str: "TEXT"}[kept] if kept else ""
    return {"table_name": table, "column_name": column, "meaning": words, "type": kind, "refers_to": refers}
