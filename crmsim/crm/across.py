"""Talks as they are chosen from by who plays a customer: by whom it talks to, not by its own name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crmsim.crm.naming import name_of
from crmsim.engine.fields import Filled, Option, Pick
from crmsim.engine.words import Words, _


@dataclass(frozen=True)
class Across(Pick):
    """A talk, called by who of the company is in it; by its customer as well, where several are played."""

    def options(self, view: Any, filled: Filled) -> list[Option]:
        """The talks that fit."""
        return [Option(row.id, _across(row, view)) for row in self.rows(view, filled)]


def _across(talk: Any, view: Any) -> Words:
    staff = name_of(view, talk.seat) if talk.seat else _("The company")
    if len(getattr(view.seat, "customers", ())) < 2:
        return staff
    return _("{staff} · {customer}", staff=staff, customer=name_of(view, talk.customer))
