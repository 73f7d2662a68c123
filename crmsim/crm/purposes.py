"""Who may sit down at a game, and what each role is for, in a sentence that a newcomer reads before the first paper."""

from __future__ import annotations

from collections.abc import Iterable

from crmsim.engine.words import N_

CUSTOMER = "customer"
INSTRUCTOR = "instructor"  # sits beside the company
PERSON = "person"  # who holds a seat and gave no student number

PURPOSES = {
    "director": N_(
        "You decide for the company: review orders, assign customers to colleagues, advertise, watch stock and returns."
    ),
    "promoter": N_("You stand at the booth of the trade fair: greet visitors, learn what they need, and record them."),
    "reception": N_(
        "You answer whoever writes or calls first: learn what they need, record them, and throw away what is no lead."
    ),
    "prospector": N_("You find customers: look through the files, invite whoever may need something, and record them."),
    "sales": N_("You look after customers: talk, make offers, write orders, ship goods and remind of unpaid bills."),
    "service": N_("You help after the sale: answer requests, find the cause, mend it, and examine returns."),
    CUSTOMER: N_("You are the customer: you have needs, money and little time. Get the best deal that you can."),
    INSTRUCTOR: N_("You lead the class: watch every seat, send letters, let events happen, and end the game."),
}  # fmt: skip


def customer_seats(count: int) -> list[str]:
    """The seats of people who play customers."""
    return [f"{CUSTOMER}-{number + 1}" for number in range(count)]


def everybody(company: Iterable[tuple[str, tuple[str, ...]]], customers: int) -> dict[str, tuple[str, ...]]:
    """Who may sit down, by seat with its roles: the company, who plays its customers, who leads the game."""
    return {**dict(company), **dict.fromkeys(customer_seats(customers), (CUSTOMER,)), INSTRUCTOR: (INSTRUCTOR,)}
