"""The promoter: the promotion centre, the booth and its visitors (PRO-2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crmsim.crm.campaign import Promotion
from crmsim.crm.company import PROMOTER
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.desk import Column, Table
from crmsim.engine.words import N_, _
from crmsim.roles.everyone import product_name


def visitors(view: Any) -> Iterator[Any]:
    """Who stands at the booth now: waiting for anybody, or with this seat."""
    for talk in view.all(Talk):
        here = talk.seat == view.seat.id or (not talk.seat and talk.role == PROMOTER)
        if here and talk.channel == "booth" and talk.by_customer and talk.status in {"waiting", "open"}:
            yield talk


# who waits here is listed among the talks, where the answer is given
BOOTH = Table(
    "booth", N_("Visitors at the booth"), N_("Find customers/Promotion centre/Booth"), (PROMOTER,),
    rows=visitors,
    columns=(
        Column(N_("Badge"), lambda row, view: row.who),
        Column(N_("Looks at"), lambda row, view: product_name(row.looking_at, view)),
        Column(N_("Since"), lambda row, view: row.started, "time"),
        Column(N_("Subject"), lambda row, view: row.subject),
        Column(N_("Mood"), lambda row, view: _("{mood:label}", mood=row.mood)),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
    ),
    empty=N_("Nobody is at the booth now; visitors come while an activity is open."),
)  # fmt: skip
CENTRE = Table(
    "promotions", N_("Promotion centre"), N_("Find customers/Promotion centre"), (PROMOTER,),
    rows=lambda view: view.all(Promotion),
    columns=(
        Column(N_("Name"), lambda row, view: row.name),
        Column(N_("Product"), lambda row, view: product_name(row.product, view)),
        Column(N_("Offer at the booth"), lambda row, view: row.offer, "percent"),
        Column(N_("First day"), lambda row, view: row.start, "day"),
        Column(N_("Last day"), lambda row, view: row.end, "day"),
        Column(N_("Visitors"), lambda row, view: row.visitors),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
    ),
    empty=N_("No activity yet: the director opens one."),
)  # fmt: skip

actions: tuple[type[Action], ...] = ()
tables: tuple[Table, ...] = (BOOTH, CENTRE)
