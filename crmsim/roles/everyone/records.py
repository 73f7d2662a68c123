"""Customers' files: written after a talk, kept up to date, every change kept (REG-1, REG-2, REG-4)."""

from __future__ import annotations

from typing import Annotated, Any

from crmsim.crm.checks import PROVEN_BY, agrees, doubled_by, proofs
from crmsim.crm.company import DIRECTOR, PROMOTER, PROSPECTOR, RECEPTION, SALES, SERVICE, Company, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.facts import CustomerRecorded, RecordChanged
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.record import OWN, Record, held, hold, number_of
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Judgement, Refusal, Turn, fields_of
from crmsim.engine.fields import Choice, Field, Kind, Option, Pick, Text
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _
from crmsim.roles.everyone.entries import (
    Budget,
    Contact,
    Deadline,
    Decision,
    Email,
    Evidence,
    Industry,
    Name,
    Need,
    Notes,
    Phone,
    Position,
    Quantity,
    Region,
    Rival,
    Size,
    Source,
    Type,
    words_of,
)  # fmt: skip

WRITERS = (PROMOTER, RECEPTION, PROSPECTOR, SALES, SERVICE)
KEEPERS = (DIRECTOR, *WRITERS)
TOOL = "filing"  # files with fields and checks: without them there is the sheet (byhand.py)
PRIVATE = frozenset({"name", "contact", "position", "phone", "email"})  # from the cast: never in a fact
MENU = N_("Customer management/Customers")


def unwritten(talk: Any, view: Any) -> bool:
    """Whether this seat held the talk and nobody has written a file from it."""
    return bool(talk.seat == view.seat.id and talk.answered >= 0 and not talk.record)


class RecordCustomer(Action, frozen=True):
    """Add a customer's file: what the talk revealed stands in the form already; check and complete it."""

    roles = WRITERS
    minutes = 20
    tool = TOOL
    label = N_("Record the customer")
    menu = N_("Find customers/Add customer")
    teach = N_("Write down what was said, no more: a colleague will rely on it.")
    talk: Annotated[
        str,
        Pick(
            N_("Talk"),
            entity=Talk,
            where=lambda row, view, filled: unwritten(row, view),
            optional=True,
            nothing=_("You have held no talk that is not on file yet."),
        ),
    ]
    name: Name
    source: Source
    type: Type
    contact: Contact = ""
    position: Position = ""
    phone: Phone = ""
    email: Email = ""
    industry: Industry = ""
    region: Region = ""
    size: Size = ""
    need: Need = ""
    quantity: Quantity = 0
    budget: Budget = 0
    deadline: Deadline = 0
    decision: Decision = ""
    rival: Rival = ""
    notes: Notes = ""
    proofs: Evidence = ()

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Nobody could reach the customer, or it is on file already."""
        if not self.phone and not self.email:
            return _("A phone number or an e-mail address is needed, so that someone can call back.")
        return on_file(view, self.name, self.phone, self.email)

    def apply(self, world: Company, turn: Turn) -> None:
        """The file goes to the pool; the talks of the same customer belong to it."""
        talk = world.find(Talk, self.talk)
        behind = behind_of(world, talk, self.name, self.phone)
        written = {field: getattr(self, field) for field in self.__struct_fields__}
        record = world.add(
            Record(
                world.new_id(Record),
                **written,
                customer=behind,
                channel="" if talk is None else talk.channel,
                first_contact=turn.minute if talk is None else talk.started,
                recorded_by=turn.seat,
                recorded=turn.minute,
            )
        )
        for each in world.all(Talk):
            if each.id == self.talk or (behind and each.customer == behind and not each.record):
                each.record = record.id
        world.record(CustomerRecorded(record=record.id, customer=behind, seat=turn.seat, talk=self.talk))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """Every field that the customer spoke of, against what it said."""
        return judged_truth(self, world.find(Talk, self.talk))


def judged_truth(written: Any, talk: Talk | None) -> tuple[Judgement, ...]:
    """What was written down, against what the customer said in the talk."""
    found = {} if talk is None else proofs(written, talk)
    if not found:
        return ()
    right = sum(1 for same, _fact in found.values() if same)
    why = _("{right} of {told} things that were said are on file as they were said.", right=right, told=len(found))
    evidence = tuple(dict.fromkeys(fact for _same, fact in found.values() if fact >= 0))
    return (Judgement("records.truth", 1000 * right // len(found), why, evidence),)


def on_file(view: Any, name: str, phone: str, email: str, but: str = "") -> Refusal | None:
    """The refusal of a double: the record is named to whoever may see it, to the others it is only said to exist."""
    doubles = doubled_by(name, phone, email, but)
    for row in view.all(Record):
        if "phone" not in row.hidden and "email" not in row.hidden and doubles(row):
            return _("{name} is on file already as {record}.", name=row.name, record=number_of(row, view))
    if view.known(Record, doubles):
        return _("This name, phone or e-mail is on file already, with a colleague.")
    return None


def behind_of(world: Company, talk: Talk | None, name: str, phone: str) -> str:
    """The customer whom a file is about; "" when there is nobody."""
    if talk is not None and world.find(Customer, talk.customer) is not None:
        return talk.customer
    for each in world.all(Customer):
        if phone and each.phone == phone and name in (each.name, each.contact):
            return each.id
    return ""


def _files(view: Any, filled: Any) -> list[Option]:
    return [Option(row.id, row.title) for row in view.all(Record) if "phone" not in row.hidden]


# a choice that is not walked: every file can be changed at any time, and that is nothing to offer one by one
Mine = Annotated[str, Choice(N_("Customer"), words=_files, walk=False, nothing=_("You have no customer's file."))]


def _editable(view: Any, filled: Any) -> list[Option]:
    return [Option(name, _("{field:label}", field=field.kind.label)) for name, field in editable(view).items()]


def editable(view: Any) -> dict[str, Field]:
    """The fields of a file that may be changed: everybody's, and those that the scenario adds."""
    return EDITABLE | {
        OWN + each.id: Field(each.id, _own_kind(each), False, "") for each in view.scenario.record_fields
    }


