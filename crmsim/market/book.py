"""The opening book."""

from __future__ import annotations

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer


def open_book(world: Company, people: list[Customer]) -> None:
    """Give these customers their history with the company."""
