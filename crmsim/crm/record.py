"""What the company has written down about a customer, apart from what is true of it (REG-1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crmsim.crm.company import CUSTOMER, DIRECTOR, PROSPECTOR, SALES, SERVICE, within
from crmsim.engine.words import DAY, N_, Words, _
from crmsim.engine.world import Entity, Seat, Seen, World, seen

# what the fields of a file are called, wherever they show
FIELD_LABELS = {
    "name": N_("Customer name"), "source": N_("Source"), "type": N_("Type"), "contact": N_("Contact person"),
    "position": N_("Position"), "phone": N_("Phone"), "email": N_("E-mail"), "industry": N_("Industry"),
    "region": N_("Region"), "size": N_("Company size"), "need": N_("Key need"), "quantity": N_("Quantity"),
    "budget": N_("Budget"), "deadline": N_("Decision date"), "decision": N_("Who decides"), "rival": N_("Rival"),
    "notes": N_("Notes"), "owner": N_("Owner"), "status": N_("Status"), "labels": N_("Labels"),
    "grade": N_("Class"), "partner": N_("Strategic partner"), "expiry": N_("Contract runs out"),
    "birthday": N_("Birthday"),
}  # fmt: skip
OF_A_NEED = ("need", "quantity", "budget", "deadline")  # what a file says of a need


@dataclass(slots=True)
class Record(Entity):
    """A customer's file. `customer` is the id of the one behind it ("" when nobody is)."""

    prefix = "C"
    worded = False  # a scenario names the statuses of its files itself
    customer: str = ""
    name: str = seen(Seen.ALL, "", digest=False)
    industry: str = seen(Seen.TEAM, "")
    type: str = seen(Seen.TEAM, "")
    contact: str = seen(Seen.TEAM, "", digest=False)
    position: str = seen(Seen.TEAM, "")
    phone: str = seen(Seen.TEAM, "", digest=False)
    email: str = seen(Seen.TEAM, "", digest=False)
    region: str = seen(Seen.TEAM, "")
    source: str = ""
    channel: str = ""
    first_contact: int = 0
    status: str = seen(Seen.TEAM, "lead")  # lead 潜在, prospect 意向, won 成交, lost 流失
    need: str = seen(Seen.TEAM, "")  # a product id
    quantity: int = seen(Seen.TEAM, 0)
    budget: int = seen(Seen.TEAM, 0)
    deadline: int = seen(Seen.TEAM, 0)  # a minute; 0 unknown
    decision: str = seen(Seen.TEAM, "")
    rival: str = seen(Seen.TEAM, "")
    size: str = seen(Seen.TEAM, "")
    notes: str = seen(Seen.TEAM, "")
    owner: str = ""
    assigned: int = 0
    recorded_by: str = ""
    recorded: int = 0
    talk: str = ""  # the talk it was written from
    proofs: tuple[tuple[str, int], ...] = seen(Seen.TEAM, (), digest=False)  # field, line of the talk
    bought: str = ""  # the bought list it stands on
    lost: str = ""  # why it was lost, a word of the dictionary
    birthday: int = seen(Seen.TEAM, -1)  # of the contact person: the minute at which its next one begins; -1 unknown
    expiry: int = seen(Seen.TEAM, -1)  # the minute at which its contract runs out; -1: there is none
    renewal: int = seen(Seen.TEAM, -1)  # when renewing was last offered
    focus: int = seen(Seen.TEAM, -1)  # since when it needs special attention (需重点跟进); -1 not
    labels: tuple[str, ...] = seen(Seen.TEAM, ())  # high_intent, low_intent, rivals
    grade: str = seen(Seen.TEAM, "")  # class A, B or C
    partner: bool = seen(Seen.TEAM, False)  # a strategic partner
    cared: int = seen(Seen.TEAM, -1)  # from when its care plan counts
    more: tuple[tuple[str, str], ...] = seen(Seen.TEAM, ())  # the scenario's own fields: which, and the value
    history: tuple[tuple[int, str, str, str, str], ...] = seen(
        Seen.TEAM, (), digest=False
    )  # minute, by, field, old, new

    @property
    def title(self) -> Words:
        """Its name, or its number."""
        return self.name or self.id

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Owner, recorder, director and service see the file; prospectors the outline of the unassigned."""
        if CUSTOMER in seat.roles:
            return None
        near = within(seat, self.owner, self.recorded_by, team=SERVICE in seat.roles)
        if near is None and PROSPECTOR in seat.roles and not self.owner:
            return Seen.ALL
        return near


def number_of(row: Any, view: Any) -> str:
    """The number that a file is kept under: C, the day on which it was written, and its running number."""
    running = row.id.removeprefix(Record.prefix)
    if not running.isdecimal():
        return str(row.id)
    day = date.fromisoformat(view.scenario.calendar.first_date) + timedelta(days=row.recorded // DAY)
    return f"{Record.prefix}{day:%Y%m%d}{int(running):03d}"


def typed_number(text: str) -> str:
    """What people type for a file, with its number in the short form in which the game keeps it."""
    return re.sub(rf"\b{Record.prefix}\d{{8}}(\d{{3,}})\b", lambda found: f"{Record.prefix}{int(found[1])}", text)


OWN = "more."  # stands before the name of a field that the scenario adds


def held(record: Any, field: str) -> Any:
    """What a file says in a field, also in one of the scenario's own; "" where nobody has filled it in."""
    return dict(record.more).get(field.removeprefix(OWN), "") if field.startswith(OWN) else getattr(record, field)


def hold(record: Record, field: str, value: Any) -> None:
    """Let a file say something in a field."""
    if not field.startswith(OWN):
        setattr(record, field, value)
        return
    kept = dict(record.more) | {field.removeprefix(OWN): value}
    record.more = tuple((name, text) for name, text in kept.items() if text)


def field_label(scenario: Any, field: str) -> Words:
    """What a field of a file is called."""
    own = next((each.name for each in scenario.record_fields if OWN + each.id == field), None)
    name: Words = _(FIELD_LABELS.get(field, field)) if own is None else own
    return name


def may_own(seat: Seat) -> bool:
    """Whether a seat may own customers: sales, and whoever holds a selling role as well."""
    return SALES in seat.roles and DIRECTOR not in seat.roles