def _own_kind(part: Any) -> Kind:
    if not part.options:
        return Text(part.name, most=part.most)
    words = [Option(each.id, each.name) for each in part.options]
    return Choice(part.name, words=lambda view, filled: words, walk=False, optional=True)


def _emptied(view: Any, filled: Any) -> Any:
    """What the file says in the field that is to be changed, where it may be left empty."""
    name, record = filled.get("field", ""), view.get(Record, filled.get("record", ""))
    field = editable(view).get(name)
    return "" if field is None or record is None or field.required else held(record, name)


class UpdateRecord(Action, frozen=True):
    """Change one field of a customer's file; the old value is kept with who changed it and when."""

    roles = KEEPERS
    minutes = 5
    tool = TOOL
    label = N_("Change a field")
    menu = MENU
    record: Mine
    field: Annotated[str, Choice(N_("Field"), words=_editable, walk=False)]
    value: Annotated[str, Text(N_("New value"), most=500, instead=_emptied)]

    def parsed(self, view: Any) -> Any:
        """The value as its field holds it; ValueError when it cannot be one."""
        field = editable(view)[self.field]
        return field.kind.parse(view, {}, self.value) if self.value or field.required else field.default

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The value does not fit the field, changes nothing, or is another customer's."""
        field, record = editable(view)[self.field], view.get(Record, self.record)
        assert record is not None
        kind = field.kind
        try:
            value = self.parsed(view)
        except ValueError:
            return _("{value} cannot be read as {field:label}.", value=safe_text(self.value, 60), field=kind.label)
        if value == held(record, self.field):
            return _("That is what the file says already.")
        problem = kind.refuse(view, {}, value) if self.value or field.required else None
        if problem is not None:
            return _("{field:label}: {problem}", field=kind.label, problem=problem)
        if self.field in {"phone", "email"} and not self.value:
            other = record.email if self.field == "phone" else record.phone
            return None if other else _("Without it nobody could reach the customer.")
        if self.field in {"name", "phone", "email"}:
            return on_file(view, **{"name": "", "phone": "", "email": "", self.field: value}, but=record.id)
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The file says the new value."""
        view = CompanyView(world, turn.seat)
        change(world, turn, world.get(Record, self.record), self.field, self.parsed(view))

    def judge(self, world: Company, turn: Turn) -> tuple[Judgement, ...]:
        """What was written against what the customer last said of it."""
        record, topic = world.get(Record, self.record), PROVEN_BY.get(self.field, "")
        talks = [each for each in world.all(Talk) if each.record == record.id and each.told(topic) is not None]
        if not talks:
            return ()
        told = next(each for each in reversed(talks[-1].revealed) if each.topic == topic)
        same = agrees(self.field, self.parsed(CompanyView(world, turn.seat)), told.value)
        why = _("It is what the customer said.") if same else _("The customer said something else.")
        return (Judgement("records.truth", 1000 if same else 0, why, (told.fact,)),)


def change(world: Company, turn: Turn, record: Record, field: str, new: Any) -> None:
    """Write a new value into a file and keep the old one (REG-4). Private values stay out of the facts."""
    old = held(record, field)
    hold(record, field, new)
    before, after = (", ".join(each) if isinstance(each, tuple) else str(each) for each in (old, new))
    record.history = (*record.history, (turn.minute, turn.seat, field, before, after))
    if field in PRIVATE or field.startswith(OWN):
        before = after = ""
    world.record(RecordChanged(record=record.id, field=field, old=before, new=after, owner=record.owner))


class SetStatus(Action, frozen=True):
    """Say how far a customer is: lead, prospect, won or lost; a lost one with the reason."""

    roles = KEEPERS
    minutes = 3
    tool = TOOL
    label = N_("Set the status")
    menu = MENU
    record: Mine
    status: Annotated[str, Choice(N_("Status"), words=words_of("statuses"), walk=False)]
    reason: Annotated[
        str, Choice(N_("Reason of the loss"), words=words_of("lost_reasons"), walk=False, optional=True)
    ] = ""

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It is so already, nothing was signed, or the reason of a loss is missing."""
        record = view.get(Record, self.record)
        assert record is not None
        if record.status == self.status:
            return _("That is what the file says already.")
        if self.status == "lost" and not self.reason:
            return _("Say why the customer was lost.")
        if self.status != "lost" and self.reason:
            return _("Only a lost customer has a reason of the loss.")
        if self.status == "won" and not view.known(
            Order, lambda order: order.record == record.id and order.status in SIGNED
        ):
            return _("No signed order of this customer is on file.")
        return None

    def apply(self, world: Company, turn: Turn) -> None:
        """The file says so from now on."""
        record = world.get(Record, self.record)
        record.lost = self.reason
        change(world, turn, record, "status", self.status)


EDITABLE = {name: field for name, field in fields_of(RecordCustomer).items() if name not in {"talk", "proofs"}}
actions: tuple[type[Action], ...] = (RecordCustomer, UpdateRecord, SetStatus)
