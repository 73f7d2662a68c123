"""Tasks and follow-up records: what somebody means to do about a customer, and what came of it (TSK-1 to TSK-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import CUSTOMER, within
from crmsim.crm.record import Record
from crmsim.engine.action import Action
from crmsim.engine.words import N_, Words, _
from crmsim.engine.world import Entity, Seat, Seen, World

RULES = {
    "first_contact": N_("First contact"),
    "silent": N_("No follow-up for days"),
    "no_answer": N_("No answer by the agreed time"),
    "next_step": N_("Follow-up as planned"),
    "invoice": N_("Collect what is owed"),
    "birthday": N_("Birthday"),
    "expiry": N_("The contract runs out"),
    "care_plan": N_("Care plan"),
}
PRIORITIES = (("high", N_("high")), ("medium", N_("medium")), ("low", N_("low")))
TASK_STATES = (("open", N_("to do")), ("overdue", N_("overdue")), ("done", N_("finished")))
REACTIONS = (
    ("keen", N_("keen")),
    ("willing", N_("willing to listen")),
    ("doubtful", N_("doubtful")),
    ("cold", N_("cold")),
    ("not_reached", N_("not reached")),
)
OPEN = ("open", "overdue")

Step = tuple[type[Action], dict[str, Any]]
# By rule, the next step of its task for whoever looks at it; entered by the role that can do it, None where it cannot.
STEPS: dict[str, Callable[[Task, Any], Step | None]] = {}


@dataclass(slots=True)
class Task(Entity):
    """Something to be done by a seat until a minute. `rule` names what made it; "" was made by hand."""

    prefix = "K"
    owner: str = ""
    record: str = ""
    rule: str = ""
    about: str = ""  # the paper it is about
    goal: Words = ""
    priority: str = "medium"
    made: int = 0
    made_by: str = ""
    due: int = 0
    every: int = 0  # working days to the next one; 0: once
    status: str = "open"  # open, overdue, done
    done: int = -1
    result: str = ""
    ask_due: int = -1  # the minute until which its owner asks to have it; -1: no change is asked for
    ask_owner: str = ""  # and who shall do it then
    ask_why: str = ""
    ask_by: str = ""

    @property
    def title(self) -> Words:
        """Its goal, or what the rule says."""
        return self.goal or _(RULES[self.rule])

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Whose it is, who gave it, and the director."""
        return None if CUSTOMER in seat.roles else within(seat, self.owner, self.made_by, team=False)


@dataclass(slots=True)
class FollowUp(Entity):
    """What was said and done with a customer, and what comes next."""

    prefix = "U"
    stands_by = {Record: "record"}
    record: str = ""
    customer: str = ""
    seat: str = ""
    minute: int = 0
    method: str = ""
    content: str = ""
    reaction: str = ""
    change: str = ""  # what it now needs otherwise
    next: int = 0  # the minute at which the day of the next step begins; 0: none
    plan: str = ""
    attachment: str = ""

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Whoever may read the customer's file, and who wrote it."""
        record = world.find(Record, self.record)
        near = None if record is None else record.standing(world, seat)
        return Seen.OWN if seat.id == self.seat else near if near else None
