"""Mail between the people of the game and the instructor, and the classic cases to read (CTL-1, CTL-3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.company import CUSTOMER, INSTRUCTOR, STAFF, Company, CompanyView, Staff
from crmsim.crm.letter import Letter, deliver
from crmsim.crm.naming import colleague
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Idea, Table, Waiting
from crmsim.engine.fields import Choice, Option, Pick, Several, Text
from crmsim.engine.words import DAY, N_, Words, _

PEOPLE = (*STAFF, CUSTOMER, INSTRUCTOR)
MENU = N_("Mail")
EVERYBODY = "everybody"


def _readers(view: Any, filled: Any) -> Iterator[Option]:
    """Everybody who has a seat: colleagues, who plays customers, the instructor."""
    yield Option(EVERYBODY, _("everybody in the company"))
    for each in view.seats():
        if each.id != view.seat.id and each.active:
            yield Option(each.id, colleague(each))


class SendLetter(Action, frozen=True, kw_only=True):
    """Write a letter to colleagues, to who plays a customer, or to the instructor."""

    roles = PEOPLE
    minutes = 4
    label = N_("Write a letter")
    menu = MENU
    to: Annotated[tuple[str, ...], Several(N_("To"), words=_readers)]
    subject: Annotated[str, Text(N_("Subject"), least=1, most=80, example=N_("A question"))]
    text: Annotated[str, Text(N_("Letter"), least=1, most=2000, long=True, example=N_("Could you help me?"))]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It needs a reader."""
        return None if self.to else _("Say to whom.")

    def apply(self, world: Company, turn: Turn) -> None:
        """It lies in their inboxes."""
        to = [each for each in self.to if each != EVERYBODY]
        if EVERYBODY in self.to:
            to += [each.id for each in world.all(Staff) if each.active and each.id != turn.seat]
        deliver(world, turn.seat, dict.fromkeys(to), self.subject, self.text)


def _letters(view: Any) -> Iterator[Option]:
    return (Option(each.id, each.title) for each in view.all(Letter))


class ReadLetter(Action, frozen=True, kw_only=True):
    """Read a letter."""

    roles = PEOPLE
    minutes = 1
    label = N_("Read")
    menu = MENU
    letter: Annotated[
        str,
        Pick(
            N_("Letter"),
            entity=Letter,
            where=lambda row, view, filled: view.seat.id in row.to and view.seat.id not in row.read_by,
            nothing=_("There is no new letter."),
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is no longer new."""
        letter = world.get(Letter, self.letter)
        letter.read_by = (*letter.read_by, turn.seat)


class DeleteLetter(Action, frozen=True, kw_only=True):
    """Delete a letter from your mail; the other side keeps its copy."""

    roles = PEOPLE
    minutes = 0
    label = N_("Delete")
    menu = MENU
    letter: Annotated[
        str,
        Choice(
            N_("Letter"), words=lambda view, filled: list(_letters(view)), walk=False, nothing=_("You have no letters.")
        ),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """It is out of sight."""
        letter = world.get(Letter, self.letter)
        letter.deleted_by = (*letter.deleted_by, turn.seat)


def _name(view: Any, seat: str) -> Words:
    if seat == INSTRUCTOR:
        return _("{role:role}", role=INSTRUCTOR)
    found = view.get(Staff, seat)
    name: Words = seat if found is None else found.name or seat
    return name


def _names(row: Any, view: Any) -> Words:
    words: Words = ""
    for each in row.to[:3]:
        words = _("{some}, {next}", some=words, next=_name(view, each)) if words else _name(view, each)
    return _("{some} and {more} more", some=words, more=len(row.to) - 3) if len(row.to) > 3 else words


def _unread(row: Any, view: Any) -> Waiting | None:
    if view.seat.id not in row.to or view.seat.id in row.read_by:
        return None
    return Waiting(row.title, row.sent, 0, _("A new letter."), ReadLetter, {"letter": row.id})


INBOX = Table(
    "inbox", N_("Inbox"), N_("Mail/Inbox"), PEOPLE,
    rows=lambda view: (each for each in view.all(Letter) if view.seat.id in each.to),
    columns=(
        Column(N_("From"), lambda row, view: _name(view, row.sender)),
        Column(N_("Subject"), lambda row, view: row.subject),
        Column(N_("Letter"), lambda row, view: row.text),
        Column(N_("When"), lambda row, view: row.sent, "time"),
        Column(N_("Read"), lambda row, view: _("yes") if view.seat.id in row.read_by else _("no")),
    ),
    actions=((ReadLetter, "letter"), (DeleteLetter, "letter"), (SendLetter, "")),
    waits=_unread,
    empty=N_("No letters."),
)  # fmt: skip
OUTBOX = Table(
    "outbox", N_("Outbox"), N_("Mail/Outbox"), PEOPLE,
    rows=lambda view: (each for each in view.all(Letter) if each.sender == view.seat.id),
    columns=(
        Column(N_("To"), _names),
        Column(N_("Subject"), lambda row, view: row.subject),
        Column(N_("Letter"), lambda row, view: row.text),
        Column(N_("When"), lambda row, view: row.sent, "time"),
        Column(N_("Read by"), lambda row, view: len(row.read_by)),
    ),
    actions=((DeleteLetter, "letter"), (SendLetter, "")),
    empty=N_("You have written no letters."),
)  # fmt: skip


def _case(view: Any) -> Idea | None:
    """Another case each day."""
    cases = view.scenario.cases
    if not cases:
        return None
    case = cases[view.minute // DAY % len(cases)]
    return Idea(_("Read a classic case: {title}.", title=case.title), row=case)


CASES = Table(
    "cases", N_("Classic cases"), N_("Resource centre/Classic cases"), PEOPLE,
    rows=lambda view: view.scenario.cases,
    columns=(
        Column(N_("Title"), lambda row, view: row.title),
        Column(N_("Text"), lambda row, view: row.text, "page"),
    ),
    empty=N_("The instructor has put no cases here."),
    idle=_case,
)  # fmt: skip
