"""The people drawn for one game: recorded with it, so that Faker is asked only once."""

from __future__ import annotations

import msgspec


class Person(msgspec.Struct, frozen=True):
    """Someone with a name: a customer, a stranger, or one of the staff."""

    name: str  # full name
    company: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    surname: str = ""
    female: bool = False


class Cast(msgspec.Struct, frozen=True):
    """Who is who in one game. Customers are numbered as the market draws them."""

    language: str = "en"
    customers: tuple[Person, ...] = ()
    strangers: tuple[Person, ...] = ()
    staff: tuple[Person, ...] = ()
